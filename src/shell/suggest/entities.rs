//! Drafts of people, organisations and places that articles name and no gazetteer lists.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::Draft;
use super::front::{Front, id, sentence};
use crate::engine::study::Known;
use crate::model::{Certainty, EntityType, Id, Kind, UnlistedFact};

/// Sentences that people are shown for each name.
const SHOWN: usize = 3;

/// A name over the whole corpus.
struct Name {
    name: String,
    /// How many mentions take it for each type.
    types: BTreeMap<EntityType, usize>,
    certainty: Certainty,
    mentions: usize,
    /// Shorter forms that stand for it in articles that have it in full.
    shorter: BTreeSet<String>,
    /// Article and sentence, in order of publication.
    sentences: Vec<(Id, u32)>,
}

/// A draft for each name, those in most articles first.
pub(super) fn drafts(known: &Known) -> Vec<Draft> {
    let names = names(known);
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    for name in &names {
        for form in name.shorter.iter().chain(std::iter::once(&name.name)) {
            *used.entry(form.clone()).or_default() += 1;
        }
    }
    for entity in known.site.entities.values() {
        let others = entity.aliases.iter().chain(&entity.weak_aliases);
        let others = others.chain(&entity.demonyms);
        for form in std::iter::once(&entity.name).chain(others) {
            *used.entry(form.value.clone()).or_default() += 1;
        }
    }
    let mut taken = BTreeSet::new();
    names
        .into_iter()
        .map(|name| draft(known, name, &used, &mut taken))
        .collect()
}

fn names(known: &Known) -> Vec<Name> {
    let mut articles: Vec<_> = known.articles.iter().collect();
    articles.sort_by_key(|(id, text)| (text.annotated.facts.published, (*id).clone()));
    let listed = listed(known);
    let mut all: BTreeMap<String, Name> = BTreeMap::new();
    for (article, text) in articles {
        let mut groups: BTreeMap<u32, Vec<&UnlistedFact>> = BTreeMap::new();
        for fact in &text.annotated.facts.unlisted {
            groups.entry(fact.group).or_default().push(fact);
        }
        for facts in groups.values() {
            let Some(full) = facts
                .iter()
                .map(|f| bare(&f.words))
                .max_by_key(|w| (w.split_whitespace().count(), w.chars().count(), Reverse(*w)))
            else {
                continue;
            };
            if full.is_empty() || listed.contains(&full.to_lowercase()) {
                continue;
            }
            let name = all.entry(full.to_owned()).or_insert_with(|| Name {
                name: full.to_owned(),
                types: BTreeMap::new(),
                certainty: Certainty::Low,
                mentions: 0,
                shorter: BTreeSet::new(),
                sentences: Vec::new(),
            });
            for fact in facts {
                name.add(article, fact);
            }
        }
    }
    let mut names: Vec<Name> = all.into_values().collect();
    names.sort_by_key(|name| {
        (
            Reverse(name.articles()),
            Reverse(name.certainty),
            Reverse(name.mentions),
        )
    });
    names
}

/// Every name of the gazetteer in lower case.
fn listed(known: &Known) -> BTreeSet<String> {
    let entities = known.site.entities.values();
    let names = entities.flat_map(|e| {
        let others = e.aliases.iter().chain(&e.weak_aliases).chain(&e.demonyms);
        std::iter::once(&e.name).chain(others)
    });
    names.map(|name| name.value.to_lowercase()).collect()
}

/// A name without the possessive and without marks around it.
fn bare(words: &str) -> &str {
    let words = words.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | ')'));
    let words = words
        .strip_suffix("’s")
        .or(words.strip_suffix("'s"))
        .unwrap_or(words);
    words.trim()
}

impl Name {
    fn add(&mut self, article: &Id, fact: &UnlistedFact) {
        self.mentions += 1;
        *self.types.entry(fact.entity_type).or_default() += 1;
        self.certainty = self.certainty.max(fact.certainty);
        let form = bare(&fact.words);
        if form != self.name && !form.is_empty() {
            self.shorter.insert(form.to_owned());
        }
        let place = (article.clone(), fact.sentence);
        if self.sentences.last() != Some(&place) {
            self.sentences.push(place);
        }
    }

    fn articles(&self) -> usize {
        let articles: BTreeSet<&Id> = self.sentences.iter().map(|(article, _)| article).collect();
        articles.len()
    }

    /// The type that most mentions take it for; of as many, the first in the order of types.
    fn entity_type(&self) -> EntityType {
        let best = self
            .types
            .iter()
            .max_by_key(|(kind, n)| (**n, Reverse(**kind)));
        best.map_or(EntityType::Organization, |(kind, _)| *kind)
    }
}

fn draft(
    known: &Known,
    name: Name,
    used: &BTreeMap<String, usize>,
    taken: &mut BTreeSet<String>,
) -> Draft {
    let kind = name.entity_type();
    let slug = id(known, Kind::Entity, &name.name, taken);
    // A form that several names share would tie, or stand for the wrong one.
    let sole = |form: &&String| used.get(*form) == Some(&1) && form.chars().count() > 2;
    let weak: Vec<&str> = name
        .shorter
        .iter()
        .filter(sole)
        .map(String::as_str)
        .collect();
    let mut front = Front::default();
    front.text("name", &name.name);
    front.list("weak_aliases", weak.iter().copied());
    let certainty = match name.certainty {
        Certainty::Low => "low",
        Certainty::Fair => "fair",
        Certainty::High => "high",
    };
    let articles = name.articles();
    let sentences: Vec<(&Id, u32, String)> = name
        .sentences
        .iter()
        .filter_map(|(article, n)| Some((article, *n, sentence(known, article, *n)?)))
        .collect();
    let mut listed = format!(
        "{}: {}, certainty {certainty}; {} in {}\n",
        name.name,
        kind.as_str(),
        counted(name.mentions, "mention"),
        counted(articles, "article"),
    );
    for (article, n, text) in sentences.iter().take(SHOWN) {
        listed.push_str(&format!("    {article} s{n}: {text}\n"));
    }
    if sentences.len() > SHOWN {
        listed.push_str(&format!(
            "    and {}\n",
            counted(sentences.len() - SHOWN, "more sentence")
        ));
    }
    let told: Vec<Value> = sentences
        .iter()
        .map(|(article, n, text)| json!({"article": article.as_str(), "sentence": n, "text": text}))
        .collect();
    let mut data = Map::new();
    data.insert("id".into(), slug.clone().into());
    data.insert("name".into(), name.name.clone().into());
    data.insert("type".into(), kind.as_str().into());
    data.insert("certainty".into(), certainty.into());
    data.insert("articles".into(), articles.into());
    data.insert("mentions".into(), name.mentions.into());
    data.insert("weak_aliases".into(), weak.into_iter().collect());
    data.insert("sentences".into(), Value::Array(told));
    Draft {
        path: format!("content/{}/{slug}.md", kind.folder()),
        file: front.file(),
        listed: Some(listed),
        data,
    }
}

fn counted(n: usize, noun: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{n} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_without_marks_and_possessive() {
        for (words, expected) in [
            ("“Park Geun-hye’s", "Park Geun-hye"),
            ("Samsung Co.", "Samsung Co."),
            ("…", ""),
        ] {
            assert_eq!(bare(words), expected);
        }
    }
}
