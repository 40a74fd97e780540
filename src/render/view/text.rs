//! Texts as blocks of HTML with what stands in the margin beside them.

use std::collections::BTreeSet;

use super::address::{Linker, class};
use super::article::Shown;
use super::dates::DateMark;
use super::figures::ShownFigure;
use super::types::*;
use super::{Briefing, Prose};
use crate::base::TextRange;
use crate::model::{
    Article, Document, EntityType, Id, Mark, MarkKind, MentionRule, Ref, Rights, State, Verdict,
};
use crate::render::code;
use crate::render::weave::{self, Context, Thread, Wiki, Woven, escape_attribute, escape_text};

/// Words of a note that stand for its title where the editor gave none.
const TITLE_WORDS: usize = 6;

/// How many marks of a block can be told apart when pointing at one lights its line in the margin.
const KEYS: usize = 3;

/// A text for a page.
#[derive(Debug, Clone, Default)]
pub(crate) struct TextView {
    /// Its blocks.
    pub(crate) blocks: Vec<BlockView>,
    /// Its footnotes, as HTML.
    pub(crate) footnotes: Option<String>,
    /// How many notes stand beside it.
    pub(crate) notes: usize,
}

impl Briefing<'_> {
    /// The text of what a reference names, with traces beside it; empty where it has none.
    pub(crate) fn prose_text(&self, linker: &Linker, of: &Ref) -> TextView {
        self.prose
            .get(of)
            .map(|prose| self.prose_blocks(linker, prose))
            .unwrap_or_default()
    }

    /// An editor's text, with the sentences that each block cites in the margin beside it.
    pub(crate) fn prose_blocks(&self, linker: &Linker, prose: &Prose) -> TextView {
        let woven = self.weave(linker, prose, &[], "", &|_| String::new(), None);
        let document = &prose.document;
        let blocks = woven.blocks.into_iter().map(|block| {
            let cited = document.citations.iter().enumerate();
            let here = cited.filter(|(_, c)| top_at(document, c.at) == Some(block.top));
            let mut traces: Vec<Trace> = here
                .flat_map(|(i, _)| self.cited(linker, document, i))
                .collect();
            let mut seen = BTreeSet::new();
            traces.retain(|t| seen.insert(t.href.clone()));
            let margin = MarginView {
                rows: 1,
                traces,
                ..MarginView::default()
            };
            BlockView {
                html: block.html,
                margin: (!margin.traces.is_empty()).then_some(margin),
            }
        });
        TextView {
            blocks: blocks.collect(),
            footnotes: woven.footnotes_html,
            notes: 0,
        }
    }

    /// A short text as HTML, with its citations in their places. `ids` keeps its ids apart from others on the page.
    fn note_html(&self, linker: &Linker, prose: &Prose, ids: &str) -> String {
        let citation = |i: u32| {
            let traces = self.cited(linker, &prose.document, i as usize);
            let labels = traces.iter().map(trace_html);
            labels.collect::<Vec<_>>().join(" ")
        };
        let woven = self.weave(linker, prose, &[], ids, &citation, None);
        let blocks = woven.blocks.into_iter().map(|b| b.html);
        blocks.chain(woven.footnotes_html).collect()
    }

    /// The places that a citation names.
    fn cited(&self, linker: &Linker, document: &Document, index: usize) -> Vec<Trace> {
        let places = document
            .citations
            .get(index)
            .map(|c| c.places.as_slice())
            .unwrap_or_default();
        places
            .iter()
            .filter_map(|place| {
                let article = Id::written(&place.article);
                match &place.quote {
                    Some(quote) => self.trace_quote(linker, &article, quote),
                    None => self.trace(linker, &article, None),
                }
            })
            .collect()
    }

    /// An article's text with its marks, and the notes beside it. Where the text may not be published, the notes alone.
    pub(super) fn article_text(
        &self,
        linker: &Linker,
        article: &Article,
        shown: &mut Shown,
    ) -> TextView {
        let Some(text) = self.articles.get(article.id()) else {
            return TextView::default();
        };
        let notes = self.note_views(linker, article.id(), &text.annotated.marks);
        let count = notes.len();
        if article.rights != Rights::Full {
            let margin = MarginView {
                rows: 1,
                notes: notes
                    .into_iter()
                    .map(|(_, note)| NoteView { back: None, ..note })
                    .collect(),
                ..MarginView::default()
            };
            let blocks = (count > 0).then(|| BlockView {
                html: String::new(),
                margin: Some(margin),
            });
            return TextView {
                blocks: blocks.into_iter().collect(),
                footnotes: None,
                notes: 0,
            };
        }
        let document = &text.prose.document;
        let mut threads = self.sentence_threads(article.id());
        threads.extend(self.entity_threads(article.id()));
        threads.extend(Self::unlisted_threads(&shown.names));
        let glosses = self.tie(document, &mut shown.dates, &mut shown.figures);
        threads.extend(shown.dates.iter().flat_map(|mark| self.date_threads(mark)));
        threads.extend(
            shown
                .figures
                .iter()
                .flat_map(|figure| self.figure_threads(figure)),
        );
        let starts: Vec<u32> = document.blocks.iter().map(|b| b.range.start).collect();
        threads.extend(
            shown
                .speeches
                .iter()
                .flat_map(|speech| self.speech_threads(&document.text, &starts, speech)),
        );
        threads.extend(
            notes
                .iter()
                .map(|(mark, note)| self.note_thread(document, mark, note)),
        );
        let number = |n: u32| {
            let word = escape_text(self.strings.get("mark.paragraph"));
            format!("<a class=\"pn\" href=\"#p{n}\"><span class=\"vh\">{word} </span>{n}</a>")
        };
        let woven = self.weave(
            linker,
            &text.prose,
            &threads,
            "",
            &|_| String::new(),
            Some(&number),
        );
        let mut blocks: Vec<BlockView> = woven
            .blocks
            .into_iter()
            .map(|block| {
                let here = notes
                    .iter()
                    .filter(|(m, _)| top_at(document, m.range.start) == Some(block.top));
                let beside = glosses.iter().filter(|(top, _)| *top == block.top);
                let margin = MarginView {
                    rows: 1,
                    glosses: beside.map(|(_, gloss)| gloss.clone()).collect(),
                    notes: here.map(|(_, note)| note.clone()).collect(),
                    traces: Vec::new(),
                };
                let empty = margin.notes.is_empty() && margin.glosses.is_empty();
                BlockView {
                    html: block.html,
                    margin: (!empty).then_some(margin),
                }
            })
            .collect();
        super::margin::settle(&mut blocks);
        TextView {
            blocks,
            footnotes: woven.footnotes_html,
            notes: count,
        }
    }

    /// The lines of the margin for dates and figures, each with the top-level block that it stands beside, in order of the text.
    /// Each ties its mark to itself by one of three keys.
    fn tie(
        &self,
        document: &Document,
        dates: &mut [DateMark],
        figures: &mut [ShownFigure],
    ) -> Vec<(u32, Gloss)> {
        let dated = dates.iter_mut().filter_map(|mark| {
            let gloss = self.date_gloss(mark)?;
            Some((mark.range.start, &mut mark.key, gloss))
        });
        let counted = figures.iter_mut().filter_map(|figure| {
            let gloss = self.figure_gloss(figure)?;
            Some((figure.range.start, &mut figure.key, gloss))
        });
        let mut all: Vec<_> = dated.chain(counted).collect();
        all.sort_by_key(|(start, ..)| *start);
        let mut glosses: Vec<(u32, Gloss)> = Vec::new();
        for (start, key, gloss) in all {
            let Some(top) = top_at(document, start) else {
                continue;
            };
            let before = glosses.iter().rev().take_while(|(t, _)| *t == top).count();
            let k = before % KEYS + 1;
            *key = Some(k);
            glosses.push((top, Gloss { k, ..gloss }));
        }
        glosses
    }

    fn weave(
        &self,
        linker: &Linker,
        prose: &Prose,
        threads: &[Thread],
        ids: &str,
        citation: &dyn Fn(u32) -> String,
        paragraph: Option<&dyn Fn(u32) -> String>,
    ) -> Woven {
        let s = self.strings;
        let wiki = |i: u32| {
            let target = prose.targets.get(i as usize).and_then(Option::as_ref);
            Wiki {
                href: target.and_then(|t| linker.to_ref(t)),
                name: target.and_then(|t| self.link_name(t.kind, &t.id)),
                attributes: Vec::new(),
            }
        };
        let relative = |href: &str| match prose.sources.get(href) {
            Some(of) => {
                let fragment = href.find('#').map_or("", |at| &href[at..]);
                Some(format!("{}{fragment}", linker.to_ref(of)?))
            }
            None => href
                .strip_prefix('/')
                .map(|address| linker.to_address(address)),
        };
        let note = format!("{} ", s.get("mark.note"));
        let context = Context {
            wiki: &wiki,
            citation,
            paragraph,
            relative: &relative,
            highlight: &|text, language| code::highlight(text, language),
            ids,
            words: weave::Words {
                note: &note,
                back: s.get("note.back"),
                table: s.get("mark.table"),
                done: s.get("mark.done"),
                open: s.get("mark.open"),
            },
            apparatus: true,
        };
        weave::weave(&prose.document, threads, &context)
    }

    /// The targets of links to sentences.
    fn sentence_threads(&self, article: &Id) -> Vec<Thread> {
        let Some(text) = self.articles.get(article) else {
            return Vec::new();
        };
        let sentences = text.annotated.sentences.iter();
        sentences
            .map(|s| Thread {
                id: Some(format!("s{}", s.number)),
                ..Thread::new(s.range, "span")
            })
            .collect()
    }

    /// The names in an article: of each entity the first in a block.
    fn entity_threads(&self, article: &Id) -> Vec<Thread> {
        let Some(text) = self.articles.get(article) else {
            return Vec::new();
        };
        let blocks = &text.prose.document.blocks;
        let mut seen: BTreeSet<(usize, &Id)> = BTreeSet::new();
        let mut threads = Vec::new();
        for mark in &text.annotated.marks {
            let MarkKind::Entity { id, rule } = &mark.kind else {
                continue;
            };
            let block = blocks.partition_point(|b| b.range.end <= mark.range.start);
            let Some(entity) = self.site.entities.get(id).filter(|e| self.shows(e)) else {
                continue;
            };
            if *rule != MentionRule::Link && seen.insert((block, id)) {
                threads.push(entity_thread(mark, id, entity.entity_type));
            }
        }
        threads
    }

    /// The notes of an article that found their words, in the order of their references in the text.
    fn note_views<'m>(
        &self,
        linker: &Linker,
        article: &Id,
        marks: &'m [Mark],
    ) -> Vec<(&'m Mark, NoteView)> {
        if !self.site.config.layers.notes {
            return Vec::new();
        }
        let notes = self
            .site
            .notes
            .get(article)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let texts = self
            .notes
            .get(article)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let mut anchored: Vec<(&Mark, u32, Verdict)> = marks
            .iter()
            .filter_map(|mark| match &mark.kind {
                MarkKind::Note { index, verdict } => Some((mark, *index, *verdict)),
                _ => None,
            })
            .collect();
        // A note on several blocks has a mark in each; its number goes where the last one ends.
        anchored.sort_by_key(|(mark, index, _)| (*index, mark.range.end));
        anchored.dedup_by(|later, earlier| {
            let same = later.1 == earlier.1;
            if same {
                *earlier = *later;
            }
            same
        });
        anchored.sort_by_key(|(mark, index, _)| (mark.range.end, *index));
        let views = anchored
            .into_iter()
            .zip(1..)
            .filter_map(|((mark, index, verdict), n)| {
                let note = notes.get(index as usize)?;
                let prose = texts.get(index as usize)?;
                let first_words = || {
                    prose
                        .document
                        .text
                        .split_whitespace()
                        .take(TITLE_WORDS)
                        .collect::<Vec<_>>()
                        .join(" ")
                };
                let by = note.by.as_ref().map(|by| match note.date {
                    Some(date) => self
                        .strings
                        .format("note.by", &[("by", by), ("date", &self.strings.day(date))]),
                    None => by.clone(),
                });
                let view = NoteView {
                    n,
                    title: note
                        .title
                        .clone()
                        .unwrap_or_else(|| format!("{}…", first_words())),
                    html: self.note_html(linker, prose, &format!("n{n}-")),
                    id: format!("n{n}"),
                    back: Some(format!("#r{n}")),
                    by,
                    verdict: match verdict {
                        Verdict::Exact => None,
                        Verdict::Moved => Some(self.strings.get("note.moved").to_owned()),
                        Verdict::Reworded => Some(self.strings.get("note.reworded").to_owned()),
                    },
                };
                Some((mark, view))
            });
        views.collect()
    }

    /// The number of a note, put where its words end, behind the punctuation that closes them.
    fn note_thread(&self, document: &Document, mark: &Mark, note: &NoteView) -> Thread {
        let at = behind_punctuation(&document.text, mark.range.end);
        let n = note.n;
        let word = escape_text(self.strings.get("mark.note"));
        let reference = format!(
            "<a class=\"ref\" id=\"r{n}\" href=\"#{}\" role=\"doc-noteref\"><span class=\"vh\">{word} </span>{n}</a>",
            note.id
        );
        Thread {
            after: Some(reference),
            rank: u8::MAX,
            ..Thread::new(at, "span")
        }
    }
}

/// The place behind the punctuation that follows a byte of a text.
pub(super) fn behind_punctuation(text: &str, end: u32) -> TextRange {
    let rest = text.get(end as usize..).unwrap_or_default();
    let words = rest.trim_start_matches(|c: char| ".,;:!?)”’»".contains(c));
    let end = end as usize + rest.len() - words.len();
    TextRange::new(end, end)
}

fn entity_thread(mark: &Mark, id: &Id, entity_type: EntityType) -> Thread {
    let class = class(entity_type);
    let state = match mark.state {
        State::Automatic => "",
        State::Reviewed => " reviewed",
    };
    Thread {
        href: Some(["#x-", id.as_str()].concat()),
        attributes: vec![("class", ["a a-", class, state].concat())],
        rank: 2,
        ..Thread::new(mark.range, "a")
    }
}

fn trace_html(trace: &Trace) -> String {
    let place = match trace.place.as_str() {
        "" => String::new(),
        place => format!(" {}", escape_text(place)),
    };
    let source = escape_text(&trace.source);
    format!(
        "<a class=\"tr\" href=\"{}\"><b>{source}</b>{place}</a>",
        escape_attribute(&trace.href)
    )
}

/// The top-level block in which a byte of the plain text stands; a place between two belongs to the earlier one.
fn top_at(document: &Document, at: u32) -> Option<u32> {
    let after = document.blocks.partition_point(|b| b.range.start <= at);
    document.blocks.get(after.checked_sub(1)?).map(|b| b.top)
}
