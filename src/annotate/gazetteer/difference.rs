//! Which texts a change of the gazetteer may concern.

use std::collections::BTreeSet;

use aho_corasick::AhoCorasick;

use super::{Patterns, collect, contests};
use crate::annotate::prose::{Prose, spell};
use crate::model::{Entity, Id};

/// Where a gazetteer may find other names than one in which some entities are otherwise, are missing, or are there besides.
#[derive(Debug)]
pub struct Difference {
    ids: BTreeSet<Id>,
    /// Everything that their names and context words may look like; none if it is too much to be looked for.
    forms: Option<AhoCorasick>,
}

impl Difference {
    /// That of two gazetteers of which one has `changed` and the other does not, or has them otherwise: give both then. `all` are the
    /// entities of both.
    pub fn new<'e>(
        changed: impl Iterator<Item = &'e Entity> + Clone,
        all: impl Iterator<Item = &'e Entity>,
    ) -> Self {
        let (mut exact, mut folded) = (Patterns::default(), Patterns::default());
        let ids: BTreeSet<Id> = changed.clone().map(|entity| entity.id().clone()).collect();
        // A term is told in headlines for the sake of others, which say so in their own entries.
        let others: BTreeSet<&Id> = changed.flat_map(contests).collect();
        let concerned = all.filter(|e| ids.contains(e.id()) || others.contains(e.id()));
        for entity in concerned {
            collect(entity, 0, &mut exact, &mut folded);
        }
        let forms = exact.0.keys().chain(folded.0.keys());
        let forms = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(forms);
        Self {
            ids,
            forms: forms.ok(),
        }
    }

    /// Whether an entity is among those that differ.
    pub fn has(&self, id: &Id) -> bool {
        self.ids.contains(id)
    }

    /// Whether other names may be found in an article of this prose and headline. If not, none are.
    pub fn concerns(&self, prose: &Prose, headline: &str) -> bool {
        let found = |text: &str| self.forms.as_ref().is_none_or(|forms| forms.is_match(text));
        found(prose.text()) || found(&spell(headline))
    }
}
