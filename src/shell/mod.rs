//! Command line and terminal.
//!
//! 1. Read the command line ([`cli`]).
//! 2. To build, hand a request to the engine, which is passed in; print the diagnostics ([`report`]), commit the plan if
//!    there is no error among them, and print a summary.
//! 3. To watch, do so again whenever a source changes, and serve what was built.
//! 4. To check, build without committing, and print what an editor has to look at ([`check`]).
//! 5. To annotate, read texts, and print what is found in them.
//! 6. To suggest, study the site, and print or write what its editor may want.
//! 7. Answer with an exit code ([`exit`]).
//!
//! Only this layer reads the clock, looks at the terminal, or prints. A program's output (JSON lines, annotations for
//! GitHub) goes to standard output, with the summary then on standard error; for people, faults go to standard
//! error and the summary to standard output.

mod annotate;
mod build;
mod check;
pub mod cli;
pub mod exit;
mod neutral;
mod paths;
pub mod report;
mod serve;
mod suggest;
mod summary;
#[cfg(test)]
mod tests;
mod watch;

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use anstream::AutoStream;
use clap::{CommandFactory, Parser};

use crate::engine::{BuildRequest, Built, Failure, Memo};
use crate::output::Depot;
use cli::{Cli, Command};

/// Where a command runs and what it prints to. The streams take colours and drop them where they are not wanted.
struct Surroundings<'a> {
    /// The current folder.
    folder: PathBuf,
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
    /// Whether somebody watches.
    interactive: bool,
}

/// Makes a site, with what is left of the last time.
type Builder<'a> =
    &'a (dyn Fn(&BuildRequest, &mut Memo, &dyn Depot) -> Result<Built, Failure> + Sync);

/// Runs the program with the command line `args`, the first of which is its name, and gives the exit code.
///
/// `build` makes a site. A panic in it, or anywhere below, ends in a message and [`exit::INTERNAL`].
pub fn run(
    args: impl IntoIterator<Item = OsString>,
    build: impl Fn(&BuildRequest, &mut Memo, &dyn Depot) -> Result<Built, Failure> + Sync,
) -> u8 {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // Nothing can be done where even the help text cannot be printed.
            drop(error.print());
            return if error.use_stderr() {
                exit::USAGE
            } else {
                exit::SUCCESS
            };
        }
    };
    let choice = cli.color.into();
    let mut out = AutoStream::new(std::io::stdout(), choice);
    let mut err = AutoStream::new(std::io::stderr(), choice);
    let folder = match std::env::current_dir() {
        Ok(folder) => folder,
        Err(error) => {
            drop(writeln!(
                err,
                "error: the current folder cannot be read: {error}"
            ));
            return exit::IO;
        }
    };
    let mut surroundings = Surroundings {
        folder,
        out: &mut out,
        err: &mut err,
        interactive: std::io::stderr().is_terminal(),
    };
    exit::caught(|| execute(&cli, &mut surroundings, &build)).unwrap_or_else(|fault| {
        drop(err.write_all(fault.message().as_bytes()));
        exit::INTERNAL
    })
}

fn execute(cli: &Cli, surroundings: &mut Surroundings<'_>, build: Builder<'_>) -> u8 {
    match &cli.command {
        Some(Command::Build(args)) => build::build(args, surroundings, build),
        Some(Command::Watch(args)) => watch::watch(args, surroundings, build),
        Some(Command::Check(args)) => check::check(args, surroundings),
        Some(Command::Annotate(args)) => annotate::annotate(args, surroundings),
        Some(Command::Suggest(command)) => suggest::suggest(command, surroundings),
        None => {
            let help = Cli::command().render_long_help();
            surroundings.say(&help.ansi().to_string());
            exit::SUCCESS
        }
    }
}

impl Surroundings<'_> {
    /// Prints to standard output. A reader that has gone away is no fault of ours.
    fn say(&mut self, text: &str) {
        drop(
            self.out
                .write_all(text.as_bytes())
                .and_then(|()| self.out.flush()),
        );
    }

    /// Prints to standard error.
    fn complain(&mut self, text: &str) {
        drop(
            self.err
                .write_all(text.as_bytes())
                .and_then(|()| self.err.flush()),
        );
    }
}
