//! Numbers that are no figures: parts of dates, times, names, scores, lists and addresses.

use super::counted::Phrase;
use super::lexicon::class;
use super::quantity::{Of, Quantity};
use super::reader::Reader;
use crate::annotate::token::{Kind, Shape};

/// Whether a quantity is no figure.
pub(super) fn refused(reader: &Reader<'_>, quantity: &Quantity, counted: Option<&Phrase>) -> bool {
    glued_to_something(reader, quantity)
        || of_time(reader, quantity, counted)
        || (quantity.of == Of::Nothing
            && (in_name(reader, quantity, counted)
                || year(reader, quantity, counted)
                || age(reader, quantity)
                || enumerator(reader, quantity, counted)
                || score(quantity, counted)))
        || (quantity.low.ordinal && !counts_in_order(reader, quantity, counted))
        || (quantity.low.words && (one(reader, quantity, counted)))
}

/// `14:48`, `3/4`, `F-16`, `5-star`, `#7`, `555-1234-8`, letters that are no unit.
fn glued_to_something(reader: &Reader<'_>, quantity: &Quantity) -> bool {
    let (start, end) = (quantity.start, quantity.end);
    if quantity.low.letters.is_some() && quantity.of == Of::Nothing {
        return true;
    }
    let mark = |at: usize| {
        [':', '/', '-', '#', '.', '@', '_', '+', '\\', '*']
            .iter()
            .copied()
            .find(|m| reader.is_mark(at, *m))
    };
    if let Some(before) = reader.before(start).filter(|_| reader.glued(start)) {
        let inner = reader.glued(before) && before > reader.lo;
        match mark(before) {
            // `mid-50s`, `MiG-29`; `--seven` and a minus are no parts of a word.
            Some('-') if !inner || reader.is_mark(before - 1, '-') => {}
            Some('.') if !inner => {}
            Some(_) => return true,
            None if reader.kind(before) == Some(Kind::Number) => return true,
            None => {}
        }
    }
    let clock = |colon: usize| {
        reader.is_mark(colon, ':')
            && reader.glued(colon)
            && reader.kind(colon + 1) == Some(Kind::Number)
    };
    // `5: 30`, from either end.
    let minutes = reader
        .before(start)
        .filter(|c| clock(*c))
        .and_then(|c| reader.before(c));
    if clock(end) || minutes.is_some_and(|hours| reader.kind(hours) == Some(Kind::Number)) {
        return true;
    }
    if !reader.glued(end) {
        return false;
    }
    match mark(end) {
        Some(':' | '/' | '_' | '@' | '\\') => reader.glued(end + 1),
        Some('-') if reader.glued(end + 1) => {
            let counted = quantity.of == Of::Nothing && reader.class(end + 1, class::HYPHEN);
            let amount =
                quantity.of != Of::Nothing && !matches!(reader.kind(end + 1), Some(Kind::Number));
            !(counted || amount)
        }
        _ => false,
    }
}

/// Lengths and points of time.
fn of_time(reader: &Reader<'_>, quantity: &Quantity, counted: Option<&Phrase>) -> bool {
    if quantity.of != Of::Nothing {
        return false;
    }
    let end = quantity.end + usize::from(reader.is_mark(quantity.end, '-'));
    let unit = reader.class(end, class::TIME | class::MONTH);
    let head = counted.is_some_and(|c| reader.class(c.noun(), class::TIME | class::MONTH) && !c.of);
    let before = reader
        .before(quantity.start)
        .is_some_and(|b| reader.class(b, class::MONTH) && reader.capitalised(b));
    // `October. 5`, `5 of March`
    let stop = reader
        .before(quantity.start)
        .filter(|b| reader.is_mark(*b, '.'))
        .and_then(|b| reader.before(b));
    let abbreviated = stop.is_some_and(|m| reader.class(m, class::MONTH) && reader.capitalised(m));
    unit || head || before || abbreviated
}

/// `Flight 93`, `iPhone 4`, `Nikkei 225`, `10 Downing Street`, `No. 1`, `38th parallel`.
fn in_name(reader: &Reader<'_>, quantity: &Quantity, counted: Option<&Phrase>) -> bool {
    let start = quantity.start;
    if street(reader, quantity.end) {
        return true;
    }
    let Some(mut before) = reader.before(start) else {
        return false;
    };
    if reader.is_mark(before, '.') && reader.glued(before) {
        let Some(word) = reader.before(before) else {
            return false;
        };
        if reader.is_word(word, "no") || reader.is_word(word, "nos") || reader.is_word(word, "vol")
        {
            return true;
        }
        before = word;
        return reader.class(before, class::BEFORE_NAME);
    }
    if reader.is_mark(before, '\'') && reader.glued(start) {
        return true; // `the '11 model`
    }
    if reader.kind(before) != Some(Kind::Word) {
        return false;
    }
    let plural = counted.is_some_and(|c| c.plural);
    let spelling = reader.spelling(before);
    if matches!(spelling, "'s" | "’s") {
        // `Poor's 500 index`
        return !plural
            && !quantity.low.words
            && before.checked_sub(1).is_some_and(|b| reader.capitalised(b));
    }
    let camel = spelling.chars().next().is_some_and(char::is_lowercase)
        && spelling.chars().any(char::is_uppercase);
    if camel
        || reader
            .token(before)
            .is_some_and(|t| t.shape.has(Shape::HAS_DIGIT) && t.kind == Kind::Word)
    {
        return true;
    }
    if reader.class(before, class::BEFORE_NAME) {
        let number = reader.is_word(before, "number") || reader.is_word(before, "no");
        return number || !plural || reader.capitalised(before);
    }
    let name = reader.capitalised(before)
        && !reader.class(
            before,
            class::STOP | class::CHANGE | class::DETERMINATIVE | class::RANGE,
        )
        && (before > reader.lo || counted.is_none())
        && quantity.hedged.is_none()
        && reader
            .word(before)
            .is_none_or(|w| w.part.is_none() && w.unit.is_none());
    if !name || quantity.low.words && !reader.capitalised(start) {
        return false;
    }
    // A headline in capitals counts things after verbs; a name's number is not followed by a plural.
    !plural || reader.all_caps(before) && !shouting(reader)
}

/// Whether the sentence is a headline in capital letters.
fn shouting(reader: &Reader<'_>) -> bool {
    (reader.lo..reader.hi.min(reader.lo + 8))
        .filter(|at| reader.kind(*at) == Some(Kind::Word))
        .all(|at| reader.capitalised(at))
}

fn street(reader: &Reader<'_>, end: usize) -> bool {
    (end..end + 4)
        .take_while(|at| reader.capitalised(*at))
        .any(|at| at > end && reader.class(at, class::STREET))
}

/// A bare year: four digits that nothing but a plural or a hedge makes a figure.
fn year(reader: &Reader<'_>, quantity: &Quantity, counted: Option<&Phrase>) -> bool {
    let low = &quantity.low;
    if !low.bare || !(1000.0..=2100.0).contains(&low.max) {
        return false;
    }
    if let Some(high) = &quantity.high {
        let ends = quantity.dashed && (high.bare || high.max < 100.0);
        return ends;
    }
    let before = reader.before(quantity.start);
    let definite = before.is_some_and(|b| {
        reader.is_determiner(b)
            || matches!(
                reader.spelling(b),
                "'s" | "’s" | "in" | "In" | "of" | "since" | "from" | "early" | "late" | "for"
            )
    });
    let round = low.max % 100.0 == 0.0 || quantity.hedged.is_some();
    !(counted.is_some_and(|c| c.plural) && round && !definite)
}

/// `Kim, 45, said`, `aged 56`, `(45)`, `age 9`.
fn age(reader: &Reader<'_>, quantity: &Quantity) -> bool {
    let Some(before) = reader.before(quantity.start) else {
        return false;
    };
    let possible =
        quantity.high.is_none() && quantity.low.max <= 120.0 && quantity.low.max.fract() == 0.0;
    if !possible {
        return false;
    }
    if ["aged", "age", "ages"]
        .iter()
        .any(|w| reader.is_word(before, w))
    {
        return true;
    }
    if reader.is_word(before, "of")
        && reader
            .before(before)
            .is_some_and(|b| reader.is_word(b, "age") || reader.is_word(b, "ages"))
    {
        return true;
    }
    let name = reader
        .before(before)
        .is_some_and(|n| reader.capitalised(n) || reader.is_word(n, "'s"));
    let closed = reader.is_mark(quantity.end, ',')
        || reader.is_mark(quantity.end, '.')
        || reader.is_mark(quantity.end, ';')
        || reader.is_mark(quantity.end, ')')
        || reader.token(quantity.end).is_none();
    let comma = reader.is_mark(before, ',') && name && !quantity.low.words;
    closed && (comma || reader.is_mark(before, '(') && reader.is_mark(quantity.end, ')'))
}

/// `1. The first point`, `(2)`, `[3]`.
fn enumerator(reader: &Reader<'_>, quantity: &Quantity, counted: Option<&Phrase>) -> bool {
    let closes =
        |at: usize| reader.is_mark(at, '.') || reader.is_mark(at, ')') || reader.is_mark(at, ':');
    let first = quantity.start == reader.lo && closes(quantity.end) && !quantity.low.words;
    let alone = quantity.start == reader.lo && quantity.end >= reader.hi;
    let note = reader.before(quantity.start).is_some_and(|b| {
        reader.is_mark(b, '[') && reader.is_mark(quantity.end, ']')
            || reader.is_mark(b, '(') && reader.is_mark(quantity.end, ')')
    });
    counted.is_none() && (first || alone || note && quantity.low.max < 100.0)
}

/// `3-1`, `2-2`, and other numbers joined by a hyphen that count nothing.
fn score(quantity: &Quantity, counted: Option<&Phrase>) -> bool {
    let Some(high) = &quantity.high else {
        return false;
    };
    quantity.dashed
        && (high.max <= quantity.low.min
            || quantity.low.min == 0.0
            || counted.is_none_or(|c| !c.plural))
}

/// Whether an ordinal counts: `seventh round`, not `38th parallel`, `Second World War`, `third-largest`.
fn counts_in_order(reader: &Reader<'_>, quantity: &Quantity, counted: Option<&Phrase>) -> bool {
    let Some(counted) = counted else { return false };
    let next = quantity.end;
    let capital =
        reader.capitalised(quantity.start) && quantity.start > reader.lo && quantity.low.words;
    let named = reader.capitalised(next) && !reader.capitalised(counted.noun());
    let name = capital
        || reader.capitalised(counted.noun())
            && reader.capitalised(next)
            && counted.end == next + 1
        || named && quantity.low.words
        || reader.capitalised(next) && reader.capitalised(counted.noun()) && !counted.plural;
    let place = reader.class(next, class::NOT_ORDINAL | class::RANK)
        || reader.class(counted.noun(), class::NOT_ORDINAL)
        || reader.is_mark(next, '-')
        || (next..counted.end).any(|at| reader.class(at, class::RANK))
        || (reader.spelling(next).len() > 5
            && reader.spelling(next).ends_with("est")
            && !reader.is_word(next, "request")
            && !reader.is_word(next, "arrest")
            && !reader.is_word(next, "protest"));
    let before = reader.before(quantity.start);
    let hyphen = before.is_some_and(|b| reader.is_mark(b, '-'));
    let first = quantity.low.max == 1.0 && !reader.class(counted.noun(), class::OCCASION);
    !(name || place || hyphen || first)
}

/// `one` as a pronoun or an idiom.
fn one(reader: &Reader<'_>, quantity: &Quantity, counted: Option<&Phrase>) -> bool {
    if quantity.low.max != 1.0
        || quantity.low.ordinal
        || quantity.low.scale != 1.0
        || quantity.high.is_some()
        || quantity.of != Of::Nothing
    {
        return false;
    }
    let before = reader.before(quantity.start);
    let idiom = before.is_some_and(|b| {
        [
            "no", "at", "this", "that", "which", "any", "every", "each", "another", "on", "as",
            "the", "some", "by",
        ]
        .iter()
        .any(|w| reader.is_word(b, w))
    });
    let pronoun = counted.is_none_or(|c| {
        c.of || reader.is_word(c.start, "thing")
            || reader.is_word(c.noun(), "side")
            || reader.is_word(c.noun(), "way")
    });
    idiom || pronoun
}
