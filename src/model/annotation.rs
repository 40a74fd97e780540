//! What annotators find: stand-off marks over a document's plain text, and the facts that other articles may build on.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use jiff::civil::Date;

use super::{EntityType, Hedge, Id};
use crate::base::{Span, TextRange};

/// A sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Its text.
    pub range: TextRange,
    /// Index into the document's blocks.
    pub block: u32,
    /// Its number in the document, from 1: fragment id `s12`.
    pub number: u32,
    /// Its paragraph's number, from 1, and its number in that paragraph, from 1: `¶3.1`. Headings have none.
    pub place: Option<(u32, u32)>,
}

/// A mark over the plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Where.
    pub range: TextRange,
    /// What.
    pub kind: MarkKind,
    /// Whether an editor has confirmed it.
    pub state: State,
}

impl Mark {
    /// The same mark in a text in which it stands so many bytes further on; none where there is no such place.
    pub fn moved(&self, by: i64) -> Option<Self> {
        let part = |range: Option<TextRange>| match range {
            Some(range) => range.moved(by).map(Some),
            None => Some(None),
        };
        let mut mark = self.clone();
        mark.range = self.range.moved(by)?;
        match &mut mark.kind {
            MarkKind::Figure(figure) => {
                figure.hedged = part(figure.hedged)?;
                if let Some(counted) = &mut figure.counted {
                    counted.range = counted.range.moved(by)?;
                }
            }
            MarkKind::Quotation(quotation) => {
                quotation.inner = quotation.inner.moved(by)?;
                quotation.verb = part(quotation.verb)?;
                quotation.said_by = part(quotation.said_by)?;
            }
            MarkKind::Entity { .. }
            | MarkKind::Time(_)
            | MarkKind::Unlisted(_)
            | MarkKind::Note { .. } => {}
        }
        Some(mark)
    }
}

/// What a mark says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MarkKind {
    /// A mention of an entity.
    Entity {
        /// The entity.
        id: Id,
        /// What in its entry matched.
        rule: MentionRule,
    },
    /// A time expression.
    Time(Box<TimeMark>),
    /// A number that says how many or how much.
    Figure(Box<FigureMark>),
    /// Something said.
    Quotation(Box<QuotationMark>),
    /// A name that no gazetteer lists.
    Unlisted(UnlistedMark),
    /// A margin note. One on words of several blocks has a mark in each, all with the same index.
    Note {
        /// Index into the article's notes.
        index: u32,
        /// How its anchor was found.
        verdict: Verdict,
    },
}

/// A time expression and what it means (TIMEX3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeMark {
    /// TIMEX3's type.
    pub timex: TimexType,
    /// TIMEX3's value: `2014-02-25`, `2010`, `P10D`.
    pub value: Box<str>,
    /// TIMEX3's mod: `END` of late 2010.
    pub modifier: Option<&'static str>,
    /// A second value, where a reader might well take it so.
    pub alternative: Option<Box<str>>,
    /// Whether the words themselves say it all.
    pub stated: bool,
    /// How the value was found.
    pub why: TimeWhy,
}

/// How the value of a time expression was found: a message of the interface's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeWhy {
    /// The message's key, below `time.why`.
    pub key: &'static str,
    /// The words for the message's places, by their names.
    pub words: Box<[(&'static str, WhyWord)]>,
}

/// A word for a place in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyWord {
    /// A place on the calendar as TIMEX3 writes it: `2014-02`.
    Value(Box<str>),
    /// Words as they are: an editor's.
    Text(Box<str>),
    /// A day, to be written with its weekday.
    Day(Date),
    /// A number.
    Number(u64),
    /// The form of a message for a count.
    Counted(Box<(String, u64)>),
    /// Another message: its key, and the words for its places.
    Message(Box<(String, Vec<(&'static str, WhyWord)>)>),
}

impl WhyWord {
    /// Another message, by its key and the words for its places.
    pub fn message<const N: usize>(
        key: impl Into<String>,
        words: [(&'static str, WhyWord); N],
    ) -> WhyWord {
        WhyWord::Message(Box::new((key.into(), words.into())))
    }
}

/// The types of time expression (TIMEX3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimexType {
    /// A day or something larger.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// Something that repeats.
    Set,
}

/// A number that says how many or how much (schema.org `QuantitativeValue`). The mark's range has the number, its currency
/// and its unit, without the hedge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureMark {
    /// What sort of number it is.
    pub kind: FigureKind,
    /// Lower bound; none when open.
    pub min: Option<Amount>,
    /// Upper bound; none when open.
    pub max: Option<Amount>,
    /// How exact the text is about it.
    pub hedge: Hedge,
    /// The words of the hedge.
    pub hedged: Option<TextRange>,
    /// What it counts, or what a measure, share or sum is of.
    pub counted: Option<CountedMark>,
    /// Whether it is written in words alone.
    pub words: bool,
    /// Who says it, where it stands in something said.
    pub speaker: Option<Arc<Voice>>,
    /// The measure that an editor has given it to.
    pub measure: Option<Id>,
}

/// What a figure counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedMark {
    /// The phrase, from its first describing word to its noun.
    pub range: TextRange,
    /// The noun in lower case and the singular: `company`.
    pub noun: Box<str>,
}

/// What sort of number a figure is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FigureKind {
    /// A plain number.
    Cardinal,
    /// A place in a count: `seventh round`.
    Ordinal,
    /// Hundredths.
    Percent,
    /// An amount of money, in the currency's main unit.
    Money {
        /// ISO 4217 code. A bare dollar sign is USD.
        currency: Box<str>,
    },
    /// An amount of a unit.
    Measure {
        /// English name of the unit in the singular: `kilometre`, `square-mile`, `gigabyte`.
        unit: Box<str>,
    },
}

/// A number as facts keep it: compared and hashed by its bits, in the order of numbers.
#[derive(Debug, Clone, Copy)]
pub struct Amount(f64);

impl Amount {
    /// A number; both zeros are one.
    pub fn new(value: f64) -> Self {
        Self(value + 0.0)
    }

    /// The number.
    pub fn get(self) -> f64 {
        self.0
    }
}

impl PartialEq for Amount {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Amount {}

impl PartialOrd for Amount {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Amount {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl Hash for Amount {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}

/// Something said (schema.org `Quotation`). The mark's range has it with its quotation marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotationMark {
    /// The same without quotation marks.
    pub inner: TextRange,
    /// How it is quoted.
    pub kind: QuotationKind,
    /// The verb of speech, or `according to`.
    pub verb: Option<TextRange>,
    /// The words beside the verb that say who speaks: a name, a pronoun, `a diplomatic source`.
    pub said_by: Option<TextRange>,
    /// Who speaks.
    pub speaker: Option<Arc<Voice>>,
    /// The same for the parts of one speech: split by its verb, or over paragraphs.
    pub group: u32,
    /// How many quotations in marks it lies in.
    pub level: u8,
}

/// How something is quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum QuotationKind {
    /// Whole sentences in marks.
    Direct,
    /// A part of a sentence in marks, within the reporter's own.
    Partial,
    /// Reported without marks.
    Indirect,
    /// Marks around a name, a term or a word held at arm's length: nobody is quoted.
    Scare,
}

/// Who speaks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Voice {
    /// The entity, where the gazetteer lists it.
    pub entity: Option<Id>,
    /// The words that name the speaker, with article and title: of the mention that a pronoun or title stands for, where there
    /// is one.
    pub words: Box<str>,
    /// A source without a name: `officials`, `an official of the ministry`.
    pub anonymous: bool,
    /// The entity that such a source belongs to.
    pub affiliation: Option<Id>,
}

impl Voice {
    /// Whether nothing but a pronoun is known of who speaks.
    pub fn is_pronoun(&self) -> bool {
        const PRONOUNS: [&str; 8] = ["he", "she", "it", "they", "we", "i", "you", "who"];
        self.entity.is_none() && PRONOUNS.iter().any(|p| p.eq_ignore_ascii_case(&self.words))
    }
}

/// A name that no gazetteer lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnlistedMark {
    /// What it names.
    pub entity_type: EntityType,
    /// How certain that is.
    pub certainty: Certainty,
    /// Mentions of one name in the article share it.
    pub group: u32,
}

/// How far the evidence for an unlisted name goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// A single hint, or hints that pull in two directions.
    Low,
    /// Good evidence of one sort.
    Fair,
    /// Evidence of several sorts, or a trigger that hardly errs.
    High,
}

/// Whether an annotation was made by rule alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Made by rule.
    Automatic,
    /// Written or confirmed by an editor.
    Reviewed,
}

/// What in an entity's entry matched a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MentionRule {
    /// Its name.
    Name,
    /// An alias.
    Alias,
    /// A weak alias, after a full mention.
    Weak,
    /// A demonym.
    Demonym,
    /// A name in another language.
    Language,
    /// An override.
    Override,
    /// A link written by hand.
    Link,
}

/// How the anchor of a quotation was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Word for word, once.
    Exact,
    /// Word for word, in more than one place; the first was taken.
    Moved,
    /// In altered words.
    Reworded,
}

/// A quotation's place in an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor {
    /// The words.
    pub range: TextRange,
    /// How it was found.
    pub verdict: Verdict,
    /// Index of the sentence in which the words begin.
    pub sentence: u32,
    /// Index of the sentence in which they end.
    pub last_sentence: u32,
}

/// An article with its marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotated {
    /// The sentences, in order.
    pub sentences: Vec<Sentence>,
    /// The marks, by start, longer ones first. Entity marks do not overlap each other.
    pub marks: Vec<Mark>,
    /// Where the headline names a term that others have another word for, in order; in bytes of the headline.
    pub headline: Vec<(TextRange, Id)>,
    /// What other articles may build on.
    pub facts: Facts,
    /// Where the overrides are written that had something to decide in this article, in order. One for a topic or the site
    /// that is in no article's list is stale.
    pub overrides: Vec<Span>,
}

/// What one article offers to the rest of the site. It holds no offsets, so that mending a typing error changes it only
/// when it changes what is known.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Facts {
    /// The article.
    pub id: Id,
    /// Its headline.
    pub title: String,
    /// Day of publication.
    pub published: Option<Date>,
    /// Every sentence that names an entity, in order.
    pub mentions: Vec<Mention>,
    /// What the time expressions mean, in order of the text.
    pub times: Vec<TimeFact>,
    /// The figures, in order of the text.
    pub figures: Vec<FigureFact>,
    /// What is said and by whom, in order of the text; quotation marks around a mere term are not in it.
    pub speech: Vec<SpeechFact>,
    /// Names that no gazetteer lists, in order of the text.
    pub unlisted: Vec<UnlistedFact>,
    /// What editors have decided about sentences that tell of events, in order of the text.
    pub decisions: Vec<EventDecision>,
}

/// An entity named in a sentence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mention {
    /// The sentence's number, from 1.
    pub sentence: u32,
    /// The entity.
    pub entity: Id,
    /// How often it is named in the sentence.
    pub count: u32,
}

/// A time expression in a sentence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeFact {
    /// The sentence's number, from 1.
    pub sentence: u32,
    /// TIMEX3's type.
    pub timex: TimexType,
    /// TIMEX3's value.
    pub value: Box<str>,
    /// TIMEX3's mod.
    pub modifier: Option<&'static str>,
    /// A second value, where a reader might well take it so.
    pub alternative: Option<Box<str>>,
}

/// A figure in a sentence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FigureFact {
    /// The sentence's number, from 1.
    pub sentence: u32,
    /// Its words in the text.
    pub words: Box<str>,
    /// What sort of number it is.
    pub kind: FigureKind,
    /// Lower bound; none when open.
    pub min: Option<Amount>,
    /// Upper bound; none when open.
    pub max: Option<Amount>,
    /// How exact the text is about it.
    pub hedge: Hedge,
    /// The noun of what is counted, in lower case and the singular.
    pub noun: Option<Box<str>>,
    /// The phrase that is counted, in the text's words.
    pub counted: Option<Box<str>>,
    /// Who says it.
    pub speaker: Option<Arc<Voice>>,
    /// The measure that an editor has given it to.
    pub measure: Option<Id>,
    /// Whether an editor has confirmed it.
    pub state: State,
}

/// Something said, in one sentence or several.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpeechFact {
    /// The number of the sentence in which it begins, from 1.
    pub sentence: u32,
    /// The number of that in which it ends.
    pub last_sentence: u32,
    /// How it is quoted.
    pub kind: QuotationKind,
    /// Its index among the article's quotation marks.
    pub index: u32,
    /// The verb of speech in the text's words.
    pub verb: Option<Box<str>>,
    /// Who speaks.
    pub speaker: Option<Arc<Voice>>,
    /// The entities that it names, by id.
    pub about: Box<[Id]>,
}

/// A name that no gazetteer lists, in a sentence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnlistedFact {
    /// The sentence's number, from 1.
    pub sentence: u32,
    /// The name as it stands there.
    pub words: Box<str>,
    /// What it names.
    pub entity_type: EntityType,
    /// How certain that is.
    pub certainty: Certainty,
    /// Mentions of one name in the article share it.
    pub group: u32,
}

/// An editor's decision, made by an override, on whether sentences tell of an event. One on a certain event goes before one
/// on any event.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventDecision {
    /// The number of the first of the sentences, from 1.
    pub sentence: u32,
    /// The number of the last of them.
    pub last_sentence: u32,
    /// The event; none for any event, which is only ever denied.
    pub event: Option<Id>,
    /// Whether they tell of it.
    pub tells: bool,
    /// Who decided.
    pub by: Option<String>,
    /// Why.
    pub why: String,
}
