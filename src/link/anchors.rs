//! Quotations that content takes from articles, each found in its article.

use std::collections::BTreeMap;

use crate::annotate::anchor::{Finder, Found};
use crate::base::{Code, Diagnostic, Outcome, Span};
use crate::model::{Anchor, Document, Id, Sentence, Site};

/// Where a quotation stands in its article, in numbers that mean the same as long as the article does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Passage {
    /// Number of the sentence in which it begins, from 1.
    pub first: u32,
    /// Number of the sentence in which it ends.
    pub last: u32,
    /// Paragraph and sentence in it, from 1, of its beginning; a heading or a cell of a table has none.
    pub place: Option<(u32, u32)>,
}

/// The places of all quotations that content takes from articles, by article and quotation as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Anchors(pub BTreeMap<(Id, String), Passage>);

impl Anchors {
    /// Where `quote` stands in `article`; nothing if it was not found, which has been reported.
    pub fn get(&self, article: &Id, quote: &str) -> Option<Passage> {
        self.0.get(&(article.clone(), quote.to_owned())).copied()
    }
}

/// A quotation to be found, and where it is written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Request {
    /// The words.
    pub quote: String,
    /// Where an editor wrote them.
    pub span: Span,
}

/// Every quotation of the front matter of content, by article, in the order of their files.
pub fn requests(site: &Site) -> BTreeMap<Id, Vec<Request>> {
    let mut all: BTreeMap<Id, Vec<Request>> = BTreeMap::new();
    let mut add = |article: &Id, quote: &crate::base::Spanned<String>| {
        all.entry(article.clone()).or_default().push(Request {
            quote: quote.value.clone(),
            span: quote.span.clone(),
        });
    };
    for event in site.events.values() {
        for evidence in event.evidence.iter().chain(&event.not_evidence) {
            add(&evidence.article.value, &evidence.quote);
        }
    }
    for evidence in site
        .topics
        .values()
        .flat_map(|t| &t.facts)
        .flat_map(|f| &f.evidence)
    {
        add(&evidence.article.value, &evidence.quote);
    }
    for reading in site.measures.values().flat_map(|m| &m.values) {
        add(&reading.article.value, &reading.quote);
    }
    all
}

/// Finds one article's quotations. Lost ones are errors, altered and repeated ones warnings.
pub fn find(
    article: &Id,
    document: &Document,
    sentences: &[Sentence],
    requests: &[Request],
) -> Outcome<Vec<((Id, String), Passage)>> {
    let finder = Finder::new(&document.text, sentences);
    let mut found = Vec::new();
    let mut diagnostics = Vec::new();
    for request in requests {
        let outcome = locate(article, &finder, request);
        if let Some(anchor) = outcome.into_value(&mut diagnostics)
            && let Some(passage) = passage(sentences, &anchor)
        {
            found.push(((article.clone(), request.quote.clone()), passage));
        }
    }
    Outcome {
        value: found,
        diagnostics,
    }
}

fn passage(sentences: &[Sentence], anchor: &Anchor) -> Option<Passage> {
    let first = sentences.get(anchor.sentence as usize)?;
    let last = sentences.get(anchor.last_sentence as usize)?;
    Some(Passage {
        first: first.number,
        last: last.number,
        place: first.place,
    })
}

fn locate(article: &Id, finder: &Finder, request: &Request) -> Outcome<Option<Anchor>> {
    let found = finder.find(&request.quote);
    let words = |anchor: &Anchor| {
        let words = anchor.range.of(finder.prose().text());
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let report = |code, message: String| Diagnostic::new(code, request.span.clone(), message);
    let diagnostic = match &found {
        Found::One(_) => None,
        Found::Many(anchors) => {
            let count = anchors.len();
            let message =
                format!("these words stand {count} times in ‘{article}’; the first place is taken");
            Some(report(Code::AmbiguousQuote, message).help("quote a few words more"))
        }
        Found::Reworded(rewording) => {
            let message = format!("‘{article}’ has these words only in another form");
            let help = format!("it reads: {}", words(&rewording.anchor));
            Some(report(Code::RewordedQuote, message).help(help))
        }
        Found::Lost { best } => {
            let message = format!("‘{article}’ does not contain these words");
            let help = match best {
                Some((anchor, _)) => format!("the most similar words there are: {}", words(anchor)),
                None => "copy the words from the article; `…` may stand for a gap".into(),
            };
            Some(report(Code::LostQuote, message).help(help))
        }
    };
    Outcome {
        value: found.anchor(),
        diagnostics: diagnostic.into_iter().collect(),
    }
}
