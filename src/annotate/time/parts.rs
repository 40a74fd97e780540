//! Underspecified values: what the words of an expression say by themselves.
//!
//! `last Tuesday` says a weekday and a step back, and no date; the date is worked out in `resolve`.

use super::feast::Feast;
use super::lexicon::{Class, letters_of};
use super::number::{Figures, unpack};
use super::pattern::Capture;
use super::value::{Amount, Modifier, Reference, Unit};

/// How the captures of a rule are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Make {
    /// Only looks like time: its words are skipped.
    Nothing,
    /// A place on the calendar, with or without a time of day.
    Calendar,
    /// A year by itself, which needs support from what stands around it.
    Year,
    /// The same period a year earlier.
    YearBefore,
    /// A holiday.
    Holiday,
    /// The evening of publication.
    Tonight,
    /// A time of day.
    Clock,
    /// A distance from a date: `ago`, `later`.
    Offset,
    /// A length.
    Duration,
    /// How long somebody or something has lived.
    Age,
    /// A length that ends with publication, or else the calendar unit before.
    Stretch,
    /// The year, quarter, month, week or day the text is about.
    InHand,
    /// A repetition.
    Set,
    /// Past, present or future.
    Reference,
    /// Weeks after the next of a weekday: `Monday week`.
    Beyond,
    /// A number of years after a date that is named beside it.
    Anniversary,
}

impl Make {
    /// The make a data file calls by this name.
    pub(super) fn named(name: &str) -> Option<Make> {
        Some(match name {
            "nothing" => Make::Nothing,
            "calendar" => Make::Calendar,
            "year" => Make::Year,
            "yearbefore" => Make::YearBefore,
            "holiday" => Make::Holiday,
            "tonight" => Make::Tonight,
            "clock" => Make::Clock,
            "offset" => Make::Offset,
            "duration" => Make::Duration,
            "age" => Make::Age,
            "stretch" => Make::Stretch,
            "inhand" => Make::InHand,
            "set" => Make::Set,
            "reference" => Make::Reference,
            "beyond" => Make::Beyond,
            "anniversary" => Make::Anniversary,
            _ => return None,
        })
    }
}

/// A year as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    /// In full; negative before Christ.
    Full(i32),
    /// By its last two digits.
    Short(u8),
}

/// A time of day as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    /// Minutes after midnight, 0 to 1440.
    pub minutes: u16,
    /// In Greenwich (or universal) time.
    pub utc: bool,
}

/// Where a step is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// The day of publication.
    Publication,
    /// The date named last.
    Earlier,
}

/// What an expression says, before anything is worked out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    pub figures: Option<Figures>,
    pub century: Option<i32>,
    /// First year of a decade; below 100 without its century.
    pub decade: Option<i32>,
    pub year: Option<Year>,
    pub season: Option<[u8; 2]>,
    pub month: Option<u8>,
    pub day: Option<u8>,
    /// Monday is 1.
    pub weekday: Option<u8>,
    /// A holiday's rule.
    pub holiday: Option<Feast>,
    /// Days from publication.
    pub deictic: Option<i64>,
    /// `third` in `third quarter`; -1 is the last.
    pub ordinal: Option<i64>,
    /// Units named, small to large.
    pub units: Vec<Unit>,
    /// Whether a unit was in the plural.
    pub plural: bool,
    /// Steps of a unit, and from where.
    pub step: Option<(i32, From)>,
    /// Direction of `ago` and `later`, and from where.
    pub way: Option<(i64, From)>,
    pub amount: Option<Amount>,
    /// The upper end of `two to three`.
    pub upper: Option<Amount>,
    pub part: Option<[u8; 2]>,
    pub clock: Option<Clock>,
    pub reference: Option<Reference>,
    /// Month, and year where named, in which a period is said to have ended.
    pub closing: Option<(u8, Option<Year>)>,
    /// Every how many.
    pub every: Option<i64>,
    /// A unit in an adverb of repetition.
    pub modifier: Option<Modifier>,
}

impl Parts {
    /// Reads captures; nothing when they contradict each other.
    pub(super) fn read(captures: &[Capture]) -> Option<Parts> {
        let mut parts = Parts::default();
        let (mut clock, mut ampm, mut half, mut zone) = (None, None, false, None);
        let mut before_christ = false;
        for Capture { class, value } in captures {
            let value = *value;
            match class {
                Class::Month => parts.month = Some(value as u8),
                Class::Day => parts.day = Some(value as u8),
                Class::Weekday | Class::Weekdays => parts.weekday = Some(value as u8),
                Class::Season => parts.season = Some(letters_of(value)),
                Class::Part | Class::Parts => parts.part = Some(letters_of(value)),
                Class::Year => parts.year = Some(Year::Full(value as i32)),
                Class::Year2 => parts.year = Some(Year::Short(value as u8)),
                Class::Decade => parts.decade = Some(value as i32),
                Class::Holiday => parts.holiday = Feast::from_value(value),
                Class::Deictic => parts.deictic = Some(value),
                Class::Numdate => parts.figures = Some(unpack(value)),
                Class::Shift => parts.step = Some((value as i32, From::Publication)),
                Class::Follow => parts.step = Some((value as i32, From::Earlier)),
                Class::Ago => parts.way = Some((value, From::Publication)),
                Class::Later | Class::Beside => parts.way = Some((value, From::Earlier)),
                // `Sunday, March eighth`, but `the second Sunday in March`.
                Class::Ord if parts.weekday.is_some() => parts.day = u8::try_from(value).ok(),
                Class::Ord => parts.ordinal = Some(value),
                Class::Qtr => {
                    let half = value > 10;
                    parts.ordinal = Some(value % 10);
                    parts
                        .units
                        .push(if half { Unit::Half } else { Unit::Quarter });
                }
                Class::Phase | Class::Qmod => {
                    parts.modifier = Modifier::from_value(value).or(parts.modifier);
                }
                Class::Ref | Class::Soonest => parts.reference = Reference::from_value(value),
                Class::Every => parts.every = Some(value),
                Class::Half => half = true,
                Class::A => parts.add(Amount::whole(1)),
                Class::Num => parts.add(Amount::Hundredths(value)),
                Class::Vague => parts.add(if value < 0 {
                    Amount::Unknown
                } else {
                    Amount::whole(value)
                }),
                Class::Clock => clock = Some(value),
                Class::Noon => clock = Some(value * 60),
                Class::Ampm => ampm = Some(value),
                Class::Zone => zone = Some(value),
                Class::Era => {
                    before_christ = value < 0;
                    parts.in_era(value)?;
                }
                Class::Setadv => {
                    parts.units.push(Unit::from_value(value)?);
                    parts.every = Some(1);
                }
                Class::Unit
                | Class::Units
                | Class::Second
                | Class::Portion
                | Class::Portions
                | Class::Long
                | Class::Open
                | Class::Century
                | Class::Weekend
                | Class::Weekends
                | Class::Period
                | Class::Jubilee
                | Class::Clockunit => {
                    parts.plural |= *class == Class::Units;
                    parts.units.push(Unit::from_value(value)?);
                }
                _ => {}
            }
        }
        parts.units.sort_unstable();
        if half {
            parts.amount = Some(Amount::Hundredths(match parts.amount {
                Some(Amount::Hundredths(n)) => n + 50,
                _ => 50,
            }));
        }
        if let Some(value) = clock {
            parts.clock = Some(read_clock(value, ampm, zone)?);
        }
        parts.settle(before_christ);
        let article_of_many = parts.plural && parts.amount == Some(Amount::whole(1));
        let articled = captures.iter().any(|c| c.class == Class::A) && parts.upper.is_none();
        // `a months-long trip`: the article belongs to the trip.
        (!(article_of_many && articled)).then_some(parts)
    }

    fn add(&mut self, amount: Amount) {
        match self.amount {
            None => self.amount = Some(amount),
            Some(_) => self.upper = Some(amount),
        }
    }

    /// A number before `BC` or `AD` is a year; the former counts down.
    fn in_era(&mut self, sign: i64) -> Option<()> {
        if let Some(year) = self.amount.take().and_then(Amount::count) {
            let year = i32::try_from(year).ok()?;
            self.year = Some(Year::Full(if sign < 0 { -year } else { year }));
        }
        Some(())
    }

    /// Reads a number as the year: `the year two thousand`.
    pub(super) fn amount_is_year(&mut self) {
        if let (None, Some(year)) = (self.year, self.amount.and_then(Amount::count)) {
            self.year = i32::try_from(year)
                .ok()
                .filter(|y| (1..2200).contains(y))
                .map(Year::Full);
            self.amount = None;
        }
    }

    /// Gives ordinals their meaning: a day of a month, a century, which counts down before Christ.
    fn settle(&mut self, before_christ: bool) {
        let Some(n) = self.ordinal else { return };
        let day = self.day.is_none() && self.weekday.is_none();
        if self.units.is_empty() && self.month.is_some() && day {
            self.day = u8::try_from(n).ok().filter(|d| (1..=31).contains(d));
            self.ordinal = None;
        } else if self.units.contains(&Unit::Century) && n > 0 {
            let century = if before_christ { -n } else { n - 1 };
            self.century = i32::try_from(century).ok();
            self.ordinal = None;
        }
    }

    /// The smallest unit named.
    pub(super) fn inner(&self) -> Option<Unit> {
        self.units.first().copied()
    }

    /// The largest unit named.
    pub(super) fn outer(&self) -> Option<Unit> {
        self.units.last().copied()
    }
}

/// Works a clock reading out: minutes after midnight, with the half of the day and the zone.
fn read_clock(minutes: i64, ampm: Option<i64>, zone: Option<i64>) -> Option<Clock> {
    let minutes = match ampm {
        Some(0) if (720..780).contains(&minutes) => minutes - 720,
        Some(12) if minutes < 720 => minutes + 720,
        _ => minutes,
    };
    let minutes = u16::try_from(minutes).ok().filter(|m| *m <= 1440)?;
    Some(Clock {
        minutes,
        utc: zone == Some(0),
    })
}
