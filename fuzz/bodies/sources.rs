//! What must hold for any file of a site, any gazetteer and any article with notes and overrides.

use std::collections::BTreeMap;

use dateline::annotate::{self, Finder, Found, Gazetteer, Input, Prose};
use dateline::base::{Diagnostic, Place, SitePath, Source, Span, Spanned, TextRange};
use dateline::model::{
    AnnotationKind, Article, BlockKind, Body, Document, Entity, Id, MarkKind, NewValue, Note,
    Override, Scope, Verb,
};
use dateline::read::markdown::{Flavour, parse};
use dateline::read::{Item, parse_file};
use jiff::civil::date;

use super::{divide, ensure};

/// One file of each kind that is read.
const PATHS: [&str; 13] = [
    "corpus/a.md",
    "content/people/a.md",
    "content/places/a.md",
    "content/events/a.md",
    "content/measures/a.md",
    "content/topics/a.md",
    "content/a.md",
    "content/_index.md",
    "content/notes/a.md",
    "content/overrides/a.toml",
    "content/overrides/a.yaml",
    "dateline.toml",
    "content/terms/a.md",
];

/// Any file of a site: front matter in TOML or YAML, fields and all.
pub(crate) fn front_matter(data: &[u8]) -> Result<(), String> {
    let (choice, text) = divide(data);
    let path = PATHS[usize::from(choice) % PATHS.len()];
    let source = Source::new(SitePath::new(path), text);
    let parsed = parse_file(&source);
    check_diagnostics(&parsed.diagnostics, &source)?;
    ensure(parse_file(&source).value == parsed.value, || {
        "a second reading differs".to_owned()
    })
}

/// Diagnostics point at characters of the file.
fn check_diagnostics(diagnostics: &[Diagnostic], source: &Source) -> Result<(), String> {
    for diagnostic in diagnostics {
        let labels = diagnostic.labels.iter().map(|label| &label.place);
        for place in std::iter::once(&diagnostic.place).chain(labels) {
            let Place::Span(span) = place else { continue };
            let range = span.start as usize..span.end as usize;
            ensure(
                span.path != source.path || source.text.get(range).is_some(),
                || format!("{diagnostic:?} points outside the text"),
            )?;
        }
        ensure(!diagnostic.message.trim().is_empty(), || {
            format!("{diagnostic:?} says nothing")
        })?;
    }
    Ok(())
}

/// Names and a text that may hold them: what stands before the first empty line is the gazetteer.
pub(crate) fn gazetteer(data: &[u8]) -> Result<(), String> {
    let (choice, text) = divide(data);
    let (names, text) = text.split_once("\n\n").unwrap_or(("", &text));
    let entities = entities(names, choice);
    let gazetteer = Gazetteer::build(&entities).value;
    let document = document(text);
    let sentences = annotate::sentences_of(&document);
    let prose = Prose::new(&document.text, &sentences);
    let found = gazetteer.mentions(&prose, "A headline", &[]);
    let mut end = 0;
    for mention in &found.named {
        check_place(&document, mention.range)?;
        ensure(mention.range.start >= end, || format!("{mention:?}"))?;
        ensure(entities.contains_key(&mention.id), || {
            format!("{mention:?}")
        })?;
        end = mention.range.end;
    }
    for tie in &found.ties {
        check_place(&document, tie.range)?;
        ensure(tie.ids.len() > 1 && tie.ids.is_sorted(), || {
            format!("{tie:?}")
        })?;
    }
    Ok(())
}

/// A line for each entity: its name, and after bars its other names. A sign before one says what it is: `~` a weak alias,
/// `!` a phrase that is not it, `?` a word of context, `^` a demonym.
fn entities(lines: &str, choice: u8) -> BTreeMap<Id, Entity> {
    let mut entities = BTreeMap::new();
    for (number, line) in lines.lines().enumerate().take(40) {
        let folder =
            ["people", "organizations", "places", "terms"][(number + usize::from(choice)) % 4];
        let path = format!("content/{folder}/e{number}.md");
        let minimal = Source::new(SitePath::new(&path), "+++\nname = \"x\"\n+++\n");
        let Item::Entity(mut entity) = parse_file(&minimal).value.item else {
            continue;
        };
        let spanned = |text: &str| Spanned::new(text.to_owned(), Span::top(&minimal.path));
        let mut names = line.split('|');
        entity.name = spanned(names.next().unwrap_or(""));
        entity.fold = choice & 1 << (number % 8) > 0;
        for name in names {
            let mut rest = name.chars();
            match rest.next() {
                Some('~') => entity.weak_aliases.push(spanned(rest.as_str())),
                Some('!') => entity.never.push(rest.as_str().to_owned()),
                Some('?') => entity.needs.push(rest.as_str().to_owned()),
                Some('^') => entity.demonyms.push(spanned(rest.as_str())),
                _ => entity.aliases.push(spanned(name)),
            }
        }
        entities.insert(entity.id().clone(), *entity);
    }
    entities
}

fn document(text: &str) -> Document {
    let body = Body {
        text: text.into(),
        path: SitePath::new("corpus/a.md"),
        offset: 0,
    };
    parse(&body, Flavour::Corpus).value
}

/// A stretch of the text within one block that is no code.
fn check_place(document: &Document, range: TextRange) -> Result<(), String> {
    let words = document.text.get(range.indices());
    ensure(words.is_some_and(|words| !words.is_empty()), || {
        format!("{range:?} is no part of the text")
    })?;
    let holds = document
        .blocks
        .iter()
        .any(|b| b.kind != BlockKind::Code && b.range.contains(range));
    ensure(holds, || {
        format!("{range:?} {words:?} is in no block of prose")
    })
}

/// An article with everything that editors add to it. What stands before the first empty line is the gazetteer, up to the
/// next one are quotations of notes and overrides, a line for each, and the rest is the article.
pub(crate) fn annotate(data: &[u8]) -> Result<(), String> {
    let (choice, text) = divide(data);
    let mut parts = text.splitn(3, "\n\n");
    let entities = entities(parts.next().unwrap_or(""), choice);
    let quotes: Vec<&str> = parts.next().unwrap_or("").lines().take(20).collect();
    let document = document(parts.next().unwrap_or(""));
    let gazetteer = Gazetteer::build(&entities).value;
    let notes: Vec<Note> = quotes.iter().map(|quote| note(quote)).collect();
    let overrides: Vec<Override> = quotes
        .iter()
        .zip(0..)
        .map(|(quote, number)| correction(quote, number, choice, &entities))
        .collect();
    let mut article = article();
    article.published = (choice & 1 > 0).then(|| date(2014, 2, 25));
    let annotated = annotate::annotate(&Input {
        document: &document,
        gazetteer: &gazetteer,
        article: &article,
        notes: &notes,
        overrides: &overrides.iter().collect::<Vec<_>>(),
        topics: &[],
        links: &[],
    });
    check_marks(&document, &annotated.value.marks)?;
    let finder = Finder::new(&document.text, &annotated.value.sentences);
    for quote in quotes {
        check_found(&document, &finder.find(quote))?;
    }
    Ok(())
}

fn check_marks(document: &Document, marks: &[dateline::model::Mark]) -> Result<(), String> {
    let order = |m: &dateline::model::Mark| (m.range.start, u32::MAX - m.range.end);
    ensure(marks.is_sorted_by_key(order), || {
        "marks out of order".to_owned()
    })?;
    let mut end = 0;
    for mark in marks {
        match mark.kind {
            // What is said may go on over several paragraphs.
            MarkKind::Quotation(_) => {
                let words = document.text.get(mark.range.indices());
                ensure(words.is_some_and(|words| !words.is_empty()), || {
                    format!("{mark:?} is no part of the text")
                })?;
            }
            MarkKind::Entity { .. } => {
                check_place(document, mark.range)?;
                ensure(mark.range.start >= end, || {
                    format!("{mark:?} begins before {end}")
                })?;
                end = mark.range.end;
            }
            _ => check_place(document, mark.range)?,
        }
    }
    Ok(())
}

fn check_found(document: &Document, found: &Found) -> Result<(), String> {
    let anchors = match found {
        Found::One(anchor) => vec![*anchor],
        Found::Many(anchors) => anchors.clone(),
        Found::Reworded(rewording) => vec![rewording.anchor],
        Found::Lost { best } => best.iter().map(|(anchor, _)| *anchor).collect(),
    };
    for anchor in anchors {
        let words = document.text.get(anchor.range.indices());
        ensure(words.is_some_and(|words| !words.is_empty()), || {
            format!("{anchor:?} is no part of the text")
        })?;
        ensure(anchor.sentence <= anchor.last_sentence, || {
            format!("{anchor:?}")
        })?;
    }
    Ok(())
}

fn place() -> Span {
    Span::new(&SitePath::new("content/notes/a.md"), 0, 0)
}

fn note(quote: &str) -> Note {
    Note {
        quote: Spanned::new(quote.to_owned(), place()),
        body: Body {
            text: "A note.".into(),
            path: SitePath::new("content/notes/a.md"),
            offset: 0,
        },
        title: None,
        by: None,
        date: None,
    }
}

fn correction(quote: &str, number: usize, choice: u8, entities: &BTreeMap<Id, Entity>) -> Override {
    let verbs = [
        Verb::Accept,
        Verb::Reject,
        Verb::Retarget,
        Verb::Add,
        Verb::Set,
    ];
    let kinds = [
        AnnotationKind::Entity,
        AnnotationKind::Time,
        AnnotationKind::Figure,
        AnnotationKind::Quotation,
        AnnotationKind::Event,
    ];
    let scopes = [Scope::Mention, Scope::Article, Scope::Site];
    let target = entities.keys().nth(number % entities.len().max(1));
    let path = SitePath::new("content/overrides/a.toml");
    Override {
        article: None,
        quote: Spanned::new(quote.to_owned(), Span::new(&path, number, number)),
        kind: kinds[(number * 3 + usize::from(choice >> 1)) % kinds.len()],
        verb: verbs[(number + usize::from(choice >> 2)) % verbs.len()],
        target: target.map(|id| Spanned::new(id.clone(), Span::top(&path))),
        value: number
            .is_multiple_of(2)
            .then(|| Spanned::new(NewValue::Words("officials".to_owned()), Span::top(&path))),
        scope: scopes[(number + usize::from(choice >> 4)) % scopes.len()],
        topic: None,
        by: None,
        date: None,
        why: String::new(),
        span: Span::new(&path, number, number + 1),
    }
}

fn article() -> Article {
    let text = "+++\ntitle = \"A headline\"\npublished = 2014-02-25\n+++\nText.\n";
    let source = Source::new(SitePath::new("corpus/a.md"), text);
    match parse_file(&source).value.item {
        Item::Article(file) => file.article().clone(),
        item => unreachable!("an article, not {item:?}"),
    }
}
