//! A reading for people: the text with numbered marks, and what each of them means.
//!
//! A mark encloses its words in brackets, with a letter and a number after them: `[last month]T1`. The legend below has
//! them in the order of the text.

use std::ops::Range;

use super::Annotated;
use crate::annotate::figure::{self, Figure, Hedge};
use crate::annotate::quotation::{self, Quotation};
use crate::annotate::unlisted::{Certainty, NameKind};
use crate::model::Entity;
use crate::shell::neutral::{neutral, one_line};

const BOLD: &str = "\u{1b}[1m";
const CYAN: &str = "\u{1b}[36m";
const DIM: &str = "\u{1b}[2m";
const PLAIN: &str = "\u{1b}[0m";

/// A name in the text.
pub(super) struct Mention<'a> {
    /// Its bytes.
    pub(super) range: Range<u32>,
    /// What it names: `person`, `organization`, `place` or `term`.
    pub(super) word: &'static str,
    /// Whose name it is in the gazetteer; otherwise how certain it is.
    pub(super) known: Result<&'a Entity, &'static str>,
}

/// All names of a text, in order.
pub(super) fn mentions<'a>(annotated: &Annotated<'a>) -> Vec<Mention<'a>> {
    let listed = annotated.reading.mentions.iter().filter_map(|mention| {
        let entity = annotated.names?.entities.get(&mention.id)?;
        Some(Mention {
            range: mention.range.start..mention.range.end,
            word: entity.entity_type.as_str(),
            known: Ok(entity),
        })
    });
    let wanted = annotated.reading.unlisted.iter();
    let unlisted = wanted.filter(|_| annotated.unlisted).map(|name| Mention {
        range: name.range.clone(),
        word: match name.kind {
            NameKind::Person => "person",
            NameKind::Organization => "organization",
            NameKind::Place => "place",
        },
        known: Err(match name.certainty {
            Certainty::Low => "low",
            Certainty::Fair => "fair",
            Certainty::High => "high",
        }),
    });
    let mut all: Vec<_> = listed.chain(unlisted).collect();
    all.sort_by_key(|mention| mention.range.start);
    all
}

/// What sort of number a figure is, in a word.
pub(super) fn figure_type(figure: &Figure) -> &'static str {
    match figure.kind {
        figure::Kind::Cardinal => "cardinal",
        figure::Kind::Ordinal => "ordinal",
        figure::Kind::Percent => "percent",
        figure::Kind::Money { .. } => "money",
        figure::Kind::Measure { .. } => "measure",
    }
}

/// The currency or unit of a figure.
pub(super) fn figure_unit(figure: &Figure) -> Option<&str> {
    match &figure.kind {
        figure::Kind::Money { currency } => Some(currency),
        figure::Kind::Measure { unit } => Some(unit),
        _ => None,
    }
}

/// How exact a text is about a figure, in a word.
pub(super) fn hedge(figure: &Figure) -> &'static str {
    match figure.hedge {
        Hedge::Exact => "exact",
        Hedge::About => "about",
        Hedge::AtLeast => "at-least",
        Hedge::UpTo => "up-to",
    }
}

/// How something is quoted, in a word.
pub(super) fn quotation_type(quotation: &Quotation) -> &'static str {
    match quotation.kind {
        quotation::Kind::Direct => "direct",
        quotation::Kind::Partial => "partial",
        quotation::Kind::Indirect => "indirect",
        quotation::Kind::Scare => "scare",
    }
}

/// A mark with its line in the legend.
struct Mark {
    range: Range<u32>,
    label: String,
    meaning: String,
}

/// The text with its legend.
pub(super) fn page(annotated: &Annotated<'_>) -> String {
    let document = annotated.document;
    let marks = marks(annotated);
    let published = document.context.published;
    let published = published.map_or(String::new(), |day| format!(", published {day}"));
    let mut out = format!("{BOLD}{}{PLAIN}{published}\n\n", one_line(&document.id));
    for line in marked(&document.text, &marks).lines() {
        out.push_str(line.trim_end_matches('\u{240d}'));
        out.push('\n');
    }
    if !marks.is_empty() {
        out.push('\n');
    }
    let width = marks.iter().map(|m| m.label.len()).max().unwrap_or(0);
    for mark in &marks {
        let range = mark.range.start as usize..mark.range.end as usize;
        let words = one_line(document.text.get(range).unwrap_or_default());
        let (label, meaning) = (&mark.label, &mark.meaning);
        out.push_str(&format!(
            "{CYAN}{label:width$}{PLAIN}  {words}  {meaning}\n"
        ));
    }
    out
}

/// The marks by start, longer ones first.
fn marks(annotated: &Annotated<'_>) -> Vec<Mark> {
    let reading = annotated.reading;
    let text = &annotated.document.text;
    let mut marks: Vec<Mark> = Vec::new();
    for (time, n) in reading.times.iter().zip(1..) {
        let modifier = time
            .modifier
            .map_or(String::new(), |m| format!(" {}", m.name()));
        let (kind, value, why) = (time.kind.name(), &time.value, time.why.words());
        let meaning = format!("{BOLD}{value}{PLAIN} {kind}{modifier}  {DIM}{why}{PLAIN}");
        marks.push(Mark::new(&time.range, 'T', n, meaning));
    }
    for (mention, n) in mentions(annotated).into_iter().zip(1..) {
        let word = mention.word;
        let meaning = match mention.known {
            Ok(entity) => {
                let name = one_line(&entity.name.value);
                format!("{BOLD}{name}{PLAIN} {word}  {DIM}{}{PLAIN}", entity.id())
            }
            Err(certainty) => format!("{word}  {DIM}unlisted, certainty {certainty}{PLAIN}"),
        };
        marks.push(Mark::new(&mention.range, 'N', n, meaning));
    }
    for (figure, n) in reading.figures.iter().zip(1..) {
        marks.push(Mark::new(&figure.range, 'F', n, figure_meaning(figure)));
    }
    for (quotation, n) in reading.quotations.iter().zip(1..) {
        let speaker = quotation.speaker.as_ref().map_or(String::new(), |speaker| {
            let named = speaker.antecedent.as_ref().unwrap_or(&speaker.range);
            let words = text.get(named.start as usize..named.end as usize);
            format!("  {BOLD}{}{PLAIN}", one_line(words.unwrap_or_default()))
        });
        let meaning = format!("{}{speaker}", quotation_type(quotation));
        marks.push(Mark::new(&quotation.range, 'Q', n, meaning));
    }
    marks.sort_by_key(|mark| (mark.range.start, u32::MAX - mark.range.end));
    marks
}

/// A figure's bounds, and what it counts.
fn figure_meaning(figure: &Figure) -> String {
    let bounds = match (figure.min, figure.max) {
        (Some(min), Some(max)) if min == max => min.to_string(),
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("{min} or more"),
        (None, Some(max)) => format!("{max} or less"),
        (None, None) => String::new(),
    };
    let unit = figure_unit(figure).map_or(String::new(), |unit| format!(" {unit}"));
    let noun = figure.counted.as_ref();
    let noun = noun.map_or(String::new(), |c| {
        format!("  {DIM}{}{PLAIN}", one_line(&c.noun))
    });
    let (kind, hedge) = (figure_type(figure), hedge(figure));
    format!("{BOLD}{bounds}{unit}{PLAIN} {kind}, {hedge}{noun}")
}

impl Mark {
    fn new(range: &Range<u32>, letter: char, number: usize, meaning: String) -> Self {
        Self {
            range: range.clone(),
            label: format!("{letter}{number}"),
            meaning,
        }
    }
}

/// The text with brackets around the words of each mark.
fn marked(text: &str, marks: &[Mark]) -> String {
    // At one place, ends come before beginnings, and of several ends that of the mark begun last comes first.
    let mut edges: Vec<(u32, bool, usize)> = Vec::with_capacity(2 * marks.len());
    for (index, mark) in marks.iter().enumerate() {
        edges.push((mark.range.start, true, index));
        edges.push((mark.range.end, false, usize::MAX - index));
    }
    edges.sort_unstable();
    let mut out = String::new();
    let mut at = 0;
    for (place, begins, index) in edges {
        let place = place as usize;
        push_safe(&mut out, text.get(at..place).unwrap_or_default());
        at = place.max(at);
        if begins {
            out.push_str(&format!("{CYAN}[{PLAIN}"));
        } else if let Some(mark) = marks.get(usize::MAX - index) {
            out.push_str(&format!("{CYAN}]{}{PLAIN}", mark.label));
        }
    }
    push_safe(&mut out, text.get(at..).unwrap_or_default());
    out
}

/// Adds a part of the text with its line ends, and nothing in it that could steer a terminal.
fn push_safe(out: &mut String, part: &str) {
    for line in part.split_inclusive('\n') {
        match line.strip_suffix('\n') {
            Some(line) => {
                out.push_str(&neutral(line));
                out.push('\n');
            }
            None => out.push_str(&neutral(line)),
        }
    }
}
