//! Whether what editors wrote is the same but for the text below the front matter, of which neither names nor links are made.

use std::collections::BTreeMap;

use crate::model::{Common, Entity, Event, Id, Measure, Topic};

/// Something with a text below its front matter.
pub(super) trait WithBody: Clone + PartialEq {
    fn common(&mut self) -> &mut Common;
}

macro_rules! with_body {
    ($($kind:ident),*) => {$(
        impl WithBody for $kind {
            fn common(&mut self) -> &mut Common {
                &mut self.common
            }
        }
    )*};
}

with_body!(Entity, Event, Measure, Topic);

/// Whether two maps have the same things but for their texts.
pub(super) fn alike_but_bodies<T: WithBody>(a: &BTreeMap<Id, T>, b: &BTreeMap<Id, T>) -> bool {
    let mut pairs = a.iter().zip(b);
    a.len() == b.len() && pairs.all(|((x, a), (y, b))| x == y && same(a, b))
}

/// What of the first map is not in the second, or not the same but for its text.
pub(super) fn unlike<'a, T: WithBody>(
    a: &'a BTreeMap<Id, T>,
    b: &BTreeMap<Id, T>,
) -> impl Iterator<Item = &'a T> + Clone {
    let unlike = |(id, one): &(&Id, &T)| !b.get(*id).is_some_and(|other| same(*one, other));
    a.iter().filter(unlike).map(|(_, one)| one)
}

fn same<T: WithBody>(a: &T, b: &T) -> bool {
    a == b || with_body_of(a, b) == *b
}

fn with_body_of<T: WithBody>(one: &T, other: &T) -> T {
    let body = other.clone().common().body.clone();
    let mut one = one.clone();
    one.common().body = body;
    one
}
