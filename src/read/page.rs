//! Plain pages, and the home page's lead.

use super::common;
use super::fields::Fields;
use crate::model::{Body, Id, Page};

/// What front matter looks like at least.
pub(super) const EXAMPLE: &str = "+++\ntitle = \"…\"\n+++";

/// Reads a plain page.
pub(super) fn read(fields: &mut Fields<'_, '_>, id: &Id, body: Body) -> Option<Page> {
    let common = common::read(fields, id, body, "title", "aliases");
    let title = fields.required_string("title");
    let lead = fields.string("lead");
    Some(Page {
        common,
        title: title?.value,
        lead,
        article: None,
    })
}

/// Reads the home page's lead, in which nothing is required.
pub(super) fn read_home(fields: &mut Fields<'_, '_>, id: &Id, body: Body) -> Page {
    let common = common::read(fields, id, body, "title", "aliases");
    Page {
        common,
        title: fields.string("title").unwrap_or_default(),
        lead: fields.string("lead"),
        article: fields.id("article"),
    }
}
