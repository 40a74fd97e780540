//! The machine against every pattern by itself, on words in any order.

use proptest::prelude::*;

use super::*;
use crate::annotate::time::language::Language;
use crate::annotate::token::{Token, tokens};

/// What dates, times and lengths are made of, and what stands around them.
const PIECES: [&str; 60] = [
    "1950",
    "53",
    "7",
    "31.8.2004",
    "08",
    "31",
    "2004",
    "02",
    "/",
    ":",
    "20040831",
    "1990s",
    "'98",
    "'80s",
    "8am",
    "14",
    "48",
    "3rd",
    "21st",
    "2 1/2",
    "7,000",
    "Jan",
    "May",
    "March",
    "the",
    "a",
    "an",
    "of",
    "on",
    "last",
    "next",
    "Monday",
    "morning",
    "year",
    "years",
    "week",
    "ago",
    "later",
    "quarter",
    "third",
    "nineteen",
    "ninety",
    "seven",
    "hundred",
    "p.m.",
    "GMT",
    "BC",
    "early",
    "daily",
    "officials",
    "and",
    "or",
    "to",
    "half",
    "first",
    "end",
    "-",
    ",",
    "'s",
    ".",
];

fn text() -> impl Strategy<Value = String> {
    let piece = (proptest::sample::select(&PIECES[..]), any::<bool>());
    let pieces = proptest::collection::vec(piece, 1..14);
    pieces.prop_map(|pieces| {
        let spaced = pieces
            .iter()
            .map(|(piece, glued)| (*piece, if *glued { "" } else { " " }));
        spaced.flat_map(|(piece, gap)| [piece, gap]).collect()
    })
}

/// Follows each pattern in turn, way by way, and keeps the first of the longest.
struct Slow<'s> {
    ops: &'s [Op],
    reader: &'s Reader<'s>,
    limit: usize,
    captures: Vec<Capture>,
    best: Match,
}

impl Slow<'_> {
    fn step(&mut self, op: usize, rule: usize, at: usize, marked: (usize, usize)) {
        let next = at + 1;
        match &self.ops[op] {
            Op::Word(word) if at < self.limit && self.reader.word(at) == *word => {
                self.step(op + 1, rule, next, marked);
            }
            Op::Word(_) => {}
            Op::Class(class) if at < self.limit => {
                let words = &self.reader.words[at..self.limit];
                let listed = self.reader.lexicon.readings(words, *class);
                let read: Vec<_> = listed.chain(self.reader.numeric(*class, at)).collect();
                let left = self.limit - at;
                for (value, used) in read.into_iter().filter(|(_, used)| *used <= left) {
                    self.captures.push(Capture {
                        class: *class,
                        value,
                    });
                    self.step(op + 1, rule, at + used, marked);
                    self.captures.pop();
                }
            }
            Op::Class(_) => {}
            Op::Split(other) => {
                self.step(op + 1, rule, at, marked);
                self.step(*other, rule, at, marked);
            }
            Op::Jump(to) => self.step(*to, rule, at, marked),
            Op::Open => self.step(op + 1, rule, at, (at, marked.1)),
            Op::Close => self.step(op + 1, rule, at, (marked.0, at)),
            Op::Accept if at > self.best.reach => {
                self.best = Match {
                    rule,
                    start: marked.0,
                    end: marked.1.min(at),
                    reach: at,
                    captures: self.captures.clone(),
                };
            }
            Op::Accept => {}
        }
    }
}

fn slow(patterns: &Patterns, reader: &Reader<'_>, at: usize, limit: usize) -> Option<Match> {
    let best = Match {
        reach: at,
        ..Match::default()
    };
    let mut slow = Slow {
        ops: &patterns.ops,
        reader,
        limit,
        captures: Vec::new(),
        best,
    };
    for (entry, rule) in &patterns.entries {
        slow.step(*entry, *rule, at, (at, usize::MAX));
    }
    (slow.best.reach > at).then_some(slow.best)
}

/// Asks `holds` of every token, as a reader of the text reads it.
fn at_each<'t>(
    text: &'t str,
    tokens: &'t [Token],
    mut holds: impl FnMut(&Reader<'_>, usize, &Patterns),
) {
    let language = Language::of("en").expect("English is there");
    let words = language.words(tokens);
    let reader = Reader {
        text,
        tokens,
        words: &words.ids,
        lexicon: &language.lexicon,
    };
    for at in 0..tokens.len() {
        holds(&reader, at, &language.patterns);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn the_machine_finds_what_following_every_pattern_does(text in text(), left in 0usize..40) {
        let tokens = tokens(&text);
        let mut found = Match::default();
        at_each(&text, &tokens, |reader, at, patterns| {
            let limit = tokens.len().min(at + left);
            let mut matcher = patterns.matcher();
            let quick = matcher.longest(reader, at, limit, &mut found).then(|| found.clone());
            assert_eq!(quick, slow(patterns, reader, at, limit), "{text:?} at {at}");
        });
    }

    #[test]
    fn what_begins_a_match_may_begin_one_and_all_of_it_takes_part(text in text()) {
        let tokens = tokens(&text);
        at_each(&text, &tokens, |reader, at, patterns| {
            let digit = |i: usize| tokens[i].shape.has(crate::annotate::token::Shape::HAS_DIGIT);
            let Some(found) = slow(patterns, reader, at, tokens.len()) else { return };
            assert!(patterns.may_begin(reader.word(at), digit(at)), "{text:?} at {at}");
            let fixed = |i: usize| matches!(reader.spelling(i), "/" | ":");
            let all = (at..found.reach).all(|i| digit(i) || fixed(i) || patterns.takes_part(reader.word(i)));
            assert!(all, "{text:?} at {at}");
        });
    }
}

#[test]
fn what_is_forgotten_is_worked_out_again() {
    let text = "on 08/31/2004 8am, the last two weeks of May 2004";
    let tokens = tokens(text);
    at_each(text, &tokens, |reader, at, patterns| {
        let mut matcher = patterns.matcher();
        let mut found = Match::default();
        let first = matcher
            .longest(reader, at, tokens.len(), &mut found)
            .then(|| found.clone());
        matcher.machine.forget(patterns);
        let again = matcher
            .longest(reader, at, tokens.len(), &mut found)
            .then(|| found.clone());
        assert_eq!(first, again);
    });
}

#[test]
fn work_is_bounded_for_every_token() {
    // Fragments of what rules are made of, repeated: the longest that a match can look ahead, and no more for longer texts.
    let fragments = [
        "the ",
        "of the ",
        "2004 ",
        "1950-53 ",
        "08/31/2004/",
        "14:48:",
        "May March ",
        "last Monday the ",
        "seven hundred ",
        "two and a half years or ",
        "the last two to three years of the ",
        "the second quarter of the first half of the ",
        "8 a.m. on Monday, ",
        "early in the morning of the third of May ",
        "at least about nearly ",
        "'98 ",
    ];
    for fragment in fragments {
        let text = fragment.repeat(200);
        let tokens = tokens(&text);
        let mut most = 0;
        at_each(&text, &tokens, |reader, at, patterns| {
            let mut matcher = patterns.matcher();
            let before = matcher.machine.visited;
            matcher.longest(reader, at, tokens.len(), &mut Match::default());
            most = most.max(matcher.machine.visited - before);
        });
        assert!(most <= 32, "{fragment}: {most} tokens looked at");
    }
}
