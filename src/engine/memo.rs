//! What one build leaves to the next.
//!
//! A first build begins with an empty [`Memo`], any other with what the last one left: it is the same build. Each stage keeps its
//! results with everything that they were made from, and makes those again of which that differs.
//!
//! 1. [`One`] and [`Kept`] keep values: of one thing, and of many by key. The diagnostics that came with a value are part of it, so no
//!    warning is lost. What a build does not ask for is dropped.
//! 2. [`Pages`] keeps finished pages with what their views looked at.
//!
//! Invariant: a build with a memo makes what one without makes, byte for byte, diagnostics included. What is given to the functions that
//! make values is all that these values are made from: they are functions, not closures over anything else.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use rayon::prelude::*;

use super::annotations::{Listed, Names, ToAnnotate};
use super::extras::Extras;
use super::linking::{ReadArticle, Readers, ToLink, ToRead, WhatLinks};
use super::loading::{ToDress, ToSay};
use super::pages::Pages;
use super::texts::{TextKey, ToParse};
use crate::annotate::Gazetteer;
use crate::base::{Outcome, SitePath, Source};
use crate::link::Links;
use crate::model::{Annotated, Document, Id};
use crate::read::Parsed;
use crate::read::scan::Files;
use crate::render::strings::Strings;
use crate::render::theme::Theme;
use crate::render::view::Material;

/// What is kept from one build of a site to the next.
#[derive(Debug, Default)]
pub struct Memo {
    pub(super) files: Files,
    pub(super) parsed: Kept<(), SitePath, Source, Outcome<Parsed>>,
    pub(super) strings: One<ToSay, Outcome<Arc<Strings>>>,
    pub(super) theme: One<ToDress, Outcome<Arc<Option<Theme>>>>,
    pub(super) documents: Kept<(), TextKey, ToParse, Outcome<Arc<Document>>>,
    pub(super) gazetteer: One<Names, Outcome<Gazetteer>>,
    pub(super) annotated: Kept<Listed, Id, ToAnnotate, Outcome<Arc<Annotated>>>,
    pub(super) readers: One<WhatLinks, Readers>,
    pub(super) read: Kept<Arc<Readers>, Id, ToRead, ReadArticle>,
    pub(super) links: One<ToLink, Links>,
    pub(super) material: Option<Arc<Material>>,
    pub(super) pages: Pages,
    pub(super) extras: Extras,
    /// Whether no later build will ask for anything.
    once: bool,
}

impl Memo {
    /// A memo for a single build: what only a later one would want is let go as soon as it was used.
    pub fn once() -> Self {
        Self {
            once: true,
            pages: Pages::once(),
            extras: Extras::once(),
            ..Self::default()
        }
    }

    /// Lets go what no later step of this build asks for, where there is no later build.
    pub(super) fn let_go(&mut self) {
        if self.once {
            self.parsed = Kept::default();
            self.documents = Kept::default();
            self.annotated = Kept::default();
            self.read = Kept::default();
            self.links = One::default();
        }
    }

    /// Takes note that the files of the last build stand where they belong: their bytes need not be kept.
    pub fn files_stand(&mut self) {
        self.pages.let_go();
        self.extras.let_go();
    }

    /// Whether there are finished files of an earlier build.
    pub fn has_files(&self) -> bool {
        !self.pages.is_empty()
    }

    /// Forgets the finished files, of which the bytes are needed again.
    pub fn forget_files(&mut self) {
        self.pages = Pages::default();
        self.extras = Extras::default();
    }
}

/// A value with what it was made from.
#[derive(Debug)]
pub(super) struct One<I, T>(Option<(I, Arc<T>)>);

impl<I, T> Default for One<I, T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<I, T> One<I, T> {
    /// The value that was made last.
    pub(super) fn last(&self) -> Option<&T> {
        self.0.as_ref().map(|(_, value)| &**value)
    }
}

impl<I: PartialEq, T> One<I, T> {
    /// The value that `make` makes of `input`.
    pub(super) fn renew(&mut self, input: I, make: fn(&I) -> T) -> Arc<T> {
        let kept = self.0.take().filter(|(before, _)| *before == input);
        let value = kept.map_or_else(|| Arc::new(make(&input)), |(_, value)| value);
        self.0 = Some((input, Arc::clone(&value)));
        value
    }
}

/// Values by key, each with what it was made from: what all share, and its own.
#[derive(Debug)]
pub(super) struct Kept<S, K, I, T> {
    shared: Option<S>,
    values: HashMap<K, (I, Arc<T>)>,
}

impl<S, K, I, T> Default for Kept<S, K, I, T> {
    fn default() -> Self {
        Self {
            shared: None,
            values: HashMap::new(),
        }
    }
}

impl<S, K, I, T> Kept<S, K, I, T> {
    /// What all values share.
    pub(super) fn shared(&self) -> Option<&S> {
        self.shared.as_ref()
    }
}

impl<S, K, I, T> Kept<S, K, I, T>
where
    S: Clone + PartialEq + Sync,
    K: Eq + Hash + Clone + Send + Sync,
    I: PartialEq + Send + Sync,
    T: Send + Sync,
{
    /// The values that `make` makes of `inputs`, in their order.
    pub(super) fn renew(
        &mut self,
        shared: &S,
        inputs: Vec<(K, I)>,
        make: fn(&S, &I) -> T,
    ) -> Vec<(K, Arc<T>)> {
        let same = self.shared.as_ref() == Some(shared);
        self.renew_by(
            shared,
            inputs,
            |_| (),
            |(), shared, input| make(shared, input),
            |_, _| same,
        )
    }

    /// The same, where another `shared` does not always make another value: `differ` tells how two of them differ, if that can be told, and
    /// `concerns` whether such a difference may make another value than the one that is there. Where it does not, `make` would make that
    /// one again.
    pub(super) fn renew_where<D: Sync>(
        &mut self,
        shared: &S,
        inputs: Vec<(K, I)>,
        make: fn(&S, &I) -> T,
        differ: fn(&S, &S) -> Option<D>,
        concerns: fn(&D, &I, &T) -> bool,
    ) -> Vec<(K, Arc<T>)> {
        let before = self.shared.as_ref().filter(|before| *before != shared);
        let difference = before.map(|before| differ(before, shared));
        self.renew_by(
            shared,
            inputs,
            |_| (),
            |(), shared, input| make(shared, input),
            |input, value| match &difference {
                Some(Some(difference)) => !concerns(difference, input, value),
                Some(None) => false,
                None => true,
            },
        )
    }

    /// The same as [`Self::renew`] with a tool, of which each thread that needs one gets its own.
    pub(super) fn renew_with<'s, W>(
        &mut self,
        shared: &'s S,
        inputs: Vec<(K, I)>,
        tool: fn(&'s S) -> W,
        make: fn(&mut W, &'s S, &I) -> T,
    ) -> Vec<(K, Arc<T>)> {
        let same = self.shared.as_ref() == Some(shared);
        self.renew_by(shared, inputs, tool, make, |_, _| same)
    }

    /// Keeps of the values made from the same input those that `holds` is true of.
    fn renew_by<'s, W>(
        &mut self,
        shared: &'s S,
        inputs: Vec<(K, I)>,
        tool: impl Fn(&'s S) -> W + Sync + Send,
        make: impl Fn(&mut W, &'s S, &I) -> T + Sync + Send,
        holds: impl Fn(&I, &T) -> bool + Sync + Send,
    ) -> Vec<(K, Arc<T>)> {
        let before = std::mem::take(&mut self.values);
        let one = |mine: &mut Option<W>, (key, input): &(K, I)| {
            let known = before.get(key).filter(|(old, _)| old == input);
            let known = known.filter(|(_, value)| holds(input, value));
            let value = match known {
                Some((_, value)) => Arc::clone(value),
                None => Arc::new(make(
                    mine.get_or_insert_with(|| tool(shared)),
                    shared,
                    input,
                )),
            };
            (key.clone(), value)
        };
        let values: Vec<(K, Arc<T>)> = inputs.par_iter().map_init(|| None, one).collect();
        let made_from = inputs.into_iter().zip(&values);
        self.values = made_from
            .map(|((key, input), (_, value))| (key, (input, Arc::clone(value))))
            .collect();
        self.shared = Some(shared.clone());
        values
    }
}
