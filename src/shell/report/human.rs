//! Diagnostics with the lines they are about.

use std::collections::BTreeMap;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::places::{Places, Spot};
use crate::base::{Code, Diagnostic, Place, Severity, Sources};
use crate::shell::neutral::{neutral, one_line};

/// How many diagnostics of one code are shown unless all are asked for.
const SHOWN: usize = 10;

/// How many further places of one diagnostic are shown.
const LABELS: usize = 8;

/// The most characters of a line that are shown, and how many of them stand before the place.
const WIDTH: usize = 140;
const BEFORE: usize = 50;

/// The diagnostics in the order given, with colours. `prefix` leads from the current folder to the site's root.
pub(super) fn render(
    diagnostics: &[&Diagnostic],
    sources: &Sources,
    prefix: &str,
    verbose: bool,
) -> String {
    let renderer = Renderer::styled().term_width(2 * WIDTH + 40);
    let mut places = Places::new(sources);
    let mut counts: BTreeMap<(Severity, Code), usize> = BTreeMap::new();
    let mut text = String::new();
    for diagnostic in diagnostics {
        let count = counts
            .entry((diagnostic.severity, diagnostic.code))
            .or_default();
        *count += 1;
        if verbose || *count <= SHOWN {
            text.push_str(&one(diagnostic, &mut places, prefix, &renderer));
            text.push_str("\n\n");
        }
    }
    if !verbose {
        text.push_str(&withheld(&counts, &renderer));
    }
    text
}

/// A line for each code of which not all were shown.
fn withheld(counts: &BTreeMap<(Severity, Code), usize>, renderer: &Renderer) -> String {
    let mut text = String::new();
    for ((severity, code), count) in counts.iter().filter(|(_, count)| **count > SHOWN) {
        let more = format!("… and {} more like this", count - SHOWN);
        let title = level(*severity).primary_title(more).id(code.as_str());
        text.push_str(&renderer.render(&[Group::with_title(title)]));
        text.push('\n');
    }
    if !text.is_empty() {
        text.push_str("`--verbose` shows them all\n\n");
    }
    text
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

fn one(
    diagnostic: &Diagnostic,
    places: &mut Places<'_>,
    prefix: &str,
    renderer: &Renderer,
) -> String {
    let title = level(diagnostic.severity)
        .primary_title(one_line(&diagnostic.message))
        .id(diagnostic.code.as_str());
    let mut group = Group::with_title(title);
    let mut origins = Vec::new();
    let own = (
        &diagnostic.place,
        diagnostic.note.as_deref(),
        AnnotationKind::Primary,
    );
    let others = diagnostic.labels.iter().take(LABELS).map(|label| {
        (
            &label.place,
            Some(label.text.as_str()),
            AnnotationKind::Context,
        )
    });
    for (place, note, kind) in std::iter::once(own).chain(others) {
        let path = format!("{prefix}{}", one_line(place.path().as_str()));
        let spot = match place {
            Place::Span(span) => places.spot(span),
            Place::File(_) => None,
        };
        match spot {
            Some(spot) => {
                let mark = mark(origins.len());
                let (line, column) = (spot.position.line, spot.position.column);
                origins.push(format!("{path}:{line}:{column}"));
                group = group.element(snippet(&spot, note, kind, mark));
            }
            None => {
                group = group.element(Origin::path(path));
                if let Some(note) = note {
                    group = group.element(Level::NOTE.message(one_line(note)));
                }
            }
        }
    }
    if diagnostic.labels.len() > LABELS {
        let more = format!("… and {} more places", diagnostic.labels.len() - LABELS);
        group = group.element(Level::NOTE.message(more));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(one_line(help)));
    }
    with_origins(&renderer.render(&[group]), &origins)
}

/// The part of the line around the place. The renderer would take a line of any length whole.
fn snippet<'a>(
    spot: &Spot<'_>,
    note: Option<&str>,
    kind: AnnotationKind,
    path: String,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let (before, rest) = spot.line.split_at(spot.start);
    let from = before
        .char_indices()
        .rev()
        .nth(BEFORE - 1)
        .filter(|_| rest.chars().nth(WIDTH - BEFORE).is_some() || before.len() > WIDTH)
        .map_or(0, |(i, _)| i);
    let before = &before[from..];
    let left = WIDTH.saturating_sub(before.chars().count());
    let to = rest.char_indices().nth(left).map_or(rest.len(), |(i, _)| i);
    let inside = (spot.end - spot.start).min(to);
    let mut text = String::new();
    if from > 0 {
        text.push('…');
    }
    text.push_str(&neutral(before));
    let start = text.len();
    text.push_str(&neutral(&rest[..inside]));
    let end = text.len();
    text.push_str(&neutral(&rest[inside..to]));
    if to < rest.len() {
        text.push('…');
    }
    let annotation = kind.span(start..end).label(note.map(one_line));
    Snippet::source(text)
        .path(path)
        .line_start(spot.position.line as usize)
        .annotation(annotation)
}

/// A stand-in for a place's path. The renderer adds line and column of what it was given, which of a long line is only
/// a part, so the true ones are put in afterwards. No neutral text has this character.
fn mark(number: usize) -> String {
    format!("\u{1}{number}")
}

/// Puts the true places in for `mark:line:column`.
fn with_origins(text: &str, origins: &[String]) -> String {
    let mut parts = text.split('\u{1}');
    let mut out = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let digits = |s: &str| s.len() - s.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let number_end = digits(part);
        let mut end = number_end;
        for _ in 0..2 {
            if let Some(after) = part[end..].strip_prefix(':') {
                end += 1 + digits(after);
            }
        }
        if let Some(origin) = part[..number_end]
            .parse()
            .ok()
            .and_then(|n: usize| origins.get(n))
        {
            out.push_str(origin);
        }
        out.push_str(&part[end..]);
    }
    out
}
