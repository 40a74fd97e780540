//! Dateline turns a folder of news articles, topics, events, a gazetteer and margin notes into a static site:
//! an annotated briefing in which every statement leads to the sentence it rests on.
//!
//! The layers, each importing only those below it:
//!
//! | layer | what it does |
//! | --- | --- |
//! | [`shell`] | command line, diagnostics on the terminal, watching and serving |
//! | [`engine`] | the one pipeline, where the phases meet |
//! | [`output`] | plans and commits files; the only writer of `public/` |
//! | [`render`] | values in, artifacts out |
//! | [`link`] | events, related articles, topics, backlinks |
//! | [`annotate`] | marks and facts of one article |
//! | [`read`] | the only reader of sources; front matter, Markdown |
//! | [`model`] | data only |
//! | [`base`] | places, diagnostics, dates, hashes, paths |
//!
//! `ARCHITECTURE.md` tells why it is so.

pub mod annotate;
pub mod base;
pub mod engine;
pub mod link;
pub mod model;
pub mod output;
pub mod read;
pub mod render;
pub mod shell;
