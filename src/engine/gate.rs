//! What every finished file passes through before it waits to be written.

use crate::annotate::protect::Protection;
use crate::base::{Code, Diagnostic, Hash128, Place, SitePath};
use crate::model::{Entity, Site};
use crate::output::Depot;
use crate::render::Artifact;

/// Lets files through in which no protected name is, and hands them over.
pub(super) struct Gate<'a> {
    protection: Option<&'a Protection>,
    depot: &'a dyn Depot,
}

impl<'a> Gate<'a> {
    /// A gate to a depot.
    pub(super) fn new(protection: Option<&'a Protection>, depot: &'a dyn Depot) -> Self {
        Self { protection, depot }
    }

    /// Lets a file through, the bytes of which may be elsewhere afterwards.
    ///
    /// # Errors
    /// A protected name is in it, or in its address.
    pub(super) fn pass(&self, artifact: Artifact) -> Result<Artifact, Box<Diagnostic>> {
        match self.protection.and_then(|p| leak(p, &artifact)) {
            Some(fault) => Err(Box::new(fault)),
            None => Ok(self.depot.take(artifact)),
        }
    }
}

/// Whose names files are searched for.
pub(super) fn protected(site: &Site) -> impl Iterator<Item = &Entity> {
    site.entities.values().filter(|entity| entity.protect)
}

/// A protected name in a finished file, which fails the build.
fn leak(protection: &Protection, artifact: &Artifact) -> Option<Diagnostic> {
    let path = protection.leaks_path(artifact.path.as_str());
    if !path && !protection.leaks_text(artifact.text()) {
        return None;
    }
    let place = artifact
        .place
        .clone()
        .unwrap_or_else(|| Place::File(SitePath::new("dateline.toml")));
    // The message itself must not tell the name.
    let (what, origin) = match path {
        true => {
            let code = Hash128::of(artifact.path.as_str().as_bytes()).hex();
            ("the address", format!("a file ({})", &code[..8]))
        }
        false => ("the text", artifact.origin.clone()),
    };
    let message = format!("a protected name is in {what} of {origin}");
    let help = "name ids, slugs and files without it, and do not write it across emphasis or links";
    Some(Diagnostic::at(Code::Leak, place, message).help(help))
}
