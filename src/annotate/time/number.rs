//! Numbers in digits and words, and the numeric shapes of dates and clock times.

use super::lexicon::{Class, Lexicon, WordId};
use crate::annotate::token::{Kind, Shape, Token};

/// The tokens being read, with their text and their words.
#[derive(Clone, Copy)]
pub(super) struct Reader<'t> {
    /// The article's text.
    pub text: &'t str,
    /// Its tokens.
    pub tokens: &'t [Token],
    /// The word of each token.
    pub words: &'t [WordId],
    /// The language's words.
    pub lexicon: &'t Lexicon,
}

/// A year, a month and a day as three numbers written with separators, in the order found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Figures {
    pub first: u16,
    pub second: u16,
    pub third: u16,
}

impl<'t> Reader<'t> {
    /// A token's spelling, empty beyond the end.
    pub(super) fn spelling(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |t| t.of(self.text))
    }

    /// A token's word, 0 beyond the end.
    pub(super) fn word(&self, at: usize) -> WordId {
        self.words.get(at).copied().unwrap_or(0)
    }

    /// Whether the token at `at` belongs to a class of words.
    pub(super) fn is(&self, at: usize, class: Class) -> bool {
        self.lexicon.is(self.word(at), class)
    }

    /// Whether the token touches the one before it.
    pub(super) fn glued(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(Token::glued)
    }

    /// Whether the token at `at` is the given mark, dashes and quotes of any make.
    pub(super) fn is_mark(&self, at: usize, mark: char) -> bool {
        self.tokens.get(at).is_some_and(|t| t.is_mark(mark))
    }

    /// The digits of a token that is nothing but ASCII digits.
    pub(super) fn digits(&self, at: usize) -> Option<&'t str> {
        let token = self.tokens.get(at)?;
        let spelling = token.of(self.text);
        (token.kind == Kind::Number && spelling.bytes().all(|b| b.is_ascii_digit()))
            .then_some(spelling)
    }

    /// The reading of a numeric class at a token: value and length.
    pub(super) fn numeric(&self, class: Class, at: usize) -> Option<(i64, usize)> {
        match class {
            Class::Num => self.cardinal(at),
            Class::Ord => self.ordinal(at),
            Class::Day => self.day(at).map(|d| (d, 1)),
            Class::Year => self.year(at),
            Class::Year2 => self.short_year(at),
            Class::Numdate => self.figures(at).map(|(f, n)| (pack(f), n)),
            Class::Clock => self.clock(at),
            Class::Decade => self.decade(at),
            _ => None,
        }
    }

    /// `21st`, `twenty-first`; ordinals of one word are in the lexicon.
    fn ordinal(&self, at: usize) -> Option<(i64, usize)> {
        if let Some(n) = self.digits_with_suffix(at, &["st", "nd", "rd", "th"]) {
            return Some((n, 1));
        }
        let tens = self
            .lexicon
            .value(self.word(at), Class::Card)
            .filter(|n| *n >= 20 && n % 10 == 0)?;
        let dash = usize::from(self.is_mark(at + 1, '-'));
        let ones = self
            .lexicon
            .value(self.word(at + 1 + dash), Class::Ord)
            .filter(|n| *n < 10)?;
        Some((tens + ones, 2 + dash))
    }

    /// A cardinal number in hundredths: `12`, `1,200`, `2 1/2`, `twenty-four`, `a hundred`.
    fn cardinal(&self, at: usize) -> Option<(i64, usize)> {
        let token = self.tokens.get(at)?;
        if token.kind == Kind::Number {
            let value = hundredths(token.of(self.text))?;
            if self.digits(at + 1) == Some("1")
                && self.is_mark(at + 2, '/')
                && self.digits(at + 3) == Some("2")
            {
                return Some((value + 50, 4));
            }
            let (scale, used) = self.scale(at + 1);
            return Some((value.saturating_mul(scale), 1 + used));
        }
        if let Some(n) = self.digits_with_suffix(at, &["½"]) {
            return Some((n * 100 + 50, 1));
        }
        self.words_of_number(at)
    }

    /// `hundred`, `thousand`, … after a number: factor and tokens used.
    fn scale(&self, at: usize) -> (i64, usize) {
        self.lexicon
            .value(self.word(at), Class::Mult)
            .map_or((1, 0), |m| (m, 1))
    }

    fn words_of_number(&self, start: usize) -> Option<(i64, usize)> {
        let (mut total, mut group, mut at, mut last) = (0i64, 0i64, start, i64::MAX);
        if self.is(at, Class::A) {
            group = self.lexicon.value(self.word(at + 1), Class::Mult)?;
            at += 2;
        }
        while at < start + 12 {
            let hyphen = at > start && self.is_mark(at, '-') && self.glued(at + 1);
            let word = self.word(at + usize::from(hyphen));
            if let Some(n) = self.lexicon.value(word, Class::Card) {
                if n >= last || (hyphen && last != i64::MAX && n > 9) {
                    break;
                }
                group += n;
                last = if n < 10 {
                    1
                } else if n < 20 {
                    2
                } else {
                    10
                };
            } else if let Some(m) = self
                .lexicon
                .value(word, Class::Mult)
                .filter(|_| !hyphen && at > start)
            {
                if m == 100 {
                    group *= 100;
                } else {
                    total += group.saturating_mul(m);
                    group = 0;
                }
                last = i64::MAX;
            } else {
                break;
            }
            at += 1 + usize::from(hyphen);
        }
        let value = total.saturating_add(group).saturating_mul(100);
        (at > start && value > 0).then_some((value, at - start))
    }

    /// A day of a month: `3`, `03`, `3rd`.
    fn day(&self, at: usize) -> Option<i64> {
        let number = match self.digits(at) {
            Some(digits) if digits.len() <= 2 => digits.parse().ok()?,
            Some(_) => return None,
            None => self.digits_with_suffix(at, &["st", "nd", "rd", "th"])?,
        };
        (1..=31).contains(&number).then_some(number)
    }

    /// The number in `20th` or `1990s`.
    pub(super) fn digits_with_suffix(&self, at: usize, suffixes: &[&str]) -> Option<i64> {
        let spelling = self.spelling(at);
        let cut = spelling.find(|c: char| !c.is_ascii_digit())?;
        let (digits, suffix) = spelling.split_at(cut);
        let known = suffixes.iter().any(|s| suffix.eq_ignore_ascii_case(s));
        (known && (1..=4).contains(&digits.len())).then(|| digits.parse().ok())?
    }

    /// A year of four digits, or in words: `nineteen ninety-seven`.
    fn year(&self, at: usize) -> Option<(i64, usize)> {
        if let Some(digits) = self.digits(at) {
            let year: i64 = digits.parse().ok().filter(|_| digits.len() == 4)?;
            return (1000..=2199).contains(&year).then_some((year, 1));
        }
        let token = self.tokens.get(at)?;
        if token.shape.has(Shape::HAS_DIGIT) {
            let year: i64 = token.of(self.text).strip_prefix("FY")?.parse().ok()?;
            return (1900..=2199).contains(&year).then_some((year, 1)); // FY2021
        }
        let card = |i| self.lexicon.value(self.word(i), Class::Card);
        let century = card(at).filter(|n| (16..=20).contains(n))?;
        let tens = card(at + 1).filter(|n| (10..=99).contains(n))?;
        let dash = usize::from(self.is_mark(at + 2, '-'));
        match card(at + 2 + dash).filter(|n| *n < 10 && tens >= 20) {
            Some(ones) => Some((century * 100 + tens + ones, 3 + dash)),
            None => Some((century * 100 + tens, 2)),
        }
    }

    /// `'98`.
    fn short_year(&self, at: usize) -> Option<(i64, usize)> {
        // Not the inches of 5'10.
        if at > 0 && self.glued(at) && self.tokens[at - 1].shape.has(Shape::HAS_DIGIT) {
            return None;
        }
        let digits = self.digits(at + 1).filter(|d| d.len() == 2)?;
        (self.is_mark(at, '\'') && self.glued(at + 1))
            .then(|| digits.parse().ok().map(|y| (y, 2)))?
    }

    /// The first year of a decade: `1990s`, `'80s`, `90s`; two digits stay below 100.
    fn decade(&self, at: usize) -> Option<(i64, usize)> {
        if self.is_mark(at, '\'') && self.glued(at + 1) {
            return self
                .decade(at + 1)
                .filter(|(d, _)| *d < 100)
                .map(|(d, n)| (d, n + 1));
        }
        let (decade, used) = match self.digits(at) {
            // 1990's
            Some(digits) => {
                let clitic = self.spelling(at + 1);
                let s = self.glued(at + 1) && matches!(clitic, "'s" | "’s");
                (
                    digits
                        .parse::<i64>()
                        .ok()
                        .filter(|_| s && digits.len() == 4)?,
                    2,
                )
            }
            None => (self.digits_with_suffix(at, &["s"])?, 1),
        };
        let plausible = (1000..2100).contains(&decade) || (10..100).contains(&decade);
        (decade % 10 == 0 && plausible).then_some((decade, used))
    }

    /// `08/31/2004`, `2004-08-31`, `31.8.2004`, `20040831` in the order found.
    fn figures(&self, at: usize) -> Option<(Figures, usize)> {
        let spelling = self.spelling(at);
        if self.tokens.get(at)?.kind != Kind::Number {
            return None;
        }
        if spelling.contains('.') {
            let mut parts = spelling.split('.').map(|p| p.parse::<u16>().ok());
            let found = Figures {
                first: parts.next()??,
                second: parts.next()??,
                third: parts.next()??,
            };
            let lengths: Vec<usize> = spelling.split('.').map(str::len).collect();
            let shaped = matches!(lengths[..], [1..=2, 1..=2, 4] | [4, 2, 2]);
            return shaped.then_some((found, 1));
        }
        if let Some(found) = self.month_figures(at) {
            return Some((found, 3));
        }
        let separator = self.spelling(at + 1);
        let apart = matches!(separator, "/" | "-") && self.spelling(at + 3) == separator;
        let joined = (at + 1..=at + 4).all(|i| self.glued(i));
        let (a, b, c) = (self.digits(at)?, self.digits(at + 2)?, self.digits(at + 4)?);
        let shaped = matches!(
            (a.len(), b.len(), c.len(), separator),
            (4, 1..=2, 1..=2, _) | (1..=2, 1..=2, 4, _) | (1..=2, 1..=2, 2, "/")
        );
        let figures = Figures {
            first: a.parse().ok()?,
            second: b.parse().ok()?,
            third: c.parse().ok()?,
        };
        (apart && joined && shaped).then_some((figures, 5))
    }

    /// `02/2014`, as year, month and no day.
    fn month_figures(&self, at: usize) -> Option<Figures> {
        let joined = self.is_mark(at + 1, '/') && self.glued(at + 1) && self.glued(at + 2);
        let goes_on = self.glued(at + 3) && self.is_mark(at + 3, '/');
        let begun = self.glued(at) && at > 0 && self.is_mark(at - 1, '/');
        let (month, year) = (self.digits(at)?, self.digits(at + 2)?);
        let shaped = month.len() == 2 && year.len() == 4 && joined && !goes_on && !begun;
        let (month, year): (u16, u16) = (month.parse().ok()?, year.parse().ok()?);
        (shaped && (1..=12).contains(&month) && (1900..2100).contains(&year)).then_some(Figures {
            first: year,
            second: month,
            third: 0,
        })
    }

    /// A clock time as minutes after midnight, seconds dropped: `14:48`; `10` and `7.30` before
    /// `p.m.`; `0800` before a zone.
    fn clock(&self, at: usize) -> Option<(i64, usize)> {
        if let Some(hour) = self.joined_ampm(at).filter(|h| *h <= 12) {
            return self.half_day(at, hour * 60).map(|m| (m, 1)); // 8am
        }
        let rest = self.words.get(at + 1..).unwrap_or(&[]);
        let before = |class: Class| self.lexicon.readings(rest, class).next().is_some();
        let Some(digits) = self.digits(at) else {
            return self.dotted_clock(at).filter(|_| before(Class::Ampm));
        };
        let number: i64 = digits.parse().ok().filter(|_| digits.len() <= 4)?;
        if self.is_mark(at + 1, ':')
            && number <= 12
            && self.glued(at + 2)
            && let Some(minutes) = self.joined_ampm(at + 2).filter(|m| *m < 60)
        {
            return self.half_day(at + 2, number * 60 + minutes).map(|m| (m, 3)); // 8:02am
        }
        let minutes = self
            .digits(at + 2)
            .filter(|d| d.len() == 2 && self.glued(at + 1) && self.glued(at + 2))
            .filter(|_| self.is_mark(at + 1, ':'))
            .and_then(|d| d.parse::<i64>().ok());
        if let Some(minutes) = minutes.filter(|m| *m < 60 && number <= 24 && digits.len() <= 2) {
            let seconds =
                self.is_mark(at + 3, ':') && self.glued(at + 3) && self.digits(at + 4).is_some();
            return Some((number * 60 + minutes, if seconds { 5 } else { 3 }));
        }
        let military = digits.len() == 4 && number / 100 < 24 && number % 100 < 60;
        if military && before(Class::Zone) {
            return Some((number / 100 * 60 + number % 100, 1));
        }
        let hour = digits.len() <= 2 && (1..=24).contains(&number) && before(Class::Ampm);
        hour.then_some((number * 60, 1))
    }

    /// The number in `8am` or `02pm`.
    fn joined_ampm(&self, at: usize) -> Option<i64> {
        self.digits_with_suffix(at, &["am", "pm"])
    }

    /// Minutes after midnight, given those after midnight or noon and a token ending in am or pm.
    fn half_day(&self, at: usize, minutes: i64) -> Option<i64> {
        let spelling = self.spelling(at);
        let half = spelling.get(spelling.len().checked_sub(2)?..)?;
        Some(
            minutes % 720
                + if half.eq_ignore_ascii_case("pm") {
                    720
                } else {
                    0
                },
        )
    }

    /// `7.30`.
    fn dotted_clock(&self, at: usize) -> Option<(i64, usize)> {
        let (hour, minutes) = self.spelling(at).split_once('.')?;
        let (h, m): (i64, i64) = (hour.parse().ok()?, minutes.parse().ok()?);
        (minutes.len() == 2 && h < 24 && m < 60).then_some((h * 60 + m, 1))
    }
}

/// Digits with thousands and at most two decimals, in hundredths.
fn hundredths(spelling: &str) -> Option<i64> {
    let (whole, decimals) = spelling.split_once('.').unwrap_or((spelling, ""));
    if decimals.len() > 2 || whole.len() > 15 {
        return None;
    }
    let digits = whole
        .bytes()
        .filter(|b| *b != b',')
        .chain(decimals.bytes().chain([b'0', b'0']).take(2));
    digits.into_iter().try_fold(0i64, |n, b| {
        b.is_ascii_digit().then(|| n * 10 + i64::from(b - b'0'))
    })
}

/// Three figures as one capture value.
fn pack(f: Figures) -> i64 {
    i64::from(f.first) << 32 | i64::from(f.second) << 16 | i64::from(f.third)
}

/// The three figures of a capture value.
pub(super) fn unpack(value: i64) -> Figures {
    Figures {
        first: (value >> 32) as u16,
        second: (value >> 16) as u16,
        third: value as u16,
    }
}
