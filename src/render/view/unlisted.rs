//! Names in an article that no entry lists: marked and explained where the site asks for it.

use std::collections::BTreeSet;

use super::Briefing;
use super::address::class;
use super::quotes::state_key;
use super::types::*;
use crate::base::{TextRange, in_line};
use crate::model::{Article, BlockKind, Certainty, EntityType, MarkKind};
use crate::render::weave::Thread;

/// A name that no entry lists.
#[derive(Debug, Clone)]
pub(crate) struct UnlistedName {
    /// Its number among those of the article, from 1: its card is `u-` and this.
    number: usize,
    /// What it names.
    pub(crate) entity_type: EntityType,
    /// Where it first stands.
    pub(crate) first: TextRange,
    /// The words there.
    words: String,
    /// How often it stands in the text.
    count: usize,
    /// Where it is marked: the first in each block.
    marks: Vec<TextRange>,
}

impl Briefing<'_> {
    /// The names of an article that no entry lists, in order, of which it is certain enough what they name.
    pub(crate) fn unlisted(&self, article: &Article) -> Vec<UnlistedName> {
        let layers = self.site.config.layers;
        let Some(text) = self.articles.get(article.id()).filter(|_| layers.unlisted) else {
            return Vec::new();
        };
        let blocks = &text.prose.document.blocks;
        let mut names: Vec<(u32, UnlistedName)> = Vec::new();
        let mut seen: BTreeSet<(usize, u32)> = BTreeSet::new();
        for mark in &text.annotated.marks {
            let MarkKind::Unlisted(name) = &mark.kind else {
                continue;
            };
            let shown = match name.entity_type {
                EntityType::Person => layers.people,
                EntityType::Organization => layers.organizations,
                EntityType::Place => layers.places,
                EntityType::Term => layers.terms,
            };
            let at = blocks.partition_point(|b| b.range.end <= mark.range.start);
            let heading = blocks.get(at).is_none_or(|b| b.kind == BlockKind::Heading);
            if !shown || heading || name.certainty == Certainty::Low {
                continue;
            }
            let place = names.iter().position(|(group, _)| *group == name.group);
            let place = place.unwrap_or_else(|| {
                let unlisted = UnlistedName {
                    number: names.len() + 1,
                    entity_type: name.entity_type,
                    first: mark.range,
                    words: in_line(mark.range.of(&text.prose.document.text)).into_owned(),
                    count: 0,
                    marks: Vec::new(),
                };
                names.push((name.group, unlisted));
                names.len() - 1
            });
            if let Some((group, unlisted)) = names.get_mut(place) {
                unlisted.count += 1;
                if seen.insert((at, *group)) {
                    unlisted.marks.push(mark.range);
                }
            }
        }
        names.into_iter().map(|(_, name)| name).collect()
    }

    /// Links to the cards of names that no entry lists.
    pub(crate) fn unlisted_threads(names: &[UnlistedName]) -> Vec<Thread> {
        let thread = |name: &UnlistedName, range: TextRange| Thread {
            href: Some(format!("#u-{}", name.number)),
            attributes: vec![("class", format!("a a-{} a-new", class(name.entity_type)))],
            rank: 2,
            ..Thread::new(range, "a")
        };
        let marks = names
            .iter()
            .flat_map(|name| name.marks.iter().map(move |range| thread(name, *range)));
        marks.collect()
    }

    /// The card of a name that no entry lists. `back` leads to where it stands.
    pub(crate) fn unlisted_card(&self, name: &UnlistedName, back: String) -> CardView {
        let s = self.strings;
        let kind = s
            .get(&format!("kind.{}", class(name.entity_type)))
            .to_owned();
        CardView {
            id: format!("u-{}", name.number),
            class: class(name.entity_type),
            kind: s.format("unlisted.kind", &[("kind", &kind)]),
            name: name.words.clone(),
            names: Vec::new(),
            paragraphs: vec![
                s.get("unlisted.text").to_owned(),
                s.count("unlisted.count", name.count),
            ],
            state: Some(s.get(state_key(false)).to_owned()),
            reviewed: false,
            link: None,
            back,
        }
    }
}
