//! The tables: what each record is, and how it fills its columns.
//!
//! Invariants: a record refers to others only by ids that stand in their tables; the words of an article stand in a record only
//! where its page prints them; nothing names a protected person.

mod articles;
mod entities;
mod events;
mod evidence;
mod figures;
mod marks;
mod measures;
mod mentions;
mod quotations;
mod related;
mod times;
mod topics;
mod values;

use super::table::{Field, Table};
use super::write::{self, Written};
use crate::model::{Article, DateBasis, Hedge, Id, Kind, Rights, State, Status};
use crate::render::view::Briefing;
use crate::render::view::address::Linker;

/// How a date is known.
const BASIS: &[&str] = &["stated", "inferred", "supplied"];

/// Whether an event took place.
const STATUS: &[&str] = &["planned", "held", "cancelled", "postponed", "reported"];

/// Whether an annotation was made by rule alone.
const STATE: &[&str] = &["automatic", "reviewed"];

/// How exact a source is about a figure.
const HEDGE: &[&str] = &["exact", "about", "at-least", "up-to"];

/// What sort of number a figure is.
const FIGURE: &[&str] = &["cardinal", "ordinal", "percent", "money", "measure"];

/// A table without the type of its records.
pub(super) struct AnyTable {
    /// The name of its files.
    pub(super) name: &'static str,
    /// What one record is.
    pub(super) record: &'static str,
    /// Whether there is a JSON file with one object for each record.
    pub(super) json: bool,
    /// Whether articles have many records each.
    pub(super) many: bool,
    /// Its columns.
    pub(super) fields: fn() -> Vec<Field>,
    /// The things that records belong to.
    pub(super) ids: for<'b> fn(&'b Briefing) -> Vec<&'b Id>,
    /// How many records some things have.
    pub(super) count: fn(&Briefing, &[&Id]) -> usize,
    /// Writes the records of some things.
    pub(super) write: fn(&Briefing, &[&Id]) -> Written,
}

/// Every table, in the order in which they are told of.
pub(super) const TABLES: [AnyTable; 14] = [
    any::<articles::Articles>(),
    any::<events::Events>(),
    any::<evidence::Statements>(),
    any::<events::Links>(),
    any::<entities::Entities>(),
    any::<topics::Topics>(),
    any::<topics::Memberships>(),
    any::<measures::Measures>(),
    any::<values::Values>(),
    any::<mentions::Mentions>(),
    any::<times::Times>(),
    any::<figures::Figures>(),
    any::<quotations::Quotations>(),
    any::<related::Pairs>(),
];

const fn any<T: Table>() -> AnyTable {
    AnyTable {
        name: T::NAME,
        record: T::RECORD,
        json: T::JSON,
        many: T::MANY,
        fields: || T::columns().into_iter().map(|c| c.field).collect(),
        ids: T::ids,
        count: |briefing, ids| {
            let mut records = 0;
            for id in ids {
                T::rows(briefing, id, &mut |_| records += 1);
            }
            records
        },
        write: write::write::<T>,
    }
}

impl Briefing<'_> {
    /// Addresses for use outside the site: whole where the site knows where it stands, from its root otherwise.
    pub(in crate::render) fn outside(&self) -> Linker<'_> {
        Linker::absolute(self.addresses, self.base_url.unwrap_or_default())
    }

    /// The address of a thing's page.
    fn page_of(&self, kind: Kind, id: &Id) -> Option<String> {
        self.outside().to(kind, id)
    }

    /// An entity that may be named.
    fn open<'i>(&self, entity: &'i Id) -> Option<&'i Id> {
        let known = self.addresses.get(Kind::Entity, entity).is_some();
        known.then_some(entity)
    }

    /// The place where a sentence can be read; its article's page where that does not print it.
    fn sentence_url(&self, article: &Article, sentence: u32) -> Option<String> {
        let outside = self.outside();
        match article.rights {
            Rights::Full => outside.to_place(Kind::Article, article.id(), &format!("s{sentence}")),
            Rights::Excerpt | Rights::Metadata => outside.to(Kind::Article, article.id()),
        }
    }
}

fn basis(basis: DateBasis) -> &'static str {
    match basis {
        DateBasis::Stated => "stated",
        DateBasis::Inferred => "inferred",
        DateBasis::Supplied => "supplied",
    }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Planned => "planned",
        Status::Held => "held",
        Status::Cancelled => "cancelled",
        Status::Postponed => "postponed",
        Status::Reported => "reported",
    }
}

fn state(state: State) -> &'static str {
    match state {
        State::Automatic => "automatic",
        State::Reviewed => "reviewed",
    }
}

fn hedge(hedge: Hedge) -> &'static str {
    match hedge {
        Hedge::Exact => "exact",
        Hedge::About => "about",
        Hedge::AtLeast => "at-least",
        Hedge::UpTo => "up-to",
    }
}

/// The number of a sentence as an id: `voa-2013-08-13/s12`.
fn sentence_id(article: &Id, number: u32) -> String {
    format!("{article}/s{number}")
}
