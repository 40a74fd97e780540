//! From an address to a file.
//!
//! 1. Take the address apart: decode each part by itself, and refuse any that could lead elsewhere.
//! 2. Take off the path that the site stands under.
//! 3. Look for a file, or for a folder with an `index.html`.
//!
//! Invariant: what is found is a plain file inside the output folder, whatever links lead to it, and no hidden one.

use std::fs;
use std::path::{Path, PathBuf};

use crate::base::OutPath;

/// The path of an address, taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Address {
    /// The parts, decoded: none is empty, hidden, or has a slash in it.
    parts: Vec<String>,
    /// Whether it ends in a slash.
    folder: bool,
}

impl Address {
    /// Takes the path of a request apart, up to its query; none where it is no path that a file could have.
    pub(super) fn parse(url: &str) -> Option<Self> {
        let path = url.split(['?', '#']).next()?.strip_prefix('/')?;
        let folder = path.is_empty() || path.ends_with('/');
        let path = path.strip_suffix('/').unwrap_or(path);
        let parts: Option<Vec<String>> = match path {
            "" => Some(Vec::new()),
            _ => path.split('/').map(part).collect(),
        };
        parts.map(|parts| Self { parts, folder })
    }

    /// What is left of it below the folder that `base` is the address of; none where it is not below.
    pub(super) fn below(&self, base: &Self) -> Option<Self> {
        let rest = self.parts.strip_prefix(&base.parts[..])?;
        // The base itself without its slash is not inside it.
        (self.folder || !rest.is_empty()).then(|| Self {
            parts: rest.to_vec(),
            folder: self.folder,
        })
    }

    /// The same with a slash at its end.
    pub(super) fn as_folder(&self) -> Self {
        Self {
            parts: self.parts.clone(),
            folder: true,
        }
    }

    /// The files in the output folder that could be meant, the likeliest first.
    pub(super) fn candidates(&self) -> Vec<String> {
        let path = self.parts.join("/");
        let index = match path.as_str() {
            "" => "index.html".to_owned(),
            _ => format!("{path}/index.html"),
        };
        match self.folder {
            true => vec![index],
            false => vec![path, index],
        }
    }
}

/// The address as it is written in a request or a `Location`.
impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for part in &self.parts {
            write!(f, "/{}", encode(part))?;
        }
        match self.folder {
            true => f.write_str("/"),
            false => Ok(()),
        }
    }
}

/// One part, decoded, if it can be a file's name: not hidden, but for the one hidden name that servers do serve.
fn part(text: &str) -> Option<String> {
    let name = decode(text)?;
    let served = !name.starts_with('.') || name == ".well-known";
    (served && !name.contains('/') && OutPath::new(&name).is_ok()).then_some(name)
}

/// Undoes percent-encoding; none where what comes out is not UTF-8 or the encoding is broken.
fn decode(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut out = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'%' => {
                let digit = |b: u8| char::from(b).to_digit(16);
                let value = digit(bytes.next()?)? << 4 | digit(bytes.next()?)?;
                u8::try_from(value).ok()?
            }
            _ => byte,
        });
    }
    String::from_utf8(out).ok()
}

/// Percent-encodes everything that is not a letter, a digit or `-._~`.
fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// What stands at an address below the site's path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// A file: where it is, and its path in the output folder as the address has it.
    File(PathBuf, String),
    /// A folder with a page, asked for without the slash at its end.
    Folder,
    /// Nothing that may be served.
    Nothing,
}

/// Looks up an address below the site's path in the output folder.
pub(super) fn find(out: &Path, address: &Address) -> Found {
    let candidates = address.candidates();
    let found = candidates
        .into_iter()
        .find_map(|path| inside(out, &path).map(|real| (real, path)));
    match found {
        Some((real, path)) if address.folder || !path.ends_with("/index.html") => {
            Found::File(real, path)
        }
        // `a/index.html`, asked for by its full name.
        Some((real, path)) if path == address.parts.join("/") => Found::File(real, path),
        Some(_) => Found::Folder,
        None => Found::Nothing,
    }
}

/// The real place of a plain file in the output folder, if it is in there with all links followed, and not hidden.
fn inside(out: &Path, path: &str) -> Option<PathBuf> {
    let root = fs::canonicalize(out).ok()?;
    let real = fs::canonicalize(root.join(path)).ok()?;
    let hidden =
        |part: &std::ffi::OsStr| part.as_encoded_bytes().starts_with(b".") && part != ".well-known";
    let below = real.strip_prefix(&root).ok()?;
    // A pipe or a device would keep the one who reads it waiting.
    (!below.iter().any(hidden) && fs::metadata(&real).ok()?.is_file()).then_some(real)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A folder with a site in `public/`, and things that nobody may see.
    fn site() -> tempfile::TempDir {
        let temp = tempfile::tempdir().unwrap();
        let public = temp.path().join("public");
        for (path, text) in [
            ("public/index.html", "home"),
            ("public/a/index.html", "a"),
            ("public/a/b.txt", "b"),
            ("public/.well-known/x", "known"),
            ("public/개성/index.html", "k"),
            ("public/.dateline-manifest.json", "secret"),
            ("public/.git/config", "secret"),
            ("outside.txt", "secret"),
        ] {
            let path = temp.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        #[cfg(unix)]
        for (to, link) in [
            ("../outside.txt", "out"),
            ("..", "up"),
            ("/", "root"),
            (".dateline-manifest.json", "manifest"),
            ("a/b.txt", "in"),
        ] {
            std::os::unix::fs::symlink(to, public.join(link)).unwrap();
        }
        temp
    }

    fn read(temp: &tempfile::TempDir, url: &str) -> Option<String> {
        let address = Address::parse(url)?;
        match find(&temp.path().join("public"), &address) {
            Found::File(real, _) => Some(fs::read_to_string(real).unwrap()),
            Found::Folder => Some("folder".into()),
            Found::Nothing => None,
        }
    }

    #[test]
    fn files_folders_and_nothing() {
        let temp = site();
        for (url, expected) in [
            ("/", Some("home")),
            ("/?x=/../y", Some("home")),
            ("/index.html", Some("home")),
            ("/a/", Some("a")),
            ("/a", Some("folder")),
            ("/a/index.html", Some("a")),
            ("/a/b.txt", Some("b")),
            ("/%61/b%2Etxt", Some("b")),
            ("/a/b.txt/", None),
            ("/%EA%B0%9C%EC%84%B1/", Some("k")),
            ("/.well-known/x", Some("known")),
            ("/c", None),
            ("a/", None),
            ("http://127.0.0.1/", None),
        ] {
            assert_eq!(read(&temp, url).as_deref(), expected, "{url}");
        }
        #[cfg(unix)]
        assert_eq!(read(&temp, "/in").as_deref(), Some("b"));
    }

    #[test]
    fn nothing_outside_and_nothing_hidden() {
        let temp = site();
        for url in [
            "/../outside.txt",
            "/%2e%2e/outside.txt",
            "/a/..%2f..%2foutside.txt",
            "/a/../../outside.txt",
            "/..%5coutside.txt",
            "//outside.txt",
            "/a//b.txt",
            "/./index.html",
            "/out",
            "/up/outside.txt",
            "/root/etc/passwd",
            "/manifest",
            "/.dateline-manifest.json",
            "/%2Edateline-manifest.json",
            "/.git/config",
            "/a/b.txt%00",
            "/%",
            "/%4",
            "/%ff",
            "/C:/x",
        ] {
            assert_eq!(read(&temp, url), None, "{url}");
        }
    }

    #[test]
    fn below_a_path() {
        let base = Address::parse("/repo/").unwrap();
        let below = |url: &str| Some(Address::parse(url)?.below(&base)?.to_string());
        assert_eq!(below("/repo/").as_deref(), Some("/"));
        assert_eq!(below("/repo/a%20b/").as_deref(), Some("/a%20b/"));
        assert_eq!(below("/re%70o/a").as_deref(), Some("/a"));
        assert_eq!(below("/repo"), None);
        assert_eq!(below("/repository/"), None);
        assert_eq!(below("/"), None);
    }

    proptest! {
        /// Whatever is asked for, no secret comes back, and what is found lies inside.
        #[test]
        fn no_path_leads_outside(url in "/([a-z.%/~:]|%2e|%2f|%5c|\\.\\./|up/|root/|out|manifest|outside\\.txt|\\.git/|config){0,12}") {
            let temp = site();
            let root = fs::canonicalize(temp.path().join("public")).unwrap();
            if let Some(address) = Address::parse(&url) {
                if let Found::File(real, _) = find(&root, &address) {
                    prop_assert!(real.starts_with(&root));
                    prop_assert_ne!(fs::read_to_string(&real).unwrap(), "secret");
                }
                prop_assert_eq!(Address::parse(&address.to_string()), Some(address));
            }
        }
    }
}
