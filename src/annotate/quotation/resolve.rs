//! Who a speaker is: names, surnames, pronouns and titles.
//!
//! Persons are remembered as the text introduces them, by the gazetteer's names, by a role beside a
//! capitalised name (`Unification Minister Chung`, `Warren Cohen, a China expert`), or as speakers.

use std::ops::Range;

use super::lexicon::class;
use super::phrase::{Phrase, all_capital};
use super::reader::Reader;
use super::{NameKind, Speaker};
use crate::annotate::token::upto;

/// A person the text has introduced.
#[derive(Clone, Debug)]
struct Person {
    /// Bytes of the name.
    range: Range<u32>,
    name: Option<u32>,
    /// Key of the last word of the name.
    surname: u32,
    /// Keys of the roles given.
    roles: [u32; 4],
    /// True for a woman.
    female: Option<bool>,
    /// Where it was last named or spoke as a subject, by token.
    seen: usize,
    subject: bool,
}

/// A body of people or a place that the text has named.
#[derive(Clone, Debug)]
struct Body {
    /// Bytes of the name.
    range: Range<u32>,
    name: Option<u32>,
    /// Where it was named, by token.
    seen: usize,
    /// It was an organisation that said something there.
    told: bool,
}

/// How many persons are kept in mind.
const KEPT: usize = 12;

/// What a text has introduced so far.
#[derive(Default)]
pub(super) struct Persons {
    people: Vec<Person>,
    bodies: Vec<Body>,
    next_name: usize,
    next_token: usize,
    /// The first token of the name read last.
    named: usize,
}

impl Persons {
    /// Reads introductions up to token `to`.
    pub(super) fn read_until(&mut self, reader: &Reader<'_>, to: usize) {
        let limit = reader.token(to).map_or(u32::MAX, |t| t.start);
        while let Some(name) = reader
            .names
            .get(self.next_name)
            .filter(|n| n.range.start < limit)
        {
            self.next_name += 1;
            // Names are in order: each is looked for from the one before, never from the beginning.
            let from = upto(reader.tokens, self.named, name.range.start);
            let end = upto(reader.tokens, from, name.range.end);
            self.named = from;
            match name.kind {
                NameKind::Person => {
                    self.introduce(reader, from..end.max(from + 1), Some(name.id), &[]);
                }
                NameKind::Organization | NameKind::Place => {
                    self.keep_body(name.range.clone(), Some(name.id), from, false);
                }
                NameKind::Other => {}
            }
        }
        let from = self.next_token;
        for at in reader.cues(from..to, class::ROLE | class::TITLE) {
            self.role(reader, at);
        }
        self.next_token = from.max(to);
    }

    /// A name beside a role at token `at`.
    fn role(&mut self, reader: &Reader<'_>, at: usize) {
        let role = reader.token(at).map_or(0, |t| t.key);
        if reader.class(at, class::TITLE) {
            let from = at + 1 + usize::from(reader.is_mark(at + 1, '.'));
            if let Some(name) = name_at(reader, from) {
                self.introduce_as(reader, name, role, reader.classes(at));
            }
            return;
        }
        // `spokesman Kim Min-seok`, `Minister, Chung Dong-young,`
        let comma = usize::from(reader.is_mark(at + 1, ','));
        if let Some(name) = name_at(reader, at + 1 + comma).filter(|n| comma == 0 || n.len() > 1) {
            self.introduce_as(reader, name, role, reader.classes(at));
            return;
        }
        // `Warren Cohen, a China expert`, `Kim Jin-hyang is head of`
        let mut from = at;
        for _ in 0..8 {
            let Some(before) = from.checked_sub(1) else {
                return;
            };
            from = before;
            let joint = reader.is_mark(from, ',')
                || reader.is_word(from, "is")
                || reader.is_word(from, "was");
            if joint {
                break;
            }
            if !reader.is_plain_word(from) && !reader.is_mark(from, '-') {
                return;
            }
        }
        let opens = reader.class(from + 1, class::DETERMINER)
            || from + 1 == at
            || reader.capitalised(from + 1);
        // `the Korean War, an official said` introduces nobody.
        let closes = !reader.is_plain_word(at + 1)
            || reader.class(at + 1, class::TIE) && !reader.is_word(at + 1, "to");
        if opens && closes {
            let name = name_before(reader, from);
            if name.len() > 1 {
                self.introduce_as(reader, name, role, reader.classes(at));
            }
        }
    }

    fn introduce_as(&mut self, reader: &Reader<'_>, name: Range<usize>, role: u32, classes: u32) {
        let bytes = reader.bytes(&name);
        let known = reader
            .names_in(&bytes)
            .iter()
            .find(|n| n.kind == NameKind::Person)
            .map(|n| n.id);
        let other = reader
            .names_in(&bytes)
            .iter()
            .any(|n| n.kind != NameKind::Person && n.kind != NameKind::Other);
        if other && known.is_none() {
            return;
        }
        self.introduce(reader, name, known, &[role]);
        if classes & (class::FEMALE | class::MALE) != 0
            && let Some(person) = self.people.last_mut()
        {
            person.female = Some(classes & class::FEMALE != 0);
        }
    }

    /// Remembers a person; one with the same name or surname is the same.
    fn introduce(
        &mut self,
        reader: &Reader<'_>,
        name: Range<usize>,
        id: Option<u32>,
        roles: &[u32],
    ) {
        let Some(last) = name.end.checked_sub(1).and_then(|at| reader.token(at)) else {
            return;
        };
        let range = reader.bytes(&name);
        let place = self.people.iter().position(|p| {
            let same = id.is_some() && p.name == id;
            same || p.surname == last.key && (id.is_none() || p.name.is_none() || p.name == id)
        });
        let mut person = match place {
            Some(place) => self.people.remove(place),
            None => Person {
                range: range.clone(),
                name: id,
                surname: last.key,
                roles: [0; 4],
                female: gender(reader, name.start),
                seen: 0,
                subject: false,
            },
        };
        if range.len() > person.range.len() && person.name.is_none()
            || person.range.len() < range.len() && person.name == id
        {
            person.range = range;
        }
        person.name = person.name.or(id);
        for role in roles {
            if !person.roles.contains(role) {
                person.roles.rotate_right(1);
                person.roles[0] = *role;
            }
        }
        let sentence = reader.sentence(reader.sentence_of(name.start));
        person.subject =
            name.start < sentence.start + 6 || person.subject && name.start < person.seen + 60;
        person.seen = name.start;
        if self.people.len() >= KEPT {
            self.people.remove(0);
        }
        self.people.push(person);
    }

    fn keep_body(&mut self, range: Range<u32>, name: Option<u32>, seen: usize, told: bool) {
        if self.bodies.len() >= KEPT {
            // The last that told something is kept for `the daily`.
            let told = self.bodies.iter().rposition(|b| b.told);
            self.bodies.remove(usize::from(told == Some(0)));
        }
        self.bodies.push(Body {
            range,
            name,
            seen,
            told,
        });
    }

    /// Resolves a speaker's phrase.
    pub(super) fn resolve(&mut self, reader: &Reader<'_>, phrase: &Phrase) -> Speaker {
        self.read_until(reader, phrase.tokens.start);
        let range = reader.bytes(&phrase.tokens);
        let mut speaker = Speaker {
            range: range.clone(),
            name: None,
            antecedent: None,
            anonymous: false,
            affiliation: None,
        };
        if reader.class(phrase.head, class::PRONOUN)
            && phrase.tokens.len() == 1
            && !reader.all_caps(phrase.head)
        {
            self.pronoun(reader, phrase, &mut speaker);
            return speaker;
        }
        let names = reader.names_in(&range);
        let person = names.iter().rev().find(|n| n.kind == NameKind::Person);
        let head = reader.token(phrase.head).map_or(0..0, |t| t.range());
        let at_head = names
            .iter()
            .find(|n| n.range.start <= head.start && head.end <= n.range.end);
        if let Some(named) = person.or(at_head.filter(|n| n.kind != NameKind::Other)) {
            speaker.name = Some(named.id);
            if named.kind != NameKind::Person {
                let told = named.kind == NameKind::Organization;
                self.keep_body(range, speaker.name, phrase.tokens.start, told);
            }
        }
        let role = reader.classes(phrase.head);
        // `Officials in Tokyo`, where a sentence begins.
        let common = !reader.capitalised(phrase.head)
            || phrase.head == phrase.tokens.start
                && !(phrase.tokens.len() > 1 && reader.capitalised(phrase.head + 1))
                && role & class::ROLE != 0;
        if speaker.name.is_none()
            && common
            && role & (class::SPEAKER | class::ANONYMOUS) != 0
            && !ends_in_name(reader, phrase)
        {
            self.by_role(reader, phrase, &mut speaker);
        } else if person.is_some() || speaker.name.is_none() && ends_in_name(reader, phrase) {
            self.named(reader, phrase, &mut speaker);
        }
        speaker
    }

    /// A capitalised speaker: remembered, and a surname tied to the fuller name before.
    fn named(&mut self, reader: &Reader<'_>, phrase: &Phrase, speaker: &mut Speaker) {
        let end = phrase.tokens.end;
        let name = name_before(reader, end);
        let name = name.start.max(phrase.tokens.start)..end;
        let key = reader.token(end - 1).map_or(0, |t| t.key);
        let body = reader.class(end - 1, class::BODY)
            || speaker.name.is_none()
                && reader
                    .name_kind(end - 1)
                    .is_some_and(|k| k != NameKind::Person);
        if body {
            return;
        }
        if let Some(before) = self.people.iter().rev().find(|p| p.surname == key) {
            speaker.name = speaker.name.or(before.name);
            if before.range.start < speaker.range.start {
                speaker.antecedent = Some(before.range.clone());
            }
        }
        let known = speaker.name.is_some() || speaker.antecedent.is_some();
        if !known && name.len() < 2 {
            return;
        }
        self.introduce(reader, name, speaker.name, &[]);
        if let Some(person) = self.people.last_mut() {
            person.subject = true;
        }
    }

    fn pronoun(&mut self, reader: &Reader<'_>, phrase: &Phrase, speaker: &mut Speaker) {
        let at = phrase.tokens.start;
        let classes = reader.classes(at);
        if classes & (class::FEMALE | class::MALE) != 0 {
            let female = classes & class::FEMALE != 0;
            let fits = |p: &&mut Person| p.female.is_none_or(|f| f == female) && p.seen < at;
            let near = at.saturating_sub(120);
            let subject = self
                .people
                .iter_mut()
                .rev()
                .filter(|p| p.subject && p.seen >= near)
                .find(fits)
                .map(|p| p.seen);
            let seen = subject.or_else(|| self.people.iter_mut().rev().find(fits).map(|p| p.seen));
            let Some(person) = self.people.iter_mut().find(|p| Some(p.seen) == seen) else {
                return;
            };
            person.female = Some(female);
            (person.seen, person.subject) = (at, true);
            speaker.name = person.name;
            speaker.antecedent = Some(person.range.clone());
        } else if reader.is_word(at, "it")
            && let Some(body) = self
                .bodies
                .last()
                .filter(|b| b.seen < at && at - b.seen < 120)
        {
            speaker.name = body.name;
            speaker.antecedent = Some(body.range.clone());
        }
    }

    /// `the minister`, `a diplomatic source`, `an official of the ministry`, `the ministry`.
    fn by_role(&mut self, reader: &Reader<'_>, phrase: &Phrase, speaker: &mut Speaker) {
        let definite = reader.is_word(phrase.tokens.start, "the")
            || reader.is_word(phrase.tokens.start, "his")
            || phrase.tokens.clone().any(|t| reader.possessive(t));
        let classes = reader.classes(phrase.head);
        let key = reader.token(phrase.head).map_or(0, |t| t.key);
        let singular =
            !reader.spelling(phrase.head).ends_with('s') || reader.class(phrase.head, class::TITLE);
        if definite
            && singular
            && classes & class::ROLE != 0
            && let Some(person) = self
                .people
                .iter_mut()
                .rev()
                .find(|p| p.roles.contains(&key))
        {
            (person.seen, person.subject) = (phrase.tokens.start, true);
            speaker.name = person.name;
            speaker.antecedent = Some(person.range.clone());
            return;
        }
        if definite && classes & class::BODY != 0 {
            let noun = reader.spelling(phrase.head);
            let named = |body: &&Body| {
                let name = reader
                    .text
                    .get(body.range.start as usize..body.range.end as usize)
                    .unwrap_or("");
                name.split(|c: char| !c.is_alphanumeric())
                    .any(|word| word.eq_ignore_ascii_case(noun))
            };
            // `the daily` is the paper that was last heard.
            let press = |body: &&Body| classes & class::PRESS != 0 && body.told;
            let bodies = || self.bodies.iter().rev();
            if let Some(body) = bodies().find(named).or_else(|| bodies().find(press)) {
                speaker.name = body.name;
                speaker.antecedent = Some(body.range.clone());
                return;
            }
        }
        speaker.anonymous = classes & (class::ROLE | class::ANONYMOUS) != 0;
        let names = reader.names_in(&speaker.range);
        let body = names.iter().rev().find(|n| n.kind != NameKind::Person);
        speaker.affiliation = body
            .map(|n| n.id)
            .or_else(|| workplace(reader, phrase.tokens.end));
        if speaker.affiliation.is_some() && !speaker.anonymous {
            // `The Latvian government` is Latvia; `the 48 Latvian firms` are not.
            match classes & class::STATE != 0 {
                true => speaker.name = speaker.affiliation,
                false => speaker.anonymous = true,
            }
        }
    }
}

/// The body in `, who works at the ministry` at a token.
fn workplace(reader: &Reader<'_>, at: usize) -> Option<u32> {
    let words = ["work", "works", "worked"];
    let clause = reader.is_mark(at, ',')
        && reader.is_word(at + 1, "who")
        && words.iter().any(|w| reader.is_word(at + 2, w))
        && reader.class(at + 3, class::TIE);
    let first = at + 4 + usize::from(reader.is_word(at + 4, "the"));
    let bytes = reader.token(first).filter(|_| clause)?.range();
    let names = reader.names_in(&bytes).iter();
    let mut bodies = names.filter(|n| n.kind != NameKind::Person && n.kind != NameKind::Other);
    bodies.next().map(|n| n.id)
}

/// Whether a first name is a woman's, where it tells.
fn gender(reader: &Reader<'_>, first: usize) -> Option<bool> {
    let classes = reader.classes(first);
    (classes & (class::WOMAN | class::MAN) != 0).then_some(classes & class::WOMAN != 0)
}

/// Whether a phrase ends in a capitalised word that is no role.
fn ends_in_name(reader: &Reader<'_>, phrase: &Phrase) -> bool {
    let last = phrase.tokens.end - 1;
    phrase.head == last
        && reader.proper(last)
        && !reader.class(last, class::ROLE | class::DETERMINER)
        && (last > phrase.tokens.start || !reader.class(last, class::SPEAKER))
}

/// The run of up to six tokens of a name that ends before token `end`.
fn name_before(reader: &Reader<'_>, end: usize) -> Range<usize> {
    let lo = reader
        .sentence(reader.sentence_of(end.saturating_sub(1)))
        .start
        .max(end.saturating_sub(7));
    let mut start = (lo..end)
        .rev()
        .take_while(|t| part_of_name(reader, *t))
        .last()
        .unwrap_or(end);
    while start < end && !reader.is_plain_word(start) {
        start += 1;
    }
    start..end
}

fn part_of_name(reader: &Reader<'_>, at: usize) -> bool {
    let hyphen = (reader.is_mark(at, '-') || reader.is_mark(at, '.')) && reader.glued(at);
    let second = at > 0 && reader.glued(at) && reader.is_mark(at - 1, '-');
    hyphen
        || second
        || reader.proper(at)
            && !reader.class(
                at,
                class::BOUNDARY
                    | class::DETERMINER
                    | class::SPEAKER
                    | class::TITLE
                    | class::PRONOUN,
            )
}

/// The run of up to four words of a name at a token.
fn name_at(reader: &Reader<'_>, from: usize) -> Option<Range<usize>> {
    let sentence = reader.sentence(reader.sentence_of(from));
    let mut end = from;
    while end < sentence.end && end < from + 7 && part_of_name(reader, end) {
        end += 1;
    }
    if end > from && reader.is_mark(end - 1, '.') {
        end -= 1;
    }
    // `President Bush's`, `the minister Park met` read alike.
    (end > from && all_capital(reader, &(from..end))).then_some(from..end)
}
