//! `dateline.toml`.

use super::article::RIGHTS;
use super::builtin::DEFAULT_THEME;
use super::fields::Fields;
use super::{check, from_toml};
use crate::base::{Code, SitePath, Source, Span, Spanned};
use crate::model::{Config, DataOptions, Layers, Rights, RightsDefaults};

/// The name of the file.
pub const CONFIG_FILE: &str = "dateline.toml";

/// The most entries on a page or in a feed.
const MOST_ENTRIES: i64 = 10_000;

const LANGUAGE: &str = "en";
const PAGINATE_BY: usize = 50;
const FEED_LIMIT: usize = 20;

/// The most related articles of an article in the data, and the default.
const MOST_RELATED: i64 = 50;
const DATA: DataOptions = DataOptions {
    related: 50,
    tables: true,
    annotations: None,
    whole: 1000,
    license: None,
};

/// The most articles for which `[data] whole` may ask.
const MOST_WHOLE: i64 = 1_000_000;

/// The most words of a quotation from an article published as an excerpt.
const MAX_WORDS: usize = 14;

/// Reads the table of the file.
pub(super) fn read(fields: &mut Fields<'_, '_>, path: &SitePath) -> Config {
    let title = fields.required_string("title").map(|title| title.value);
    let strap = fields.string("strap");
    let base_url = fields.checked("base_url", Code::BadValue, check::base_url);
    let theme = fields.checked("theme", Code::BadValue, theme_folder);
    let cname = fields.checked("cname", Code::BadValue, check::host);
    let paginate_by = entries(fields, "paginate_by").unwrap_or(PAGINATE_BY);
    let feed_limit = entries(fields, "feed_limit").unwrap_or(FEED_LIMIT);
    let config = blank(path);
    Config {
        description: fields.string("description").or_else(|| strap.clone()),
        publisher: fields.string("publisher").or_else(|| title.clone()),
        title: title.unwrap_or(config.title),
        strap,
        base_url: base_url.map(|url| url.value),
        language: fields.language("language").unwrap_or(config.language),
        theme: theme.unwrap_or(config.theme),
        about: fields.string("about"),
        cname: cname.map(|host| host.value),
        menu: fields.ids("menu"),
        paginate_by,
        feed_limit,
        data: fields
            .table("data", "the table of data", data)
            .unwrap_or(config.data),
        layers: fields
            .table("annotations", "the table of annotations", layers)
            .unwrap_or(config.layers),
        rights: fields
            .table("rights", "the table of rights", rights)
            .unwrap_or(config.rights),
        theme_options: fields.open_table("theme_options"),
        extra: fields.extra("extra"),
        span: config.span,
    }
}

/// A site that says nothing of itself, so that the faults of everything else can be told when `dateline.toml` is broken.
pub(super) fn blank(path: &SitePath) -> Config {
    Config {
        title: "Untitled".into(),
        strap: None,
        description: None,
        base_url: None,
        language: LANGUAGE.into(),
        theme: Spanned::new(DEFAULT_THEME.into(), Span::top(path)),
        publisher: None,
        about: None,
        cname: None,
        menu: Vec::new(),
        paginate_by: PAGINATE_BY,
        feed_limit: FEED_LIMIT,
        data: DATA,
        layers: LAYERS,
        rights: RightsDefaults {
            default: Rights::Full,
            max_words: MAX_WORDS,
            statement: None,
        },
        theme_options: Vec::new(),
        extra: serde_json::Value::Object(serde_json::Map::new()),
        span: Span::top(path),
    }
}

/// What is published unless the editor says otherwise: all but what rests on rules alone and has no entry to be checked by.
const LAYERS: Layers = Layers {
    people: true,
    organizations: true,
    places: true,
    terms: true,
    dates: true,
    figures: true,
    quotations: true,
    unlisted: false,
    notes: true,
    events: false,
};

fn entries(fields: &mut Fields<'_, '_>, key: &'static str) -> Option<usize> {
    let number = fields.integer(key, 1..=MOST_ENTRIES)?;
    usize::try_from(number).ok()
}

fn data(fields: &mut Fields<'_, '_>) -> DataOptions {
    let related = fields.integer("related", 0..=MOST_RELATED);
    let whole = fields.integer("whole", 0..=MOST_WHOLE);
    // A switch that is not understood is off: an error is told, and nothing is given away that may be unwanted.
    let tables = fields.bool("tables");
    let annotations = fields.bool("annotations");
    DataOptions {
        related: related.map_or(DATA.related, |n| usize::try_from(n).unwrap_or(0)),
        tables: tables.unwrap_or_else(|| !fields.has("tables")),
        annotations: annotations.or_else(|| fields.has("annotations").then_some(false)),
        whole: whole.map_or(DATA.whole, |n| usize::try_from(n).unwrap_or(0)),
        license: fields.string("license"),
    }
}

/// The layers. One whose switch is not understood stays off: an error is told, and nothing is shown that may be unwanted.
fn layers(fields: &mut Fields<'_, '_>) -> Layers {
    let mut layer = |key: &'static str| {
        let value = fields.bool(key);
        value.unwrap_or_else(|| !fields.has(key))
    };
    Layers {
        people: layer("people"),
        organizations: layer("organizations"),
        places: layer("places"),
        terms: layer("terms"),
        dates: layer("dates"),
        figures: layer("figures"),
        quotations: layer("quotations"),
        notes: layer("notes"),
        unlisted: fields.bool("unlisted").unwrap_or(LAYERS.unlisted),
        events: fields.bool("events").unwrap_or(LAYERS.events),
    }
}

fn rights(fields: &mut Fields<'_, '_>) -> RightsDefaults {
    let default = fields.enumeration("default", &RIGHTS);
    let max_words = fields.integer("max_words", 0..=MOST_ENTRIES);
    RightsDefaults {
        default: default.unwrap_or(if fields.has("default") {
            Rights::Metadata
        } else {
            Rights::Full
        }),
        max_words: max_words
            .and_then(|words| usize::try_from(words).ok())
            .unwrap_or(MAX_WORDS),
        statement: fields.string("statement"),
    }
}

/// Checks the name of a theme's folder.
fn theme_folder(name: &str) -> Result<String, String> {
    let fits = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    if name.chars().all(fits) && !name.starts_with('.') {
        Ok(name.to_owned())
    } else {
        Err("must be the name of a folder below `themes/`".into())
    }
}

/// The theme that a configuration asks for, as far as it can be read; the files of that theme are read with the sources.
pub(super) fn theme_name(source: &Source) -> String {
    let region = super::value::Region {
        path: &source.path,
        text: &source.text,
        offset: 0,
    };
    let mut ignored = Vec::new();
    let table = from_toml::parse(region).value.unwrap_or_default();
    Fields::new(&table, Span::top(&source.path), "the site", &mut ignored)
        .checked("theme", Code::BadValue, theme_folder)
        .map_or_else(|| DEFAULT_THEME.into(), |name| name.value)
}
