//! Pairing quotation marks.
//!
//! 1. Every mark is listed with its block and whether it touches what comes before and after.
//! 2. One pass with a stack opens and closes.  Curly marks say what they are, straight ones are
//!    told by what they touch, and by what is open.  A single mark is an apostrophe unless a
//!    single quotation can be read: something opens it and something closes it in its block.
//! 3. At a block's end an open double quotation goes on if the next block opens with its mark
//!    again, or closes it first; else it ends there.

use std::ops::Range;

use super::lexicon::class;
use super::reader::Reader;

/// A pair of marks with what is between.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Span {
    /// Tokens, marks included.
    pub(super) outer: Range<usize>,
    /// Tokens between the marks.
    pub(super) inner: Range<usize>,
    /// How many quotations it lies in.
    pub(super) level: u8,
    /// It goes on from the span with this index, in the paragraph before.
    pub(super) continues: Option<usize>,
    /// The closing mark is missing.
    pub(super) unclosed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Double,
    Single,
    Guillemet,
    Angle,
    Corner,
    WhiteCorner,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leaning {
    Opens,
    Closes,
    Either,
    Neither,
}

#[derive(Clone, Copy, Debug)]
struct Mark {
    token: usize,
    /// One past its last token: ``` `` ``` is two.
    end: usize,
    block: u32,
    family: Family,
    leaning: Leaning,
    /// It stands at the start of its block.
    first: bool,
    last: bool,
}

/// An unclosed quotation longer than this many tokens is a stray mark.
const LONGEST_UNCLOSED: usize = 250;

/// All quotations of a text, by start.
pub(super) fn spans(reader: &Reader<'_>) -> Vec<Span> {
    let marks = marks(reader);
    if marks.is_empty() {
        return Vec::new();
    }
    let mut pairing = Pairing {
        reader,
        marks: &marks,
        closes_later: closes_later(&marks),
        open: Vec::new(),
        out: Vec::new(),
    };
    pairing.run();
    let mut out = pairing.out;
    // Spans are found by their end; sort them by start and carry the links over.
    let mut order: Vec<usize> = (0..out.len()).collect();
    order.sort_by_key(|i| (out[*i].outer.start, usize::MAX - out[*i].outer.end));
    let mut place = vec![0; out.len()];
    for (new, old) in order.iter().enumerate() {
        place[*old] = new;
    }
    for span in &mut out {
        span.continues = span.continues.map(|old| place[old]);
    }
    order.iter().map(|i| out[*i].clone()).collect()
}

fn marks(reader: &Reader<'_>) -> Vec<Mark> {
    let mut out: Vec<Mark> = Vec::new();
    let mut quotes = reader.cues(0..usize::MAX, class::QUOTE).peekable();
    for (range, block) in reader.sentences() {
        let mut skip = 0;
        while let Some(at) = quotes.next_if(|at| *at < range.end as usize) {
            if at < skip || at < range.start as usize {
                continue;
            }
            let Some(mut mark) = classify(reader, at, *block) else {
                continue;
            };
            skip = mark.end;
            mark.first = at == 0
                || reader.sentences()[reader.sentence_of(at)].0.start as usize == at && {
                    let sentence = reader.sentence_of(at);
                    sentence == 0 || reader.block(sentence - 1) != *block
                };
            mark.last = mark.end == range.end as usize && {
                let next = reader.sentence_of(at) + 1;
                reader.block(next) != *block
            };
            out.push(mark);
        }
    }
    out
}

/// Family and leaning of the mark at a token.
fn classify(reader: &Reader<'_>, at: usize, block: u32) -> Option<Mark> {
    let c = reader.spelling(at).chars().next()?;
    let mut end = at + 1;
    let twin = reader.glued(end) && reader.spelling(end) == reader.spelling(at);
    let doubled = twin && matches!(c, '`' | '\'' | '’' | '‘');
    if doubled {
        end += 1;
    }
    let family = match c {
        _ if doubled => Family::Double,
        '"' | '“' | '”' | '„' | '‟' => Family::Double,
        '‘' | '’' | '‛' | '\'' | '`' => Family::Single,
        '«' | '»' => Family::Guillemet,
        '‹' | '›' => Family::Angle,
        '「' | '」' => Family::Corner,
        '『' | '』' => Family::WhiteCorner,
        _ => return None,
    };
    let before = reader.glued(at);
    let after = reader.glued(end);
    let touching = by_touch(reader, at, end, before, after);
    let leaning = match c {
        '`' => Leaning::Opens,
        '‘' | '‛' if doubled => Leaning::Opens,
        '’' if doubled => Leaning::Closes,
        '\'' if doubled => {
            if touching == Leaning::Opens {
                Leaning::Opens
            } else {
                Leaning::Closes
            }
        }
        '“' if touching == Leaning::Closes => Leaning::Either,
        '”' if touching == Leaning::Opens && !before => Leaning::Either,
        '“' | '„' | '「' | '『' | '‟' => Leaning::Opens,
        '”' | '」' | '』' => Leaning::Closes,
        '«' | '»' | '‹' | '›' if touching == Leaning::Either || touching == Leaning::Neither => {
            if matches!(c, '«' | '‹') {
                Leaning::Opens
            } else {
                Leaning::Closes
            }
        }
        '‘' | '‛' => {
            if after {
                Leaning::Opens
            } else {
                Leaning::Neither
            }
        }
        '’' if touching == Leaning::Opens => Leaning::Neither,
        _ => touching,
    };
    let elided = family == Family::Single && after && {
        let next = reader.token(end);
        reader.class(end, class::ELISION)
            || next.is_some_and(|t| t.of(reader.text).starts_with(|c: char| c.is_ascii_digit()))
    };
    let leaning = if elided && leaning == Leaning::Opens && c != '‘' && c != '`' {
        Leaning::Neither
    } else {
        leaning
    };
    Some(Mark {
        token: at,
        end,
        block,
        family,
        leaning,
        first: false,
        last: false,
    })
}

/// What a mark does judged by what it touches.
fn by_touch(reader: &Reader<'_>, at: usize, end: usize, before: bool, after: bool) -> Leaning {
    match (before, after) {
        (false, true) => {
            let closing = matches!(reader.mark(end), Some(',' | ';'));
            if closing {
                Leaning::Either
            } else {
                Leaning::Opens
            }
        }
        (true, false) => {
            let opening = at > 0 && matches!(reader.mark(at - 1), Some('(' | '['));
            if opening {
                Leaning::Either
            } else {
                Leaning::Closes
            }
        }
        (false, false) => Leaning::Either,
        (true, true) => {
            let opening =
                at > 0 && matches!(reader.mark(at - 1), Some('(' | '[' | '-' | ':' | '='));
            let ellipsis = reader.is_mark(end, '.') && reader.is_mark(end + 1, '.');
            let closing = !ellipsis
                && matches!(
                    reader.mark(end),
                    Some('.' | ',' | ';' | ':' | ')' | ']' | '-' | '?' | '!' | '…')
                )
                || reader.possessive(end);
            match (opening, closing) {
                (true, false) => Leaning::Opens,
                (false, true) => Leaning::Closes,
                _ => Leaning::Either,
            }
        }
    }
}

/// For each mark, whether a single quotation it opens is closed in its block.
fn closes_later(marks: &[Mark]) -> Vec<bool> {
    let mut out = vec![false; marks.len()];
    let mut closing: Option<u32> = None;
    for (index, mark) in marks.iter().enumerate().rev() {
        out[index] = closing == Some(mark.block);
        if mark.family == Family::Single
            && matches!(mark.leaning, Leaning::Closes | Leaning::Either)
        {
            closing = Some(mark.block);
        }
    }
    out
}

#[derive(Clone, Copy)]
struct Open {
    mark: Mark,
    continues: Option<usize>,
}

struct Pairing<'a> {
    reader: &'a Reader<'a>,
    marks: &'a [Mark],
    closes_later: Vec<bool>,
    open: Vec<Open>,
    out: Vec<Span>,
}

impl Pairing<'_> {
    fn run(&mut self) {
        for index in 0..self.marks.len() {
            let mark = self.marks[index];
            if let Some(previous) = index.checked_sub(1).map(|i| self.marks[i])
                && previous.block != mark.block
                && self.end_block(&previous, &mark)
            {
                continue;
            }
            self.take(index, mark);
        }
        if let Some(last) = self.marks.last() {
            self.abandon(last.block);
        }
    }

    fn is_open(&self, family: Family) -> bool {
        self.open.iter().any(|o| o.mark.family == family)
    }

    fn take(&mut self, index: usize, mark: Mark) {
        let open = self.is_open(mark.family);
        match mark.leaning {
            Leaning::Neither => {}
            Leaning::Closes => self.close(index, mark),
            // `experience, "he told`: it would open what nothing closes, and something is open.
            Leaning::Opens if open && self.is_last(index, mark) => self.close(index, mark),
            Leaning::Either if open => self.close(index, mark),
            Leaning::Either if mark.family == Family::Single => {}
            Leaning::Opens
                if mark.family == Family::Single && (!self.closes_later[index] || open) => {}
            Leaning::Opens | Leaning::Either => {
                // The mark before was never closed: what it opened is no quotation.
                if open {
                    let keep = self
                        .open
                        .iter()
                        .position(|o| o.mark.family == mark.family)
                        .unwrap_or(0);
                    self.open.truncate(keep);
                }
                self.open.push(Open {
                    mark,
                    continues: None,
                });
            }
        }
    }

    /// Whether no other mark of its family follows in its block.
    fn is_last(&self, index: usize, mark: Mark) -> bool {
        let next = self.marks.get(index + 1).filter(|n| n.block == mark.block);
        mark.family != Family::Single && next.is_none_or(|n| n.family != mark.family)
    }

    fn close(&mut self, index: usize, mark: Mark) {
        let Some(at) = self.open.iter().rposition(|o| o.mark.family == mark.family) else {
            return;
        };
        if mark.family == Family::Single && self.is_apostrophe(index, mark) {
            return;
        }
        let opened = self.open[at];
        self.open.truncate(at);
        self.push(opened, mark.token, mark.end, false);
    }

    /// `the workers' rights` within a single quotation that is closed further on.
    fn is_apostrophe(&self, index: usize, mark: Mark) -> bool {
        let Some(before) = mark.token.checked_sub(1) else {
            return false;
        };
        let plural =
            self.reader.is_plain_word(before) && self.reader.spelling(before).ends_with(['s', 'S']);
        let word_after = !self.reader.glued(mark.end) && self.reader.is_plain_word(mark.end);
        plural && word_after && self.closes_later[index]
    }

    fn push(&mut self, opened: Open, inner_end: usize, end: usize, unclosed: bool) {
        let inner = opened.mark.end..inner_end;
        if inner.start >= inner.end {
            return;
        }
        self.out.push(Span {
            outer: opened.mark.token..end,
            inner,
            level: self.open.len().min(255) as u8,
            continues: opened.continues,
            unclosed,
        });
    }

    /// Ends the block of `previous` before taking the first mark of another.  Returns whether that
    /// mark has been dealt with.
    fn end_block(&mut self, previous: &Mark, next: &Mark) -> bool {
        let Some(outer) = self.open.first().copied() else {
            return false;
        };
        let adjacent = next.block == previous.block + 1;
        if !adjacent || outer.mark.block != previous.block {
            self.abandon(previous.block);
            return false;
        }
        let same = outer.mark.family == next.family;
        if same && next.first && next.leaning != Leaning::Closes {
            let end = self.block_end(previous.block, outer.mark.token);
            self.open.clear();
            self.push(outer, end, end, true);
            let continues = self.out.len().checked_sub(1);
            self.open.push(Open {
                mark: *next,
                continues,
            });
            return true;
        }
        let closing =
            next.leaning == Leaning::Closes || next.leaning == Leaning::Either && next.last;
        if same && closing && outer.mark.family != Family::Single {
            // It is closed in the next block: one quotation across both.
            self.open.truncate(1);
            return false;
        }
        self.abandon(previous.block);
        false
    }

    /// Ends what is open at the end of a block: the outermost double quotation is kept.
    fn abandon(&mut self, block: u32) {
        let outer = self.open.first().copied();
        self.open.clear();
        let Some(outer) =
            outer.filter(|o| o.mark.family != Family::Single && o.mark.block == block)
        else {
            return;
        };
        let end = self.block_end(block, outer.mark.token);
        if end - outer.mark.token <= LONGEST_UNCLOSED {
            self.push(outer, end, end, true);
        }
    }

    /// One past the last token of a block that holds a token.
    fn block_end(&self, block: u32, token: usize) -> usize {
        let from = self.reader.sentence_of(token);
        let count = self.reader.sentences()[from..]
            .iter()
            .take_while(|(_, b)| *b == block)
            .count();
        self.reader
            .sentence(from + count.saturating_sub(1))
            .end
            .max(token)
    }
}
