//! What `[[id|words]]` and `[@article]` name.

use super::nearest::did_you_mean;
use crate::base::{Code, Diagnostic, Span};
use crate::model::{Id, Kind, LeftOut, Ref, Site, WikiLink};

/// What a reference in a text leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Something that is part of the site.
    Thing(Ref),
    /// Something that is left out for faults that are told at their own places.
    Nothing,
    /// Nothing, and that is to be told.
    Fault(Box<Diagnostic>),
}

/// Finds what a link by id leads to: `id`, looked for among entities and events first, or `kind:id`.
///
/// Faults are [`Code::UnknownId`] with the nearest id, [`Code::AmbiguousId`] where an entity and an event share the id, and
/// [`Code::DraftReference`] for what is left out.
pub fn resolve(site: &Site, link: &WikiLink) -> Found {
    let target = Id::written(&link.target);
    let target = target.as_str();
    if let Some((kind, id)) = target.split_once(':') {
        let kind = kind.trim();
        let Some(kind) = Kind::ALL.into_iter().find(|k| k.as_str() == kind) else {
            let known = Kind::ALL.map(Kind::as_str).join(", ");
            let message = format!("‘{kind}’ is no kind of thing that can be linked to");
            let diagnostic = Diagnostic::new(Code::UnknownId, link.span.clone(), message);
            return Found::Fault(Box::new(diagnostic.help(format!("one of {known}"))));
        };
        return among(site, &[kind], id.trim(), &link.span);
    }
    let is = |kind| site.common(&Ref::new(kind, &Id::new(target))).is_some();
    if is(Kind::Entity) && is(Kind::Event) {
        let message = format!("‘{target}’ is both an entity and an event");
        let help = format!("write [[entity:{target}]] or [[event:{target}]]");
        let diagnostic = Diagnostic::new(Code::AmbiguousId, link.span.clone(), message);
        return Found::Fault(Box::new(diagnostic.help(help)));
    }
    among(site, &Kind::ALL, target, &link.span)
}

/// Finds an article that a citation names.
pub fn article(site: &Site, id: &str, span: &Span) -> Found {
    among(site, &[Kind::Article], Id::written(id).as_str(), span)
}

/// The first thing of that id among the kinds.
fn among(site: &Site, kinds: &[Kind], id: &str, span: &Span) -> Found {
    let named = || kinds.iter().map(|kind| Ref::new(*kind, &Id::new(id)));
    if let Some(thing) = named().find(|thing| site.common(thing).is_some()) {
        return Found::Thing(thing);
    }
    let left_out = named().find_map(|thing| Some((site.left_out.get(&thing)?, thing)));
    match left_out {
        Some((LeftOut::Broken, _)) => Found::Nothing,
        Some((why, thing)) => Found::Fault(Box::new(unpublished(*why, &thing, span))),
        None => Found::Fault(Box::new(unknown(site, kinds, id, span))),
    }
}

fn unpublished(why: LeftOut, thing: &Ref, span: &Span) -> Diagnostic {
    let why = match why {
        LeftOut::Undated => "has no date of publication",
        _ => "is a draft",
    };
    let kind = thing.kind.as_str();
    let message = format!(
        "the {kind} ‘{}’ {why} and is left out, and this link with it",
        thing.id
    );
    Diagnostic::new(Code::DraftReference, span.clone(), message)
}

fn unknown(site: &Site, kinds: &[Kind], id: &str, span: &Span) -> Diagnostic {
    let message = match kinds {
        [kind] => format!("there is no {} ‘{id}’", kind.as_str()),
        _ => format!("nothing has the id ‘{id}’"),
    };
    let diagnostic = Diagnostic::new(Code::UnknownId, span.clone(), message);
    let candidates = kinds.iter().flat_map(|kind| site.ids(*kind));
    match did_you_mean(id, candidates.map(Id::as_str)) {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}
