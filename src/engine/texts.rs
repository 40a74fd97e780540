//! From Markdown to documents, with what their links lead to.

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::memo::Memo;
use crate::base::{Code, Diagnostic, Outcome, SitePath};
use crate::link::anchors::Request;
use crate::link::backlinks::{self, Referrer};
use crate::model::{Body, Document, Id, Kind, Ref, Rights, Site};
use crate::read::markdown::{self, Flavour};
use crate::read::nearest;
use crate::read::reference::{self, Found};
use crate::render::view::Prose;

/// All texts of a site, parsed.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts {
    /// The articles'.
    pub(super) articles: BTreeMap<Id, Arc<Prose>>,
    /// Those of topics, events, entities, measures and pages.
    pub(super) prose: BTreeMap<Ref, Arc<Prose>>,
    /// The home page's lead.
    pub(super) home: Option<Arc<Prose>>,
    /// The notes', by article, in the order of the notes.
    pub(super) notes: BTreeMap<Id, Vec<Arc<Prose>>>,
}

impl Texts {
    /// Every text that editors wrote about the articles: where citations may stand.
    pub(super) fn editorial(&self) -> impl Iterator<Item = &Arc<Prose>> {
        self.prose
            .values()
            .chain(&self.home)
            .chain(self.notes.values().flatten())
    }
}

impl Texts {
    /// Every text with the place where its references stand. Articles whose text may not be published are left out.
    pub(super) fn referring<'a>(
        &'a self,
        site: &'a Site,
    ) -> impl Iterator<Item = (Referrer, backlinks::Text<'a>)> {
        let open = self.articles.iter().filter(|(id, _)| {
            let article = site.articles.get(*id);
            article.is_some_and(|a| a.rights == Rights::Full)
        });
        let articles = open.map(|(id, prose)| {
            let of = Ref::new(Kind::Article, id);
            (Referrer::Thing(of), prose)
        });
        let things = self
            .prose
            .iter()
            .map(|(of, prose)| (Referrer::Thing(of.clone()), prose));
        let home = self.home.iter().map(|prose| (Referrer::Home, prose));
        let notes = self
            .notes
            .iter()
            .flat_map(|(id, notes)| notes.iter().map(|n| (Referrer::Note(id.clone()), n)));
        let all = home.chain(articles).chain(things).chain(notes);
        all.map(|(from, prose)| {
            let text = backlinks::Text {
                document: &prose.document,
                targets: &prose.targets,
                sources: &prose.sources,
            };
            (from, text)
        })
    }
}

/// Which text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum TextKey {
    /// That of a thing.
    Thing(Ref),
    /// The home page's lead.
    Home,
    /// That of a note on an article, by its index.
    Note(Id, usize),
}

/// A text to parse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ToParse {
    flavour: Flavour,
    body: Body,
}

/// Every text of a site.
fn bodies(site: &Site) -> Vec<(TextKey, ToParse)> {
    let mut all = Vec::new();
    let mut add = |key, flavour, body: &Body| {
        let body = body.clone();
        all.push((key, ToParse { flavour, body }));
    };
    for kind in Kind::ALL {
        let flavour = match kind {
            Kind::Article => Flavour::Corpus,
            _ => Flavour::Content,
        };
        for id in site.ids(kind) {
            let of = Ref::new(kind, id);
            if let Some(common) = site.common(&of) {
                add(TextKey::Thing(of), flavour, &common.body);
            }
        }
    }
    if let Some(home) = &site.home {
        add(TextKey::Home, Flavour::Content, &home.common.body);
    }
    for (id, notes) in &site.notes {
        for (index, note) in notes.iter().enumerate() {
            add(
                TextKey::Note(id.clone(), index),
                Flavour::Content,
                &note.body,
            );
        }
    }
    all
}

/// Parses every text of a site.
pub(super) fn parse(memo: &mut Memo, site: &Site) -> Outcome<Texts> {
    let parsed = memo.documents.renew(&(), bodies(site), |(), given| {
        let Outcome { value, diagnostics } = markdown::parse(&given.body, given.flavour);
        Outcome {
            value: Arc::new(value),
            diagnostics,
        }
    });
    let files = source_files(site);
    let mut sink = Vec::new();
    let mut texts = Texts::default();
    for (key, outcome) in parsed {
        sink.extend_from_slice(&outcome.diagnostics);
        let document = Arc::clone(&outcome.value);
        let prose = resolve_with(site, || &files, document, &mut sink);
        let prose = Arc::new(prose);
        match key {
            TextKey::Thing(of) if of.kind == Kind::Article => {
                texts.articles.insert(of.id, prose);
            }
            TextKey::Thing(of) => {
                texts.prose.insert(of, prose);
            }
            TextKey::Home => texts.home = Some(prose),
            // They come in the order of the notes.
            TextKey::Note(id, _) => texts.notes.entry(id).or_default().push(prose),
        }
    }
    Outcome {
        value: texts,
        diagnostics: sink,
    }
}

/// Which thing each source file makes.
fn source_files(site: &Site) -> BTreeMap<SitePath, Ref> {
    let mut files = BTreeMap::new();
    for kind in Kind::ALL {
        for id in site.ids(kind) {
            let of = Ref::new(kind, id);
            if let Some(common) = site.common(&of) {
                files.insert(common.body.path.clone(), of);
            }
        }
    }
    files
}

/// Finds what the links of a text lead to. Links by id that lead nowhere are errors; so are links to source files that
/// are not there.
pub(super) fn resolve(site: &Site, document: Arc<Document>, sink: &mut Vec<Diagnostic>) -> Prose {
    let files = LazyCell::new(|| source_files(site));
    resolve_with(site, || &files, document, sink)
}

fn resolve_with<'f>(
    site: &Site,
    files: impl Fn() -> &'f BTreeMap<SitePath, Ref>,
    document: Arc<Document>,
    sink: &mut Vec<Diagnostic>,
) -> Prose {
    let mut targets = Vec::with_capacity(document.wiki_links.len());
    for link in &document.wiki_links {
        match reference::resolve(site, link) {
            Found::Thing(target) => targets.push(Some(target)),
            Found::Nothing => targets.push(None),
            Found::Fault(diagnostic) => {
                sink.push(*diagnostic);
                targets.push(None);
            }
        }
    }
    let mut sources = BTreeMap::new();
    for link in document.links() {
        let path = link.href.split(['#', '?']).next().unwrap_or_default();
        if link.kind != crate::model::LinkKind::Relative || !path.ends_with(".md") {
            continue;
        }
        let target = beside(&document.body.path, path);
        match files().get(&target) {
            Some(of) => {
                sources.insert(link.href.clone(), of.clone());
            }
            None => sink.push(broken(files(), link, &target)),
        }
    }
    for citation in &document.citations {
        for place in &citation.places {
            if let Found::Fault(fault) = reference::article(site, &place.article, &place.span) {
                sink.push(*fault);
            }
        }
    }
    Prose {
        document,
        targets,
        sources,
    }
}

fn broken(
    files: &BTreeMap<SitePath, Ref>,
    link: &crate::model::TextLink,
    target: &SitePath,
) -> Diagnostic {
    let message = format!("there is no file ‘{target}’ to link to");
    let diagnostic = Diagnostic::new(Code::BrokenLink, link.span.clone(), message);
    match nearest::did_you_mean(target.as_str(), files.keys().map(SitePath::as_str)) {
        Some(help) => diagnostic.help(help),
        None => diagnostic.help("a link to another file is relative to the file that it stands in"),
    }
}

/// The path that `relative` names from a file, or from the root where it begins with `/`.
fn beside(from: &SitePath, relative: &str) -> SitePath {
    let mut parts: Vec<&str> = match relative.starts_with('/') {
        true => Vec::new(),
        false => from.folder().split('/').filter(|p| !p.is_empty()).collect(),
    };
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    SitePath::new(parts.join("/"))
}

/// The quotations that a text's citations take from articles.
pub(super) fn citations(prose: &Prose) -> impl Iterator<Item = (Id, Request)> + '_ {
    let places = prose.document.citations.iter().flat_map(|c| &c.places);
    places.filter_map(|place| {
        let request = Request {
            quote: place.quote.clone()?,
            span: place.span.clone(),
        };
        Some((Id::written(&place.article), request))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_paths_of_sources() {
        let from = SitePath::new("content/events/a.md");
        assert_eq!(
            beside(&from, "../topics/b.md").as_str(),
            "content/topics/b.md"
        );
        assert_eq!(beside(&from, "./c.md").as_str(), "content/events/c.md");
        assert_eq!(beside(&from, "../../../../d.md").as_str(), "d.md");
        assert_eq!(beside(&from, "/corpus/e.md").as_str(), "corpus/e.md");
    }
}
