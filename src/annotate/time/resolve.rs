//! One pass that turns underspecified values into TIMEX3 values.
//!
//! News speaks from its day of publication: steps, weekdays and months count from it, bare ones by
//! the tense of their verb.  Only `that day`, `later that year`, `three days later` and their like
//! count from the date named last.  A history (many years named, hardly a weekday) is read the other
//! way: a bare month belongs to the year named last.

use jiff::civil::Date;

use super::document::{Order, asides, heading_date, is_narrative, order_of};
use super::lexicon::Class;
use super::number::Reader;
use super::parts::{From, Make, Parts};
use super::place::open_value;
use super::recognise::Found;
use super::tense::{Tense, tense};
use super::value::{Amount, Unit, duration};
use super::when::When;
use super::why::Why;
use super::{Anchor, Kind, Time, TimeContext};

/// Resolves all expressions of a document, in order.
pub(super) fn resolve(reader: &Reader<'_>, found: &[Found], context: &TimeContext) -> Vec<Time> {
    let mut resolver = Resolver::new(reader, found, context);
    let asides = asides(found);
    for (expression, aside) in found.iter().zip(asides) {
        resolver.read(expression, aside && resolver.narrative);
    }
    resolver.out
}

/// The state of the pass.
pub(super) struct Resolver<'r, 't> {
    pub(super) reader: &'r Reader<'t>,
    pub(super) context: &'r TimeContext,
    pub(super) published: Option<Date>,
    pub(super) order: Order,
    pub(super) narrative: bool,
    /// The date named last: its index in `out` and its place.
    pub(super) last: Option<(usize, When)>,
    /// The quarter or half under discussion.
    pub(super) focus: Option<(usize, When)>,
    /// Whether a longer stretch (`the nine months`, `the year ended …`) was named since.
    pub(super) stretch: bool,
    pub(super) out: Vec<Time>,
}

/// What an expression was read as.
struct Reading {
    kind: Kind,
    value: String,
    anchor: Anchor,
    why: Why,
    alternative: Option<String>,
    place: Option<When>,
}

impl Reading {
    fn new(kind: Kind, value: String, why: Why) -> Reading {
        Reading {
            kind,
            value,
            anchor: Anchor::Itself,
            why,
            alternative: None,
            place: None,
        }
    }
}

impl<'r, 't> Resolver<'r, 't> {
    fn new(reader: &'r Reader<'t>, found: &[Found], context: &'r TimeContext) -> Self {
        let mut resolver = Resolver {
            reader,
            context,
            published: context.published,
            order: order_of(found, context),
            narrative: false,
            last: None,
            focus: None,
            stretch: false,
            out: Vec::with_capacity(found.len()),
        };
        if resolver.published.is_none() {
            let heading = heading_date(reader, found);
            resolver.published = heading
                .and_then(|f| resolver.place(f))
                .and_then(|placed| placed.when.first_day());
        }
        resolver.narrative = is_narrative(found, resolver.published);
        resolver
    }

    fn read(&mut self, found: &Found, aside: bool) {
        let parts = &found.parts;
        let reading = match found.make {
            Make::Nothing => None,
            Make::Calendar
            | Make::Year
            | Make::Holiday
            | Make::InHand
            | Make::Beyond
            | Make::Anniversary => self.calendar(found),
            Make::Tonight => self.tonight(),
            Make::Clock => self.clock(found),
            Make::YearBefore => self.year_before(parts),
            Make::Offset => self.offset(parts),
            Make::Duration => self.length(parts),
            Make::Stretch => self.recent(parts),
            Make::Age => age(parts),
            Make::Set => self.repetition(parts),
            Make::Reference => parts
                .reference
                .map(|r| Reading::new(Kind::Date, r.name().into(), Why::Vague)),
        };
        let Some(reading) = reading else { return };
        let tokens = &self.reader.tokens[found.tokens.clone()];
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
            return;
        };
        let leans = self.narrative && reading.anchor == Anchor::Publication;
        if let Some(place) = reading.place.filter(|_| !leans && !aside) {
            let compared = matches!(found.make, Make::YearBefore | Make::Offset)
                || self.is_compared(found, place);
            // A year that lies ahead of a story or bounds it is not where the story has come to.
            let beyond = self.narrative && matches!(place, When::Year(_)) && self.looks_on(found);
            if !beyond {
                self.remember(place, !compared);
            }
        }
        self.out.push(Time {
            range: first.start..last.end,
            kind: reading.kind,
            value: reading.value,
            modifier: parts.modifier,
            anchor: reading.anchor,
            why: reading.why,
            alternative: reading.alternative,
        });
    }

    /// Whether a quarter is not the one spoken of: it lies ahead or has only begun, in another's report, or is
    /// what that one is compared with.
    fn is_compared(&self, found: &Found, place: When) -> bool {
        let first = place.first_day();
        let to_come = first.zip(self.published).is_some_and(|(d, p)| d > p);
        let Some((_, spoken)) = self.focus else {
            return to_come;
        };
        let running = self.published.and_then(|d| When::around(d, place.unit()));
        let start = found.tokens.start;
        let from = start.saturating_sub(3).max(found.sentence.start);
        let versus = (from..start).any(|i| self.reader.is(i, Class::Versus));
        to_come
            || running == Some(place)
            || place.year() < spoken.year()
            || versus && first < spoken.first_day()
    }

    /// Whether a year is one that a verb looks ahead to, or until which something goes on.
    fn looks_on(&self, found: &Found) -> bool {
        let before = found.tokens.start.checked_sub(1);
        let until =
            before.is_some_and(|i| i >= found.sentence.start && self.reader.is(i, Class::Until));
        until || tense(self.reader, &found.sentence, &found.tokens) == Tense::Future
    }

    /// Keeps a place for what follows; a place only compared with does not become the subject.
    fn remember(&mut self, place: When, subject: bool) {
        let index = self.out.len();
        if place.unit() <= Unit::Year {
            self.last = Some((index, place));
        }
        if subject && matches!(place, When::Quarter(..) | When::Half(..)) {
            self.focus = Some((index, place));
            self.stretch = false;
        }
    }

    /// A place on the calendar, perhaps with a time of day.
    fn calendar(&mut self, found: &Found) -> Option<Reading> {
        let parts = &found.parts;
        let Some(placed) = self.place(found) else {
            let value = open_value(parts)?;
            let kind = if parts.part.is_some() || parts.clock.is_some() {
                Kind::Time
            } else {
                Kind::Date
            };
            return Some(Reading {
                anchor: Anchor::None,
                ..Reading::new(kind, value, Why::Open)
            });
        };
        let suffix = time_suffix(parts);
        let day = matches!(placed.when, When::Day(_));
        let timed = day && !suffix.is_empty();
        let value = placed.when.value() + if timed { &suffix } else { "" };
        Some(Reading {
            kind: if timed { Kind::Time } else { Kind::Date },
            value,
            anchor: placed.anchor,
            why: placed.why,
            alternative: placed
                .other
                .map(|w| w.value() + if timed { &suffix } else { "" }),
            place: Some(placed.when),
        })
    }

    fn tonight(&self) -> Option<Reading> {
        let value = match self.published {
            Some(day) => format!("{}TNI", When::Day(day).value()),
            None => "XXXX-XX-XXTNI".into(),
        };
        let why = Why::Step {
            by: 0,
            unit: Unit::Day,
            from: From::Publication,
            base: self.publication(),
        };
        Some(Reading {
            anchor: Anchor::Publication,
            ..Reading::new(Kind::Time, value, why)
        })
    }

    /// A clock time: of the day it names, else of the last day named in its sentence, else of
    /// publication.
    fn clock(&mut self, found: &Found) -> Option<Reading> {
        let parts = &found.parts;
        let dated = Parts {
            clock: None,
            part: None,
            modifier: None,
            ..parts.clone()
        } != Parts::default();
        if dated && let Some(reading) = self.calendar(found) {
            return Some(reading);
        }
        let near = self
            .last
            .filter(|(i, _)| self.in_sentence(*i, found) || self.narrative);
        let suffix = time_suffix(parts);
        let (place, anchor, why) = match (near, self.published) {
            (Some((i, When::Day(day))), _) => {
                let base = When::Day(day).value();
                (day, Anchor::Earlier(i as u32), Why::Inherited { base })
            }
            (_, Some(day)) => {
                let base = self.publication();
                (
                    day,
                    Anchor::Publication,
                    Why::Step {
                        by: 0,
                        unit: Unit::Day,
                        from: From::Publication,
                        base,
                    },
                )
            }
            _ => {
                let value = format!("XXXX-XX-XX{suffix}");
                return Some(Reading {
                    anchor: Anchor::None,
                    ..Reading::new(Kind::Time, value, Why::Open)
                });
            }
        };
        Some(Reading {
            anchor,
            ..Reading::new(Kind::Time, When::Day(place).value() + &suffix, why)
        })
    }

    pub(super) fn in_sentence(&self, index: usize, found: &Found) -> bool {
        let first = self
            .reader
            .tokens
            .get(found.sentence.start)
            .map_or(0, |t| t.start);
        self.out.get(index).is_some_and(|t| t.range.start >= first)
    }

    /// The same period a year earlier: of the quarter spoken of, else of publication.
    fn year_before(&self, parts: &Parts) -> Option<Reading> {
        let year = self.published.map(|d| i32::from(d.year()) - 1);
        if let (Some(n), Some(unit), Some(year)) = (parts.ordinal, parts.inner(), year) {
            let place = match unit {
                Unit::Half => When::Half(year, n.clamp(1, 2) as u8),
                _ => When::Quarter(year, n.clamp(1, 4) as u8),
            };
            let why = Why::Step {
                by: -1,
                unit: Unit::Year,
                from: From::Publication,
                base: self.publication(),
            };
            return Some(Reading {
                anchor: Anchor::Publication,
                place: Some(place),
                ..Reading::new(Kind::Date, place.value(), why)
            });
        }
        self.stepped(-1, Unit::Year, From::Publication)
    }

    /// `ago` and `later`.
    fn offset(&self, parts: &Parts) -> Option<Reading> {
        let (direction, from) = parts.way?;
        let unit = parts.inner()?;
        // Decades and centuries ago name a year.
        let (amount, unit) = match (parts.amount, unit) {
            (Some(Amount::Hundredths(n)), Unit::Decade) => {
                (Some(Amount::Hundredths(n.saturating_mul(10))), Unit::Year)
            }
            (Some(Amount::Hundredths(n)), Unit::Century) => {
                (Some(Amount::Hundredths(n.saturating_mul(100))), Unit::Year)
            }
            other => other,
        };
        let count = match amount {
            Some(amount) => amount.count(),
            None if parts.plural => None,
            None => Some(1),
        };
        let vague = || {
            let value = if direction < 0 {
                "PAST_REF"
            } else {
                "FUTURE_REF"
            };
            Some(Reading::new(Kind::Date, value.into(), Why::Vague))
        };
        match count {
            Some(n) if !unit.is_clock() => {
                let unit = if unit == Unit::Weekend {
                    Unit::Week
                } else {
                    unit
                };
                self.stepped(direction.saturating_mul(n), unit, from)
                    .or_else(vague)
            }
            _ if unit.is_clock() => {
                let base = self.base(from)?;
                let When::Day(day) = base.0 else {
                    return vague();
                };
                let why = Why::Step {
                    by: direction,
                    unit,
                    from,
                    base: When::Day(day).value(),
                };
                let value = When::Day(day).value();
                Some(Reading {
                    anchor: base.1,
                    ..Reading::new(Kind::Time, value, why)
                })
            }
            _ => match (amount, unit) {
                (Some(Amount::Hundredths(n)), Unit::Year) if n.abs() < 100_000 => self
                    .stepped(direction * n * 12 / 100, Unit::Month, from)
                    .or_else(vague),
                _ => vague(),
            },
        }
    }

    /// So many units from publication or from the date named last.
    fn stepped(&self, by: i64, unit: Unit, from: From) -> Option<Reading> {
        let (base, anchor) = match (from, unit, self.focus) {
            // A quarter under discussion is compared with the same quarter of another year.
            (_, Unit::Year, Some((i, quarter))) if by == -1 && !self.stretch => {
                (quarter, Anchor::Earlier(i as u32))
            }
            // Figures `a year earlier` are compared with those of now, unless a date is at hand.
            (From::Earlier, Unit::Year, _)
                if by == -1 && !self.narrative && !self.last_is_near() =>
            {
                self.base(From::Publication)?
            }
            _ => self.base(from)?,
        };
        // Three days after a quarter are no day in particular.
        let coarse = base.unit() > Unit::Fortnight && unit <= Unit::Fortnight;
        if from == From::Earlier && coarse {
            return None;
        }
        let place = base.shifted(by, unit)?;
        let why = Why::Step {
            by,
            unit,
            from,
            base: base.value(),
        };
        Some(Reading {
            anchor,
            place: Some(place),
            ..Reading::new(Kind::Date, place.value(), why)
        })
    }

    /// Whether the date named last is the expression just before.
    fn last_is_near(&self) -> bool {
        self.last
            .is_some_and(|(i, when)| i + 1 == self.out.len() && when.unit() < Unit::Year)
    }

    /// Where a step is counted from.
    pub(super) fn base(&self, from: From) -> Option<(When, Anchor)> {
        let publication = self.published.map(|d| (When::Day(d), Anchor::Publication));
        match from {
            From::Publication if !self.narrative => publication,
            _ => self
                .last
                .map(|(i, w)| (w, Anchor::Earlier(i as u32)))
                .or(publication),
        }
    }

    fn length(&mut self, parts: &Parts) -> Option<Reading> {
        let unit = parts.inner()?;
        let months = parts
            .amount
            .and_then(Amount::count)
            .is_some_and(|n| matches!(n, 6 | 9 | 12));
        self.stretch |=
            unit == Unit::Month && months || unit == Unit::Year && parts.amount.is_none();
        let default = if parts.plural || unit == Unit::Open {
            Amount::Unknown
        } else {
            Amount::whole(1)
        };
        let amount = parts.amount.unwrap_or(default);
        let mut reading = Reading::new(Kind::Duration, duration(amount, unit), Why::Length);
        reading.alternative = parts.upper.map(|upper| duration(upper, unit));
        Some(reading)
    }

    /// `the last month`: by itself a length, though a reader may take it for the calendar month before.
    fn recent(&mut self, parts: &Parts) -> Option<Reading> {
        let unit = parts.inner()?;
        let reading = self.length(parts)?;
        let base = self.base(From::Publication);
        let Some((base, anchor)) = base.filter(|_| unit >= Unit::Week && unit < Unit::Decade)
        else {
            return Some(reading);
        };
        let place = base.shifted(-1, unit)?;
        Some(Reading {
            anchor,
            alternative: Some(place.value()),
            why: Why::Stretch {
                unit,
                base: base.value(),
            },
            ..reading
        })
    }

    fn repetition(&self, parts: &Parts) -> Option<Reading> {
        let every = parts.every.unwrap_or(1);
        let named = parts
            .inner()
            .filter(|unit| *unit != Unit::Weekend || parts.every.is_some());
        let value = if let Some(unit) = named {
            let counted = match (parts.ordinal, parts.amount) {
                (Some(n), _) if n > 0 => Amount::whole(n),
                (_, Some(amount)) if parts.plural && parts.step.is_none() => amount,
                _ => Amount::whole(every),
            };
            duration(counted, unit)
        } else {
            open_value(parts)?
        };
        Some(Reading::new(Kind::Set, value, Why::Repetition))
    }

    /// The day of publication as a value.
    pub(super) fn publication(&self) -> String {
        self.published
            .map_or_else(String::new, |d| When::Day(d).value())
    }
}

/// `42-year-old`: a length, up to what a life may come to.
fn age(parts: &Parts) -> Option<Reading> {
    let amount = parts
        .amount
        .filter(|a| matches!(a, Amount::Hundredths(1..=15_000)))?;
    let value = duration(amount, Unit::Year);
    Some(Reading::new(Kind::Duration, value, Why::Age))
}

/// `TMO`, `T14:48`, `T14:48Z`.
fn time_suffix(parts: &Parts) -> String {
    match (parts.clock, parts.part) {
        (Some(clock), _) => {
            let zone = if clock.utc { "Z" } else { "" };
            format!("T{:02}:{:02}{zone}", clock.minutes / 60, clock.minutes % 60)
        }
        (None, Some([a, b])) => format!("T{}{}", a as char, b as char),
        _ => String::new(),
    }
}
