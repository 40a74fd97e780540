//! The only reader of sources: walks the site's folder and reads what belongs to it.
//!
//! 1. Read `dateline.toml`, which names the theme.
//! 2. Walk `corpus/`, `content/`, `static/`, `templates/` and the theme's folder, names in order, following links.
//! 3. Read the files found, in parallel and in that order.
//! 4. Sort them into texts, attachments, theme and static files.
//!
//! What cannot be read is a diagnostic, and everything else is read all the same. Nothing is understood here but the
//! theme's name.

mod files;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use crate::base::{Code, Diagnostic, Hash128, Hasher, Outcome, SitePath, Source, Sources};
use crate::model::{ThemeFile, ThemeFiles};
use crate::read::builtin::{DEFAULT_THEME, default_theme};
pub use crate::read::config::CONFIG_FILE;
use crate::read::config::theme_name;
use crate::read::layout::{CONTENT, CORPUS, THEMES};
use files::Content;
pub use files::Files;

/// The most bytes of a file that is read: 64 MiB.
pub const MOST_BYTES: u64 = 64 << 20;

/// The folders of a site that hold sources, beside its `dateline.toml`. Of `themes` only one is read at a time.
pub const FOLDERS: [&str; 5] = [CORPUS, CONTENT, "static", "templates", THEMES];

/// What was read.
#[derive(Debug, Clone, Default)]
pub struct Scanned {
    /// The texts: `dateline.toml`, and what editors write below `corpus/` and `content/`.
    pub sources: Sources,
    /// All other files below `corpus/` and `content/`, by path.
    pub beside: BTreeMap<SitePath, Arc<[u8]>>,
    /// The files of `static/`, by path below it.
    pub statics: BTreeMap<String, ThemeFile>,
    /// The theme, and the site's own templates. It has no files if there is no such theme.
    pub theme: ThemeFiles,
    /// Whether there is a `dateline.toml` that could not be read, which is among the diagnostics.
    pub config_unreadable: bool,
    /// The names of all themes there are, the one that is part of the program included.
    pub themes: Vec<String>,
}

/// Why nothing at all could be read.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// The site's folder cannot be read.
    #[error("the folder {} cannot be read", path.display())]
    Root {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// A file that was found and is to be read.
pub(super) struct Found {
    real: PathBuf,
    path: SitePath,
}

/// One text of a site; none where it cannot be read as one.
pub fn source(root: &Path, path: &SitePath) -> Option<Source> {
    let bytes = read(&root.join(path.as_str()), path).ok()?;
    decode(path, bytes).ok()
}

/// Reads a site.
///
/// # Errors
/// [`ScanError`] if the folder itself cannot be read; all other faults are diagnostics.
pub fn scan(root: &Path) -> Result<Outcome<Scanned>, ScanError> {
    scan_again(root, &mut Files::default())
}

/// Reads a site of which an earlier scan has left `files`: those that are as they were are not read again.
///
/// # Errors
/// See [`scan()`].
pub fn scan_again(root: &Path, files: &mut Files) -> Result<Outcome<Scanned>, ScanError> {
    std::fs::read_dir(root).map_err(|source| ScanError::Root {
        path: root.to_owned(),
        source,
    })?;
    let mut walk = Walk {
        root,
        found: Vec::new(),
        faults: Vec::new(),
    };
    let mut scanned = Scanned::default();
    if let Some(config) = walk.config() {
        scanned.theme.name = theme_name(&config);
        scanned.sources.insert(config);
    } else {
        scanned.config_unreadable = !walk.faults.is_empty();
        scanned.theme.name = DEFAULT_THEME.to_owned();
    }
    let theme = format!("{THEMES}/{}", scanned.theme.name);
    for folder in FOLDERS {
        walk.folder(if folder == THEMES { &theme } else { folder });
    }
    scanned.themes = walk.themes();
    for (path, content) in files.contents(&walk.found) {
        match content {
            Ok(content) => scanned.sort(path, content, &theme),
            Err(fault) => walk.faults.push(*fault),
        }
    }
    if scanned.theme.name == DEFAULT_THEME && scanned.theme.files.is_empty() {
        scanned.theme.files = default_theme();
    }
    let mut diagnostics = walk.faults;
    diagnostics.sort_by(Diagnostic::order);
    Ok(Outcome {
        value: scanned,
        diagnostics,
    })
}

impl Scanned {
    /// A hash of everything that was read, with the paths. Two scans of the same hash make the same site.
    pub fn hash(&self) -> Hash128 {
        let mut hasher = Hasher::default();
        let mut add = |path: &str, bytes: &[u8]| {
            for part in [path.as_bytes(), bytes] {
                hasher.update(&(part.len() as u64).to_le_bytes());
                hasher.update(part);
            }
        };
        for source in self.sources.0.values() {
            add(source.path.as_str(), source.text.as_bytes());
        }
        for (path, bytes) in &self.beside {
            add(path.as_str(), bytes);
        }
        let theme = self
            .theme
            .files
            .values()
            .chain(self.theme.overrides.values());
        for file in self.statics.values().chain(theme) {
            add(file.path.as_str(), &file.bytes);
        }
        add(&self.theme.name, self.themes.join("/").as_bytes());
        hasher.finish()
    }

    /// Puts a file where it belongs.
    fn sort(&mut self, path: SitePath, content: Content, theme: &str) {
        let text = path.as_str();
        let below = |folder: &str| text.strip_prefix(folder)?.strip_prefix('/');
        let file = |bytes: Arc<[u8]>| ThemeFile {
            path: path.clone(),
            bytes,
        };
        match content {
            Content::Text(source) => self.sources.insert(source),
            Content::Bytes(bytes) => {
                if let Some(name) = below(theme) {
                    self.theme.files.insert(name.to_owned(), file(bytes));
                } else if let Some(name) = below("static") {
                    self.statics.insert(name.to_owned(), file(bytes));
                } else if let Some(name) = below("templates") {
                    self.theme.overrides.insert(replaced(name), file(bytes));
                } else {
                    self.beside.insert(path, bytes);
                }
            }
        }
    }
}

/// The path in a theme that a file of the site's `templates/` takes the place of: `static/…` and `i18n/…` as they
/// are, anything else a template.
fn replaced(name: &str) -> String {
    match name.split_once('/') {
        Some(("static" | "i18n", _)) => name.to_owned(),
        _ => format!("templates/{name}"),
    }
}

struct Walk<'a> {
    root: &'a Path,
    found: Vec<Found>,
    faults: Vec<Diagnostic>,
}

impl Walk<'_> {
    /// `dateline.toml`, if there is one that can be read. That there is none is for the next phase to tell.
    fn config(&mut self) -> Option<Source> {
        let real = self.root.join(CONFIG_FILE);
        let path = SitePath::new(CONFIG_FILE);
        match std::fs::symlink_metadata(&real) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
            _ => {}
        }
        if real.is_dir() {
            self.faults.push(folder_for_file(&path));
            return None;
        }
        let source = read(&real, &path).and_then(|bytes| decode(&path, bytes));
        source.map_err(|fault| self.faults.push(*fault)).ok()
    }

    /// The names of the themes there are.
    fn themes(&self) -> Vec<String> {
        let mut names = vec![DEFAULT_THEME.to_owned()];
        let entries = std::fs::read_dir(self.root.join(THEMES));
        for entry in entries.into_iter().flatten().flatten() {
            if entry.path().is_dir() {
                let name = entry.file_name().into_string().ok();
                names.extend(name.filter(|name| !is_ignored(name)));
            }
        }
        names.sort();
        names.dedup();
        names
    }

    /// Finds the files below a folder of the site; a folder that is not there is an empty one.
    fn folder(&mut self, name: &str) {
        let real = self.root.join(name);
        let path = SitePath::new(name);
        match std::fs::metadata(&real) {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => {
                let message = format!("`{name}` must be a folder, and is a file");
                self.faults
                    .push(Diagnostic::file(Code::WrongKindOfFile, &path, message));
                return;
            }
            Err(error) => {
                // A link that leads nowhere is there all the same.
                if std::fs::symlink_metadata(&real).is_ok() {
                    self.faults.push(unreadable(&path, &real, &error));
                }
                return;
            }
        }
        let mut entries = WalkDir::new(&real)
            .follow_links(true)
            .sort_by_file_name()
            .into_iter();
        while let Some(entry) = entries.next() {
            match entry {
                Ok(entry) => {
                    if entry.depth() > 0 && !self.entry(&entry, &path) && entry.file_type().is_dir()
                    {
                        entries.skip_current_dir();
                    }
                }
                Err(error) => self.walk_fault(&error, &real, &path),
            }
        }
    }

    /// Takes an entry of a folder. Whether to look into it, if it is a folder.
    fn entry(&mut self, entry: &DirEntry, top: &SitePath) -> bool {
        let name = entry.file_name().to_string_lossy();
        if is_ignored(&name) {
            return false;
        }
        let Some(path) = self.site_path(entry.path()) else {
            let path = SitePath::new(format!("{top}/{name}"));
            let message = "the name of this file or folder is not valid Unicode";
            self.faults
                .push(Diagnostic::file(Code::Unreadable, &path, message).help("rename it"));
            return false;
        };
        let text = path.as_str();
        let kind = entry.file_type();
        let meant = matches!(top.as_str(), CORPUS | CONTENT);
        if kind.is_dir() {
            let is_file_name = meant && name.to_ascii_lowercase().ends_with(".md");
            if is_file_name {
                self.faults.push(folder_for_file(&path));
            }
            return !is_file_name;
        }
        let folder = text.strip_prefix("content/").unwrap_or("");
        if !kind.is_file() {
            let message = "this is neither a file nor a folder";
            self.faults
                .push(Diagnostic::file(Code::WrongKindOfFile, &path, message));
        } else if crate::read::layout::known_folder(folder) {
            let message = format!("`{text}` must be a folder, and is a file");
            self.faults
                .push(Diagnostic::file(Code::WrongKindOfFile, &path, message));
        } else {
            self.found.push(Found {
                real: entry.path().to_owned(),
                path,
            });
        }
        false
    }

    fn site_path(&self, real: &Path) -> Option<SitePath> {
        let parts = real.strip_prefix(self.root).ok()?.iter();
        let parts: Option<Vec<&str>> = parts.map(|part| part.to_str()).collect();
        Some(SitePath::new(parts?.join("/")))
    }

    fn walk_fault(&mut self, error: &walkdir::Error, real: &Path, path: &SitePath) {
        let at = error.path().unwrap_or(real);
        let ignored = at
            .file_name()
            .is_some_and(|name| is_ignored(&name.to_string_lossy()));
        if ignored && at != real {
            return;
        }
        let lossy = || {
            let rest = at.strip_prefix(self.root).unwrap_or(at);
            SitePath::new(rest.to_string_lossy().replace('\\', "/"))
        };
        let place = self.site_path(at).unwrap_or_else(lossy);
        let fault = match (error.loop_ancestor(), error.io_error()) {
            (Some(_), _) => link_loop(&place),
            (None, Some(error)) => unreadable(&place, at, error),
            (None, None) => Diagnostic::file(Code::Unreadable, path, "cannot be read"),
        };
        self.faults.push(fault);
    }
}

/// Whether a file or folder of this name is passed over: hidden ones, and what editors and systems leave lying about.
pub fn is_ignored(name: &str) -> bool {
    (name.starts_with('.') && name != ".well-known")
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || ["swp", "swo", "swx", "tmp", "bak", "orig"]
            .iter()
            .any(|ending| {
                name.rsplit_once('.')
                    .is_some_and(|(_, e)| e.eq_ignore_ascii_case(ending))
            })
        || ["thumbs.db", "desktop.ini"].contains(&name.to_ascii_lowercase().as_str())
}

fn folder_for_file(path: &SitePath) -> Diagnostic {
    let message = format!("`{}` must be a file, and is a folder", path.file_name());
    Diagnostic::file(Code::WrongKindOfFile, path, message)
        .help("rename it, so that its name does not end like a file's")
}

fn link_loop(path: &SitePath) -> Diagnostic {
    let message = "symbolic links lead in a circle here";
    Diagnostic::file(Code::LinkLoop, path, message)
        .help("remove the link, or let it lead to a folder that does not contain it")
}

fn unreadable(path: &SitePath, real: &Path, error: &std::io::Error) -> Diagnostic {
    // `ELOOP` on Linux and on the BSDs and macOS; the standard library has no stable name for it.
    let circle = matches!(error.raw_os_error(), Some(40 | 62));
    let link = std::fs::symlink_metadata(real).is_ok_and(|m| m.file_type().is_symlink());
    if link && circle {
        return link_loop(path);
    }
    let (why, help) = match error.kind() {
        std::io::ErrorKind::NotFound if link => (
            "is a link to something that does not exist".to_owned(),
            "remove the link, or put back what it leads to",
        ),
        std::io::ErrorKind::PermissionDenied => (
            "cannot be read: permission is denied".to_owned(),
            "give yourself the right to read it",
        ),
        _ => (
            format!("cannot be read: {error}"),
            "see whether it opens in another program",
        ),
    };
    Diagnostic::file(
        Code::Unreadable,
        path,
        format!("`{}` {why}", path.file_name()),
    )
    .help(help)
}

/// The bytes of a file. Reads at most one byte more than is allowed, since a file may grow after it was measured.
fn read(real: &Path, path: &SitePath) -> Result<Vec<u8>, Box<Diagnostic>> {
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(real);
    let length = opened.and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes));
    match length {
        Ok(length) if length as u64 > MOST_BYTES => {
            let message = "the file is larger than 64 MiB, the most that is read";
            let help = "make it smaller, or publish it elsewhere and link to it";
            Err(Box::new(
                Diagnostic::file(Code::TooLarge, path, message).help(help),
            ))
        }
        Ok(_) => Ok(bytes),
        Err(error) => Err(Box::new(unreadable(path, real, &error))),
    }
}

/// The text of a file, without its byte-order mark.
fn decode(path: &SitePath, bytes: Vec<u8>) -> Result<Source, Box<Diagnostic>> {
    let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let fault = |text: String| Diagnostic::file(Code::NotUtf8, path, text);
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Source::new(
            path.clone(),
            text.strip_prefix('\u{feff}').unwrap_or(&text),
        )),
        Err(_) if utf16 => Err(Box::new(
            fault("the file is in UTF-16, and has to be in UTF-8".into())
                .help("save it again with the encoding UTF-8"),
        )),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let valid = error.as_bytes().get(..at).unwrap_or_default();
            let valid = String::from_utf8_lossy(valid);
            let valid = valid.strip_prefix('\u{feff}').unwrap_or(&valid);
            let end = u32::try_from(valid.len()).unwrap_or(u32::MAX);
            let at = crate::base::Position::of(valid, end);
            Err(Box::new(
                fault(format!(
                    "the file is not valid UTF-8: the first wrong byte is in line {}, column {}",
                    at.line, at.column
                ))
                .help("save it again with the encoding UTF-8"),
            ))
        }
    }
}
