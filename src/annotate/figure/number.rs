//! Reading one number: digits, words, and words that only name a magnitude.

use super::lexicon::{Part, Word, class};
use super::reader::Reader;
use crate::annotate::token::{Kind, Shape};

/// A number without currency or unit.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Number {
    /// First token.
    pub(super) start: usize,
    /// One past the last token.
    pub(super) end: usize,
    pub(super) min: f64,
    pub(super) max: f64,
    /// What the words before the scale say, and the scale: `2.5` and `1e6`.
    pub(super) mantissa: f64,
    pub(super) scale: f64,
    /// The words name only a magnitude.
    pub(super) vague: bool,
    /// Written in words alone.
    pub(super) words: bool,
    pub(super) ordinal: bool,
    /// Four bare digits, which may be a year.
    pub(super) bare: bool,
    /// A fraction of something: `half`, `two thirds`.
    pub(super) fraction: bool,
    /// Letters written onto the digits that are no scale: `GB`.
    pub(super) letters: Option<(u32, u32)>,
}

impl Number {
    fn exact(start: usize, end: usize, value: f64) -> Number {
        Number {
            start,
            end,
            min: value,
            max: value,
            mantissa: value,
            scale: 1.0,
            vague: false,
            words: false,
            ordinal: false,
            bare: false,
            fraction: false,
            letters: None,
        }
    }
}

/// How many tokens a number may have.
const LONGEST: usize = 20;

/// Reads the number that begins at token `at`; `money` when a currency sign stands before it.
pub(super) fn number(reader: &Reader<'_>, at: usize, money: bool) -> Option<Number> {
    let token = reader.tokens.get(at).filter(|_| at < reader.hi)?;
    if token.kind == Kind::Number
        || (token.shape.has(Shape::HAS_DIGIT) && starts_with_digit(reader, at))
    {
        return digits(reader, at, money);
    }
    let word = reader.word(at)?;
    if let Some(half) = fraction(reader, at, word) {
        return Some(half);
    }
    match word.part? {
        Part::Small(_) | Part::Tens(_) => spelled(reader, at),
        Part::Scale(scale) => scaled(reader, at, scale),
        Part::Vague(min, max) => vague(reader, at, min, max),
        Part::Factor(..) => None,
        Part::Ordinal(n) => {
            let mut number = Number::exact(at, at + 1, n);
            (number.words, number.ordinal) = (true, true);
            Some(number)
        }
    }
}

fn starts_with_digit(reader: &Reader<'_>, at: usize) -> bool {
    reader
        .spelling(at)
        .starts_with(|c: char| c.is_ascii_digit())
}

/// `53,000`, `2.5 million`, `160GB`, `7th`.
fn digits(reader: &Reader<'_>, at: usize, money: bool) -> Option<Number> {
    let spelling = reader.spelling(at);
    let cut = spelling
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')))
        .unwrap_or(spelling.len());
    let (figures, letters) = spelling.split_at(cut);
    let value = parse(figures)?;
    let mut number = Number::exact(at, at + 1, value);
    number.bare =
        letters.is_empty() && figures.len() == 4 && figures.bytes().all(|b| b.is_ascii_digit());
    match letters {
        "" => {}
        "st" | "nd" | "rd" | "th" => number.ordinal = true,
        _ => match reader.lexicon.suffix(letters) {
            Some(scale) if money || letters != "m" && letters != "b" && letters != "k" => {
                number.multiply(scale);
            }
            Some(scale) if letters == "k" => number.multiply(scale),
            _ => {
                let end = reader.tokens.get(at)?.end;
                number.letters = Some((end - letters.len() as u32, end));
            }
        },
    }
    if letters.is_empty() {
        take_broken(reader, &mut number);
        take_point(reader, &mut number, figures);
        take_scale(reader, &mut number);
    }
    Some(number)
}

/// `.41`: digits after a point that touches nothing before it.
fn take_point(reader: &Reader<'_>, number: &mut Number, figures: &str) {
    let Some(point) = reader.before(number.start) else {
        return;
    };
    let bare = reader.is_mark(point, '.') && reader.glued(number.start) && !reader.glued(point);
    if bare && figures.bytes().all(|b| b.is_ascii_digit()) && figures.len() < 10 {
        let value = number.max / 10_f64.powi(figures.len() as i32);
        (number.min, number.max, number.mantissa) = (value, value, value);
        (number.bare, number.start) = (false, point);
    }
}

/// `1/2` and `2 1/2` before a word.
fn take_broken(reader: &Reader<'_>, number: &mut Number) {
    let over = |at: usize| {
        let shape = reader.is_mark(at, '/') && reader.glued(at) && reader.glued(at + 1);
        let below = shape.then(|| reader.spelling(at + 1).parse::<f64>().ok())??;
        let word = reader.kind(at + 2) == Some(Kind::Word);
        (word && [2.0, 3.0, 4.0, 5.0, 8.0, 10.0, 16.0].contains(&below)).then_some(below)
    };
    let (whole, above, slash) = match over(number.end) {
        Some(_) => (0.0, number.max, number.end),
        None if reader.glued(number.end) => return,
        None => match reader.spelling(number.end).parse() {
            Ok(above) => (number.max, above, number.end + 1),
            Err(_) => return,
        },
    };
    if let Some(below) = over(slash).filter(|below| above < *below) {
        let value = whole + above / below;
        (number.min, number.max, number.mantissa, number.end) = (value, value, value, slash + 2);
        number.bare = false;
    }
}

impl Number {
    fn multiply(&mut self, scale: f64) {
        self.scale *= scale;
        self.min *= scale;
        self.max *= scale;
        self.bare = false;
    }
}

/// Digits with separators as a value; dates, versions and numbers with a leading zero are none.
fn parse(figures: &str) -> Option<f64> {
    let leading_zero = figures.starts_with('0') && figures.len() > 1 && !figures.starts_with("0.");
    if leading_zero || figures.len() > 24 || figures.matches('.').count() > 1 {
        return None;
    }
    // Most are a few digits, all of which a float holds.
    if figures.len() < 16 && figures.bytes().all(|b| b.is_ascii_digit()) {
        return figures.parse().ok().map(|whole: u64| whole as f64);
    }
    let mut buffer = [0u8; 24];
    let mut length = 0;
    for byte in figures.bytes().filter(|b| *b != b',') {
        *buffer.get_mut(length)? = byte;
        length += 1;
    }
    std::str::from_utf8(buffer.get(..length)?)
        .ok()?
        .parse()
        .ok()
}

/// `million` after a number, also `-million`.
fn take_scale(reader: &Reader<'_>, number: &mut Number) {
    for _ in 0..2 {
        let mut next = number.end;
        if reader.is_mark(next, '-') && reader.glued(next) && reader.glued(next + 1) {
            next += 1;
        }
        let Some(Part::Scale(scale)) = reader.word(next).and_then(|w| w.part) else {
            return;
        };
        number.multiply(scale);
        number.end = next + 1;
    }
}

/// `twenty-six`, `four thousand`, `two hundred and five million`.
fn spelled(reader: &Reader<'_>, at: usize) -> Option<Number> {
    let (mut total, mut current, mut end) = (0.0, 0.0, at);
    let (mut last_scale, mut next) = (1.0, at);
    let mut ordinal = false;
    while let Some(part) = reader
        .word(next)
        .and_then(|w| w.part)
        .filter(|_| next < at + LONGEST)
    {
        match part {
            Part::Small(n) if current % 10.0 == 0.0 && (n < 10.0 || current % 100.0 == 0.0) => {
                current += n;
            }
            Part::Tens(n) if current % 100.0 == 0.0 => current += n,
            Part::Scale(scale) if scale < 1000.0 && current < 100.0 && end > at => current *= scale,
            Part::Scale(scale) if scale >= 1000.0 && end > at => {
                total += current.max(1.0) * scale;
                current = 0.0;
                last_scale = scale;
            }
            Part::Ordinal(n)
                if end > at && n < 10.0 && current % 100.0 >= 20.0 && current % 10.0 == 0.0 =>
            {
                current += n;
                ordinal = true;
            }
            _ => break,
        }
        end = next + 1;
        next = end;
        if ordinal {
            break;
        }
        let joins = (reader.is_mark(next, '-') && reader.glued(next) && reader.glued(next + 1))
            || (reader.is_word(next, "and")
                && (current >= 100.0 || (total > 0.0 && current == 0.0)));
        if joins {
            next += 1;
        }
        // `two million, three` are two numbers, and so are `five six`.
    }
    if end == at {
        return None;
    }
    let value = total + current;
    let mut number = Number::exact(at, end, value);
    number.words = true;
    number.ordinal = ordinal;
    if total > 0.0 && current == 0.0 {
        (number.scale, number.mantissa) = (last_scale, value / last_scale);
    }
    Some(number)
}

/// `a thousand`, `several hundred`, `a couple of million`; a lone scale word is no number.
fn scaled(reader: &Reader<'_>, at: usize, scale: f64) -> Option<Number> {
    let mut before = at.checked_sub(1).filter(|b| *b >= reader.lo)?;
    if reader.is_word(before, "of") {
        before = before.checked_sub(1).filter(|b| *b >= reader.lo)?;
    }
    let (min, max, start) = if reader.is_word(before, "a") || reader.is_word(before, "an") {
        let half = before
            .checked_sub(1)
            .filter(|b| *b >= reader.lo && reader.is_word(*b, "half"));
        match half {
            Some(half) => (0.5, 0.5, half),
            None => (1.0, 1.0, before),
        }
    } else if reader.is_word(before, "half") {
        (0.5, 0.5, before)
    } else if let Some(Part::Factor(min, max)) = reader.word(before).and_then(|w| w.part) {
        let article = before
            .checked_sub(1)
            .filter(|b| *b >= reader.lo && reader.is_word(*b, "a"));
        (min, max, article.unwrap_or(before))
    } else {
        return None;
    };
    let mut number = Number::exact(start, at + 1, min);
    number.max = max;
    number.vague = min != max;
    number.words = true;
    number.multiply(scale);
    take_scale(reader, &mut number);
    Some(number)
}

/// `dozens`, `tens of thousands`, `hundreds of millions`.
fn vague(reader: &Reader<'_>, at: usize, min: f64, max: f64) -> Option<Number> {
    let mut number = Number::exact(at, at + 1, min);
    number.max = max;
    number.vague = true;
    number.words = true;
    let second = reader
        .is_word(at + 1, "of")
        .then(|| reader.word(at + 2))
        .flatten();
    if let Some(Part::Vague(unit, _)) = second.and_then(|w| w.part) {
        let tens = reader.is_word(at, "tens");
        let unit = unit / 2.0;
        number.min = if tens { 20.0 } else { min } * unit;
        number.max = (if tens { 100.0 } else { max + 1.0 }) * unit - 1.0;
        number.end = at + 3;
        return Some(number);
    }
    let alone = !reader.is_word(at, "tens")
        && (!reader.is_word(at, "scores") || reader.is_word(at + 1, "of"));
    let before = at.checked_sub(1).filter(|b| *b >= reader.lo);
    let year = before.is_some_and(|b| reader.is_mark(b, '-'));
    (alone && !year).then_some(number)
}

/// `half`, `a third of`, `two-thirds`.
fn fraction(reader: &Reader<'_>, at: usize, word: &Word) -> Option<Number> {
    let mut number = Number::exact(at, at + 1, 0.5);
    number.words = true;
    if reader.is_word(at, "half") {
        let article = reader.is_word(at + 1, "a") || reader.is_word(at + 1, "an");
        let percent =
            article && (reader.is_word(at + 2, "percent") || reader.is_word(at + 2, "per"));
        if percent {
            number.end = at + 2;
            return Some(number);
        }
        let scale = reader
            .word(at + 1 + usize::from(article))
            .and_then(|w| w.part);
        if let Some(Part::Scale(scale)) = scale {
            number.end = at + 2 + usize::from(article);
            number.multiply(scale);
            return Some(number);
        }
        number.fraction = true;
        let of = reader.is_word(at + 1, "of") || reader.is_determiner(at + 1) && !article;
        let half_unit = reader.is_mark(at + 1, '-')
            && reader.glued(at + 1)
            && reader.word(at + 2).is_some_and(|w| w.unit.is_some());
        if half_unit {
            number.fraction = false;
            return Some(number);
        }
        let compound = reader.is_mark(at + 1, '-') || at > reader.lo && reader.is_mark(at - 1, '-');
        return (of && !compound).then_some(number);
    }
    let Some(Part::Small(n)) = word.part else {
        return None;
    };
    let hyphen = usize::from(reader.is_mark(at + 1, '-') && reader.glued(at + 1));
    let divisor = reader
        .word(at + 1 + hyphen)
        .filter(|_| at + 1 + hyphen < reader.hi)?
        .divisor?;
    let several = n > 1.0 && reader.spelling(at + 1 + hyphen).ends_with('s');
    let single = n == 1.0 && !reader.spelling(at + 1 + hyphen).ends_with('s');
    let followed = reader.is_word(at + 2 + hyphen, "of")
        || reader.is_determiner(at + 2 + hyphen)
        || hyphen == 1;
    let time = reader.class(at + 1 + hyphen, class::TIME) && !reader.is_word(at + 2 + hyphen, "of");
    if divisor <= 2.0 || time || !((several || single) && followed) {
        return None;
    }
    number.min = n / divisor;
    number.max = number.min;
    number.mantissa = number.min;
    number.end = at + 2 + hyphen;
    number.fraction = true;
    Some(number)
}
