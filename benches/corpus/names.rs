//! The gazetteer: people, bodies, places and terms, all of different names.

use std::collections::BTreeSet;

use super::dice::Dice;
use super::words::{Scene, Words};

/// What an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    Person,
    Body,
    Place,
    Term,
}

impl Sort {
    /// Its folder below `content/`.
    pub(crate) fn folder(self) -> &'static str {
        match self {
            Self::Person => "people",
            Self::Body => "organizations",
            Self::Place => "places",
            Self::Term => "terms",
        }
    }
}

/// An entity.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    pub(crate) id: String,
    pub(crate) sort: Sort,
    pub(crate) name: String,
    /// A body's letters.
    pub(crate) alias: Option<String>,
    /// A person's family name.
    pub(crate) family: Option<String>,
    /// A place's people.
    pub(crate) demonym: Option<String>,
}

/// Half are people, a quarter bodies, a fifth places, the rest terms.
pub(crate) fn gazetteer(words: &Words, seed: u64, count: usize) -> Vec<Named> {
    let mut maker = Maker {
        words,
        used: BTreeSet::new(),
        ids: BTreeSet::new(),
    };
    let mut named: Vec<Named> = Vec::with_capacity(count);
    for number in 0..count {
        let mut dice = Dice::of(seed, "name", number);
        // Places come first of each twenty: bodies and terms are named after them.
        let sort = match number % 20 {
            0 | 4 | 8 | 12 => Sort::Place,
            1 | 6 | 11 | 15 | 17 => Sort::Body,
            19 => Sort::Term,
            _ => Sort::Person,
        };
        let made = maker.named(sort, &named, &mut dice);
        named.push(made);
    }
    named
}

struct Maker<'w> {
    words: &'w Words,
    used: BTreeSet<String>,
    ids: BTreeSet<String>,
}

impl Maker<'_> {
    fn named(&mut self, sort: Sort, before: &[Named], dice: &mut Dice) -> Named {
        let (mut name, mut family) = self.draw(sort, before, dice);
        let mut tries = 0;
        while !self.used.insert(name.clone()) || !self.ids.insert(slug(&name)) {
            tries += 1;
            (name, family) = self.draw(sort, before, dice);
            if tries > 8 {
                let side = dice.pick(self.words.list("stem"));
                name = format!("{side} {name}");
            }
        }
        let letters: String = name.chars().filter(|c| c.is_uppercase()).collect();
        let alias = (sort == Sort::Body && letters.len() > 2 && self.used.insert(letters.clone()))
            .then_some(letters);
        let ending = if name.ends_with('e') { "r" } else { "er" };
        let demonym = (sort == Sort::Place).then(|| format!("{name}{ending}"));
        Named {
            id: slug(&name),
            sort,
            name,
            alias,
            family,
            demonym,
        }
    }

    fn draw(&self, sort: Sort, before: &[Named], dice: &mut Dice) -> (String, Option<String>) {
        let mut scene = Map { places: before };
        match sort {
            Sort::Person => {
                let given = dice.pick(self.words.list("given"));
                let family = dice.pick(self.words.list("family"));
                (format!("{given} {family}"), Some(family.clone()))
            }
            Sort::Body => (self.words.make("organisation", &mut scene, dice), None),
            Sort::Term => (self.words.make("term_name", &mut scene, dice), None),
            Sort::Place => {
                let stem = dice.pick(self.words.list("stem"));
                let ending = dice.pick(self.words.list("ending"));
                let side = match dice.percent(20) {
                    true => format!("{} ", dice.pick(self.words.list("side"))),
                    false => String::new(),
                };
                (format!("{side}{stem}{ending}"), None)
            }
        }
    }
}

/// Where there are but places.
struct Map<'a> {
    places: &'a [Named],
}

impl Scene for Map<'_> {
    fn fill(&mut self, slot: &str, dice: &mut Dice, _: &Words) -> Option<String> {
        // The first of each twenty is a place.
        let at = dice.below(self.places.len()) / 20 * 20;
        (slot == "place").then(|| {
            self.places
                .get(at)
                .map_or("Farport".into(), |p| p.name.clone())
        })
    }
}

/// An id of a name.
pub(crate) fn slug(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("-")
}
