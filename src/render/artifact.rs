//! A file of the site, made and not yet written.

use bytes::Bytes;

use crate::base::{Hash128, OutPath, Place};

/// A file of the site.
#[derive(Debug, Clone, PartialEq)]
pub struct Artifact {
    /// Where it goes.
    pub path: OutPath,
    /// What is in it; none where somebody else has it by now, or where the file is known to stand as it was made before.
    pub bytes: Option<Bytes>,
    /// A hash of what is in it.
    pub hash: Hash128,
    /// How many bytes that are.
    pub size: u64,
    /// In which order it is put in place.
    pub class: Class,
    /// What it was made from, for messages: `the article voa-2013-08-13`.
    pub origin: String,
    /// Where that is written, if it is.
    pub place: Option<Place>,
    /// Hashes of the named parts that went into it (`text`, `related`, `theme`, …), so that it can be told why it changed.
    pub parts: Vec<(&'static str, Hash128)>,
}

/// In which order files are put in place, so that no page ever refers to what is not there yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Style sheets, fonts, images.
    Asset,
    /// Pages.
    Page,
    /// Feeds, sitemap, search index.
    Index,
}

impl Artifact {
    /// An artifact without parts or place.
    pub fn new(
        path: OutPath,
        bytes: impl Into<Bytes>,
        class: Class,
        origin: impl Into<String>,
    ) -> Self {
        let bytes = bytes.into();
        Self {
            path,
            hash: Hash128::of(&bytes),
            size: bytes.len() as u64,
            bytes: Some(bytes),
            class,
            origin: origin.into(),
            place: None,
            parts: Vec::new(),
        }
    }

    /// What is in it, as text; empty where nobody keeps it or where it is none.
    pub fn text(&self) -> &str {
        let bytes = self.bytes.as_deref().unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }
}
