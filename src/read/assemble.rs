//! All files together. The steps are in the order of [`assemble`].

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::attach::{Owner, attach};
use super::config::CONFIG_FILE;
use super::nearest::did_you_mean;
use super::parse::{Item, Parsed};
use super::registry::{Registry, State};
use super::resolve::resolve;
use super::scan::Scanned;
use crate::base::{Code, Diagnostic, OutPath, Outcome, SitePath, Span};
use crate::model::{Article, Attachment, Config, Id, Kind, Note, Page, Rights, Site};

/// Joins files into a site, with or without drafts. `parsed` is what [`parse_file`](super::parse_file) made of the sources
/// of `scanned`, in the order of their paths. There is no site without `dateline.toml`.
pub fn assemble<P: Borrow<Parsed>>(
    parsed: &[P],
    scanned: &Scanned,
    drafts: bool,
) -> Outcome<Option<Site>> {
    let parsed: Vec<&Parsed> = parsed.iter().map(Borrow::borrow).collect();
    let mut sink = Vec::new();
    let config = parsed.iter().find_map(|file| match &file.item {
        Item::Config(config) => Some(Config::clone(config)),
        _ => None,
    });
    let Some(config) = config else {
        // A file that is there and cannot be read has been told of already.
        let read = scanned.sources.get(&SitePath::new(CONFIG_FILE)).is_some();
        if !read && !scanned.config_unreadable {
            sink.push(no_config());
        }
        return Outcome {
            value: None,
            diagnostics: sink,
        };
    };
    check_theme(&config, scanned, &mut sink);
    let mut site = empty(config);
    let mut registry = Registry::default();
    let mut live = Vec::new();
    for file in &parsed {
        if register(file, drafts, &mut registry, &mut sink) {
            add(&mut site, &file.item);
            live.push(*file);
        } else if let Some(of) = file.item.reference()
            && let Some(why) = registry.state(of.kind, &of.id).and_then(State::left_out)
        {
            site.left_out.insert(of, why);
        }
    }
    add_notes(&mut site, &parsed, &registry, &mut sink);
    resolve(&mut site, &mut registry, &mut sink);
    site.attachments = attachments(&site, &live, scanned, &mut sink);
    sink.sort_by(Diagnostic::order);
    Outcome {
        value: Some(site),
        diagnostics: sink,
    }
}

fn no_config() -> Diagnostic {
    let message = "this folder has no `dateline.toml`, so it is not a site";
    Diagnostic::file(Code::NoConfig, &SitePath::new(CONFIG_FILE), message)
        .help("go to the site's folder, or begin one with a file `dateline.toml` that says `title = \"…\"`")
}

fn check_theme(config: &Config, scanned: &Scanned, sink: &mut Vec<Diagnostic>) {
    let theme = &config.theme;
    if !scanned.theme.files.is_empty() {
        return;
    }
    let message = format!("there is no theme `{}`", theme.value);
    let names = scanned.themes.iter().map(String::as_str);
    let help = did_you_mean(theme, names)
        .unwrap_or_else(|| format!("there are: {}", scanned.themes.join(", ")));
    sink.push(Diagnostic::new(Code::Theme, theme.span.clone(), message).help(help));
}

fn empty(config: Config) -> Site {
    Site {
        config,
        articles: BTreeMap::new(),
        topics: BTreeMap::new(),
        events: BTreeMap::new(),
        entities: BTreeMap::new(),
        measures: BTreeMap::new(),
        pages: BTreeMap::new(),
        home: None,
        notes: BTreeMap::new(),
        overrides: Vec::new(),
        attachments: Vec::new(),
        left_out: BTreeMap::new(),
    }
}

/// Enters a file's id. Whether what is in the file becomes part of the site.
fn register(
    file: &Parsed,
    drafts: bool,
    registry: &mut Registry,
    sink: &mut Vec<Diagnostic>,
) -> bool {
    let draft = match &file.item {
        Item::Home(x) | Item::Page(x) => x.common.draft,
        Item::Article(x) => x.article().common.draft,
        Item::Topic(x) => x.common.draft,
        Item::Event(x) => x.common.draft,
        Item::Entity(x) => x.common.draft,
        Item::Measure(x) => x.common.draft,
        _ => false,
    };
    let undated = match &file.item {
        Item::Article(x) => Some(x.article()).filter(|article| article.published.is_none()),
        _ => None,
    };
    let state = match (&file.item, undated) {
        (Item::Broken(_), _) => State::Broken,
        _ if draft && !drafts => State::Draft,
        (_, Some(_)) => State::Undated,
        _ => State::Live,
    };
    if let (State::Undated, Some(article)) = (state, undated) {
        sink.push(undated_article(article));
    }
    let free = file.item.reference().is_none_or(|reference| {
        registry.claim(reference.kind, &reference.id, &file.path, state, sink)
    });
    free && state == State::Live
}

fn undated_article(article: &Article) -> Diagnostic {
    let message = format!(
        "the article `{}` has no date of publication and is left out",
        article.common.id
    );
    Diagnostic::new(Code::Undated, article.common.span.clone(), message).help(
        "write `published = 2013-08-14`; where the report does not state its date, add `date_basis = \"inferred\"` or \"supplied\" and say how it was found in `date_note`",
    )
}

fn add(site: &mut Site, item: &Item) {
    match item {
        Item::Home(page) => site.home = Some(Page::clone(page)),
        Item::Article(file) => {
            let article = file.with_defaults(&site.config);
            site.articles
                .insert(article.common.id.clone(), Arc::new(article));
        }
        Item::Topic(x) => {
            site.topics.insert(x.common.id.clone(), (**x).clone());
        }
        Item::Event(x) => {
            site.events.insert(x.common.id.clone(), (**x).clone());
        }
        Item::Entity(x) => {
            site.entities.insert(x.common.id.clone(), (**x).clone());
        }
        Item::Measure(x) => {
            site.measures.insert(x.common.id.clone(), (**x).clone());
        }
        Item::Page(x) => {
            site.pages.insert(x.common.id.clone(), (**x).clone());
        }
        Item::Overrides(list) => site.overrides.extend(list.iter().cloned()),
        Item::Config(_) | Item::Notes(..) | Item::Broken(_) | Item::Nothing => {}
    }
}

/// Gives notes to their articles. Those on drafts and undated articles wait with them, which is no fault.
fn add_notes(site: &mut Site, parsed: &[&Parsed], registry: &Registry, sink: &mut Vec<Diagnostic>) {
    for file in parsed {
        let Item::Notes(id, notes) = &file.item else {
            continue;
        };
        match registry.state(Kind::Article, id) {
            Some(State::Live) if !notes.is_empty() => {
                let list: &mut Vec<Note> = site.notes.entry(id.clone()).or_default();
                list.extend(notes.iter().cloned());
            }
            Some(_) => {}
            None => sink.push(without_article(&file.path, id, registry)),
        }
    }
}

fn without_article(path: &SitePath, id: &Id, registry: &Registry) -> Diagnostic {
    let message = format!("these notes are on an article `{id}`, which does not exist");
    let help = did_you_mean(id.as_str(), registry.of_kind(Kind::Article)).unwrap_or_else(|| {
        "a notes file has the name of its article: `content/notes/ARTICLE-ID.md`".into()
    });
    Diagnostic::new(Code::NoteWithoutArticle, Span::top(path), message).help(help)
}

/// Files beside content, then static files. What lies beside an article that may not be published in full is not copied,
/// since it may be a scan of it.
fn attachments(
    site: &Site,
    live: &[&Parsed],
    scanned: &Scanned,
    sink: &mut Vec<Diagnostic>,
) -> Vec<Attachment> {
    let owners: Vec<Owner<'_>> = live
        .iter()
        .filter(|file| match &file.item {
            Item::Article(article) => {
                let article = site.articles.get(article.article().id());
                article.is_some_and(|article| article.rights == Rights::Full)
            }
            Item::Home(_) => true,
            item => item.reference().is_some(),
        })
        .map(|file| Owner {
            owner: file.item.reference(),
            path: &file.path,
            links: &file.links,
        })
        .collect();
    let mut out = attach(&scanned.beside, &owners, sink);
    for (name, file) in &scanned.statics {
        match OutPath::new(name) {
            Ok(_) => out.push(Attachment {
                path: file.path.clone(),
                owner: None,
                name: name.clone(),
                bytes: file.bytes.clone(),
            }),
            Err(error) => {
                let message = format!("the file cannot be copied: its name {error}");
                sink.push(Diagnostic::file(Code::BadPath, &file.path, message).help("rename it"));
            }
        }
    }
    out
}
