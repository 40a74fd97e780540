//! What was said by each entity, for it and about it.

use std::collections::BTreeMap;

use super::{EntityLinks, Input};
use crate::model::{Article, Entity, EntityType, Id, Site, SpeechFact};

/// Something that was said: the article, and the index among its quotation marks.
pub type Said = (Id, u32);

/// Adds to every entity what was said by or for it and what about it. `by_date` is in order of publication.
///
/// A body's own voices are it itself, the people who are affiliated with it, and sources without a name that belong to it.
/// What these say is not told about it a second time. What an article's own outlet writes is the report and no speech in it.
pub(super) fn collect(site: &Site, by_date: &[&Input], all: &mut BTreeMap<Id, EntityLinks>) {
    for input in by_date {
        for fact in &input.facts.speech {
            let voices = voices(site, fact);
            let speaker = voices.first().and_then(|id| site.entities.get(*id));
            if speaker.is_some_and(|entity| from_outlet(input.article, entity)) {
                continue;
            }
            let said = (input.article.id().clone(), fact.index);
            for voice in &voices {
                if let Some(links) = all.get_mut(*voice) {
                    links.said.push(said.clone());
                }
            }
            for id in fact.about.iter().filter(|id| !voices.contains(id)) {
                let term = site.entities.get(id);
                let term = term.is_some_and(|e| e.entity_type == EntityType::Term);
                if let Some(links) = all.get_mut(id).filter(|_| !term) {
                    links.about.push(said.clone());
                }
            }
        }
    }
}

/// The entities that speak: the speaker first, then the body spoken for.
fn voices<'a>(site: &'a Site, fact: &'a SpeechFact) -> Vec<&'a Id> {
    let Some(speaker) = &fact.speaker else {
        return Vec::new();
    };
    let entity = speaker.entity.as_ref();
    let body = entity
        .and_then(|id| site.entities.get(id)?.affiliation.as_ref())
        .map(|body| &body.value);
    let mut voices: Vec<&Id> = entity
        .into_iter()
        .chain(body)
        .chain(&speaker.affiliation)
        .collect();
    let mut seen = std::collections::BTreeSet::new();
    voices.retain(|id| seen.insert(*id));
    voices
}

/// Whether an entity is the outlet that an article comes from.
pub fn from_outlet(article: &Article, entity: &Entity) -> bool {
    let aliases = entity.aliases.iter().map(|a| &a.value);
    let mut names = std::iter::once(&entity.name.value).chain(aliases);
    entity.entity_type == EntityType::Organization && names.any(|name| names_outlet(article, name))
}

/// Whether words are the name of the outlet that an article comes from.
pub fn names_outlet(article: &Article, words: &str) -> bool {
    let mut outlets = article.outlet.iter().chain(&article.outlet_short);
    outlets.any(|outlet| bare(outlet) == bare(words))
}

/// A name without its article.
fn bare(name: &str) -> String {
    let name = name.to_lowercase();
    name.strip_prefix("the ").unwrap_or(&name).to_owned()
}
