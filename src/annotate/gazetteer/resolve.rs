//! Which possible names are mentions.
//!
//! 1. Possible names that overlap are taken together; what a hand-written link covers goes.
//! 2. In such a group the longest comes first. A full name, a demonym or a `never` phrase takes its stretch; a weak alias
//!    does so only after a full mention earlier in the article.
//! 3. Where a stretch is a full name of several entities, context decides: the context words found, full mentions
//!    elsewhere in the article, the affiliation. Of several that share a weak alias, the one last named in full wins,
//!    unless the paragraph of that mention names another of them. What stays equal is a tie.

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasherDefault;
use std::ops::Range;

use super::scan::{Candidate, Scan};
use super::{Gazetteer, Role};
use crate::annotate::lookup::Quick;
use crate::annotate::prose::Prose;
use crate::base::TextRange;
use crate::model::{EntityType, Id, MentionRule};

/// What an article names.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Mentions {
    /// In order, not overlapping.
    pub named: Vec<NamedEntity>,
    /// In order.
    pub ties: Vec<Tie>,
}

/// A mention of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedEntity {
    /// In the text, without a possessive.
    pub range: TextRange,
    /// The entity.
    pub id: Id,
    /// What in its entry matched.
    pub rule: MentionRule,
}

/// A name that belongs to several entities with nothing to decide between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// In the text.
    pub range: TextRange,
    /// The entities, two or more, by id.
    pub ids: Vec<Id>,
}

/// What is known of entities, by their numbers. Nobody goes through it, so its order is of no consequence.
type ByEntity<T> = HashMap<u32, T, BuildHasherDefault<Quick>>;

/// Entities named in full without doubt: where last, and in which block.
type Named = ByEntity<(usize, usize)>;

/// What takes a stretch.
enum Claim {
    Mention(u32, Role),
    Tie(Vec<u32>),
    /// A `never` phrase.
    Nothing,
}

impl Gazetteer {
    /// The mentions in an article.
    ///
    /// `title` is read for context words only. `linked` are stretches of the text that an editor has linked to an entity:
    /// nothing is found in them, and they count as full mentions.
    pub fn mentions(&self, prose: &Prose, title: &str, linked: &[(TextRange, Id)]) -> Mentions {
        let scan = self.scan(prose, title);
        let links = self.links(prose, linked);
        let mut first = Pass::new(self, prose, &scan, &links, Named::default());
        first.run(Pass::group);
        if !first.in_doubt.get() {
            // Nothing was shared, so no context can change anything.
            return first.mentions;
        }
        let mut second = Pass::new(self, prose, &scan, &links, first.last);
        second.run(Pass::group);
        second.mentions
    }

    /// The linked stretches as they are spelt, in order, with the numbers of their entities.
    fn links(&self, prose: &Prose, linked: &[(TextRange, Id)]) -> Vec<(Range<usize>, Option<u32>)> {
        let spelt = |(range, id): &(TextRange, Id)| (prose.spelt(*range), self.number(id));
        let mut links: Vec<(Range<usize>, Option<u32>)> = linked.iter().map(spelt).collect();
        links.sort_by_key(|(range, entity)| (range.start, range.end, *entity));
        links
    }

    /// The same by the definition alone: always twice, and every stretch as if others overlapped it.
    #[cfg(test)]
    pub(super) fn mentions_in_full(
        &self,
        prose: &Prose,
        title: &str,
        linked: &[(TextRange, Id)],
    ) -> Mentions {
        let scan = self.scan(prose, title);
        let links = self.links(prose, linked);
        let mut first = Pass::new(self, prose, &scan, &links, Named::default());
        first.run(|pass, group| pass.overlapping(group, Pass::claim_among));
        let mut second = Pass::new(self, prose, &scan, &links, first.last);
        second.run(|pass, group| pass.overlapping(group, Pass::claim_among));
        second.mentions
    }
}

/// One reading of the article.
struct Pass<'a> {
    gazetteer: &'a Gazetteer,
    prose: &'a Prose<'a>,
    scan: &'a Scan,
    links: &'a [(Range<usize>, Option<u32>)],
    /// What an earlier reading found to be named without doubt.
    context: Named,
    /// The same, of this reading so far.
    last: Named,
    /// Whether context was asked for.
    in_doubt: Cell<bool>,
    mentions: Mentions,
}

impl<'a> Pass<'a> {
    fn new(
        gazetteer: &'a Gazetteer,
        prose: &'a Prose<'a>,
        scan: &'a Scan,
        links: &'a [(Range<usize>, Option<u32>)],
        context: Named,
    ) -> Self {
        Self {
            gazetteer,
            prose,
            scan,
            links,
            context,
            last: Named::default(),
            in_doubt: Cell::new(false),
            mentions: Mentions {
                named: Vec::with_capacity(scan.candidates.len()),
                ties: Vec::new(),
            },
        }
    }

    fn run(&mut self, decide: fn(&mut Self, &[Candidate])) {
        let all = &self.scan.candidates;
        let (mut from, mut links) = (0, self.links.iter().peekable());
        while let Some(first) = all.get(from) {
            let mut to = from + 1;
            let mut reach = first.range.end;
            while let Some(next) = all.get(to).filter(|c| c.range.start < reach) {
                reach = reach.max(next.range.end);
                to += 1;
            }
            while let Some((range, entity)) = links.next_if(|(range, _)| range.start < reach) {
                if let Some(entity) = entity {
                    self.named_in_full(*entity, range);
                }
            }
            decide(self, &all[from..to]);
            from = to;
        }
        for (range, entity) in links {
            if let Some(entity) = entity {
                self.named_in_full(*entity, range);
            }
        }
        let order = |range: &TextRange| (range.start, range.end);
        self.mentions.named.sort_by_key(|m| order(&m.range));
        self.mentions.ties.sort_by_key(|t| order(&t.range));
    }

    /// Decides over possible names that overlap.
    fn group(&mut self, group: &[Candidate]) {
        let Some(first) = group.first() else { return };
        // Most often the first name reaches as far as any: if it counts, none of the others does.
        if group.iter().all(|c| c.range.end <= first.range.end) {
            let same = group.partition_point(|other| other.range == first.range);
            let stretch = group.get(..same).unwrap_or_default();
            if self.whole(&first.range, stretch) {
                return;
            }
        }
        if group.len() > 1 {
            self.overlapping(group, Self::claim);
        }
    }

    fn overlapping(
        &mut self,
        group: &[Candidate],
        claim: fn(&Self, &Range<usize>, &[Candidate]) -> Option<Claim>,
    ) {
        let mut stretches: Vec<&[Candidate]> = group.chunk_by(|a, b| a.range == b.range).collect();
        stretches.sort_by_key(|s| {
            s.first()
                .map(|c| (std::cmp::Reverse(c.range.len()), c.range.start))
        });
        // Starts of the stretches taken, with their ends.
        let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
        let mut mentions = Vec::new();
        for stretch in stretches {
            let Some(range) = stretch.first().map(|c| c.range.clone()) else {
                continue;
            };
            let before = taken.range(..range.end).next_back();
            if before.is_some_and(|(_, &end)| end > range.start) || self.is_linked(&range) {
                continue;
            }
            let Some(claim) = claim(self, &range, stretch) else {
                continue;
            };
            taken.insert(range.start, range.end);
            match claim {
                Claim::Nothing => {}
                Claim::Mention(entity, role) => mentions.push((range, entity, role)),
                Claim::Tie(entities) => self.tie(&range, &entities),
            }
        }
        mentions.sort_by_key(|(range, ..)| range.start);
        for (range, entity, role) in mentions {
            self.mention(&range, entity, role);
        }
    }

    /// Decides over a stretch that holds all others of its group; false if nothing takes it.
    fn whole(&mut self, range: &Range<usize>, stretch: &[Candidate]) -> bool {
        if self.is_linked(range) {
            return false;
        }
        let claim = self.claim(range, stretch);
        let taken = claim.is_some();
        match claim {
            Some(Claim::Mention(entity, role)) => self.mention(range, entity, role),
            Some(Claim::Tie(entities)) => self.tie(range, &entities),
            Some(Claim::Nothing) | None => {}
        }
        taken
    }

    fn is_linked(&self, range: &Range<usize>) -> bool {
        // Links do not overlap each other, so their ends are in order too.
        let next = self
            .links
            .partition_point(|(link, _)| link.end <= range.start);
        self.links
            .get(next)
            .is_some_and(|(link, _)| link.start < range.end)
    }

    /// Who takes a stretch, if anybody does.
    fn claim(&self, range: &Range<usize>, stretch: &[Candidate]) -> Option<Claim> {
        if let [only] = stretch
            && only.role.is_full()
        {
            return self
                .in_context(only.entity)
                .then_some(Claim::Mention(only.entity, only.role));
        }
        self.claim_among(range, stretch)
    }

    fn claim_among(&self, range: &Range<usize>, stretch: &[Candidate]) -> Option<Claim> {
        let never = |entity: u32| {
            stretch
                .iter()
                .any(|c| c.entity == entity && c.role == Role::Never)
        };
        // By entity, its best role first.
        let mut full: BTreeMap<u32, Role> = BTreeMap::new();
        let mut weak: Vec<u32> = Vec::new();
        for candidate in stretch.iter().filter(|c| self.in_context(c.entity)) {
            if candidate.role.is_full() && !never(candidate.entity) {
                let role = full.entry(candidate.entity).or_insert(candidate.role);
                *role = (*role).min(candidate.role);
            } else if candidate.role == Role::Weak && self.last.contains_key(&candidate.entity) {
                weak.push(candidate.entity);
            }
        }
        if !full.is_empty() {
            let entities: Vec<u32> = full.keys().copied().collect();
            return Some(match self.best(&entities) {
                Some(entity) => {
                    Claim::Mention(entity, full.get(&entity).copied().unwrap_or(Role::Name))
                }
                None => Claim::Tie(entities),
            });
        }
        if stretch.iter().any(|c| c.role == Role::Never) {
            return Some(Claim::Nothing);
        }
        weak.retain(|&entity| !self.is_person(entity) || !in_longer_name(self.prose.text(), range));
        weak.sort_unstable();
        weak.dedup();
        self.last_named(&weak)
    }

    fn is_person(&self, entity: u32) -> bool {
        let entry = self.gazetteer.entry(entity);
        entry.is_some_and(|e| e.entity_type == EntityType::Person)
    }

    /// Whether a context word of the entity is there, if it asks for one.
    fn in_context(&self, entity: u32) -> bool {
        let needy = self.gazetteer.entry(entity).is_some_and(|e| e.needy);
        !needy || self.needs_met(entity) > 0
    }

    fn needs_met(&self, entity: u32) -> usize {
        self.scan
            .needs
            .range((entity, 0)..=(entity, u32::MAX))
            .count()
    }

    /// The entity with most context, if it is but one.
    fn best(&self, entities: &[u32]) -> Option<u32> {
        if let [only] = entities {
            return Some(*only);
        }
        self.in_doubt.set(true);
        let named = |entity: u32| self.context.contains_key(&entity);
        let context = |entity: u32| {
            let affiliation = self.gazetteer.entry(entity).and_then(|e| e.affiliation);
            // A full name weighs as much as two words of context.
            self.needs_met(entity)
                + 2 * usize::from(named(entity))
                + usize::from(affiliation.is_some_and(named))
        };
        let scores: Vec<usize> = entities.iter().map(|&e| context(e)).collect();
        let most = scores.iter().max()?;
        let mut best = entities.iter().zip(&scores).filter(|(_, s)| *s == most);
        match (best.next(), best.next()) {
            (Some((&entity, _)), None) => Some(entity),
            _ => None,
        }
    }

    /// Of entities that share a weak alias, the one last named in full, if no other was named in that paragraph.
    fn last_named(&self, entities: &[u32]) -> Option<Claim> {
        let last = |entity: &u32| self.last.get(entity).copied();
        let (&entity, (_, block)) = entities
            .iter()
            .filter_map(|e| Some((e, last(e)?)))
            .max_by_key(|(_, (when, _))| *when)?;
        let same_paragraph = |e: &&u32| last(e).is_some_and(|(_, b)| b == block);
        let rivals: Vec<u32> = entities.iter().filter(same_paragraph).copied().collect();
        Some(if rivals.len() > 1 {
            Claim::Tie(rivals)
        } else {
            Claim::Mention(entity, Role::Weak)
        })
    }

    fn mention(&mut self, range: &Range<usize>, entity: u32, role: Role) {
        let (Some(entry), Some(rule)) = (self.gazetteer.entry(entity), role.rule()) else {
            return;
        };
        if role.is_full() {
            self.named_in_full(entity, range);
        }
        self.mentions.named.push(NamedEntity {
            range: self.prose.to_source(range),
            id: entry.id.clone(),
            rule,
        });
    }

    fn named_in_full(&mut self, entity: u32, range: &Range<usize>) {
        self.last
            .insert(entity, (range.start, self.prose.block(range.start)));
    }

    fn tie(&mut self, range: &Range<usize>, entities: &[u32]) {
        let ids = entities.iter().filter_map(|&e| self.gazetteer.entry(e));
        self.mentions.ties.push(Tie {
            range: self.prose.to_source(range),
            ids: ids.map(|entry| entry.id.clone()).collect(),
        });
    }
}

/// Whether the words beside a surname make it a part of another person's name: `Kim Hyung-suk`, `Youmi Kim`.
fn in_longer_name(text: &str, range: &Range<usize>) -> bool {
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    if after.starts_with('-') {
        return true;
    }
    if let Some(after) = after.strip_prefix(' ') {
        let next = word_at_start(after);
        if capital(next) && !AFTER_NAMES.contains(&next) {
            return true;
        }
    }
    let Some(before) = before.strip_suffix(' ') else {
        return before.ends_with('-');
    };
    // A stop before the name ends a title or an initial; either way look at the word.
    let previous = word_at_end(before.trim_end_matches('.'));
    let expected = || BEFORE_NAMES.contains(&format!(" {} ", previous.to_lowercase()));
    capital(previous) && !ends_sentence(before) && !expected()
}

/// Whether a text ends as a sentence does: with a stop after a word of more than three letters.
fn ends_sentence(text: &str) -> bool {
    text.ends_with(['!', '?'])
        || (text.ends_with('.') && word_at_end(text.trim_end_matches('.')).chars().count() > 3)
}

fn word_at_start(text: &str) -> &str {
    let end = text
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(text.len());
    &text[..end]
}

fn word_at_end(text: &str) -> &str {
    let start = text
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_alphanumeric())
        .last();
    start.map_or("", |(at, _)| &text[at..])
}

/// Capitalised words that follow a surname without belonging to it.
const AFTER_NAMES: [&str; 20] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "I",
];

/// Words that are capitalised before a surname without being a given name: titles, and words that begin sentences.
const BEFORE_NAMES: &str = " mr mrs ms dr prof professor president premier minister chairman chairwoman chair secretary \
    general gen marshal leader spokesman spokeswoman ambassador envoy senator sen governor gov representative rep director \
    chief judge justice king queen prince princess pope sir lady lord col colonel capt captain major lt commander admiral \
    adm comrade the but and or when while as after before if then that for from in on at to of with without under against \
    about during until yet so though although because since once according by both like unlike despite yesterday today \
    meanwhile however later earlier now still also only even not instead asked what how why where who did does is was has \
    had will would can could should may might ";
