//! Why an expression has its value: facts to print in words.
//!
//! [`Why::words`] is English, for the command line.  Pages say it in the site's language: a reason
//! is a message (`time.why.KEY`) with words for its places ([`Why::message`]).

use jiff::civil::{Date, Weekday};

use super::parts::From;
use super::tense::Tense;
use super::value::Unit;
use crate::model::{TimeWhy, WhyWord};

/// What the words of a partial date name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A day of the week, Monday being 1.
    Weekday(u8),
    /// A month, January being 1.
    Month(u8),
    /// A day of a month: the month, and the day.
    Date(u8, u8),
    /// A day of a month that is not named.
    Day(u8),
    /// A season, by TIMEX3's letters.
    Season([u8; 2]),
    /// A stretch of the calendar: a quarter.
    Unit(Unit),
    /// A holiday.
    Holiday,
}

impl Named {
    /// The English words.
    fn words(self) -> String {
        match self {
            Named::Weekday(weekday) => weekday_name(weekday).into(),
            Named::Month(month) => month_name(month).into(),
            Named::Date(month, day) => format!("{day} {}", month_name(month)),
            Named::Day(day) => format!("day {day} of a month"),
            Named::Season(letters) => season_name(letters).into(),
            Named::Unit(unit) => unit.name().into(),
            Named::Holiday => "such day".into(),
        }
    }

    /// As a word of a message.
    fn word(self) -> WhyWord {
        let of = |key: String| WhyWord::message(key, []);
        match self {
            Named::Weekday(weekday) => of(format!("date.weekdays.{weekday}")),
            Named::Month(month) => of(format!("date.months.{month}")),
            Named::Date(month, day) => WhyWord::message(
                "time.name.date",
                [
                    ("month", of(format!("date.months.{month}"))),
                    ("d", WhyWord::Number(day.into())),
                ],
            ),
            Named::Day(day) => {
                WhyWord::message("time.name.day", [("d", WhyWord::Number(day.into()))])
            }
            Named::Season(letters) => of(format!("time.name.{}", season_name(letters))),
            Named::Unit(unit) => of(format!("time.unit.{}", unit.name())),
            Named::Holiday => of("time.name.holiday".into()),
        }
    }
}

/// The reason for a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The text says it all.
    Stated,
    /// A numeric date, read in the order the document uses (or is assumed to use).
    Order {
        /// Whether the month comes first.
        month_first: bool,
        /// Whether another date of the document shows it.
        shown: bool,
    },
    /// The nearest one before or after publication, by the tense of the verb.
    Nearest {
        /// What was named: `Tuesday`, `March`.
        name: Named,
        /// Whether it lies before publication (or on its day).
        before: bool,
        /// The verb's tense.
        tense: Tense,
        /// The day of publication.
        published: Date,
    },
    /// So many units from a date.
    Step {
        /// Units; negative for back.
        by: i64,
        /// The unit.
        unit: Unit,
        /// From where.
        from: From,
        /// That date's value.
        base: String,
    },
    /// The year (or day) comes from the date named last.
    Inherited {
        /// That date's value.
        base: String,
    },
    /// A length of time up to a date, or the calendar unit before that date.
    Stretch {
        /// The unit.
        unit: Unit,
        /// That date's value.
        base: String,
    },
    /// A length of time.
    Length,
    /// An age.
    Age,
    /// A repetition.
    Repetition,
    /// No more than past, present or future.
    Vague,
    /// Nothing to count from: the value stays open.
    Open,
}

impl Why {
    /// The keys of all messages, below `time.why`.
    pub const KEYS: &'static [&'static str] = &[
        "stated",
        "month_first",
        "month_first_assumed",
        "day_first",
        "day_first_assumed",
        "last_past",
        "last_present",
        "last_future",
        "last_unknown",
        "next_past",
        "next_present",
        "next_future",
        "next_unknown",
        "same",
        "same_named",
        "before",
        "before_named",
        "after",
        "after_named",
        "inherited",
        "stretch",
        "length",
        "age",
        "repetition",
        "vague",
        "open",
    ];

    /// The key of its message, below `time.why`: one of [`Why::KEYS`].
    pub fn key(&self) -> &'static str {
        match self {
            Why::Stated => "stated",
            Why::Order { month_first, shown } => match (month_first, shown) {
                (true, true) => "month_first",
                (true, false) => "month_first_assumed",
                (false, true) => "day_first",
                (false, false) => "day_first_assumed",
            },
            Why::Nearest { before, tense, .. } => match (before, tense) {
                (true, Tense::Past) => "last_past",
                (true, Tense::Present) => "last_present",
                (true, Tense::Future) => "last_future",
                (true, Tense::Unknown) => "last_unknown",
                (false, Tense::Past) => "next_past",
                (false, Tense::Present) => "next_present",
                (false, Tense::Future) => "next_future",
                (false, Tense::Unknown) => "next_unknown",
            },
            Why::Step { by, from, .. } => match (by.signum(), from) {
                (0, From::Publication) => "same",
                (0, From::Earlier) => "same_named",
                (1, From::Publication) => "after",
                (1, From::Earlier) => "after_named",
                (_, From::Publication) => "before",
                (_, From::Earlier) => "before_named",
            },
            Why::Inherited { .. } => "inherited",
            Why::Stretch { .. } => "stretch",
            Why::Length => "length",
            Why::Age => "age",
            Why::Repetition => "repetition",
            Why::Vague => "vague",
            Why::Open => "open",
        }
    }

    /// The reason as a message in any language: its key, and the words for its places.
    ///
    /// Places are `name` and `date` of `last_…` and `next_…`; `unit` or `span` and `date` of steps; `unit` and `date` of
    /// `stretch`; `date` of `inherited`.
    pub fn message(&self) -> TimeWhy {
        let unit = |unit: &Unit| WhyWord::message(format!("time.unit.{}", unit.name()), []);
        let date = |base: &String| WhyWord::Value(base.as_str().into());
        let words = match self {
            Why::Nearest {
                name, published, ..
            } => vec![("name", name.word()), ("date", WhyWord::Day(*published))],
            Why::Step {
                by: 0,
                unit: of,
                base,
                ..
            }
            | Why::Stretch { unit: of, base } => vec![("unit", unit(of)), ("date", date(base))],
            Why::Step { by, unit, base, .. } => {
                let key = format!("time.span.{}", unit.name());
                let span = WhyWord::Counted(Box::new((key, by.unsigned_abs())));
                vec![("span", span), ("date", date(base))]
            }
            Why::Inherited { base } => vec![("date", date(base))],
            _ => Vec::new(),
        };
        TimeWhy {
            key: self.key(),
            words: words.into(),
        }
    }

    /// The reason in English, without a full stop.
    pub fn words(&self) -> String {
        match self {
            Why::Stated => "stated in the text".into(),
            Why::Order { month_first, shown } => {
                let order = if *month_first {
                    "month before day"
                } else {
                    "day before month"
                };
                let basis = if *shown {
                    "as other dates here show"
                } else {
                    "which is assumed"
                };
                format!("read {order}, {basis}")
            }
            Why::Nearest {
                name,
                before,
                tense,
                published,
            } => {
                let day = written(*published);
                let place = if *before { "last" } else { "next" };
                let side = if *before { "before" } else { "after" };
                let cause = match tense {
                    Tense::Past if !before => "as the last one lies far back",
                    Tense::Future if *before => "although the verb looks ahead",
                    Tense::Past => "since the verb is past",
                    Tense::Present => "since the verb is present",
                    Tense::Future => "since the verb looks ahead",
                    Tense::Unknown => "as no verb tells otherwise",
                };
                let name = name.words();
                format!("the {place} {name} up to or {side} publication ({day}), {cause}")
                    .replace("up to or after", "from or after")
            }
            Why::Step {
                by,
                unit,
                from,
                base,
            } => {
                let from = match from {
                    From::Publication => "publication",
                    From::Earlier => "the date named last",
                };
                let name = unit.name();
                match by {
                    0 => format!("the {name} of {from} ({base})"),
                    1 => format!("the {name} after {from} ({base})"),
                    -1 => format!("the {name} before {from} ({base})"),
                    n if *n < 0 => format!("{} {name}s before {from} ({base})", n.unsigned_abs()),
                    n => format!("{n} {name}s after {from} ({base})"),
                }
            }
            Why::Inherited { base } => format!("completed from the date named last ({base})"),
            Why::Stretch { unit, base } => {
                let name = unit.name();
                format!(
                    "either the calendar {name} before publication ({base}) or the {name} that ended with it"
                )
            }
            Why::Length => "a length of time".into(),
            Why::Age => "an age".into(),
            Why::Repetition => "something that repeats".into(),
            Why::Vague => "a vague reference".into(),
            Why::Open => "nothing here tells the date".into(),
        }
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The English name of a month, 1 to 12.
pub(super) fn month_name(month: u8) -> &'static str {
    MONTHS
        .get(usize::from(month).wrapping_sub(1))
        .copied()
        .unwrap_or("month")
}

/// The English name of a weekday, Monday being 1.
pub(super) fn weekday_name(weekday: u8) -> &'static str {
    let names = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    names
        .get(usize::from(weekday).wrapping_sub(1))
        .copied()
        .unwrap_or("day")
}

/// The English name of a season by TIMEX3's letters.
fn season_name(letters: [u8; 2]) -> &'static str {
    match &letters {
        b"SP" => "spring",
        b"SU" => "summer",
        b"FA" => "autumn",
        _ => "winter",
    }
}

/// `Thursday 27 February 2014`.
fn written(date: Date) -> String {
    let weekday: Weekday = date.weekday();
    let weekday = weekday_name(weekday.to_monday_one_offset() as u8);
    format!(
        "{weekday} {} {} {}",
        date.day(),
        month_name(date.month() as u8),
        date.year()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn speaks_plainly() {
        let nearest = Why::Nearest {
            name: Named::Weekday(2),
            before: true,
            tense: Tense::Past,
            published: date(2014, 2, 27),
        };
        assert_eq!(
            nearest.words(),
            "the last Tuesday up to or before publication (Thursday 27 February 2014), since the verb is past"
        );
        let step = Why::Step {
            by: -1,
            unit: Unit::Month,
            from: From::Publication,
            base: "2002-06-24".into(),
        };
        assert_eq!(step.words(), "the month before publication (2002-06-24)");
    }

    #[test]
    fn messages_have_words_for_their_places() {
        let step = |by| Why::Step {
            by,
            unit: Unit::Month,
            from: From::Publication,
            base: "2002-06-24".into(),
        };
        let message = step(-2).message();
        assert_eq!(message.key, "before");
        assert_eq!(
            message.words[0],
            (
                "span",
                WhyWord::Counted(Box::new(("time.span.month".into(), 2)))
            )
        );
        assert_eq!(step(0).message().words[0].0, "unit");
        assert_eq!(step(0).key(), "same");
    }

    #[test]
    fn every_key_is_listed() {
        let mut found = std::collections::BTreeSet::new();
        let mut add = |why: Why| found.insert(why.key());
        for (one, two) in [(true, true), (true, false), (false, true), (false, false)] {
            add(Why::Order {
                month_first: one,
                shown: two,
            });
            for tense in [Tense::Past, Tense::Present, Tense::Future, Tense::Unknown] {
                add(Why::Nearest {
                    name: Named::Holiday,
                    before: one,
                    tense,
                    published: date(2014, 2, 27),
                });
            }
            for by in [-3, -1, 0, 1, 7] {
                add(Why::Step {
                    by,
                    unit: Unit::Day,
                    from: if one {
                        From::Publication
                    } else {
                        From::Earlier
                    },
                    base: "2014".into(),
                });
            }
        }
        let base = || "2014".to_owned();
        let rest = [
            Why::Stated,
            Why::Inherited { base: base() },
            Why::Stretch {
                unit: Unit::Month,
                base: base(),
            },
            Why::Length,
            Why::Age,
            Why::Repetition,
            Why::Vague,
            Why::Open,
        ];
        rest.into_iter().for_each(|why| {
            add(why);
        });
        assert_eq!(found, Why::KEYS.iter().copied().collect());
    }
}
