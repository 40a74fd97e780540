//! Commits that are cut off after each operation.

use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;

use super::*;

/// A disk that dies after a number of operations; a write that it dies in leaves half a file.
pub(super) struct Cut {
    left: AtomicUsize,
}

impl Cut {
    pub(super) fn after(operations: usize) -> Self {
        Self {
            left: AtomicUsize::new(operations),
        }
    }

    fn step(&self) -> io::Result<()> {
        let less = |left: usize| left.checked_sub(1);
        match self
            .left
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, less)
        {
            Ok(_) => Ok(()),
            Err(_) => Err(io::Error::other("cut off")),
        }
    }
}

impl Disk for Cut {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        RealDisk.make_folder(path)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let torn = self.left.load(Ordering::SeqCst) == 1;
        self.step()?;
        if torn {
            RealDisk.write(path, &bytes[..bytes.len() / 2])?;
            return self.step();
        }
        RealDisk.write(path, bytes)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        RealDisk.rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        RealDisk.remove_file(path)
    }

    fn remove_empty_folder(&self, path: &Path) -> io::Result<bool> {
        self.step()?;
        RealDisk.remove_empty_folder(path)
    }
}

/// Cuts a build from `old` to `new` off after every operation in turn.
#[test]
fn a_build_cut_off_anywhere_is_finished_by_the_next() {
    let old = files(&[
        ("index.html", "old index"),
        ("style.css", "old style"),
        ("gone/page", "old page"),
        ("turns/into/file", "x"),
        ("turns-into-folder", "y"),
    ]);
    let new = files(&[
        ("index.html", "new index"),
        ("style.css", "new style"),
        ("fresh/page", "new page"),
        ("turns", "a file"),
        ("turns-into-folder/page", "in a folder"),
        ("feed.xml", "new feed"),
    ]);
    let third = files(&[("index.html", "third"), ("feed.xml", "third")]);
    let whole: Vec<String> = [&old, &new]
        .iter()
        .flat_map(|plan| plan.files())
        .map(|file| file.text().to_owned())
        .chain(["mine".into(), String::new()])
        .collect();
    let mut cuts = 0;
    for next in [&new, &old, &third] {
        for operations in 0.. {
            let site = Site::new();
            site.put("fresh/mine", "mine");
            site.commit(&old).unwrap();
            let done = site.commit_on(&Cut::after(operations), &new, &mut Seen::default());
            for (path, text) in site.tree() {
                assert!(
                    whole.contains(&text),
                    "{path} after {operations} operations: {text}"
                );
            }
            site.commit(next).unwrap();
            let mut expected = Tree::from([("fresh/mine".into(), "mine".into())]);
            for file in next.files() {
                let text = file.text().to_owned();
                expected.insert(file.path.to_string(), text);
            }
            assert_eq!(site.tree(), expected, "after {operations} operations");
            assert!(site.is_swept());
            cuts += 1;
            if done.is_ok() {
                break;
            }
        }
    }
    assert!(cuts > 60, "only {cuts} operations were cut");
}

/// Two builds in a row are cut off, so that what the first put in place is known only from an intent that the second
/// replaced.
#[test]
fn two_builds_cut_off_in_a_row_are_finished_by_the_third() {
    let (first, second) = (
        files(&[("a", "first"), ("b/c", "first")]),
        files(&[("d", "second")]),
    );
    let last = files(&[("a", "last")]);
    for one in 0.. {
        let mut first_done = false;
        for two in 0.. {
            let site = Site::new();
            let cut = Cut::after(one);
            first_done = site.commit_on(&cut, &first, &mut Seen::default()).is_ok();
            let cut = Cut::after(two);
            let second_done = site.commit_on(&cut, &second, &mut Seen::default()).is_ok();
            site.commit(&last).unwrap();
            assert_eq!(
                site.tree(),
                tree(&[("a", "last")]),
                "after {one} and {two} operations"
            );
            if second_done {
                break;
            }
        }
        if first_done {
            break;
        }
    }
}

/// Assets come before the pages that use them, and pages before the indexes that list them.
#[test]
fn files_come_in_by_class() {
    let plan = files(&[("a.xml", "feed"), ("b", "page"), ("z.css", "style")]);
    let mut seen_orders = BTreeSet::new();
    for operations in 0.. {
        let site = Site::new();
        let done = site.commit_on(&Cut::after(operations), &plan, &mut Seen::default());
        if site.out().exists() {
            seen_orders.insert(site.tree().into_keys().collect::<Vec<_>>().join(" "));
        }
        if done.is_ok() {
            break;
        }
    }
    let orders: Vec<_> = seen_orders.iter().map(String::as_str).collect();
    assert_eq!(orders, ["", "a.xml b z.css", "b z.css", "z.css"]);
}

const PATHS: [&str; 8] = [
    "index.html",
    "a",
    "a/b",
    "a/c/d",
    "b/index.html",
    "b/c",
    "style.css",
    "feed.xml",
];

fn any_plan() -> impl Strategy<Value = Vec<(&'static str, u8)>> {
    let pair = (proptest::sample::select(&PATHS[..]), 0u8..3);
    proptest::collection::vec(pair, 0..7)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 80, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any sequence of plans, cut off anywhere, with files deleted by hand in between, ends in the last plan's tree.
    #[test]
    fn any_history_ends_in_the_last_plan(
        steps in proptest::collection::vec((any_plan(), 0usize..60, proptest::sample::select(&PATHS[..])), 1..6),
        last in any_plan(),
    ) {
        let site = Site::new();
        site.put("b/mine.txt", "mine");
        let mut seen = Seen::default();
        let contents = |chosen: &[(&'static str, u8)]| -> Plan {
            let texts: Vec<_> = chosen.iter().map(|(p, n)| (*p, format!("{p} version {n}"))).collect();
            let pairs: Vec<_> = texts.iter().map(|(p, t)| (*p, t.as_str())).collect();
            files(&pairs)
        };
        for (chosen, operations, deleted) in &steps {
            let done = site.commit_on(&Cut::after(*operations), &contents(chosen), &mut seen);
            for (path, text) in site.tree() {
                let whole = path.ends_with('/') || text == "mine"
                    || (0..3).any(|n| text == format!("{path} version {n}"));
                prop_assert!(whole, "{path}: {text}");
            }
            drop(fs::remove_file(site.out().join(deleted)));
            if done.is_ok() && site.out().join("index.html").exists() {
                site.put("index.html", "altered");
                site.commit_on(&RealDisk, &contents(chosen), &mut seen).unwrap();
            }
        }
        let plan = contents(&last);
        site.commit_on(&RealDisk, &plan, &mut seen).unwrap();
        let mut expected = Tree::from([("b/mine.txt".into(), "mine".into())]);
        for file in plan.files() {
            expected.insert(file.path.to_string(), file.text().to_owned());
        }
        prop_assert_eq!(site.tree(), expected);
        prop_assert!(site.is_swept());
    }
}
