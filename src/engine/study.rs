//! What a site's articles tell, without making pages of it: for suggestions to its editor, and for measuring.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::linking::{connect, join};
use super::{Failure, Memo, annotations, sources, texts};
use crate::annotate::protect::Protection;
use crate::base::{Diagnostic, Sources};
use crate::link::{Anchors, Links};
use crate::model::{Id, Site};
use crate::read::scan::scan;
use crate::render::view::ArticleText;

/// What stands for a protected person in suggestions, whatever the language of the site's pages.
const PROTECTED: &str = "a protected person";

/// What is known of a site.
#[derive(Debug)]
pub struct Known {
    /// What its editor wrote.
    pub site: Arc<Site>,
    /// Its articles' texts with their marks.
    pub articles: BTreeMap<Id, ArticleText>,
    /// Where quotations of its content stand in them.
    pub anchors: Anchors,
    /// What connects it all, events that nobody has written among it.
    pub links: Arc<Links>,
}

/// What is known of a site, or nothing where its configuration cannot be read, with what is wrong with its content.
#[derive(Debug)]
pub struct Study {
    /// What is known.
    pub known: Option<Known>,
    /// The faults of its content, in order.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that they point into.
    pub sources: Sources,
}

/// Reads the site in a folder. `change` may alter what its editor wrote before anything is made of it.
///
/// # Errors
/// The folder cannot be read.
pub fn study(root: &Path, change: impl FnOnce(&mut Site)) -> Result<Study, Failure> {
    let scanned = scan(root).map_err(|error| Failure {
        path: root.to_owned(),
        message: error.to_string(),
        help: Some("name the site's folder with `--root`".into()),
    })?;
    let mut faults = Vec::new();
    let scanned = scanned.into_value(&mut faults);
    let site = crate::read::load(&scanned, false).into_value(&mut faults);
    let known = site.map(|mut site| {
        change(&mut site);
        if let Some(protection) = Protection::of(&site, PROTECTED) {
            protection.apply(&mut site);
        }
        let (site, mut memo) = (Arc::new(site), Memo::default());
        let texts = texts::parse(&mut memo, &site).into_value(&mut faults);
        let annotated = annotations::annotate(&mut memo, &site, &texts).into_value(&mut faults);
        let anchors =
            annotations::find_quotations(&site, &texts, &annotated).into_value(&mut faults);
        let articles = join(&texts.articles, annotated);
        let links = connect(&mut memo, &site, &articles, &anchors, true);
        Known {
            articles,
            site,
            anchors,
            links,
        }
    });
    faults.sort_by(Diagnostic::order);
    faults.dedup();
    Ok(Study {
        known,
        diagnostics: faults,
        sources: sources(scanned),
    })
}
