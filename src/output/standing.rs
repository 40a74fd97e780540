//! Whether the site of the last build stands as it was written.

use std::fs::{self, Metadata};
use std::path::Path;

use super::manifest::Entry;
use super::{Error, MANIFEST, Manifest, STAGING};
use crate::base::Hash128;

/// A site that stands as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// A hash of what it was made from.
    pub inputs: Hash128,
    /// The number of its files.
    pub files: usize,
}

/// The site in `out`, if it is whole, if nobody has touched it since it was written, and if it says what it was made from.
///
/// A file that has its size and has not changed since the manifest was put in place is taken to be what the manifest says, as the
/// manifest comes last; others are read. No time is written anywhere: the file system's own are compared.
///
/// # Errors
/// The manifest is there and cannot be read.
pub fn standing(out: &Path) -> Result<Option<Standing>, Error> {
    let manifest = Manifest::read(out)?;
    let Some(inputs) = manifest.inputs else {
        return Ok(None);
    };
    let written = fs::symlink_metadata(out.join(MANIFEST)).ok();
    let interrupted = fs::symlink_metadata(out.join(STAGING)).is_ok();
    let stands = !interrupted
        && written.is_some_and(|written| {
            let mut files = manifest.files.iter();
            files.all(|(path, entry)| is_as_written(&out.join(path.as_str()), entry, &written))
        });
    Ok(stands.then_some(Standing {
        inputs,
        files: manifest.files.len(),
    }))
}

fn is_as_written(path: &Path, entry: &Entry, manifest: &Metadata) -> bool {
    let Ok(meta) = fs::symlink_metadata(path) else {
        return false;
    };
    if !meta.is_file() || meta.len() != entry.size {
        return false;
    }
    is_older(&meta, manifest) || fs::read(path).is_ok_and(|bytes| Hash128::of(&bytes) == entry.hash)
}

/// Whether a file last changed before another. On Unix that is when its content, name or rights changed, which no program can set.
#[cfg(unix)]
fn is_older(file: &Metadata, than: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (file.ctime(), file.ctime_nsec()) < (than.ctime(), than.ctime_nsec())
}

/// Whether a file was last written before another.
#[cfg(not(unix))]
fn is_older(file: &Metadata, than: &Metadata) -> bool {
    let times = file.modified().ok().zip(than.modified().ok());
    times.is_some_and(|(file, than)| file < than)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::OutPath;
    use crate::output::{Seen, Staging, commit, plan};
    use crate::render::{Artifact, Class};

    /// A folder with a site of two files.
    fn site(inputs: Option<Hash128>) -> tempfile::TempDir {
        let temp = tempfile::tempdir().unwrap();
        let file = |path: &str| {
            let path = OutPath::new(path).unwrap();
            Artifact::new(path, b"abc".as_slice(), Class::Page, "test")
        };
        let mut plan = plan(vec![file("a"), file("b/c")]).value;
        plan.inputs = inputs;
        let staging = Staging::new(&temp.path().join("public"), temp.path());
        commit(&plan, staging, &mut Seen::default()).unwrap();
        temp
    }

    #[test]
    fn what_was_written_stands() {
        let inputs = Hash128::of(b"inputs");
        let temp = site(Some(inputs));
        let found = standing(&temp.path().join("public")).unwrap();
        assert_eq!(found, Some(Standing { inputs, files: 2 }));
        let unknown = site(None);
        assert_eq!(standing(&unknown.path().join("public")).unwrap(), None);
        assert_eq!(standing(temp.path()).unwrap(), None);
    }

    #[test]
    fn a_touched_site_does_not_stand() {
        type Touch = fn(&Path);
        let touches: [(bool, Touch); 5] = [
            // The same bytes written again are the same file.
            (true, |out| fs::write(out.join("a"), "abc").unwrap()),
            (false, |out| fs::write(out.join("a"), "abd").unwrap()),
            (false, |out| fs::write(out.join("b/c"), "abcd").unwrap()),
            (false, |out| fs::remove_file(out.join("a")).unwrap()),
            (false, |out| fs::create_dir(out.join(STAGING)).unwrap()),
        ];
        for (stands, touch) in touches {
            let temp = site(Some(Hash128::of(b"inputs")));
            let out = temp.path().join("public");
            touch(&out);
            assert_eq!(standing(&out).unwrap().is_some(), stands);
        }
    }
}
