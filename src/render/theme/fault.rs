//! From Tera's errors to diagnostics at the place in the template.
//!
//! Tera's own report is never printed: its message and place are taken apart, so that a fault in a template looks like
//! a fault anywhere else.

use std::collections::BTreeMap;

use tera::{Error, ErrorKind};

use crate::base::{Code, Diagnostic, Place, SitePath, Span};

/// A template's source and where it was read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Template {
    /// Where it stands, for diagnostics.
    pub path: SitePath,
    /// Its text.
    pub text: String,
}

/// The faults that an error stands for, one for each place that Tera names.
pub(super) fn faults(
    error: &Error,
    code: Code,
    templates: &BTreeMap<String, Template>,
    fallback: &Place,
) -> Vec<Diagnostic> {
    let one = |place: Option<Place>, message: String| {
        vec![Diagnostic::at(
            code,
            place.unwrap_or_else(|| fallback.clone()),
            message,
        )]
    };
    let whole = |name: &str| templates.get(name).map(|t| Place::File(t.path.clone()));
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let range = report.span().range.clone();
            let place = templates
                .get(report.filename())
                .map(|t| Place::Span(Span::new(&t.path, range.start, range.end)));
            let (message, help) = split(report.message());
            let mut list = one(place, message);
            if let (Some(help), Some(fault)) = (help, list.first_mut()) {
                fault.help = Some(help);
            }
            list
        }
        ErrorKind::CircularExtend {
            tpl,
            inheritance_chain,
        } => {
            let circle = inheritance_chain.join(" → ");
            let message =
                format!("the templates that ‘{tpl}’ extends lead back to it: {tpl} → {circle}");
            one(whole(tpl), message)
        }
        ErrorKind::CircularInclude { tpl, include_chain } => {
            let circle = include_chain.join(" → ");
            let message = format!("the templates that ‘{tpl}’ includes lead back to it: {circle}");
            one(whole(tpl), message)
        }
        ErrorKind::MissingParent { current, parent } => {
            let message = format!("‘{current}’ extends ‘{parent}’, which is not there");
            let place = templates
                .get(current)
                .and_then(|t| quoted(t, parent))
                .or_else(|| whole(current));
            one(place, message)
        }
        ErrorKind::Msg(text) if text.contains("\n") => reports(text, code, templates, fallback),
        ErrorKind::Msg(text) => one(None, text.clone()),
        other => one(None, other.to_string()),
    }
}

/// Parts an error's message from what Tera adds to it, such as the names that there are.
fn split(message: &str) -> (String, Option<String>) {
    let (message, more) = match message.split_once(". ") {
        Some((first, rest)) => (first, Some(rest.trim())),
        None => (message, None),
    };
    let plain = match message.strip_prefix("Variable `") {
        Some(rest) => rest
            .split_once("` is not defined")
            .map(|(name, _)| format!("the template names ‘{name}’, which this page does not have")),
        None => None,
    };
    let plain = plain.unwrap_or_else(|| message.trim_end_matches('.').to_owned());
    let more = more.filter(|m| !m.is_empty()).map(str::to_owned);
    (plain, more)
}

/// Several reports that came as one text: each `error: MESSAGE`, then `--> TEMPLATE:LINE:COLUMN`.
fn reports(
    text: &str,
    code: Code,
    templates: &BTreeMap<String, Template>,
    fallback: &Place,
) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let mut message = None;
    for line in text.lines() {
        if let Some(words) = line.strip_prefix("error: ") {
            message = Some(words.to_owned());
        } else if let Some((_, place)) = line.split_once("--> ")
            && let Some(words) = message.take()
        {
            let place = located(place, templates).unwrap_or_else(|| fallback.clone());
            faults.push(Diagnostic::at(code, place, words));
        }
    }
    if faults.is_empty() {
        let first = text.lines().next().unwrap_or(text);
        faults.push(Diagnostic::at(code, fallback.clone(), first));
    }
    faults
}

/// The place that `TEMPLATE:LINE:COLUMN` names; lines and columns count from 1, columns in characters.
fn located(place: &str, templates: &BTreeMap<String, Template>) -> Option<Place> {
    let (rest, column) = place.trim().rsplit_once(':')?;
    let (name, line) = rest.rsplit_once(':')?;
    let (line, column) = (line.parse::<usize>().ok()?, column.parse::<usize>().ok()?);
    let template = templates.get(name)?;
    let text = template
        .text
        .split_inclusive('\n')
        .nth(line.checked_sub(1)?)?;
    let line_start = text.as_ptr() as usize - template.text.as_ptr() as usize;
    let (offset, first) = text
        .char_indices()
        .nth(column.saturating_sub(1))
        .unwrap_or((text.len(), ' '));
    let start = line_start + offset;
    let rest = template.text.get(start..).unwrap_or("");
    let word = match first {
        '"' | '\'' | '`' => rest.get(1..).and_then(|r| r.find(first)).map(|end| end + 2),
        // A component's place begins with its bracket.
        _ => rest
            .char_indices()
            .find(|(i, c)| !(c.is_alphanumeric() || "_.".contains(*c) || *i == 0 && *c == '<'))
            .map(|(i, _)| i),
    };
    let word = word.unwrap_or(rest.len()).max(first.len_utf8());
    let end = start + word.min(rest.len());
    Some(Place::Span(Span::new(&template.path, start, end)))
}

/// The place of a name between quotation marks.
fn quoted(template: &Template, name: &str) -> Option<Place> {
    ['"', '\'', '`'].into_iter().find_map(|mark| {
        let start = template.text.find(&format!("{mark}{name}{mark}"))?;
        let end = start + name.len() + 2;
        Some(Place::Span(Span::new(&template.path, start, end)))
    })
}
