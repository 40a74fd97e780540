//! Templates: a theme made ready to render pages.
//!
//! 1. `theme.toml` is read and the site's options are checked against it.
//! 2. Every template is parsed alone, so that each file's faults are found.
//! 3. All are joined: the theme's own under `theme/NAME`, the site's under `NAME`. A name without a folder means the
//!    site's template if there is one and the theme's otherwise, so a site replaces `article.html` by having one, and
//!    `{% extends "theme/article.html" %}` reaches what it replaced. Components go by the same order.
//! 4. Circles of components and missing interface strings are looked for.
//!
//! They are joined with the interface's words in place of what says them by a fixed key ([`words`]). If a page cannot be rendered, it
//! is tried again with the templates as they are written, which tells where the fault is.
//!
//! Invariant: a page is a function of its template, its view, the site's view and [`Theme::hash`]. No function that
//! templates can call reaches anything else.

mod fault;
mod manifest;
mod scan;
mod words;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use serde::Serialize;
use tera::{Context, Tera, Value};

use super::strings::Strings;
use super::view::{PageView, SiteView};
use super::{Artifact, Class};
use crate::base::{Code, Diagnostic, Hash128, OutPath, Outcome, Place, SitePath, Span, Spanned};
use crate::model::{ThemeFile, ThemeFiles};
use fault::Template;
pub use manifest::{Manifest, OptionKind};
use words::Words;

/// Before the names of the theme's own templates.
const BELOW: &str = "theme/";

/// Room for a page, in bytes. Few are larger.
const ROOM: usize = 1 << 16;

/// The templates that a theme must have, or take from the site.
pub const TEMPLATES: [&str; 20] = [
    "404.html",
    "article.html",
    "articles.html",
    "data.html",
    "entities.html",
    "entity.html",
    "event.html",
    "events.html",
    "gaps.html",
    "home.html",
    "measure.html",
    "measures.html",
    "plain.html",
    "redirect.html",
    "search.html",
    "timeline.html",
    "topic.html",
    "topics.html",
    "words.html",
    "base.html",
];

/// A theme, ready to render.
pub struct Theme {
    tera: Tera,
    /// The same by the templates as they are written, for faults.
    written: OnceLock<Option<Tera>>,
    words: Words,
    templates: BTreeMap<String, Template>,
    manifest: Manifest,
    options: serde_json::Value,
    assets: Vec<Artifact>,
    hash: Hash128,
}

impl std::fmt::Debug for Theme {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Theme")
            .field("manifest", &self.manifest)
            .field("hash", &self.hash)
            .finish_non_exhaustive()
    }
}

impl Theme {
    /// Makes a theme ready. `options` are the site's `[theme_options]`. There is no theme where a template is at fault.
    ///
    /// # Errors
    /// Diagnostics: faults of `theme.toml` and of the options, templates that Tera refuses or that are missing, circles of
    /// includes and components, interface strings that nobody has written, static files that cannot be served.
    pub fn load(
        files: &ThemeFiles,
        options: &[(Spanned<String>, Spanned<serde_json::Value>)],
        strings: &Arc<Strings>,
    ) -> Outcome<Option<Self>> {
        let mut faults = Vec::new();
        let home = home(files);
        let manifest = match files.files.get("theme.toml") {
            Some(file) => Manifest::read(file, &mut faults),
            None => {
                let message = format!("the theme ‘{}’ has no theme.toml", files.name);
                faults.push(Diagnostic::at(Code::Theme, home.clone(), message));
                Manifest::default()
            }
        };
        let options = manifest.settle(options, &mut faults);
        let assets = assets(files, &mut faults);
        let templates = templates(files, &mut faults);
        let joined = join(&templates, &home, strings, &mut faults);
        let hash = hash(&templates, strings, &options);
        let value = joined.map(|(tera, words)| Self {
            tera,
            written: OnceLock::new(),
            words,
            templates,
            manifest,
            options,
            assets,
            hash,
        });
        Outcome {
            value,
            diagnostics: faults,
        }
    }

    /// What the theme says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The theme's options with the site's values, for [`SiteView::options`].
    pub fn options(&self) -> &serde_json::Value {
        &self.options
    }

    /// The static files, served below `assets/`.
    pub fn assets(&self) -> &[Artifact] {
        &self.assets
    }

    /// A hash of everything about the theme that can change a page: templates, interface strings and options.
    pub fn hash(&self) -> Hash128 {
        self.hash
    }

    /// The site's view, made once and then shared by all pages.
    ///
    /// # Errors
    /// A diagnostic if the view cannot be put into the terms of templates.
    pub fn site(view: &SiteView) -> Result<Value, Box<Diagnostic>> {
        Value::try_from_serializable(view).map_err(|error| {
            let place = Place::File(SitePath::new("dateline.toml"));
            let message = format!("the site cannot be shown to templates: {error}");
            Box::new(Diagnostic::at(Code::Render, place, message))
        })
    }

    /// Renders a page with a template such as `article.html`. Templates see `site`, `page` and `view`.
    ///
    /// # Errors
    /// A diagnostic at the place in the template, naming the page.
    pub fn render(
        &self,
        template: &str,
        page: &PageView,
        view: &impl Serialize,
        site: &Value,
    ) -> Result<String, Box<Diagnostic>> {
        let [page, view] = self.values(template, page, view)?;
        self.render_values(template, page, view, site)
    }

    /// A page and its view in the terms of templates.
    ///
    /// # Errors
    /// A diagnostic for the template, naming the page.
    pub fn values(
        &self,
        template: &str,
        page: &PageView,
        view: &impl Serialize,
    ) -> Result<[Value; 2], Box<Diagnostic>> {
        Value::try_from_serializable(page)
            .and_then(|page| Ok([page, Value::try_from_serializable(view)?]))
            .map_err(|error| self.fault(template, &page.path, &error))
    }

    /// Renders a page of [`values`](Self::values).
    ///
    /// # Errors
    /// A diagnostic at the place in the template, naming the page.
    pub fn render_values(
        &self,
        template: &str,
        page: Value,
        view: Value,
        site: &Value,
    ) -> Result<String, Box<Diagnostic>> {
        let path = page.get_from_path("path").and_then(Value::as_str);
        let path = path.unwrap_or_default().to_owned();
        let mut context = Context::new();
        context.insert_value("site", site.clone());
        context.insert_value("page", page);
        context.insert_value("view", view);
        let mut html = Vec::with_capacity(ROOM);
        let rendered = self.tera.render_to(template, &context, &mut html);
        let html = rendered.and_then(|()| Ok(String::from_utf8(html)?));
        html.map_err(|error| {
            let built = || build(as_written(&self.templates), &self.words).ok();
            let written = self.written.get_or_init(built).as_ref();
            let told = written.and_then(|tera| tera.render(template, &context).err());
            self.fault(template, &path, &told.unwrap_or(error))
        })
    }

    fn fault(&self, template: &str, page: &str, error: &tera::Error) -> Box<Diagnostic> {
        let place = self.place(template);
        let mut faults = fault::faults(error, Code::Render, &self.templates, &place);
        let mut first = if faults.is_empty() {
            Diagnostic::at(Code::Render, place, "the template could not be rendered")
        } else {
            faults.swap_remove(0)
        };
        first.message = format!("{} (on the page ‘{page}’)", first.message);
        Box::new(first)
    }

    fn place(&self, template: &str) -> Place {
        let path = self
            .templates
            .get(template)
            .or_else(|| self.templates.get(&format!("{BELOW}{template}")))
            .map_or_else(|| SitePath::new(template), |t| t.path.clone());
        Place::File(path)
    }
}

/// The theme's folder, for faults of the whole.
fn home(files: &ThemeFiles) -> Place {
    Place::File(SitePath::new(format!("themes/{}", files.name)))
}

/// All templates by the name that Tera knows them under.
fn templates(files: &ThemeFiles, faults: &mut Vec<Diagnostic>) -> BTreeMap<String, Template> {
    let mut templates = BTreeMap::new();
    for (folder, list) in [(BELOW, &files.files), ("", &files.overrides)] {
        for (path, file) in list {
            let Some(name) = path.strip_prefix("templates/") else {
                continue;
            };
            if folder.is_empty() && name.starts_with(BELOW) {
                let message = "a site’s template cannot stand in a folder ‘theme’: that is where the theme’s own are";
                faults.push(Diagnostic::file(Code::Theme, &file.path, message));
                continue;
            }
            if !name.ends_with(".html") {
                continue;
            }
            let Ok(text) = std::str::from_utf8(&file.bytes) else {
                let message = "this template is not UTF-8 text";
                faults.push(Diagnostic::file(Code::NotUtf8, &file.path, message));
                continue;
            };
            let template = Template {
                path: file.path.clone(),
                text: text.strip_prefix('\u{feff}').unwrap_or(text).to_owned(),
            };
            templates.insert(format!("{folder}{name}"), template);
        }
    }
    templates
}

/// Builds the one Tera that renders all pages; none where a template is at fault.
fn join(
    templates: &BTreeMap<String, Template>,
    home: &Place,
    strings: &Arc<Strings>,
    faults: &mut Vec<Diagnostic>,
) -> Option<(Tera, Words)> {
    let before = faults.len();
    for wanted in TEMPLATES {
        if !templates.contains_key(wanted) && !templates.contains_key(&format!("{BELOW}{wanted}")) {
            let message = format!("the theme has no template ‘{wanted}’");
            let help = format!("add templates/{wanted} to the theme or to the site");
            faults.push(Diagnostic::at(Code::Theme, home.clone(), message).help(help));
        }
    }
    let named: BTreeMap<String, scan::Named> = templates
        .iter()
        .map(|(name, template)| (name.clone(), scan::scan(&template.text)))
        .collect();
    let missing = missing_strings(templates, &named, strings);
    for (name, template) in templates {
        // Alone, a template can still have no parent: only what Tera says of its syntax counts here.
        let alone = Tera::new().add_raw_template(name, &template.text);
        if let Err(error) = alone
            && matches!(error.kind(), tera::ErrorKind::SyntaxError(_))
        {
            faults.extend(fault::faults(&error, Code::Template, templates, home));
        }
    }
    if let Some((template, range, members)) = scan::circle(&named) {
        let message = format!("rendering would never end: {}", members.join(" → "));
        let place = templates.get(&template).map_or_else(
            || home.clone(),
            |t| Place::Span(Span::new(&t.path, range.start, range.end)),
        );
        faults.push(
            Diagnostic::at(Code::Template, place, message)
                .help("a component or an included template must not lead back to itself"),
        );
    }
    faults.extend(defined_twice(templates, &named));
    if faults.len() > before {
        return None;
    }
    let (keys, untold): (BTreeSet<String>, Vec<Diagnostic>) = missing.into_iter().unzip();
    faults.extend(untold);
    let words = Words {
        strings: Arc::clone(strings),
        missing: keys,
    };
    let fixed = templates.iter().map(|(name, template)| {
        let text = words::with_fixed(&template.text, named.get(name), strings);
        (name.as_str(), text)
    });
    match build(fixed, &words).or_else(|_| build(as_written(templates), &words)) {
        Ok(tera) => Some((tera, words)),
        Err(error) => {
            faults.extend(fault::faults(&error, Code::Template, templates, home));
            None
        }
    }
}

fn as_written(
    templates: &BTreeMap<String, Template>,
) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
    let templates = templates.iter();
    templates.map(|(name, template)| (name.as_str(), template.text.as_str().into()))
}

/// Joins templates.
fn build<'t>(
    templates: impl Iterator<Item = (&'t str, Cow<'t, str>)>,
    words: &Words,
) -> tera::TeraResult<Tera> {
    let mut tera = Tera::new();
    words::register(&mut tera, words);
    tera.set_fallback_prefixes([BELOW])?;
    tera.add_raw_templates(templates)?;
    Ok(tera)
}

/// Components that two templates define, be both the theme's or both the site's own. Tera would tell of one of them, whichever it came
/// upon first.
fn defined_twice(
    templates: &BTreeMap<String, Template>,
    named: &BTreeMap<String, scan::Named>,
) -> Vec<Diagnostic> {
    let mut first: BTreeMap<(bool, &str), &Template> = BTreeMap::new();
    let mut faults = Vec::new();
    for (name, names) in named {
        let Some(template) = templates.get(name) else {
            continue;
        };
        for component in names.components.keys() {
            let known = *first
                .entry((name.starts_with(BELOW), component))
                .or_insert(template);
            if known.path != template.path {
                let path = &known.path;
                let message = format!("the component ‘{component}’ is defined in ‘{path}’ too");
                faults.push(
                    Diagnostic::file(Code::Template, &template.path, message)
                        .help("rename one of the two, or remove it"),
                );
            }
        }
    }
    faults
}

/// Interface strings that templates name and no language file has, each at the first place that names it.
fn missing_strings(
    templates: &BTreeMap<String, Template>,
    named: &BTreeMap<String, scan::Named>,
    strings: &Strings,
) -> Vec<(String, Diagnostic)> {
    let mut missing: BTreeMap<&str, Diagnostic> = BTreeMap::new();
    for (name, names) in named {
        for (key, range) in &names.strings {
            let Some(template) = templates.get(name).filter(|_| !strings.has(key)) else {
                continue;
            };
            missing.entry(key).or_insert_with(|| {
                let span = Span::new(&template.path, range.start, range.end);
                let message = format!("there is no interface string ‘{key}’");
                let file = format!("i18n/{}.toml", strings.language());
                let help = match nearest(key, strings) {
                    Some(close) => format!("did you mean ‘{close}’?"),
                    None => {
                        format!("add it to templates/{file} of the site or {file} of the theme")
                    }
                };
                Diagnostic::new(Code::MissingString, span, message).help(help)
            });
        }
    }
    let missing = missing.into_iter();
    missing.map(|(k, fault)| (k.to_owned(), fault)).collect()
}

fn nearest<'a>(key: &str, strings: &'a Strings) -> Option<&'a str> {
    let (distance, best) = strings
        .keys()
        .map(|k| (strsim::damerau_levenshtein(key, k), k))
        .min()?;
    (distance <= 2).then_some(best)
}

/// The theme's static files and the site's in their place.
fn assets(files: &ThemeFiles, faults: &mut Vec<Diagnostic>) -> Vec<Artifact> {
    let mut chosen: BTreeMap<&str, &ThemeFile> = BTreeMap::new();
    for (path, file) in files.files.iter().chain(&files.overrides) {
        if let Some(name) = path.strip_prefix("static/") {
            chosen.insert(name, file);
        }
    }
    let mut assets = Vec::new();
    for (name, file) in chosen {
        match OutPath::new(&format!("assets/{name}")) {
            Ok(path) => {
                let origin = format!("the theme’s {name}");
                let bytes = Bytes::from_owner(Arc::clone(&file.bytes));
                let mut asset = Artifact::new(path, bytes, Class::Asset, origin);
                asset.place = Some(Place::File(file.path.clone()));
                assets.push(asset);
            }
            Err(error) => {
                let message = format!("this file cannot be served: its name {error}");
                faults.push(Diagnostic::file(Code::BadPath, &file.path, message));
            }
        }
    }
    assets
}

fn hash(
    templates: &BTreeMap<String, Template>,
    strings: &Strings,
    options: &serde_json::Value,
) -> Hash128 {
    // Lengths keep the parts apart, so that no two sets of parts can look alike.
    let mut bytes = Vec::new();
    let mut part = |text: &str| {
        bytes.extend_from_slice(&(text.len() as u64).to_le_bytes());
        bytes.extend_from_slice(text.as_bytes());
    };
    for (name, template) in templates {
        part(name);
        part(&template.text);
    }
    part(&options.to_string());
    part(strings.language());
    part(&strings.fingerprint());
    Hash128::of(&bytes)
}
