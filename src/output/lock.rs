//! One build at a time in an output folder.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use super::{Error, LOCK};

/// Holds the output folder until dropped. The system lets go of the lock when the process ends, however it ends, so
/// there is no stale lock to recover from; a lock file left behind means nothing.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    file: Option<File>,
}

impl Lock {
    /// Takes the lock of `out`, which must exist.
    pub(super) fn take(out: &Path) -> Result<Self, Error> {
        let path = out.join(LOCK);
        // A second round is needed only when the holder removed the file between our opening and our locking it.
        for _ in 0..8 {
            if fs::symlink_metadata(&path).is_ok_and(|meta| !meta.is_file()) {
                return Err(Error::io(
                    "lock",
                    &path,
                    std::io::Error::other("it is not a plain file"),
                ));
            }
            let file = OpenOptions::new()
                .write(true)
                .create(true)
                .truncate(false)
                .open(&path)
                .map_err(|e| Error::io("write", &path, e))?;
            match file.try_lock() {
                Err(TryLockError::WouldBlock) => break,
                // Some network file systems know no locks; there a build goes on without.
                Err(TryLockError::Error(_)) | Ok(()) => {}
            }
            if is_at(&file, &path) {
                return Ok(Self {
                    path,
                    file: Some(file),
                });
            }
        }
        Err(Error::Busy {
            path: out.to_owned(),
        })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while still held, so that whoever locks it afterwards notices. Where that cannot be noticed the
        // empty file stays.
        if cfg!(unix) {
            drop(fs::remove_file(&self.path));
        }
        drop(self.file.take());
    }
}

/// Whether the open file is still the one at `path`.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |meta: fs::Metadata| (meta.dev(), meta.ino());
    let (open, named) = (file.metadata().map(id), fs::symlink_metadata(path).map(id));
    matches!((open, named), (Ok(a), Ok(b)) if a == b)
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time_and_nothing_left() {
        let folder = tempfile::tempdir().unwrap();
        let first = Lock::take(folder.path()).unwrap();
        assert!(matches!(Lock::take(folder.path()), Err(Error::Busy { .. })));
        drop(first);
        drop(Lock::take(folder.path()).unwrap());
        if cfg!(unix) {
            assert!(!folder.path().join(LOCK).exists());
        }
    }

    #[test]
    fn a_file_left_behind_is_no_lock() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(LOCK), "4711").unwrap();
        assert!(Lock::take(folder.path()).is_ok());
    }
}
