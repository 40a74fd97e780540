//! Rules over classes of words: a small pattern language, compiled once.
//!
//! ```text
//! the? PHASE? MONTH ( DAY ,? )? YEAR     CAPITALS a class, lower case a word, ? may be missing
//! ( for | in ) [ UNITS ]                 | alternatives, [ ] what is marked, when not everything
//! $AMOUNT ago                            $ a pattern defined once under [patterns]
//! ```
//!
//! 1. `grammar` reads each pattern into [`Op`]s.
//! 2. At a token, `machine` follows all patterns at once and tells which reaches furthest.
//! 3. `run` follows that one alone and notes what its classes captured.
//!
//! There is no repetition, so a match looks at a bounded number of tokens. Invariant: the result is that of following every
//! pattern by itself, way by way: the longest, of equals the first rule's, of its ways the first.

mod machine;
mod run;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use self::machine::Machine;
use super::grammar;
use super::lexicon::{Class, ClassSet, Fault, Lexicon, WordId};
use super::number::Reader;

/// A class that matched, with its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Capture {
    pub class: Class,
    pub value: i64,
}

/// What a pattern matched, in token indices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Match {
    /// Index of the rule.
    pub rule: usize,
    /// First marked token.
    pub start: usize,
    /// One past the last marked token.
    pub end: usize,
    /// One past the last token looked at.
    pub reach: usize,
    /// What its classes captured, in order.
    pub captures: Vec<Capture>,
}

/// Classes that digits may begin.
const DIGITS: ClassSet = {
    let mut bits = 0;
    let mut i = 0;
    while i < Class::NUMERIC.len() {
        bits |= Class::NUMERIC[i].bit();
        i += 1;
    }
    bits
};

/// A step of a compiled pattern.
#[derive(Clone, Debug)]
pub(super) enum Op {
    /// A word, phrase or number of a class.
    Class(Class),
    /// A literal.
    Word(WordId),
    /// Go on here and, as another way, at the given place.
    Split(usize),
    /// Go on at the given place.
    Jump(usize),
    /// What is marked begins.
    Open,
    /// What is marked ends.
    Close,
    /// The pattern has matched.
    Accept,
}

/// What is known of a word beforehand.
#[derive(Clone, Copy, Debug, Default)]
struct Traits {
    /// The numeric classes it may begin: in words, or as an apostrophe before digits.
    numeric: ClassSet,
    /// Whether it begins phrases.
    phrases: bool,
    /// Whether it can take part in a match.
    member: bool,
    /// Whether it can begin one.
    begins: bool,
}

/// All patterns of a language.
#[derive(Debug, Default)]
pub(super) struct Patterns {
    ops: Vec<Op>,
    /// Entry point and rule of each pattern, in order.
    entries: Vec<(usize, usize)>,
    words: Vec<Traits>,
    /// Machines that nobody uses: what one text has taught them serves the next.
    idle: Mutex<Vec<Machine>>,
}

impl Patterns {
    /// Compiles the patterns of rules, in order.
    pub(super) fn new(
        rules: &[Vec<String>],
        named: &BTreeMap<String, String>,
        lexicon: &mut Lexicon,
    ) -> Result<Patterns, Fault> {
        let mut patterns = Patterns::default();
        for (rule, sources) in rules.iter().enumerate() {
            for source in sources {
                patterns.entries.push((patterns.ops.len(), rule));
                grammar::parse(source, named, lexicon, &mut patterns.ops)?;
                patterns.ops.push(Op::Accept);
            }
        }
        patterns.tighten();
        patterns.words = patterns.traits(lexicon);
        Ok(patterns)
    }

    /// Drops jumps to the next op, which the parser leaves behind.
    fn tighten(&mut self) {
        let idle = |(i, op): (usize, &Op)| matches!(op, Op::Jump(to) if *to == i + 1);
        let mut place = Vec::with_capacity(self.ops.len());
        let mut kept = 0;
        for found in self.ops.iter().enumerate() {
            place.push(kept);
            kept += usize::from(!idle(found));
        }
        let ops = std::mem::take(&mut self.ops);
        for (i, op) in ops.into_iter().enumerate() {
            match op {
                op if idle((i, &op)) => {}
                Op::Split(to) => self.ops.push(Op::Split(place[to])),
                Op::Jump(to) => self.ops.push(Op::Jump(place[to])),
                op => self.ops.push(op),
            }
        }
        for (entry, _) in &mut self.entries {
            *entry = place[*entry];
        }
    }

    /// What is known of each word.
    fn traits(&self, lexicon: &Lexicon) -> Vec<Traits> {
        let mut literals = vec![false; lexicon.len()];
        let mut used = Class::Card.bit() | Class::Mult.bit();
        for op in &self.ops {
            match op {
                Op::Word(word) => literals[*word as usize] = true,
                Op::Class(class) => used |= class.bit(),
                _ => {}
            }
        }
        let mut members = literals;
        let signs = ["-", "/", ":", "'s", "'"].map(|sign| lexicon.sign(sign));
        for word in lexicon.continuations().chain(signs).filter(|w| *w != 0) {
            members[word as usize] = true;
        }
        let (first_classes, first_words) = self.firsts();
        let apostrophe = lexicon.sign("'");
        let traits = (0..lexicon.len()).map(|at| {
            let word = at as WordId;
            let own = lexicon.openings(word);
            let mut numeric = 0;
            if own & (Class::Card.bit() | Class::A.bit()) != 0 {
                numeric |= Class::Num.bit() | Class::Year.bit() | Class::Ord.bit();
            }
            if word != 0 && word == apostrophe {
                numeric |= Class::Year2.bit() | Class::Decade.bit();
            }
            let all = own | numeric;
            Traits {
                numeric,
                phrases: lexicon.phrases(word).next().is_some(),
                member: all & used != 0 || members[at],
                begins: all & first_classes != 0 || first_words.binary_search(&word).is_ok(),
            }
        });
        traits.collect()
    }

    /// What patterns may begin with: classes, and words in order.
    fn firsts(&self) -> (ClassSet, Vec<WordId>) {
        let (mut classes, mut words) = (0, Vec::new());
        for at in self.beginning() {
            match self.ops[at as usize] {
                Op::Class(class) => classes |= class.bit(),
                Op::Word(word) => words.push(word),
                _ => {}
            }
        }
        words.sort_unstable();
        (classes, words)
    }

    /// The ops at which patterns begin.
    fn beginning(&self) -> Vec<u32> {
        let mut all = Vec::new();
        for (entry, _) in &self.entries {
            self.go(*entry, &mut all);
        }
        all
    }

    /// Adds the ops that ask for a token, or accept, at which one arrives from an op without a token.
    fn go(&self, op: usize, out: &mut Vec<u32>) {
        match self.ops[op] {
            Op::Split(other) => {
                self.go(op + 1, out);
                self.go(other, out);
            }
            Op::Jump(to) => self.go(to, out),
            Op::Open | Op::Close => self.go(op + 1, out),
            Op::Class(_) | Op::Word(_) | Op::Accept => out.push(op as u32),
        }
    }

    /// The pattern that an op belongs to.
    fn pattern_of(&self, op: u32) -> usize {
        let after = self.entries.partition_point(|(e, _)| *e <= op as usize);
        after.saturating_sub(1)
    }

    /// Whether a word can take part in a match.
    pub(super) fn takes_part(&self, word: WordId) -> bool {
        self.words[word as usize].member
    }

    /// Whether a token with this word, or with digits, can begin a pattern at all.
    pub(super) fn may_begin(&self, word: WordId, digit: bool) -> bool {
        digit || self.words[word as usize].begins
    }

    /// The numeric classes that a token may be read in.
    fn numeric(&self, word: WordId, digit: bool) -> ClassSet {
        self.words[word as usize].numeric | if digit { DIGITS } else { 0 }
    }

    /// Something to match these patterns with.
    pub(super) fn matcher(&self) -> Matcher<'_> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        Matcher {
            patterns: self,
            machine: idle.pop().unwrap_or_else(|| Machine::new(self)),
        }
    }
}

/// Matches patterns at one token after another.
pub(super) struct Matcher<'p> {
    patterns: &'p Patterns,
    machine: Machine,
}

impl Matcher<'_> {
    /// The longest match that begins at a token and ends before `limit`; of equals the first rule's.
    pub(super) fn longest(
        &mut self,
        reader: &Reader<'_>,
        at: usize,
        limit: usize,
        best: &mut Match,
    ) -> bool {
        let reached = self.machine.reach(self.patterns, reader, at, limit);
        reached.is_some_and(|(pattern, reach)| {
            let (entry, rule) = self.patterns.entries[pattern];
            best.rule = rule;
            run::follow(
                &self.patterns.ops,
                entry,
                reader,
                self.machine.numbers(),
                at..reach,
                best,
            )
        })
    }
}

impl Drop for Matcher<'_> {
    fn drop(&mut self) {
        let machine = std::mem::take(&mut self.machine);
        let mut idle = self
            .patterns
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        idle.push(machine);
    }
}
