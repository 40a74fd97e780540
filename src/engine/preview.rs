//! The pages of articles that a change has just touched, before the site is built with it.
//!
//! 1. Read the files that have changed: articles, and entries of the gazetteer.
//! 2. Annotate the changed articles again, and where the gazetteer has changed those that have one of the names, old or new.
//! 3. Make the pages of those that differ.
//!
//! What is new on them is what their own files say and what is annotated in their texts. What other pages say, and what links them to
//! those, is as it was: that takes all articles, and time. A preview is looked at, and never written: the build that follows makes the
//! pages as they have to be, by the same functions.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use aho_corasick::AhoCorasick;
use rayon::prelude::*;

use super::BuildRequest;
use super::annotations::Shared;
use super::memo::Memo;
use super::pages::Press;
use super::{annotations, texts};
use crate::base::{Diagnostic, Severity, SitePath, Source, Spanned};
use crate::model::{Article, Entity, Id, Kind, Site};
use crate::read::layout::Role;
use crate::read::markdown::{self, Flavour};
use crate::read::{ArticleFile, Item, parse_file, scan};
use crate::render::Artifact;
use crate::render::theme::Theme;
use crate::render::view::address::Addresses;
use crate::render::view::pages::PageKey;
use crate::render::view::{ArticleText, Material, Prose};

/// More files than these are not changed by hand at a time.
const MOST: usize = 4;

/// The most articles that are annotated again because of a name in them: a name that more have is waited for like anything else.
const NAMED: usize = 500;

/// The most pages that are shown; those of the latest articles.
const SHOWN: usize = 100;

/// What previews are made with: what the last build has left. It does not change while another build is made.
#[derive(Debug, Default)]
pub struct Sight {
    material: Option<Arc<Material>>,
    theme: Option<Arc<Option<Theme>>>,
    shared: Option<Shared>,
    /// Copies to make changes in.
    ready: Mutex<Option<Copies>>,
}

/// The material and the site in it.
type Copies = (Material, Site);

impl Sight {
    /// Does beforehand what each preview begins with, as long as there is nothing else to do.
    pub fn prepare(&self) {
        if let Some(material) = self.material.as_deref() {
            let mut ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
            ready.get_or_insert_with(|| copies(material));
        }
    }

    fn copies(&self, material: &Material) -> Copies {
        let mut ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        ready.take().unwrap_or_else(|| copies(material))
    }
}

fn copies(material: &Material) -> Copies {
    (material.clone(), Site::clone(&material.site))
}

impl Memo {
    /// What previews are made with until the next build is done.
    pub fn sight(&self) -> Sight {
        Sight {
            material: self.material.clone(),
            theme: self.theme.last().map(|made| Arc::clone(&made.value)),
            shared: self.annotated.shared().map(|listed| listed.shared.clone()),
            ready: Mutex::default(),
        }
    }
}

/// The pages of articles, as far as they can be told before the site is built. `paths`, below the site's root, are all that has changed.
/// There are none where anything but articles and the gazetteer has changed, where there is a fault, where names are protected, or
/// where an article is no longer found under its address: then only a build can tell what the pages are.
pub fn preview(request: &BuildRequest, sight: &Sight, paths: &[PathBuf]) -> Vec<Artifact> {
    let changed = changed(&request.root, paths).filter(|paths| paths.len() <= MOST);
    let sources = changed.and_then(|paths| {
        let sources = paths.iter().map(|path| scan::source(&request.root, path));
        sources.collect::<Option<Vec<Source>>>()
    });
    let threads = rayon::ThreadPoolBuilder::new().num_threads(request.threads.unwrap_or(0));
    let pages = sources.zip(threads.build().ok()).map(|(sources, pool)| {
        pool.install(|| {
            let mut draft = Draft::of(sight)?;
            for source in &sources {
                draft.take(source, request.drafts)?;
            }
            draft.annotate()?;
            draft.pages(sight)
        })
    });
    pages.flatten().unwrap_or_default()
}

/// The articles' and entities' files among what has changed, if nothing else is there that has changed.
fn changed(root: &Path, paths: &[PathBuf]) -> Option<Vec<SitePath>> {
    // Editors write to other files first, which are gone when it is done.
    let left = paths.iter().filter(|path| root.join(path).exists());
    let name = |path: &PathBuf| {
        let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
        let path = SitePath::new(parts?.join("/"));
        let known = matches!(
            Role::of(&path),
            Role::Item(Kind::Article, _) | Role::Entity(..)
        );
        known.then_some(path)
    };
    left.map(name).collect()
}

/// The material as it will be, as far as it is known.
struct Draft<'a> {
    before: &'a Material,
    material: Material,
    site: Site,
    shared: Shared,
    /// The articles that were changed.
    articles: BTreeSet<Id>,
    /// Names that entities had before or have now, if any has changed.
    names: Vec<String>,
}

impl<'a> Draft<'a> {
    fn of(sight: &'a Sight) -> Option<Self> {
        let before = sight.material.as_deref()?;
        let open = before.site.entities.values().all(|entity| !entity.protect);
        let shared = sight.shared.clone().filter(|_| open)?;
        let (material, site) = sight.copies(before);
        Some(Self {
            before,
            material,
            site,
            shared,
            articles: BTreeSet::new(),
            names: Vec::new(),
        })
    }

    /// Takes a file as it is now. None where the change is more than can be shown.
    fn take(&mut self, source: &Source, drafts: bool) -> Option<()> {
        let parsed = parse_file(source);
        if !is_sound(&parsed.diagnostics) {
            return None;
        }
        match parsed.value.item {
            Item::Article(file) => self.article(&file, drafts),
            Item::Entity(entity) => self.entity(*entity, drafts),
            _ => None,
        }
    }

    fn article(&mut self, file: &ArticleFile, drafts: bool) -> Option<()> {
        let article = settled(file, &self.site);
        let id = article.id().clone();
        let (old, new) = (&self.site.articles.get(&id)?.common, &article.common);
        let in_place = old.body.path == new.body.path
            && old.slug.value == new.slug.value
            && article.published.is_some()
            && (drafts || !new.draft);
        in_place.then(|| {
            self.site.articles.insert(id.clone(), Arc::new(article));
            self.articles.insert(id);
        })
    }

    fn entity(&mut self, mut entity: Entity, drafts: bool) -> Option<()> {
        let id = entity.id().clone();
        if entity.protect || (entity.common.draft && !drafts) {
            return None;
        }
        let known = |to: &Spanned<Id>| self.site.entities.contains_key(&to.value);
        entity.affiliation = entity.affiliation.filter(known);
        entity.contested_with.retain(known);
        self.names.extend(names(&entity));
        if let Some(old) = self.site.entities.insert(id, entity) {
            self.names.extend(names(&old));
        }
        Some(())
    }

    /// Annotates what has to be annotated again.
    fn annotate(&mut self) -> Option<()> {
        let mut again = std::mem::take(&mut self.articles);
        if !self.names.is_empty() {
            self.shared = self.shared.with_names_of(&self.site)?;
            self.material.addresses = Addresses::of(&self.site);
            again.extend(self.named()?);
        }
        let (site, shared, before) = (&self.site, &self.shared, self.before);
        let one = |id: &Id| {
            let article = site.articles.get(id)?;
            let old = before.articles.get(id)?;
            let same = before.site.articles.get(id).is_some_and(|a| a == article);
            let prose = match same {
                true => Arc::clone(&old.prose),
                false => parsed(site, article)?,
            };
            let annotated = annotations::again(shared, site, article, &prose)?;
            Some((id.clone(), ArticleText { prose, annotated }))
        };
        let texts: Option<Vec<(Id, ArticleText)>> = again.par_iter().map(one).collect();
        for (id, text) in texts? {
            let differs = self.site.articles.get(&id) != before.site.articles.get(&id)
                || Some(&text) != before.articles.get(&id);
            if differs {
                self.articles.insert(id.clone());
                self.material.articles.insert(id, text);
            }
        }
        Some(())
    }

    /// The articles that have one of the names.
    fn named(&self) -> Option<Vec<Id>> {
        let names = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(&self.names)
            .ok()?;
        let texts: Vec<(&Id, &ArticleText)> = self.before.articles.iter().collect();
        let found: Vec<Id> = texts
            .into_par_iter()
            .filter(|(_, text)| names.is_match(&*text.prose.document.text))
            .map(|(id, _)| id.clone())
            .collect();
        (found.len() <= NAMED).then_some(found)
    }

    /// The pages of the articles that differ.
    fn pages(mut self, sight: &Sight) -> Option<Vec<Artifact>> {
        self.material.site = Arc::new(self.site);
        let material = &self.material;
        let theme = Option::as_ref(sight.theme.as_ref()?)?;
        let press = Press::of(material, theme).ok()?;
        let latest = material.links.by_date.iter().rev();
        let shown = latest.filter(|id| self.articles.contains(*id)).take(SHOWN);
        let keys: Vec<PageKey> = shown.cloned().map(PageKey::Article).collect();
        let page = |key: &PageKey| press.page(&material.briefing(None), key).ok().flatten();
        let pages: Option<Vec<Artifact>> = keys.par_iter().map(page).collect();
        // To let go of it takes as long as to make a page. Nobody need wait for that.
        let material = self.material;
        rayon::spawn(move || drop(material));
        pages
    }
}

fn is_sound(faults: &[Diagnostic]) -> bool {
    faults.iter().all(|fault| fault.severity != Severity::Error)
}

/// The text of an article, with what its links lead to; none if there is a fault in it.
fn parsed(site: &Site, article: &Article) -> Option<Arc<Prose>> {
    let document = markdown::parse(&article.common.body, Flavour::Corpus);
    let mut faults = document.diagnostics;
    let prose = texts::resolve(site, Arc::new(document.value), &mut faults);
    is_sound(&faults).then(|| Arc::new(prose))
}

/// Every name under which an entity may stand in a text.
fn names(entity: &Entity) -> Vec<String> {
    let others = [&entity.aliases, &entity.weak_aliases, &entity.demonyms];
    let written = std::iter::once(&entity.name).chain(others.into_iter().flatten());
    let all = written.map(|name| &name.value).chain(entity.names.values());
    all.filter(|name| !name.is_empty()).cloned().collect()
}

/// The article as part of the site, with what it takes from it and without references that lead nowhere.
fn settled(file: &ArticleFile, site: &Site) -> Article {
    let mut article = file.with_defaults(&site.config);
    let topic = |id: &Spanned<Id>| site.topics.contains_key(&id.value);
    article.topics.retain(topic);
    article.not_topics.retain(topic);
    let event = |id: &Spanned<Id>| site.events.contains_key(&id.value);
    article.events.retain(event);
    article
}
