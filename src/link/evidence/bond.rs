//! What the entities that a sentence names have to do with an event: its place, a place around it, a participant, or one that
//! speaks for a participant. All of it comes from the gazetteer.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::lexicon::{folded, words};
use crate::model::{Entity, EntityType, Event, Id, Site};

/// What a place that a sentence names is to the place of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nearness {
    /// It is that place.
    Itself,
    /// It lies in that place, which is its country.
    Inside,
    /// That place has its name in its own: the city of `consulate in Shenyang`.
    Named,
    /// It is that place's country.
    Country,
}

/// What an entity that a sentence names is to a participant of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stands {
    /// It is that participant.
    Itself,
    /// A capital, whose name may stand for the government of that country.
    Capital,
    /// A person or body that speaks for it.
    Voice,
    /// A body of that country.
    Body,
}

/// What the entities of a site are to the events.
pub(super) struct Bonds<'s> {
    /// The cities and countries that may stand for a country's government, by the country's name.
    capitals: BTreeMap<&'s str, Vec<&'s Id>>,
    /// Those who speak for an entity.
    voices: BTreeMap<&'s Id, Vec<&'s Id>>,
    /// Organisations, by the name of their country.
    bodies: BTreeMap<&'s str, Vec<&'s Id>>,
    /// Places, by the name of their country.
    inside: BTreeMap<&'s str, Vec<&'s Id>>,
    /// Places by name.
    places: BTreeMap<&'s str, &'s Id>,
    /// Places by the first word of their name, for finding them in other names.
    first_words: HashMap<String, Vec<(Vec<String>, &'s Id)>>,
}

/// The entities that matter to one event.
#[derive(Debug, Default)]
pub(super) struct Bond<'s> {
    /// What each is to the event's place.
    pub(super) place: BTreeMap<&'s Id, Nearness>,
    /// What each is to participants: the participant, and how.
    pub(super) who: BTreeMap<&'s Id, Vec<(&'s Id, Stands)>>,
}

impl<'s> Bonds<'s> {
    /// The bonds between all entities.
    pub(super) fn of(site: &'s Site) -> Self {
        let mut bonds = Self {
            capitals: BTreeMap::new(),
            voices: BTreeMap::new(),
            bodies: BTreeMap::new(),
            inside: BTreeMap::new(),
            places: BTreeMap::new(),
            first_words: HashMap::new(),
        };
        for (id, entity) in &site.entities {
            if let Some(body) = &entity.affiliation {
                bonds.voices.entry(&body.value).or_default().push(id);
            }
            let country = entity.country.as_deref();
            match entity.entity_type {
                EntityType::Place => bonds.add_place(id, entity),
                EntityType::Organization => {
                    if let Some(country) = country {
                        bonds.bodies.entry(country).or_default().push(id);
                    }
                }
                EntityType::Person | EntityType::Term => {}
            }
        }
        bonds
    }

    fn add_place(&mut self, id: &'s Id, entity: &'s Entity) {
        self.places.insert(&entity.name.value, id);
        if let Some(country) = entity.country.as_deref() {
            self.inside.entry(country).or_default().push(id);
            if entity.metonym.is_some() {
                self.capitals.entry(country).or_default().push(id);
            }
        }
        let name: Vec<String> = words(&entity.name.value).map(folded).collect();
        if let Some(first) = name.first().cloned() {
            self.first_words.entry(first).or_default().push((name, id));
        }
    }

    /// What the entities are to an event.
    pub(super) fn bond(&self, site: &'s Site, event: &'s Event) -> Bond<'s> {
        let mut bond = Bond::default();
        if let Some(place) = &event.place
            && let Some(entity) = site.entities.get(&place.value)
        {
            self.around(&place.value, entity, &mut bond.place);
        }
        let participants: BTreeSet<&Id> = event.participants.iter().map(|p| &p.value).collect();
        for participant in participants {
            let Some(entity) = site.entities.get(participant) else {
                continue;
            };
            let mut add = |id: &'s Id, how| {
                let known = bond.who.entry(id).or_default();
                if known.iter().all(|(of, _)| *of != participant) {
                    known.push((participant, how));
                }
            };
            add(participant, Stands::Itself);
            let name = entity.name.value.as_str();
            let is_country = entity.entity_type == EntityType::Place;
            let of = |map: &BTreeMap<&'s str, Vec<&'s Id>>| {
                let list = map.get(name).filter(|_| is_country);
                list.cloned().unwrap_or_default()
            };
            of(&self.capitals)
                .into_iter()
                .for_each(|id| add(id, Stands::Capital));
            let voices = self.voices.get(participant).into_iter().flatten();
            voices.for_each(|id| add(id, Stands::Voice));
            of(&self.bodies)
                .into_iter()
                .for_each(|id| add(id, Stands::Body));
        }
        bond
    }

    fn around(&self, place: &'s Id, entity: &'s Entity, into: &mut BTreeMap<&'s Id, Nearness>) {
        into.insert(place, Nearness::Itself);
        let inside = self.inside.get(entity.name.value.as_str());
        for id in inside.into_iter().flatten() {
            into.entry(id).or_insert(Nearness::Inside);
        }
        for name in std::iter::once(&entity.name).chain(&entity.aliases) {
            let name: Vec<String> = words(&name.value).map(folded).collect();
            for at in 0..name.len() {
                let starting = self.first_words.get(&name[at]).into_iter().flatten();
                for (words, id) in starting {
                    if name[at..].starts_with(words) {
                        into.entry(id).or_insert(Nearness::Named);
                    }
                }
            }
        }
        if let Some(country) = entity.country.as_deref()
            && let Some(id) = self.places.get(country)
        {
            into.entry(id).or_insert(Nearness::Country);
        }
    }
}
