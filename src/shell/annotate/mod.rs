//! `dateline annotate`: what is found in texts that belong to no site.
//!
//! 1. Load the names of a site, if one is named ([`foreign::names`]).
//! 2. Read each text ([`input`]), find what is in it ([`reading`]), and write that for whoever asked: `people`, `json`, or
//!    `web` for web annotations. Texts are done in parallel.
//! 3. Print what came of it in the order in which the texts were named; faults go to standard error.
//!
//! Invariant: a text that cannot be read hides no other; the exit code tells of it.

mod input;
mod json;
mod people;
mod places;
#[cfg(test)]
mod tests;
mod web;

use std::num::NonZeroUsize;
use std::path::Path;

use self::input::{Document, Item};
use super::build::error;
use super::cli::{AnnotateArgs, Form, Output};
use super::report::{self, Style};
use super::{Surroundings, exit, paths};
use crate::annotate::reading::{self, Listed, Reading, Text};
use crate::base::{Diagnostic, Severity};
use crate::engine::foreign::{self, Names};

/// A text that could not be read.
struct Fault {
    /// What to tell.
    message: String,
    /// What to do about it.
    help: Option<&'static str>,
    /// The exit code that it leads to.
    code: u8,
}

/// A text with what was found in it.
struct Annotated<'a> {
    document: &'a Document,
    reading: &'a Reading,
    names: Option<&'a Names>,
    /// Whether names that no gazetteer lists are wanted.
    unlisted: bool,
}

/// Annotates texts and gives the exit code.
pub(super) fn annotate(args: &AnnotateArgs, surroundings: &mut Surroundings<'_>) -> u8 {
    let names = match &args.root {
        None => None,
        Some(root) => match names(&surroundings.folder.join(root), surroundings) {
            Ok(names) => Some(names),
            Err(code) => return code,
        },
    };
    let (items, faults) = input::items(args, &surroundings.folder);
    let mut code = exit::SUCCESS;
    for fault in faults {
        code = tell(&fault, code, surroundings);
    }
    let mut sheet = Sheet::of(args);
    surroundings.say(sheet.opening());
    let work = |item: &Item| {
        let document = input::document(item, args)?;
        Ok(written(&document, args, names.as_ref()))
    };
    let threads = args.threads.map(NonZeroUsize::get);
    let done = foreign::in_order(&items, threads, work, |result| match result {
        Ok(text) => {
            surroundings.say(sheet.between());
            surroundings.say(&text);
        }
        Err(fault) => code = tell(&fault, code, surroundings),
    });
    surroundings.say(sheet.closing());
    if let Err(message) = done {
        surroundings.complain(&error(&message, None));
        return exit::IO;
    }
    code
}

/// The names of a site; where it has errors they are told, and the exit code given.
fn names(root: &Path, surroundings: &mut Surroundings<'_>) -> Result<Names, u8> {
    let mut loaded = foreign::names(root).map_err(|failure| {
        surroundings.complain(&error(&failure.to_string(), failure.help.as_deref()));
        exit::IO
    })?;
    // Warnings are told when the site is built.
    let is_error = |d: &Diagnostic| d.severity == Severity::Error;
    loaded.diagnostics.retain(is_error);
    match loaded.names {
        Some(names) if loaded.diagnostics.is_empty() => Ok(names),
        _ => {
            let style = Style {
                form: Form::Human,
                verbose: false,
                prefix: paths::prefix(&paths::seen_from(&surroundings.folder, root)),
            };
            let text = report::render(&loaded.diagnostics, &loaded.sources, &style);
            surroundings.complain(&text);
            Err(exit::CONTENT)
        }
    }
}

/// Tells of a fault, and gives the graver of two exit codes.
fn tell(fault: &Fault, code: u8, surroundings: &mut Surroundings<'_>) -> u8 {
    surroundings.complain(&error(&fault.message, fault.help));
    code.max(fault.code)
}

/// Reads a text and writes what is found in it.
fn written(document: &Document, args: &AnnotateArgs, names: Option<&Names>) -> String {
    let text = Text {
        text: &document.text,
        blocks: &document.blocks,
        title: &document.title,
        context: &document.context,
    };
    let listed = names.map(|names| Listed {
        gazetteer: &names.gazetteer,
        entities: &names.entities,
    });
    let reading = reading::read(&text, listed);
    let annotated = Annotated {
        document,
        reading: &reading,
        names,
        unlisted: args.unlisted,
    };
    match args.format {
        Output::Text => people::page(&annotated),
        Output::Json => json::pretty(&json::object(&annotated)),
        Output::Jsonl => json::line(&json::object(&annotated)),
        Output::Jsonld => json::pretty(&web::page(&annotated)),
    }
}

/// What stands around and between the texts of a run.
struct Sheet {
    format: Output,
    several: bool,
    begun: bool,
}

impl Sheet {
    fn of(args: &AnnotateArgs) -> Self {
        Self {
            format: args.format,
            several: args.files.len() > 1 || input::form(args) == super::cli::Input::Jsonl,
            begun: false,
        }
    }

    fn is_list(&self) -> bool {
        self.several && matches!(self.format, Output::Json | Output::Jsonld)
    }

    fn opening(&self) -> &'static str {
        if self.is_list() { "[\n" } else { "" }
    }

    fn between(&mut self) -> &'static str {
        let first = !std::mem::replace(&mut self.begun, true);
        match self.format {
            _ if first => "",
            Output::Text => "\n",
            Output::Jsonl => "",
            Output::Json | Output::Jsonld => ",\n",
        }
    }

    fn closing(&self) -> &'static str {
        match self.format {
            Output::Text | Output::Jsonl => "",
            _ if self.is_list() && self.begun => "\n]\n",
            _ if self.is_list() => "]\n",
            _ if self.begun => "\n",
            _ => "",
        }
    }
}
