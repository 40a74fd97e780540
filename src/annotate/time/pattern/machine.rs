//! All patterns at once: how far the longest match reaches from a token, and by which pattern.
//!
//! A state is the set of ops at which attempts wait for the same token. What follows on a state by a word or a class is
//! worked out when it is met first and remembered, so most tokens cost one look-up, however many patterns there are
//! (K. Thompson, Regular expression search algorithm, 1968, with states made as they are needed). A word or number of
//! several tokens leads to a later token; attempts that arrive at one token become one state again.
//!
//! Invariant: what is remembered changes nothing but the speed, and it is bounded.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::{Op, Patterns};
use crate::annotate::lookup::Quick;
use crate::annotate::time::lexicon::{Class, ClassSet, WordId};
use crate::annotate::time::number::Reader;
use crate::annotate::token::Shape;

/// Index of a state.
type StateId = u32;

/// No attempt is left.
const DEAD: StateId = 0;
/// Every pattern is about to begin.
const START: StateId = 1;
/// Not worked out yet.
const UNKNOWN: StateId = StateId::MAX;
/// More states or steps than these are not remembered; ordinary texts of any length stay far below.
const MOST_STATES: usize = 1 << 13;
const MOST_STEPS: usize = 1 << 17;

/// What lies before a class in a step's key, above all words.
const CLASSES: u32 = 1 << 16;

#[derive(Debug, Default)]
struct State {
    /// Its ops, in order.
    ops: Box<[u32]>,
    /// The classes that some of them ask for.
    classes: ClassSet,
    /// The first pattern that has matched.
    accepts: Option<usize>,
}

/// A token as a numeric class reads it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    pub(super) at: usize,
    pub(super) class: Class,
    pub(super) value: i64,
    /// How many tokens it takes.
    pub(super) used: usize,
}

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Machine {
    states: Vec<State>,
    by_ops: HashMap<Box<[u32]>, StateId>,
    /// The states after the first token, by its word.
    openings: Vec<StateId>,
    /// The other steps, by state and word or class.
    steps: HashMap<u64, StateId, BuildHasherDefault<Quick>>,
    unions: HashMap<u64, StateId, BuildHasherDefault<Quick>>,
    /// The states that attempts have reached, by the number of tokens from the first.
    reached: Vec<StateId>,
    numbers: Vec<Number>,
    /// How many tokens were gone over: the work that was done.
    #[cfg(test)]
    pub(super) visited: usize,
}

impl Machine {
    pub(super) fn new(patterns: &Patterns) -> Machine {
        let mut machine = Machine::default();
        machine.forget(patterns);
        machine
    }

    /// Drops what is remembered.
    pub(super) fn forget(&mut self, patterns: &Patterns) {
        self.states.clear();
        self.by_ops.clear();
        self.steps.clear();
        self.unions.clear();
        self.openings.clear();
        self.openings.resize(patterns.words.len(), UNKNOWN);
        self.state(patterns, Vec::new());
        self.state(patterns, patterns.beginning());
    }

    /// The readings in numeric classes that the last call of [`Machine::reach`] has tried.
    pub(super) fn numbers(&self) -> &[Number] {
        &self.numbers
    }

    /// The pattern that matches most tokens from `at` on, and one past the last of them.
    pub(super) fn reach(
        &mut self,
        patterns: &Patterns,
        reader: &Reader<'_>,
        at: usize,
        limit: usize,
    ) -> Option<(usize, usize)> {
        if self.states.len() > MOST_STATES || self.steps.len() + self.unions.len() > MOST_STEPS {
            self.forget(patterns);
        }
        self.numbers.clear();
        self.reached.clear();
        self.reached.push(START);
        let (mut found, mut ahead) = (None, 0);
        while let Some(&state) = self.reached.get(ahead) {
            if state != DEAD {
                let accepts = self.states[state as usize].accepts;
                found = accepts.map(|pattern| (pattern, at + ahead)).or(found);
                if at + ahead < limit {
                    self.token(patterns, reader, state, at..limit, ahead);
                }
            }
            ahead += 1;
        }
        found.filter(|(_, reach)| *reach > at)
    }

    /// Goes on from a state over the token that lies `ahead` of the first one.
    fn token(
        &mut self,
        patterns: &Patterns,
        reader: &Reader<'_>,
        state: StateId,
        tokens: std::ops::Range<usize>,
        ahead: usize,
    ) {
        #[cfg(test)]
        {
            self.visited += 1;
        }
        let at = tokens.start + ahead;
        let word = reader.word(at);
        if word != 0 {
            let next = self.by_word(patterns, reader, state, word);
            self.arrive(patterns, ahead + 1, next);
        }
        let classes = self.states[state as usize].classes;
        if patterns.words[word as usize].phrases {
            let rest = reader.words.get(at + 1..tokens.end).unwrap_or(&[]);
            for (class, phrase) in reader.lexicon.phrases(word) {
                let begins = rest.first() == phrase.first();
                if begins && classes & class.bit() != 0 && rest.starts_with(phrase) {
                    let next = self.by_class(patterns, state, class);
                    self.arrive(patterns, ahead + 1 + phrase.len(), next);
                }
            }
        }
        let digit = reader.tokens[at].shape.has(Shape::HAS_DIGIT);
        let numeric = classes & patterns.numeric(word, digit);
        if numeric == 0 {
            return;
        }
        for class in Class::NUMERIC {
            if numeric & class.bit() == 0 {
                continue;
            }
            let reading = reader.numeric(class, at);
            if let Some((value, used)) = reading.filter(|(_, used)| at + used <= tokens.end) {
                self.numbers.push(Number {
                    at,
                    class,
                    value,
                    used,
                });
                let next = self.by_class(patterns, state, class);
                self.arrive(patterns, ahead + used, next);
            }
        }
    }

    /// Notes that attempts have reached a token.
    fn arrive(&mut self, patterns: &Patterns, ahead: usize, state: StateId) {
        if state == DEAD {
            return;
        }
        if ahead >= self.reached.len() {
            self.reached.resize(ahead + 1, DEAD);
        }
        self.reached[ahead] = match self.reached[ahead] {
            DEAD => state,
            other => self.union(patterns, other, state),
        };
    }

    /// The state after a word, as a literal and in each class that has it.
    fn by_word(
        &mut self,
        patterns: &Patterns,
        reader: &Reader<'_>,
        state: StateId,
        word: WordId,
    ) -> StateId {
        let key = u64::from(state) << 32 | u64::from(word);
        let known = match state {
            START => self.openings[word as usize],
            _ => self.steps.get(&key).copied().unwrap_or(UNKNOWN),
        };
        if known != UNKNOWN {
            return known;
        }
        let own = reader.lexicon.classes(word);
        let next = self.after(patterns, state, |op| match op {
            Op::Word(literal) => *literal == word,
            Op::Class(class) => own & class.bit() != 0,
            _ => false,
        });
        match state {
            START => self.openings[word as usize] = next,
            _ => {
                self.steps.insert(key, next);
            }
        }
        next
    }

    /// The state after a phrase or number of a class.
    fn by_class(&mut self, patterns: &Patterns, state: StateId, class: Class) -> StateId {
        let key = u64::from(state) << 32 | u64::from(CLASSES | class as u32);
        if let Some(known) = self.steps.get(&key) {
            return *known;
        }
        let next = self.after(
            patterns,
            state,
            |op| matches!(op, Op::Class(c) if *c == class),
        );
        self.steps.insert(key, next);
        next
    }

    /// The state behind those ops of a state that a token fits.
    fn after(
        &mut self,
        patterns: &Patterns,
        state: StateId,
        fits: impl Fn(&Op) -> bool,
    ) -> StateId {
        let mut next = Vec::new();
        for &op in &self.states[state as usize].ops {
            if fits(&patterns.ops[op as usize]) {
                patterns.go(op as usize + 1, &mut next);
            }
        }
        self.state(patterns, next)
    }

    fn union(&mut self, patterns: &Patterns, one: StateId, other: StateId) -> StateId {
        if one == other {
            return one;
        }
        let key = u64::from(one.min(other)) << 32 | u64::from(one.max(other));
        if let Some(known) = self.unions.get(&key) {
            return *known;
        }
        let ops = [one, other].map(|state| &self.states[state as usize].ops);
        let both = self.state(
            patterns,
            ops.iter().flat_map(|ops| ops.iter().copied()).collect(),
        );
        self.unions.insert(key, both);
        both
    }

    /// The state of these ops, in any order and perhaps more than once.
    fn state(&mut self, patterns: &Patterns, mut ops: Vec<u32>) -> StateId {
        ops.sort_unstable();
        ops.dedup();
        if let Some(known) = self.by_ops.get(ops.as_slice()) {
            return *known;
        }
        let (mut classes, mut accepts) = (0, None);
        for &at in &ops {
            match patterns.ops[at as usize] {
                Op::Class(class) => classes |= class.bit(),
                // Ops are in the order of their patterns.
                Op::Accept => accepts = accepts.or(Some(patterns.pattern_of(at))),
                _ => {}
            }
        }
        let id = self.states.len() as StateId;
        let ops: Box<[u32]> = ops.into();
        self.by_ops.insert(ops.clone(), id);
        self.states.push(State {
            ops,
            classes,
            accepts,
        });
        id
    }
}
