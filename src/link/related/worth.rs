//! What it is worth that articles share something.

use std::collections::HashSet;

use super::postings::Kind;
use super::rarity;
use crate::model::{Entity, EntityType};

/// A site of fewer articles is taken for a part of one that has so many, where people and organisations are concerned: whom all of five
/// reports name still ties them together. Places do not: they are where all of it happens.
const FEW: usize = 8;

/// How rare things are among the articles of a site.
pub(super) struct Worth {
    /// How many articles there are.
    total: usize,
    /// The keys of people and organisations; none where there are articles enough.
    actors: HashSet<u64>,
}

impl Worth {
    /// For so many articles, with these entities.
    pub(super) fn new<'e>(entities: impl Iterator<Item = &'e Entity>, total: usize) -> Self {
        let acts = |e: &&Entity| {
            total < FEW && matches!(e.entity_type, EntityType::Person | EntityType::Organization)
        };
        let keys = entities
            .filter(acts)
            .map(|e| Kind::Entity.key(e.id().as_str()));
        Self {
            total,
            actors: keys.collect(),
        }
    }

    /// For what so many of the articles have; 0 where it says nothing.
    pub(super) fn of(&self, kind: Kind, key: u64, articles: usize) -> u16 {
        match kind {
            Kind::Word => {
                let ratio = (self.total / articles.max(1)).max(1);
                u16::try_from(ratio.ilog2()).unwrap_or(0)
            }
            Kind::Entity if self.actors.contains(&key) => rarity(self.total.max(FEW), articles),
            _ => rarity(self.total, articles),
        }
    }
}
