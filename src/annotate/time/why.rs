//! Why an expression has its value: facts to print in words.

use jiff::civil::{Date, Weekday};

use super::parts::From;
use super::tense::Tense;
use super::value::Unit;

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
        name: String,
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
                    Tense::Past => "since the verb is past",
                    Tense::Present => "since the verb is present",
                    Tense::Future => "since the verb looks ahead",
                    Tense::Unknown => "as no verb tells otherwise",
                };
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
                format!("the {name} up to publication ({base}), or the calendar {name} before")
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
            name: "Tuesday".into(),
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
}
