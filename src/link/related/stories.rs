//! Groups of articles that tell one story, by average link: two groups become one while their articles have, on average over all
//! pairs, at least [`SAME_STORY`] points with each other. Groups that are linked by one article alone stay apart.
//!
//! An average reaches what none of its numbers reaches only by rounding up, and averages are rounded down. So groups can become one only
//! within a cluster of articles that pairs with so many points hold together, and only the pairs within such a cluster count.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::copies::Groups;
use super::postings::number;

/// The points, of reasons that tell stories apart, from which two groups of articles tell one story.
const SAME_STORY: u64 = 55;

/// Hundredths, so that averages are compared closely enough in integers.
const GRAIN: u64 = 100;

/// Two articles, the first by number first, with the points between them.
pub(super) type Between = (u32, u32, u16);

/// The groups of two articles or more, each in order, from the points between `articles` of them. Of a pair that is there twice the larger
/// number counts; one that is not there has none.
pub(super) fn stories(
    articles: usize,
    pairs: impl Iterator<Item = Between> + Clone,
) -> Vec<Vec<u32>> {
    grouped(articles, &within_clusters(articles, pairs))
}

fn grouped(articles: usize, pairs: &[Between]) -> Vec<Vec<u32>> {
    let mut groups: Vec<Group> = (0..articles).map(|i| Group::of(number(i))).collect();
    for &(a, b, points) in pairs {
        for (one, other) in [(a, b), (b, a)] {
            if let Some(group) = groups.get_mut(one as usize) {
                group.points.insert(other, u64::from(points));
            }
        }
    }
    let mut queue: BinaryHeap<Candidate> = pairs
        .iter()
        .filter_map(|&(a, b, points)| Candidate::new(u64::from(points) * GRAIN, a, b, (0, 0)))
        .collect();
    while let Some(next) = queue.pop() {
        let (a, b) = (next.pair.0 as usize, next.pair.1 as usize);
        let fresh = groups
            .get(a)
            .zip(groups.get(b))
            .is_some_and(|(x, y)| x.alive && y.alive && (x.version, y.version) == next.versions);
        if fresh {
            merge(&mut groups, a, b, &mut queue);
        }
    }
    let told = groups
        .into_iter()
        .filter(|g| g.alive && g.members.len() > 1);
    told.map(|g| g.members.into_iter().collect()).collect()
}

/// The pairs of articles that may be in one group, each once and in order.
fn within_clusters(articles: usize, pairs: impl Iterator<Item = Between> + Clone) -> Vec<Between> {
    let mut clusters = Groups::new(articles);
    for (a, b, points) in pairs.clone() {
        if u64::from(points) >= SAME_STORY {
            clusters.join(a, b);
        }
    }
    let there = pairs.filter(|(.., points)| *points > 0);
    let mut together: Vec<Between> = there
        .filter(|(a, b, _)| clusters.root(*a) == clusters.root(*b))
        .collect();
    together.sort_unstable_by_key(|&(a, b, points)| (a, b, Reverse(points)));
    together.dedup_by_key(|&mut (a, b, _)| (a, b));
    together
}

struct Group {
    members: BTreeSet<u32>,
    /// By other group, the sum of the points of all pairs.
    points: BTreeMap<u32, u64>,
    alive: bool,
    version: u32,
}

impl Group {
    fn of(article: u32) -> Self {
        Self {
            members: BTreeSet::from([article]),
            points: BTreeMap::new(),
            alive: true,
            version: 0,
        }
    }
}

/// Two groups that may become one. The nearest come first, and of those the first by number.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    average: u64,
    order: std::cmp::Reverse<(u32, u32)>,
    pair: (u32, u32),
    versions: (u32, u32),
}

impl Candidate {
    fn new(average: u64, a: u32, b: u32, versions: (u32, u32)) -> Option<Self> {
        (average >= SAME_STORY * GRAIN).then_some(Self {
            average,
            order: std::cmp::Reverse((a, b)),
            pair: (a, b),
            versions,
        })
    }
}

/// Makes `b` a part of `a`.
fn merge(groups: &mut [Group], a: usize, b: usize, queue: &mut BinaryHeap<Candidate>) {
    let (Some(name), Some(gone)) = (u32::try_from(a).ok(), groups.get_mut(b)) else {
        return;
    };
    gone.alive = false;
    let (members, points) = (
        std::mem::take(&mut gone.members),
        std::mem::take(&mut gone.points),
    );
    for (&other, sum) in &points {
        if let Some(of) = groups.get_mut(other as usize) {
            of.points.remove(&number(b));
            if other != name {
                *of.points.entry(name).or_default() += sum;
            }
        }
    }
    let Some(group) = groups.get_mut(a) else {
        return;
    };
    group.members.extend(members);
    group.version += 1;
    for (other, sum) in points {
        if other != name {
            *group.points.entry(other).or_default() += sum;
        }
    }
    let (size, version) = (group.members.len(), group.version);
    let around: Vec<(u32, u64)> = group.points.iter().map(|(o, s)| (*o, *s)).collect();
    for (other, sum) in around {
        let Some(of) = groups.get(other as usize) else {
            continue;
        };
        let average = sum * GRAIN / (size * of.members.len()).max(1) as u64;
        let (pair, versions) = match name < other {
            true => ((name, other), (version, of.version)),
            false => ((other, name), (of.version, version)),
        };
        queue.extend(Candidate::new(average, pair.0, pair.1, versions));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn groups(articles: usize, pairs: &[(u32, u32, u16)]) -> Vec<Vec<u32>> {
        stories(articles, pairs.iter().copied())
    }

    #[test]
    fn a_single_bridge_joins_no_stories() {
        let two = [(0, 1, 90), (2, 3, 90), (1, 2, 80)];
        assert_eq!(groups(5, &two), [[0, 1], [2, 3]]);
    }

    #[test]
    fn near_on_average_is_one_story() {
        let near = [
            (0, 1, 90),
            (2, 3, 90),
            (1, 2, 90),
            (0, 2, 80),
            (1, 3, 60),
            (0, 3, 30),
        ];
        assert_eq!(groups(4, &near), [[0, 1, 2, 3]]);
        assert!(groups(4, &[(0, 1, 54)]).is_empty());
    }

    proptest! {
        /// What lies outside of clusters changes nothing.
        #[test]
        fn clusters_leave_nothing_out(
            points in proptest::collection::btree_map((0u32..9, 0u32..9), 30u16..80, 0..30),
        ) {
            let pairs: Vec<Between> = points
                .into_iter()
                .filter(|((a, b), _)| a < b)
                .map(|((a, b), n)| (a, b, n))
                .collect();
            prop_assert_eq!(stories(9, pairs.iter().copied()), grouped(9, &pairs));
        }
    }
}
