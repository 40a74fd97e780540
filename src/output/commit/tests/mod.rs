//! Commits that go through, and commits that meet what others have put in the folder.

mod cut;
#[cfg(unix)]
mod links;
mod waiting;

use std::collections::BTreeMap;
use std::io;

use tempfile::TempDir;

use super::super::disk::RealDisk;
use super::super::manifest::Entry;
use super::*;
use crate::base::Hash128;
use crate::output::plan;
use crate::render::Class;

/// A site's root with an output folder in it.
struct Site {
    temp: TempDir,
}

type Tree = BTreeMap<String, String>;

impl Site {
    fn new() -> Self {
        Self {
            temp: tempfile::tempdir().unwrap(),
        }
    }

    fn out(&self) -> PathBuf {
        self.temp.path().join("public")
    }

    fn put(&self, path: &str, text: &str) {
        let full = self.out().join(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(full, text).unwrap();
    }

    fn commit(&self, plan: &Plan) -> Result<Report, Error> {
        self.commit_on(&RealDisk, plan, &mut Seen::default())
    }

    fn commit_on(
        &self,
        disk: &(dyn Disk + Sync),
        plan: &Plan,
        seen: &mut Seen,
    ) -> Result<Report, Error> {
        commit(plan, self.staging(disk), seen)
    }

    fn staging<'d>(&self, disk: &'d (dyn Disk + Sync)) -> Staging<'d> {
        Staging::on(disk, &self.out(), self.temp.path())
    }

    /// Every file but our own records, and empty folders with a `/`.
    fn tree(&self) -> Tree {
        let mut tree = Tree::new();
        for entry in walkdir::WalkDir::new(self.out()).min_depth(1) {
            let entry = entry.unwrap();
            let name = entry.path().strip_prefix(self.out()).unwrap();
            let name = name.to_str().unwrap().to_owned();
            if name == MANIFEST || name.starts_with(STAGING) {
                continue;
            }
            if entry.file_type().is_dir() {
                if fs::read_dir(entry.path()).unwrap().next().is_none() {
                    tree.insert(name + "/", String::new());
                }
            } else {
                tree.insert(name, fs::read_to_string(entry.path()).unwrap());
            }
        }
        tree
    }

    fn is_swept(&self) -> bool {
        !self.out().join(STAGING).exists()
    }
}

fn files(files: &[(&str, &str)]) -> Plan {
    let artifact = |(path, text): &(&str, &str)| {
        let class = match path.rsplit('.').next() {
            Some("css") => Class::Asset,
            Some("xml") => Class::Index,
            _ => Class::Page,
        };
        let mut artifact = Artifact::new(
            OutPath::new(path).unwrap(),
            text.as_bytes().to_vec(),
            class,
            *path,
        );
        artifact.parts = vec![("text", Hash128::of(text.as_bytes()))];
        artifact
    };
    plan(files.iter().map(artifact).collect()).value
}

fn tree(files: &[(&str, &str)]) -> Tree {
    let owned = |(path, text): &(&str, &str)| ((*path).to_owned(), (*text).to_owned());
    files.iter().map(owned).collect()
}

fn why(report: &Report) -> Vec<(&str, Why)> {
    report
        .written
        .iter()
        .map(|(path, why)| (path.as_str(), why.clone()))
        .collect()
}

#[test]
fn writes_changes_and_removes() {
    let site = Site::new();
    let report = site
        .commit(&files(&[
            ("index.html", "one"),
            ("a/index.html", "two"),
            ("old/x", "x"),
        ]))
        .unwrap();
    assert_eq!(report.written.len(), 3);
    assert!(report.written.iter().all(|(_, why)| *why == Why::New));
    assert_eq!(report.bytes, 7);
    let report = site
        .commit(&files(&[("index.html", "one"), ("a/index.html", "three")]))
        .unwrap();
    assert_eq!(
        why(&report),
        [("a/index.html", Why::Changed(vec!["text".into()]))]
    );
    assert_eq!(report.removed, [OutPath::new("old/x").unwrap()]);
    assert_eq!((report.unchanged, report.bytes), (1, 5));
    assert_eq!(
        site.tree(),
        tree(&[("index.html", "one"), ("a/index.html", "three")])
    );
    assert!(site.is_swept());
}

#[test]
fn a_second_commit_writes_nothing() {
    let site = Site::new();
    let plan = files(&[("index.html", "one"), ("a/b", "two")]);
    site.commit(&plan).unwrap();
    // A disk on which every change fails, but for what clears a staging folder that is not there.
    struct Frozen;
    impl Disk for Frozen {
        fn make_folder(&self, _: &Path) -> io::Result<()> {
            Err(io::Error::other("frozen"))
        }
        fn write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
            Err(io::Error::other("frozen"))
        }
        fn rename(&self, _: &Path, _: &Path) -> io::Result<()> {
            Err(io::Error::other("frozen"))
        }
        fn remove_file(&self, path: &Path) -> io::Result<()> {
            assert!(!path.exists());
            Ok(())
        }
        fn remove_empty_folder(&self, path: &Path) -> io::Result<bool> {
            assert!(!path.exists());
            Ok(false)
        }
    }
    let report = site
        .commit_on(&Frozen, &plan, &mut Seen::default())
        .unwrap();
    assert_eq!((report.written.len(), report.unchanged), (0, 2));
}

#[test]
fn files_altered_or_deleted_by_hand_are_restored() {
    let site = Site::new();
    let plan = files(&[("a", "aaa"), ("b", "bbb"), ("c", "ccc"), ("d", "ddd")]);
    let mut warm = Seen::default();
    site.commit_on(&RealDisk, &plan, &mut warm).unwrap();
    for seen in [&mut Seen::default(), &mut warm] {
        fs::remove_file(site.out().join("a")).unwrap();
        site.put("b", "longer than it was");
        let report = site.commit_on(&RealDisk, &plan, seen).unwrap();
        assert_eq!(why(&report), [("a", Why::Missing), ("b", Why::Altered)]);
    }
    // Of the same length, which only its bytes tell.
    site.put("c", "CCC");
    let report = site.commit(&plan).unwrap();
    assert_eq!(why(&report), [("c", Why::Altered)]);
    assert_eq!(site.tree()["c"], "ccc");
}

#[test]
fn what_was_seen_is_not_read_again() {
    let site = Site::new();
    let (one, two) = (files(&[("a", "one")]), files(&[("a", "two")]));
    let mut seen = Seen::default();
    site.commit_on(&RealDisk, &one, &mut seen).unwrap();
    // Other bytes under the same stamp: who reads the file notices, who trusts the stamp does not.
    let file = fs::File::options()
        .write(true)
        .open(site.out().join("a"))
        .unwrap();
    let modified = file.metadata().unwrap().modified().unwrap();
    io::Write::write_all(&mut &file, b"ONE").unwrap();
    file.set_modified(modified).unwrap();
    drop(file);
    let report = site.commit_on(&RealDisk, &one, &mut seen.clone()).unwrap();
    assert_eq!(report.unchanged, 1);
    let report = site.commit_on(&RealDisk, &two, &mut seen).unwrap();
    assert_eq!(why(&report), [("a", Why::Changed(vec!["text".into()]))]);
    let report = site.commit_on(&RealDisk, &two, &mut seen).unwrap();
    assert_eq!(report.unchanged, 1);
}

#[test]
fn foreign_files_are_left_alone() {
    let site = Site::new();
    site.put(".gitkeep", "");
    site.put("old/mine.txt", "mine");
    site.commit(&files(&[("old/x", "x"), ("new", "n")]))
        .unwrap();
    site.commit(&files(&[("new", "n")])).unwrap();
    assert_eq!(
        site.tree(),
        tree(&[(".gitkeep", ""), ("new", "n"), ("old/mine.txt", "mine")])
    );
}

#[test]
fn a_foreign_file_in_the_way_stops_the_build_and_nothing_changes() {
    let site = Site::new();
    site.commit(&files(&[("index.html", "old")])).unwrap();
    site.put("about/index.html", "mine");
    site.put("topics", "a file where a folder goes");
    site.put("deep/folder/x", "a folder where a file goes");
    let before = site.tree();
    let plan = files(&[
        ("index.html", "new"),
        ("about/index.html", "ours"),
        ("topics/kaesong/index.html", "ours"),
        ("deep", "ours"),
    ]);
    let error = site.commit(&plan).unwrap_err();
    let Error::Foreign { paths, .. } = &error else {
        panic!("{error}")
    };
    let paths: Vec<_> = paths.iter().map(OutPath::as_str).collect();
    assert_eq!(paths, ["about/index.html", "deep/folder/x", "topics"]);
    assert_eq!(site.tree(), before);
    assert!(site.is_swept());
}

#[test]
fn a_foreign_file_with_the_same_bytes_is_no_obstacle() {
    let site = Site::new();
    site.put("CNAME", "example.org\n");
    let report = site.commit(&files(&[("CNAME", "example.org\n")])).unwrap();
    assert_eq!((report.written.len(), report.unchanged), (0, 1));
}

#[test]
fn files_and_folders_may_change_places() {
    let site = Site::new();
    let (file, folder) = (
        files(&[("a", "file")]),
        files(&[("a/b/c", "in"), ("a/d", "in")]),
    );
    for plan in [&file, &folder, &file] {
        site.commit(plan).unwrap();
    }
    assert_eq!(site.tree(), tree(&[("a", "file")]));
}

#[test]
fn a_damaged_manifest_is_an_error_and_nothing_changes() {
    let site = Site::new();
    site.commit(&files(&[("a", "one")])).unwrap();
    site.put(MANIFEST, "{");
    let error = site.commit(&files(&[("a", "two")])).unwrap_err();
    assert!(matches!(error, Error::Manifest { .. }), "{error}");
    assert_eq!(site.tree(), tree(&[("a", "one")]));
}

#[test]
fn the_manifest_is_the_same_whatever_the_way_to_it() {
    let (first, second) = (Site::new(), Site::new());
    let plan = files(&[("a", "one"), ("b/c", "two")]);
    first.commit(&files(&[("a", "zero"), ("d", "x")])).unwrap();
    first.commit(&plan).unwrap();
    second.commit(&plan).unwrap();
    let read = |site: &Site| fs::read_to_string(site.out().join(MANIFEST)).unwrap();
    assert_eq!(read(&first), read(&second));
    let entry = &Manifest::read(&first.out()).unwrap().files[&OutPath::new("a").unwrap()];
    assert_eq!(
        *entry,
        Entry::of(plan.get(&OutPath::new("a").unwrap()).unwrap())
    );
}

#[test]
fn an_output_folder_that_is_a_file_is_an_error() {
    let site = Site::new();
    fs::write(site.out(), "a file").unwrap();
    let error = site.commit(&files(&[("a", "one")])).unwrap_err();
    assert!(matches!(error, Error::NotAFolder { .. }), "{error}");
    assert_eq!(fs::read_to_string(site.out()).unwrap(), "a file");
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_made_is_an_error_with_its_path() {
    let site = Site::new();
    let out = Path::new("/proc/dateline/public");
    let error = commit(
        &files(&[("a", "x")]),
        Staging::new(out, site.temp.path()),
        &mut Seen::default(),
    )
    .unwrap_err();
    let message = error.to_string();
    assert!(
        message.starts_with("could not make the folder ‘/proc/dateline’: "),
        "{message}"
    );
}

#[test]
fn a_full_disk_leaves_the_site_and_no_rubbish() {
    struct Full;
    impl Disk for Full {
        fn make_folder(&self, path: &Path) -> io::Result<()> {
            RealDisk.make_folder(path)
        }
        fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
            if path.ends_with("1") {
                RealDisk.write(path, &bytes[..1])?;
                return Err(io::ErrorKind::StorageFull.into());
            }
            RealDisk.write(path, bytes)
        }
        fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
            RealDisk.rename(from, to)
        }
        fn remove_file(&self, path: &Path) -> io::Result<()> {
            RealDisk.remove_file(path)
        }
        fn remove_empty_folder(&self, path: &Path) -> io::Result<bool> {
            RealDisk.remove_empty_folder(path)
        }
    }
    let site = Site::new();
    site.commit(&files(&[("a", "old"), ("b", "old")])).unwrap();
    let plan = files(&[("a", "new"), ("b", "new")]);
    let error = site
        .commit_on(&Full, &plan, &mut Seen::default())
        .unwrap_err();
    assert_eq!(error.help(), Some("free some space and build again"));
    assert_eq!(site.tree(), tree(&[("a", "old"), ("b", "old")]));
    assert!(site.is_swept());
}
