//! Drafts for an editor, written among the sources: never over a file that is there.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use super::Error;

/// Writes a file that is not there yet, and the folders above it. Tells whether it did; a file that is there stays as it is.
///
/// # Errors
/// A folder or the file cannot be written.
pub fn draft(path: &Path, text: &str) -> Result<bool, Error> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| Error::io("make", folder, error))?;
    }
    // `create_new` never opens what a link leads to.
    let mut file = match fs::File::create_new(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Ok(false),
        Err(error) => return Err(Error::io("write", path, error)),
    };
    let written = file.write_all(text.as_bytes());
    written.map_err(|error| Error::io("write", path, error))?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_overwritten() {
        let temp = tempfile::tempdir().unwrap();
        let path = temp.path().join("content/events/a.md");
        assert!(draft(&path, "one").unwrap());
        assert!(!draft(&path, "two").unwrap());
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
        assert!(draft(&path.join("b.md"), "three").is_err());
    }
}
