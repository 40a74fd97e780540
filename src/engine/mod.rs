//! The one pipeline.

use std::path::PathBuf;

use crate::base::{Diagnostic, Sources};
use crate::output::Plan;

/// What to build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuildRequest {
    /// The folder with `dateline.toml`.
    pub root: PathBuf,
    /// Whether drafts are part of the site.
    pub drafts: bool,
    /// Where the site will stand, ending in `/`, instead of what `dateline.toml` says.
    pub base_url: Option<String>,
    /// How many threads to work with; as many as there are processors where it is none.
    pub threads: Option<usize>,
}

/// A site made in memory.
#[derive(Debug, Clone, Default)]
pub struct Built {
    /// The files to write.
    pub plan: Plan,
    /// What is wrong with the content. With an error among them nothing is written.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that the diagnostics point into.
    pub sources: Sources,
    /// What the site has, in the order to tell it: `("articles", 54)`.
    pub counts: Vec<(String, usize)>,
}

/// An operation that failed, as opposed to a fault in the content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("‘{}’: {message}", path.display())]
pub struct Failure {
    /// On what.
    pub path: PathBuf,
    /// What failed and why.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// Makes a site in memory.
///
/// # Errors
/// Something failed that is no fault of the content.
pub fn build(_request: &BuildRequest) -> Result<Built, Failure> {
    Ok(Built::default())
}
