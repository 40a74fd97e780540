//! `dateline suggest`: files that an editor may want, drafted from what the articles tell.
//!
//! 1. Study the site ([`study`]); stop at errors in its content.
//! 2. [`events`] drafts a file for each event that nobody has written, [`entities`] one for each name that no gazetteer lists.
//! 3. Print the drafts, or write those whose files are not there yet.
//!
//! Invariant: each draft loads as it is, without a fault, and no file is ever overwritten.

mod entities;
mod events;
mod front;

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::build::error;
use super::cli::{Form, SuggestArgs, SuggestCommand, Suggested};
use super::neutral::neutral;
use super::report::{self, Style};
use super::{Surroundings, exit, paths};
use crate::base::{Diagnostic, Severity};
use crate::engine::study::{Known, study};
use crate::output;

/// A file that an editor may want.
struct Draft {
    /// Its path from the site's folder, with `/`.
    path: String,
    /// What stands in it.
    file: String,
    /// What people are shown instead of the file, if not the file.
    listed: Option<String>,
    /// The same for programs, without path and file.
    data: serde_json::Map<String, Value>,
}

/// Suggests files and gives the exit code.
pub(super) fn suggest(command: &SuggestCommand, surroundings: &mut Surroundings<'_>) -> u8 {
    let (args, draft): (&SuggestArgs, fn(&Known) -> Vec<Draft>) = match command {
        SuggestCommand::Events(args) => (args, events::drafts),
        SuggestCommand::Entities(args) => (args, entities::drafts),
    };
    let root = match &args.root {
        Some(root) => surroundings.folder.join(root),
        None => paths::root(&surroundings.folder),
    };
    let known = match known(&root, surroundings) {
        Ok(known) => known,
        Err(code) => return code,
    };
    let mut drafts = draft(&known);
    let all = drafts.len();
    drafts.truncate(args.limit.map_or(usize::MAX, std::num::NonZeroUsize::get));
    if args.write {
        return write(&drafts, &root, surroundings);
    }
    match args.format {
        Suggested::Text => print(&drafts, all, surroundings),
        Suggested::Json => {
            let list = drafts.into_iter().map(|draft| {
                let mut data = draft.data;
                data.insert("path".into(), draft.path.into());
                data.insert("file".into(), draft.file.into());
                Value::Object(data)
            });
            let list = Value::Array(list.collect());
            surroundings.say(&format!("{list:#}\n"));
        }
    }
    exit::SUCCESS
}

/// What is known of a site; where it has errors they are told, and the exit code given.
fn known(root: &Path, surroundings: &mut Surroundings<'_>) -> Result<Known, u8> {
    let mut study = study(root, |_| {}).map_err(|failure| {
        surroundings.complain(&error(&failure.to_string(), failure.help.as_deref()));
        exit::IO
    })?;
    // Warnings are told when the site is built.
    let is_error = |d: &Diagnostic| d.severity == Severity::Error;
    study.diagnostics.retain(is_error);
    match study.known {
        Some(known) if study.diagnostics.is_empty() => Ok(known),
        _ => {
            let style = Style {
                form: Form::Human,
                verbose: false,
                prefix: paths::prefix(&paths::seen_from(&surroundings.folder, root)),
            };
            let text = report::render(&study.diagnostics, &study.sources, &style);
            surroundings.complain(&text);
            Err(exit::CONTENT)
        }
    }
}

fn print(drafts: &[Draft], all: usize, surroundings: &mut Surroundings<'_>) {
    if drafts.is_empty() {
        surroundings.complain("Nothing to suggest.\n");
        return;
    }
    for (n, draft) in drafts.iter().enumerate() {
        let between = if n == 0 { "" } else { "\n" };
        let text = match &draft.listed {
            Some(listed) => format!("{between}{listed}"),
            None => format!("{between}==> {} <==\n{}", draft.path, draft.file),
        };
        let lines = text.split_inclusive('\n').map(|line| {
            let bare = line.strip_suffix('\n');
            bare.map_or_else(|| neutral(line), |bare| neutral(bare) + "\n")
        });
        surroundings.say(&lines.collect::<String>());
    }
    if drafts.len() < all {
        let rest = all - drafts.len();
        surroundings.complain(&format!("{rest} more; `--limit {all}` shows all.\n"));
    }
}

/// Writes the drafts whose files are not there yet, and tells of each.
fn write(drafts: &[Draft], root: &Path, surroundings: &mut Surroundings<'_>) -> u8 {
    if drafts.is_empty() {
        surroundings.complain("Nothing to suggest.\n");
    }
    let prefix = paths::prefix(&paths::seen_from(&surroundings.folder, root));
    for draft in drafts {
        let path: PathBuf = draft
            .path
            .split('/')
            .fold(root.to_owned(), |p, s| p.join(s));
        let shown = neutral(&format!("{prefix}{}", draft.path));
        match output::draft(&path, &draft.file) {
            Ok(true) => surroundings.say(&format!("wrote {shown}\n")),
            Ok(false) => surroundings.complain(&format!("left {shown} as it is\n")),
            Err(fault) => {
                surroundings.complain(&error(&fault.to_string(), fault.help()));
                return exit::IO;
            }
        }
    }
    exit::SUCCESS
}
