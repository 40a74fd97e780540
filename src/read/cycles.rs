//! Finds where things are parts of themselves by way of others.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::Spanned;
use crate::model::Id;

/// What each thing is a part of, or is made of.
pub(super) type Edges = BTreeMap<Id, Vec<Spanned<Id>>>;

/// A reference that closes a circle.
#[derive(Debug)]
pub(super) struct Closing {
    /// Whose reference it is.
    pub(super) from: Id,
    /// The reference.
    pub(super) to: Spanned<Id>,
    /// The ids on the way from `to` to `from`.
    pub(super) way: Vec<Id>,
}

/// The references without which there would be no circle, in the order of ids and of what is written.
pub(super) fn closing(edges: &Edges) -> Vec<Closing> {
    let mut found = Vec::new();
    let mut done: BTreeSet<&Id> = BTreeSet::new();
    for start in edges.keys() {
        if done.contains(start) {
            continue;
        }
        // A stack of its own, since a chain may be longer than the program's stack is deep.
        let mut way: Vec<(&Id, usize)> = vec![(start, 0)];
        let mut on_way: BTreeSet<&Id> = BTreeSet::from([start]);
        while let Some((from, next)) = way.last_mut() {
            let from: &Id = from;
            let Some(to) = edges.get(from).and_then(|list| list.get(*next)) else {
                on_way.remove(from);
                done.insert(from);
                way.pop();
                continue;
            };
            *next += 1;
            if on_way.contains(&to.value) {
                let ids = way.iter().map(|(id, _)| *id);
                found.push(Closing {
                    from: from.clone(),
                    to: to.clone(),
                    way: ids.skip_while(|id| **id != to.value).cloned().collect(),
                });
            } else if !done.contains(&to.value) {
                on_way.insert(&to.value);
                way.push((&to.value, 0));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{SitePath, Span};

    fn found(pairs: &[(&str, &str)]) -> Vec<String> {
        let span = Span::top(&SitePath::new("a.md"));
        let mut edges = Edges::new();
        for (from, to) in pairs {
            let to = Spanned::new(Id::new(to), span.clone());
            edges.entry(Id::new(from)).or_default().push(to);
        }
        let show = |c: Closing| format!("{} to {} by {:?}", c.from, c.to.value, c.way);
        closing(&edges).into_iter().map(show).collect()
    }

    #[test]
    fn circles_are_found_once() {
        assert_eq!(found(&[("a", "a")]), ["a to a by [a]"]);
        assert_eq!(
            found(&[("a", "b"), ("b", "c"), ("c", "b")]),
            ["c to b by [b, c]"]
        );
        assert!(found(&[("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")]).is_empty());
        let ids: Vec<String> = (0..50_000).map(|n| format!("{n:05}")).collect();
        let chain: Vec<(&str, &str)> = ids.windows(2).map(|w| (&*w[0], &*w[1])).collect();
        assert!(found(&chain).is_empty());
    }
}
