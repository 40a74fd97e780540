//! The keys that every kind has.

use super::check;
use super::fields::Fields;
use crate::base::{Code, Span, Spanned};
use crate::model::{Body, Common, Id};

/// Reads the common keys. `name` is the key of the title, at which faults of the whole file are reported, and
/// `old_paths` the key of the old paths.
pub(super) fn read(
    fields: &mut Fields<'_, '_>,
    id: &Id,
    body: Body,
    name: &'static str,
    old_paths: &'static str,
) -> Common {
    let slug = fields.checked("slug", Code::BadPath, check::slug);
    Common {
        id: id.clone(),
        slug: slug.unwrap_or_else(|| Spanned::new(id.as_str().to_owned(), Span::top(&body.path))),
        old_paths: fields.paths(old_paths),
        summary: fields.string("summary"),
        draft: fields.bool("draft").unwrap_or_default(),
        extra: fields.extra("extra"),
        span: fields.place_of(name),
        body,
    }
}
