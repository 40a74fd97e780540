//! `kill -9` at any moment of a build: what stands is never half a file, and the next build ends with the bytes that one without a
//! disturbance makes.
//!
//! A site goes back and forth between two versions that differ in every page, and each build is killed at another of its steps: before
//! anything is written, while files are staged, while they are put in place, and when the manifest is. The steps are seen in the output
//! folder, so nothing here waits for a time to pass. `DATELINE_KILLS` says how many builds are killed.

#![cfg(unix)]
#![expect(clippy::panic, reason = "a test stops at the first surprise")]

mod support;

#[path = "../benches/corpus/mod.rs"]
mod corpus;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};

use corpus::{Newsroom, Sizes};
use support::edits::Dice;
use support::{Fixture, contents};

/// A build that takes part of the folder is over in seconds; one that has not ended after so many looks never will.
const LOOKS: usize = 100_000_000;

/// The files of a folder.
type Contents = BTreeMap<String, Vec<u8>>;

/// A site with two versions.
struct Site {
    fixture: Fixture,
    public: PathBuf,
    /// What undisturbed builds make of them.
    versions: [Contents; 2],
    /// The pages that are in both, with other bytes.
    pages: Vec<String>,
}

impl Site {
    fn new() -> Self {
        let fixture = Fixture::new();
        let newsroom = Newsroom::new(Sizes {
            articles: 40,
            entities: 20,
            topics: 4,
            events: 10,
            seed: 1,
        });
        for file in newsroom.files() {
            fixture.edit(&file.path, file.text);
        }
        let versions = [0, 1].map(|version| {
            turn(&fixture, version);
            let out = fixture.path("undisturbed");
            let ran = fixture.run(["build", "--out", "undisturbed"]);
            assert_eq!(ran.code, 0, "{}", ran.err);
            let made = contents(&out);
            fs::remove_dir_all(out).expect("remove a folder");
            made
        });
        let [old, new] = &versions;
        let differ = |(path, bytes): &(&String, &Vec<u8>)| {
            new.get(*path).is_some_and(|other| other != *bytes) && path.ends_with(".html")
        };
        let pages: Vec<String> = old
            .iter()
            .filter(differ)
            .map(|(path, _)| path.clone())
            .collect();
        assert!(pages.len() > 80, "{} pages change", pages.len());
        Self {
            public: fixture.path("public"),
            fixture,
            versions,
            pages,
        }
    }

    fn build(&self, version: usize) {
        turn(&self.fixture, version);
        let ran = self.fixture.run(["build"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let made = contents(&self.public);
        let other = |(path, bytes): &(&String, &Vec<u8>)| made.get(*path) != Some(bytes);
        let wanted = &self.versions[version];
        let wrong: Vec<_> = wanted.iter().filter(other).map(|(path, _)| path).collect();
        assert!(wrong.is_empty(), "{wrong:#?} are not as they have to be");
        let more: Vec<_> = made.keys().filter(|p| !wanted.contains_key(*p)).collect();
        assert!(more.is_empty(), "{more:#?} are left over");
    }

    /// Whether a file is whole, of either version.
    fn is_whole(&self, path: &str, bytes: Option<&[u8]>) -> bool {
        let of = |version: &Contents| version.get(path).map(Vec::as_slice) == bytes;
        self.versions.iter().any(of)
    }

    /// Every file under its final name is of one version or the other, and none is missing that both have.
    fn assert_whole(&self) {
        let found = contents(&self.public);
        let ours = self.versions.iter().flat_map(BTreeMap::keys);
        for path in ours.chain(found.keys()) {
            let record =
                path.starts_with(".dateline-lock") || path.starts_with(".dateline-staging/");
            let bytes = found.get(path).map(Vec::as_slice);
            assert!(record || self.is_whole(path, bytes), "{path} is not whole");
        }
    }

    /// Starts a build and kills it at a moment; tells how it ended.
    fn kill(&self, moment: &Moment) -> ExitStatus {
        let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
            .args(["build", "--quiet"])
            .current_dir(self.fixture.path(""))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("start the program");
        let manifest = self.public.join(".dateline-manifest.json");
        let before = inode(&manifest);
        let staging = self.public.join(".dateline-staging");
        for look in 0..LOOKS {
            let placing = || staging.join("intent.json").exists();
            let is_there = |n: &usize| staging.join(n.to_string()).exists();
            let now = match moment {
                Moment::Begun => true,
                Moment::Locked => self.public.join(".dateline-lock").exists(),
                Moment::Staged(n) => is_there(n) || placing(),
                Moment::Placed(n) => placing() && !is_there(n),
                Moment::Recorded => inode(&manifest) != before,
            };
            if now || has_ended(&mut child) {
                child.kill().expect("kill the program");
                return child.wait().expect("the program has ended");
            }
            let page = &self.pages[look % self.pages.len()];
            let read = fs::read(self.public.join(page)).ok();
            assert!(
                self.is_whole(page, read.as_deref()),
                "{page} was half there"
            );
        }
        drop(child.kill());
        panic!("a build does not come to {moment:?}");
    }
}

/// Makes the sources those of a version: of another title, which stands on every page, and with an article of its own.
fn turn(fixture: &Fixture, version: usize) {
    let config = format!(
        "title = \"Version {version}\"\nbase_url = \"https://newsroom.example/{version}/\"\n"
    );
    fixture.edit("dateline.toml", config);
    let other = fixture.path(&format!("corpus/only-{}.md", 1 - version));
    drop(fs::remove_file(other));
    let article = "+++\ntitle = \"Only here\"\npublished = 2004-05-06\n+++\n\nAnd not there.\n";
    fixture.edit(&format!("corpus/only-{version}.md"), article);
}

fn inode(path: &Path) -> Option<u64> {
    fs::symlink_metadata(path).ok().map(|meta| meta.ino())
}

fn has_ended(child: &mut Child) -> bool {
    !matches!(child.try_wait(), Ok(None))
}

/// A moment of a build, as seen in the output folder.
#[derive(Debug)]
enum Moment {
    /// The program has been started.
    Begun,
    /// The output folder is taken: everything has been made, and is being compared.
    Locked,
    /// So many files wait in the staging folder.
    Staged(usize),
    /// The file of this number has left it.
    Placed(usize),
    /// The manifest is that of the new site.
    Recorded,
}

impl Moment {
    /// The moment of a step of a build that writes `files` files.
    fn of(step: usize, files: usize) -> Self {
        match step {
            0 => Self::Begun,
            1 => Self::Locked,
            _ if step < files + 2 => Self::Staged(step - 2),
            _ if step < 2 * files + 2 => Self::Placed(step - 2 - files),
            _ => Self::Recorded,
        }
    }

    /// How many there are.
    fn count(files: usize) -> usize {
        2 * files + 3
    }
}

#[test]
fn a_killed_build_leaves_whole_files_and_the_next_one_ends_it() {
    let asked = std::env::var("DATELINE_KILLS").ok();
    let kills = asked.map_or(12, |n| n.parse().expect("DATELINE_KILLS is a number"));
    let site = Site::new();
    let mut dice = Dice(3);
    let (mut stands, mut killed) = (0, 0);
    site.build(stands);
    let steps = Moment::count(site.pages.len());
    for kill in 0..kills {
        let (from, to) = (kill * steps / kills, (kill + 1) * steps / kills);
        let moment = Moment::of(from + dice.below(to - from), site.pages.len());
        let next = 1 - stands;
        turn(&site.fixture, next);
        let status = site.kill(&moment);
        killed += usize::from(status.signal() == Some(9));
        site.assert_whole();
        // Most editors start again what was interrupted; some take back what they did.
        stands = if dice.below(3) > 0 { next } else { stands };
        site.build(stands);
    }
    assert!(killed > 0, "every build had ended before it was killed");
}
