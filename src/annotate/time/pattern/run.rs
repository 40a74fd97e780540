//! One pattern, of which it is known how far it reaches: what its classes capture on the way.

use std::ops::Range;

use super::machine::Number;
use super::{Capture, Match, Op};
use crate::annotate::time::lexicon::Class;
use crate::annotate::time::number::Reader;

/// Follows a pattern over a range of tokens, as the first of its ways that covers it goes. False if none does.
///
/// `numbers` are the readings of tokens in numeric classes; `best` keeps its rule.
pub(super) fn follow(
    ops: &[Op],
    entry: usize,
    reader: &Reader<'_>,
    numbers: &[Number],
    tokens: Range<usize>,
    best: &mut Match,
) -> bool {
    best.captures.clear();
    let here = Here {
        at: tokens.start,
        start: tokens.start,
        end: usize::MAX,
    };
    let mut run = Run {
        ops,
        reader,
        numbers,
        reach: tokens.end,
        best,
    };
    run.step(entry, here)
}

struct Run<'r, 't> {
    ops: &'r [Op],
    reader: &'r Reader<'t>,
    numbers: &'r [Number],
    /// Where it is to end.
    reach: usize,
    best: &'r mut Match,
}

/// How far an attempt has come.
#[derive(Clone, Copy)]
struct Here {
    at: usize,
    /// Where the marked tokens begin …
    start: usize,
    /// … and end; not yet known when beyond all tokens.
    end: usize,
}

impl Run<'_, '_> {
    /// Whether a way from this op leads to the end.
    fn step(&mut self, op: usize, here: Here) -> bool {
        let at = here.at;
        match self.ops[op] {
            Op::Class(class) => at < self.reach && self.class(class, op, here),
            Op::Word(word) => {
                at < self.reach
                    && self.reader.word(at) == word
                    && self.step(op + 1, Here { at: at + 1, ..here })
            }
            Op::Split(other) => {
                let kept = self.best.captures.len();
                if self.step(op + 1, here) {
                    return true;
                }
                self.best.captures.truncate(kept);
                self.step(other, here)
            }
            Op::Jump(to) => self.step(to, here),
            Op::Open => self.step(op + 1, Here { start: at, ..here }),
            Op::Close => self.step(op + 1, Here { end: at, ..here }),
            Op::Accept => {
                let best = &mut *self.best;
                (best.start, best.end) = (here.start, here.end.min(at));
                best.reach = at;
                at == self.reach
            }
        }
    }

    fn class(&mut self, class: Class, op: usize, here: Here) -> bool {
        let (reader, numbers) = (self.reader, self.numbers);
        let listed = reader
            .lexicon
            .readings(&reader.words[here.at..self.reach], class);
        let counted = numbers
            .iter()
            .filter(|n| n.at == here.at && n.class == class);
        let left = self.reach - here.at;
        let counted = counted
            .map(|n| (n.value, n.used))
            .filter(|(_, used)| *used <= left);
        let kept = self.best.captures.len();
        for (value, used) in listed.chain(counted) {
            self.best.captures.push(Capture { class, value });
            if self.step(
                op + 1,
                Here {
                    at: here.at + used,
                    ..here
                },
            ) {
                return true;
            }
            self.best.captures.truncate(kept);
        }
        false
    }
}
