//! A number with its currency, percentage or unit, the other end of its range, and its hedge.

use std::ops::Range;

use super::lexicon::{CUES, Currency, Part, class, cue};
use super::number::{Number, number};
use super::reader::Reader;
use super::{Counted, Figure, Hedge, Kind};
use crate::annotate::token::{Kind as TokenKind, Token};

/// Whether a word may stand between a hedge and its number.
fn is_between(reader: &Reader<'_>, at: usize) -> bool {
    let article = ["the", "a", "an", "between"]
        .iter()
        .any(|w| reader.is_word(at, w));
    article || reader.class(at, class::DETERMINATIVE) && !reader.is_word(at, "more")
}

/// What a number is an amount of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Of {
    Nothing,
    Percent,
    Money(Currency),
    /// A unit and, by index among `UNIT_BEFORE`'s words, what stands before it.
    Unit(u16, Option<usize>),
}

/// A number or range with what it is an amount of.
#[derive(Clone, Debug)]
pub(super) struct Quantity {
    pub(super) start: usize,
    /// One past the last token.
    pub(super) end: usize,
    pub(super) low: Number,
    pub(super) high: Option<Number>,
    pub(super) of: Of,
    pub(super) hedge: Hedge,
    /// Tokens of the hedge.
    pub(super) hedged: Option<Range<usize>>,
    negative: bool,
    /// A unit joined by a hyphen: `3.5-inch`.
    pub(super) hyphenated: bool,
    /// The range's ends are joined by a hyphen.
    pub(super) dashed: bool,
}

/// Reads the quantity whose number begins at token `at`.
pub(super) fn quantity(reader: &Reader<'_>, at: usize, quoted: bool) -> Option<Quantity> {
    let (sign, start) = money_before(reader, at);
    let low = number(reader, at, sign.is_some())?;
    let start = start.min(low.start);
    let mut out = Quantity {
        start,
        end: low.end,
        low,
        high: None,
        of: sign.map_or(Of::Nothing, Of::Money),
        hedge: Hedge::Exact,
        hedged: None,
        negative: false,
        hyphenated: false,
        dashed: false,
    };
    out.take_share(reader);
    out.take_unit(reader, quoted);
    if !out.low.ordinal && !out.low.fraction {
        out.take_other_end(reader, quoted);
    }
    out.take_minus(reader);
    out.take_hedge(reader);
    Some(out)
}

/// `$`, `US$`, `USD` before a number: the currency, and where it begins.
fn money_before(reader: &Reader<'_>, at: usize) -> (Option<Currency>, usize) {
    let Some(before) = reader.before(at) else {
        return (None, at);
    };
    let Some(token) = reader.token(before) else {
        return (None, at);
    };
    if token.kind == TokenKind::Symbol {
        let Some(currency) = reader.lexicon.sign(token.key) else {
            return (None, at);
        };
        if &currency == b"USD"
            && reader.glued(before)
            && let Some(letters) = reader.before(before)
            && let Some(country) = reader
                .token(letters)
                .and_then(|t| reader.lexicon.dollar(t.key))
        {
            return (Some(country), letters);
        }
        return (Some(currency), before);
    }
    if reader.is_word(before, "dlrs") {
        return (Some(*b"USD"), before);
    }
    let code = reader
        .all_caps(before)
        .then(|| reader.lexicon.code(token.key))
        .flatten();
    code.map_or((None, at), |code| (Some(code), before))
}

impl Quantity {
    /// Whether nothing but a number stands here.
    pub(super) fn is_plain(&self) -> bool {
        self.of == Of::Nothing && !self.low.ordinal && !self.low.fraction
    }

    pub(super) fn range(&self, reader: &Reader<'_>) -> Range<u32> {
        let start = reader.token(self.start).map_or(0, |t| t.start);
        let end = reader
            .token(self.end.saturating_sub(1))
            .map_or(start, |t| t.end);
        start..end
    }

    /// Takes `in 10` after a smaller number: a share.
    fn take_share(&mut self, reader: &Reader<'_>) {
        let whole = self.end + 1;
        if self.of != Of::Nothing || !reader.is_word(self.end, "in") || self.low.ordinal {
            return;
        }
        let Some(of) = number(reader, whole, false).filter(|n| !n.ordinal && !n.vague) else {
            return;
        };
        let usual = [3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 20.0, 100.0, 1000.0].contains(&of.max);
        // `killed 3 in 10 attacks on Monday` is not told from `3 in 10 voters`, and is rarer.
        if usual && self.low.max < of.max && self.low.max.fract() == 0.0 {
            self.low.min /= of.min;
            self.low.max /= of.max;
            self.low.fraction = true;
            self.end = of.end;
        }
    }

    /// Takes percent, a currency or a unit after the number.
    fn take_unit(&mut self, reader: &Reader<'_>, quoted: bool) {
        if let Some((from, to)) = self.low.letters.filter(|_| self.high.is_none()) {
            let letters = reader.text.get(from as usize..to as usize).unwrap_or("");
            if let Some(unit) = reader.lexicon.exact_unit(letters) {
                self.of = Of::Unit(unit, None);
            }
            return;
        }
        if let Of::Money(_) = self.of {
            return self.take_code(reader);
        }
        let at = self.end;
        let hyphen = reader.is_mark(at, '-') && reader.glued(at) && reader.glued(at + 1);
        let next = at + usize::from(hyphen);
        if let Some((of, end)) = unit(reader, self, next, quoted) {
            self.of = of;
            self.end = end;
            self.hyphenated = hyphen;
        }
        if let Of::Money(_) = self.of {
            self.take_code(reader);
        }
    }

    /// A code or currency word after an amount that has a sign already: `$249 USD`.
    fn take_code(&mut self, reader: &Reader<'_>) {
        let Of::Money(has) = self.of else { return };
        if let Some((Of::Money(code), end)) = money_after(reader, self, self.end)
            && (code == has || &has == b"USD")
        {
            self.of = Of::Money(code);
            self.end = end;
        }
    }

    /// Takes `to 300,000`, `-15 percent`, `and 7 km` after `between`.
    fn take_other_end(&mut self, reader: &Reader<'_>, quoted: bool) {
        let at = self.end;
        let dash = reader.is_mark(at, '-') && reader.glued(at) && reader.glued(at + 1);
        let before = reader.before(self.start);
        let between = before.is_some_and(|b| reader.is_word(b, "between"));
        let joined = dash
            || reader.is_word(at, "to") && self.is_range(reader, before)
            || between && reader.is_word(at, "and")
            || reader.is_word(at, "or") && self.low.max <= 20.0 && self.of == Of::Nothing;
        if !joined {
            return;
        }
        let mut from = at + 1;
        // A scale word or a magnitude is reached through what stands before it.
        let ahead = if reader.is_word(from, "a") || reader.is_word(from, "several") {
            1
        } else {
            0
        };
        while reader.kind(from) == Some(TokenKind::Symbol)
            && reader
                .token(from)
                .is_some_and(|t| reader.lexicon.sign(t.key).is_some())
        {
            from += 1;
        }
        let (sign, _) = money_before(reader, from);
        let Some(high) =
            number(reader, from + ahead, sign.is_some()).filter(|h| !h.ordinal && !h.fraction)
        else {
            return;
        };
        let mut other = self.clone();
        other.end = high.end;
        other.of = sign.map_or(
            if matches!(self.of, Of::Money(_)) {
                self.of
            } else {
                Of::Nothing
            },
            Of::Money,
        );
        other.low = high;
        other.take_unit(reader, quoted);
        let alike = self.of == Of::Nothing || other.of == self.of;
        let mut low = self.low.clone();
        if low.scale == 1.0
            && other.low.scale > 1.0
            && low.max < other.low.mantissa
            && self.unitless()
        {
            low.min *= other.low.scale;
            low.max *= other.low.scale;
        }
        let or =
            reader.is_word(at, "or") && (low.max + 3.0 < other.low.max || other.low.max > 20.0);
        if !alike || or || !dash && low.min > other.low.max {
            return;
        }
        self.low = low;
        self.of = other.of;
        self.end = other.end;
        self.high = Some(other.low);
        self.dashed = dash;
    }

    fn unitless(&self) -> bool {
        self.of == Of::Nothing || matches!(self.of, Of::Money(_))
    }

    /// The far end of a range, in full where only its last digits are written: 1952 in `1950-52 hectares`.
    fn written_out(&self, far: f64) -> f64 {
        let near = self.low.min;
        if !self.dashed || far >= near || far < 10.0 || far.fract() != 0.0 {
            return far;
        }
        let digits = 10f64.powf(far.log10().floor() + 1.0);
        let full = (near / digits).floor() * digits + far;
        if full > near { full } else { far }
    }

    /// Whether `A to B` gives bounds rather than a change from one value to another.
    fn is_range(&self, reader: &Reader<'_>, before: Option<usize>) -> bool {
        let Some(before) = before else { return true };
        let from = reader.is_word(before, "from");
        let nearest = (reader.lo.max(before.saturating_sub(5))..=before).rev();
        let mut words = nearest.map(|at| reader.word(at).map_or(0, |w| w.classes));
        if from {
            return words.any(|classes| classes & class::RANGE != 0);
        }
        !words.take(3).any(|classes| classes & class::CHANGE != 0)
    }

    /// A minus sign that belongs to the number: ` -36`.
    fn take_minus(&mut self, reader: &Reader<'_>) {
        let Some(before) = reader.before(self.start) else {
            return;
        };
        let minus =
            reader.is_mark(before, '-') && reader.glued(self.start) && !reader.glued(before);
        if minus
            && before > reader.lo
            && !reader.is_mark(before - 1, '-')
            && self.high.is_none()
            && !self.low.words
        {
            self.negative = true;
            self.start = before;
        }
    }

    fn take_hedge(&mut self, reader: &Reader<'_>) {
        let mut last = self.start;
        let back = |last: usize, n: usize| last.checked_sub(n + 1).filter(|at| *at >= reader.lo);
        let token = |last: usize, n: usize| back(last, n).and_then(|at| reader.token(at));
        let key = |last: usize, n: usize| token(last, n).map(|t| t.key);
        let hedged = token(last, 0).is_some_and(|t| CUES.of(t) & cue::HEDGE != 0);
        let mut found = hedged
            .then(|| reader.lexicon.hedge_before(|n| key(last, n)))
            .flatten();
        // `up to an additional million`, `below the 5000 mark`
        let mut back_to = last;
        while back_to > reader.lo + 1 && last - back_to < 3 && is_between(reader, back_to - 1) {
            back_to -= 1;
        }
        if found.is_none() && back_to < last {
            let definite = (back_to..last).any(|at| reader.is_word(at, "the"));
            let threshold = [
                "below", "above", "over", "under", "nearly", "almost", "beyond",
            ];
            let before = reader.spelling(back_to - 1);
            if !definite || threshold.iter().any(|w| before.eq_ignore_ascii_case(w)) {
                last = back_to;
                found = reader.lexicon.hedge_before(|n| key(last, n));
            }
        }
        if let Some((hedge, length)) = found {
            self.hedge = hedge;
            self.hedged = Some(last - length..last);
        }
        if found.is_none() {
            self.take_late_hedge(reader, self.end);
        }
    }

    /// Takes `or more`, `or so`, `+` at a token after the number or what it counts.
    pub(super) fn take_late_hedge(&mut self, reader: &Reader<'_>, at: usize) {
        let begins = |token: &Token| CUES.of(token) & cue::LATE_HEDGE != 0;
        if self.hedged.is_some() || !reader.token(at).is_some_and(begins) {
            return;
        }
        let Some((hedge, length)) = reader
            .lexicon
            .hedge_after(|n| reader.token(at + n).map(|t| t.key))
        else {
            return;
        };
        let plus = reader.is_word(at, "plus") && !reader.glued(at);
        let next = at + length;
        // `678 points or more than 7%`, `5 + 6`
        if !plus && !begins_number(reader, next) && !reader.is_word(next, "than") {
            self.hedge = hedge;
            self.hedged = Some(at..next);
        }
    }

    /// What sort of figure this is.
    pub(super) fn kind(&self, reader: &Reader<'_>) -> Kind {
        match self.of {
            Of::Nothing if self.low.ordinal => Kind::Ordinal,
            Of::Nothing => Kind::Cardinal,
            Of::Percent => Kind::Percent,
            Of::Money(code) => Kind::Money {
                currency: String::from_utf8_lossy(&code).into(),
            },
            Of::Unit(unit, before) => {
                let name = reader.lexicon.unit_name(unit);
                let unit = match before {
                    Some(at) => format!("{}-{name}", reader.spelling(at).to_lowercase()).into(),
                    None => name.into(),
                };
                Kind::Measure { unit }
            }
        }
    }

    /// The finished figure.
    pub(super) fn figure(
        &self,
        reader: &Reader<'_>,
        counted: Option<Counted>,
        sentence: u32,
    ) -> Figure {
        let high = self.high.as_ref();
        let sign = if self.negative { -1.0 } else { 1.0 };
        let far = high.map_or(self.low.max, |h| self.written_out(h.max));
        let (low, top) = (self.low.min * sign, far * sign);
        // `minus 3 to 5`, and `5-3`, name the greater one first.
        let (low, top) = (low.min(top), low.max(top));
        let vague = self.low.vague || high.is_some_and(|h| h.vague);
        let hedge = if vague && self.hedge == Hedge::Exact {
            Hedge::About
        } else {
            self.hedge
        };
        let bytes = |tokens: &Range<usize>| {
            Some(reader.token(tokens.start)?.start..reader.token(tokens.end.checked_sub(1)?)?.end)
        };
        Figure {
            range: self.range(reader),
            min: (hedge != Hedge::UpTo).then_some(low),
            max: (hedge != Hedge::AtLeast).then_some(top),
            kind: self.kind(reader),
            hedge,
            hedged: self.hedged.as_ref().and_then(bytes),
            counted,
            words: self.low.words && high.is_none_or(|h| h.words),
            sentence,
        }
    }
}

/// Percent, currency or unit at a token, and where it ends.  May change the number: `26 cents`.
fn unit(
    reader: &Reader<'_>,
    quantity: &mut Quantity,
    at: usize,
    quoted: bool,
) -> Option<(Of, usize)> {
    if reader.is_mark(at, '%') || reader.is_word(at, "percent") || reader.is_word(at, "pct") {
        return Some((Of::Percent, at + 1));
    }
    if reader.is_word(at, "per") && reader.is_word(at + 1, "cent") {
        return Some((Of::Percent, at + 2));
    }
    if let Some(money) = money_after(reader, quantity, at) {
        return Some(money);
    }
    if quantity.low.ordinal || quantity.low.fraction {
        return None;
    }
    if reader.is_mark(at, '"') && reader.glued(at) && !quoted && !quantity.low.words {
        return Some((Of::Unit(reader.lexicon.named_unit("inch")?, None), at + 1));
    }
    let before = reader.class(at, class::UNIT_BEFORE).then_some(at);
    let at = at + usize::from(before.is_some());
    let spelling = reader.spelling(at);
    let exact = reader
        .lexicon
        .exact_unit(spelling)
        .filter(|_| spelling.len() > 1 || reader.glued(at));
    if let Some(unit) = exact {
        return Some((Of::Unit(unit, before), at + 1));
    }
    if let Some(unit) = reader.word(at).and_then(|w| w.unit) {
        let scale = match reader.spelling(at + 1) {
            "C" | "Celsius" | "celsius" | "centigrade" => "degree-celsius",
            "F" | "Fahrenheit" | "fahrenheit" => "degree-fahrenheit",
            _ => "",
        };
        if reader.lexicon.unit_name(unit) == "degree" && !scale.is_empty() {
            return Some((Of::Unit(reader.lexicon.named_unit(scale)?, None), at + 2));
        }
        return Some((Of::Unit(unit, before), at + 1));
    }
    // `percentage points`, `basis points`
    let joined = before.filter(|_| reader.is_word(at, "point") || reader.is_word(at, "points"))?;
    let name = if reader.is_word(joined, "basis") {
        "basis-point"
    } else {
        "percentage-point"
    };
    Some((Of::Unit(reader.lexicon.named_unit(name)?, None), at + 1))
}

/// `dollars`, `US dollars`, `USD`, and after a magnitude `of dollars`.
fn money_after(reader: &Reader<'_>, quantity: &mut Quantity, at: usize) -> Option<(Of, usize)> {
    let token = reader.token(at)?;
    if reader.all_caps(at)
        && let Some(code) = reader.lexicon.code(token.key)
    {
        return Some((Of::Money(code), at + 1));
    }
    let vague = quantity.low.vague && reader.is_word(at, "of");
    let mut noun = at + usize::from(vague);
    let mut adjective = None;
    while noun < at + 3 {
        if let Some((default, value)) = reader.word(noun).and_then(|w| w.currency) {
            // `won` after a small number is the verb.
            if reader.is_word(noun, "won") && quantity.low.max < 100.0 {
                return None;
            }
            if value != 1.0 {
                quantity.low.min *= value;
                quantity.low.max *= value;
            }
            let singular = reader
                .spelling(noun)
                .trim_end_matches(['s', 'S'])
                .to_ascii_lowercase();
            let country = adjective.and_then(|a| {
                reader
                    .lexicon
                    .country(a, crate::annotate::token::key(&singular))
            });
            return Some((Of::Money(country.unwrap_or(default)), noun + 1));
        }
        let describes = reader.capitalised(noun) || reader.is_word(noun, "sterling");
        if !describes {
            return None;
        }
        adjective = reader.token(noun).map(|t| t.key);
        noun += 1;
    }
    None
}

/// Whether a token may go on a number, so that the number before it is not all of it.
pub(super) fn begins_number(reader: &Reader<'_>, at: usize) -> bool {
    reader.kind(at) == Some(TokenKind::Number)
        || reader
            .word(at)
            .is_some_and(|w| matches!(w.part, Some(Part::Small(_) | Part::Tens(_))))
}
