//! What an event looks like on a scale.

use std::cmp::Reverse;

use jiff::civil::Date;

use super::Point;
use super::scale::{Scale, day};
use super::svg::{Percent, Svg, Width};
use crate::base::Precision;

/// A bar narrower than this is not seen as one, in pixels.
const SHORT: i64 = 7;

/// How a date is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A day: a disc.
    Disc,
    /// A month, or from one day or month to another: a solid bar.
    Solid,
    /// A year, a season or longer: an open bar.
    Open,
}

/// An event as it is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    /// How.
    pub(super) form: Form,
    /// The first and the last day that it may mean, in this order.
    pub(super) days: (Date, Date),
    /// Whether it goes on before the first or after the last of them.
    open: (bool, bool),
    worked: bool,
    key: &'static str,
}

impl Mark {
    /// The mark of an event.
    pub(super) fn of(point: &Point<'_>) -> Self {
        let date = point.date;
        let (a, b) = (date.earliest(), date.latest());
        let days = (a.min(b), a.max(b));
        let open = (date.start.is_none(), matches!(date.end, Some(None)));
        let precision = date.precision();
        let one_day = days.0 == days.1 && open == (false, false);
        let form = match precision {
            Precision::Day if one_day => Form::Disc,
            Precision::Day | Precision::Month => Form::Solid,
            _ => Form::Open,
        };
        let key = match precision {
            _ if point.worked => "worked",
            Precision::Day => "day",
            Precision::Month => "month",
            _ => "year",
        };
        Self {
            form,
            days,
            open,
            worked: point.worked,
            key,
        }
    }

    /// The classes of its shape.
    pub(super) fn class(&self) -> &'static str {
        match (self.worked, self.form) {
            (true, _) => "hol wk",
            (false, Form::Open) => "hol",
            (false, _) => "pt",
        }
    }

    /// The class of its stem.
    pub(super) fn stem(&self) -> &'static str {
        if self.worked { "ax wk" } else { "ax" }
    }

    /// Whether it begins and ends.
    pub(super) fn is_closed(&self) -> bool {
        self.open == (false, false)
    }

    /// How many days it takes.
    pub(super) fn length(&self) -> i64 {
        day(self.days.1) - day(self.days.0) + 1
    }

    /// Where it begins and ends on a scale. What is open goes on to the edge; a day is the point where it begins.
    pub(super) fn on(&self, scale: Scale) -> (Percent, Percent) {
        let from = if self.open.0 {
            scale.start()
        } else {
            day(self.days.0)
        };
        let until = if self.open.1 {
            scale.end()
        } else {
            day(self.days.1) + 1
        };
        match self.form {
            Form::Disc => (scale.at(from), scale.at(from)),
            _ => (scale.at(from), scale.at(until)),
        }
    }

    /// How wide its bar is on a chart that is usually `pixels` wide: as long as it took, but never too short to see.
    pub(super) fn width(&self, scale: Scale, pixels: i64) -> Width {
        let (from, until) = self.on(scale);
        let share = until.from(from);
        if share.hundredths() * pixels < SHORT * 10_000 {
            Width::Pixels(SHORT)
        } else {
            Width::Share(share)
        }
    }
}

/// Which marks there are, for the key.
pub(super) fn keys<'a>(marks: impl Iterator<Item = &'a Mark> + Clone) -> Vec<&'static str> {
    let used = |key: &&'static str| marks.clone().any(|m| m.key == *key);
    ["day", "month", "year", "worked"]
        .into_iter()
        .filter(used)
        .collect()
}

/// The first and last day of all marks.
pub(super) fn extent<'a>(marks: impl Iterator<Item = &'a Mark> + Clone) -> Option<(Date, Date)> {
    let first = marks.clone().map(|m| m.days.0).min()?;
    let last = marks.map(|m| m.days.1).max()?;
    Some((first, last))
}

/// Draws small marks on a line at `y`: long ones first, so that short ones lie on top; the same mark only once.
pub(super) fn draw_small(svg: &mut Svg, marks: &[Mark], scale: Scale, y: i64, pixels: i64) {
    let mut spots: Vec<_> = marks
        .iter()
        .map(|mark| {
            let (x, _) = mark.on(scale);
            let width = (mark.form != Form::Disc).then(|| mark.width(scale, pixels));
            (Reverse(width), x, mark.class())
        })
        .collect();
    spots.sort_unstable();
    spots.dedup();
    for (Reverse(width), x, class) in spots {
        match width {
            Some(width) => svg.rect(class, x, width, y - 3, 6),
            None => svg.disc(class, x, y, "4.5"),
        }
    }
}
