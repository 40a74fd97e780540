//! What can go wrong in writing, always with the path.

use std::io;
use std::path::{Path, PathBuf};

use crate::base::OutPath;

/// A commit that failed. Unless it says otherwise the site stands as it was.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The output folder is one that holds sources.
    #[error("‘{}’ cannot be the output folder: {why}", path.display())]
    Refused {
        /// The folder.
        path: PathBuf,
        /// Why not, in words.
        why: String,
    },
    /// Something other than a folder stands where a folder is needed.
    #[error("‘{}’ is not a folder", path.display())]
    NotAFolder {
        /// Where.
        path: PathBuf,
    },
    /// Another build is writing.
    #[error("another build is writing to ‘{}’", path.display())]
    Busy {
        /// The output folder.
        path: PathBuf,
    },
    /// Files that we did not write stand where ours would go.
    #[error("{} not written by Dateline and {} in the way", foreign(out, paths), if paths.len() == 1 { "is" } else { "are" })]
    Foreign {
        /// The output folder.
        out: PathBuf,
        /// The files, in order.
        paths: Vec<OutPath>,
    },
    /// A file that was to stand as it was made before does not, and nobody has kept its bytes: it must be made again.
    #[error("‘{}’ must be made again", path.display())]
    NotKept {
        /// The file.
        path: PathBuf,
    },
    /// The manifest cannot be understood, so it is not known which files are ours.
    #[error("‘{}’ is damaged: {why}", path.display())]
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// An operation of the file system failed. Where that was after files had begun to be put in place, the next
    /// build finishes it.
    #[error("could not {action} ‘{}’: {source}", path.display())]
    Io {
        /// What was tried, as in `write`.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// Why it failed.
        source: io::Error,
    },
}

impl Error {
    /// What to do about it.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::Refused { .. } | Self::NotAFolder { .. } => {
                Some("name another folder with `--out`, for instance `--out public`")
            }
            Self::Busy { .. } => Some("wait until it has finished, or stop it"),
            Self::Foreign { .. } => Some(
                "move or rename what you put there; if it is left from an earlier build, delete it and build again",
            ),
            Self::NotKept { .. } => Some("build again"),
            Self::Manifest { .. } => Some("delete the output folder and build again"),
            Self::Io { source, .. } => match source.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                    Some("free some space and build again")
                }
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                    Some("make the folder writable, or name another with `--out`")
                }
                _ => None,
            },
        }
    }

    pub(super) fn io(action: &'static str, path: &Path, source: io::Error) -> Self {
        Self::Io {
            action,
            path: path.to_owned(),
            source,
        }
    }
}

/// The first few paths, and how many more.
fn foreign(out: &Path, paths: &[OutPath]) -> String {
    const SHOWN: usize = 5;
    let mut names: Vec<String> = paths
        .iter()
        .take(SHOWN)
        .map(|path| format!("‘{}’", out.join(path.as_str()).display()))
        .collect();
    if paths.len() > SHOWN {
        names.push(format!("{} more", paths.len() - SHOWN));
    }
    let verb = if paths.len() == 1 { "was" } else { "were" };
    format!("{} {verb}", names.join(", "))
}
