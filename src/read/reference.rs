//! What `[[id|words]]` names.

use super::nearest::did_you_mean;
use crate::base::{Code, Diagnostic, Span};
use crate::model::{Id, Kind, Ref, Site, WikiLink};

/// Finds what a link by id leads to: `id`, looked for among entities and events first, or `kind:id`.
///
/// # Errors
/// [`Code::UnknownId`] with the nearest id, or [`Code::AmbiguousId`] where an entity and an event share the id.
pub fn resolve(site: &Site, link: &WikiLink) -> Result<Ref, Box<Diagnostic>> {
    let target = Id::written(&link.target);
    let target = target.as_str();
    if let Some((kind, id)) = target.split_once(':') {
        let kind = kind.trim();
        let Some(kind) = Kind::ALL.into_iter().find(|k| k.as_str() == kind) else {
            let known = Kind::ALL.map(Kind::as_str).join(", ");
            let message = format!("‘{kind}’ is no kind of thing that can be linked to");
            return Err(Box::new(
                Diagnostic::new(Code::UnknownId, link.span.clone(), message)
                    .help(format!("one of {known}")),
            ));
        };
        return exists(site, kind, id.trim())
            .ok_or_else(|| unknown(site, &[kind], id.trim(), &link.span));
    }
    let found: Vec<Ref> = Kind::ALL
        .into_iter()
        .filter_map(|kind| exists(site, kind, target))
        .collect();
    let first = |kind| found.iter().any(|r| r.kind == kind);
    if first(Kind::Entity) && first(Kind::Event) {
        let message = format!("‘{target}’ is both an entity and an event");
        let help = format!("write [[entity:{target}]] or [[event:{target}]]");
        return Err(Box::new(
            Diagnostic::new(Code::AmbiguousId, link.span.clone(), message).help(help),
        ));
    }
    found
        .into_iter()
        .next()
        .ok_or_else(|| unknown(site, &Kind::ALL, target, &link.span))
}

fn exists(site: &Site, kind: Kind, id: &str) -> Option<Ref> {
    let found = Ref::new(kind, &Id::new(id));
    site.common(&found).is_some().then_some(found)
}

fn unknown(site: &Site, kinds: &[Kind], id: &str, span: &Span) -> Box<Diagnostic> {
    let message = match kinds {
        [kind] => format!("there is no {} ‘{id}’", kind.as_str()),
        _ => format!("nothing has the id ‘{id}’"),
    };
    let diagnostic = Diagnostic::new(Code::UnknownId, span.clone(), message);
    let candidates = kinds.iter().flat_map(|kind| site.ids(*kind));
    Box::new(match did_you_mean(id, candidates.map(Id::as_str)) {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    })
}
