//! Which words are used for the same people or thing, where, and in whose voice.

mod naming;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::speech::{from_outlet, names_outlet};
use crate::annotate::{sentence, token, unlisted};
use crate::base::TextRange;
use crate::model::{
    Annotated, Article, EntityType, Id, MarkKind, QuotationKind, QuotationMark, Sentence, Site,
};

/// The groups of terms that are tied by `contested_with`, directly or through others: each by name, and all by the name of
/// their first. Protected terms are in none.
pub fn groups(site: &Site) -> Vec<Vec<Id>> {
    let terms = || {
        let all = site.entities.values();
        all.filter(|e| e.entity_type == EntityType::Term && !e.protect)
    };
    let mut ties: BTreeMap<&Id, BTreeSet<&Id>> = BTreeMap::new();
    for term in terms() {
        for other in &term.contested_with {
            ties.entry(term.id()).or_default().insert(&other.value);
            ties.entry(&other.value).or_default().insert(term.id());
        }
    }
    let name = |id: &Id| {
        let name = site.entities.get(id).map(|e| e.name.value.to_lowercase());
        (name, id.clone())
    };
    let mut seen: BTreeSet<&Id> = BTreeSet::new();
    let mut groups: Vec<Vec<Id>> = Vec::new();
    for term in ties.keys() {
        let mut group: Vec<Id> = Vec::new();
        let mut next = vec![*term];
        while let Some(id) = next.pop() {
            let open = site.entities.get(id).is_some_and(|e| !e.protect);
            if open && seen.insert(id) {
                group.push(id.clone());
                next.extend(ties.get(id).into_iter().flatten());
            }
        }
        if group.len() > 1 {
            group.sort_by_key(name);
            groups.push(group);
        }
    }
    groups.sort_by_key(|group| group.first().map(name));
    groups
}

/// A place where an article uses a term.
#[derive(Debug, Clone, Copy)]
pub struct Use<'a> {
    /// The term.
    pub term: &'a Id,
    /// The word, in the text or the headline.
    pub range: TextRange,
    /// Its sentence; none in the headline.
    pub sentence: Option<&'a Sentence>,
    /// Whose word it is.
    pub voice: Voicing<'a>,
}

/// Whose word a word is.
#[derive(Debug, Clone, Copy)]
pub enum Voicing<'a> {
    /// The outlet's own.
    Own,
    /// That of somebody who is quoted or whose speech is reported.
    Said(&'a QuotationMark),
    /// That of somebody who, as the outlet has it, calls people or a thing so.
    Named(&'a Id),
}

/// Where an article uses some terms, first in its headline, then in order of the text.
///
/// What stands in the headline is the outlet's word. What is a part of a longer name (a council of refugees) is nobody's word for anything.
///
/// Of quotations within each other the innermost with a speaker says the word. Marks around a mere term quote nobody, and
/// what the article's own outlet writes is its own voice, unless it says that somebody calls people or a thing so.
/// `text` is the article's plain text.
pub fn uses<'a>(
    site: &'a Site,
    article: &'a Article,
    text: &'a str,
    annotated: &'a Annotated,
    terms: &[Id],
) -> Vec<Use<'a>> {
    let spoken = annotated.marks.iter().filter_map(|mark| match &mark.kind {
        MarkKind::Quotation(said) if said.kind != QuotationKind::Scare => {
            Some((mark.range, &**said))
        }
        _ => None,
    });
    let reader = Reader {
        site,
        article,
        text,
        annotated,
        spoken: spoken.collect(),
    };
    let sentences = &annotated.sentences;
    let headline = annotated.headline.iter();
    let headline = headline
        .filter(|(range, id)| terms.contains(id) && !reader.in_name(&article.title, &[], *range))
        .map(|(range, id)| Use {
            term: id,
            range: *range,
            sentence: None,
            voice: Voicing::Own,
        });
    let found = annotated.marks.iter().filter_map(|mark| match &mark.kind {
        MarkKind::Entity { id, .. } if terms.contains(id) => {
            let at = sentences.partition_point(|s| s.range.end <= mark.range.start);
            let sentence = sentences.get(at)?;
            let whole = sentence.range.contains(mark.range);
            (whole && !reader.named_in(sentence, mark.range)).then(|| Use {
                term: id,
                range: mark.range,
                sentence: Some(sentence),
                voice: reader.voice(sentence, mark.range),
            })
        }
        _ => None,
    });
    headline.chain(found).collect()
}

/// An article in which words are looked up.
struct Reader<'a> {
    site: &'a Site,
    article: &'a Article,
    text: &'a str,
    annotated: &'a Annotated,
    /// What is said in it.
    spoken: Vec<(TextRange, &'a QuotationMark)>,
}

impl<'a> Reader<'a> {
    fn voice(&self, sentence: &Sentence, range: TextRange) -> Voicing<'a> {
        let around = self.spoken.iter().filter(|(said, _)| said.contains(range));
        let rank = |(said, mark): &&(TextRange, &QuotationMark)| {
            (mark.speaker.is_none(), said.end - said.start)
        };
        let said = around.min_by_key(rank).map(|(_, said)| *said);
        match said.filter(|said| !self.is_report(said)) {
            Some(said) => Voicing::Said(said),
            None => self.named(sentence, range),
        }
    }

    /// Whether a word of a sentence is a part of a name that no gazetteer lists.
    fn named_in(&self, sentence: &Sentence, range: TextRange) -> bool {
        let within = |r: TextRange| sentence.range.contains(r);
        let marks = self.annotated.marks.iter().filter(|m| within(m.range));
        let listed = marks.filter_map(|mark| match &mark.kind {
            MarkKind::Entity { id, .. } => {
                let entity = self.site.entities.get(id)?;
                (entity.entity_type != EntityType::Term).then_some(mark.range)
            }
            _ => None,
        });
        let from = |r: TextRange| r.start - sentence.range.start..r.end - sentence.range.start;
        let listed: Vec<Range<u32>> = listed.map(from).collect();
        let Range { start, end } = from(range);
        let words = sentence.range.of(self.text);
        self.in_name(words, &listed, TextRange { start, end })
    }

    /// Whether a word of some words is a part of a longer name. Names have capitals, so most words need no look.
    fn in_name(&self, words: &str, listed: &[Range<u32>], range: TextRange) -> bool {
        if !range.of(words).starts_with(char::is_uppercase) {
            return false;
        }
        let whole = 0..u32::try_from(words.len()).unwrap_or(u32::MAX);
        let whole = sentence::Sentence {
            range: whole,
            block: 0,
        };
        let names = unlisted::names(words, &token::tokens(words), &[whole], listed);
        let around = |name: &unlisted::UnlistedName| {
            let Range { start, end } = name.range;
            let name = TextRange { start, end };
            name.contains(range) && name != range
        };
        names.iter().any(around)
    }

    /// Whether what is said is what the outlet itself writes.
    fn is_report(&self, said: &QuotationMark) -> bool {
        said.speaker
            .as_ref()
            .is_some_and(|voice| match &voice.entity {
                Some(id) => self.is_outlet(id),
                None => names_outlet(self.article, &voice.words),
            })
    }

    fn is_outlet(&self, id: &Id) -> bool {
        let entity = self.site.entities.get(id);
        entity.is_some_and(|entity| from_outlet(self.article, entity))
    }

    fn named(&self, sentence: &Sentence, range: TextRange) -> Voicing<'a> {
        let by = match self.article.language.starts_with("en") {
            true => naming::named_by(self.site, self.text, self.annotated, sentence, range),
            false => None,
        };
        by.filter(|id| !self.is_outlet(id))
            .map_or(Voicing::Own, Voicing::Named)
    }
}
