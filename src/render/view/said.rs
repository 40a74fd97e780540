//! What was said by an entity and about it, for its page.

use std::collections::BTreeSet;

use super::Briefing;
use super::address::Linker;
use super::entity::{head, tail};
use super::quotes::{Speech, SpeechPart, speech_kind};
use super::types::*;
use crate::base::{TextRange, in_line};
use crate::link::speech::Said;
use crate::link::{EntityLinks, Passage};
use crate::model::{Article, Entity, EntityType, Id, QuotationKind, Rights, Sentence};

/// Most characters of context on either side of what is said, and of that itself.
const WINDOW: usize = 120;
const WORDS: usize = 360;

/// The most that a year lists; how many more there are is said.
const MOST_A_YEAR: usize = 30;

impl Briefing<'_> {
    /// What an entity said, and what was said for it.
    pub(crate) fn said_by(
        &self,
        linker: &Linker,
        entity: &Entity,
        links: &EntityLinks,
    ) -> Option<SpeechList> {
        let key = match entity.entity_type {
            EntityType::Person => "speech.by_person",
            _ => "speech.by",
        };
        self.speech_list(linker, entity, &links.said, key, "_said")
    }

    /// What others said about an entity.
    pub(crate) fn said_about(
        &self,
        linker: &Linker,
        entity: &Entity,
        links: &EntityLinks,
    ) -> Option<SpeechList> {
        let key = match entity.entity_type {
            EntityType::Person => "speech.about_person",
            _ => "speech.about",
        };
        self.speech_list(linker, entity, &links.about, key, "_about")
    }

    fn speech_list(
        &self,
        linker: &Linker,
        entity: &Entity,
        said: &[Said],
        title: &str,
        ids: &str,
    ) -> Option<SpeechList> {
        let mut years: Vec<SpeechYear> = Vec::new();
        let mut rest: Vec<usize> = Vec::new();
        for of_one in said.chunk_by(|a, b| a.0 == b.0) {
            let Some(article) = of_one
                .first()
                .and_then(|(id, _)| self.site.articles.get(id))
            else {
                continue;
            };
            let year = article.published.map(|d| d.year().to_string());
            let year = year.unwrap_or_default();
            let indexes: BTreeSet<u32> = of_one.iter().map(|(_, index)| *index).collect();
            let same_year = years.last().filter(|y| y.title == year);
            let room = MOST_A_YEAR - same_year.map_or(0, |y| y.items.len());
            let (items, more) = self.speech_items(linker, entity.id(), article, &indexes, room);
            if same_year.is_none() {
                if items.is_empty() {
                    continue;
                }
                years.push(SpeechYear {
                    id: format!("{ids}-{year}"),
                    title: year,
                    items: Vec::new(),
                    rest: None,
                });
                rest.push(0);
            }
            if let (Some(year), Some(rest)) = (years.last_mut(), rest.last_mut()) {
                year.items.extend(items);
                *rest += more;
            }
        }
        for (year, more) in years.iter_mut().zip(rest) {
            year.rest = (more > 0).then(|| self.strings.count("speech.rest", more));
        }
        let name = &entity.name.value;
        (!years.is_empty()).then(|| SpeechList {
            title: self.strings.format(title, &[("name", name)]),
            years,
        })
    }

    /// What an article has of what is said at these indexes among its quotation marks, one item a sentence: as many as there is room
    /// for, and how many more there are.
    fn speech_items(
        &self,
        linker: &Linker,
        entity: &Id,
        article: &Article,
        indexes: &BTreeSet<u32>,
        room: usize,
    ) -> (Vec<SpeechItem>, usize) {
        let Some(text) = self.articles.speaking(article.id()) else {
            return (Vec::new(), 0);
        };
        let sentences = &text.annotated.sentences;
        let speeches = self.speeches(article, text);
        let mut parts: Vec<(&Speech, &SpeechPart)> = speeches
            .iter()
            .flat_map(|speech| speech.parts.iter().map(move |part| (speech, part)))
            .filter(|(_, part)| indexes.contains(&part.index))
            .collect();
        parts.sort_by_key(|(_, part)| (part.range.start, part.range.end));
        let mut told = 0;
        let mut found = parts.into_iter().filter_map(|(speech, part)| {
            let at = |byte| sentences.get(sentences.partition_point(|s| s.range.end <= byte));
            let first = at(part.range.start)?;
            if first.range.end <= told {
                return None;
            }
            let last = at(part.range.end.saturating_sub(1)).unwrap_or(first);
            told = last.range.end;
            Some((speech, part, (first, last)))
        });
        let listed = found.by_ref().take(room);
        let items = listed.filter_map(|(speech, part, sentences)| {
            self.speech_item(linker, entity, article, speech, part, sentences)
        });
        (items.collect(), found.count())
    }

    fn speech_item(
        &self,
        linker: &Linker,
        entity: &Id,
        article: &Article,
        speech: &Speech,
        part: &SpeechPart,
        (first, last): (&Sentence, &Sentence),
    ) -> Option<SpeechItem> {
        let s = self.strings;
        let text = self.articles.speaking(article.id())?;
        let quoted = part.mark.kind != QuotationKind::Indirect;
        // Where reported speech ends is not sure enough to be shown apart from its sentence.
        let range = match quoted {
            true => part.range,
            false => TextRange {
                start: first.range.start,
                end: last.range.end,
            },
        };
        let words = |start: u32, end: u32| {
            let words = TextRange { start, end }.of(&text.prose.document.text);
            words.replace(['\n', '\r'], " ")
        };
        let said = words(range.start, range.end);
        let said = in_line(&said);
        let open = article.rights == Rights::Full;
        let allowed = || {
            let excerpts = self.excerpts(article.id());
            quoted && excerpts.iter().any(|quote| quote.contains(&*said))
        };
        let shown = open || allowed();
        let voice = speech.voice();
        let speaker = voice.filter(|v| v.entity.as_ref() != Some(entity));
        // A source known by the report's words alone is left out with them.
        let speaker = speaker.filter(|v| open || v.entity.is_some());
        let speaker = speaker.map(|v| TextPart {
            text: self.voice_name(v),
            href: v
                .entity
                .as_ref()
                .and_then(|id| linker.to(crate::model::Kind::Entity, id)),
        });
        let unknown = || TextPart {
            text: s.get("speech.not_stated_long").to_owned(),
            href: None,
        };
        let verb = speech.lead().and_then(|lead| lead.mark.verb);
        let passage = Passage {
            first: first.number,
            last: last.number,
            place: first.place,
        };
        let context = |text: String| if open { text } else { String::new() };
        Some(SpeechItem {
            date: self.published(article),
            outlet: article.label().to_owned(),
            speaker: speaker.or_else(|| voice.is_none().then(unknown)),
            kind: s.get(speech_kind(part.mark.kind)).to_owned(),
            verb: verb
                .filter(|_| open)
                .map(|verb| in_line(&words(verb.start, verb.end)).into_owned()),
            left: context(tail(&words(first.range.start, range.start), WINDOW)),
            said: match shown {
                true => head(&said, WORDS),
                false => String::new(),
            },
            right: context(head(&words(range.end, last.range.end), WINDOW)),
            quoted,
            language: article.language.clone(),
            trace: self.trace(linker, article.id(), Some(passage))?,
        })
    }
}
