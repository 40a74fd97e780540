//! Events and articles that belong together.
//!
//! A score is a sum of small integers, one for each named reason, so it does not depend on the order of summing and one
//! edit does not nudge every score of the site. Rarity comes in buckets, one more than `ilog2(N / df)` for something that `df` of `N`
//! have: sharing what few share weighs more. Candidates come from posting lists; a list that is longer than
//! [`COMMON`] says nothing and is passed over, so the work stays far from quadratic.
//!
//! 1. [`events`]: related events, from participants, places, reports and links that editors drew.
//! 2. [`postings`]: which articles share which words, names, figures, dates, events and runs of words, and what that is worth
//!    ([`worth`]).
//! 3. [`pairs`]: the reasons that two articles have by themselves, in points, and the best few for each article; [`tally`] counts what one
//!    shares with all others.
//! 4. [`through`]: what the nearest articles of both add: two reports of one happening are near to the same others.
//! 5. [`copies`]: reprints and duplicates, which confirm nothing.
//! 6. [`stories`]: groups of articles that tell one story.
//! 7. [`telling`]: the details of each reason, as they are shown, and [`row`]: all of that in little room.
//!
//! Invariant: whatever is related has a reason by itself, and each reason can be worked out again from what it names.

mod articles;
mod copies;
mod events;
mod pairs;
mod postings;
mod row;
mod stories;
mod tally;
mod telling;
mod through;
mod worth;

use crate::model::{Id, Relation};

pub use articles::of_articles;
pub use copies::Copies;
pub(crate) use copies::origins;
pub use events::of_events;
pub use row::Row;
pub use through::CLOSE;

/// The most related events that are kept for one.
pub const KEPT: usize = 12;

/// For so many related articles words of the articles are told with the reasons; pages show fewer.
pub const QUOTED: usize = 12;

/// What more than this many have in common is no sign that any two belong together.
pub const COMMON: usize = 128;

/// The points below which things are not called related.
const ENOUGH: u16 = 4;

/// The points from which likeness of wording alone makes two articles related.
pub const STRONG: u16 = 6;

/// The points from which names that no gazetteer lists make two articles related.
const NAMED: u16 = 2;

/// The most points that shared participants or names can give.
const SHARED_CAP: u16 = 12;

/// Something related, with the reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// What is related.
    pub to: Id,
    /// The sum of the reasons' points.
    pub points: u16,
    /// Why, most points first.
    pub reasons: Vec<(Reason, u16)>,
}

/// Why two events or two articles are linked. Each can be checked against the data it names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// An editor drew the link. `outgoing` tells whether this event names the other.
    Linked {
        /// What the naming event is to the named one.
        relation: Relation,
        /// Why, in the editor's words.
        why: Option<String>,
        /// The link starts here.
        outgoing: bool,
    },
    /// The other event is the whole of which this is a part.
    PartOf,
    /// The other event is a part of this.
    HasPart,
    /// One article names the other as a report that it relies on.
    BasedOn,
    /// Both texts are the same, word for word.
    Duplicate,
    /// Most of the shorter text stands in the other: so many of a hundred of its runs of words.
    Reprint(u8),
    /// Both articles tell of these events, the rarest first.
    SharedEvents(Vec<Id>),
    /// Both events are told of in these articles.
    SameReport(Vec<Id>),
    /// Both took place there.
    SamePlace(Id),
    /// Both have these participants or name these entities, the rarest first.
    Shares(Vec<Id>),
    /// Both name these, which no gazetteer lists, in this article's words, the rarest first.
    SharedNames(Vec<String>),
    /// Both give these figures, in this article's words, the rarest first.
    SharedFigures(Vec<String>),
    /// Both name these days (ISO 8601), the rarest first.
    SameDates(Vec<String>),
    /// Both belong to these topics.
    SameTopic(Vec<Id>),
    /// A run of words stands in both.
    SameWords {
        /// How many words are in the longest one; at least so many where it is not quoted.
        count: u16,
        /// That run, where it is among the first related articles and the rights in both allow quoting it.
        words: Option<String>,
    },
    /// They use the same words, which few others do: those that say most, in this article's forms, but for parts of dates. None where
    /// nothing is quoted: the rights in either do not allow it, or others are more related. The same holds of names and figures.
    Wording(Vec<String>),
    /// These articles are near to both; none where one of the two is merely among the nearest of the other.
    Through(Vec<Id>),
    /// They are this many days apart, counted from here; both days are known.
    Days(i32),
}

impl Reason {
    /// Whether the reason can make a link by itself, with its points.
    fn links(&self, points: u16) -> bool {
        match self {
            Self::Wording(_) => points >= STRONG,
            Self::SharedNames(_) => points >= NAMED,
            Self::Days(_)
            | Self::SameTopic(_)
            | Self::Through(_)
            | Self::SharedFigures(_)
            | Self::SameDates(_) => false,
            _ => points > 0,
        }
    }
}

/// How rare something is that `df` of `total` have: 0 for what more than half have, 2 for a half, and one more for each halving.
fn rarity(total: usize, df: usize) -> u16 {
    let ratio = (total / df.max(1)).max(1);
    u16::try_from(ratio.ilog2()).unwrap_or(0) + u16::from(ratio >= 2)
}

/// Sums up the reasons; nothing if they do not suffice or none of them makes a link by itself.
fn finish(to: &Id, mut reasons: Vec<(Reason, u16)>) -> Option<Related> {
    let points = reasons
        .iter()
        .fold(0u16, |sum, (_, n)| sum.saturating_add(*n));
    if points < ENOUGH || !reasons.iter().any(|(r, n)| r.links(*n)) {
        return None;
    }
    reasons.sort_by(|(a, m), (b, n)| n.cmp(m).then_with(|| a.cmp(b)));
    Some(Related {
        to: to.clone(),
        points,
        reasons,
    })
}

#[cfg(test)]
mod tests;
