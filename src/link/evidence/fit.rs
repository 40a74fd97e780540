//! How the time that a sentence names agrees with the date of an event, each as finely as it is known.

use jiff::civil::Date;

use crate::base::{Edtf, Precision};
use crate::model::{Event, TimeFact, TimexType};

/// How two times agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fit {
    /// Both name the same day, month or year.
    Same,
    /// The sentence names a part of the event's time: a day of its month.
    Within,
    /// The sentence names a time of which the event's is a part: its year.
    Around,
    /// The two have days in common, and each has days of its own.
    Overlap,
    /// The event's date is approximate, and the sentence's just outside.
    Near,
}

/// A stretch of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stretch {
    /// Its first day.
    pub(crate) first: Date,
    /// Its last day.
    pub(crate) last: Date,
}

impl Stretch {
    /// How many days it has.
    pub(super) fn days(self) -> i32 {
        days(self.first, self.last).saturating_add(1)
    }

    fn holds(self, other: Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    fn touches(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

/// From one day to another, in days.
pub(super) fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}

/// The days that a time expression can mean; none for lengths of time, repetitions, vague and open references.
pub(super) fn stretch(value: &str, modifier: Option<&str>) -> Option<Stretch> {
    let date = Edtf::of_timex(value)?;
    let whole = Stretch {
        first: date.earliest(),
        last: date.latest(),
    };
    let third = jiff::Span::new().days(whole.days() / 3);
    match modifier {
        None | Some("APPROX" | "MID") => Some(whole),
        // A part of a day is its day.
        Some("START" | "END") if whole.days() < 7 => Some(whole),
        Some("START") => Some(Stretch {
            last: whole.first.saturating_add(third),
            ..whole
        }),
        Some("END") => Some(Stretch {
            first: whole.last.saturating_sub(third),
            ..whole
        }),
        Some(_) => None,
    }
}

/// The days of a time expression of an article.
pub(crate) fn stretches(time: &TimeFact) -> impl Iterator<Item = (&str, Stretch)> {
    let dated = matches!(time.timex, TimexType::Date | TimexType::Time);
    let readings = std::iter::once(&time.value).chain(&time.alternative);
    let readings = readings.filter(move |_| dated);
    readings.filter_map(|value| Some((&**value, stretch(value, time.modifier)?)))
}

/// The time of an event.
#[derive(Debug, Clone, Copy)]
pub(super) struct When {
    /// At its widest as written.
    pub(super) stretch: Stretch,
    /// With the slack that an approximate date has; the same for an exact one.
    pub(super) wide: Stretch,
    interval: bool,
}

impl When {
    /// The time of an event; none where its date is open at an end.
    pub(super) fn of(event: &Event) -> Option<Self> {
        let date = &event.date;
        if date.start.is_none() || matches!(date.end, Some(None)) {
            return None;
        }
        let stretch = Stretch {
            first: date.earliest(),
            last: date.latest(),
        };
        let slack = match date.precision() {
            _ if !date.is_approximate() => 0,
            Precision::Day => 3,
            Precision::Month => 15,
            Precision::Season => 31,
            Precision::Year | Precision::Decade | Precision::Century => 183,
        };
        let slack = jiff::Span::new().days(slack);
        Some(Self {
            stretch,
            wide: Stretch {
                first: stretch.first.saturating_sub(slack),
                last: stretch.last.saturating_add(slack),
            },
            interval: date.is_interval(),
        })
    }

    /// How a stretch of days agrees with the event's, and what that is worth; none where it contradicts it.
    pub(super) fn fit(&self, time: Stretch) -> Option<(Fit, u16)> {
        let (own, length) = (self.stretch, time.days());
        if time == own && !self.interval {
            let points = match length {
                0..=1 => 5,
                2..=31 => 4,
                32..=366 => 3,
                _ => 1,
            };
            return Some((Fit::Same, points));
        }
        if own.holds(time) {
            let points = match own.days() {
                0..=31 => 4,
                32..=366 => 3,
                _ => 1,
            };
            return Some((Fit::Within, points));
        }
        if own.touches(time) {
            let points = match length {
                0..=31 => 3,
                32..=366 => 2,
                _ => 1,
            };
            let fit = if time.holds(own) {
                Fit::Around
            } else {
                Fit::Overlap
            };
            return Some((fit, points));
        }
        self.wide.touches(time).then_some((Fit::Near, 2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(date: &str) -> When {
        let text = format!("title = \"E\"\ndate = \"{date}\"\n");
        let event = crate::link::testing::event("e", &text);
        When::of(&event).unwrap()
    }

    #[test]
    fn times_agree_as_finely_as_each_is_known() {
        let cases = [
            ("2002-05", "2002-05", None, Some((Fit::Same, 4))),
            ("2002-05", "2002", None, Some((Fit::Around, 2))),
            ("2002-05", "2002-05-23", None, Some((Fit::Within, 4))),
            ("2002-05", "2002-06", None, None),
            ("2002-05", "2008", None, None),
            ("2014-03-03", "2014-03-03", None, Some((Fit::Same, 5))),
            ("2014-03-03", "2014-03-03T09:30", None, Some((Fit::Same, 5))),
            ("2014-03-03", "2014-03-04", None, None),
            (
                "2010-10/2010-12",
                "2010",
                Some("END"),
                Some((Fit::Around, 2)),
            ),
            (
                "2010-07/2010-10",
                "2010",
                Some("END"),
                Some((Fit::Overlap, 2)),
            ),
            ("2010-10/2010-12", "2010", Some("START"), None),
            ("2013-08-07~", "2013-08-06", None, Some((Fit::Near, 2))),
            ("2013-08-07~", "2013-08-14", None, None),
            ("2011~", "2002", None, None),
            ("2011~", "2011-12-08", None, Some((Fit::Within, 3))),
        ];
        for (date, value, modifier, expected) in cases {
            let fit = stretch(value, modifier).and_then(|time| event(date).fit(time));
            assert_eq!(fit, expected, "{date} and {value}");
        }
    }

    #[test]
    fn lengths_and_vague_references_name_no_days() {
        for value in ["P1M", "PAST_REF", "PRESENT_REF", "XXXX-05-23", ""] {
            assert_eq!(stretch(value, None), None, "{value}");
        }
        assert_eq!(stretch("2010", Some("BEFORE")), None);
    }
}
