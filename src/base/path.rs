//! Paths of sources below the site's root and of outputs below `public/`.

use std::sync::Arc;

/// A source's path below the site's root, with `/` between its parts on every system.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Arc<str>);

impl SitePath {
    /// A path from its text.
    pub fn new(path: impl AsRef<str>) -> Self {
        Self(path.as_ref().into())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part without its ending: `voa` of `corpus/2013/voa.md`.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        match name.rfind('.') {
            Some(dot) if dot > 0 => &name[..dot],
            _ => name,
        }
    }

    /// The last part: `voa.md` of `corpus/2013/voa.md`.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// All but the last part, empty at the root.
    pub fn folder(&self) -> &str {
        self.0.rfind('/').map_or("", |slash| &self.0[..slash])
    }
}

impl std::fmt::Display for SitePath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// The path of an output file below `public/`: relative, normal, and never outside it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutPath(Arc<str>);

/// Why a text cannot be an output path.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OutPathError {
    /// It is empty or names a folder.
    #[error("names no file")]
    NoFile,
    /// It would lead out of the output folder, or is absolute.
    #[error("leads out of the output folder")]
    Outside,
    /// It has a character that web servers or file systems do not agree on.
    #[error("has the character {0:?}, which not every server or file system takes")]
    Character(char),
    /// A part of it is longer than file systems allow (255 bytes).
    #[error("has a part of more than 255 bytes")]
    TooLong,
}

impl OutPath {
    /// Checks and keeps a relative path to a file.
    ///
    /// # Errors
    /// See [`OutPathError`].
    pub fn new(path: &str) -> Result<Self, OutPathError> {
        if path.is_empty() || path.ends_with('/') {
            return Err(OutPathError::NoFile);
        }
        if let Some(c) = path
            .chars()
            .find(|&c| c.is_control() || "\\:*?\"<>|".contains(c))
        {
            return Err(OutPathError::Character(c));
        }
        for part in path.split('/') {
            match part {
                "" | "." | ".." => return Err(OutPathError::Outside),
                part if part.len() > 255 => return Err(OutPathError::TooLong),
                _ => {}
            }
        }
        Ok(Self(path.into()))
    }

    /// The file that serves a folder's address: `index.html` for the empty address, else `ADDRESS/index.html`.
    ///
    /// # Errors
    /// See [`OutPathError`].
    pub fn page(address: &str) -> Result<Self, OutPathError> {
        let address = address.trim_matches('/');
        if address.is_empty() {
            Self::new("index.html")
        } else {
            Self::new(&format!("{address}/index.html"))
        }
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address under which a server shows the file, without a leading slash: `about/` of `about/index.html`.
    pub fn address(&self) -> &str {
        match self.0.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => &self.0,
        }
    }
}

impl std::fmt::Display for OutPath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_climbs_out() {
        for bad in ["../a", "a/../b", "/a", "a//b", "./a", ".."] {
            assert_eq!(OutPath::new(bad), Err(OutPathError::Outside), "{bad}");
        }
        assert_eq!(OutPath::new("a\\b"), Err(OutPathError::Character('\\')));
        assert_eq!(OutPath::new("a/"), Err(OutPathError::NoFile));
    }

    #[test]
    fn pages_and_addresses() {
        let page = OutPath::page("/events/x/").unwrap();
        assert_eq!(page.as_str(), "events/x/index.html");
        assert_eq!(page.address(), "events/x/");
        assert_eq!(OutPath::page("/").unwrap().address(), "");
        assert_eq!(OutPath::new("404.html").unwrap().address(), "404.html");
    }

    #[test]
    fn stems() {
        let path = SitePath::new("corpus/2013/voa-2013.md");
        assert_eq!((path.stem(), path.folder()), ("voa-2013", "corpus/2013"));
    }
}
