//! Dense numbers for ids, so that what is counted for each of thousands of mentions is counted in a list and not in a tree of texts.

use std::collections::HashMap;

use crate::annotate::wording::ByHash;
use crate::model::Id;

/// Numbers for ids, in the order in which they come.
#[derive(Debug, Default)]
pub(super) struct Numbers<'a> {
    /// By where the text of an id stands in memory: most ids that are equal are clones of one.
    by_place: ByHash<u32>,
    by_id: HashMap<&'a Id, u32>,
    ids: Vec<&'a Id>,
}

impl<'a> Numbers<'a> {
    /// The number of an id.
    pub(super) fn number(&mut self, id: &'a Id) -> u32 {
        let place = spread(id.as_str().as_ptr() as u64);
        if let Some(number) = self.by_place.get(&place) {
            return *number;
        }
        let next = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
        let number = *self.by_id.entry(id).or_insert_with(|| {
            self.ids.push(id);
            next
        });
        // Two ids of no length might stand at one place.
        if !id.as_str().is_empty() {
            self.by_place.insert(place, number);
        }
        number
    }

    /// The ids by number.
    pub(super) fn ids(&self) -> &[&'a Id] {
        &self.ids
    }

    /// The numbers of some ids, each once, in order.
    pub(super) fn distinct(&mut self, ids: impl Iterator<Item = &'a Id>, into: &mut Vec<u32>) {
        into.clear();
        into.extend(ids.map(|id| self.number(id)));
        into.sort_unstable();
        into.dedup();
    }
}

/// Spreads the bits of a number over all of it; two numbers never become one.
pub(super) fn spread(number: u64) -> u64 {
    let number = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    number ^ (number >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_ids_have_one_number_wherever_they_stand() {
        let ids = ["a", "b", "a", "c", "b"].map(Id::new);
        let clone = ids[3].clone();
        let mut numbers = Numbers::default();
        let found: Vec<u32> = ids.iter().map(|id| numbers.number(id)).collect();
        assert_eq!(found, [0, 1, 0, 2, 1]);
        assert_eq!(numbers.number(&clone), 2);
        assert_eq!(numbers.ids().len(), 3);
        let mut some = Vec::new();
        numbers.distinct([&ids[4], &ids[0], &ids[1]].into_iter(), &mut some);
        assert_eq!(some, [0, 1]);
    }
}
