//! From files, standard input and lines of JSON to texts.
//!
//! 1. [`items`] tells what there is to read; files of JSON lines are cut into their lines here.
//! 2. [`document`] reads one of them.
//!
//! Plain text is taken as it is, byte for byte. Markdown becomes its plain text, without front matter.

use std::fs::File;
use std::io::Read;
use std::ops::Range;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde_json::Value;

use super::Fault;
use crate::annotate::sentence;
use crate::annotate::time::TimeContext;
use crate::base::{Position, SitePath, Source};
use crate::model::{Block, BlockKind};
use crate::read::front_matter;
use crate::read::markdown::{self, Flavour};
use crate::read::scan::MOST_BYTES;
use crate::read::value::{Table, Value as Field};
use crate::shell::cli::{AnnotateArgs, Input};
use crate::shell::{exit, neutral};

/// The most bytes of a file of JSON lines: 1 GiB. Each of its texts may have as many as a file of text.
const MOST_LINES: u64 = 1 << 30;

/// Something to read.
pub(super) enum Item {
    /// A file; standard input where it has no path.
    File {
        /// How the file was named.
        id: String,
        /// Where it is.
        path: Option<PathBuf>,
    },
    /// A line of JSON.
    Line {
        /// The file and the line's number.
        place: String,
        /// The JSON.
        json: String,
    },
}

/// A text to annotate.
#[derive(Debug)]
pub(super) struct Document {
    /// The file as it was named, `-` for standard input, or the `id` of a line of JSON.
    pub(super) id: String,
    /// The media type of the input.
    pub(super) media: &'static str,
    /// The text.
    pub(super) text: String,
    /// Its paragraphs, headings and list items, in bytes.
    pub(super) blocks: Vec<Range<u32>>,
    /// Its title; empty where none is known.
    pub(super) title: String,
    /// When it was published, and its language.
    pub(super) context: TimeContext,
}

/// What the input is written in.
pub(super) fn form(args: &AnnotateArgs) -> Input {
    if args.plain { Input::Plain } else { args.input }
}

/// Everything to read, in order, and what could not be.
pub(super) fn items(args: &AnnotateArgs, folder: &Path) -> (Vec<Item>, Vec<Fault>) {
    let input = [PathBuf::from("-")];
    let named = if args.files.is_empty() {
        &input[..]
    } else {
        &args.files
    };
    let (mut items, mut faults) = (Vec::new(), Vec::new());
    for name in named {
        let is_input = name.as_os_str() == "-";
        let id = name.to_string_lossy().into_owned();
        let path = (!is_input).then(|| folder.join(name));
        if form(args) != Input::Jsonl {
            items.push(Item::File { id, path });
            continue;
        }
        match text(&id, path.as_deref(), MOST_LINES) {
            Ok(text) => items.extend(lines(&id, &text)),
            Err(fault) => faults.push(fault),
        }
    }
    (items, faults)
}

fn lines<'a>(id: &'a str, text: &'a str) -> impl Iterator<Item = Item> + 'a {
    let lines = text.lines().zip(1..);
    let full = lines.filter(|(line, _)| !line.trim().is_empty());
    full.map(move |(line, n)| Item::Line {
        place: format!("‘{}’, line {n}", neutral::one_line(id)),
        json: line.to_owned(),
    })
}

/// Reads a text.
pub(super) fn document(item: &Item, args: &AnnotateArgs) -> Result<Document, Fault> {
    let mut document = match item {
        Item::Line { place, json } => row(place, json)?,
        Item::File { id, path } => {
            let text = text(id, path.as_deref(), MOST_BYTES)?;
            match form(args) {
                Input::Plain => plain(id.clone(), text),
                Input::Markdown | Input::Jsonl => from_markdown(id.clone(), &text)?,
            }
        }
    };
    if args.published.is_some() {
        document.context.published = args.published;
    }
    Ok(document)
}

/// The text of a file or of standard input.
fn text(id: &str, path: Option<&Path>, most: u64) -> Result<String, Fault> {
    let shown = match path {
        Some(_) => format!("‘{}’", neutral::one_line(id)),
        None => "standard input".to_owned(),
    };
    let mut bytes = Vec::new();
    let read = match path {
        Some(path) => File::open(path).and_then(|f| f.take(most + 1).read_to_end(&mut bytes)),
        None => std::io::stdin()
            .lock()
            .take(most + 1)
            .read_to_end(&mut bytes),
    };
    read.map_err(|error| Fault {
        message: format!("{shown} cannot be read: {error}"),
        help: None,
        code: exit::IO,
    })?;
    if bytes.len() as u64 > most {
        return Err(Fault {
            message: format!("{shown} has more than {} MiB", most >> 20),
            help: Some("cut it into several files"),
            code: exit::CONTENT,
        });
    }
    String::from_utf8(bytes).map_err(|error| Fault {
        message: format!(
            "{shown} is not UTF-8 text: byte {} is not part of a character",
            error.utf8_error().valid_up_to() + 1
        ),
        help: Some("save it as UTF-8"),
        code: exit::CONTENT,
    })
}

fn plain(id: String, text: String) -> Document {
    Document {
        id,
        media: "text/plain",
        blocks: sentence::paragraphs(&text),
        text,
        title: String::new(),
        context: TimeContext::default(),
    }
}

fn from_markdown(id: String, text: &str) -> Result<Document, Fault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let source = Source::new(SitePath::new(&id), text);
    let parts = front_matter::split(&source);
    if parts.value.has_front_matter && parts.value.table.is_none() {
        return Err(bad_front_matter(&id, text, &parts.diagnostics));
    }
    let table = parts.value.table.unwrap_or_default();
    let published = published(&table).map_err(|written| Fault {
        message: format!(
            "‘{}’: `published` is ‘{}’, which is not a day",
            neutral::one_line(&id),
            neutral::one_line(&written)
        ),
        help: Some("a day is written like 2014-02-25"),
        code: exit::CONTENT,
    })?;
    let document = markdown::parse(&parts.value.body, Flavour::Corpus).value;
    let prose = |block: &&Block| block.kind != BlockKind::Code;
    let blocks = document.blocks.iter().filter(prose);
    Ok(Document {
        id,
        media: "text/markdown",
        blocks: blocks.map(|b| b.range.start..b.range.end).collect(),
        text: document.text.to_string(),
        title: field(&table, "title").unwrap_or_default(),
        context: TimeContext {
            published,
            language: field(&table, "language").unwrap_or_else(|| "en".to_owned()),
            headline: None,
        },
    })
}

fn bad_front_matter(id: &str, text: &str, faults: &[crate::base::Diagnostic]) -> Fault {
    let shown = neutral::one_line(id);
    let message = match faults.first() {
        Some(fault) => {
            let line = match &fault.place {
                crate::base::Place::Span(span) => Position::of(text, span.start).line,
                crate::base::Place::File(_) => 1,
            };
            format!("‘{shown}’, line {line}: {}", fault.message)
        }
        None => format!("‘{shown}’: the front matter cannot be understood"),
    };
    Fault {
        message,
        help: Some("mend it, or read the file with `--plain`"),
        code: exit::CONTENT,
    }
}

/// A word or sentence of the front matter.
fn field(table: &Table, key: &str) -> Option<String> {
    match &table.get(key)?.value {
        Field::Text(text) | Field::Date(text) => Some(text.trim().to_owned()),
        _ => None,
    }
}

/// The day of publication that the front matter gives, or what stands there instead.
fn published(table: &Table) -> Result<Option<Date>, String> {
    match field(table, "published") {
        Some(written) => written.parse().map(Some).map_err(|_| written),
        None => Ok(None),
    }
}

/// A text from a line of JSON.
fn row(place: &str, json: &str) -> Result<Document, Fault> {
    let fault = |message: String| Fault {
        message: format!("{place}: {message}"),
        help: Some(
            "each line is an object with `text`, and if known `id`, `published` and `title`",
        ),
        code: exit::CONTENT,
    };
    let row: Value =
        serde_json::from_str(json).map_err(|error| fault(format!("this is not JSON: {error}")))?;
    let word = |key: &str| match row.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(fault(format!("`{key}` is not a string"))),
    };
    let Some(text) = word("text")? else {
        return Err(fault("there is no `text`".into()));
    };
    if text.len() as u64 > MOST_BYTES {
        return Err(fault(format!(
            "`text` has more than {} MiB",
            MOST_BYTES >> 20
        )));
    }
    let date = match word("published")? {
        Some(date) => Some(date),
        None => word("dct")?,
    };
    let published: Option<Date> = match date {
        Some(date) => match date.parse() {
            Ok(day) => Some(day),
            Err(_) => return Err(fault(format!("‘{date}’ is not a day such as 2014-02-25"))),
        },
        None => None,
    };
    let mut document = plain(word("id")?.unwrap_or_else(|| place.to_owned()), text);
    document.title = word("title")?.unwrap_or_default();
    document.context.published = published;
    document.context.headline = headline(&document.text, &document.title);
    Ok(document)
}

/// Where the title stands at the beginning of the text.
fn headline(text: &str, title: &str) -> Option<Range<u32>> {
    let start = text.len() - text.trim_start().len();
    let begins = !title.is_empty() && text.get(start..)?.starts_with(title);
    let range = u32::try_from(start).ok()?..u32::try_from(start + title.len()).ok()?;
    begins.then_some(range)
}
