//! What refers to each thing, with the sentence that does so.
//!
//! 1. Every text of the site is gone through for links by id, links to other source files, and citations of articles.
//! 2. What an editor gives as the evidence of a topic's key facts counts too, with the fact as its sentence.
//!
//! Links that an event draws to another stand on both events' pages with their reasons, and statements about events name their
//! articles; they are not repeated here. Invariant: a backlink names a text that does refer to the thing; one text's sentence is told
//! once for each thing.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::TextRange;
use crate::model::{Document, Id, Kind, Op, Ref, Site};

/// Where a reference stands. In the order in which pages list them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Referrer {
    /// The text of the home page.
    Home,
    /// The text of a thing.
    Thing(Ref),
    /// A note on an article.
    Note(Id),
}

/// A sentence that refers to a thing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Backlink {
    /// Where it stands.
    pub from: Referrer,
    /// The sentence up to the words that are the link.
    pub before: String,
    /// Those words; empty for a citation, which has none of its own.
    pub words: String,
    /// The rest of the sentence.
    pub after: String,
}

/// A text to go through.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// Parsed.
    pub document: &'a Document,
    /// What each of its links by id leads to.
    pub targets: &'a [Option<Ref>],
    /// What its links to other source files lead to, by the link as written.
    pub sources: &'a BTreeMap<String, Ref>,
}

/// The references to every thing, by thing, in the order of the referrers and of their texts.
pub fn collect<'a>(
    site: &Site,
    texts: impl Iterator<Item = (Referrer, Text<'a>)>,
) -> BTreeMap<Ref, Vec<Backlink>> {
    let mut all: BTreeMap<Ref, Vec<Backlink>> = BTreeMap::new();
    let mut add = |to: Ref, link: Backlink| {
        let own = matches!(&link.from, Referrer::Thing(from) if *from == to);
        if !own {
            all.entry(to).or_default().push(link);
        }
    };
    for (from, text) in texts {
        for (to, link) in references(site, &from, &text) {
            add(to, link);
        }
    }
    for (id, topic) in &site.topics {
        for fact in &topic.facts {
            for evidence in &fact.evidence {
                let link = Backlink {
                    from: Referrer::Thing(Ref::new(Kind::Topic, id)),
                    before: format!("{}: {}", fact.label, fact.value),
                    words: String::new(),
                    after: String::new(),
                };
                add(Ref::new(Kind::Article, &evidence.article.value), link);
            }
        }
    }
    for links in all.values_mut() {
        // A stable sort keeps the order of the text within one referrer.
        links.sort_by(|a, b| a.from.cmp(&b.from));
        let mut seen = BTreeSet::new();
        links.retain(|link| {
            let sentence = format!("{}{}{}", link.before, link.words, link.after);
            seen.insert((link.from.clone(), sentence))
        });
    }
    all
}

/// Everything that one text refers to, in its order.
fn references(site: &Site, from: &Referrer, text: &Text) -> Vec<(Ref, Backlink)> {
    let document = text.document;
    let sentences = crate::annotate::sentences_of(document);
    let around = |words: TextRange| {
        let at = sentences.partition_point(|s| s.range.start <= words.start);
        let sentence = at.checked_sub(1).and_then(|i| sentences.get(i));
        let range = sentence.map_or(words, |s| s.range);
        let (start, end) = (range.start.min(words.start), range.end.max(words.end));
        let cut = |start, end| one_line(&shown(site, text, TextRange { start, end }));
        Backlink {
            from: from.clone(),
            before: cut(start, words.start),
            words: cut(words.start, words.end),
            after: cut(words.end, end),
        }
    };
    let mut found: Vec<(u32, Ref, Backlink)> = Vec::new();
    for (link, target) in document.wiki_links.iter().zip(text.targets) {
        if let Some(to) = target {
            found.push((link.range.start, to.clone(), around(link.range)));
        }
    }
    for (range, href) in file_links(document) {
        if let Some(to) = text.sources.get(href) {
            found.push((range.start, to.clone(), around(range)));
        }
    }
    for citation in &document.citations {
        // A citation stands behind the sentence that it bears out.
        let last = TextRange {
            start: citation.at.saturating_sub(1),
            end: citation.at.saturating_sub(1),
        };
        for place in &citation.places {
            let to = Ref::new(Kind::Article, &Id::written(&place.article));
            let mut backlink = around(last);
            backlink.before.push_str(&backlink.after);
            backlink.after.clear();
            found.push((citation.at, to, backlink));
        }
    }
    found.sort_by_key(|(at, ..)| *at);
    found.into_iter().map(|(_, to, link)| (to, link)).collect()
}

/// A stretch of a text as readers see it: links without words of their own show the name of their thing.
fn shown(site: &Site, text: &Text, range: TextRange) -> String {
    let document = text.document;
    let mut words = String::new();
    let mut at = range.start;
    let links = document.wiki_links.iter().zip(text.targets);
    for (link, target) in links.filter(|(link, _)| link.bare && range.contains(link.range)) {
        let name = target.as_ref().and_then(|to| site.name(to.kind, &to.id));
        let before = TextRange {
            start: at,
            end: link.range.start,
        };
        words.push_str(before.of(&document.text));
        words.push_str(name.unwrap_or(&link.target));
        at = link.range.end;
    }
    let rest = TextRange {
        start: at,
        end: range.end,
    };
    words.push_str(rest.of(&document.text));
    words
}

/// The ordinary links of a text with their words.
fn file_links(document: &Document) -> Vec<(TextRange, &str)> {
    let mut open: Option<(&str, Option<TextRange>)> = None;
    let mut links = Vec::new();
    for op in &document.ops {
        match op {
            Op::OpenLink(link) => open = Some((link.href.as_str(), None)),
            Op::Text(range) => {
                if let Some((_, words)) = &mut open {
                    let start = words.map_or(range.start, |w| w.start);
                    *words = Some(TextRange {
                        start,
                        end: range.end,
                    });
                }
            }
            Op::CloseInline("a") => {
                if let Some((href, Some(range))) = open.take() {
                    links.push((range, href));
                }
            }
            _ => {}
        }
    }
    links
}

/// Text with single spaces; those at its ends stay, as it stands beside other text.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        let space = c.is_whitespace();
        if !space {
            line.push(c);
        } else if !line.ends_with(' ') {
            line.push(' ');
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_one_space() {
        assert_eq!(one_line("a \n b "), "a b ");
        assert_eq!(one_line(" 개성\n공단"), " 개성 공단");
    }
}
