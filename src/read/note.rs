//! Margin notes: block quotations, each followed by what there is to say of it.

use std::ops::Range;

use jiff::civil::Date;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::fields::Fields;
use crate::base::{Code, Diagnostic, Outcome, Spanned};
use crate::model::{Body, Note};

/// Who wrote the notes of a file, and when.
#[derive(Debug, Clone, Default)]
pub(super) struct Signature {
    by: Option<String>,
    date: Option<Date>,
}

/// Reads the front matter of a notes file.
pub(super) fn signature(fields: &mut Fields<'_, '_>) -> Signature {
    Signature {
        by: fields.string("by"),
        date: fields.date("date"),
    }
}

/// A top-level block of a notes file.
struct TopBlock {
    range: Range<usize>,
    kind: BlockKind,
}

enum BlockKind {
    /// A block quotation and its words.
    Quotation(String),
    /// A block that begins with bold words: these, and where they end.
    Titled(String, usize),
    Other,
}

/// Reads the notes in the body of a notes file.
pub(super) fn read(body: &Body, signature: &Signature) -> Outcome<Vec<Note>> {
    let blocks = top_blocks(&body.text);
    let mut notes = Vec::new();
    let mut diagnostics = Vec::new();
    let first_quotation = blocks
        .iter()
        .position(|block| matches!(block.kind, BlockKind::Quotation(_)))
        .unwrap_or(blocks.len());
    if let Some(stray) = blocks.first().filter(|_| first_quotation > 0) {
        let message = "these words follow no quotation";
        diagnostics.push(
            Diagnostic::new(Code::BadNote, body.span(stray.range.clone()), message)
                .help("begin with a line `> ` and words of the article, then an empty line, then the note"),
        );
    }
    let rest = blocks.get(first_quotation..).unwrap_or_default();
    let next = |from: usize| {
        let quotation = |block: &TopBlock| matches!(block.kind, BlockKind::Quotation(_));
        let after = rest.iter().skip(from + 1).position(quotation);
        after.map_or(rest.len(), |n| from + 1 + n)
    };
    let mut at = 0;
    while let Some(block) = rest.get(at) {
        let end = next(at);
        let words = rest.get(at + 1..end).unwrap_or_default();
        match one(body, block, words) {
            Ok(note) => notes.push(Note {
                by: signature.by.clone(),
                date: signature.date,
                ..note
            }),
            Err(fault) => diagnostics.push(*fault),
        }
        at = end;
    }
    Outcome {
        value: notes,
        diagnostics,
    }
}

/// A note from its quotation and the blocks that follow it.
fn one(body: &Body, quotation: &TopBlock, words: &[TopBlock]) -> Result<Note, Box<Diagnostic>> {
    let range = trimmed(&body.text, quotation.range.clone());
    let span = body.span(range.clone());
    let fault = |message: &str| Diagnostic::new(Code::BadNote, span.clone(), message);
    let lines = body.text.get(range).unwrap_or("").lines();
    if lines
        .clone()
        .any(|line| !line.trim_start().starts_with('>'))
    {
        return Err(fault("this quotation runs on into the note")
            .help("leave an empty line between the quotation and the note")
            .into());
    }
    let quote = match &quotation.kind {
        BlockKind::Quotation(words) if !words.is_empty() => words.clone(),
        _ => {
            return Err(fault("this quotation has no words")
                .help("repeat words of the article after the `>`")
                .into());
        }
    };
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return Err(fault("this quotation has no note").help(
            "write the note below it; a quotation goes on over an empty line if that line begins with `>` too",
        ).into());
    };
    let (title, start) = match &first.kind {
        BlockKind::Titled(title, end) => (Some(title.clone()), *end),
        _ => (None, first.range.start),
    };
    let range = trimmed(&body.text, start..last.range.end);
    Ok(Note {
        quote: Spanned::new(quote, span),
        body: Body {
            text: body.text.get(range.clone()).unwrap_or("").into(),
            path: body.path.clone(),
            offset: body
                .offset
                .saturating_add(u32::try_from(range.start).unwrap_or(u32::MAX)),
        },
        title,
        by: None,
        date: None,
    })
}

/// A range without white space at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = text.get(range.clone()).unwrap_or("");
    let start = range.start + (words.len() - words.trim_start().len());
    start..start + words.trim().len()
}

/// The top-level blocks of a Markdown text, in order.
fn top_blocks(text: &str) -> Vec<TopBlock> {
    let mut blocks = Vec::new();
    let mut depth = 0_usize;
    let mut block: Option<Draft> = None;
    for (event, range) in Parser::new(text).into_offset_iter() {
        match &event {
            Event::Start(tag) if depth == 0 => {
                block = Some(Draft::new(range, matches!(tag, Tag::BlockQuote(_))));
                depth = 1;
                continue;
            }
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            // A rule or a piece of HTML.
            _ if depth == 0 => blocks.push(TopBlock {
                range: range.clone(),
                kind: BlockKind::Other,
            }),
            _ => {}
        }
        if let Some(draft) = &mut block {
            draft.take(&event, &range);
        }
        if depth == 0 {
            blocks.extend(block.take().map(Draft::finish));
        }
    }
    blocks
}

/// A top-level block while its events come in.
struct Draft {
    range: Range<usize>,
    quotation: bool,
    words: String,
    title: Title,
}

enum Title {
    /// Nothing has been said yet.
    Possible,
    /// Within the bold words.
    Open(String),
    Found(String, usize),
    None,
}

impl Draft {
    fn new(range: Range<usize>, quotation: bool) -> Self {
        Self {
            range,
            quotation,
            words: String::new(),
            title: Title::Possible,
        }
    }

    fn take(&mut self, event: &Event<'_>, range: &Range<usize>) {
        let words = match event {
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => text,
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph) => " ",
            _ => "",
        };
        self.words.push_str(words);
        match (&mut self.title, event) {
            (Title::Possible, Event::Start(Tag::Strong)) => {
                self.title = Title::Open(String::new());
            }
            (Title::Open(title), Event::End(TagEnd::Strong)) => {
                self.title = Title::Found(std::mem::take(title), range.end);
            }
            (Title::Open(title), _) => title.push_str(words),
            (Title::Possible, Event::End(_)) => {}
            (Title::Possible, _) => self.title = Title::None,
            _ => {}
        }
    }

    fn finish(self) -> TopBlock {
        let tidy = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let kind = match self.title {
            _ if self.quotation => BlockKind::Quotation(tidy(&self.words)),
            Title::Found(title, end) if !title.trim().is_empty() => {
                BlockKind::Titled(tidy(&title), end)
            }
            _ => BlockKind::Other,
        };
        TopBlock {
            range: self.range,
            kind,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{at, path};
    use super::*;

    fn read_text(text: &str) -> Outcome<Vec<Note>> {
        let body = Body {
            text: text.into(),
            path: path("content/notes/a.md"),
            offset: 0,
        };
        read(&body, &Signature::default())
    }

    #[test]
    fn quotations_and_what_follows() {
        let text = "> before *agreeing*\n> to a new round\n\n**Which `round`?** The report.\n\n- one\n\n> 개성\n\nPlain.\n";
        for text in [text.to_owned(), text.replace('\n', "\r\n")] {
            let outcome = read_text(&text);
            assert!(outcome.diagnostics.is_empty(), "{:?}", outcome.diagnostics);
            let [first, second] = outcome.value.as_slice() else {
                panic!("{:?}", outcome.value)
            };
            assert_eq!(first.quote.value, "before agreeing to a new round");
            assert_eq!(first.title.as_deref(), Some("Which round?"));
            assert!(first.body.text.starts_with("The report."));
            assert!(first.body.text.ends_with("- one"));
            assert_eq!(second.quote.value, "개성");
            assert_eq!(
                (second.title.as_deref(), &*second.body.text),
                (None, "Plain.")
            );
            for note in [first, second] {
                let start = note.body.offset as usize;
                assert!(text[start..].starts_with(&*note.body.text));
                let quote = &text[note.quote.span.start as usize..note.quote.span.end as usize];
                assert!(quote.starts_with('>') && !quote.ends_with('\n'));
            }
        }
    }

    #[test]
    fn faults() {
        let cases: [(&str, &[&str], usize); 7] = [
            ("", &[], 0),
            ("Words first.\n\n> a\n\nb\n", &["1:1 bad-note"], 1),
            ("> a\n\n> b\n\nc\n", &["1:1 bad-note"], 1),
            ("> a\n**T** run on\n", &["1:1 bad-note"], 0),
            (">\n\nb\n", &["1:1 bad-note"], 0),
            ("> a\n", &["1:1 bad-note"], 0),
            ("> a\n\n**Title only**\n", &[], 1),
        ];
        for (text, faults, count) in cases {
            let outcome = read_text(text);
            assert_eq!(at(text, &outcome.diagnostics), faults, "{text:?}");
            assert_eq!(outcome.value.len(), count, "{text:?}");
        }
    }

    #[test]
    fn bold_words_are_a_title_only_at_the_very_beginning() {
        let note = |text: &str| read_text(text).value.remove(0);
        assert_eq!(note("> a\n\nSee **this**.\n").title, None);
        assert_eq!(note("> a\n\n- **x**\n").title, None);
    }
}
