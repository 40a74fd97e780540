//! Finding changes by looking, where the system does not report them.
//!
//! Size, identity and times of every file are compared with those of the last look. Times are taken as finely as the file
//! system has them: a watcher that counts in seconds misses the second save within one.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use walkdir::WalkDir;

use super::burst::Touch;
use crate::read::scan::{CONFIG_FILE, FOLDERS, is_ignored};

/// The pause between two looks.
const PAUSE: Duration = Duration::from_millis(300);

/// How much longer than a look the pause after it is at least.
const SHARE: u32 = 8;

/// What a file looks like from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Look {
    folder: bool,
    size: u64,
    modified: Option<SystemTime>,
    id: (u64, u64, i64, i64),
}

impl Look {
    fn of(meta: &Metadata) -> Self {
        #[cfg(unix)]
        let id = {
            use std::os::unix::fs::MetadataExt;
            (meta.dev(), meta.ino(), meta.ctime(), meta.ctime_nsec())
        };
        #[cfg(not(unix))]
        let id = (0, 0, 0, 0);
        let folder = meta.is_dir();
        Self {
            folder,
            size: if folder { 0 } else { meta.len() },
            modified: meta.modified().ok().filter(|_| !folder),
            id: if folder { (0, 0, 0, 0) } else { id },
        }
    }
}

/// The sources of a site as they were at the last look.
#[derive(Debug)]
pub(super) struct Poll {
    root: PathBuf,
    looks: BTreeMap<PathBuf, Look>,
}

impl Poll {
    /// Takes a first look, against which later ones are compared.
    pub(super) fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            looks: look(root),
        }
    }

    /// Looks again: what has changed since the last time, in order.
    pub(super) fn again(&mut self) -> Vec<(PathBuf, Touch)> {
        let new = look(&self.root);
        let old = std::mem::replace(&mut self.looks, new);
        let mut changes = Vec::new();
        for (path, look) in &self.looks {
            if old.get(path) != Some(look) {
                // A folder needs no second look: all that was in it has been seen.
                let touch = if look.folder {
                    Touch::About
                } else {
                    Touch::Done
                };
                changes.push((path.clone(), touch));
            }
        }
        let gone = old
            .into_keys()
            .filter(|path| !self.looks.contains_key(path));
        changes.extend(gone.map(|path| (path, Touch::Gone)));
        changes
    }

    /// Looks for ever, and hands each change to `tell`, until that gives false.
    pub(super) fn run(mut self, mut tell: impl FnMut(PathBuf, Touch) -> bool) {
        loop {
            let began = Instant::now();
            for (path, touch) in self.again() {
                if !tell(path, touch) {
                    return;
                }
            }
            std::thread::sleep(PAUSE.max(began.elapsed() * SHARE));
        }
    }
}

/// Every source below `root`. What cannot be looked at is left out; the build tells why.
fn look(root: &Path) -> BTreeMap<PathBuf, Look> {
    let mut looks = BTreeMap::new();
    for name in FOLDERS.iter().chain([&CONFIG_FILE]) {
        let entries = WalkDir::new(root.join(name))
            .follow_links(true)
            .into_iter()
            .filter_entry(|entry| {
                entry.depth() == 0 || !is_ignored(&entry.file_name().to_string_lossy())
            });
        for entry in entries.flatten() {
            if let Ok(meta) = entry.metadata() {
                looks.insert(entry.into_path(), Look::of(&meta));
            }
        }
    }
    looks
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn every_kind_of_change_is_seen() {
        let temp = tempfile::tempdir().unwrap();
        let path = |name: &str| temp.path().join(name);
        fs::create_dir_all(path("corpus/2013")).unwrap();
        fs::write(path("corpus/a.md"), "one").unwrap();
        fs::write(path("corpus/b.md"), "one").unwrap();
        let mut poll = Poll::new(temp.path());
        assert_eq!(poll.again(), []);
        fs::write(path("corpus/a.md"), "two").unwrap();
        fs::remove_file(path("corpus/b.md")).unwrap();
        fs::write(path("corpus/2013/c.md"), "new").unwrap();
        fs::write(path("corpus/.a.md.swp"), "passed over").unwrap();
        fs::write(path("elsewhere.md"), "no source").unwrap();
        fs::write(path("dateline.toml"), "").unwrap();
        fs::create_dir(path("templates")).unwrap();
        assert_eq!(
            poll.again(),
            [
                (path("corpus/2013/c.md"), Touch::Done),
                (path("corpus/a.md"), Touch::Done),
                (path("dateline.toml"), Touch::Done),
                (path("templates"), Touch::About),
                (path("corpus/b.md"), Touch::Gone),
            ]
        );
        assert_eq!(poll.again(), []);
    }
}
