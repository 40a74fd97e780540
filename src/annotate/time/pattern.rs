//! Rules over classes of words: a small pattern language, compiled once.
//!
//! ```text
//! the? PHASE? MONTH ( DAY ,? )? YEAR     CAPITALS a class, lower case a word, ? may be missing
//! ( for | in ) [ UNITS ]                 | alternatives, [ ] what is marked, when not everything
//! $AMOUNT ago                            $ a pattern defined once under [patterns]
//! ```
//!
//! There is no repetition, so a match looks at a bounded number of tokens.

use std::collections::BTreeMap;

use super::grammar;
use super::lexicon::{Class, ClassSet, Fault, Lexicon, WordId};
use super::number::Reader;
use crate::annotate::token::Shape;

/// A class that matched, with its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Capture {
    pub class: Class,
    pub value: i64,
}

/// What a pattern matched, in token indices.
#[derive(Clone, Debug, Default)]
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

/// What the next token must be for an op to lead anywhere.
#[derive(Clone, Copy, Debug, Default)]
struct First {
    /// Classes, as bits.
    classes: ClassSet,
    /// Words, as their marks: a sieve, exact enough.
    words: u64,
    /// The pattern may end here.
    end: bool,
}

impl First {
    fn add(&mut self, other: First) {
        self.classes |= other.classes;
        self.words |= other.words;
        self.end |= other.end;
    }

    /// Whether a token fits, told as a `First` itself.
    fn fits(&self, token: First) -> bool {
        self.end || self.classes & token.classes != 0 || self.words & token.words != 0
    }
}

/// A pattern that a token can begin, and what the token after it must be.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    pattern: u16,
    second: First,
}

/// All patterns a token can begin, and what the token after it must be for any of them.
#[derive(Clone, Debug, Default)]
struct Candidates {
    second: First,
    patterns: Vec<Candidate>,
}

/// All patterns of a language, and which of them a token can begin.
#[derive(Debug, Default)]
pub(super) struct Patterns {
    ops: Vec<Op>,
    /// For each op, what may come next.
    firsts: Vec<First>,
    /// For each word, the classes it may begin, numbers in words included.
    openings: Vec<ClassSet>,
    /// Entry point and rule of each pattern.
    entries: Vec<(usize, usize)>,
    /// For each word, the patterns it can begin.
    by_word: Vec<Candidates>,
    /// The patterns a token with digits can begin.
    by_digit: Candidates,
    /// For each word, its bit in a sieve when it is a literal of some pattern or goes on a phrase.
    marks: Vec<u64>,
    /// For each word, whether it can take part in a match.
    members: Vec<bool>,
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
        patterns.index(lexicon);
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

    /// Works out what can follow each op, and which patterns each word and any digit can begin.
    fn index(&mut self, lexicon: &Lexicon) {
        self.marks = vec![0; lexicon.len()];
        let literals = self.ops.iter().filter_map(|op| match op {
            Op::Word(word) => Some(*word),
            _ => None,
        });
        let known = lexicon.continuations().chain(literals);
        let signs = [
            lexicon.sign("-"),
            lexicon.sign("/"),
            lexicon.sign(":"),
            lexicon.sign("'s"),
            lexicon.sign("'"),
        ];
        let mut next = 0;
        for word in known.chain(signs).filter(|w| *w != 0).collect::<Vec<_>>() {
            if self.marks[word as usize] == 0 {
                self.marks[word as usize] = 1 << (next % 64);
                next += 1;
            }
        }
        let apostrophe = lexicon.sign("'");
        self.openings = (0..lexicon.len() as WordId)
            .map(|word| {
                let own = lexicon.openings(word);
                let number = Class::Card.bit() | Class::A.bit();
                let counts = if own & number != 0 {
                    Class::Num.bit() | Class::Year.bit() | Class::Ord.bit()
                } else {
                    0
                };
                let short = Class::Year2.bit() | Class::Decade.bit();
                own | counts
                    | if word == apostrophe && word != 0 {
                        short
                    } else {
                        0
                    }
            })
            .collect();
        let used = self.ops.iter().fold(0, |set, op| match op {
            Op::Class(class) => set | class.bit(),
            _ => set,
        });
        let parts = used | Class::Card.bit() | Class::Mult.bit();
        self.members = (0..lexicon.len())
            .map(|w| self.openings[w] & parts != 0 || self.marks[w] != 0)
            .collect();
        self.firsts = (0..self.ops.len()).map(|op| self.first_of(op)).collect();
        let (mut by_digit, mut by_word) = (
            Candidates::default(),
            vec![Candidates::default(); lexicon.len()],
        );
        for (pattern, (entry, _)) in self.entries.iter().enumerate() {
            let begin = |word: WordId, classes: ClassSet, list: &mut Candidates| {
                let mut second = First::default();
                if self.after_first(*entry, lexicon, word, classes, &mut second) {
                    list.second.add(second);
                    list.patterns.push(Candidate {
                        pattern: pattern as u16,
                        second,
                    });
                }
            };
            begin(0, DIGITS, &mut by_digit);
            for (word, list) in by_word.iter_mut().enumerate().skip(1) {
                begin(word as WordId, self.openings[word], list);
            }
        }
        self.by_digit = by_digit;
        self.by_word = by_word;
    }

    /// Adds what may follow when the token at `op` has this word and these classes; false when it
    /// cannot be the first.
    fn after_first(
        &self,
        op: usize,
        lexicon: &Lexicon,
        word: WordId,
        classes: ClassSet,
        out: &mut First,
    ) -> bool {
        match &self.ops[op] {
            Op::Split(other) => {
                let here = self.after_first(op + 1, lexicon, word, classes, out);
                self.after_first(*other, lexicon, word, classes, out) | here
            }
            Op::Jump(to) => self.after_first(*to, lexicon, word, classes, out),
            Op::Open | Op::Close => self.after_first(op + 1, lexicon, word, classes, out),
            Op::Accept => false,
            Op::Word(literal) => {
                let same = word != 0 && *literal == word;
                if same {
                    out.add(self.firsts[op + 1]);
                }
                same
            }
            Op::Class(class) if classes & class.bit() == 0 => false,
            Op::Class(class) => {
                out.add(self.firsts[op + 1]);
                // Readings of several tokens go on with their own.
                for rest in lexicon.rests(word, *class) {
                    out.words |= self.marks[rest as usize];
                }
                if DIGITS & class.bit() != 0 {
                    out.classes |= DIGITS | Class::Card.bit() | Class::Mult.bit();
                    for sign in ["-", "/", ":", "'s"] {
                        out.words |= self.marks[lexicon.sign(sign) as usize];
                    }
                }
                true
            }
        }
    }

    fn first_of(&self, at: usize) -> First {
        match &self.ops[at] {
            Op::Class(class) => First {
                classes: class.bit(),
                ..First::default()
            },
            Op::Word(word) => First {
                words: self.marks[*word as usize],
                ..First::default()
            },
            Op::Split(other) => {
                let mut first = self.first_of(at + 1);
                first.add(self.first_of(*other));
                first
            }
            Op::Jump(to) => self.first_of(*to),
            Op::Open | Op::Close => self.first_of(at + 1),
            Op::Accept => First {
                end: true,
                ..First::default()
            },
        }
    }

    /// Whether a word can take part in a match.
    pub(super) fn takes_part(&self, word: WordId) -> bool {
        self.members[word as usize]
    }

    /// Whether a token with this word, or with digits, can begin a pattern at all.
    pub(super) fn may_begin(&self, word: WordId, digit: bool) -> bool {
        digit || !self.by_word[word as usize].patterns.is_empty()
    }

    /// What the token at `at` may be.
    fn token(&self, reader: &Reader<'_>, at: usize, limit: usize) -> First {
        if at >= limit {
            return First::default();
        }
        let word = reader.word(at) as usize;
        let digits = if reader.tokens[at].shape.has(Shape::HAS_DIGIT) {
            DIGITS
        } else {
            0
        };
        First {
            classes: self.openings[word] | digits,
            words: self.marks[word],
            end: false,
        }
    }

    /// The longest match that begins at a token and ends before `limit`; of equals the first rule's.
    pub(super) fn longest(
        &self,
        reader: &Reader<'_>,
        at: usize,
        limit: usize,
        best: &mut Match,
    ) -> bool {
        best.reach = 0;
        let word = reader.word(at);
        let digit = reader.tokens[at].shape.has(Shape::HAS_DIGIT);
        let next = self.token(reader, at + 1, limit);
        let lists = [
            Some(&self.by_word[word as usize]),
            digit.then_some(&self.by_digit),
        ];
        let fitting = lists
            .into_iter()
            .flatten()
            .filter(|list| list.second.fits(next));
        let memo = [(usize::MAX, None); Class::NUMERIC.len()];
        let mut run = Run {
            patterns: self,
            reader,
            limit,
            rule: 0,
            captures: Vec::new(),
            memo,
            best,
        };
        let here = Here {
            token: self.token(reader, at, limit),
            at,
            start: at,
            end: usize::MAX,
        };
        for candidate in fitting
            .flat_map(|list| &list.patterns)
            .filter(|c| c.second.fits(next))
        {
            let (entry, rule) = self.entries[candidate.pattern as usize];
            run.rule = rule;
            run.captures.clear();
            run.step(entry, here);
        }
        best.reach > 0
    }
}

/// One start, all patterns in turn.
struct Run<'r, 't> {
    patterns: &'r Patterns,
    reader: &'r Reader<'t>,
    limit: usize,
    rule: usize,
    captures: Vec<Capture>,
    /// The last token read in each numeric class, and its reading.
    memo: [(usize, Option<(i64, usize)>); Class::NUMERIC.len()],
    best: &'r mut Match,
}

/// How far an attempt has come.
#[derive(Clone, Copy)]
struct Here {
    /// What the token at `at` may be.
    token: First,
    at: usize,
    /// Where the marked tokens begin …
    start: usize,
    /// … and end; not yet known when beyond all tokens.
    end: usize,
}

impl Run<'_, '_> {
    fn step(&mut self, op: usize, here: Here) {
        match &self.patterns.ops[op] {
            Op::Class(class) if here.token.classes & class.bit() != 0 => {
                self.class(*class, op, here);
            }
            Op::Class(_) => {}
            Op::Word(word) => {
                if here.at < self.limit && self.reader.word(here.at) == *word {
                    self.advance(op, here, 1);
                }
            }
            Op::Split(other) => {
                let kept = self.captures.len();
                if self.patterns.firsts[op + 1].fits(here.token) {
                    self.step(op + 1, here);
                    self.captures.truncate(kept);
                }
                if self.patterns.firsts[*other].fits(here.token) {
                    self.step(*other, here);
                }
            }
            Op::Jump(to) => self.step(*to, here),
            Op::Open => self.step(
                op + 1,
                Here {
                    start: here.at,
                    ..here
                },
            ),
            Op::Close => self.step(
                op + 1,
                Here {
                    end: here.at,
                    ..here
                },
            ),
            Op::Accept => {
                if here.at > self.best.reach {
                    let best = &mut *self.best;
                    best.rule = self.rule;
                    best.start = here.start;
                    best.end = here.end.min(here.at);
                    best.reach = here.at;
                    best.captures.clear();
                    best.captures.extend_from_slice(&self.captures);
                }
            }
        }
    }

    /// Goes on behind `used` tokens, if the next one can lead anywhere.
    fn advance(&mut self, op: usize, here: Here, used: usize) {
        let at = here.at + used;
        let token = self.patterns.token(self.reader, at, self.limit);
        if at <= self.limit && self.patterns.firsts[op + 1].fits(token) {
            self.step(op + 1, Here { token, at, ..here });
        }
    }

    fn class(&mut self, class: Class, op: usize, here: Here) {
        let reader = *self.reader;
        let kept = self.captures.len();
        if reader.lexicon.openings(reader.word(here.at)) & class.bit() != 0 {
            for (value, used) in reader
                .lexicon
                .readings(&reader.words[here.at..self.limit], class)
            {
                self.captures.push(Capture { class, value });
                self.advance(op, here, used);
                self.captures.truncate(kept);
            }
        }
        if let Some((value, used)) = self.numeric(class, here.at) {
            self.captures.push(Capture { class, value });
            self.advance(op, here, used);
            self.captures.truncate(kept);
        }
    }

    /// The numeric reading of a token, looked up when it was read before.
    fn numeric(&mut self, class: Class, at: usize) -> Option<(i64, usize)> {
        let slot = Class::NUMERIC.iter().position(|c| *c == class)?;
        if self.memo[slot].0 != at {
            self.memo[slot] = (at, self.reader.numeric(class, at));
        }
        self.memo[slot].1
    }
}
