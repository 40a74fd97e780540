//! Findings of a check for people.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::differ::{self, Piece};
use crate::annotate::undated::{Bound, Candidate};
use crate::base::Position;
use crate::base::{Code, Place, SitePath, Sources, Span};
use crate::engine::check::{Anchored, Checked, Purpose, Standing, Waiting};
use crate::shell::neutral::{neutral, one_line};
use crate::shell::report;

const BOLD: &str = "\u{1b}[1m";
const RED: &str = "\u{1b}[31m";
const GREEN: &str = "\u{1b}[32m";
const PLAIN: &str = "\u{1b}[0m";

/// What a quotation is there for, one and several.
pub(super) fn purpose(purpose: Purpose) -> (&'static str, &'static str) {
    match purpose {
        Purpose::Note => ("note", "notes"),
        Purpose::Evidence => ("evidence", "evidence"),
        Purpose::Fact => ("fact", "facts"),
        Purpose::Value => ("value", "values"),
        Purpose::Citation => ("citation", "citations"),
        Purpose::Override => ("override", "overrides"),
    }
}

/// How a quotation stands.
pub(super) fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Exact => "exact",
        Standing::Moved => "moved",
        Standing::Reworded => "reworded",
        Standing::Lost => "lost",
        Standing::Accepted => "accepted",
        Standing::Hidden => "hidden",
    }
}

/// Every section that has something in it.
pub(super) fn findings(checked: &Checked, prefix: &str) -> String {
    let sources = &checked.built.sources;
    let changed: String = checked
        .anchors
        .iter()
        .filter(|anchor| !matches!(anchor.standing, Standing::Exact | Standing::Hidden))
        .map(|anchor| changed(anchor, sources, prefix))
        .collect();
    let undated: String = checked
        .undated
        .iter()
        .map(|waiting| waits(waiting, sources, prefix))
        .collect();
    let mut text = String::new();
    for (heading, section) in [
        ("Words that do not stand as they were quoted", changed),
        ("Articles that wait for their date", undated),
        ("Open", open(checked, prefix)),
    ] {
        if !section.is_empty() {
            let _ = writeln!(text, "{BOLD}{heading}{PLAIN}\n\n{}\n", section.trim_end());
        }
    }
    text
}

/// `content/notes/one.md:3:1`.
fn place(span: &Span, sources: &Sources, prefix: &str) -> String {
    let path = path(&span.path, prefix);
    match sources.get(&span.path) {
        Some(source) => {
            let at = Position::of(&source.text, span.start);
            format!("{path}:{}:{}", at.line, at.column)
        }
        None => path,
    }
}

fn path(path: &SitePath, prefix: &str) -> String {
    format!("{prefix}{}", one_line(path.as_str()))
}

fn changed(anchor: &Anchored, sources: &Sources, prefix: &str) -> String {
    let mut text = format!(
        "{}: {} on ‘{}’, {BOLD}{}{PLAIN}",
        place(&anchor.span, sources, prefix),
        purpose(anchor.purpose).0,
        one_line(anchor.article.as_str()),
        standing(anchor.standing)
    );
    if let Some((paragraph, sentence)) = anchor.place {
        let _ = write!(text, ", ¶{paragraph}.{sentence}");
    }
    if let (Some(alike), Standing::Lost) = (anchor.alike, anchor.standing) {
        let _ = write!(text, ", the most similar words ({alike} % alike)");
    }
    text.push('\n');
    let now = anchor.now.as_deref().unwrap_or_default();
    let shortened = anchor.quote.contains('…') || anchor.quote.contains("...");
    let pieces = match anchor.standing {
        // The words are the same, but for their spelling or a gap.
        Standing::Moved => vec![Piece::Same(&anchor.quote)],
        _ if shortened => vec![Piece::Old(&anchor.quote), Piece::New(now)],
        _ => differ::words(&anchor.quote, now),
    };
    let old = line('-', &pieces, |piece| match piece {
        Piece::Same(words) => Some((words, false)),
        Piece::Old(words) => Some((words, true)),
        Piece::New(_) => None,
    });
    let new = line('+', &pieces, |piece| match piece {
        Piece::Same(words) => Some((words, false)),
        Piece::New(words) => Some((words, true)),
        Piece::Old(_) => None,
    });
    match anchor.standing {
        Standing::Moved => {
            let words = one_line(&anchor.quote);
            let _ = writeln!(text, "    = {words}");
        }
        _ if now.is_empty() => text.push_str(&old),
        _ => {
            text.push_str(&old);
            text.push_str(&new);
        }
    }
    text.push('\n');
    text
}

/// One side of what has changed. Runs that differ stand in `[-…-]` or `{+…+}`, so that they can be told without colours.
fn line<'a>(
    sign: char,
    pieces: &[Piece<'a>],
    side: impl Fn(Piece<'a>) -> Option<(&'a str, bool)>,
) -> String {
    let (colour, open, close) = match sign {
        '-' => (RED, "[-", "-]"),
        _ => (GREEN, "{+", "+}"),
    };
    let mut text = format!("    {colour}{sign}{PLAIN}");
    let mut inside = false;
    let words: Vec<(&str, bool)> = pieces.iter().filter_map(|piece| side(*piece)).collect();
    for (words, differs) in words {
        if inside && !differs {
            let _ = write!(text, "{close}{PLAIN}");
        }
        text.push(' ');
        if differs && !inside {
            let _ = write!(text, "{colour}{open}");
        }
        inside = differs;
        text.extend(
            neutral(words)
                .split_whitespace()
                .flat_map(|word| [" ", word])
                .skip(1),
        );
    }
    if inside {
        let _ = write!(text, "{close}{PLAIN}");
    }
    text.push('\n');
    text
}

fn waits(waiting: &Waiting, sources: &Sources, prefix: &str) -> String {
    let constraints = &waiting.constraints;
    let mut text = format!("{}\n", place(&waiting.span, sources, prefix));
    let mut bound = |word: &str, bound: Option<&Bound>| {
        if let Some(bound) = bound {
            let reason = one_line(&bound.reason);
            let _ = writeln!(text, "    {word} {}: {reason}", bound.day);
        }
    };
    bound("not before", constraints.earliest.as_ref());
    bound("not after", constraints.latest.as_ref());
    for candidate in &constraints.candidates {
        let days = days(candidate);
        let reasons = one_line(&candidate.reasons.join("; "));
        let _ = writeln!(text, "    perhaps {BOLD}{days}{PLAIN}: {reasons}");
    }
    if text.lines().count() == 1 {
        text.push_str("    its text says nothing of it\n");
    }
    let example = constraints
        .candidates
        .first()
        .map(|candidate| candidate.first)
        .or(constraints.earliest.as_ref().map(|bound| bound.day));
    let example = example.map_or("2013-08-14".to_owned(), |day| day.to_string());
    let _ = writeln!(
        text,
        "    it is left out until you write `published`, for instance {example}, with `date_basis` and `date_note`\n"
    );
    text
}

fn days(candidate: &Candidate) -> String {
    match candidate.first == candidate.last {
        true => candidate.first.to_string(),
        false => format!("{} to {}", candidate.first, candidate.last),
    }
}

/// What is left open: overrides that apply to nothing, notes that overrides hide, and entities that no article names.
fn open(checked: &Checked, prefix: &str) -> String {
    let sources = &checked.built.sources;
    let mut text = String::new();
    let stale = checked
        .built
        .diagnostics
        .iter()
        .filter(|fault| fault.code == Code::StaleOverride);
    for fault in stale {
        let at = match &fault.place {
            Place::Span(span) => place(span, sources, prefix),
            Place::File(file) => path(file, prefix),
        };
        let _ = writeln!(text, "{at}: this override is stale");
    }
    let hidden = checked
        .anchors
        .iter()
        .filter(|anchor| anchor.standing == Standing::Hidden);
    for anchor in hidden {
        let at = place(&anchor.span, sources, prefix);
        let _ = writeln!(text, "{at}: this note is hidden by an override");
    }
    if !checked.unnamed.is_empty() {
        let ids: Vec<&str> = checked.unnamed.iter().map(|id| id.as_str()).collect();
        let _ = writeln!(text, "no article names: {}", one_line(&ids.join(", ")));
    }
    text
}

/// How many quotations stand how, by purpose.
pub(super) fn counts(checked: &Checked) -> BTreeMap<Purpose, BTreeMap<Standing, usize>> {
    let mut counts: BTreeMap<Purpose, BTreeMap<Standing, usize>> = BTreeMap::new();
    for anchor in &checked.anchors {
        let of = counts.entry(anchor.purpose).or_default();
        *of.entry(anchor.standing).or_default() += 1;
    }
    counts
}

/// The end: a line for each sort of quotation, and the faults.
pub(super) fn summary(checked: &Checked) -> String {
    let mut text = String::new();
    for (of, standings) in counts(checked) {
        let all: usize = standings.values().sum();
        let (one, more) = purpose(of);
        let name = if all == 1 { one } else { more };
        let parts: Vec<String> = standings
            .iter()
            .map(|(how, count)| format!("{count} {}", standing(*how)))
            .collect();
        let _ = writeln!(text, "{BOLD}{all} {name}{PLAIN}: {}", parts.join(", "));
    }
    if !checked.undated.is_empty() {
        let _ = writeln!(text, "{BOLD}{} undated{PLAIN}", checked.undated.len());
    }
    let faults = report::counts(&checked.built.diagnostics);
    let _ = match faults {
        Some(faults) => writeln!(text, "{BOLD}Found {faults}{PLAIN}"),
        None => writeln!(text, "{BOLD}All is well{PLAIN}"),
    };
    text
}
