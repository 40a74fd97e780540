//! Events (schema.org `Event`).

use std::collections::BTreeMap;

use super::{Common, DateBasis, Id};
use crate::base::{Edtf, Spanned};

/// Something that happened, or was to happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Id, slug, body and the like.
    pub common: Common,
    /// What happened, in a headline.
    pub title: String,
    /// When.
    pub date: Edtf,
    /// How the date is known.
    pub date_basis: DateBasis,
    /// How it was found, in words.
    pub date_note: Option<String>,
    /// Whether it took place.
    pub status: Status,
    /// Where.
    pub place: Option<Spanned<Id>>,
    /// Who took part.
    pub participants: Vec<Spanned<Id>>,
    /// As what some of them took part: `host`, `mediator`.
    pub roles: BTreeMap<Id, String>,
    /// Topics it belongs to.
    pub topics: Vec<Spanned<Id>>,
    /// The event of which it is a part.
    pub part_of: Option<Spanned<Id>>,
    /// Links to other events, drawn by the editor.
    pub links: Vec<EventLink>,
    /// Wording that signals it.
    pub phrases: Vec<String>,
    /// Sentences that tell of it.
    pub evidence: Vec<Evidence>,
    /// Sentences that do not, though they look so.
    pub not_evidence: Vec<Evidence>,
    /// How it ended.
    pub outcome: Option<String>,
    /// What we cannot say.
    pub gaps: Vec<String>,
}

/// Whether an event took place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Announced.
    Planned,
    /// It took place.
    #[default]
    Held,
    /// Called off.
    Cancelled,
    /// Put off.
    Postponed,
    /// A source says so at second hand.
    Reported,
}

/// A link from one event to another, drawn by the editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventLink {
    /// What this event is to the other.
    pub relation: Relation,
    /// The other.
    pub to: Spanned<Id>,
    /// Why, in words.
    pub why: Option<String>,
}

/// What one event is to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// It comes of it.
    Follows,
    /// It calls it off.
    Cancels,
    /// It answers it.
    RespondsTo,
    /// It denies it.
    Disputes,
}

/// Words of an article that bear something out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The article.
    pub article: Spanned<Id>,
    /// Its words, possibly shortened as `first words … last words`.
    pub quote: Spanned<String>,
    /// The event's status as this source has it, if it differs.
    pub status: Option<Status>,
    /// A remark.
    pub note: Option<String>,
}
