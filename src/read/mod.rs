//! From files to the site's model.
//!
//! 1. [`scan()`] reads every source, and nothing else ever does.
//! 2. [`parse_file`] makes an article, an event, notes … of one text, knowing of no other file: the step that can be
//!    remembered by path and content, and run for many files at once.
//! 3. [`assemble()`] joins these: it takes ids to be unique, leaves out drafts and undated articles, fills in what articles
//!    take from the site, resolves every reference, and gives files to their owners.
//!
//! [`load`] is the second and third step in one. After them every id in a [`Site`] leads to something in it; that of
//! which something required is missing is not in it. Every fault is a diagnostic, and one in one file hides none in
//! another.

mod article;
mod assemble;
mod attach;
pub mod builtin;
mod check;
mod common;
mod config;
mod control;
mod correction;
mod cycles;
mod entity;
mod event;
pub mod fields;
mod from_toml;
mod from_yaml;
pub mod front_matter;
pub mod layout;
pub mod markdown;
mod measure;
pub mod nearest;
mod note;
mod page;
mod parse;
mod quantity;
pub mod reference;
mod registry;
mod resolve;
pub mod scan;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod topic;
pub mod value;

pub use article::ArticleFile;
pub use assemble::assemble;
pub use attach::decode;
pub use config::CONFIG_FILE;
pub use parse::{Item, Parsed, parse_file};
pub use scan::{ScanError, Scanned, scan};

use crate::base::{Diagnostic, Outcome};
use crate::model::Site;

/// Makes a site of what was scanned, with or without drafts. There is none without `dateline.toml`.
pub fn load(scanned: &Scanned, drafts: bool) -> Outcome<Option<Site>> {
    let mut diagnostics = Vec::new();
    let parsed: Vec<Parsed> = scanned
        .sources
        .0
        .values()
        .map(|source| parse_file(source).into_value(&mut diagnostics))
        .collect();
    let site = assemble(&parsed, scanned, drafts).into_value(&mut diagnostics);
    diagnostics.sort_by(Diagnostic::order);
    Outcome {
        value: site,
        diagnostics,
    }
}
