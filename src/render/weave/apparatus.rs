//! What stands between the words: marks of footnotes, links back, boxes of tasks.

use std::fmt::Write;

use super::Context;
use super::tags::{escape_attribute, escape_text};

/// The mark that leads to a footnote.
pub(super) fn footnote_mark(context: &Context, number: u32, mark: u32) -> String {
    let (ids, note) = (context.ids, escape_text(context.words.note));
    let id = mark_id(number, mark);
    let label = if note.is_empty() {
        String::new()
    } else {
        format!("<span class=\"vh\">{note}</span>")
    };
    format!(
        "<a class=\"ref\" id=\"{ids}{id}\" href=\"#{ids}fn{number}\" role=\"doc-noteref\">{label}{number}</a>"
    )
}

/// `f2` for the first mark that leads to footnote 2, `f2-3` for the third.
fn mark_id(number: u32, mark: u32) -> String {
    match mark {
        0 | 1 => format!("f{number}"),
        _ => format!("f{number}-{mark}"),
    }
}

/// Of many marks to one footnote, this many are led back to.
const MOST_BACK: u32 = 20;

/// The links from a footnote back to its marks, each with a space before it.
pub(super) fn footnote_back(context: &Context, number: u32, marks: u32) -> String {
    let mut html = String::new();
    for mark in 1..=marks.min(MOST_BACK) {
        let (ids, id) = (context.ids, mark_id(number, mark));
        let label = escape_attribute(&context.words.back.replace("{n}", &number.to_string()));
        let _ = write!(
            html,
            " <a href=\"#{ids}{id}\" role=\"doc-backlink\" aria-label=\"{label}\">↑</a>"
        );
    }
    html
}

/// The box of a task.
pub(super) fn task(context: &Context, done: bool) -> String {
    let (checked, label) = if done {
        (" checked", context.words.done)
    } else {
        ("", context.words.open)
    };
    format!(
        "<input type=\"checkbox\" disabled{checked} aria-label=\"{}\">",
        escape_attribute(label)
    )
}
