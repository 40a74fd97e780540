//! How a long list that goes by date is divided into pages.
//!
//! 1. What fits on one page stands on one.
//! 2. Else the first page has the latest items and leads to a page for each year.
//! 3. A year of more items than a page takes is divided into halves, these into quarters, months, thirds of months and days,
//!    each only as far as it must be. What is divided keeps its page, which leads on to the parts, so no address goes away when a list grows.
//! 4. A day of more items than a page takes has several pages, counted from its first item.
//!
//! Invariant: what stands on the page of a stretch of the calendar depends on the items of that stretch alone, so that one item more
//! changes the first page and those of stretches that its day is in. Pages counted through the whole list would all shift.

use std::ops::Range;

use jiff::civil::Date;

use crate::base::Edtf;

/// A page of a long list that goes by date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shelf {
    /// The latest items, and the way to all others.
    Latest,
    /// What falls into a stretch of the calendar, and which of its pages: 1, but for days that have several.
    Of(Stretch, usize),
}

impl Shelf {
    /// Where it stands below the list's own address.
    pub(crate) fn address(self) -> String {
        match self {
            Self::Latest => String::new(),
            Self::Of(stretch, 1) => stretch.address(),
            Self::Of(stretch, page) => format!("{}page/{page}/", stretch.address()),
        }
    }
}

/// A stretch of the calendar that has a page of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stretch {
    size: Size,
    /// Its first day.
    first: Date,
}

/// Sizes of stretches, each a part of the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Size {
    Year,
    Half,
    Quarter,
    Month,
    Third,
    Day,
}

impl Size {
    fn smaller(self) -> Option<Self> {
        Some(match self {
            Self::Year => Self::Half,
            Self::Half => Self::Quarter,
            Self::Quarter => Self::Month,
            Self::Month => Self::Third,
            Self::Third => Self::Day,
            Self::Day => return None,
        })
    }
}

impl Stretch {
    /// The stretch of a size that a day lies in.
    fn around(size: Size, day: Date) -> Self {
        let begin = |months: i8| 1 + (day.month() - 1) / months * months;
        let (month, first) = match size {
            Size::Year => (1, 1),
            Size::Half => (begin(6), 1),
            Size::Quarter => (begin(3), 1),
            Size::Month => (day.month(), 1),
            Size::Third => (
                day.month(),
                [1, 11, 21][usize::from(day.day() > 10) + usize::from(day.day() > 20)],
            ),
            Size::Day => (day.month(), day.day()),
        };
        Self {
            size,
            first: Date::new(day.year(), month, first).unwrap_or(day),
        }
    }

    /// The year that a day lies in.
    pub(crate) fn year(day: Date) -> Self {
        Self::around(Size::Year, day)
    }

    /// The month that a day lies in.
    pub(crate) fn month(day: Date) -> Self {
        Self::around(Size::Month, day)
    }

    /// Its last day.
    fn last(self) -> Date {
        let of_month = |more: i8| {
            let month = self.first.month() + more;
            let begin = Date::new(self.first.year(), month, 1).unwrap_or(self.first);
            begin.last_of_month()
        };
        match self.size {
            Size::Year => of_month(11),
            Size::Half => of_month(5),
            Size::Quarter => of_month(2),
            Size::Third if self.first.day() < 21 => {
                let day = self.first.day() + 9;
                Date::new(self.first.year(), self.first.month(), day).unwrap_or(self.first)
            }
            Size::Month | Size::Third => of_month(0),
            Size::Day => self.first,
        }
    }

    /// Whether it has several months.
    pub(crate) fn has_months(self) -> bool {
        self.size < Size::Month
    }

    /// The year that it is a part of; none for a year.
    pub(crate) fn year_around(self) -> Option<Self> {
        (self.size > Size::Year).then(|| Self::year(self.first))
    }

    /// Its date, for words.
    pub(crate) fn date(self) -> Option<Edtf> {
        let (from, to) = (self.first, self.last());
        let month = |day: Date| format!("{:04}-{:02}", day.year(), day.month());
        let day = |day: Date| format!("{}-{:02}", month(day), day.day());
        let text = match self.size {
            Size::Year => format!("{:04}", from.year()),
            Size::Half | Size::Quarter => format!("{}/{}", month(from), month(to)),
            Size::Month => month(from),
            Size::Third => format!("{}/{}", day(from), day(to)),
            Size::Day => day(from),
        };
        Edtf::parse(&text).ok()
    }

    /// Where its page stands below the list's own address: `2014/`, `2014/01-06/`, `2014/03/`, `2014/03/01-10/`, `2014/03/05/`.
    pub(crate) fn address(self) -> String {
        let (from, to) = (self.first, self.last());
        let (year, month) = (from.year(), from.month());
        match self.size {
            Size::Year => format!("{year:04}/"),
            Size::Half | Size::Quarter => format!("{year:04}/{month:02}-{:02}/", to.month()),
            Size::Month => format!("{year:04}/{month:02}/"),
            Size::Third => format!("{year:04}/{month:02}/{:02}-{:02}/", from.day(), to.day()),
            Size::Day => format!("{year:04}/{month:02}/{:02}/", from.day()),
        }
    }
}

/// A long list that goes by date, from the first day to the last.
pub(crate) struct Shelves<F> {
    /// How many items it has.
    pub(crate) len: usize,
    /// How many a page takes.
    pub(crate) per_page: usize,
    /// The day of an item by its place in the list; it never goes back.
    pub(crate) day: F,
}

impl<F: Fn(usize) -> Date> Shelves<F> {
    /// Every page, the first one first, then by date.
    pub(crate) fn all(&self) -> Vec<Shelf> {
        let mut all = vec![Shelf::Latest];
        if self.len > self.per_page {
            for (year, _) in self.years() {
                self.below(year, &mut all);
            }
        }
        all
    }

    fn below(&self, stretch: Stretch, all: &mut Vec<Shelf>) {
        all.extend((1..=self.pages(stretch)).map(|page| Shelf::Of(stretch, page)));
        for part in self.divided(stretch) {
            self.below(part, all);
        }
    }

    /// The years that have items, with the places of these.
    fn years(&self) -> Vec<(Stretch, Range<usize>)> {
        let mut years = Vec::new();
        let mut at = 0;
        while at < self.len {
            let year = Stretch::year((self.day)(at));
            let end = self.range(year).end.max(at + 1);
            years.push((year, at..end));
            at = end;
        }
        years
    }

    /// The places of the items of a stretch.
    pub(crate) fn range(&self, stretch: Stretch) -> Range<usize> {
        let (first, last) = (stretch.first, stretch.last());
        self.point(|day| day < first)..self.point(|day| day <= last)
    }

    /// The places of the items that a page shows; none for one that only leads on to others.
    pub(crate) fn shown(&self, shelf: Shelf) -> Range<usize> {
        match shelf {
            Shelf::Latest => self.len.saturating_sub(self.per_page)..self.len,
            Shelf::Of(stretch, page) => {
                let Range { start, end } = self.range(stretch);
                if stretch.size < Size::Day && end - start > self.per_page {
                    return start..start;
                }
                let from = start + (page - 1) * self.per_page;
                from.min(end)..(from + self.per_page).min(end)
            }
        }
    }

    /// The pages after and before one, from later to earlier: those of whole items beside one of items, of stretches as large at
    /// least beside one that is divided.
    pub(crate) fn beside(&self, shelf: Shelf) -> (Option<Shelf>, Option<Shelf>) {
        let Shelf::Of(stretch, _) = shelf else {
            let next = self.shown(shelf).start.checked_sub(1);
            return (None, next.map(|at| self.around(at, Size::Day)));
        };
        let (range, size) = match self.shown(shelf) {
            shown if shown.is_empty() => (self.range(stretch), stretch.size),
            shown => (shown, Size::Day),
        };
        let later = (range.end < self.len).then_some(range.end);
        let earlier = range.start.checked_sub(1);
        (
            later.map(|at| self.around(at, size)),
            earlier.map(|at| self.around(at, size)),
        )
    }

    /// The page that an item is on, or that leads on to it, of a stretch that is not smaller than `size`.
    fn around(&self, at: usize, size: Size) -> Shelf {
        let day = (self.day)(at);
        let mut stretch = Stretch::year(day);
        let mut range = self.range(stretch);
        while let Some(smaller) = stretch.size.smaller() {
            if range.len() <= self.per_page || stretch.size == size {
                break;
            }
            stretch = Stretch::around(smaller, day);
            range = self.range(stretch);
        }
        let page = match stretch.size {
            Size::Day => 1 + (at - range.start) / self.per_page,
            _ => 1,
        };
        Shelf::Of(stretch, page)
    }

    /// What a page leads on to, in order of date, with the places of the items: the first page to the years.
    pub(crate) fn leads_to(&self, shelf: Shelf) -> Vec<(Shelf, Range<usize>)> {
        match shelf {
            Shelf::Latest if self.len <= self.per_page => Vec::new(),
            Shelf::Latest => {
                let years = self.years().into_iter();
                years
                    .map(|(year, of_year)| (Shelf::Of(year, 1), of_year))
                    .collect()
            }
            Shelf::Of(stretch, _) => self.parts(stretch),
        }
    }

    /// What the page of a divided stretch leads on to: months at the largest from a year, for nobody
    /// wants to go through halves and quarters; the whole of a month at once. Nothing where it is not divided.
    fn parts(&self, stretch: Stretch) -> Vec<(Shelf, Range<usize>)> {
        let mut parts = Vec::new();
        for part in self.divided(stretch) {
            let further = self.parts(part);
            if further.is_empty() || part.size == Size::Month {
                let of_part = self.range(part);
                let pages = (1..=self.pages(part)).map(|page| Shelf::Of(part, page));
                parts.extend(pages.map(|shelf| match part.size {
                    Size::Day => (shelf, self.shown(shelf)),
                    _ => (shelf, of_part.clone()),
                }));
            } else {
                parts.extend(further);
            }
        }
        parts
    }

    /// How many pages a stretch has.
    fn pages(&self, stretch: Stretch) -> usize {
        match stretch.size {
            Size::Day => self.range(stretch).len().div_ceil(self.per_page).max(1),
            _ => 1,
        }
    }

    /// The next smaller stretches with items, where one is too large for a page.
    fn divided(&self, stretch: Stretch) -> Vec<Stretch> {
        let Range { start, end } = self.range(stretch);
        let mut parts = Vec::new();
        let Some(size) = stretch
            .size
            .smaller()
            .filter(|_| end - start > self.per_page)
        else {
            return parts;
        };
        let mut at = start;
        while at < end {
            let part = Stretch::around(size, (self.day)(at));
            parts.push(part);
            at = self.range(part).end.max(at + 1);
        }
        parts
    }

    /// How many items come first for which `before` holds.
    fn point(&self, before: impl Fn(Date) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len);
        while low < high {
            let middle = low + (high - low) / 2;
            if before((self.day)(middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

#[cfg(test)]
mod tests;
