//! Every text of a site that can reach an output, in one place.

use std::sync::Arc;

use serde_json::Value;

use super::{Common, Evidence, Names, NewValue, Site, Speaker};
use crate::base::Spanned;

/// Replaces texts; returns the new one where it differs.
type Change<'a> = &'a mut dyn FnMut(&str) -> Option<String>;

impl Site {
    /// Calls `change` on every text that an output may show: titles, names, summaries, bodies, quotations, values of
    /// `extra`; not on ids, slugs and paths.
    pub fn change_texts(&mut self, change: Change) {
        self.change_config(change);
        for article in self.articles.values_mut() {
            let article = Arc::make_mut(article);
            common(&mut article.common, change);
            text(&mut article.title, change);
            for field in [
                &mut article.original_title,
                &mut article.date_note,
                &mut article.outlet,
                &mut article.outlet_short,
                &mut article.agency,
                &mut article.dateline,
                &mut article.copyright,
            ] {
                maybe(field, change);
            }
            article.authors.iter_mut().for_each(|t| text(t, change));
            article.based_on.iter_mut().for_each(|t| spanned(t, change));
        }
        self.change_topics(change);
        self.change_events(change);
        for entity in self.entities.values_mut() {
            common(&mut entity.common, change);
            spanned(&mut entity.name, change);
            for list in [
                &mut entity.aliases,
                &mut entity.weak_aliases,
                &mut entity.demonyms,
            ] {
                list.iter_mut().for_each(|t| spanned(t, change));
            }
            names(&mut entity.names, change);
            for field in [
                &mut entity.description,
                &mut entity.role,
                &mut entity.kind,
                &mut entity.country,
                &mut entity.metonym,
            ] {
                maybe(field, change);
            }
            entity
                .roles
                .iter_mut()
                .for_each(|office| text(&mut office.role, change));
        }
        self.change_measures(change);
        for page in self.pages.values_mut().chain(&mut self.home) {
            common(&mut page.common, change);
            text(&mut page.title, change);
            maybe(&mut page.lead, change);
        }
        for note in self.notes.values_mut().flatten() {
            spanned(&mut note.quote, change);
            body(&mut note.body, change);
            maybe(&mut note.title, change);
            maybe(&mut note.by, change);
        }
        for correction in &mut self.overrides {
            spanned(&mut correction.quote, change);
            maybe(&mut correction.by, change);
            text(&mut correction.why, change);
            if let Some(Spanned {
                value: NewValue::Words(words),
                ..
            }) = &mut correction.value
            {
                text(words, change);
            }
        }
    }

    fn change_config(&mut self, change: Change) {
        let config = &mut self.config;
        text(&mut config.title, change);
        for field in [
            &mut config.strap,
            &mut config.description,
            &mut config.publisher,
            &mut config.about,
            &mut config.rights.statement,
            &mut config.data.license,
        ] {
            maybe(field, change);
        }
        json(&mut config.extra, change);
    }

    fn change_topics(&mut self, change: Change) {
        for topic in self.topics.values_mut() {
            common(&mut topic.common, change);
            text(&mut topic.title, change);
            names(&mut topic.names, change);
            maybe(&mut topic.lead, change);
            let rules = &mut topic.rules;
            for list in [
                &mut rules.any,
                &mut rules.all,
                &mut rules.none,
                &mut topic.gaps,
            ] {
                list.iter_mut().for_each(|t| text(t, change));
            }
            rules.outlets.iter_mut().for_each(|t| spanned(t, change));
            for fact in &mut topic.facts {
                text(&mut fact.label, change);
                text(&mut fact.value, change);
                maybe(&mut fact.note, change);
                evidence(&mut fact.evidence, change);
            }
        }
    }

    fn change_events(&mut self, change: Change) {
        for event in self.events.values_mut() {
            common(&mut event.common, change);
            text(&mut event.title, change);
            maybe(&mut event.date_note, change);
            maybe(&mut event.outcome, change);
            event.roles.values_mut().for_each(|role| text(role, change));
            for list in [&mut event.phrases, &mut event.gaps] {
                list.iter_mut().for_each(|t| text(t, change));
            }
            event
                .links
                .iter_mut()
                .for_each(|l| maybe(&mut l.why, change));
            evidence(&mut event.evidence, change);
            evidence(&mut event.not_evidence, change);
        }
    }

    fn change_measures(&mut self, change: Change) {
        for measure in self.measures.values_mut() {
            common(&mut measure.common, change);
            text(&mut measure.title, change);
            maybe(&mut measure.verdict, change);
            for list in [&mut measure.unit, &mut measure.needs] {
                list.iter_mut().for_each(|t| text(t, change));
            }
            for reading in &mut measure.values {
                spanned(&mut reading.quote, change);
                maybe(&mut reading.counts, change);
                maybe(&mut reading.words, change);
                if let Some(Speaker::Words(words)) = &mut reading.speaker {
                    text(words, change);
                }
            }
        }
    }
}

fn common(common: &mut Common, change: Change) {
    maybe(&mut common.summary, change);
    body(&mut common.body, change);
    json(&mut common.extra, change);
}

fn body(body: &mut super::Body, change: Change) {
    if let Some(new) = change(&body.text) {
        body.text = new.into();
    }
}

fn text(old: &mut String, change: Change) {
    if let Some(new) = change(old) {
        *old = new;
    }
}

fn maybe(old: &mut Option<String>, change: Change) {
    if let Some(old) = old {
        text(old, change);
    }
}

fn spanned(old: &mut Spanned<String>, change: Change) {
    text(&mut old.value, change);
}

fn names(names: &mut Names, change: Change) {
    names.values_mut().for_each(|t| text(t, change));
}

fn evidence(list: &mut [Evidence], change: Change) {
    for evidence in list {
        spanned(&mut evidence.quote, change);
        maybe(&mut evidence.note, change);
    }
}

fn json(value: &mut Value, change: Change) {
    match value {
        Value::String(old) => text(old, change),
        Value::Array(list) => list.iter_mut().for_each(|v| json(v, change)),
        Value::Object(map) => map.values_mut().for_each(|v| json(v, change)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
