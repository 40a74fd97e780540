//! Rendering every page that is not as it was.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;
use tera::Value;

use super::fingerprint;
use super::gate::{Gate, protected};
use crate::base::{Code, Diagnostic, Hash128, Outcome, Place, SitePath};
use crate::model::Entity;
use crate::render::theme::Theme;
use crate::render::view::pages::PageKey;
use crate::render::view::reads::{Changes, Looked, Reads};
use crate::render::view::{Briefing, Material};
use crate::render::{Artifact, Class};

/// Finished pages, with what their views looked at.
#[derive(Debug, Default)]
pub(super) struct Pages {
    /// What they were made of.
    material: Option<Arc<Material>>,
    globals: Option<Globals>,
    pages: HashMap<PageKey, (Looked, Artifact)>,
    /// Whether no later build will ask for any.
    once: bool,
}

impl Pages {
    /// For a single build: it neither notes what views look at nor keeps their pages.
    pub(super) fn once() -> Self {
        Self {
            once: true,
            ..Self::default()
        }
    }

    /// Lets go of the bytes of all pages.
    pub(super) fn let_go(&mut self) {
        self.pages
            .values_mut()
            .for_each(|(_, artifact)| artifact.bytes = None);
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// The page as it was made before, if nothing differs that its view looked at.
    fn kept(&self, key: &PageKey, changes: &Changes) -> Option<(Looked, Artifact)> {
        let kept = self.pages.get(key);
        kept.filter(|(looked, _)| !changes.touch(looked)).cloned()
    }
}

/// What every page is made of beside its view.
#[derive(Debug, Clone, PartialEq)]
struct Globals {
    parts: [(&'static str, Hash128); 2],
    /// Whose names finished pages have been searched for.
    protected: Vec<Entity>,
}

impl Globals {
    fn of(material: &Material, parts: [(&'static str, Hash128); 2]) -> Self {
        Self {
            parts,
            protected: protected(&material.site).cloned().collect(),
        }
    }
}

/// Renders all pages of a site.
pub(super) fn render(
    pages: &mut Pages,
    material: &Arc<Material>,
    theme: &Theme,
    gate: &Gate,
) -> Outcome<Vec<Artifact>> {
    let briefing = material.briefing(None);
    let press = match Press::of(material, theme) {
        Ok(press) => press,
        Err(fault) => {
            return Outcome {
                value: Vec::new(),
                diagnostics: vec![*fault],
            };
        }
    };
    let globals = Some(Globals::of(material, press.globals));
    // Not of the last build, which may have had no theme to make pages with.
    let before = pages.material.as_ref().filter(|_| pages.globals == globals);
    let changes = before.and_then(|before| Changes::between(before, material));
    let keys = briefing.pages();
    let indexes = material.indexes();
    let one = |reads: &mut Reads, key: &PageKey| {
        let kept = changes
            .as_ref()
            .and_then(|changes| pages.kept(key, changes));
        if let Some((looked, mut artifact)) = kept {
            // Where its source says so may have moved, and no view looks at that.
            (artifact.origin, artifact.place) = origin(&briefing, key);
            return Ok(Some((looked, artifact)));
        }
        let noting = (!pages.once).then_some(&*reads);
        let made = press.page(&material.quick_briefing(noting, &indexes), key);
        let looked = match pages.once {
            true => Looked::default(),
            false => reads.take(),
        };
        let Some(artifact) = made? else {
            return Ok(None);
        };
        Ok(Some((looked, gate.pass(artifact)?)))
    };
    let results: Vec<Made> = keys.par_iter().map_init(Reads::default, one).collect();
    let mut artifacts = Vec::new();
    let mut diagnostics = Vec::new();
    let mut kept = HashMap::new();
    for (key, result) in keys.into_iter().zip(results) {
        match result {
            Ok(Some((looked, artifact))) => {
                if !pages.once {
                    kept.insert(key, (looked, artifact.clone()));
                }
                artifacts.push(artifact);
            }
            Ok(None) => {}
            Err(fault) => diagnostics.push(*fault),
        }
    }
    *pages = Pages {
        material: Some(Arc::clone(material)),
        globals,
        pages: kept,
        once: pages.once,
    };
    Outcome {
        value: artifacts,
        diagnostics,
    }
}

/// A page with what its view looked at; nothing for a page of something that is not there.
type Made = Result<Option<(Looked, Artifact)>, Box<Diagnostic>>;

/// What turns views into pages.
pub(super) struct Press<'a> {
    theme: &'a Theme,
    site: Value,
    globals: [(&'static str, Hash128); 2],
}

impl<'a> Press<'a> {
    /// What turns views of this material into pages.
    ///
    /// # Errors
    /// The site's view cannot be put into the terms of templates.
    pub(super) fn of(material: &Material, theme: &'a Theme) -> Result<Self, Box<Diagnostic>> {
        let site_view = material.briefing(None).site_view(theme.options().clone());
        let site = Theme::site(&site_view)?;
        Ok(Self {
            theme,
            globals: [("theme", theme.hash()), ("site", fingerprint::of(&site))],
            site,
        })
    }

    /// Makes a page; none of something that is not there.
    pub(super) fn page(
        &self,
        briefing: &Briefing,
        key: &PageKey,
    ) -> Result<Option<Artifact>, Box<Diagnostic>> {
        let (origin, place) = origin(briefing, key);
        let path = briefing.path(key).map_err(|error| {
            let place = place
                .clone()
                .unwrap_or_else(|| Place::File(SitePath::new("dateline.toml")));
            Box::new(Diagnostic::at(
                Code::BadPath,
                place,
                format!("the address of {origin} {error}"),
            ))
        })?;
        let Some(made) = briefing.make(key, &path) else {
            return Ok(None);
        };
        let [page, view] = self.theme.values(made.template, &made.page, &made.view)?;
        let parts = parts(&page, &view);
        let html = self
            .theme
            .render_values(made.template, page, view, &self.site)?;
        let mut artifact = Artifact::new(path, html.into_bytes(), Class::Page, origin);
        artifact.place = place;
        artifact.parts = parts;
        artifact.parts.extend_from_slice(&self.globals);
        Ok(Some(artifact))
    }
}

/// What a page is made of, for messages, and where that is written.
fn origin(briefing: &Briefing, key: &PageKey) -> (String, Option<Place>) {
    let (origin, span) = briefing.origin(key);
    (origin, span.map(Place::Span))
}

/// A hash of each part of a page's view, so that it can be told which of them changed.
fn parts(page: &Value, view: &Value) -> Vec<(&'static str, Hash128)> {
    let view = fingerprint::by_part(view, part_name);
    std::iter::once(("page", fingerprint::of(page)))
        .chain(view)
        .collect()
}

/// Views have few kinds of part; what a page is made of is told by these words.
fn part_name(field: &str) -> &'static str {
    match field {
        "title" | "lead" | "names" | "name" | "kind" | "over" => "title",
        "blocks" | "footnotes_html" | "excerpts" | "toc" => "text",
        "source" | "cite_report" | "cite_page" | "rights" | "digest" => "source",
        "cards" | "layers" => "cards",
        "events" | "chain" | "parts" | "years" | "chart" => "events",
        "related" => "related articles",
        "topics" | "pagers" | "actors" => "topics",
        "articles" | "sources" | "statements" | "rests_on" => "reports",
        "facts" | "record" | "gaps" | "precision" | "status" | "status_text" | "date" => "record",
        "total" | "reports" | "shelves" | "all_articles" | "all_events" => "counts",
        "values" | "disputes" | "dispute" | "measures" | "unit" => "figures",
        "concordance" | "mentions" | "with" | "voices" | "words" => "mentions",
        _ => "content",
    }
}
