//! One kind per name: evidence of all mentions, short forms, acronyms and rows.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use super::evidence::{Evidence, Sort, Why};
use super::lexicon::{Tags, join};
use super::page::{Page, Style};
use super::split::{self, Candidate};
use super::{Certainty, UnlistedName};

/// Points a name needs to be told.
const ENOUGH: i32 = 15;
/// Lead over the next kind a name needs.
const LEAD: i32 = 4;

/// Names by the hash of their words, which needs no hashing again.
type ByHash = HashMap<u64, usize, BuildHasherDefault<Plain>>;

/// Takes a hash for what it is.
#[derive(Default)]
struct Plain(u64);

impl Hasher for Plain {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// A spelling and what the document says of it.
struct Name {
    inner: Evidence,
    outer: Evidence,
    /// Tokens of its first mention.
    range: Range<usize>,
    words: usize,
    /// The name it is a part or an acronym of.
    parent: Option<usize>,
    mentions: usize,
}

impl Name {
    fn evidence(&self) -> Evidence {
        let mut all = self.inner;
        all.merge(&self.outer);
        all
    }

    /// The kind, if the evidence is enough.
    fn verdict(&self) -> Option<(Sort, i32, i32)> {
        let (sort, points, lead) = self.evidence().best();
        (sort != Sort::Other && points >= ENOUGH && lead >= LEAD).then_some((sort, points, lead))
    }
}

/// Decides which candidates are names, and of what kind.
pub(super) fn decide(page: &Page<'_>, mut candidates: Vec<Candidate>) -> Vec<UnlistedName> {
    let mut book = Book {
        page,
        names: Vec::new(),
        by_hash: ByHash::with_capacity_and_hasher(candidates.len(), BuildHasherDefault::default()),
    };
    let mut ids: Vec<usize> = candidates.iter().map(|c| book.enter(c)).collect();
    book.acronyms(&candidates, &ids);
    book.parts(&candidates, &ids);
    book.rows(&candidates, &ids);
    book.echoes(&mut candidates, &mut ids);
    book.tell(&candidates, &ids)
}

struct Book<'p, 't> {
    page: &'p Page<'t>,
    names: Vec<Name>,
    by_hash: ByHash,
}

impl Book<'_, '_> {
    /// Enters a mention under its spelling.
    fn enter(&mut self, candidate: &Candidate) -> usize {
        let id = *self
            .by_hash
            .entry(candidate.hash)
            .or_insert(self.names.len());
        match self.names.get_mut(id) {
            Some(name) => {
                name.mentions += 1;
                name.inner.strongest(&candidate.evidence);
                name.outer.merge(&candidate.outer);
            }
            None => self.names.push(Name {
                inner: candidate.evidence,
                outer: candidate.outer,
                range: candidate.range.clone(),
                words: candidate.words,
                parent: None,
                mentions: 1,
            }),
        }
        id
    }

    /// `X Y Z (XYZ)` and `XYZ (X Y Z)`.
    fn acronyms(&mut self, candidates: &[Candidate], ids: &[usize]) {
        for (pair, id) in candidates.windows(2).zip(ids.windows(2)) {
            let ([left, right], &[first, second]) = (pair, id) else {
                continue;
            };
            let bracketed = left.range.end + 1 == right.range.start
                && self.page.is(left.range.end, b'(')
                && self.page.is(right.range.end, b')');
            if !bracketed {
                continue;
            }
            let (long, short, whole, id) = if left.words > right.words {
                (first, second, &left.range, &right.range)
            } else {
                (second, first, &right.range, &left.range)
            };
            if !self.stands_for(id, whole) {
                continue;
            }
            let Some(evidence) = self.names.get(long).map(Name::evidence) else {
                continue;
            };
            let (sort, points, _) = evidence.best();
            let term = self.page.tags(id.start).any(Tags::CAPITALS);
            let told = match sort {
                _ if term => Sort::Other,
                Sort::Person => Sort::Body,
                _ if points < ENOUGH => Sort::Body,
                _ => sort,
            };
            if let Some(name) = self.names.get_mut(short) {
                name.outer.add(told, 45, Why::Acronym);
                name.parent = (long != short).then_some(long);
            }
            if let Some(name) = self.names.get_mut(long)
                && told == Sort::Body
            {
                name.outer.add(told, 30, Why::Acronym);
            }
        }
    }

    /// Whether the letters of the one word `short` come, in order, from the initials of `long`.
    fn stands_for(&self, short: &Range<usize>, long: &Range<usize>) -> bool {
        if short.len() != 1 || !self.page.all_caps(short.start) {
            return false;
        }
        let initials: Vec<char> = long
            .clone()
            .filter(|&i| self.page.capitalised(i))
            .filter_map(|i| self.page.spelling(i).chars().next())
            .collect();
        let letters: Vec<char> = self
            .page
            .spelling(short.start)
            .chars()
            .filter(|c| c.is_alphabetic())
            .collect();
        let mut rest = initials.iter();
        let hits = letters.iter().filter(|l| rest.any(|i| i == *l)).count();
        letters.len() >= 2
            && (hits == letters.len() || hits + 1 >= letters.len() && hits >= 2)
            && letters.first() == initials.first()
    }

    /// Hands the kind of a full name to its parts.
    fn parts(&mut self, candidates: &[Candidate], ids: &[usize]) {
        let mut surnames = ByHash::default();
        let mut given = ByHash::default();
        let mut short = ByHash::default();
        for (candidate, &id) in candidates.iter().zip(ids) {
            let Some(name) = self.names.get(id) else {
                continue;
            };
            if candidate.words < 2 {
                continue;
            }
            match name.verdict() {
                Some((Sort::Person, ..)) => {
                    let (family, other) = self.family(&candidate.range);
                    surnames.entry(family).or_insert(id);
                    if let Some(whole) = self.articled(&candidate.range) {
                        surnames.entry(whole).or_insert(id);
                    }
                    given.entry(other).or_insert(id);
                }
                Some((Sort::Body, ..)) => {
                    for hash in self.short_forms(&candidate.range) {
                        short.entry(hash).or_insert(id);
                    }
                }
                _ => {}
            }
        }
        for id in 0..self.names.len() {
            let Some(name) = self.names.get(id) else {
                continue;
            };
            let hash = split::hash(self.page, &name.range);
            let single = name.words == 1;
            let common = self.page.tags(name.range.start).any(Tags::COMMON);
            let found = match () {
                () if surnames.contains_key(&hash) => Some((surnames[&hash], Sort::Person, 42)),
                () if single && given.contains_key(&hash) => {
                    Some((given[&hash], Sort::Person, if common { 12 } else { 26 }))
                }
                () if short.contains_key(&hash) => {
                    Some((short[&hash], Sort::Body, if single { 45 } else { 70 }))
                }
                () => None,
            };
            if let Some((full, sort, points)) = found
                && full != id
                && let Some(name) = self.names.get_mut(id)
            {
                name.outer.add(sort, points, Why::PartOfName);
                name.parent = Some(full);
            }
        }
    }

    /// Hashes of a person's family name and of the other name.
    fn family(&self, range: &Range<usize>) -> (u64, u64) {
        let page = self.page;
        let words: Vec<usize> = range
            .clone()
            .filter(|&i| {
                page.capitalised(i)
                    && !page.word(i, "Jr")
                    && !page.word(i, "Sr")
                    && !page.word(i, "II")
                    && !page.word(i, "III")
            })
            .collect();
        let hash = |at: Option<&usize>| {
            at.and_then(|&i| page.token(i))
                .map_or(0, |t| join(0, t.key))
        };
        let (first, last) = (words.first(), words.last());
        let eastern = first.is_some_and(|&i| {
            page.tags(i).any(Tags::FAMILY_FIRST)
                && !page.tags(i).any(Tags::GIVEN)
                && (super::shape::korean_given(page, i + 1)
                    || words[1..]
                        .iter()
                        .all(|&w| super::shape::pinyin(page.spelling(w))))
        });
        let korean = first.is_some_and(|&i| {
            page.tags(i).any(Tags::FAMILY_FIRST) && super::shape::korean_given(page, i + 1)
        });
        if eastern || korean {
            (hash(first), hash(last))
        } else {
            (hash(last), hash(first))
        }
    }

    /// Hash of a family name with its article: `El Saife` of `Mohamed El Saife`.
    fn articled(&self, range: &Range<usize>) -> Option<u64> {
        let at = range.end.checked_sub(2).filter(|at| *at > range.start)?;
        let article = self.page.word_tags(at).any(Tags::PARTICLE);
        article.then(|| split::hash(self.page, &(at..range.end)))
    }

    /// Hashes of what a body may be called for short.
    fn short_forms(&self, range: &Range<usize>) -> Vec<u64> {
        let page = self.page;
        let mut out = Vec::new();
        let last = range
            .clone()
            .rev()
            .find(|&i| page.capitalised(i))
            .unwrap_or(range.start);
        let loose = Tags::PLACE
            .or(Tags::COMMON)
            .or(Tags::DEMONYM)
            .or(Tags::DIRECTION)
            .or(Tags::FIELD)
            .or(Tags::BODY_HEAD)
            .or(Tags::LEADING)
            .or(Tags::PERSON);
        if page.tags(last).any(Tags::BODY_END) && last > range.start + 1 {
            out.push(split::hash(page, &(range.start..last)));
        }
        if !page.tags(range.start).any(loose)
            || page.tags(last).any(Tags::SUFFIX)
                && last == range.start + 1
                && !page.tags(range.start).any(Tags::PLACE)
        {
            out.push(split::hash(page, &(range.start..range.start + 1)));
        }
        let full_initials: String = range
            .clone()
            .filter(|&i| page.capitalised(i))
            .filter_map(|i| page.spelling(i).chars().next())
            .collect();
        if full_initials.len() >= 3 {
            out.push(join(0, crate::annotate::token::key(&full_initials)));
        }
        out
    }

    /// `Reed, Okoro and Lindqvist`: names in a row are of one kind.
    fn rows(&mut self, candidates: &[Candidate], ids: &[usize]) {
        let mut gains: Vec<(usize, Sort)> = Vec::new();
        for (pair, id) in candidates.windows(2).zip(ids.windows(2)) {
            let ([left, right], &[first, second]) = (pair, id) else {
                continue;
            };
            let gap = left.range.end..right.range.start;
            let joined = left.sentence == right.sentence
                && matches!(gap.len(), 1 | 2)
                && gap
                    .clone()
                    .all(|i| self.page.is(i, b',') || self.page.one_of(i, &["and", "or"]));
            if !joined || first == second {
                continue;
            }
            let comma = gap.len() == 1 && self.page.is(gap.start, b',');
            for (told, other) in [(first, second), (second, first)] {
                let Some((sort, points, _)) = self.names.get(told).and_then(Name::verdict) else {
                    continue;
                };
                // `Springfield, Ohio`: a comma before a region makes the first a place.
                let region = comma && told == second && sort == Sort::Place;
                if points >= 30 && (!comma || region || sort != Sort::Place) {
                    gains.push((other, sort));
                }
            }
        }
        for (id, sort) in gains {
            if let Some(name) = self.names.get_mut(id)
                && name.outer.why(sort) != Why::Row
                && name.inner.of(Sort::Other) < 30
            {
                name.outer.add(sort, 14, Why::Row);
            }
        }
    }

    /// Finds names of the prose in headlines.
    fn echoes(&mut self, candidates: &mut Vec<Candidate>, ids: &mut Vec<usize>) {
        let mut found: Vec<(Candidate, usize)> = Vec::new();
        for (sentence, line) in self.page.sentences.iter().enumerate() {
            if line.style == Style::Prose {
                continue;
            }
            let mut at = line.range.start;
            while at < line.range.end {
                match self.echo(at, line.range.end) {
                    Some((end, id)) => {
                        let range = at..end;
                        let hash = split::hash(self.page, &range);
                        let words = range.len();
                        let none = Evidence::default();
                        found.push((
                            Candidate {
                                range,
                                sentence,
                                evidence: none,
                                outer: none,
                                hash,
                                words,
                                known: true,
                                headline: true,
                            },
                            id,
                        ));
                        at = end;
                    }
                    None => at += 1,
                }
            }
        }
        if found.is_empty() {
            return;
        }
        let mut all: Vec<(Candidate, usize)> = std::mem::take(candidates)
            .into_iter()
            .zip(std::mem::take(ids))
            .collect();
        all.retain(|(c, _)| {
            let next = found.partition_point(|(f, _)| f.range.end <= c.range.start);
            !(c.headline
                && found
                    .get(next)
                    .is_some_and(|(f, _)| f.range.start < c.range.end))
        });
        all.extend(found);
        all.sort_by_key(|(c, _)| c.range.start);
        for (candidate, id) in all {
            candidates.push(candidate);
            ids.push(id);
        }
    }

    /// The longest name of the prose that begins at `at`.
    fn echo(&self, at: usize, end: usize) -> Option<(usize, usize)> {
        if !self.page.capitalised(at) || self.page.claimed(at) {
            return None;
        }
        let mut hash = 0;
        let mut best = None;
        for i in at..end.min(at + 7) {
            if self.page.claimed(i) {
                break;
            }
            hash = join(hash, self.page.token(i)?.key);
            if let Some(&id) = self.by_hash.get(&hash)
                && self.names.get(id).is_some_and(|n| n.verdict().is_some())
            {
                best = Some((i + 1, id));
            }
        }
        best
    }

    /// Writes down the names that are certain enough.
    fn tell(&self, candidates: &[Candidate], ids: &[usize]) -> Vec<UnlistedName> {
        let mut groups: HashMap<(usize, bool), u32> = HashMap::new();
        let mut out = Vec::with_capacity(candidates.len());
        for (candidate, &id) in candidates.iter().zip(ids) {
            let Some((name, (sort, points, lead))) =
                self.names.get(id).and_then(|n| Some((n, n.verdict()?)))
            else {
                continue;
            };
            // `in Liverpool` stays a place where Liverpool is a team.
            let town = sort == Sort::Body
                && name.inner.of(Sort::Place) >= 40
                && candidate.outer.of(Sort::Place) >= 18;
            let sort = if town { Sort::Place } else { sort };
            let Some(kind) = sort.kind() else { continue };
            let tokens = self
                .page
                .tokens
                .get(candidate.range.clone())
                .unwrap_or_default();
            let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
                continue;
            };
            let root = self.root(id, sort);
            let next = groups.len() as u32;
            let group = *groups.entry((root, town)).or_insert(next);
            let certainty = match (points, lead) {
                (60.., 30..) => Certainty::High,
                (30.., 15..) => Certainty::Fair,
                _ => Certainty::Low,
            };
            out.push(UnlistedName {
                range: first.start..last.end,
                kind,
                certainty,
                why: name.evidence().why(sort),
                group,
            });
        }
        out
    }

    /// The full name a name belongs to, if that is of the same kind.
    fn root(&self, id: usize, sort: Sort) -> usize {
        let mut at = id;
        for _ in 0..4 {
            let parent = self.names.get(at).and_then(|n| n.parent);
            match parent.filter(|&p| {
                self.names
                    .get(p)
                    .and_then(Name::verdict)
                    .is_some_and(|(s, ..)| s == sort)
            }) {
                Some(parent) => at = parent,
                None => break,
            }
        }
        at
    }
}
