//! Articles for tests: paragraphs of plain text that stand in their source as they are.

use std::sync::Arc;

use crate::base::{SitePath, Span, Spanned, TextRange};
use crate::model::{
    Article, Block, BlockKind, Body, Common, DateBasis, Document, Entity, EntityType, Id, Names,
    Rights, Segment, Sentence,
};

use super::Prose;

/// A text and its sentences.
pub(crate) struct Text {
    pub(crate) document: Document,
    pub(crate) sentences: Vec<Sentence>,
}

impl Text {
    pub(crate) fn new(paragraphs: &[&str]) -> Self {
        let document = document(paragraphs);
        let sentences = super::sentences_of(&document);
        Self {
            document,
            sentences,
        }
    }

    pub(crate) fn prose(&self) -> Prose<'_> {
        Prose::new(&self.document.text, &self.sentences)
    }
}

/// A document of paragraphs; one that begins with `#` is a heading, one with four spaces is code.
pub(crate) fn document(paragraphs: &[&str]) -> Document {
    let (mut text, mut blocks, mut paragraph) = (String::new(), Vec::new(), 0);
    for (top, words) in paragraphs.iter().enumerate() {
        if top > 0 {
            text.push('\n');
        }
        let kind = match words {
            w if w.starts_with('#') => BlockKind::Heading,
            w if w.starts_with("    ") => BlockKind::Code,
            _ => BlockKind::Paragraph,
        };
        let start = text.len();
        text.push_str(words);
        let numbered = kind == BlockKind::Paragraph;
        paragraph += u32::from(numbered);
        blocks.push(Block {
            range: TextRange::new(start, text.len()),
            kind,
            top: u32::try_from(top).unwrap(),
            paragraph: numbered.then_some(paragraph),
        });
    }
    let text: Arc<str> = text.into();
    let all = TextRange::new(0, text.len());
    Document {
        text: text.clone(),
        segments: vec![Segment {
            text: all,
            source: all,
            verbatim: true,
        }],
        blocks,
        ops: Vec::new(),
        headings: Vec::new(),
        wiki_links: Vec::new(),
        citations: Vec::new(),
        images: Vec::new(),
        body: Body {
            text: text.into(),
            path: SitePath::new("corpus/a.md"),
            offset: 0,
        },
    }
}

pub(crate) fn span(file: &str, start: usize) -> Span {
    Span::new(&SitePath::new(file), start, start + 1)
}

fn common(id: &str, path: &str) -> Common {
    let path = SitePath::new(path);
    Common {
        id: Id::new(id),
        slug: Spanned::new(id.to_owned(), Span::top(&path)),
        old_paths: Vec::new(),
        summary: None,
        draft: false,
        extra: serde_json::Value::Null,
        span: Span::top(&path),
        body: Body {
            text: "".into(),
            path,
            offset: 0,
        },
    }
}

pub(crate) fn article(id: &str) -> Article {
    Article {
        common: common(id, &format!("corpus/{id}.md")),
        title: "A headline".into(),
        original_title: None,
        published: None,
        date_basis: DateBasis::Stated,
        date_note: None,
        outlet: None,
        outlet_short: None,
        outlet_url: None,
        authors: Vec::new(),
        agency: None,
        dateline: None,
        url: None,
        archived_url: None,
        accessed: None,
        language: "en".into(),
        based_on: Vec::new(),
        digest: false,
        rights: Rights::Full,
        copyright: None,
        topics: Vec::new(),
        not_topics: Vec::new(),
        events: Vec::new(),
    }
}

/// An entity with a name, to which the lists of names are added by the functions below.
pub(crate) fn entity(entity_type: EntityType, id: &str, name: &str) -> Entity {
    let path = format!("content/{}/{id}.md", entity_type.folder());
    Entity {
        common: common(id, &path),
        entity_type,
        name: Spanned::new(name.to_owned(), span(&path, 7)),
        aliases: Vec::new(),
        weak_aliases: Vec::new(),
        demonyms: Vec::new(),
        never: Vec::new(),
        needs: Vec::new(),
        fold: false,
        names: Names::new(),
        description: None,
        role: None,
        roles: Vec::new(),
        kind: None,
        country: None,
        affiliation: None,
        coordinates: None,
        same_as: Vec::new(),
        contested_with: Vec::new(),
        metonym: None,
        protect: false,
        replacement: None,
    }
}

impl Entity {
    fn spanned(&self, texts: &[&str], from: usize) -> Vec<Spanned<String>> {
        let place = |i| span(self.common.span.path.as_str(), from + i);
        let texts = texts.iter().enumerate();
        texts
            .map(|(i, t)| Spanned::new((*t).to_owned(), place(i)))
            .collect()
    }

    pub(crate) fn aliases(mut self, texts: &[&str]) -> Self {
        self.aliases = self.spanned(texts, 20);
        self
    }

    pub(crate) fn weak(mut self, texts: &[&str]) -> Self {
        self.weak_aliases = self.spanned(texts, 40);
        self
    }

    pub(crate) fn demonyms(mut self, texts: &[&str]) -> Self {
        self.demonyms = self.spanned(texts, 60);
        self
    }

    pub(crate) fn never(mut self, texts: &[&str]) -> Self {
        self.never = texts.iter().map(|t| (*t).to_owned()).collect();
        self
    }

    pub(crate) fn needs(mut self, texts: &[&str]) -> Self {
        self.needs = texts.iter().map(|t| (*t).to_owned()).collect();
        self
    }

    pub(crate) fn speaks_for(mut self, id: &str) -> Self {
        self.affiliation = Some(Spanned::new(Id::new(id), self.common.span.clone()));
        self
    }

    pub(crate) fn named(mut self, language: &str, name: &str) -> Self {
        self.names.insert(language.to_owned(), name.to_owned());
        self
    }

    pub(crate) fn folded(mut self) -> Self {
        self.fold = true;
        self
    }
}
