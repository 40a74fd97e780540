//! One file at a time.

use super::article::ArticleFile;
use super::attach::local_links;
use super::fields::Fields;
use super::front_matter::{Parts, missing, split};
use super::layout::{Role, id_of};
use super::value::{Region, Table};
use super::{
    article, config, control, correction, entity, event, from_toml, from_yaml, measure, note, page,
    topic,
};
use crate::base::{Code, Diagnostic, Outcome, SitePath, Source, Span};
use crate::model::{
    Body, Config, Entity, EntityType, Event, Id, Kind, Measure, Note, Override, Page, Ref, Topic,
};

/// What one file says.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The file.
    pub path: SitePath,
    /// What is in it.
    pub item: Item,
    /// Its relative links and images, each once.
    pub links: Vec<String>,
}

/// What is in a file.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// `dateline.toml`; not always as it was meant, but there.
    Config(Box<Config>),
    /// The home page's lead.
    Home(Box<Page>),
    /// An article.
    Article(Box<ArticleFile>),
    /// A topic.
    Topic(Box<Topic>),
    /// An event.
    Event(Box<Event>),
    /// An entity.
    Entity(Box<Entity>),
    /// A measure.
    Measure(Box<Measure>),
    /// A plain page.
    Page(Box<Page>),
    /// Notes on the article of that id.
    Notes(Id, Vec<Note>),
    /// Overrides.
    Overrides(Vec<Override>),
    /// Something of which nothing can be made. Its id is taken all the same, so that references to it are not faults too.
    Broken(Ref),
    /// Nothing for the site.
    Nothing,
}

impl Item {
    /// What it is, for things with an id.
    pub fn reference(&self) -> Option<Ref> {
        Some(match self {
            Self::Article(x) => Ref::new(Kind::Article, x.article().id()),
            Self::Topic(x) => Ref::new(Kind::Topic, &x.common.id),
            Self::Event(x) => Ref::new(Kind::Event, &x.common.id),
            Self::Entity(x) => Ref::new(Kind::Entity, x.id()),
            Self::Measure(x) => Ref::new(Kind::Measure, &x.common.id),
            Self::Page(x) => Ref::new(Kind::Page, &x.common.id),
            Self::Broken(reference) => reference.clone(),
            _ => return None,
        })
    }

    fn body(&self) -> Option<&Body> {
        Some(match self {
            Self::Home(x) | Self::Page(x) => &x.common.body,
            Self::Article(x) => &x.article().common.body,
            Self::Topic(x) => &x.common.body,
            Self::Event(x) => &x.common.body,
            Self::Entity(x) => &x.common.body,
            Self::Measure(x) => &x.common.body,
            _ => return None,
        })
    }
}

/// Reads one file. The result depends on its path and its text and on nothing else.
pub fn parse_file(source: &Source) -> Outcome<Parsed> {
    let mut diagnostics = Vec::new();
    let item = item(source, &mut diagnostics);
    let links = item
        .body()
        .map_or_else(Vec::new, |body| local_links(&body.text));
    Outcome {
        value: Parsed {
            path: source.path.clone(),
            item,
            links,
        },
        diagnostics,
    }
}

fn item(source: &Source, sink: &mut Vec<Diagnostic>) -> Item {
    let path = &source.path;
    match Role::of(path) {
        Role::Config => Item::Config(Box::new(config_file(source, sink))),
        Role::Home => home(source, sink).map_or(Item::Nothing, |home| Item::Home(Box::new(home))),
        Role::Item(kind, stem) => match id_of(path, &stem) {
            Ok(id) => of_kind(source, kind, None, &id, sink),
            Err(fault) => {
                sink.push(*fault);
                Item::Nothing
            }
        },
        Role::Entity(entity_type, stem) => match id_of(path, &stem) {
            Ok(id) => of_kind(source, Kind::Entity, Some(entity_type), &id, sink),
            Err(fault) => {
                sink.push(*fault);
                Item::Nothing
            }
        },
        Role::Notes(stem) => notes(source, &stem, sink),
        Role::Overrides => overrides(source, sink),
        Role::Stray(message, help) => {
            let mut diagnostic = Diagnostic::file(Code::StrayFile, path, message);
            diagnostic.help = help;
            sink.push(diagnostic);
            Item::Nothing
        }
        Role::Other => Item::Nothing,
    }
}

fn region(source: &Source) -> Region<'_> {
    Region {
        path: &source.path,
        text: &source.text,
        offset: 0,
    }
}

fn config_file(source: &Source, sink: &mut Vec<Diagnostic>) -> Config {
    let path = &source.path;
    let Some(mut table) = from_toml::parse(region(source)).into_value(sink) else {
        return config::blank(path);
    };
    control::tame_table(&mut table, sink);
    let mut fields = Fields::new(&table, Span::top(path), "the site", sink);
    let config = config::read(&mut fields, path);
    fields.finish();
    config
}

/// Something with an id, or what is left of it.
fn of_kind(
    source: &Source,
    kind: Kind,
    entity_type: Option<EntityType>,
    id: &Id,
    sink: &mut Vec<Diagnostic>,
) -> Item {
    let (what, example) = match kind {
        Kind::Article => ("an article", article::EXAMPLE),
        Kind::Topic => ("a topic", topic::EXAMPLE),
        Kind::Event => ("an event", event::EXAMPLE),
        Kind::Entity => ("an entity", entity::EXAMPLE),
        Kind::Measure => ("a measure", measure::EXAMPLE),
        Kind::Page => ("a page", page::EXAMPLE),
    };
    let broken = Item::Broken(Ref::new(kind, id));
    let Some((table, body, place)) = open(source, Some(example), sink) else {
        return broken;
    };
    let mut fields = Fields::new(&table, place, what, sink);
    let f = &mut fields;
    let item = match kind {
        Kind::Article => article::read(f, id, body).map(|x| Item::Article(Box::new(x))),
        Kind::Topic => topic::read(f, id, body).map(|x| Item::Topic(Box::new(x))),
        Kind::Event => event::read(f, id, body).map(|x| Item::Event(Box::new(x))),
        Kind::Entity => entity_type
            .and_then(|entity_type| entity::read(f, id, entity_type, body))
            .map(|x| Item::Entity(Box::new(x))),
        Kind::Measure => measure::read(f, id, body).map(|x| Item::Measure(Box::new(x))),
        Kind::Page => page::read(f, id, body).map(|x| Item::Page(Box::new(x))),
    };
    fields.finish();
    item.unwrap_or(broken)
}

/// The parts of a Markdown file: its table, its body, and the place for faults of the whole. Nothing if the front matter
/// is broken, or missing where an `example` shows what it should look like.
fn open(
    source: &Source,
    example: Option<&str>,
    sink: &mut Vec<Diagnostic>,
) -> Option<(Table, Body, Span)> {
    let Parts {
        mut table,
        has_front_matter,
        mut body,
    } = split(source).into_value(sink);
    control::tame_body(&mut body, sink);
    if let Some(table) = &mut table {
        control::tame_table(table, sink);
    }
    if let (false, Some(example)) = (has_front_matter, example) {
        sink.push(missing(source, example));
        return None;
    }
    let table = if has_front_matter {
        table?
    } else {
        Table::default()
    };
    let blank = source.text.len() - source.text.trim_start().len();
    let place = if has_front_matter {
        Span::new(&source.path, blank, blank + 3)
    } else {
        Span::top(&source.path)
    };
    Some((table, body, place))
}

fn home(source: &Source, sink: &mut Vec<Diagnostic>) -> Option<Page> {
    let (table, body, place) = open(source, None, sink)?;
    let mut fields = Fields::new(&table, place, "the home page", sink);
    let home = page::read_home(&mut fields, &Id::new("index"), body);
    fields.finish();
    Some(home)
}

fn notes(source: &Source, stem: &str, sink: &mut Vec<Diagnostic>) -> Item {
    let Some((table, body, place)) = open(source, None, sink) else {
        return Item::Nothing;
    };
    let mut fields = Fields::new(&table, place, "a notes file", sink);
    let signature = note::signature(&mut fields);
    fields.finish();
    let notes = note::read(&body, &signature).into_value(sink);
    Item::Notes(super::check::id(stem), notes)
}

fn overrides(source: &Source, sink: &mut Vec<Diagnostic>) -> Item {
    let table = if source.path.file_name().ends_with(".toml") {
        from_toml::parse(region(source))
    } else {
        from_yaml::parse(region(source))
    };
    let Some(mut table) = table.into_value(sink) else {
        return Item::Nothing;
    };
    control::tame_table(&mut table, sink);
    let place = Span::top(&source.path);
    let mut fields = Fields::new(&table, place, "a file of overrides", sink);
    let overrides = correction::read(&mut fields);
    fields.finish();
    Item::Overrides(overrides)
}
