//! A site in a temporary folder, and the program run in it.
//!
//! ```ignore
//! let fixture = Fixture::new().write("corpus/a.md", "…");
//! let ran = fixture.run(["build"]);
//! assert_eq!((ran.code, ran.out.as_str()), (0, "…"));
//! assert_eq!(fixture.public(), ["index.html"]);
//! ```
#![allow(
    clippy::panic,
    dead_code,
    reason = "a fixture that fails ends the test, and each test program uses the part of it that it needs"
)]

pub(crate) mod edits;
pub(crate) mod watching;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder that is removed when the fixture is dropped.
pub(crate) struct Fixture {
    folder: tempfile::TempDir,
}

/// What a run of the program came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ran {
    /// The exit code; -1 where a signal ended it.
    pub(crate) code: i32,
    /// Standard output, without colours and without the line that tells the time taken.
    pub(crate) out: String,
    /// Standard error, likewise.
    pub(crate) err: String,
}

impl Fixture {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    /// A folder with the shortest `dateline.toml` there can be.
    pub(crate) fn site() -> Self {
        Self::new().write("dateline.toml", "title = \"Test\"\n")
    }

    /// A copy of this repository's own briefing, without a build.
    pub(crate) fn briefing() -> Self {
        let fixture = Self::new();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let config = fs::read(root.join("dateline.toml")).expect("the configuration");
        fixture.edit("dateline.toml", config);
        for folder in ["corpus", "content", "static", "templates"] {
            fixture.copy_folder(&root.join(folder), folder);
        }
        fixture
    }

    /// A copy of one of the sites in `tests/`.
    pub(crate) fn copy_of(site: &str) -> Self {
        let fixture = Self::new();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests")
            .join(site);
        let config = fs::read(root.join("dateline.toml")).expect("the configuration");
        fixture.edit("dateline.toml", config);
        for folder in ["corpus", "content"] {
            fixture.copy_folder(&root.join(folder), folder);
        }
        fixture
    }

    fn copy_folder(&self, folder: &Path, name: &str) {
        // The briefing need not have every folder that a site may have.
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let entry = entry.expect("read a folder");
            let path = format!("{name}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                self.copy_folder(&entry.path(), &path);
            } else {
                self.edit(&path, fs::read(entry.path()).expect("read a file"));
            }
        }
    }

    /// Writes a file, and the folders above it.
    #[must_use]
    pub(crate) fn write(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        self.edit(path, text);
        self
    }

    /// Writes a file between two runs.
    pub(crate) fn edit(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        let folder = path.parent().expect("a file stands in a folder");
        fs::create_dir_all(folder).expect("make a folder");
        fs::write(path, text).expect("write a file");
    }

    /// Removes a file between two runs.
    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).expect("remove a file");
    }

    /// The full path of a file of the site.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// The text of a file of the site.
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    /// Runs the program in the folder.
    pub(crate) fn run<const N: usize>(&self, args: [&str; N]) -> Ran {
        self.run_in("", args)
    }

    /// Runs the program in a folder of the site.
    pub(crate) fn run_in<const N: usize>(&self, folder: &str, args: [&str; N]) -> Ran {
        let output = Command::new(env!("CARGO_BIN_EXE_dateline"))
            .args(args)
            .current_dir(self.path(folder))
            .env("NO_COLOR", "1")
            .env_remove("RUST_BACKTRACE")
            .env_remove("CLICOLOR_FORCE")
            .output()
            .expect("run the program");
        let text = |bytes: &[u8]| -> String {
            let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
            text.split_inclusive('\n')
                .filter(|line| !line.starts_with("Took "))
                .collect()
        };
        Ran {
            code: output.status.code().unwrap_or(-1),
            out: text(&output.stdout),
            err: text(&output.stderr),
        }
    }

    /// The paths of the files in `public/`, sorted, without Dateline's own records.
    pub(crate) fn public(&self) -> Vec<String> {
        let mut files = Vec::new();
        list(&self.path("public"), "", &mut files);
        files.retain(|path| !path.starts_with(".dateline-"));
        files.sort();
        files
    }

    /// Every file in `public/` with its bytes, Dateline's own records among them.
    pub(crate) fn snapshot(&self) -> Vec<(String, Vec<u8>)> {
        contents(&self.path("public")).into_iter().collect()
    }
}

impl AsRef<Path> for Fixture {
    fn as_ref(&self) -> &Path {
        self.folder.path()
    }
}

/// Every file in a folder with its bytes, hidden ones among them.
pub(crate) fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = Vec::new();
    list(folder, "", &mut files);
    let read = |path: String| {
        let bytes = fs::read(folder.join(&path)).expect("read a file");
        (path, bytes)
    };
    files.into_iter().map(read).collect()
}

fn list(folder: &Path, prefix: &str, files: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let entry = entry.expect("read a folder");
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type().expect("read a folder").is_dir() {
            list(&entry.path(), &format!("{name}/"), files);
        } else {
            files.push(name);
        }
    }
}
