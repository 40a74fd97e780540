//! Rendering every page.

use rayon::prelude::*;

use super::fingerprint;
use crate::base::{Code, Diagnostic, Hash128, Outcome, Place, SitePath};
use crate::render::theme::Theme;
use crate::render::view::Briefing;
use crate::render::view::pages::{MadePage, PageKey};
use crate::render::{Artifact, Class};

/// Renders all pages of a site.
pub(super) fn render(briefing: &Briefing, theme: &Theme) -> Outcome<Vec<Artifact>> {
    let site_view = briefing.site_view(theme.options().clone());
    let site = match Theme::site(&site_view) {
        Ok(site) => site,
        Err(fault) => {
            return Outcome {
                value: Vec::new(),
                diagnostics: vec![*fault],
            };
        }
    };
    let globals = [
        ("theme", theme.hash()),
        ("site", fingerprint::of(&site_view)),
    ];
    let keys = briefing.pages();
    let results: Vec<Result<Option<Artifact>, Box<Diagnostic>>> = keys
        .par_iter()
        .map(|key| page(briefing, theme, &site, &globals, key))
        .collect();
    let mut artifacts = Vec::new();
    let mut diagnostics = Vec::new();
    for result in results {
        match result {
            Ok(artifact) => artifacts.extend(artifact),
            Err(fault) => diagnostics.push(*fault),
        }
    }
    Outcome {
        value: artifacts,
        diagnostics,
    }
}

fn page(
    briefing: &Briefing,
    theme: &Theme,
    site: &tera::Value,
    globals: &[(&'static str, Hash128)],
    key: &PageKey,
) -> Result<Option<Artifact>, Box<Diagnostic>> {
    let (origin, span) = briefing.origin(key);
    let place = span.map(Place::Span);
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
    let html = theme.render(made.template, &made.page, &made.view, site)?;
    let mut artifact = Artifact::new(path, html.into_bytes(), Class::Page, origin);
    artifact.place = place;
    artifact.parts = parts(&made);
    artifact.parts.extend_from_slice(globals);
    Ok(Some(artifact))
}

/// A hash of each part of a page's view, so that it can be told which of them changed.
fn parts(made: &MadePage) -> Vec<(&'static str, Hash128)> {
    let page = fingerprint::of(&made.page);
    let view = fingerprint::by_part(&made.view, part_name);
    std::iter::once(("page", page)).chain(view).collect()
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
        "values" | "disputes" | "dispute" | "measures" | "unit" => "figures",
        "concordance" | "mentions" | "with" | "voices" | "words" => "mentions",
        _ => "content",
    }
}
