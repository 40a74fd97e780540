//! `dateline check`: what an editor has to look at before publishing.
//!
//! 1. Make the site in memory and go through it ([`engine::check`]).
//! 2. Print the diagnostics as a build does.
//! 3. Print what stands otherwise than it was quoted, old and new words one below the other ([`people`], with [`differ`]),
//!    what is known of missing dates, and what else is left open; for programs a line of JSON each ([`machine`]).
//! 4. Sum up.
//!
//! Invariant: nothing is written. The exit code tells of errors, a lost note among them, and with `--strict` of warnings.

mod differ;
mod machine;
mod people;

use std::num::NonZeroUsize;

use super::build::{error, harden};
use super::cli::{CheckArgs, Form};
use super::report::{self, Style};
use super::{Surroundings, exit, paths};
use crate::base::{Diagnostic, Severity};
use crate::engine::{self, BuildRequest};

/// Checks the site and gives the exit code.
pub(super) fn check(args: &CheckArgs, surroundings: &mut Surroundings<'_>) -> u8 {
    let root = match &args.root {
        Some(root) => surroundings.folder.join(root),
        None => paths::root(&surroundings.folder),
    };
    let request = BuildRequest {
        root: root.clone(),
        drafts: args.drafts,
        base_url: None,
        threads: args.threads.map(NonZeroUsize::get),
        standing: None,
        clock: None,
    };
    let mut checked = match engine::check::check(&request) {
        Ok(checked) => checked,
        Err(failure) => {
            surroundings.complain(&error(&failure.to_string(), failure.help.as_deref()));
            return exit::IO;
        }
    };
    if args.strict {
        checked.built.diagnostics.iter_mut().for_each(harden);
    }
    let style = Style {
        form: args.format,
        verbose: args.verbose,
        prefix: paths::prefix(&paths::seen_from(&surroundings.folder, &root)),
    };
    let faults = report::render(&checked.built.diagnostics, &checked.built.sources, &style);
    let told = match args.quiet {
        true => String::new(),
        false => people::findings(&checked, &style.prefix) + &people::summary(&checked),
    };
    match args.format {
        Form::Human => {
            surroundings.complain(&faults);
            surroundings.say(&told);
        }
        Form::Github => {
            surroundings.say(&faults);
            surroundings.complain(&told);
        }
        Form::Json => {
            surroundings.say(&faults);
            surroundings.say(&machine::lines(&checked));
        }
    }
    let is_error = |d: &Diagnostic| d.severity == Severity::Error;
    match checked.built.diagnostics.iter().any(is_error) {
        true => exit::CONTENT,
        false => exit::SUCCESS,
    }
}
