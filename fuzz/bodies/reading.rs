//! What must hold for any text: of its tokens and sentences, and of what each annotator finds.
//!
//! The first byte chooses what is known from outside (day of publication, language, headline, what is taken or named);
//! the rest is the text.

use std::collections::BTreeSet;
use std::ops::Range;

use dateline::annotate::figure::{self, Figure};
use dateline::annotate::quotation::{self, Name, NameKind, Quotation};
use dateline::annotate::reading::{self, Text};
use dateline::annotate::sentence::{self, Sentence};
use dateline::annotate::time::{self, Anchor, Time, TimeContext};
use dateline::annotate::token::{self, Kind, Token};
use dateline::annotate::unlisted::{self, UnlistedName};
use jiff::civil::{Date, date};

use super::{divide, ensure};

/// A text cut up.
struct Cut {
    text: String,
    blocks: Vec<Range<u32>>,
    tokens: Vec<Token>,
    sentences: Vec<Sentence>,
    /// Where tokens begin and end.
    starts: BTreeSet<u32>,
    ends: BTreeSet<u32>,
}

impl Cut {
    fn new(text: String) -> Self {
        let blocks = sentence::paragraphs(&text);
        let tokens = token::tokens(&text);
        Self {
            sentences: sentence::sentences(&text, &blocks),
            starts: tokens.iter().map(|t| t.start).collect(),
            ends: tokens.iter().map(|t| t.end).collect(),
            text,
            blocks,
            tokens,
        }
    }

    fn of(&self, range: &Range<u32>) -> Option<&str> {
        self.text.get(range.start as usize..range.end as usize)
    }

    fn check_words(&self, range: &Range<u32>) -> Result<(), String> {
        ensure(
            self.of(range).is_some_and(|words| !words.is_empty()),
            || format!("{range:?} is no part of the text"),
        )
    }

    /// A run of whole tokens.
    fn check_run(&self, range: &Range<u32>) -> Result<(), String> {
        self.check_words(range)?;
        let whole = self.starts.contains(&range.start) && self.ends.contains(&range.end);
        ensure(whole, || {
            format!("{range:?} {:?} cuts a token", self.of(range))
        })
    }

    fn check_in_sentence(&self, range: &Range<u32>, sentence: usize) -> Result<(), String> {
        let holds = self
            .sentences
            .get(sentence)
            .is_some_and(|s| s.range.start <= range.start && range.end <= s.range.end);
        ensure(holds, || {
            format!(
                "{range:?} {:?} is not in sentence {sentence}",
                self.of(range)
            )
        })
    }

    /// The index of the sentence in which a place lies, or of the last before it.
    fn sentence(&self, at: u32) -> usize {
        let upto = self.sentences.partition_point(|s| s.range.start <= at);
        upto.saturating_sub(1)
    }

    /// Some tokens that something else has claimed; which ones, `choice` says.
    fn taken(&self, choice: u8) -> Vec<Range<u32>> {
        let every = usize::from(choice % 8) * 3;
        let picked = self.tokens.iter().enumerate();
        picked
            .filter(|(at, _)| every > 0 && at % every == every - 1)
            .map(|(_, token)| token.range())
            .collect()
    }
}

fn context(choice: u8, text: &str) -> TimeContext {
    let days = [
        Some(date(2014, 2, 25)),
        Some(date(1992, 12, 31)),
        None,
        Some(date(2012, 2, 29)),
        Some(date(-9999, 1, 1)),
        Some(date(9999, 12, 31)),
    ];
    let line = text.lines().next().map_or(0, str::len);
    TimeContext {
        published: days[usize::from(choice) % days.len()],
        language: if choice % 32 == 31 { "ko" } else { "en" }.to_owned(),
        headline: (choice & 64 > 0).then(|| 0..u32::try_from(line).unwrap_or(0)),
    }
}

fn in_order<'a>(ranges: impl Iterator<Item = &'a Range<u32>>, what: &str) -> Result<(), String> {
    let mut end = 0;
    for range in ranges {
        ensure(range.start >= end, || {
            format!("{what} {range:?} begins before {end}")
        })?;
        end = range.end;
    }
    Ok(())
}

/// Tokens and sentences.
pub(crate) fn tokens(data: &[u8]) -> Result<(), String> {
    let cut = Cut::new(divide(data).1);
    let text = &cut.text;
    let mut end = 0;
    for token in &cut.tokens {
        cut.check_words(&token.range())?;
        ensure(token.start >= end, || {
            format!("{token:?} begins before {end}")
        })?;
        let gap = &text[end as usize..token.start as usize];
        ensure(is_space(gap), || format!("{gap:?} is in no token"))?;
        let glued = gap.is_empty() && token.start > 0;
        ensure(token.glued() == glued, || {
            format!("{token:?} after {gap:?}")
        })?;
        let spelling = token.of(text);
        let one = token.kind == Kind::Word || token.kind == Kind::Number;
        ensure(one || spelling.chars().count() == 1, || {
            format!("the mark {spelling:?}")
        })?;
        ensure(
            !spelling.contains(|c: char| c.is_ascii_whitespace()),
            || format!("white space in {spelling:?}"),
        )?;
        ensure(token.key == token::key(spelling), || {
            format!("the key of {spelling:?}")
        })?;
        end = token.end;
    }
    let rest = &text[end as usize..];
    ensure(is_space(rest), || format!("{rest:?} is in no token"))?;
    check_sentences(&cut)
}

fn is_space(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}'))
}

fn check_sentences(cut: &Cut) -> Result<(), String> {
    in_order(cut.blocks.iter(), "block")?;
    in_order(cut.sentences.iter().map(|s| &s.range), "sentence")?;
    let covered = |ranges: &mut dyn Iterator<Item = &Range<u32>>| {
        let mut words = String::new();
        for range in ranges {
            let part = cut.of(range).unwrap_or("<out of bounds>");
            words.extend(part.chars().filter(|c| c.is_alphanumeric()));
        }
        words
    };
    let all: String = cut.text.chars().filter(|c| c.is_alphanumeric()).collect();
    ensure(covered(&mut cut.blocks.iter()) == all, || {
        "words outside every block".to_owned()
    })?;
    ensure(
        covered(&mut cut.sentences.iter().map(|s| &s.range)) == all,
        || "words outside every sentence".to_owned(),
    )?;
    for sentence in &cut.sentences {
        let words = cut.of(&sentence.range).unwrap_or("");
        ensure(!words.is_empty() && words.trim() == words, || {
            format!("the sentence {words:?}")
        })?;
        let block = cut.blocks.get(sentence.block as usize);
        let within =
            block.is_some_and(|b| b.start <= sentence.range.start && sentence.range.end <= b.end);
        ensure(within, || format!("{sentence:?} is not in its block"))?;
    }
    Ok(())
}

/// Time expressions.
pub(crate) fn times(data: &[u8]) -> Result<(), String> {
    let (choice, text) = divide(data);
    let cut = Cut::new(text);
    let context = context(choice, &cut.text);
    let found = time::times(&cut.text, &cut.tokens, &cut.sentences, &context);
    check_times(&cut, &found)
}

fn check_times(cut: &Cut, found: &[Time]) -> Result<(), String> {
    in_order(found.iter().map(|t| &t.range), "time")?;
    for (index, time) in found.iter().enumerate() {
        cut.check_run(&time.range)?;
        cut.check_in_sentence(&time.range, cut.sentence(time.range.start))?;
        check_value(&time.value)?;
        if let Some(value) = &time.alternative {
            check_value(value)?;
        }
        if let Anchor::Earlier(at) = time.anchor {
            ensure((at as usize) < found.len() && at as usize != index, || {
                format!("{time:?} is counted from {at}")
            })?;
        }
        ensure(!time.why.words().is_empty(), || format!("{time:?}"))?;
    }
    Ok(())
}

/// A value is made of what TIMEX3 has, and a day is one of the calendar.
fn check_value(value: &str) -> Result<(), String> {
    let sound = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '_' | '.' | '+');
    ensure(!value.is_empty() && value.chars().all(sound), || {
        format!("the value {value:?}")
    })?;
    let day = value.get(..10).unwrap_or("");
    let is_day = day.len() == 10
        && day.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    ensure(!is_day || day.parse::<Date>().is_ok(), || {
        format!("{day} is no day")
    })
}

/// Figures.
pub(crate) fn figures(data: &[u8]) -> Result<(), String> {
    let (choice, text) = divide(data);
    let cut = Cut::new(text);
    let taken = cut.taken(choice);
    let found = figure::figures(&cut.text, &cut.tokens, &cut.sentences, &taken);
    check_figures(&cut, &found)?;
    check_apart(&found.iter().map(|f| &f.range).collect::<Vec<_>>(), &taken)?;
    let times: Vec<Range<u32>> = taken;
    for figure in &found {
        let sentence = &cut.sentences[figure.sentence as usize];
        let at = figure::as_of(figure, sentence, &times);
        ensure(at.is_none_or(|at| at < times.len()), || format!("{at:?}"))?;
    }
    Ok(())
}

fn check_apart(found: &[&Range<u32>], taken: &[Range<u32>]) -> Result<(), String> {
    for range in found {
        let at = taken.partition_point(|t| t.end <= range.start);
        let free = taken.get(at).is_none_or(|t| t.start >= range.end);
        ensure(free, || format!("{range:?} overlaps {:?}", taken.get(at)))?;
    }
    Ok(())
}

fn check_figures(cut: &Cut, found: &[Figure]) -> Result<(), String> {
    in_order(found.iter().map(|f| &f.range), "figure")?;
    for figure in found {
        // The letters of a unit's end may be left off: `15mg-tablets`.
        cut.check_words(&figure.range)?;
        ensure(cut.starts.contains(&figure.range.start), || {
            format!("{figure:?} begins within a token")
        })?;
        cut.check_in_sentence(&figure.range, figure.sentence as usize)?;
        for range in figure
            .hedged
            .iter()
            .chain(figure.counted.iter().map(|c| &c.range))
        {
            cut.check_run(range)?;
            cut.check_in_sentence(range, figure.sentence as usize)?;
        }
        let bounds = [figure.min, figure.max];
        ensure(bounds.iter().any(Option::is_some), || format!("{figure:?}"))?;
        ensure(bounds.iter().flatten().all(|n| n.is_finite()), || {
            format!("{figure:?}")
        })?;
        if let [Some(min), Some(max)] = bounds {
            ensure(min <= max, || format!("{figure:?}"))?;
        }
    }
    Ok(())
}

/// Quotations; some capitalised words are names.
pub(crate) fn quotations(data: &[u8]) -> Result<(), String> {
    let (choice, text) = divide(data);
    let cut = Cut::new(text);
    let kinds = [
        NameKind::Person,
        NameKind::Organization,
        NameKind::Place,
        NameKind::Other,
    ];
    let named = cut.tokens.iter().filter(|token| {
        token.capitalised() && (token.key ^ u32::from(choice)).count_ones() % 3 > 0
    });
    let names: Vec<Name> = named
        .map(|token| Name {
            range: token.range(),
            kind: kinds[(token.key >> 7) as usize % kinds.len()],
            id: token.key % 16,
        })
        .collect();
    let found = quotation::quotations(&cut.text, &cut.tokens, &cut.sentences, &names);
    check_quotations(&cut, &found)?;
    for token in &cut.tokens {
        let covering = quotation::covering(&found, &token.range()).map(|at| &found[at]);
        let covers =
            covering.is_none_or(|q| q.range.start <= token.start && token.end <= q.range.end);
        ensure(covers, || format!("{covering:?} does not cover {token:?}"))?;
    }
    Ok(())
}

fn check_quotations(cut: &Cut, found: &[Quotation]) -> Result<(), String> {
    let order = |q: &Quotation| (q.range.start, u32::MAX - q.range.end);
    ensure(found.is_sorted_by_key(order), || {
        "quotations out of order".to_owned()
    })?;
    let mut around: Vec<&Range<u32>> = Vec::new();
    for quotation in found {
        let (outer, inner) = (&quotation.range, &quotation.inner);
        cut.check_run(outer)?;
        cut.check_run(inner)?;
        ensure(outer.start <= inner.start && inner.end <= outer.end, || {
            format!("{quotation:?}")
        })?;
        if let Some(verb) = &quotation.verb {
            cut.check_run(verb)?;
        }
        if let Some(speaker) = &quotation.speaker {
            cut.check_run(&speaker.range)?;
            if let Some(antecedent) = &speaker.antecedent {
                cut.check_run(antecedent)?;
            }
        }
        if quotation.kind == quotation::Kind::Indirect {
            continue;
        }
        while around.last().is_some_and(|range| range.end <= outer.start) {
            around.pop();
        }
        let nested = around.last().is_none_or(|range| outer.end <= range.end);
        ensure(nested, || format!("{quotation:?} overlaps {around:?}"))?;
        around.push(outer);
    }
    Ok(())
}

/// Names that no gazetteer lists.
pub(crate) fn unlisted(data: &[u8]) -> Result<(), String> {
    let (choice, text) = divide(data);
    let cut = Cut::new(text);
    let taken = cut.taken(choice);
    let found = unlisted::names(&cut.text, &cut.tokens, &cut.sentences, &taken);
    check_names(&cut, &found)?;
    check_apart(&found.iter().map(|n| &n.range).collect::<Vec<_>>(), &taken)
}

fn check_names(cut: &Cut, found: &[UnlistedName]) -> Result<(), String> {
    in_order(found.iter().map(|n| &n.range), "name")?;
    let mut groups = 0;
    for name in found {
        cut.check_run(&name.range)?;
        ensure(name.group <= groups, || {
            format!("{name:?} is of a group after {groups}")
        })?;
        groups = groups.max(name.group + 1);
        let kind = found.iter().find(|n| n.group == name.group).map(|n| n.kind);
        ensure(kind == Some(name.kind), || format!("{name:?} is {kind:?}"))?;
    }
    Ok(())
}

/// All annotators together, without a gazetteer.
pub(crate) fn reading(data: &[u8]) -> Result<(), String> {
    let (choice, text) = divide(data);
    let cut = Cut::new(text);
    let context = context(choice, &cut.text);
    let title = cut.text.lines().next().unwrap_or("");
    let text = Text {
        text: &cut.text,
        blocks: &cut.blocks,
        title,
        context: &context,
    };
    let found = reading::read(&text, None);
    ensure(found.sentences == cut.sentences, || "sentences".to_owned())?;
    check_times(&cut, &found.times)?;
    check_names(&cut, &found.unlisted)?;
    check_figures(&cut, &found.figures)?;
    check_quotations(&cut, &found.quotations)?;
    let times: Vec<Range<u32>> = found.times.iter().map(|t| t.range.clone()).collect();
    for ranges in [
        found.unlisted.iter().map(|n| &n.range).collect::<Vec<_>>(),
        found.figures.iter().map(|f| &f.range).collect(),
    ] {
        check_apart(&ranges, &times)?;
    }
    ensure(reading::read(&text, None) == found, || {
        "a second reading differs".to_owned()
    })
}
