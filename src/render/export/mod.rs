//! Data beside the pages: what the pages say, for programs, in `data/`.
//!
//! 1. [`related`]: the related articles of every article, and the groups that tell one story.
//!
//! Invariant: nothing is in the data that no page may show. Keys stand in a fixed order, one thing on each line, so that what
//! changes from one build to the next can be read.

mod related;

use super::{Artifact, Class};
use crate::base::OutPath;
use crate::link::Workers;
use crate::render::view::Briefing;

/// The data files of a site.
pub fn data(briefing: &Briefing, workers: &impl Workers) -> Vec<Artifact> {
    let files = [
        ("data/related.json", related::related(briefing, workers)),
        ("data/stories.json", related::stories(briefing)),
    ];
    let artifact = |(path, text): (&str, String)| {
        let path = OutPath::new(path).ok()?;
        let origin = format!("the data file ‘{path}’");
        Some(Artifact::new(path, text.into_bytes(), Class::Index, origin))
    };
    files.into_iter().filter_map(artifact).collect()
}
