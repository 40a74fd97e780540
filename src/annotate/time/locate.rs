//! Where a calendar expression lies: which of its parts decide, and from what it is counted.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::lexicon::Class;
use super::number::Figures;
use super::parts::{From, Make, Parts, Year};
use super::place::{Placed, in_year};
use super::recognise::Found;
use super::resolve::Resolver;
use super::tense::{Tense, lies_behind, tense};
use super::value::{Amount, Unit};
use super::when::When;
use super::why::{Named, Why};
use super::{Anchor, Kind};

impl Resolver<'_, '_> {
    /// Where a calendar expression lies; nothing when that cannot be told.
    pub(super) fn place(&self, found: &Found) -> Option<Placed> {
        let parts = &found.parts;
        match found.make {
            Make::Beyond => return self.beyond(parts),
            Make::Anniversary => return self.anniversary(found),
            _ => {}
        }
        if let Some(figures) = parts.figures {
            return self.numeric(figures);
        }
        let whole_of = match parts.units[..] {
            [Unit::Week] => parts.day.is_some(),
            [Unit::Quarter | Unit::Half] => parts.month.is_some() && parts.ordinal.is_none(),
            _ => false,
        };
        if whole_of && parts.step.is_none() {
            return self.whole_of(found);
        }
        if let Some(century) = parts.century {
            return Some(Placed::stated(When::Century(century)));
        }
        if let Some(decade) = parts.decade {
            return Some(Placed::stated(When::Decade(self.full_decade(decade))));
        }
        if let (Some(year), Some(Unit::Quarter | Unit::Open), None) =
            (parts.year, parts.inner(), parts.ordinal)
        {
            // `the 1988 quarter`: the one under discussion, in that year; after nine months, so many of it.
            let year = self.full_year(year);
            let whole = self.stretch && parts.inner() == Some(Unit::Open);
            let when = match self.focus.filter(|_| !whole) {
                Some((_, When::Quarter(_, q))) => When::Quarter(year, q),
                Some((_, When::Half(_, h))) => When::Half(year, h),
                _ => When::Year(year),
            };
            return Some(Placed::stated(when));
        }
        if let Some(year) = parts.year {
            return in_year(parts, self.full_year(year)).map(Placed::stated);
        }
        if let Some(days) = parts.deictic {
            let (base, anchor) = self.base(From::Publication)?;
            let when = base.shifted(days, Unit::Day)?;
            let why = Why::Step {
                by: days,
                unit: Unit::Day,
                from: From::Publication,
                base: base.value(),
            };
            return Some(Placed {
                when,
                anchor,
                why,
                other: None,
            });
        }
        if let Some(placed) = self.closed(parts) {
            return Some(placed);
        }
        if found.make == Make::InHand {
            return self.in_hand(parts.outer()?);
        }
        if let Some((by, From::Earlier)) = parts.step
            && (parts.weekday.is_some() || parts.month.is_some() || parts.season.is_some())
            && parts.units.is_empty()
        {
            return self.beside(parts, by);
        }
        if let Some((by, from)) = parts.step
            && (!parts.units.is_empty() && parts.outer() != Some(Unit::Quarter)
                || parts.part.is_some())
        {
            return self.step(parts, by, from);
        }
        if let Some((by, _)) = parts.step
            && parts.units == [Unit::Quarter]
            && parts.ordinal.is_none()
        {
            return self.step(parts, by, From::Publication);
        }
        if parts.step.is_none() && parts.units == [Unit::Weekend] {
            return self.weekend(found);
        }
        let bare_unit = parts.step.is_none() && !parts.units.is_empty() && parts.ordinal.is_none();
        if bare_unit {
            return self.step(parts, 0, From::Publication);
        }
        if let (Some(_), Some(unit)) = (parts.ordinal, parts.outer())
            && unit == Unit::Year
        {
            return self.step(parts, 0, From::Publication);
        }
        self.nearest(found)
    }

    /// `the week of March 6`, `the March quarter`.
    fn whole_of(&self, found: &Found) -> Option<Placed> {
        let mut dated = found.clone();
        let unit = dated.parts.units.pop()?;
        let placed = self.place(&dated)?;
        Some(Placed {
            when: When::around(placed.when.first_day()?, unit)?,
            ..placed
        })
    }

    /// `Monday week`: so many weeks after the Monday to come.
    fn beyond(&self, parts: &Parts) -> Option<Placed> {
        let (day, _) = self.base(From::Publication)?;
        let weekday = Weekday::from_monday_one_offset(parts.weekday? as i8).ok()?;
        let eve = day.first_day()?.yesterday().ok()?;
        let next = When::Day(eve.nth_weekday(1, weekday).ok()?);
        let by = parts.amount?.count()?;
        let why = Why::Step {
            by,
            unit: Unit::Week,
            from: From::Publication,
            base: next.value(),
        };
        Some(Placed {
            when: next.shifted(by * 7, Unit::Day)?,
            anchor: Anchor::Publication,
            why,
            other: None,
        })
    }

    /// `the 50th anniversary of the 1953 armistice`: so many years after; without a year the day nearest to publication.
    fn anniversary(&self, found: &Found) -> Option<Placed> {
        let count = found.parts.amount.and_then(Amount::count);
        let dated = Parts {
            units: Vec::new(),
            ordinal: None,
            amount: None,
            ..found.parts.clone()
        };
        let by = found.parts.ordinal.or(count);
        let (Some(by), Some(year)) = (by, dated.year) else {
            let undated = Parts {
                year: None,
                weekday: None,
                ..dated
            };
            let tense = tense(self.reader, &found.sentence, &found.tokens);
            return super::place::nearest(&undated, self.published?, tense, false);
        };
        let first = self.full_year(year);
        let named = in_year(&dated, first)?;
        let why = Why::Step {
            by,
            unit: Unit::Year,
            from: From::Earlier,
            base: named.value(),
        };
        Some(Placed {
            when: in_year(&dated, first.checked_add(i32::try_from(by).ok()?)?)?,
            anchor: Anchor::Itself,
            why,
            other: None,
        })
    }

    /// `the quarter ended Sept. 30`: the one that month lies in.
    fn closed(&self, parts: &Parts) -> Option<Placed> {
        let (month, year) = parts
            .closing
            .filter(|_| parts.ordinal.is_none() && self.focus.is_none())?;
        let published = self.published;
        let year = match (year, published) {
            (Some(year), _) => self.full_year(year),
            (None, Some(day)) => i32::from(day.year()) - i32::from(month > day.month() as u8),
            (None, None) => return None,
        };
        let when = When::Quarter(year, month.clamp(1, 12).div_ceil(3));
        Some(Placed::stated(when))
    }

    /// `the previous Friday`, `the following spring`: counted from the date named last.
    fn beside(&self, parts: &Parts, by: i32) -> Option<Placed> {
        let (base, anchor) = self.base(From::Earlier)?;
        let when = super::place::beside(parts, base.first_day()?, by)?;
        let why = Why::Step {
            by: i64::from(by),
            unit: base.unit(),
            from: From::Earlier,
            base: base.value(),
        };
        Some(Placed {
            when,
            anchor,
            why,
            other: None,
        })
    }

    /// `the weekend`: the last one, or the coming one when the verb looks ahead.
    fn weekend(&self, found: &Found) -> Option<Placed> {
        let published = self.published?;
        let ahead = tense(self.reader, &found.sentence, &found.tokens) == Tense::Future;
        let began = published.weekday().to_monday_one_offset() >= 6;
        let by = if ahead || began { 0 } else { -1 };
        self.step(&found.parts, by, From::Publication)
    }

    /// `last month`, `that year`, `Friday last week`, `this year's third quarter`.
    fn step(&self, parts: &Parts, by: i32, from: From) -> Option<Placed> {
        let unit = parts.outer().unwrap_or(Unit::Day);
        let (base, anchor) = match from {
            From::Earlier => self.base_at_most(unit)?,
            From::Publication => self.base(From::Publication)?,
        };
        let by = i64::from(by);
        let mut place = When::around(base.first_day()?, unit)?.shifted(by, unit)?;
        if let (When::Week(y, w), Unit::Weekend) = (place, unit) {
            place = When::Weekend(y, w);
        }
        let why = Why::Step {
            by,
            unit,
            from,
            base: base.value(),
        };
        let when = match (place, parts.weekday) {
            (When::Week(..), Some(weekday)) => When::Day(
                place
                    .first_day()?
                    .checked_add((i64::from(weekday) - 1).days())
                    .ok()?,
            ),
            (When::Year(year), _) => in_year(parts, year)?,
            (When::Month(year, month), _) => match parts.day {
                Some(day) => {
                    When::Day(Date::new(i16::try_from(year).ok()?, month as i8, day as i8).ok()?)
                }
                None => place,
            },
            _ => place,
        };
        Some(Placed {
            when,
            anchor,
            why,
            other: None,
        })
    }

    /// The date named last that is no coarser than a unit; any, if there is none such.
    fn base_at_most(&self, unit: Unit) -> Option<(When, Anchor)> {
        match self.last {
            Some((i, when)) if when.unit() <= unit => Some((when, Anchor::Earlier(i as u32))),
            _ => {
                let earlier = self
                    .out
                    .iter()
                    .rposition(|t| t.kind == Kind::Date && t.value.len() == 10);
                let day =
                    earlier.and_then(|i| self.out[i].value.parse::<Date>().ok().map(|d| (i, d)));
                match day {
                    Some((i, date)) => Some((When::Day(date), Anchor::Earlier(i as u32))),
                    None => self.base(From::Publication),
                }
            }
        }
    }

    /// `the quarter`: the one under discussion, else the last complete one; `the year`: this one.
    fn in_hand(&self, unit: Unit) -> Option<Placed> {
        let (base, anchor) = match unit {
            Unit::Quarter | Unit::Open => match self.focus {
                Some((i, when)) => (when, Anchor::Earlier(i as u32)),
                None => {
                    let now = When::around(self.published?, Unit::Quarter)?;
                    (now.shifted(-1, Unit::Quarter)?, Anchor::Publication)
                }
            },
            Unit::Day => self.base_at_most(Unit::Day)?,
            Unit::Week | Unit::Month | Unit::Year => self.base(From::Publication)?,
            _ => return None,
        };
        let when = if matches!(unit, Unit::Quarter | Unit::Open) {
            base
        } else {
            When::around(base.first_day()?, unit)?
        };
        let why = Why::Step {
            by: 0,
            unit,
            from: From::Publication,
            base: base.value(),
        };
        Some(Placed {
            when,
            anchor,
            why,
            other: None,
        })
    }

    /// A weekday, month, date, season, quarter or holiday without its year.
    fn nearest(&self, found: &Found) -> Option<Placed> {
        // Without a day of publication a bare year, perhaps of a box of facts, says nothing of other sentences.
        let undated = |(i, last): &(usize, When)| {
            self.published.is_none() && (last.unit() < Unit::Year || self.in_sentence(*i, found))
        };
        let named = self.last.filter(|last| self.narrative || undated(last));
        if let Some((i, last)) = named
            && let Some(year) = last.year()
            && let year = year + i32::from(passes_new_year(last, &found.parts))
            && let Some(when) = in_year(&found.parts, year).filter(|w| *w != When::Year(year))
        {
            let why = Why::Inherited { base: last.value() };
            return Some(Placed {
                when,
                anchor: Anchor::Earlier(i as u32),
                why,
                other: None,
            });
        }
        let published = self.published?;
        if let Some(placed) = self.day_after_that(found) {
            return Some(placed);
        }
        let mut tense = tense(self.reader, &found.sentence, &found.tokens);
        let in_headline = self.context.headline.as_ref().is_some_and(|h| {
            self.reader
                .tokens
                .get(found.tokens.start)
                .is_some_and(|t| h.contains(&t.start))
        });
        if in_headline && tense == Tense::Present {
            tense = Tense::Past;
        }
        let behind = lies_behind(self.reader, &found.sentence, found.tokens.start);
        super::place::nearest(&found.parts, published, tense, behind)
    }

    /// `Saturday` in `Friday and Saturday`: the next after that Friday.
    fn day_after_that(&self, found: &Found) -> Option<Placed> {
        let parts = &found.parts;
        let weekday = parts.weekday.filter(|_| {
            parts.day.or(parts.month).is_none() && parts.step.is_none() && parts.part.is_none()
        })?;
        let link = found.tokens.start.checked_sub(1)?;
        let before = link.checked_sub(1).filter(|i| *i >= found.sentence.start)?;
        let earlier = self.out.len().checked_sub(1)?;
        let last = self.out.get(earlier)?;
        let joined = self.reader.is(link, Class::Link) || self.reader.is_mark(link, '-');
        if !joined || last.range.end != self.reader.tokens.get(before)?.end {
            return None;
        }
        let Why::Nearest {
            name: Named::Weekday(first),
            ..
        } = last.why
        else {
            return None;
        };
        let day: Date = last.value.get(..10)?.parse().ok()?;
        // `Friday and Thursday` is told backwards.
        let days = (i64::from(weekday) - i64::from(first)).rem_euclid(7);
        if !(1..=4).contains(&days) {
            return None;
        }
        let when = When::Day(day).shifted(days, Unit::Day)?;
        Some(Placed {
            when,
            anchor: Anchor::Earlier(earlier as u32),
            why: Why::Step {
                by: days,
                unit: Unit::Day,
                from: From::Earlier,
                base: When::Day(day).value(),
            },
            other: None,
        })
    }

    /// A date in figures, in the document's order.
    fn numeric(&self, f: Figures) -> Option<Placed> {
        let date = |y: u16, m: u16, d: u16| {
            Date::new(
                i16::try_from(y).ok()?,
                i8::try_from(m).ok()?,
                i8::try_from(d).ok()?,
            )
            .ok()
        };
        if f.first > 31 && f.third == 0 {
            let month = u8::try_from(f.second)
                .ok()
                .filter(|m| (1..=12).contains(m))?;
            return Some(Placed::stated(When::Month(i32::from(f.first), month)));
        }
        if f.first > 31 {
            return date(f.first, f.second, f.third).map(|d| Placed::stated(When::Day(d)));
        }
        let year = if f.third < 100 {
            self.full_year(Year::Short(f.third as u8)) as u16
        } else {
            f.third
        };
        let month_first = date(year, f.first, f.second);
        let day_first = date(year, f.second, f.first);
        let (chosen, other) = if self.order.month_first {
            (month_first, day_first)
        } else {
            (day_first, month_first)
        };
        let month_first = self.order.month_first == chosen.is_some();
        let certain = self.order.shown || other.is_none() || chosen.is_none() || other == chosen;
        let other = if certain { None } else { other.map(When::Day) };
        let why = Why::Order {
            month_first,
            shown: certain,
        };
        let when = When::Day(chosen.or(if self.order.month_first {
            day_first
        } else {
            date(year, f.first, f.second)
        })?);
        Some(Placed {
            when,
            anchor: Anchor::Itself,
            why,
            other,
        })
    }

    fn full_year(&self, year: Year) -> i32 {
        match year {
            Year::Full(year) => year,
            Year::Short(two) => self.with_century(i32::from(two)),
        }
    }

    fn full_decade(&self, decade: i32) -> i32 {
        if decade >= 100 {
            decade.div_euclid(10)
        } else {
            self.with_century(decade).div_euclid(10)
        }
    }

    /// The year of two digits that is nearest to publication without lying far ahead.
    fn with_century(&self, two: i32) -> i32 {
        let now = self.published.map_or(2000, |d| i32::from(d.year()));
        let year = now.div_euclid(100) * 100 + two;
        if year > now + 10 { year - 100 } else { year }
    }
}

/// Whether a story that was in autumn or winter and now names an early month has gone on into the
/// next year.
fn passes_new_year(last: When, parts: &Parts) -> bool {
    let was = match last {
        When::Month(_, month) => month,
        When::Day(date) => date.month() as u8,
        _ => return false,
    };
    was >= 10 && parts.month.is_some_and(|month| month <= 3)
}
