//! Where the site is, and how to write that from where one stands.

use std::path::{Component, Path, PathBuf};

/// The folder of the site: the nearest of `folder` and those above it that has a `dateline.toml`, else `folder` itself.
pub(super) fn root(folder: &Path) -> PathBuf {
    folder
        .ancestors()
        .find(|above| above.join("dateline.toml").is_file())
        .unwrap_or(folder)
        .to_owned()
}

/// `path` as seen from the folder `from`; both absolute. Empty where they are the same; absolute still where they
/// have nothing in common.
pub(super) fn seen_from(from: &Path, path: &Path) -> PathBuf {
    let common = from
        .components()
        .zip(path.components())
        .take_while(|(a, b)| a == b)
        .count();
    let rest: PathBuf = path.components().skip(common).collect();
    let up = from.components().count() - common;
    let named = |component: &Component<'_>| matches!(component, Component::Normal(_));
    // Above the first folder there is nothing to share but the root of the disk.
    if up > 0 && !path.components().take(common).any(|c| named(&c)) {
        return path.to_owned();
    }
    std::iter::repeat_n(Component::ParentDir, up)
        .collect::<PathBuf>()
        .join(rest)
}

/// A folder as the beginning of paths in it, with `/` between its parts: empty, or ending in `/`.
pub(super) fn prefix(folder: &Path) -> String {
    let text = folder
        .to_string_lossy()
        .replace(std::path::MAIN_SEPARATOR, "/");
    match text.as_str() {
        "" => text,
        _ if text.ends_with('/') => text,
        _ => text + "/",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_as_seen_from_a_folder() {
        let seen = |from: &str, path: &str| prefix(&seen_from(Path::new(from), Path::new(path)));
        assert_eq!(seen("/home/a", "/home/a"), "");
        assert_eq!(seen("/home/a", "/home/a/site"), "site/");
        assert_eq!(seen("/home/a/site/corpus", "/home/a/site"), "../");
        assert_eq!(seen("/home/a", "/home/b"), "../b/");
        assert_eq!(seen("/home/a", "/srv/site"), "/srv/site/");
        assert_eq!(seen("/", "/srv"), "srv/");
    }

    #[test]
    fn the_nearest_site_upward() {
        let temp = tempfile::tempdir().unwrap();
        let deep = temp.path().join("site/corpus/2013");
        std::fs::create_dir_all(&deep).unwrap();
        assert_eq!(root(&deep), deep);
        std::fs::write(temp.path().join("site/dateline.toml"), "").unwrap();
        assert_eq!(root(&deep), temp.path().join("site"));
    }
}
