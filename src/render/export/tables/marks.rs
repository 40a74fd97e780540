//! What the tables of annotations share: the articles whose text is published, and where a mark stands in its sentence.

use std::borrow::Cow;
use std::cell::OnceCell;

use crate::base::{TextRange, in_line};
use crate::model::{Article, Id, Kind, Mark, Rights, Voice};
use crate::render::view::{ArticleText, Briefing};

/// What a column with a sentence means.
pub(super) const SENTENCE: &str = "The sentence in which it begins: the article’s id, `/s` and the sentence’s number, from 1, which is also its fragment";
/// What a column with an address of a sentence means.
pub(super) const URL: &str = "The place of that sentence on the article’s page";
/// What a column with the sentence's words means.
pub(super) const TEXT: &str =
    "The words of the sentence, or sentences, in which it stands, with single spaces between them";
/// What a column with a mark's words means.
pub(super) const EXACT: &str = "Its own words (W3C Web Annotation)";
/// What a column with a mark's beginning means.
pub(super) const START: &str =
    "Where `exact` begins in `text`, in Unicode code points from 0 (W3C Web Annotation)";
/// What a column with a mark's end means.
pub(super) const END: &str = "Where `exact` ends in `text`, in code points: one past its last";
/// What a column with a mark's state means.
pub(super) const STATE: &str = "Made by rule, or written or confirmed by an editor";

/// An article whose text is published.
pub(in super::super) struct Open<'a> {
    pub(super) briefing: &'a Briefing<'a>,
    pub(super) article: &'a Article,
    pub(super) text: &'a ArticleText,
    /// The address of its page.
    url: String,
}

impl<'a> Open<'a> {
    /// An article with its text; none where the rights in it do not allow publishing that.
    pub(super) fn of(briefing: &'a Briefing<'a>, id: &Id) -> Option<Self> {
        let article = briefing.site.articles.get(id)?;
        let text = briefing.articles.get(id)?;
        (article.rights == Rights::Full).then_some(())?;
        Some(Self {
            briefing,
            article,
            text,
            url: briefing.page_of(Kind::Article, id)?,
        })
    }

    /// The index of the sentence in which a byte stands.
    pub(super) fn sentence(&self, at: u32) -> Option<usize> {
        let sentences = &self.text.annotated.sentences;
        let index = sentences.partition_point(|s| s.range.end <= at);
        (index < sentences.len()).then_some(index)
    }

    /// Words of the text with single spaces between them.
    pub(super) fn words(&self, range: TextRange) -> String {
        in_line(range.of(&self.text.prose.document.text)).into_owned()
    }

    /// The entity that speaks.
    pub(super) fn speaker<'v>(&self, voice: Option<&'v Voice>) -> Option<&'v Id> {
        self.briefing.open(voice?.entity.as_ref()?)
    }
}

/// A mark in its place.
pub(in super::super) struct At<'a> {
    pub(super) open: &'a Open<'a>,
    pub(super) mark: &'a Mark,
    /// Its number among those of its kind in the article, from 1.
    pub(super) number: usize,
    /// The index of the sentence in which it begins.
    first: usize,
    placed: OnceCell<Placed<'a>>,
}

/// Words in their sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placed<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) exact: Cow<'a, str>,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl<'a> At<'a> {
    /// A mark; none where it stands in no sentence.
    pub(super) fn of(open: &'a Open<'a>, mark: &'a Mark, number: usize) -> Option<Self> {
        Some(Self {
            open,
            mark,
            number,
            first: open.sentence(mark.range.start)?,
            placed: OnceCell::new(),
        })
    }

    /// The number of its first sentence.
    pub(super) fn sentence(&self) -> u32 {
        let sentence = self.open.text.annotated.sentences.get(self.first);
        sentence.map_or(0, |s| s.number)
    }

    /// Its id: the article's, a letter for the kind, and its number.
    pub(super) fn id(&self, kind: char) -> String {
        format!("{}/{kind}{}", self.open.article.id(), self.number)
    }

    /// The id of its first sentence.
    pub(super) fn sentence_id(&self) -> String {
        super::sentence_id(self.open.article.id(), self.sentence())
    }

    /// The address of its first sentence.
    pub(super) fn url(&self) -> String {
        format!("{}#s{}", self.open.url, self.sentence())
    }

    /// The index of the sentence in which it ends.
    pub(super) fn last(&self) -> usize {
        let end = self
            .mark
            .range
            .end
            .saturating_sub(1)
            .max(self.mark.range.start);
        self.open
            .sentence(end)
            .map_or(self.first, |last| last.max(self.first))
    }

    /// Its words in their sentence.
    pub(super) fn placed(&self) -> &Placed<'a> {
        self.placed.get_or_init(|| {
            let sentences = &self.open.text.annotated.sentences;
            let start = sentences.get(self.first).map_or(0, |s| s.range.start);
            let end = sentences.get(self.last()).map_or(start, |s| s.range.end);
            let around = TextRange { start, end };
            place(&self.open.text.prose.document.text, around, self.mark.range)
        })
    }
}

/// The words of `range` and of the sentences around it, with single spaces.
fn place(text: &str, around: TextRange, range: TextRange) -> Placed<'_> {
    let sentence = around.of(text);
    let inside = around.contains(range) && sentence.is_ascii();
    let bytes = sentence.as_bytes();
    let even = |pair: &[u8]| !matches!(pair, [b' ', b' '] | [_, b'\t'..=b'\r']);
    let outer = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_whitespace);
    if inside && bytes.windows(2).all(even) && !outer(bytes.first()) && !outer(bytes.last()) {
        return Placed {
            text: sentence.into(),
            exact: range.of(text).into(),
            start: (range.start - around.start) as usize,
            end: (range.end - around.start) as usize,
        };
    }
    let mut words = String::with_capacity(sentence.len());
    let mut exact = String::new();
    let (mut count, mut start, mut end) = (0, None, 0);
    let mut space = false;
    for (i, c) in sentence.char_indices() {
        if c.is_whitespace() {
            space = count > 0;
            continue;
        }
        let at = around.start as usize + i;
        let here = range.indices().contains(&at);
        if std::mem::take(&mut space) {
            words.push(' ');
            count += 1;
            if here && start.is_some() {
                exact.push(' ');
            }
        }
        if here {
            start.get_or_insert(count);
            exact.push(c);
            end = count + 1;
        }
        words.push(c);
        count += 1;
    }
    Placed {
        text: words.into(),
        exact: exact.into(),
        start: start.unwrap_or(0),
        end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed<'t>(text: &'t str, words: &str) -> Placed<'t> {
        let start = text.find(words).unwrap();
        let range = TextRange::new(start, start + words.len());
        let placed = place(text, TextRange::new(0, text.len()), range);
        let chars = placed.text.chars();
        let cut: String = chars
            .skip(placed.start)
            .take(placed.end - placed.start)
            .collect();
        assert_eq!(cut, placed.exact);
        placed
    }

    #[test]
    fn words_are_found_again_in_the_sentence_as_it_is_printed() {
        let plain = placed("Talks began on Monday.", "Monday");
        assert_eq!((plain.start, plain.end), (15, 21));
        assert_eq!(&*plain.text, "Talks began on Monday.");
        let korean = placed("개성  공단은\n열렸다.", "공단은\n열렸다");
        assert_eq!(&*korean.text, "개성 공단은 열렸다.");
        assert_eq!(&*korean.exact, "공단은 열렸다");
        assert_eq!((korean.start, korean.end), (3, 10));
        let lines = placed(" On\r\nMonday\tall  left ", "Monday\tall");
        assert_eq!(&*lines.text, "On Monday all left");
        assert_eq!(&*lines.exact, "Monday all");
    }
}
