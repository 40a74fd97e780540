//! What must hold for any Markdown and any threads.

use super::{ensure, html};
use dateline::base::{SitePath, TextRange};
use dateline::model::{Body, Document, Op};
use dateline::read::markdown::{Flavour, parse};
use dateline::render::code::highlight;
use dateline::render::weave::{Context, Thread, Wiki, Words, Woven, weave};

/// Fuzzes the reader: the first byte chooses the flavour.
pub(crate) fn markdown(data: &[u8]) -> Result<(), String> {
    let (flavour, source) = divide(data);
    check_document(&document(&source, flavour))
}

/// Fuzzes the weaver: the second byte is the number of threads, then come four bytes for each.
pub(crate) fn weave_threads(data: &[u8]) -> Result<(), String> {
    let [first, count, rest @ ..] = data else {
        return Ok(());
    };
    let split = rest.len().min(usize::from(count % 40) * 4);
    let (numbers, rest) = rest.split_at(split);
    let (flavour, source) = divide(&[&[*first], rest].concat());
    let document = document(&source, flavour);
    let picks = numbers.chunks_exact(4).map(|n| {
        (
            u16::from(n[0]) << 8,
            u16::from(n[1]) << 8 | u16::from(n[2]),
            n[3],
        )
    });
    let picks: Vec<_> = picks.collect();
    check_woven(&document, &threads(&document, &picks))
}

fn divide(data: &[u8]) -> (Flavour, String) {
    let (first, rest) = data.split_first().unwrap_or((&0, &[]));
    let flavour = if first % 2 == 0 {
        Flavour::Content
    } else {
        Flavour::Corpus
    };
    (flavour, String::from_utf8_lossy(rest).into_owned())
}

/// Reads Markdown.
pub(crate) fn document(source: &str, flavour: Flavour) -> Document {
    let body = Body {
        text: source.into(),
        path: SitePath::new("corpus/a.md"),
        offset: 7,
    };
    parse(&body, flavour).value
}

/// What must hold for a document.
pub(crate) fn check_document(document: &Document) -> Result<(), String> {
    check_segments(document)?;
    let written = written_text(document)?;
    let plain = weave(document, &[], &Context::plain());
    let parts = html::read(&joined(&plain))?;
    html::check(&parts)?;
    let text = html::text(&parts);
    ensure(text == written, || {
        format!("plain page {text:?} is not {written:?}")
    })?;
    let ids = document.headings.iter().map(|heading| &heading.id);
    let unique: std::collections::BTreeSet<_> = ids.clone().collect();
    ensure(unique.len() == ids.count(), || "heading ids".to_owned())?;
    check_blocks(document)
}

fn check_blocks(document: &Document) -> Result<(), String> {
    let mut end = 0;
    let mut paragraph = 0;
    for block in &document.blocks {
        let text = document.text.get(block.range.indices());
        ensure(text.is_some_and(|text| !text.is_empty()), || {
            format!("{block:?}")
        })?;
        ensure(block.range.start >= end, || {
            format!("{block:?} begins before {end}")
        })?;
        end = block.range.end;
        if let Some(number) = block.paragraph {
            paragraph += 1;
            ensure(number == paragraph, || {
                format!("{block:?} is not number {paragraph}")
            })?;
        }
    }
    let ranges = document
        .headings
        .iter()
        .map(|h| h.range)
        .chain(document.wiki_links.iter().map(|w| w.range));
    for range in ranges {
        ensure(document.text.get(range.indices()).is_some(), || {
            format!("{range:?}")
        })?;
    }
    for citation in &document.citations {
        ensure(document.text.is_char_boundary(citation.at as usize), || {
            format!("{citation:?}")
        })?;
    }
    Ok(())
}

/// Verbatim segments say what the source says, and every place leads into the source.
fn check_segments(document: &Document) -> Result<(), String> {
    let mut end = 0;
    for segment in &document.segments {
        ensure(
            segment.text.start >= end && !segment.text.is_empty(),
            || format!("{segment:?} after {end}"),
        )?;
        end = segment.text.end;
        let source = document.body.text.get(segment.source.indices());
        let text = document.text.get(segment.text.indices());
        ensure(source.is_some() && text.is_some(), || {
            format!("{segment:?} out of bounds")
        })?;
        ensure(!segment.verbatim || source == text, || {
            format!("{source:?} is not {text:?}")
        })?;
    }
    let length = u32::try_from(document.text.len()).unwrap_or(u32::MAX);
    let steps = (length / 50).max(1) as usize;
    let boundaries: Vec<u32> = (0..=length)
        .filter(|at| document.text.is_char_boundary(*at as usize))
        .collect();
    for start in boundaries.iter().step_by(steps) {
        for end in boundaries.iter().filter(|end| *end >= start).step_by(steps) {
            let span = document.span(TextRange {
                start: *start,
                end: *end,
            });
            let range = span.start.wrapping_sub(7) as usize..span.end.wrapping_sub(7) as usize;
            ensure(document.body.text.get(range.clone()).is_some(), || {
                format!("{start}..{end} leads to {range:?}")
            })?;
        }
    }
    Ok(())
}

/// The text that the steps write: all of the document's, save for single newlines between blocks.
fn written_text(document: &Document) -> Result<String, String> {
    let (mut written, mut at) = (String::new(), 0);
    for op in &document.ops {
        let (Op::Text(range) | Op::Code { range, .. }) = op else {
            continue;
        };
        if range.is_empty() {
            continue;
        }
        let gap = document.text.get(at as usize..range.start as usize);
        ensure(matches!(gap, Some("" | "\n")), || {
            format!("gap {gap:?} at {at} before {range:?}")
        })?;
        written.push_str(range.of(&document.text));
        at = range.end;
    }
    ensure(at as usize == document.text.len(), || {
        format!("text after {at} is not written")
    })?;
    Ok(written)
}

/// Threads from numbers: where it begins, how long it is, and what it is.
pub(crate) fn threads(document: &Document, picks: &[(u16, u16, u8)]) -> Vec<Thread> {
    let length = document.text.len();
    let thread = |(index, (start, long, kind)): (usize, &(u16, u16, u8))| {
        let start = usize::from(*start) * (length + 4) / 65_536;
        let long = usize::from(*long) * (length + 4) / 65_536 / if kind % 3 == 0 { 1 } else { 8 };
        let range = TextRange::new(start, if kind % 16 == 15 { start } else { start + long });
        let mut thread = Thread::new(range, ["span", "q", "time", "data"][usize::from(kind % 4)]);
        thread.attributes = vec![
            ("data-t", index.to_string()),
            ("class", "a \"&<".to_owned()),
        ];
        thread.href = (kind & 32 > 0).then(|| format!("#x-{index}&"));
        thread.id = (kind & 64 > 0).then(|| format!("s{}", index + 1));
        thread.rank = kind % 5;
        thread.after = (kind & 128 > 0)
            .then(|| format!("<x-mark><a id=\"r{index}\" href=\"#n1\">{index}</a></x-mark>"));
        thread
    };
    picks.iter().enumerate().map(thread).collect()
}

/// What must hold for a woven document.
pub(crate) fn check_woven(document: &Document, threads: &[Thread]) -> Result<(), String> {
    let woven = weave(document, threads, &context());
    let page = joined(&woven);
    let parts = html::read(&page)?;
    html::check(&parts).map_err(|fault| format!("{fault}\n{page}"))?;
    let (text, plain) = (html::text(&parts), written_text(document)?);
    ensure(text == plain, || {
        format!("woven text {text:?} is not {plain:?}\n{page}")
    })?;
    let tops: Vec<u32> = woven.blocks.iter().map(|block| block.top).collect();
    ensure(tops.is_sorted_by(|a, b| a < b), || {
        format!("top-level blocks {tops:?}")
    })?;
    for block in &woven.blocks {
        html::check(&html::read(&block.html)?)?;
    }
    for (index, thread) in threads.iter().enumerate() {
        check_thread(document, index, thread, &parts)
            .map_err(|fault| format!("{fault}\n{page}"))?;
    }
    Ok(())
}

/// A thread stands around its words and no others, its id and what follows it are there once, none of its pieces is empty.
fn check_thread(
    document: &Document,
    index: usize,
    thread: &Thread,
    parts: &[html::Part],
) -> Result<(), String> {
    let number = index.to_string();
    let is_piece = |attributes: &[(String, String)]| {
        attributes.contains(&("data-t".to_owned(), number.clone()))
    };
    let words = html::text_of(parts, |_, attributes| is_piece(attributes));
    let expected = words_of(document, thread.range);
    ensure(words == expected, || {
        format!(
            "thread {index} {:?} has {words:?}, not {expected:?}",
            thread.range
        )
    })?;
    let has_id = |part: &html::Part, id: &str| match part {
        html::Part::Start(_, attributes) => attributes.contains(&("id".to_owned(), id.to_owned())),
        _ => false,
    };
    if let Some(id) = &thread.id {
        let count = parts.iter().filter(|part| has_id(part, id)).count();
        ensure(count == usize::from(!expected.is_empty()), || {
            format!("id {id} stands {count} times")
        })?;
    }
    let has_text = document
        .ops
        .iter()
        .any(|op| matches!(op, Op::Text(range) if !range.is_empty()));
    if thread.after.is_some() && has_text {
        let after = format!("r{index}");
        let count = parts.iter().filter(|part| has_id(part, &after)).count();
        ensure(count == 1, || {
            format!("what follows thread {index} stands {count} times")
        })?;
    }
    let empty = parts.windows(2).any(|pair| match pair {
        [html::Part::Start(_, attributes), html::Part::End(_)] => is_piece(attributes),
        _ => false,
    });
    ensure(!empty, || format!("thread {index} has an empty piece"))
}

fn words_of(document: &Document, range: TextRange) -> String {
    let floor = |at: u32| {
        (0..=at.min(TextRange::new(document.text.len(), 0).start))
            .rev()
            .find(|at| document.text.is_char_boundary(*at as usize))
    };
    let (start, end) = (
        floor(range.start).unwrap_or(0),
        floor(range.end).unwrap_or(0),
    );
    let mut words = String::new();
    for op in &document.ops {
        if let Op::Text(text) = op {
            let piece = TextRange {
                start: text.start.max(start),
                end: text.end.min(end),
            };
            words.push_str(if piece.is_empty() {
                ""
            } else {
                piece.of(&document.text)
            });
        }
    }
    words
}

/// A context with everything in it.
fn context() -> Context<'static> {
    Context {
        wiki: &|index| Wiki {
            href: (index % 3 != 2).then(|| format!("../{index}/")),
            name: None,
            attributes: vec![("class", "a".to_owned())],
        },
        citation: &|index| format!("<x-mark><a href=\"#c\">{index}</a></x-mark>"),
        paragraph: Some(&|number| format!("<a class=\"pn\" href=\"#p{number}\">{number}</a>")),
        relative: &|path| path.strip_suffix(".md").map(|stem| format!("../{stem}/")),
        highlight: &highlight,
        ids: "",
        words: Words {
            note: "Note ",
            back: "Back & forth {n}",
            table: "Table \"",
            done: "Done",
            open: "To do",
        },
        apparatus: true,
    }
}

fn joined(woven: &Woven) -> String {
    let blocks = woven.blocks.iter().map(|block| block.html.as_str());
    blocks.chain(woven.footnotes_html.as_deref()).collect()
}
