//! Events, and evidence for them and for a topic's facts.

use super::article::date_basis;
use super::common;
use super::fields::Fields;
use crate::model::{Body, Event, EventLink, Evidence, Id, Relation, Status};

/// What front matter looks like at least.
pub(super) const EXAMPLE: &str = "+++\ntitle = \"…\"\ndate = \"2013-08-14\"\n+++";

const STATUSES: [(&str, Status); 5] = [
    ("planned", Status::Planned),
    ("held", Status::Held),
    ("cancelled", Status::Cancelled),
    ("postponed", Status::Postponed),
    ("reported", Status::Reported),
];

const RELATIONS: [(&str, Relation); 4] = [
    ("follows", Relation::Follows),
    ("cancels", Relation::Cancels),
    ("responds_to", Relation::RespondsTo),
    ("disputes", Relation::Disputes),
];

/// Reads an event.
pub(super) fn read(fields: &mut Fields<'_, '_>, id: &Id, body: Body) -> Option<Event> {
    let common = common::read(fields, id, body, "title", "aliases");
    let title = fields.required_string("title");
    let date = fields.required_edtf("date");
    let date_basis = date_basis(fields);
    let date_note = fields.string("date_note");
    let status = status(fields).unwrap_or_default();
    let place = fields.id("place");
    let taking_part = fields.ids_or_tables("participants", "a participant", |table| {
        table.string("role")
    });
    let roles = taking_part
        .iter()
        .filter_map(|(id, role)| Some((id.value.clone(), role.clone().flatten()?)));
    let roles = roles.collect();
    let participants = taking_part.into_iter().map(|(id, _)| id).collect();
    let topics = fields.ids("topics");
    let part_of = fields.id("part_of");
    let phrases = fields.strings("phrases");
    let outcome = fields.string("outcome");
    let gaps = fields.strings("gaps");
    // Lists of tables come last, so that a key that slipped below one of their headings is recognised.
    let links = fields.tables("links", "a link", link);
    let evidence = fields.tables("evidence", "evidence", evidence);
    let not_evidence = fields.tables("not_evidence", "counter-evidence", counter_evidence);
    Some(Event {
        common,
        title: title?.value,
        date: date?,
        date_basis,
        date_note,
        status,
        place,
        participants,
        roles,
        topics,
        part_of,
        links,
        phrases,
        evidence,
        not_evidence,
        outcome,
        gaps,
    })
}

fn status(fields: &mut Fields<'_, '_>) -> Option<Status> {
    fields.enumeration("status", &STATUSES)
}

fn link(fields: &mut Fields<'_, '_>) -> Option<EventLink> {
    let relation = fields.enumeration("rel", &RELATIONS);
    if !fields.has("rel") {
        fields.missing(
            "rel",
            "add `rel = \"follows\"` (or cancels, responds_to, disputes)",
        );
    }
    let to = fields.required_id("to");
    let why = fields.string("why");
    Some(EventLink {
        relation: relation?,
        to: to?,
        why,
    })
}

/// Reads words of an article that bear something out.
pub(super) fn evidence(fields: &mut Fields<'_, '_>) -> Option<Evidence> {
    let status = status(fields);
    let note = fields.string("note");
    counter_evidence(fields).map(|evidence| Evidence {
        status,
        note,
        ..evidence
    })
}

fn counter_evidence(fields: &mut Fields<'_, '_>) -> Option<Evidence> {
    let article = fields.required_id("article");
    let quote = fields.required_string("quote");
    Some(Evidence {
        article: article?,
        quote: quote?,
        status: None,
        note: None,
    })
}
