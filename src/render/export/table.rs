//! What a table of data is: its columns, each with a name, a type, a meaning and how a record fills it.
//!
//! Everything that tells of a table comes from here: the JSON and the CSV, the schema, the documentation, the catalogue. They
//! cannot disagree.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::model::{Amount, Id};
use crate::render::view::Briefing;

/// A table. Its records belong to things of one kind, in order of their ids: mentions to articles, evidence to events.
pub(super) trait Table: Sized + 'static {
    /// The name of its files.
    const NAME: &'static str;
    /// What one record is, in a sentence without a full stop.
    const RECORD: &'static str;
    /// Whether there is a JSON file with one object for each record.
    const JSON: bool = true;
    /// Whether articles have many records each, so that large sites write them only if asked to, and then in a file for each month
    /// of publication.
    const MANY: bool = false;
    /// A record, borrowed from what it is made of.
    type Row<'a>;

    /// The columns, in order.
    fn columns() -> Vec<Column<Self>>;

    /// The things that records belong to.
    fn ids<'b>(briefing: &'b Briefing) -> Vec<&'b Id>;

    /// Shows every record of one thing to `visit`, in order.
    fn rows(briefing: &Briefing, id: &Id, visit: &mut dyn FnMut(&Self::Row<'_>));
}

/// A column of a table.
pub(super) struct Column<T: Table> {
    /// What it is called and what it holds.
    pub(super) field: Field,
    /// What a record has there.
    pub(super) cell: for<'r, 'a> fn(&'r T::Row<'a>) -> Cell<'r>,
}

/// What a column is called and what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Field {
    /// Its name: of schema.org, TIMEX3, the W3C's Web Annotation or CSL where one of them has a word for it.
    pub(super) name: &'static str,
    /// The type of its values.
    pub(super) holds: Holds,
    /// Whether a record may have nothing there.
    pub(super) optional: bool,
    /// What it means.
    pub(super) about: &'static str,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// The id of a record of the table of that name.
    Id(&'static str),
    /// Ids of records of the table of that name.
    Ids(&'static str),
    /// The id of a sentence: no table has these, pages have them as fragments.
    Sentence,
    /// An address: of a page or place of the site, or elsewhere.
    Url,
    /// Addresses.
    Urls,
    /// Words.
    Text,
    /// Several pieces of text.
    Texts,
    /// Texts by BCP 47 tag.
    Names,
    /// A BCP 47 tag.
    Language,
    /// A day, `2013-08-14`.
    Day,
    /// A date in the Extended Date/Time Format (ISO 8601-2), `2002-05`, `2002~`, `2013-07-01/2013-08-14`.
    Edtf,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// Several of these words.
    SomeOf(&'static [&'static str]),
    /// A whole number, not negative.
    Whole,
    /// A number, in the unit that the column's meaning names.
    Number,
    /// Degrees, between minus and plus this.
    Degrees(u16),
    /// True or false.
    Flag,
}

/// What a record has in a column.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell<'r> {
    /// Nothing is known.
    Nothing,
    /// Words, an id, an address, a date.
    Text(Cow<'r, str>),
    /// A whole number.
    Whole(u64),
    /// A number; nothing where it is not finite.
    Number(f64),
    /// True or false.
    Flag(bool),
    /// Several texts.
    List(Vec<Cow<'r, str>>),
    /// Texts by key.
    Names(Vec<(&'r str, &'r str)>),
}

/// A column that every record fills.
pub(super) fn column<T: Table>(
    name: &'static str,
    holds: Holds,
    about: &'static str,
    cell: for<'r, 'a> fn(&'r T::Row<'a>) -> Cell<'r>,
) -> Column<T> {
    let field = Field {
        name,
        holds,
        optional: false,
        about,
    };
    Column { field, cell }
}

/// A column in which a record may have nothing.
pub(super) fn maybe<T: Table>(
    name: &'static str,
    holds: Holds,
    about: &'static str,
    cell: for<'r, 'a> fn(&'r T::Row<'a>) -> Cell<'r>,
) -> Column<T> {
    let mut column = column(name, holds, about, cell);
    column.field.optional = true;
    column
}

impl<'r> Cell<'r> {
    /// A list of texts.
    pub(super) fn list<S: Into<Cow<'r, str>>>(texts: impl IntoIterator<Item = S>) -> Self {
        Self::List(texts.into_iter().map(Into::into).collect())
    }

    /// A list of ids.
    pub(super) fn ids(ids: impl IntoIterator<Item = &'r Id>) -> Self {
        Self::list(ids.into_iter().map(Id::as_str))
    }

    /// Numbers that are whole in the unit of their count.
    pub(super) fn whole(n: impl TryInto<u64>) -> Self {
        n.try_into().map_or(Self::Nothing, Self::Whole)
    }
}

impl<'r, T: Into<Cell<'r>>> From<Option<T>> for Cell<'r> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}

impl<'r> From<&'r str> for Cell<'r> {
    fn from(text: &'r str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl<'r> From<&'r String> for Cell<'r> {
    fn from(text: &'r String) -> Self {
        Self::Text(text.into())
    }
}

impl<'r> From<&'r Id> for Cell<'r> {
    fn from(id: &'r Id) -> Self {
        Self::Text(id.as_str().into())
    }
}

impl<'r> From<&'r Box<str>> for Cell<'r> {
    fn from(text: &'r Box<str>) -> Self {
        Self::Text((&**text).into())
    }
}

impl From<Date> for Cell<'_> {
    fn from(day: Date) -> Self {
        Self::Text(day.to_string().into())
    }
}

impl From<Amount> for Cell<'_> {
    fn from(amount: Amount) -> Self {
        Self::Number(amount.get())
    }
}

impl From<bool> for Cell<'_> {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}
