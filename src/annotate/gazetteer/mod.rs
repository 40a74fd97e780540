//! Which entities an article names, and where.
//!
//! 1. [`Gazetteer::build`] spells every name of every entity as the prose is spelt, adds what readers read as the same
//!    name (plurals of demonyms, a capital where a sentence begins, capitals throughout as in datelines), and puts all of them into one
//!    automaton, a trie whose letters are words (`trie`). Entities that ignore case share a second one.
//! 2. `scan` runs an article's prose through it and keeps what is a whole word.
//! 3. `resolve` decides which of those are mentions: the longest wins, weak aliases wait for a full name, context
//!    decides between equals, and a real tie is reported.
//!
//! Invariant: mentions do not overlap, lie on character boundaries within one block, and follow from the prose and the
//! gazetteer alone. A gazetteer is built once for a site; nothing is built per article.

mod difference;
mod name;
mod resolve;
mod scan;
mod trie;

pub use difference::Difference;
pub use resolve::{Mentions, NamedEntity, Tie};

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::BuildHasherDefault;
use std::ops::Range;

use super::lookup::Quick;
use super::prose::{Prose, spell};
use crate::base::{Code, Diagnostic, Outcome, Place, Severity, Span, TextRange};
use crate::model::{Entity, EntityType, Id, MentionRule, Sentence};

/// The names of all entities, ready to be looked for.
#[derive(Debug)]
pub struct Gazetteer {
    entries: Vec<Entry>,
    /// The terms that others have another word for.
    contested: BTreeSet<Id>,
    /// The index of each entry by its id: each article asks for all it mentions, and a search among thousands would compare a
    /// dozen ids for each.
    numbers: HashMap<Id, u32, BuildHasherDefault<Quick>>,
    exact: Matcher,
    folded: Option<Matcher>,
}

/// What resolving needs to know of an entity.
#[derive(Debug)]
struct Entry {
    id: Id,
    name: String,
    entity_type: EntityType,
    /// Whether context words must occur in the article.
    needy: bool,
    /// The organisation it speaks for.
    affiliation: Option<u32>,
}

/// A trie and what each of its patterns is used for.
#[derive(Debug)]
struct Matcher {
    trie: trie::Trie,
    /// With what a pattern may begin.
    beginnings: scan::Beginnings,
    /// Of each pattern, a range of `uses`.
    uses_of: Vec<Range<usize>>,
    uses: Vec<Use>,
}

/// What a pattern means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Use {
    entity: u32,
    role: Role,
    /// Counts only where a sentence begins.
    opening: bool,
}

/// What a pattern is to an entity. The order is that in which roles are preferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Name,
    Alias,
    Language,
    Demonym,
    Weak,
    Never,
    /// A context word, by its number.
    Need(u32),
}

impl Role {
    fn rule(self) -> Option<MentionRule> {
        match self {
            Self::Name => Some(MentionRule::Name),
            Self::Alias => Some(MentionRule::Alias),
            Self::Language => Some(MentionRule::Language),
            Self::Demonym => Some(MentionRule::Demonym),
            Self::Weak => Some(MentionRule::Weak),
            Self::Never | Self::Need(_) => None,
        }
    }

    fn is_full(self) -> bool {
        self <= Self::Demonym
    }
}

/// The terms that are tied to others by `contested_with`.
fn contested(entities: &BTreeMap<Id, Entity>) -> BTreeSet<Id> {
    entities.values().flat_map(contests).cloned().collect()
}

/// The terms that an entity's entry ties to each other.
fn contests(entity: &Entity) -> impl Iterator<Item = &Id> {
    let others = entity.contested_with.iter().map(|other| &other.value);
    let itself = (!entity.contested_with.is_empty()).then_some(entity.id());
    others.chain(itself)
}

/// A name as an entity's file has it.
struct Listed<'a> {
    role: Role,
    text: &'a str,
    span: &'a Span,
}

impl Gazetteer {
    /// Puts all entities' names together.
    ///
    /// Reports names without a letter or digit (`bad-value`), names that can never or need not match (`bad-value`, as
    /// warnings) and full names that two entities share without context words to tell them apart (`shared-name`).
    pub fn build(entities: &BTreeMap<Id, Entity>) -> Outcome<Self> {
        let mut diagnostics = Vec::new();
        let numbers: BTreeMap<&Id, u32> = entities.keys().zip(0..).collect();
        let (mut exact, mut folded) = (Patterns::default(), Patterns::default());
        let mut entries = Vec::with_capacity(entities.len());
        for (entity, number) in entities.values().zip(0..) {
            check(entity, &mut diagnostics);
            collect(entity, number, &mut exact, &mut folded);
            entries.push(Entry {
                id: entity.id().clone(),
                name: entity.name.value.clone(),
                entity_type: entity.entity_type,
                needy: entity.needs.iter().any(|need| name::has_words(need)),
                affiliation: entity
                    .affiliation
                    .as_ref()
                    .and_then(|a| numbers.get(&a.value).copied()),
            });
        }
        report_shared(entities, &mut diagnostics);
        let folded = (!folded.0.is_empty()).then(|| Matcher::new(folded, true));
        Outcome {
            value: Self {
                entries,
                contested: contested(entities),
                numbers: entities.keys().cloned().zip(0..).collect(),
                exact: Matcher::new(exact, false),
                folded,
            },
            diagnostics,
        }
    }

    /// Where a headline names a term that others have another word for, in order.
    pub fn contested_in(&self, headline: &str) -> Vec<(TextRange, Id)> {
        if self.contested.is_empty() {
            return Vec::new();
        }
        let whole = Sentence {
            range: TextRange::new(0, headline.len()),
            block: 0,
            number: 1,
            place: None,
        };
        let sentences = [whole];
        let prose = Prose::new(headline, &sentences);
        let named = self.mentions(&prose, headline, &[]).named.into_iter();
        named
            .filter(|name| self.contested.contains(&name.id))
            .map(|name| (name.range, name.id))
            .collect()
    }

    /// Whether the gazetteer has an entity of this id.
    pub fn contains(&self, id: &Id) -> bool {
        self.number(id).is_some()
    }

    /// The entity of a number.
    pub(super) fn numbered(&self, number: u32) -> Option<(&Id, EntityType)> {
        let entry = self.entry(number)?;
        Some((&entry.id, entry.entity_type))
    }

    /// What an entity is called; none if the gazetteer does not have it.
    pub fn name(&self, id: &Id) -> Option<&str> {
        Some(&self.entry(self.number(id)?)?.name)
    }

    /// Where an entity stands among all, which are in the order of their ids.
    pub(super) fn number(&self, id: &Id) -> Option<u32> {
        self.numbers.get(id).copied()
    }

    fn entry(&self, entity: u32) -> Option<&Entry> {
        self.entries.get(entity as usize)
    }
}

/// Everything under which an entity may be found, and the phrases that are not it.
fn names(entity: &Entity) -> Vec<Listed<'_>> {
    let common = &entity.common.span;
    let mut names = vec![Listed {
        role: Role::Name,
        text: &entity.name.value,
        span: &entity.name.span,
    }];
    for (role, list) in [
        (Role::Alias, &entity.aliases),
        (Role::Demonym, &entity.demonyms),
        (Role::Weak, &entity.weak_aliases),
    ] {
        names.extend(list.iter().map(|name| Listed {
            role,
            text: &name.value,
            span: &name.span,
        }));
    }
    let unplaced = |role, text| Listed {
        role,
        text,
        span: common,
    };
    names.extend(
        entity
            .names
            .values()
            .map(|text| unplaced(Role::Language, text)),
    );
    names.extend(entity.never.iter().map(|text| unplaced(Role::Never, text)));
    names
}

/// Everything that an entity's names and context words may look like.
fn collect(entity: &Entity, number: u32, exact: &mut Patterns, folded: &mut Patterns) {
    for listed in names(entity) {
        let patterns = if entity.fold {
            &mut *folded
        } else {
            &mut *exact
        };
        add_name(patterns, entity, number, &listed);
    }
    for (need, i) in entity.needs.iter().zip(0..) {
        for form in name::in_any_case(&spell(need)) {
            exact.add(form, number, Role::Need(i), false);
        }
    }
}

fn add_name(patterns: &mut Patterns, entity: &Entity, number: u32, listed: &Listed) {
    if !name::has_words(listed.text) {
        return;
    }
    let spelt = spell(listed.text);
    let mut forms = vec![spelt.clone()];
    if listed.role == Role::Demonym {
        forms.extend(name::plurals(&spelt));
    }
    for form in forms {
        if entity.fold {
            for cased in name::cased(&form) {
                patterns.add(cased, number, listed.role, false);
            }
            continue;
        }
        if let Some(opening) = name::capitalised(&form) {
            patterns.add(opening, number, listed.role, true);
        }
        if let Some(capitals) = name::in_capitals(&form).filter(|_| listed.role.is_full()) {
            patterns.add(capitals, number, listed.role, false);
        }
        patterns.add(form, number, listed.role, false);
    }
}

/// Faults of one entity's names.
fn check(entity: &Entity, diagnostics: &mut Vec<Diagnostic>) {
    let names = names(entity);
    let full: Vec<String> = names
        .iter()
        .filter(|n| n.role.is_full())
        .map(|n| spell(n.text))
        .collect();
    for listed in &names {
        if !name::has_words(listed.text) {
            let what = if listed.role == Role::Never {
                "phrase"
            } else {
                "name"
            };
            let message = format!(
                "this {what} of ‘{}’ has no letter or digit in it",
                entity.name.value
            );
            let empty = Diagnostic::new(Code::BadValue, listed.span.clone(), message);
            diagnostics.push(empty.help("write a name, or delete the entry"));
            continue;
        }
        let same_as_full = full.contains(&spell(listed.text));
        let (message, help) = match listed.role {
            Role::Weak if same_as_full => (
                format!(
                    "the weak alias ‘{}’ is also a full name of this entity, so it is never weak",
                    listed.text
                ),
                "delete it from `weak_aliases`, or from `aliases` if it may not stand alone",
            ),
            Role::Never if same_as_full => (
                format!(
                    "‘{}’ is under `never` and also a name of this entity, so the name is never found",
                    listed.text
                ),
                "delete one of the two",
            ),
            _ => continue,
        };
        let mut useless = Diagnostic::new(Code::BadValue, listed.span.clone(), message).help(help);
        useless.severity = Severity::Warning;
        diagnostics.push(useless);
    }
}

/// Full names that entities without context words share.
fn report_shared(entities: &BTreeMap<Id, Entity>, diagnostics: &mut Vec<Diagnostic>) {
    let mut owners: BTreeMap<String, Vec<(&Entity, Listed)>> = BTreeMap::new();
    for entity in entities.values().filter(|e| e.needs.is_empty()) {
        for listed in names(entity) {
            if listed.role.is_full() && name::has_words(listed.text) {
                let owners = owners.entry(spell(listed.text)).or_default();
                if owners
                    .last()
                    .is_none_or(|(other, _)| other.id() != entity.id())
                {
                    owners.push((entity, listed));
                }
            }
        }
    }
    for (name, owners) in &owners {
        let Some(((first, first_place), others)) = owners.split_first() else {
            continue;
        };
        for (other, place) in others {
            let message = format!(
                "‘{name}’ is a full name of both ‘{}’ and ‘{}’",
                first.id(),
                other.id()
            );
            let shared = Diagnostic::new(Code::SharedName, place.span.clone(), message);
            diagnostics.push(
                shared
                    .label(
                        Place::Span(first_place.span.clone()),
                        format!("also a name of ‘{}’", first.id()),
                    )
                    .help("give one of them `needs` (words of its context), or make the name a weak alias"),
            );
        }
    }
}

/// Patterns and their uses while they are collected.
#[derive(Default)]
struct Patterns(BTreeMap<String, Vec<Use>>);

impl Patterns {
    fn add(&mut self, pattern: String, entity: u32, role: Role, opening: bool) {
        if !pattern.is_empty() {
            self.0.entry(pattern).or_default().push(Use {
                entity,
                role,
                opening,
            });
        }
    }
}

impl Matcher {
    fn new(patterns: Patterns, fold: bool) -> Self {
        let mut uses = Vec::new();
        let mut uses_of = Vec::with_capacity(patterns.0.len());
        let beginnings = scan::Beginnings::of(patterns.0.keys(), fold);
        let mut names = Vec::with_capacity(patterns.0.len());
        for (pattern, mut found) in patterns.0 {
            found.sort_unstable();
            found.dedup();
            let from = uses.len();
            uses.extend(found);
            uses_of.push(from..uses.len());
            names.push(pattern);
        }
        Self {
            trie: trie::Trie::new(names, fold),
            beginnings,
            uses_of,
            uses,
        }
    }

    fn uses(&self, pattern: usize) -> &[Use] {
        let range = self.uses_of.get(pattern).cloned().unwrap_or(0..0);
        self.uses.get(range).unwrap_or(&[])
    }
}

#[cfg(test)]
mod tests;
