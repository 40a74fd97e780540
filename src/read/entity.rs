//! The gazetteer.

use super::common;
use super::fields::Fields;
use crate::base::Code;
use crate::model::{Body, Entity, EntityType, Id, Office};

/// What front matter looks like at least.
pub(super) const EXAMPLE: &str = "+++\nname = \"…\"\n+++";

/// Reads a person, organisation, place or term.
pub(super) fn read(
    fields: &mut Fields<'_, '_>,
    id: &Id,
    entity_type: EntityType,
    body: Body,
) -> Option<Entity> {
    let common = common::read(fields, id, body, "name", "redirect_from");
    let name = fields.required_string("name");
    // Both words are in use for an office.
    let position = fields.string("position");
    let entity = Entity {
        common,
        entity_type,
        aliases: fields.spanned_strings("aliases"),
        weak_aliases: fields.spanned_strings("weak_aliases"),
        demonyms: fields.spanned_strings("demonyms"),
        never: fields.strings("never"),
        needs: fields.strings("needs"),
        fold: fields.bool("fold").unwrap_or_default(),
        names: fields.names(),
        description: fields.string("description"),
        role: fields.string("role").or(position),
        kind: fields.string("kind"),
        country: fields.string("country"),
        affiliation: fields.id("affiliation"),
        coordinates: fields.coordinates("coordinates"),
        same_as: fields.urls("same_as"),
        contested_with: fields.ids("contested_with"),
        metonym: fields.string("metonym"),
        protect: protect(fields),
        replacement: fields.string("replacement"),
        roles: fields.tables("roles", "an office", office),
        name: name?,
    };
    Some(entity)
}

/// An office and when it was held.
fn office(fields: &mut Fields<'_, '_>) -> Option<Office> {
    let role = fields.required_string("role");
    let (from, until) = (fields.edtf("from"), fields.edtf("until"));
    if let (Some(from), Some(until)) = (&from, &until)
        && until.latest() < from.earliest()
    {
        let span = fields.place_of("until");
        let wrong = format!("must not come before `from`, which is {from}");
        fields.bad(Code::BadValue, "until", &span, &wrong);
    }
    role.map(|role| Office {
        role: role.value,
        from,
        until,
    })
}

/// Whether a name is to be kept out. A value that is not understood counts as yes, so that no name slips out.
fn protect(fields: &mut Fields<'_, '_>) -> bool {
    let value = fields.bool("protect");
    value.unwrap_or_else(|| fields.has("protect"))
}
