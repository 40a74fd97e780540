//! The page of an article that has just been changed, before the site is built with it.
//!
//! What is new on it is what its own file says and what is annotated in its text. What other pages say, and what links it to them, is
//! as it was: that takes all articles, and time. A preview is looked at, and never written: the build that follows makes the page
//! as it has to be, by the same functions.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::BuildRequest;
use super::annotations::Shared;
use super::memo::Memo;
use super::pages::Press;
use super::{annotations, texts};
use crate::base::{Severity, SitePath};
use crate::model::{Article, Site};
use crate::read::layout::CORPUS;
use crate::read::markdown::{self, Flavour};
use crate::read::parse_file;
use crate::read::scan;
use crate::read::{ArticleFile, Item};
use crate::render::Artifact;
use crate::render::theme::Theme;
use crate::render::view::pages::PageKey;
use crate::render::view::{ArticleText, Material};

/// More articles than these are not changed by hand at a time.
const MOST: usize = 4;

/// What previews are made with: what the last build has left. It does not change while another build is made.
#[derive(Debug, Clone, Default)]
pub struct Sight {
    material: Option<Arc<Material>>,
    theme: Option<Arc<Option<Theme>>>,
    shared: Option<Shared>,
}

impl Memo {
    /// What previews are made with until the next build is done.
    pub fn sight(&self) -> Sight {
        Sight {
            material: self.material.clone(),
            theme: self.theme.last().map(|made| Arc::clone(&made.value)),
            shared: self.annotated.shared().cloned(),
        }
    }
}

/// The pages of changed articles. `paths`, below the site's root, are all that has changed. There are none where anything else has
/// changed, where there is a fault, where names are protected, or where an article is no longer found under its address: then
/// only a build can tell what the pages are.
pub fn preview(request: &BuildRequest, sight: &Sight, paths: &[PathBuf]) -> Vec<Artifact> {
    let changed = changed(&request.root, paths).filter(|paths| paths.len() <= MOST);
    let pages = changed.map(|paths| {
        let pages = paths.iter().map(|path| page(request, sight, path));
        pages.collect::<Option<Vec<_>>>()
    });
    pages.flatten().unwrap_or_default()
}

/// The articles' files among what has changed, if nothing else is there that has changed.
fn changed(root: &Path, paths: &[PathBuf]) -> Option<Vec<SitePath>> {
    // Editors write to other files first, which are gone when it is done.
    let left = paths.iter().filter(|path| root.join(path).exists());
    let name = |path: &PathBuf| {
        let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
        let path = SitePath::new(parts?.join("/"));
        let below = path.as_str().strip_prefix(CORPUS)?.starts_with('/');
        (below && path.as_str().ends_with(".md")).then_some(path)
    };
    left.map(name).collect()
}

fn page(request: &BuildRequest, sight: &Sight, path: &SitePath) -> Option<Artifact> {
    let before = sight.material.as_ref()?;
    if before.site.entities.values().any(|entity| entity.protect) {
        return None;
    }
    let source = scan::source(&request.root, path)?;
    let parsed = parse_file(&source);
    let errors = parsed.diagnostics.iter();
    if errors
        .clone()
        .any(|fault| fault.severity == Severity::Error)
    {
        return None;
    }
    let Item::Article(file) = &parsed.value.item else {
        return None;
    };
    let article = Arc::new(settled(file, &before.site));
    let id = article.id().clone();
    let old = before.site.articles.get(&id)?;
    let in_place = old.common.body.path == *path
        && old.common.slug.value == article.common.slug.value
        && article.published.is_some()
        && (request.drafts || !article.common.draft);
    if !in_place {
        return None;
    }
    let mut site = Site::clone(&before.site);
    site.articles.insert(id.clone(), Arc::clone(&article));
    let document = markdown::parse(&article.common.body, Flavour::Corpus);
    let mut faults = document.diagnostics;
    let prose = texts::resolve(&site, Arc::new(document.value), &mut faults);
    if faults.iter().any(|fault| fault.severity == Severity::Error) {
        return None;
    }
    let prose = Arc::new(prose);
    let annotated = annotations::again(sight.shared.as_ref()?, &site, &article, &prose)?;
    let mut material = Material::clone(before);
    material.site = Arc::new(site);
    let text = ArticleText { prose, annotated };
    material.articles.insert(id.clone(), text);
    let theme = Option::as_ref(sight.theme.as_ref()?)?;
    Press::of(&material, theme)
        .ok()?
        .page(&material.briefing(None), &PageKey::Article(id))
        .ok()?
}

/// The article as part of the site, with what it takes from it and without references that lead nowhere.
fn settled(file: &ArticleFile, site: &Site) -> Article {
    let mut article = file.with_defaults(&site.config);
    article
        .topics
        .retain(|id| site.topics.contains_key(&id.value));
    article
        .not_topics
        .retain(|id| site.topics.contains_key(&id.value));
    article
        .events
        .retain(|id| site.events.contains_key(&id.value));
    article
}
