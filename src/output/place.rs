//! Which folders may be the output folder.

use std::io;
use std::path::{Component, Path, PathBuf};

use super::{Disk, Error};

/// Folders of a site that hold sources.
const SOURCES: [&str; 7] = [
    "corpus", "content", "themes", "static", "src", ".git", ".github",
];

/// Refuses an output folder in which writing or removing files could touch sources: the site's root or a folder above
/// it, a folder of sources or one below or above it, and the root of another site.
pub(super) fn check(out: &Path, root: &Path) -> Result<(), Error> {
    let refuse = |why: &str| {
        Err(Error::Refused {
            path: out.to_owned(),
            why: why.to_owned(),
        })
    };
    let (real, root) = (resolved(out)?, resolved(root)?);
    if real == root {
        return refuse("it is the folder of the site itself");
    }
    if root.starts_with(&real) {
        return refuse("the site lies in it");
    }
    for name in SOURCES {
        let source = root.join(name);
        if real.starts_with(resolved(&source)?) {
            return refuse(&format!("it belongs to ‘{name}’, which holds sources"));
        }
    }
    if real.join("dateline.toml").exists() {
        return refuse("it has a `dateline.toml` and so is a site of its own");
    }
    Ok(())
}

/// The absolute path with links followed as far as the path exists.
fn resolved(path: &Path) -> Result<PathBuf, Error> {
    let absolute = std::path::absolute(path).map_err(|e| Error::io("find", path, e))?;
    let mut real = PathBuf::new();
    for component in absolute.components() {
        match component {
            Component::ParentDir => {
                real.pop();
            }
            Component::CurDir => {}
            other => {
                real.push(other);
                match real.canonicalize() {
                    Ok(canonical) => real = canonical,
                    Err(error)
                        if matches!(
                            error.kind(),
                            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
                        ) => {}
                    Err(error) => return Err(Error::io("find", path, error)),
                }
            }
        }
    }
    Ok(real)
}

/// Makes the output folder and those above it where they are missing.
pub(super) fn make(disk: &dyn Disk, out: &Path) -> Result<(), Error> {
    let mut missing = Vec::new();
    for folder in out.ancestors().filter(|f| !f.as_os_str().is_empty()) {
        match std::fs::metadata(folder) {
            Ok(meta) if meta.is_dir() => break,
            Ok(_) => {
                return Err(Error::NotAFolder {
                    path: folder.to_owned(),
                });
            }
            Err(e) if e.kind() == io::ErrorKind::NotFound => missing.push(folder),
            // Something above it is a file; the loop comes to it.
            Err(e) if e.kind() == io::ErrorKind::NotADirectory => {}
            Err(e) => return Err(Error::io("read", folder, e)),
        }
    }
    for folder in missing.into_iter().rev() {
        // A link that leads nowhere counts as made and is found out here.
        disk.make_folder(folder)
            .map_err(|e| Error::io("make the folder", folder, e))?;
        if !folder.is_dir() {
            return Err(Error::NotAFolder {
                path: folder.to_owned(),
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_never_written_to() {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path().join("site");
        std::fs::create_dir_all(root.join("corpus/2013")).unwrap();
        let ok = |out: &str| check(&root.join(out), &root).is_ok();
        assert!(
            ok("public") && ok("docs") && ok("../public") && ok("out/deep") && ok("corpus-built")
        );
        for bad in [
            "",
            ".",
            "..",
            "../..",
            "corpus",
            "corpus/2013",
            "corpus/new",
            "content",
            "public/..",
            "x/../themes/default",
            ".git",
            "/",
        ] {
            assert!(!ok(bad), "{bad}");
        }
    }

    #[test]
    fn another_site_is_not_written_to() {
        let temp = tempfile::tempdir().unwrap();
        std::fs::create_dir(temp.path().join("other")).unwrap();
        std::fs::write(temp.path().join("other/dateline.toml"), "").unwrap();
        let refused = check(&temp.path().join("other"), &temp.path().join("site"));
        assert!(matches!(refused, Err(Error::Refused { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn links_to_sources_are_seen_through() {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path().join("site");
        std::fs::create_dir_all(root.join("corpus")).unwrap();
        std::os::unix::fs::symlink(root.join("corpus"), root.join("public")).unwrap();
        assert!(matches!(
            check(&root.join("public"), &root),
            Err(Error::Refused { .. })
        ));
    }
}
