//! The names of months and weekdays in English, for rules that only ask whether a word may belong to a date. What a date means is
//! for [`time`](super::time).

/// The months, in lower case.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The days of the week, in lower case.
const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Whether a word in lower case is the full name of a month or of a day of the week. Some are words of other sorts too, `may` and
/// `march`: a capital is for the caller to ask for.
pub fn is_named(word: &str) -> bool {
    MONTHS.contains(&word) || WEEKDAYS.contains(&word)
}
