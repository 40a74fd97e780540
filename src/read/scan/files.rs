//! Files as they were read, so that those that nobody has touched since need not be read again.
//!
//! What tells a touched file is its size, its times and its identity. A file system's clock is coarse, and a file that is written twice
//! within one tick looks as it did after the first time; so what was read less than [`DOUBT`] after it was written is read again. No
//! other clock is asked: the newest file tells what time it is at least.

use std::collections::HashMap;
use std::fs::Metadata;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rayon::prelude::*;

use super::{Found, decode, read};
use crate::base::{Diagnostic, SitePath, Source};
use crate::read::layout::{Role, THEMES};

/// How coarse the clocks of file systems may be: two seconds, FAT's.
const DOUBT: Duration = Duration::from_secs(2);

/// What is in a file.
#[derive(Debug, Clone)]
pub(super) enum Content {
    /// Text that editors wrote.
    Text(Source),
    /// Anything else.
    Bytes(Arc<[u8]>),
}

/// What an earlier scan has read.
#[derive(Debug, Default)]
pub struct Files(HashMap<SitePath, Known>);

/// A file that has been read.
#[derive(Debug)]
struct Known {
    stamp: Stamp,
    /// Whether it was read long enough after it was written.
    settled: bool,
    content: Content,
}

/// What tells a touched file from one that is as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
    /// On Unix when its content, name or rights changed, which no program can set.
    changed: Option<SystemTime>,
    /// Device and file, where they have numbers.
    id: (u64, u64),
}

impl Stamp {
    fn of(meta: &Metadata) -> Self {
        #[cfg(unix)]
        let (changed, id) = {
            use std::os::unix::fs::MetadataExt;
            let seconds = u64::try_from(meta.ctime()).unwrap_or(0);
            let nanoseconds = u64::try_from(meta.ctime_nsec()).unwrap_or(0);
            let since = Duration::from_secs(seconds) + Duration::from_nanos(nanoseconds);
            (
                SystemTime::UNIX_EPOCH.checked_add(since),
                (meta.dev(), meta.ino()),
            )
        };
        #[cfg(not(unix))]
        let (changed, id) = (None, (0, 0));
        Self {
            size: meta.len(),
            modified: meta.modified().ok(),
            changed,
            id,
        }
    }

    /// When it was last written, as far as can be told.
    fn written(&self) -> Option<SystemTime> {
        self.changed.or(self.modified)
    }
}

/// A file as it is found now.
type Read = (Option<Stamp>, Result<Content, Box<Diagnostic>>);

impl Files {
    /// What is in each file, or why it cannot be read, in their order. Other files are forgotten.
    pub(super) fn contents<'f>(
        &mut self,
        found: &'f [Found],
    ) -> impl Iterator<Item = (SitePath, Result<Content, Box<Diagnostic>>)> + use<'f> {
        let all: Vec<Read> = found.par_iter().map(|file| self.content(file)).collect();
        let stamps = all.iter().filter_map(|(stamp, _)| *stamp);
        let newest = stamps.filter_map(|stamp| stamp.written()).max();
        self.0.clear();
        for (file, (stamp, content)) in found.iter().zip(&all) {
            if let (Some(stamp), Ok(content)) = (*stamp, content) {
                let known = Known {
                    settled: stamp
                        .written()
                        .is_some_and(|at| newest >= at.checked_add(DOUBT)),
                    content: content.clone(),
                    stamp,
                };
                self.0.insert(file.path.clone(), known);
            }
        }
        let all = all.into_iter().map(|(_, content)| content);
        found.iter().map(|file| file.path.clone()).zip(all)
    }

    fn content(&self, file: &Found) -> Read {
        // Before it is read: what is written from here on makes it look touched the next time.
        let stamp = std::fs::metadata(&file.real).ok();
        let stamp = stamp.map(|meta| Stamp::of(&meta));
        let known = self.0.get(&file.path).filter(|k| k.settled);
        match known.filter(|known| Some(known.stamp) == stamp) {
            Some(known) => (stamp, Ok(known.content.clone())),
            None => (stamp, fresh(&file.real, &file.path)),
        }
    }
}

/// Reads a file.
fn fresh(real: &Path, path: &SitePath) -> Result<Content, Box<Diagnostic>> {
    let bytes = read(real, path)?;
    let below = |folder: &str| {
        let rest = path.as_str().strip_prefix(folder);
        rest.is_some_and(|rest| rest.starts_with('/'))
    };
    let beside = [THEMES, "static", "templates"].into_iter().any(below);
    match !beside && Role::of(path).is_text() {
        true => decode(path, bytes).map(Content::Text),
        false => Ok(Content::Bytes(bytes.into())),
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};

    use super::*;

    fn found(folder: &Path, names: &[&str]) -> Vec<Found> {
        let found = |name: &&str| Found {
            real: folder.join(name),
            path: SitePath::new(format!("corpus/{name}")),
        };
        names.iter().map(found).collect()
    }

    /// The first words of each file.
    fn texts(files: &mut Files, found: &[Found]) -> Vec<String> {
        let contents = files.contents(found);
        let text = |content: Result<Content, _>| match content {
            Ok(Content::Text(source)) => source.text.to_string(),
            Ok(Content::Bytes(_)) => "bytes".to_owned(),
            Err(_) => "fault".to_owned(),
        };
        contents.map(|(_, content)| text(content)).collect()
    }

    fn date(path: &Path, seconds: u64) {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        let file = File::options().write(true).open(path).unwrap();
        file.set_modified(time).unwrap();
    }

    #[test]
    fn a_file_that_was_just_written_is_read_again() {
        let temp = tempfile::tempdir().unwrap();
        let (a, b) = (temp.path().join("a.md"), temp.path().join("b.md"));
        fs::write(&a, "one").unwrap();
        fs::write(&b, "old").unwrap();
        let found = found(temp.path(), &["a.md", "b.md", "c.md"]);
        let mut files = Files::default();
        assert_eq!(texts(&mut files, &found), ["one", "old", "fault"]);
        // The same size and the same time as before.
        let before = fs::metadata(&a).unwrap().modified().unwrap();
        fs::write(&a, "two").unwrap();
        File::options()
            .write(true)
            .open(&a)
            .unwrap()
            .set_modified(before)
            .unwrap();
        assert_eq!(texts(&mut files, &found), ["two", "old", "fault"]);
    }

    #[test]
    fn a_file_that_is_as_it_was_is_not_read_again() {
        let temp = tempfile::tempdir().unwrap();
        let (a, b) = (temp.path().join("a.md"), temp.path().join("b.md"));
        fs::write(&a, "one").unwrap();
        fs::write(&b, "new").unwrap();
        let found = found(temp.path(), &["a.md", "b.md"]);
        let mut files = Files::default();
        assert_eq!(texts(&mut files, &found), ["one", "new"]);
        let known = files.0.get_mut(&SitePath::new("corpus/a.md")).unwrap();
        // They have just been written.
        assert!(!known.settled);
        known.settled = true;
        known.content = Content::Bytes([].into());
        assert_eq!(texts(&mut files, &found), ["bytes", "new"]);
        // One that has been touched is.
        date(&a, 1_000_000_000);
        assert_eq!(texts(&mut files, &found), ["one", "new"]);
    }
}
