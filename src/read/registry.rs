//! Which ids there are, and what has become of the files that claim them.

use std::collections::BTreeMap;

use super::nearest::did_you_mean;
use crate::base::{Code, Diagnostic, Place, SitePath, Spanned};
use crate::model::{Id, Kind, LeftOut};

/// What has become of a file that claims an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// It is part of the site.
    Live,
    /// It is a draft, and drafts are left out.
    Draft,
    /// It is an article without a date of publication.
    Undated,
    /// It has faults, which are told elsewhere.
    Broken,
}

impl State {
    /// Why a thing of this state is no part of the site.
    pub(super) fn left_out(self) -> Option<LeftOut> {
        match self {
            Self::Live => None,
            Self::Draft => Some(LeftOut::Draft),
            Self::Undated => Some(LeftOut::Undated),
            Self::Broken => Some(LeftOut::Broken),
        }
    }
}

/// All ids by kind.
#[derive(Debug, Default)]
pub(super) struct Registry {
    ids: BTreeMap<(Kind, Id), (SitePath, State)>,
    /// What was found for ids that do not exist: one that is missing is often missing in many places.
    hints: BTreeMap<(Kind, Id), Option<String>>,
}

impl Registry {
    /// Enters an id. Whether it was free; otherwise the clash is reported and the first file keeps it.
    pub(super) fn claim(
        &mut self,
        kind: Kind,
        id: &Id,
        path: &SitePath,
        state: State,
        sink: &mut Vec<Diagnostic>,
    ) -> bool {
        let key = (kind, id.clone());
        if let Some((first, _)) = self.ids.get(&key) {
            let message = format!(
                "two files claim the id `{id}` of {}: {first} and {path}",
                with_article(kind)
            );
            sink.push(
                Diagnostic::file(Code::DuplicateId, path, message)
                    .label(Place::File(first.clone()), "the first of them")
                    .help("the id is the file's name, whatever the folder; rename one of the two"),
            );
            return false;
        }
        self.ids.insert(key, (path.clone(), state));
        true
    }

    /// What has become of an id.
    pub(super) fn state(&self, kind: Kind, id: &Id) -> Option<State> {
        let entry = self.ids.get(&(kind, id.clone()));
        entry.map(|(_, state)| *state)
    }

    /// The ids of a kind, in order.
    pub(super) fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &str> {
        let of_kind = self.ids.keys().filter(move |(k, _)| *k == kind);
        of_kind.map(|(_, id)| id.as_str())
    }

    /// Whether a reference leads to something that is part of the site. If not, that is reported, unless the file it
    /// leads to has faults of its own.
    pub(super) fn resolve(
        &mut self,
        kind: Kind,
        id: &Spanned<Id>,
        sink: &mut Vec<Diagnostic>,
    ) -> bool {
        let why = match self.state(kind, id) {
            Some(State::Live) => return true,
            Some(State::Broken) => return false,
            Some(State::Draft) => "is a draft",
            Some(State::Undated) => "has no date of publication",
            None => {
                sink.push(self.unknown(kind, id));
                return false;
            }
        };
        let message = format!(
            "the {} `{}` {why} and is left out, and this reference with it",
            kind.as_str(),
            id.value
        );
        let help = match kind {
            Kind::Article => "publish it: give it `published` and take away `draft`",
            _ => "publish it: take away its line `draft = true`",
        };
        sink.push(Diagnostic::new(Code::DraftReference, id.span.clone(), message).help(help));
        false
    }

    fn unknown(&mut self, kind: Kind, id: &Spanned<Id>) -> Diagnostic {
        let message = format!("there is no {} `{}`", kind.as_str(), id.value);
        let mut diagnostic = Diagnostic::new(Code::UnknownId, id.span.clone(), message);
        let key = (kind, id.value.clone());
        diagnostic.help = match self.hints.get(&key) {
            Some(hint) => hint.clone(),
            None => {
                let hint = self.hint(kind, &id.value);
                self.hints.insert(key, hint.clone());
                hint
            }
        };
        diagnostic
    }

    fn hint(&self, kind: Kind, id: &Id) -> Option<String> {
        let claimed = |other: &Kind| self.ids.contains_key(&(*other, id.clone()));
        match Kind::ALL.into_iter().find(claimed) {
            Some(other) => Some(format!(
                "`{id}` is {}; {} is needed here",
                with_article(other),
                with_article(kind)
            )),
            None => did_you_mean(id.as_str(), self.of_kind(kind)),
        }
    }
}

/// `an event`.
pub(super) fn with_article(kind: Kind) -> &'static str {
    match kind {
        Kind::Article => "an article",
        Kind::Topic => "a topic",
        Kind::Event => "an event",
        Kind::Entity => "an entity",
        Kind::Measure => "a measure",
        Kind::Page => "a page",
    }
}
