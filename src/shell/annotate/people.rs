//! A reading for people: the text with numbered marks, and what each of them means.
//!
//! A mark encloses its words in brackets, with a letter and a number after them: `[last month]T1`. The legend below has
//! them in the order of the text.

use std::ops::Range;

use super::Annotated;
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
    /// Whose name it is in the gazetteer.
    pub(super) entity: Option<&'a Entity>,
}

/// All names of a text, in order.
pub(super) fn mentions<'a>(annotated: &Annotated<'a>) -> Vec<Mention<'a>> {
    let listed = annotated.reading.mentions.iter().filter_map(|mention| {
        let entity = annotated.names?.entities.get(&mention.id)?;
        Some(Mention {
            range: mention.range.start..mention.range.end,
            word: entity.entity_type.as_str(),
            entity: Some(entity),
        })
    });
    listed.collect()
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
    let times = annotated.reading.times.iter().zip(1..).map(|(time, n)| {
        let modifier = time
            .modifier
            .map_or(String::new(), |m| format!(" {}", m.name()));
        let (kind, value, why) = (time.kind.name(), &time.value, time.why.words());
        Mark {
            range: time.range.clone(),
            label: format!("T{n}"),
            meaning: format!("{BOLD}{value}{PLAIN} {kind}{modifier}  {DIM}{why}{PLAIN}"),
        }
    });
    let names = mentions(annotated)
        .into_iter()
        .zip(1..)
        .map(|(mention, n)| {
            let word = mention.word;
            let meaning = match mention.entity {
                Some(entity) => {
                    let name = one_line(&entity.name.value);
                    format!("{BOLD}{name}{PLAIN} {word}  {DIM}{}{PLAIN}", entity.id())
                }
                None => format!("{word}  {DIM}not in the gazetteer{PLAIN}"),
            };
            Mark {
                range: mention.range,
                label: format!("N{n}"),
                meaning,
            }
        });
    let mut marks: Vec<Mark> = times.chain(names).collect();
    marks.sort_by_key(|mark| (mark.range.start, u32::MAX - mark.range.end));
    marks
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
