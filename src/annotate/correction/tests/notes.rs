//! Where notes belong.

use super::*;

pub(super) fn note(quote: &str) -> Note {
    Note {
        quote: Spanned::new(quote.to_owned(), fixture::span("content/notes/a.md", 2)),
        body: Body {
            text: "A note.".into(),
            path: crate::base::SitePath::new("content/notes/a.md"),
            offset: 0,
        },
        title: None,
        by: None,
        date: None,
    }
}

/// Where a note ends up under overrides: its words and verdict; and the codes of what is reported.
fn noted(quote: &str, overrides: &[Written]) -> (Vec<(String, Verdict)>, Vec<Code>) {
    let overrides: Vec<Override> = overrides.iter().map(Written::made).collect();
    let (annotated, diagnostics) = run_with(&overrides, &[note(quote)]);
    let text = PARAGRAPHS.join("\n");
    let marks = annotated.marks.iter().filter_map(|mark| match mark.kind {
        MarkKind::Note { verdict, .. } => Some((mark.range.of(&text).to_owned(), verdict)),
        _ => None,
    });
    (marks.collect(), codes(&diagnostics))
}

/// A note's quotation, an override, where the note ends up, and what is reported.
type Case<'a> = (&'a str, Written<'a>, Vec<(String, Verdict)>, Vec<Code>);

#[test]
fn notes_are_hidden_accepted_and_moved() {
    let note = AnnotationKind::Note;
    let port = "The port was built in 1901 and again in 1950";
    let altered = "The old port was built in 1901 and again in 1950";
    let at = |words: &str, verdict| vec![(words.to_owned(), verdict)];
    assert_eq!(
        noted(altered, &[]),
        (at(port, Verdict::Reworded), vec![Code::RewordedNote])
    );
    let cases: [Case; 10] = [
        // By its own words, and by those of the article.
        (port, written(note, Reject, Mention, port), vec![], vec![]),
        (
            port,
            written(note, Reject, Mention, "built in 1901"),
            vec![],
            vec![],
        ),
        (
            "no such words",
            written(note, Reject, Site, "no such words"),
            vec![],
            vec![],
        ),
        (
            altered,
            written(note, Accept, Mention, port),
            at(port, Verdict::Exact),
            vec![],
        ),
        // What is accepted are new words, not whatever becomes of the old ones.
        (
            altered,
            written(note, Accept, Mention, altered),
            at(port, Verdict::Reworded),
            vec![Code::RewordedNote, Code::StaleOverride],
        ),
        (
            altered,
            written(note, Accept, Mention, "that night"),
            at(port, Verdict::Reworded),
            vec![Code::RewordedNote, Code::StaleOverride],
        ),
        (
            "Monday",
            written(note, Accept, Article, "Monday"),
            at("Monday", Verdict::Exact),
            vec![],
        ),
        (
            "gone words here",
            written(note, Set, Mention, "gone words here").value("quiet harbour"),
            at("quiet harbour", Verdict::Exact),
            vec![],
        ),
        (
            "gone words here",
            written(note, Set, Mention, "gone words here").value("loud harbour"),
            vec![],
            vec![Code::LostNote, Code::StaleOverride],
        ),
        (
            "quiet harbour",
            written(note, Reject, Mention, "built in 1901"),
            at("quiet harbour", Verdict::Exact),
            vec![Code::StaleOverride],
        ),
    ];
    for (quote, written, marks, codes) in cases {
        let (found, mut told) = noted(quote, std::slice::from_ref(&written));
        told.sort();
        assert_eq!((found, told), (marks, codes), "{quote} / {}", written.quote);
    }
    let both = [
        written(note, Reject, Mention, port),
        written(note, Accept, Mention, port).at(9),
    ];
    assert_eq!(
        noted(port, &both),
        (at(port, Verdict::Exact), vec![Code::OverrideConflict])
    );
    let narrower = [
        written(note, Reject, Site, port),
        written(note, Accept, Mention, port).at(9),
    ];
    assert_eq!(noted(port, &narrower), (at(port, Verdict::Exact), vec![]));
}
