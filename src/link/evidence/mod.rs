//! Which sentences tell of which event: found by time, place, participants and wording, and each finding with its reasons.
//!
//! 1. [`Lexicon`] has every event's phrases and the words of its title as stems; a [`Reader`] finds them in an article's
//!    sentences, all at once ([`Telling`]).
//! 2. `fit` compares the time that a sentence names with the event's date, each as finely as it is known. A sentence that
//!    names another time is out; one that names none may carry that of the sentence before it, or of the day of its report.
//! 3. `bond` knows from the gazetteer which names stand for the event's place and participants.
//! 4. `search` goes through candidates: sentences with one of the event's phrases, and those that name its day or month. `score`
//!    sums up the [`Part`]s of each, and a rule decides.
//!
//! Invariants: the points of a finding are the sum of its parts', and each part is true of the sentence by itself; the
//! result does not depend on the order of articles or events. A wrong statement is worse than a missing one, so a rule that is
//! in doubt says no.

mod bond;
mod fit;
mod irregular;
pub(crate) mod lexicon;
mod score;
mod search;
mod telling;
#[cfg(test)]
mod tests;

pub use bond::{Nearness, Stands};
pub use fit::Fit;
pub use lexicon::{Lexicon, Reader, is_grammar};
pub use search::{Found, Search};
pub use telling::{Telling, read};

pub(crate) use fit::{Stretch, stretches};

use std::collections::BTreeSet;

use crate::model::Id;

/// One reason to take a sentence for a statement about an event.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The time agrees.
    Time {
        /// How.
        fit: Fit,
        /// TIMEX3's value; for the day of the report its date.
        value: String,
        /// Where the time is told.
        from: TimeFrom,
    },
    /// The place, or one around or in it, is named.
    Place {
        /// The place named.
        named: Id,
        /// What it is to the event's place.
        nearness: Nearness,
    },
    /// A participant is named, or one that stands for it.
    Participant {
        /// The entity named.
        named: Id,
        /// The participant.
        of: Id,
        /// What the one is to the other.
        stands: Stands,
    },
    /// The place or a participant, or one that stands for it, is named in another sentence of the report.
    Elsewhere {
        /// The entity named.
        named: Id,
    },
    /// The editor's phrase stands there.
    Phrase {
        /// The phrase as the editor wrote it.
        phrase: String,
        /// Whether with other words between.
        gaps: bool,
    },
    /// Words of the event's title stand there.
    Wording {
        /// The words, as in the title.
        words: Vec<String>,
    },
}

/// Where a time is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeFrom {
    /// In the sentence itself.
    Sentence,
    /// In a sentence before it in its paragraph, by number.
    Carried(u32),
    /// Nowhere: it is the day of the report.
    Report,
}

/// Which fields of an event a statement bears out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bears {
    /// It, or a sentence before it in its paragraph, names a time that agrees with the event's.
    pub time: bool,
    /// It names the place itself.
    pub place: bool,
    /// The participants that it names, or names somebody for.
    pub who: BTreeSet<Id>,
}

/// The reasons to take a sentence for a statement, most points first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Finding {
    /// Each with its points, 1 or more.
    pub parts: Vec<(Part, u16)>,
}

impl Finding {
    /// The sum of the points.
    pub fn points(&self) -> u16 {
        let points = self.parts.iter().map(|(_, points)| *points);
        points.fold(0, u16::saturating_add)
    }
}
