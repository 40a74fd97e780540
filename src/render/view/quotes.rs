//! What is said in an article: marked in its text, and on cards.
//!
//! Words in quotation marks stand in a `q`, and a small frame behind them names the speaker. Speech that is only reported
//! has no end that could be shown exactly, so its verb is marked, and a frame follows where the words do not name the speaker.

use std::collections::BTreeSet;

use super::address::Linker;
use super::types::*;
use super::{ArticleText, Briefing};
use crate::base::{TextRange, in_line};
use crate::link::speech::from_outlet;
use crate::model::{
    Article, BlockKind, Kind, MarkKind, QuotationKind, QuotationMark, State, Voice,
};
use crate::render::weave::{Thread, escape_attribute, escape_text};

/// Most characters of a speaker's description in a frame.
const LABEL: usize = 40;

/// Something said, with all its parts: split by its verb, or over paragraphs.
#[derive(Debug, Clone)]
pub(crate) struct Speech<'a> {
    /// Its number among those of the article, from 1: its card is `q-` and this.
    pub(crate) number: usize,
    /// Its parts, in order of the text, never none; quotations within it are parts too.
    pub(crate) parts: Vec<SpeechPart<'a>>,
}

/// A part of something said.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SpeechPart<'a> {
    /// Its index among the article's quotation marks.
    pub(crate) index: u32,
    /// With its quotation marks.
    pub(crate) range: TextRange,
    /// What was found.
    pub(crate) mark: &'a QuotationMark,
    /// Whether an editor has confirmed it.
    state: State,
    /// Index of the block in which it begins.
    block: usize,
    /// A quotation within the speech, whose speaker is not told.
    nested: bool,
}

impl<'a> Speech<'a> {
    /// The part that tells most: who speaks, and in which words.
    pub(crate) fn lead(&self) -> Option<&SpeechPart<'a>> {
        let known = self.parts.iter().find(|p| p.mark.speaker.is_some());
        known.or(self.parts.first())
    }

    /// Who speaks; not where the text has no more than a pronoun for them.
    pub(crate) fn voice(&self) -> Option<&'a Voice> {
        let voice = self.lead()?.mark.speaker.as_deref();
        voice.filter(|v| !v.is_pronoun())
    }
}

impl Briefing<'_> {
    /// What is said in an article, in order. Not in it: terms in quotation marks, what the article's own outlet writes, words
    /// in headings, and reports of speech that name no speaker.
    pub(crate) fn speeches<'t>(&self, article: &Article, text: &'t ArticleText) -> Vec<Speech<'t>> {
        if !self.site.config.layers.quotations {
            return Vec::new();
        }
        let mut speeches: Vec<(u32, Speech)> = Vec::new();
        for part in self.spoken(article, text) {
            let group = part.mark.group;
            let place = match part.nested {
                true => speeches.iter().position(|(_, s)| {
                    let around = |p: &SpeechPart| p.range.contains(part.range);
                    s.parts.iter().any(around)
                }),
                false => speeches.iter().position(|(g, _)| *g == group),
            };
            match place.and_then(|i| speeches.get_mut(i)) {
                Some((_, speech)) => speech.parts.push(part),
                None => {
                    let number = speeches.len() + 1;
                    let parts = vec![SpeechPart {
                        nested: false,
                        ..part
                    }];
                    speeches.push((group, Speech { number, parts }));
                }
            }
        }
        speeches.into_iter().map(|(_, speech)| speech).collect()
    }

    /// The quotation marks of an article that are shown as speech, in order.
    fn spoken<'t>(&self, article: &Article, text: &'t ArticleText) -> Vec<SpeechPart<'t>> {
        let blocks = &text.prose.document.blocks;
        let all = text.annotated.marks.iter().filter_map(|m| match &m.kind {
            MarkKind::Quotation(quotation) => Some((m, &**quotation)),
            _ => None,
        });
        let parts = all.zip(0..).map(|((mark, quotation), index)| SpeechPart {
            index,
            range: mark.range,
            mark: quotation,
            state: mark.state,
            block: blocks.partition_point(|b| b.range.end <= mark.range.start),
            nested: quotation.level > 0 && quotation.speaker.is_none(),
        });
        let own = |part: &SpeechPart| {
            let voice = part.mark.speaker.as_ref();
            let speaker = voice.and_then(|v| self.site.entities.get(v.entity.as_ref()?));
            speaker.is_some_and(|entity| from_outlet(article, entity))
        };
        let heading = |part: &SpeechPart| {
            let block = blocks.get(part.block);
            block.is_none_or(|b| b.kind == BlockKind::Heading)
        };
        let shown = parts.filter(|p| p.mark.kind != QuotationKind::Scare && !own(p) && !heading(p));
        let mut shown: Vec<SpeechPart> = shown.collect();
        let marked: BTreeSet<(u32, Option<TextRange>)> = shown
            .iter()
            .filter(|p| p.mark.kind != QuotationKind::Indirect)
            .flat_map(|p| [(p.mark.group, None), (u32::MAX, p.mark.verb)])
            .collect();
        let mut verbs = BTreeSet::new();
        shown.retain(|part| {
            let mark = part.mark;
            let named = mark.speaker.as_ref().is_some_and(|v| !v.is_pronoun());
            mark.kind != QuotationKind::Indirect
                || mark.verb.is_some_and(|verb| {
                    let quoted = marked.contains(&(mark.group, None))
                        || marked.contains(&(u32::MAX, Some(verb)));
                    named && !quoted && verbs.insert(verb)
                })
        });
        shown
    }

    /// The threads of something said: elements around quoted words, their quotation marks, and the way to the card.
    pub(crate) fn speech_threads(
        &self,
        text: &str,
        blocks: &[u32],
        speech: &Speech,
    ) -> Vec<Thread> {
        let mut threads = Vec::new();
        let mut framed = None;
        for part in &speech.parts {
            if part.mark.kind == QuotationKind::Indirect {
                threads.extend(self.reported_threads(text, speech, part));
                continue;
            }
            let first = !part.nested && framed != Some(part.block);
            if first {
                framed = Some(part.block);
            }
            threads.push(Thread {
                attributes: vec![("class", "said".into())],
                rank: 1,
                ..Thread::new(part.range, "q")
            });
            threads.extend(first.then(|| self.frame_thread(text, speech, part.range.end)));
            let marks = characters(text, blocks, part).into_iter();
            threads.extend(marks.map(|range| Thread {
                attributes: vec![("class", "qm".into())],
                rank: 4,
                ..Thread::new(range, "b")
            }));
        }
        threads
    }

    fn reported_threads(&self, text: &str, speech: &Speech, part: &SpeechPart) -> Vec<Thread> {
        let Some(verb) = part.mark.verb else {
            return Vec::new();
        };
        let link = Thread {
            href: Some(format!("#q-{}", speech.number)),
            attributes: vec![("class", "a a-quote".into())],
            rank: 2,
            ..Thread::new(verb, "a")
        };
        let frame = self.stands_for(text, part).map(|_| {
            let end = part
                .mark
                .said_by
                .map_or(verb.end, |by| by.end)
                .max(verb.end);
            self.frame_thread(text, speech, end)
        });
        std::iter::once(link).chain(frame).collect()
    }

    /// The frame, put behind the punctuation that follows `end`, which must not begin a line without it.
    fn frame_thread(&self, text: &str, speech: &Speech, end: u32) -> Thread {
        Thread {
            after: Some(self.frame(speech)),
            ..Thread::new(super::text::behind_punctuation(text, end), "span")
        }
    }

    /// The words at a verb of speech, where they stand for a speaker who is named elsewhere.
    fn stands_for(&self, text: &str, part: &SpeechPart) -> Option<String> {
        let words = in_line(part.mark.said_by?.of(text));
        let voice = part.mark.speaker.as_ref()?;
        // A source without a name is told with what it is familiar with.
        let told = voice.anonymous && voice.words.starts_with(&*words);
        (*words != *voice.words && !told).then(|| words.into_owned())
    }

    /// The frame that names the speaker and leads to the card.
    fn frame(&self, speech: &Speech) -> String {
        let label = match speech.voice() {
            Some(voice) => shortened(&self.voice_name(voice)),
            None => self.strings.get("speech.not_stated").to_owned(),
        };
        let spoken = format!("{} {label}", self.strings.get("mark.speaker"));
        // A frame is not broken; a line may end before it.
        format!(
            "<wbr><a class=\"spk\" href=\"#q-{}\" aria-label=\"{}\">{}</a>",
            speech.number,
            escape_attribute(&spoken),
            escape_text(&label)
        )
    }

    /// A speaker's name; where none is known, the words that describe them.
    pub(crate) fn voice_name(&self, voice: &Voice) -> String {
        let named = voice.entity.as_ref();
        let name = named.and_then(|id| self.link_name(Kind::Entity, id));
        name.unwrap_or_else(|| super::parts::capital(&voice.words))
    }

    /// A card for what is said. `back` leads to where it stands.
    pub(crate) fn speech_card(
        &self,
        linker: &Linker,
        article: &Article,
        text: &str,
        speech: &Speech,
        back: String,
    ) -> Option<CardView> {
        let s = self.strings;
        let lead = speech.lead()?;
        let voice = speech.voice();
        let body = voice.and_then(|v| self.link_name(Kind::Entity, v.affiliation.as_ref()?));
        let anonymous = voice.filter(|v| v.anonymous).map(|_| match &body {
            Some(body) => s.format("speech.anonymous_of", &[("body", body)]),
            None => s.get("speech.anonymous").to_owned(),
        });
        let listed = voice.filter(|v| v.entity.is_some());
        let meant = listed.and_then(|v| {
            let words = self.stands_for(text, lead)?;
            let name = self.voice_name(v);
            (words != name).then(|| s.format("speech.means", &[("words", &words), ("name", &name)]))
        });
        let verb = lead.mark.verb.map(|verb| {
            let verb = in_line(verb.of(text));
            s.format("speech.verb", &[("verb", &verb)])
        });
        let reviewed = speech.parts.iter().all(|p| p.state == State::Reviewed);
        let link = listed.and_then(|v| {
            let id = v.entity.as_ref()?;
            Some(Link {
                href: linker.to_place(Kind::Entity, id, "_said")?,
                text: s.format("speech.all", &[("name", &self.voice_name(v))]),
            })
        });
        Some(CardView {
            id: format!("q-{}", speech.number),
            class: "quote",
            kind: s.get(speech_kind(lead.mark.kind)).to_owned(),
            name: match voice {
                Some(voice) => self.voice_name(voice),
                None => s.get("speech.not_stated_long").to_owned(),
            },
            names: Vec::new(),
            paragraphs: [anonymous, meant, verb, Some(self.hands(article))]
                .into_iter()
                .flatten()
                .collect(),
            state: Some(s.get(state_key(reviewed)).to_owned()),
            reviewed,
            link,
            back,
        })
    }

    /// Through whose hands the words have come.
    fn hands(&self, article: &Article) -> String {
        let s = self.strings;
        let outlet = article.label();
        let others = self.based_on_names(article.id());
        match others.is_empty() {
            true => s.format("card.quoted_by", &[("name", outlet)]),
            false => s.format(
                "speech.hands",
                &[("name", outlet), ("others", &s.list(&others))],
            ),
        }
    }
}

/// How something is quoted, in words.
pub(crate) fn speech_kind(kind: QuotationKind) -> &'static str {
    match kind {
        QuotationKind::Direct | QuotationKind::Scare => "speech.direct",
        QuotationKind::Partial => "speech.partial",
        QuotationKind::Indirect => "speech.indirect",
    }
}

/// Who has made a mark.
pub(crate) fn state_key(reviewed: bool) -> &'static str {
    match reviewed {
        true => "state.reviewed",
        false => "state.automatic",
    }
}

/// The characters that are quotation marks: at both ends, and those that open its further paragraphs. `blocks` are the places
/// where blocks begin.
fn characters(text: &str, blocks: &[u32], part: &SpeechPart) -> Vec<TextRange> {
    let (range, inner) = (part.range, part.mark.inner);
    let from = blocks.partition_point(|at| *at <= range.start);
    let to = blocks.partition_point(|at| *at < range.end);
    let openings = blocks.get(from..to).unwrap_or_default();
    let openings = openings.iter().filter_map(|at| {
        let first = text.get(*at as usize..)?.chars().next()?;
        let end = at + u32::try_from(first.len_utf8()).ok()?;
        "“„«‘\"'"
            .contains(first)
            .then_some(TextRange { start: *at, end })
    });
    let ends = [
        TextRange {
            start: range.start,
            end: inner.start,
        },
        TextRange {
            start: inner.end,
            end: range.end,
        },
    ];
    let ends = ends.into_iter().filter(|r| !r.is_empty());
    ends.chain(openings).collect()
}

/// A description short enough for a frame, cut between words.
fn shortened(label: &str) -> String {
    if label.chars().count() <= LABEL {
        return label.to_owned();
    }
    let start: String = label.chars().take(LABEL).collect();
    let to = start.rfind(' ').unwrap_or(start.len());
    format!("{}…", &start[..to])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_descriptions_are_cut_between_words() {
        assert_eq!(shortened("An official in Seoul"), "An official in Seoul");
        assert_eq!(
            shortened("A spokesman of the ministry for the affairs of the two halves"),
            "A spokesman of the ministry for the…"
        );
        assert!(shortened(&"개".repeat(80)).chars().count() <= LABEL + 1);
    }
}
