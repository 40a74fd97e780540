//! Whether what the links and images of the texts name is there.
//!
//! Links to source files and by id were resolved with the texts. Here every page and file of the site is known, and so
//! is every heading, footnote, paragraph and sentence: a link to anything else is an error.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Code, Diagnostic, OutPath, Span};
use crate::model::{Document, Id, Kind, LinkKind, Op, Ref};
use crate::read::markdown::is_reserved;
use crate::read::{decode, nearest};
use crate::render::Artifact;
use crate::render::view::{Briefing, Material, Prose};

/// What is wrong with the links and images of all texts. Without the theme, its files are taken to be there.
pub(super) fn check(
    material: &Material,
    artifacts: &[Artifact],
    has_theme: bool,
) -> Vec<Diagnostic> {
    let briefing = material.briefing(None);
    let pages = briefing
        .pages()
        .into_iter()
        .filter_map(|key| briefing.path(&key).ok());
    let files = artifacts.iter().map(|artifact| artifact.path.clone());
    let mut check = Check {
        briefing: &briefing,
        paths: pages.chain(files).collect(),
        has_theme,
        places: BTreeMap::new(),
        faults: Vec::new(),
    };
    for (id, article) in &material.articles {
        check.text(Some(&Ref::new(Kind::Article, id)), &article.prose);
    }
    for (of, prose) in &material.prose {
        check.text(Some(of), prose);
    }
    if let Some(home) = &material.home {
        check.text(None, home);
    }
    for (id, notes) in &material.notes {
        for prose in notes {
            check.text(Some(&Ref::new(Kind::Article, id)), prose);
        }
    }
    check.faults
}

/// A check of all texts, one after the other.
struct Check<'a> {
    briefing: &'a Briefing<'a>,
    paths: BTreeSet<OutPath>,
    has_theme: bool,
    /// The places on the pages that were asked for so far.
    places: BTreeMap<Option<Ref>, BTreeSet<String>>,
    faults: Vec<Diagnostic>,
}

/// So many faults get a ‘did you mean’, which is looked for among everything; beyond that, it would take too long.
const MOST_HINTS: usize = 100;

impl Check<'_> {
    /// Checks a text that stands on the page of `owner`; on the home page if there is none.
    fn text(&mut self, owner: Option<&Ref>, prose: &Prose) {
        let addresses = self.briefing.addresses;
        let Some(address) = owner.map_or(Some(""), |of| addresses.of_ref(of)) else {
            return;
        };
        for link in prose.document.links() {
            let (path, fragment) = parts(&link.href);
            match (link.kind, prose.sources.get(&link.href)) {
                (LinkKind::Fragment, _) => self.fragment(owner, fragment, &link.span),
                (LinkKind::Relative, Some(of)) => self.fragment(Some(of), fragment, &link.span),
                (LinkKind::Relative, None) if path.is_empty() => {
                    self.fragment(owner, fragment, &link.span);
                }
                // What is wrong with these was told when the text was read.
                (LinkKind::Relative, None) if path.ends_with(".md") => {}
                (LinkKind::Relative, None) => self.file(address, path, &link.span, "link"),
                (LinkKind::External | LinkKind::Mail, _) => {}
            }
        }
        for image in &prose.document.images {
            let (path, _) = parts(&image.src);
            self.file(address, path, &image.span, "image");
        }
    }

    /// Checks that a file or page of the site is there.
    fn file(&mut self, address: &str, path: &str, span: &Span, what: &str) {
        let decoded = decode(path).unwrap_or_else(|| path.to_owned());
        let target = target(address, &decoded);
        let page = OutPath::page(&target).ok();
        let file = OutPath::new(target.trim_end_matches('/')).ok();
        let known = [page, file].into_iter().flatten();
        let theme = !self.has_theme && target.starts_with("assets/");
        if theme || known.into_iter().any(|path| self.paths.contains(&path)) {
            return;
        }
        let message = format!("there is no file or page ‘{decoded}’ for this {what}");
        // What is named from the root is compared from there, all else from the page.
        let (prefix, folder) = match decoded.starts_with('/') {
            true => ("/", ""),
            false => ("", address),
        };
        let near = self
            .paths
            .iter()
            .filter(|_| self.faults.len() < MOST_HINTS)
            .filter_map(|path| path.as_str().strip_prefix(folder))
            .map(|path| {
                format!(
                    "{prefix}{}",
                    path.strip_suffix("index.html").unwrap_or(path)
                )
            });
        let near: Vec<String> = near.collect();
        let help = nearest::did_you_mean(&decoded, near.iter().map(String::as_str));
        let diagnostic = Diagnostic::new(Code::BrokenLink, span.clone(), message);
        self.faults.push(diagnostic.help(help.unwrap_or_else(|| {
            "a file is named as it lies beside the Markdown, or in its folder; another text by its `.md` file".into()
        })));
    }

    /// Checks that a place on the page of `owner` is there.
    fn fragment(&mut self, owner: Option<&Ref>, fragment: &str, span: &Span) {
        let article = owner.filter(|of| of.kind == Kind::Article).map(|of| &of.id);
        let prose = match (owner, article) {
            (_, Some(id)) => self.briefing.articles.get(id).map(|text| &text.prose),
            (Some(of), None) => self.briefing.prose.get(of),
            (None, None) => self.briefing.home(),
        };
        let Some(document) = prose.map(|prose| &prose.document) else {
            return;
        };
        let decoded = decode(fragment).unwrap_or_else(|| fragment.to_owned());
        let briefing = self.briefing;
        let places = self
            .places
            .entry(owner.cloned())
            .or_insert_with(|| places(briefing, document, article));
        if decoded.is_empty() || places.contains(&decoded) || is_of_theme(&decoded) {
            return;
        }
        let message = format!("there is no place ‘#{decoded}’ on the page");
        let help = match self.faults.len() {
            0..MOST_HINTS => nearest::did_you_mean(&decoded, places.iter().map(String::as_str)),
            _ => None,
        };
        let diagnostic = Diagnostic::new(Code::BrokenLink, span.clone(), message);
        self.faults.push(diagnostic.help(help.unwrap_or_else(|| match article {
            Some(_) => "a heading is named by its words (`#what-happened`), a paragraph by its number (`#p3`), a sentence too (`#s12`)".into(),
            None => "a heading is named by its words in lower case, with hyphens between them: `#what-happened`".into(),
        })));
    }
}

/// Whether a place is one of the theme's, such as `#record`, and none that texts have.
fn is_of_theme(fragment: &str) -> bool {
    let number = |letters: &str| fragment.strip_prefix(letters)?.parse::<u32>().ok();
    is_reserved(fragment) && ["p", "s", "f", "fn"].iter().all(|l| number(l).is_none())
}

/// The path and the fragment of a link.
fn parts(href: &str) -> (&str, &str) {
    let (before, fragment) = href.split_once('#').unwrap_or((href, ""));
    (before.split('?').next().unwrap_or(""), fragment)
}

/// The path below the root that a relative path leads to from an address, as browsers find it.
fn target(address: &str, path: &str) -> String {
    let mut parts: Vec<&str> = match path.starts_with('/') {
        true => Vec::new(),
        false => address.split('/').filter(|part| !part.is_empty()).collect(),
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    match parts.is_empty() {
        true => String::new(),
        false => format!("{}/", parts.join("/")),
    }
}

/// The ids of a text's headings and footnotes and of the marks that lead to these; in articles also of its paragraphs and
/// sentences.
fn places(briefing: &Briefing, document: &Document, article: Option<&Id>) -> BTreeSet<String> {
    let ids = document.ops.iter().filter_map(|op| match op {
        Op::OpenBlock { head, .. } => head.as_ref()?.id.clone(),
        Op::FootnoteMark {
            number,
            mark: 0 | 1,
        } => Some(format!("f{number}")),
        Op::FootnoteMark { number, mark } => Some(format!("f{number}-{mark}")),
        _ => None,
    });
    let mut places: BTreeSet<String> = ids.collect();
    if let Some(text) = article.and_then(|id| briefing.articles.get(id)) {
        let paragraphs = document.blocks.iter().filter_map(|block| block.paragraph);
        places.extend(paragraphs.map(|n| format!("p{n}")));
        let sentences = text.annotated.sentences.iter();
        places.extend(sentences.map(|sentence| format!("s{}", sentence.number)));
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_on_from_the_page() {
        assert_eq!(target("events/talks/", "map.png"), "events/talks/map.png/");
        assert_eq!(target("events/talks/", "../../about"), "about/");
        assert_eq!(target("events/talks/", "/about/"), "about/");
        assert_eq!(target("about/", "../../.."), "");
        assert_eq!(parts("a/b?x#y?z"), ("a/b", "y?z"));
    }
}
