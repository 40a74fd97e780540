//! The texts of articles, through a window that tells looks at the whole from looks at a part.
//!
//! A page about something else takes a few sentences of an article. It need not be made again where others change: so what it looks at
//! is noted as the part that it is, and [`Changes::texts`] says which parts of a text differ.
//!
//! Invariant: whoever asks for a part looks at nothing else. What belongs to a sentence is its number and place, its words up to the
//! next one, and the marks that touch it, wherever in the text they all stand.

use std::collections::BTreeSet;

use super::reads::{Changes, Map, Reads, Window, look_at_all, look_at_part};
use super::{ArticleText, Material};
use crate::base::TextRange;
use crate::model::{Id, Mark, MarkKind, Sentence};

/// The texts of articles with their marks.
#[derive(Debug, Clone, Copy)]
pub struct TextsWindow<'a> {
    texts: Window<'a, Id, ArticleText>,
    reads: Option<&'a Reads>,
}

impl<'a> TextsWindow<'a> {
    pub(super) fn new(texts: Window<'a, Id, ArticleText>, reads: Option<&'a Reads>) -> Self {
        Self { texts, reads }
    }

    /// The whole text.
    pub fn get(&self, article: &Id) -> Option<&'a ArticleText> {
        self.texts.get(article)
    }

    /// The ids of all articles with a text, in order.
    pub fn keys(&self) -> impl Iterator<Item = &'a Id> + use<'a> {
        self.texts.keys()
    }

    /// The text, of whose sentences that with this number is looked at.
    pub(super) fn sentence(&self, article: &Id, number: u32) -> Option<&'a ArticleText> {
        look_at_part(self.reads, Map::Sentences, &(article, number));
        self.texts.unnoted(article)
    }

    /// The text, of which the sentences that name an entity are looked at.
    pub(super) fn naming(&self, article: &Id, entity: &Id) -> Option<&'a ArticleText> {
        look_at_part(self.reads, Map::Naming, &(article, entity));
        self.texts.unnoted(article)
    }

    /// The text, of which the quotations are looked at with the sentences that they touch.
    pub(super) fn speaking(&self, article: &Id) -> Option<&'a ArticleText> {
        look_at_part(self.reads, Map::Speaking, article);
        self.texts.unnoted(article)
    }

    /// The text, of which the facts are looked at.
    pub(super) fn facts(&self, article: &Id) -> Option<&'a ArticleText> {
        look_at_part(self.reads, Map::Facts, article);
        self.texts.unnoted(article)
    }

    /// All texts, of which the terms in headlines are looked at.
    pub(super) fn headlines(&self) -> impl Iterator<Item = (&'a Id, &'a ArticleText)> + use<'a> {
        look_at_all(self.reads, Map::Headlines);
        self.texts.all_unnoted()
    }
}

impl Changes {
    /// Enters which parts of the articles' texts differ.
    pub(super) fn texts(&mut self, old: &Material, new: &Material) {
        let maps = (&old.articles, &new.articles);
        self.compare(Map::Texts, maps, |a, b| a == b);
        let ids: BTreeSet<&Id> = old.articles.keys().chain(new.articles.keys()).collect();
        for id in ids {
            let both = (old.articles.get(id), new.articles.get(id));
            if both.0 != both.1 {
                self.parts_of_text(id, both);
            }
        }
    }

    fn parts_of_text(&mut self, id: &Id, (old, new): (Option<&ArticleText>, Option<&ArticleText>)) {
        fn of<T: Default>(text: Option<&ArticleText>, part: impl Fn(&ArticleText) -> T) -> T {
            text.map(part).unwrap_or_default()
        }
        let headline = |text: &ArticleText| text.annotated.headline.clone();
        self.all(Map::Headlines, of(old, headline) != of(new, headline));
        let facts = |text: &ArticleText| Some(text.annotated.facts.clone());
        self.part(Map::Facts, id, of(old, facts) != of(new, facts));
        let (before, after) = (Parts::of(old), Parts::of(new));
        let differing = before.differing(&after);
        let touched = |numbers: &BTreeSet<u32>| !numbers.is_disjoint(&differing);
        for number in &differing {
            self.part(Map::Sentences, &(id, *number), true);
        }
        let entities: BTreeSet<&Id> = before.entities().chain(after.entities()).collect();
        for entity in entities {
            let of = |parts: &Parts| parts.sentences_with(|mark| names(mark, entity));
            let (a, b) = (of(&before), of(&after));
            self.part(Map::Naming, &(id, entity), a != b || touched(&a.numbers));
        }
        let of = |parts: &Parts| parts.sentences_with(is_quotation);
        let (a, b) = (of(&before), of(&after));
        let blocks = before.blocks() != after.blocks();
        self.part(Map::Speaking, id, blocks || a != b || touched(&a.numbers));
    }
}

fn names(mark: &Mark, entity: &Id) -> bool {
    matches!(&mark.kind, MarkKind::Entity { id, .. } if id == entity)
}

fn is_quotation(mark: &Mark) -> bool {
    matches!(mark.kind, MarkKind::Quotation(_))
}

/// Where a mark and what it refers to stand: the verb of what is said may be in the next sentence.
fn extents(mark: &Mark) -> impl Iterator<Item = TextRange> {
    let parts = match &mark.kind {
        MarkKind::Quotation(said) => [said.verb, said.said_by],
        _ => [None, None],
    };
    std::iter::once(mark.range).chain(parts.into_iter().flatten())
}

/// The text of an article, sentence by sentence; nothing of one that is not there.
struct Parts<'t>(Option<&'t ArticleText>);

/// Where marks of some sort stand.
#[derive(Debug, PartialEq, Eq)]
struct Touched {
    /// The numbers of the sentences.
    numbers: BTreeSet<u32>,
    /// How many marks there are.
    marks: usize,
    /// The words of marks that touch no sentence.
    outside: Vec<String>,
}

impl<'t> Parts<'t> {
    fn of(text: Option<&'t ArticleText>) -> Self {
        Self(text)
    }

    fn text(&self) -> &'t str {
        self.0.map_or("", |text| &*text.prose.document.text)
    }

    fn sentences(&self) -> &'t [Sentence] {
        self.0.map_or(&[], |text| &text.annotated.sentences)
    }

    fn marks(&self) -> &'t [Mark] {
        self.0.map_or(&[], |text| &text.annotated.marks)
    }

    /// The kinds of its blocks.
    fn blocks(&self) -> Vec<crate::model::BlockKind> {
        let blocks = self.0.map(|text| text.prose.document.blocks.iter());
        blocks.into_iter().flatten().map(|b| b.kind).collect()
    }

    fn entities(&self) -> impl Iterator<Item = &'t Id> + use<'t> {
        self.marks().iter().filter_map(|mark| match &mark.kind {
            MarkKind::Entity { id, .. } => Some(id),
            _ => None,
        })
    }

    /// The words of a sentence with what stands before the next one.
    fn words(&self, index: usize) -> &'t str {
        let sentences = self.sentences();
        let start = sentences.get(index).map_or(0, |s| s.range.start);
        let next = sentences.get(index + 1).map(|s| s.range.start as usize);
        let end = next.unwrap_or(self.text().len());
        TextRange::new(start as usize, end).of(self.text())
    }

    fn touching(&self, range: TextRange) -> impl Iterator<Item = &'t Mark> + use<'t> {
        let marks = self.marks().iter();
        marks.filter(move |mark| mark.range.overlaps(range))
    }

    fn sentences_with(&self, is_meant: impl Fn(&Mark) -> bool) -> Touched {
        let mut touched = Touched {
            numbers: BTreeSet::new(),
            marks: 0,
            outside: Vec::new(),
        };
        for mark in self.marks().iter().filter(|mark| is_meant(mark)) {
            let sentences = self.sentences().iter();
            let numbers: Vec<u32> = sentences
                .filter(|s| extents(mark).any(|range| s.range.overlaps(range)))
                .map(|s| s.number)
                .collect();
            touched.marks += 1;
            if numbers.is_empty() {
                touched.outside.push(mark.range.of(self.text()).to_owned());
            }
            touched.numbers.extend(numbers);
        }
        touched
    }

    /// The numbers of the sentences that only one of two texts has, or that differ.
    fn differing(&self, new: &Self) -> BTreeSet<u32> {
        let all = self.sentences().len().max(new.sentences().len());
        let differs = |index: &usize| !self.has_alike(new, *index);
        let numbers = |index: usize| {
            let both = [self, new].map(|parts| parts.sentences().get(index).map(|s| s.number));
            both.into_iter().flatten()
        };
        (0..all).filter(differs).flat_map(numbers).collect()
    }

    /// Whether both texts have the same sentence at an index.
    fn has_alike(&self, new: &Self, index: usize) -> bool {
        let both = (self.sentences().get(index), new.sentences().get(index));
        let (Some(a), Some(b)) = both else {
            return false;
        };
        let by = i64::from(b.range.start) - i64::from(a.range.start);
        (a.number, a.place, a.range.len()) == (b.number, b.place, b.range.len())
            && self.words(index) == new.words(index)
            && self
                .touching(a.range)
                .map(|mark| mark.moved(by))
                .eq(new.touching(b.range).cloned().map(Some))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use super::super::Prose;
    use super::super::reads::Looked;
    use super::*;
    use crate::base::SitePath;
    use crate::model::{
        Annotated, Block, BlockKind, Body, Document, Facts, MentionRule, QuotationKind,
        QuotationMark, State,
    };

    fn id(id: &str) -> Id {
        Id::new(id)
    }

    /// A text of one sentence a line, in which `Kaesong` is named and what stands in marks is said.
    fn text(words: &str) -> ArticleText {
        let mut start = 0;
        let mut sentences = Vec::new();
        for (line, number) in words.split('\n').zip(1..) {
            let range = TextRange::new(start, start + line.len());
            let place = Some((1, number));
            sentences.push(Sentence {
                range,
                block: 0,
                number,
                place,
            });
            start += line.len() + 1;
        }
        let named = words.match_indices("Kaesong").map(|(at, name)| Mark {
            range: TextRange::new(at, at + name.len()),
            kind: MarkKind::Entity {
                id: id("kaesong"),
                rule: MentionRule::Name,
            },
            state: State::Automatic,
        });
        let verb = ["said", "told"].into_iter().find_map(|verb| {
            let at = words.find(verb)?;
            Some(TextRange::new(at, at + verb.len()))
        });
        let said = words.match_indices("“Yes”").map(|(at, said)| Mark {
            range: TextRange::new(at, at + said.len()),
            kind: MarkKind::Quotation(Box::new(QuotationMark {
                inner: TextRange::new(at + 3, at + said.len() - 3),
                kind: QuotationKind::Direct,
                verb,
                said_by: None,
                speaker: None,
                group: 0,
                level: 0,
            })),
            state: State::Automatic,
        });
        let mut marks: Vec<Mark> = named.chain(said).collect();
        marks.sort_by_key(|mark| mark.range.start);
        let document = Document {
            text: words.into(),
            segments: Vec::new(),
            blocks: vec![Block {
                range: TextRange::new(0, words.len()),
                kind: BlockKind::Paragraph,
                top: 0,
                paragraph: Some(1),
            }],
            ops: Vec::new(),
            headings: Vec::new(),
            wiki_links: Vec::new(),
            citations: Vec::new(),
            images: Vec::new(),
            body: Body {
                text: words.into(),
                path: SitePath::new("a.md"),
                offset: 0,
            },
        };
        let facts = Facts {
            id: id("a"),
            title: String::new(),
            published: None,
            mentions: Vec::new(),
            times: Vec::new(),
            figures: Vec::new(),
            speech: Vec::new(),
            unlisted: Vec::new(),
            decisions: Vec::new(),
        };
        ArticleText {
            prose: Arc::new(Prose {
                document: Arc::new(document),
                targets: Vec::new(),
                sources: BTreeMap::new(),
            }),
            annotated: Arc::new(Annotated {
                sentences,
                marks,
                headline: Vec::new(),
                facts,
                overrides: Vec::new(),
            }),
        }
    }

    fn looked(look: impl Fn(&TextsWindow)) -> Looked {
        let texts = BTreeMap::from([(id("a"), text("One."))]);
        let mut reads = Reads::default();
        let window = Window::new(&texts, Map::Texts, Some(&reads));
        look(&TextsWindow::new(window, Some(&reads)));
        reads.take()
    }

    /// What a change of a text touches: its sentences 1 to 3, those that name Kaesong, what is said, the facts, headlines.
    fn touched(old: &str, new: &str) -> [bool; 7] {
        let (a, kaesong) = (id("a"), id("kaesong"));
        let looks = [
            looked(|w| assert!(w.sentence(&a, 1).is_some())),
            looked(|w| assert!(w.sentence(&a, 2).is_some())),
            looked(|w| assert!(w.sentence(&a, 3).is_some())),
            looked(|w| assert!(w.naming(&a, &kaesong).is_some())),
            looked(|w| assert!(w.speaking(&a).is_some())),
            looked(|w| assert!(w.facts(&a).is_some())),
            looked(|w| assert_eq!(w.headlines().count(), 1)),
        ];
        let mut changes = Changes::default();
        changes.parts_of_text(&a, (Some(&text(old)), Some(&text(new))));
        looks.map(|looked| changes.touch(&looked))
    }

    #[test]
    fn a_change_touches_the_sentence_in_which_it_is() {
        let old = "One.\nKaesong is a city.\n“Yes” was said.";
        let (yes, no) = (true, false);
        for (new, expected) in [
            (old, [no, no, no, no, no, no, no]),
            // What comes after a change is only moved by it.
            (
                "One more.\nKaesong is a city.\n“Yes” was said.",
                [yes, no, no, no, no, no, no],
            ),
            (
                "One.\nKaesong is a large city.\n“Yes” was said.",
                [no, yes, no, yes, no, no, no],
            ),
            (
                "One.\nKaesong is a city.\n“Yes” was said once.",
                [no, no, yes, no, yes, no, no],
            ),
            // A name that is new, one that is gone, and a sentence that is gone.
            (
                "Kaesong.\nKaesong is a city.\n“Yes” was said.",
                [yes, no, no, yes, no, no, no],
            ),
            (
                "One.\nIt is a city.\n“Yes” was said.",
                [no, yes, no, yes, no, no, no],
            ),
            ("One.\nKaesong is a city.", [no, yes, yes, yes, yes, no, no]),
        ] {
            assert_eq!(touched(old, new), expected, "{new}");
        }
    }

    #[test]
    fn the_verb_of_what_is_said_belongs_to_it() {
        let [_, _, _, _, speaking, ..] = touched("“Yes”.\nHe said so.", "“Yes”.\nHe told so.");
        assert!(speaking);
    }

    #[test]
    fn a_text_that_is_new_or_gone_touches_all_of_it() {
        let (a, words) = (id("a"), text("Kaesong said “Yes”."));
        for both in [(Some(&words), None), (None, Some(&words))] {
            let mut changes = Changes::default();
            changes.parts_of_text(&a, both);
            for look in [
                looked(|w| assert!(w.sentence(&a, 1).is_some())),
                looked(|w| assert!(w.naming(&a, &id("kaesong")).is_some())),
                looked(|w| assert!(w.speaking(&a).is_some())),
                looked(|w| assert!(w.facts(&a).is_some())),
            ] {
                assert!(changes.touch(&look));
            }
        }
    }
}
