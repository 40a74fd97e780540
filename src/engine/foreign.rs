//! Reading texts that belong to no site, with the names of one if wanted.
//!
//! 1. [`names`] makes a site's gazetteer, and stops at errors in its content.
//! 2. [`in_order`] does a piece of work for each of many texts, in parallel.
//!
//! Nothing here depends on the number of threads but the time taken.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;

use super::{Failure, annotations, sources};
use crate::annotate::Gazetteer;
use crate::base::{Diagnostic, Sources};
use crate::model::{Entity, Id};
use crate::read::scan::scan;

/// The names of a site.
#[derive(Debug)]
pub struct Names {
    /// Ready to be looked for.
    pub gazetteer: Gazetteer,
    /// Whose names they are. Protected entities are left out, here and in the gazetteer.
    pub entities: BTreeMap<Id, Entity>,
}

/// A site's names, or none where it has no `dateline.toml`, with what is wrong with its content.
#[derive(Debug)]
pub struct Loaded {
    /// The names.
    pub names: Option<Names>,
    /// The faults of its content, in order.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that they point into.
    pub sources: Sources,
}

/// The names of the site in a folder.
///
/// # Errors
/// The folder cannot be read.
pub fn names(root: &Path) -> Result<Loaded, Failure> {
    let scanned = scan(root).map_err(|error| Failure {
        path: root.to_owned(),
        message: error.to_string(),
        help: Some("name the folder of a site with `--root`, or leave it out".into()),
    })?;
    let mut diagnostics = Vec::new();
    let scanned = scanned.into_value(&mut diagnostics);
    let site = crate::read::load(&scanned, false).into_value(&mut diagnostics);
    let names = site.map(|mut site| {
        let gazetteer = annotations::gazetteer(&site).into_value(&mut diagnostics);
        site.entities.retain(|_, entity| !entity.protect);
        Names {
            gazetteer,
            entities: site.entities,
        }
    });
    diagnostics.sort_by(Diagnostic::order);
    diagnostics.dedup();
    Ok(Loaded {
        names,
        diagnostics,
        sources: sources(scanned),
    })
}

/// Does `work` for each item on `threads` threads (as many as there are processors where it is none), and gives
/// `each` the results in the order of the items, a batch at a time, so that not all of them are held at once.
///
/// # Errors
/// Threads cannot be had; the message says why.
pub fn in_order<T: Sync, R: Send>(
    items: &[T],
    threads: Option<usize>,
    work: impl Fn(&T) -> R + Sync,
    mut each: impl FnMut(R),
) -> Result<(), String> {
    const BATCH: usize = 256;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads.unwrap_or(0))
        .build()
        .map_err(|error| error.to_string())?;
    for batch in items.chunks(BATCH) {
        let done: Vec<R> = pool.install(|| batch.par_iter().map(&work).collect());
        done.into_iter().for_each(&mut each);
    }
    Ok(())
}
