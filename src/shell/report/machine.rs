//! Diagnostics for programs: JSON lines and the annotations of GitHub workflows.

use serde_json::{Value, json};

use super::places::Places;
use crate::base::{Diagnostic, Place, Severity, Sources};
use crate::shell::neutral::one_line;

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// A JSON object a line. Paths are below the site's root; lines and columns count from 1, columns in characters, and the end
/// is one past the last character. They are null for a file as a whole.
pub(super) fn json(diagnostics: &[&Diagnostic], sources: &Sources) -> String {
    let mut places = Places::new(sources);
    let mut text = String::new();
    for diagnostic in diagnostics {
        let mut object = json!({
            "code": diagnostic.code.as_str(),
            "severity": word(diagnostic.severity),
            "message": diagnostic.message,
        });
        add_place(&mut object, &diagnostic.place, &mut places);
        object["note"] = json!(diagnostic.note);
        object["help"] = json!(diagnostic.help);
        let labels = diagnostic.labels.iter().map(|label| {
            let mut object = json!({ "text": label.text });
            add_place(&mut object, &label.place, &mut places);
            object
        });
        object["labels"] = labels.collect();
        text.push_str(&object.to_string());
        text.push('\n');
    }
    text
}

fn add_place(object: &mut Value, place: &Place, places: &mut Places<'_>) {
    object["file"] = json!(place.path().as_str());
    let range = match place {
        Place::Span(span) => places.range(span),
        Place::File(_) => None,
    };
    object["line"] = json!(range.map(|(start, _)| start.line));
    object["column"] = json!(range.map(|(start, _)| start.column));
    object["end_line"] = json!(range.map(|(_, end)| end.line));
    object["end_column"] = json!(range.map(|(_, end)| end.column));
}

/// Workflow commands, which GitHub shows beside the lines they are about. `prefix` leads from the folder of the job to the
/// site's root.
pub(super) fn github(diagnostics: &[&Diagnostic], sources: &Sources, prefix: &str) -> String {
    let mut places = Places::new(sources);
    let mut text = String::new();
    for diagnostic in diagnostics {
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let file = format!("{prefix}{}", diagnostic.place.path());
        text.push_str(&format!("::{command} file={}", property(&one_line(&file))));
        let range = match &diagnostic.place {
            Place::Span(span) => places.range(span),
            Place::File(_) => None,
        };
        if let Some((start, end)) = range {
            text.push_str(&format!(",line={},endLine={}", start.line, end.line));
            // GitHub takes columns only within one line, and counts the last one in.
            if start.line == end.line {
                let last = end.column.saturating_sub(1).max(start.column);
                text.push_str(&format!(",col={},endColumn={last}", start.column));
            }
        }
        let mut message = one_line(&diagnostic.message);
        for part in [&diagnostic.note, &diagnostic.help].into_iter().flatten() {
            message.push('\n');
            message.push_str(&one_line(part));
        }
        let code = diagnostic.code.as_str();
        text.push_str(&format!(",title={}::{}\n", property(code), data(&message)));
    }
    text
}

/// The message of a workflow command, which line ends would end.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A property of a workflow command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
