//! Values: units, modifiers, amounts, and how TIMEX3 writes lengths.

/// A unit of time, from small to large.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Unit {
    /// A second.
    Second = 1,
    /// A minute.
    Minute,
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// Saturday and Sunday.
    Weekend,
    /// An ISO week, from Monday.
    Week,
    /// Two weeks.
    Fortnight,
    /// A month.
    Month,
    /// A quarter of the year by weather.
    Season,
    /// Three months, by the calendar.
    Quarter,
    /// Six months, by the calendar.
    Half,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// A thousand years.
    Millennium,
    /// `period`, `while`: no length given.
    Open,
}

impl Unit {
    const CODES: &'static [(&'static str, Unit)] = &[
        ("S", Unit::Second),
        ("MIN", Unit::Minute),
        ("H", Unit::Hour),
        ("D", Unit::Day),
        ("WE", Unit::Weekend),
        ("W", Unit::Week),
        ("FN", Unit::Fortnight),
        ("M", Unit::Month),
        ("SN", Unit::Season),
        ("Q", Unit::Quarter),
        ("HF", Unit::Half),
        ("Y", Unit::Year),
        ("DE", Unit::Decade),
        ("CE", Unit::Century),
        ("ML", Unit::Millennium),
        ("X", Unit::Open),
    ];

    /// All units, from small to large.
    pub const ALL: [Unit; 16] = [
        Unit::Second,
        Unit::Minute,
        Unit::Hour,
        Unit::Day,
        Unit::Weekend,
        Unit::Week,
        Unit::Fortnight,
        Unit::Month,
        Unit::Season,
        Unit::Quarter,
        Unit::Half,
        Unit::Year,
        Unit::Decade,
        Unit::Century,
        Unit::Millennium,
        Unit::Open,
    ];

    /// The unit a data file writes so.
    pub fn from_code(code: &str) -> Option<Unit> {
        Unit::CODES
            .iter()
            .find(|(c, _)| *c == code)
            .map(|(_, unit)| *unit)
    }

    /// The unit behind a capture value.
    pub fn from_value(value: i64) -> Option<Unit> {
        Unit::CODES
            .iter()
            .find(|(_, unit)| *unit as i64 == value)
            .map(|(_, unit)| *unit)
    }

    /// Whether it is shorter than a day.
    pub fn is_clock(self) -> bool {
        self < Unit::Day
    }

    /// The English name, for reasons.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Second => "second",
            Unit::Minute => "minute",
            Unit::Hour => "hour",
            Unit::Day => "day",
            Unit::Weekend => "weekend",
            Unit::Week => "week",
            Unit::Fortnight => "fortnight",
            Unit::Month => "month",
            Unit::Season => "season",
            Unit::Quarter => "quarter",
            Unit::Half => "half-year",
            Unit::Year => "year",
            Unit::Decade => "decade",
            Unit::Century => "century",
            Unit::Millennium => "millennium",
            Unit::Open => "period",
        }
    }

    /// How a duration writes it: prefix, letter, and units per unit named.
    fn in_duration(self) -> (&'static str, &'static str, i64) {
        match self {
            Unit::Second => ("PT", "S", 1),
            Unit::Minute => ("PT", "M", 1),
            Unit::Hour => ("PT", "H", 1),
            Unit::Day => ("P", "D", 1),
            Unit::Weekend => ("P", "D", 2),
            Unit::Week => ("P", "W", 1),
            Unit::Fortnight => ("P", "W", 2),
            Unit::Month => ("P", "M", 1),
            Unit::Season => ("P", "M", 3),
            Unit::Quarter => ("P", "Q", 1),
            Unit::Half => ("P", "M", 6),
            Unit::Year => ("P", "Y", 1),
            Unit::Decade => ("P", "Y", 10),
            Unit::Century => ("P", "Y", 100),
            Unit::Millennium => ("P", "Y", 1000),
            Unit::Open => ("P", "X", 1),
        }
    }
}

/// TIMEX3's `mod`: how an expression narrows or blurs its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Modifier {
    /// Before it.
    Before = 1,
    /// After it.
    After,
    /// No later.
    OnOrBefore,
    /// No earlier.
    OnOrAfter,
    /// `nearly`, `less than`.
    LessThan,
    /// `more than`, `over`.
    MoreThan,
    /// `up to`, `no more than`.
    EqualOrLess,
    /// `at least`.
    EqualOrMore,
    /// `early`, `the beginning of`.
    Start,
    /// `mid-`, `the middle of`.
    Mid,
    /// `late`, `the end of`.
    End,
    /// `about`.
    Approx,
}

impl Modifier {
    const NAMES: &'static [(&'static str, Modifier)] = &[
        ("BEFORE", Modifier::Before),
        ("AFTER", Modifier::After),
        ("ON_OR_BEFORE", Modifier::OnOrBefore),
        ("ON_OR_AFTER", Modifier::OnOrAfter),
        ("LESS_THAN", Modifier::LessThan),
        ("MORE_THAN", Modifier::MoreThan),
        ("EQUAL_OR_LESS", Modifier::EqualOrLess),
        ("EQUAL_OR_MORE", Modifier::EqualOrMore),
        ("START", Modifier::Start),
        ("MID", Modifier::Mid),
        ("END", Modifier::End),
        ("APPROX", Modifier::Approx),
    ];

    /// TIMEX3's word for it.
    pub fn name(self) -> &'static str {
        Modifier::NAMES[self as usize - 1].0
    }

    /// The modifier of a TIMEX3 word.
    pub fn from_name(name: &str) -> Option<Modifier> {
        Modifier::NAMES
            .iter()
            .find(|(n, _)| *n == name)
            .map(|(_, m)| *m)
    }

    /// The modifier behind a capture value.
    pub fn from_value(value: i64) -> Option<Modifier> {
        Modifier::NAMES
            .iter()
            .find(|(_, m)| *m as i64 == value)
            .map(|(_, m)| *m)
    }
}

/// A vague place in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub(super) enum Reference {
    /// `recently`.
    Past = 1,
    /// `now`.
    Present,
    /// `the future`.
    Future,
}

impl Reference {
    const ALL: [Reference; 3] = [Reference::Past, Reference::Present, Reference::Future];

    /// TIMEX3's value.
    pub(super) fn name(self) -> &'static str {
        ["PAST_REF", "PRESENT_REF", "FUTURE_REF"][self as usize - 1]
    }

    /// The reference of a TIMEX3 value.
    pub(super) fn from_name(name: &str) -> Option<Reference> {
        Reference::ALL.into_iter().find(|r| r.name() == name)
    }

    /// The reference behind a capture value.
    pub(super) fn from_value(value: i64) -> Option<Reference> {
        Reference::ALL.into_iter().find(|r| *r as i64 == value)
    }
}

/// How many: in hundredths, or unknown (`several`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    /// So many hundredths of one.
    Hundredths(i64),
    /// `several`.
    Unknown,
}

impl Amount {
    /// A whole number of units.
    pub(super) fn whole(n: i64) -> Amount {
        Amount::Hundredths(n.saturating_mul(100))
    }

    /// The number when it is whole and small enough to count with.
    pub(super) fn count(self) -> Option<i64> {
        match self {
            Amount::Hundredths(n) if n % 100 == 0 && n.abs() < 1_000_000 => Some(n / 100),
            _ => None,
        }
    }
}

/// TIMEX3's value of a length of time.
pub(super) fn duration(amount: Amount, unit: Unit) -> String {
    let (prefix, letter, factor) = unit.in_duration();
    let hundredths = match amount {
        Amount::Hundredths(n) if unit != Unit::Open => n.saturating_mul(factor),
        _ if matches!(unit, Unit::Open) => return "PXX".into(),
        _ => {
            let letter = match unit {
                Unit::Decade => "DE",
                Unit::Century => "CE",
                _ => letter,
            };
            return format!("{prefix}X{letter}");
        }
    };
    let (whole, part) = (hundredths / 100, hundredths % 100);
    if part == 0 {
        return format!("{prefix}{whole}{letter}");
    }
    // Half units are written in the next smaller one where there is a whole number of it.
    match (unit, whole, part) {
        (Unit::Year, 0, p) if p * 12 % 100 == 0 => format!("P{}M", p * 12 / 100),
        (Unit::Year, w, p) if p * 12 % 100 == 0 => format!("P{w}Y{}M", p * 12 / 100),
        (Unit::Hour, 0, p) => format!("PT{}M", p * 60 / 100),
        (Unit::Hour, w, p) => format!("PT{w}H{}M", p * 60 / 100),
        (Unit::Minute, w, p) if w > 0 => format!("PT{w}M{}S", p * 60 / 100),
        (Unit::Minute, _, p) => format!("PT{}S", p * 60 / 100),
        (Unit::Day, 0, 50) => "PT12H".into(),
        (_, w, p) if p % 10 == 0 => format!("{prefix}{w}.{}{letter}", p / 10),
        (_, w, p) => format!("{prefix}{w}.{p:02}{letter}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_durations() {
        let cases = [
            (Amount::whole(4), Unit::Year, "P4Y"),
            (Amount::Hundredths(250), Unit::Year, "P2Y6M"),
            (Amount::Hundredths(150), Unit::Minute, "PT1M30S"),
            (Amount::Hundredths(50), Unit::Hour, "PT30M"),
            (Amount::whole(1), Unit::Decade, "P10Y"),
            (Amount::Hundredths(50), Unit::Century, "P50Y"),
            (Amount::Unknown, Unit::Decade, "PXDE"),
            (Amount::Unknown, Unit::Minute, "PTXM"),
            (Amount::whole(3), Unit::Quarter, "P3Q"),
            (Amount::Unknown, Unit::Open, "PXX"),
        ];
        for (amount, unit, value) in cases {
            assert_eq!(duration(amount, unit), value);
        }
    }
}
