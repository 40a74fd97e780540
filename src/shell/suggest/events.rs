//! Drafts of events that nobody has written.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::Draft;
use super::front::{Front, id, quotation, sentence};
use crate::base::in_line;
use crate::engine::study::Known;
use crate::link::evidence::{Part, Stands};
use crate::link::unwritten::{Unwritten, title};
use crate::model::{Id, Kind, MarkKind, Status};

/// Words of a phrase from its verb on.
const PHRASE: usize = 5;

/// A draft for each event that nobody has written, those of most reports first.
pub(super) fn drafts(known: &Known) -> Vec<Draft> {
    let mut events: Vec<&Unwritten> = known.links.unwritten.iter().collect();
    events.sort_by_key(|event| {
        (
            Reverse(articles(event).len()),
            Reverse(event.statements.len()),
        )
    });
    let mut taken = BTreeSet::new();
    events
        .into_iter()
        .filter_map(|event| draft(known, event, &mut taken))
        .collect()
}

/// The articles that tell of it, in order of publication.
fn articles(event: &Unwritten) -> Vec<&Id> {
    let mut articles: Vec<&Id> = event.statements.iter().map(|s| &s.article).collect();
    articles.dedup();
    articles
}

fn draft(known: &Known, event: &Unwritten, taken: &mut BTreeSet<String>) -> Option<Draft> {
    let first = event.statements.first()?;
    let words = sentence(known, &first.article, first.passage.first)?;
    let title = Some(title(&words)).filter(|t| !t.is_empty())?;
    let date = event.date.as_str();
    let (basis, note) = basis(known, event)?;
    let status = match event.status {
        Status::Planned => "planned",
        _ => "held",
    };
    let topics = topics(known, event);
    let phrases: Vec<String> = phrase(&words, &event.verb).into_iter().collect();
    let mut front = Front::default();
    front.text("title", &title);
    front.text("date", date);
    front.text("date_basis", basis);
    if let Some(note) = &note {
        front.text("date_note", note);
    }
    front.text("status", status);
    if let Some(place) = &event.place {
        front.text("place", place.as_str());
    }
    front.list("participants", event.participants.iter().map(Id::as_str));
    front.list("topics", topics.iter().map(|t| t.as_str()));
    front.list("phrases", phrases.iter().map(String::as_str));
    let mut statements = Vec::new();
    for statement in &event.statements {
        let text = sentence(known, &statement.article, statement.passage.first)?;
        let quote = quotation(known, &statement.article, &text);
        let reasons = reasons(known, event, &statement.finding.parts);
        front.table("evidence");
        front.remark(&format!("found: {}", reasons.join("; ")));
        front.text("article", statement.article.as_str());
        front.text("quote", &quote);
        statements.push(json!({
            "article": statement.article.as_str(),
            "sentence": statement.passage.first,
            "text": text,
            "quote": quote,
            "reasons": reasons,
        }));
    }
    let name = id(known, Kind::Event, &format!("{date} {title}"), taken);
    let mut data = Map::new();
    data.insert("id".into(), name.clone().into());
    data.insert("title".into(), title.into());
    data.insert("date".into(), date.into());
    data.insert("date_basis".into(), basis.into());
    data.insert("date_note".into(), note.into());
    data.insert("status".into(), status.into());
    data.insert("place".into(), event.place.as_ref().map(Id::as_str).into());
    let participants = event.participants.iter().map(Id::as_str);
    data.insert("participants".into(), participants.collect());
    data.insert("topics".into(), topics.iter().map(|t| t.as_str()).collect());
    data.insert("phrases".into(), phrases.into_iter().collect());
    data.insert("evidence".into(), Value::Array(statements));
    Some(Draft {
        path: format!("content/events/{name}.md"),
        file: front.file(),
        listed: None,
        data,
    })
}

/// How the date is known, and if it was worked out, from which words.
fn basis(known: &Known, event: &Unwritten) -> Option<(&'static str, Option<String>)> {
    let first = event.statements.first()?;
    let text = known.articles.get(&first.article)?;
    let sentences = &text.annotated.sentences;
    let range = sentences
        .iter()
        .find(|s| s.number == first.passage.first)?
        .range;
    let time = text
        .annotated
        .marks
        .iter()
        .find_map(|mark| match &mark.kind {
            MarkKind::Time(time)
                if range.contains(mark.range) && time.value.starts_with(event.date.as_str()) =>
            {
                Some((mark.range, time))
            }
            _ => None,
        });
    let Some((words, _)) = time.filter(|(_, time)| !time.stated) else {
        return Some(("stated", None));
    };
    let words = in_line(words.of(&text.prose.document.text));
    let published = known.site.articles.get(&first.article)?.published?;
    let note = format!("From “{words}”, in a report of {published}.");
    Some(("inferred", Some(note)))
}

/// The topics that all of its articles belong to.
fn topics<'k>(known: &'k Known, event: &Unwritten) -> Vec<&'k Id> {
    let of = |article: &Id| {
        let links = known.links.articles.get(article);
        let topics = links.map_or(&[][..], |l| l.topics.as_slice());
        topics.iter().map(|m| &m.topic).collect::<Vec<_>>()
    };
    let articles = articles(event);
    let Some((first, others)) = articles.split_first() else {
        return Vec::new();
    };
    let in_all = |topic: &&Id| others.iter().all(|article| of(article).contains(topic));
    of(first).into_iter().filter(in_all).collect()
}

/// The words of a sentence from its verb on, up to the next mark, if they are two or more.
fn phrase(sentence: &str, verb: &str) -> Option<String> {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let bare = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        bare.to_lowercase()
    };
    let from = words.iter().position(|word| bare(word) == verb)?;
    let mut taken = Vec::new();
    for word in words.get(from..)?.iter().take(PHRASE) {
        let end = word.ends_with([',', ';', ':', '.', '?', '!', '—', '”', ')']);
        taken.push(word.trim_matches(|c: char| !c.is_alphanumeric() && c != '%'));
        if end {
            break;
        }
    }
    while taken.len() > 1 {
        let last = taken.last().map(|w| w.to_lowercase());
        if !last.is_some_and(|w| crate::link::evidence::is_grammar(&w)) {
            break;
        }
        taken.pop();
    }
    (taken.len() > 1).then(|| taken.join(" "))
}

fn reasons(known: &Known, event: &Unwritten, parts: &[(Part, u16)]) -> Vec<String> {
    let name = |id: &Id| {
        let name = known.site.name(Kind::Entity, id);
        name.unwrap_or(id.as_str()).to_owned()
    };
    let mut reasons: Vec<String> = parts
        .iter()
        .filter_map(|(part, _)| match part {
            Part::Time { value, .. } if value.len() == 10 => Some("day named".to_owned()),
            Part::Time { .. } => Some("month named".to_owned()),
            Part::Place { named, .. } => Some(format!("place {}", name(named))),
            Part::Participant { named, of, stands } => Some(match stands {
                Stands::Itself => format!("names {}", name(named)),
                Stands::Capital | Stands::Voice | Stands::Body => {
                    format!("names {}, for {}", name(named), name(of))
                }
            }),
            Part::Elsewhere { .. } | Part::Phrase { .. } | Part::Wording { .. } => None,
        })
        .collect();
    reasons.push(format!("act told: {}", event.verb));
    reasons
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_begins_with_the_verb() {
        let cases = [
            (
                "The sides concluded the first reunions since late 2010.",
                "concluded",
                Some("concluded the first reunions"),
            ),
            ("They met.", "met", None),
            (
                "They signed a treaty, he said.",
                "signed",
                Some("signed a treaty"),
            ),
            ("Nothing.", "met", None),
        ];
        for (sentence, verb, expected) in cases {
            assert_eq!(phrase(sentence, verb).as_deref(), expected, "{sentence}");
        }
    }
}
