//! `dateline build`.

use std::mem::ManuallyDrop;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use indicatif::ProgressBar;

use super::cli::{BuildArgs, Form};
use super::report::{self, Style};
use super::{Builder, Surroundings, exit, neutral, paths, summary};
use crate::base::{Diagnostic, Severity};
use crate::engine::{BuildRequest, Built, Memo};
use crate::output::{self, Report, Seen, Staging};

/// Builds once and gives the exit code.
pub(super) fn build(
    args: &BuildArgs,
    surroundings: &mut Surroundings<'_>,
    build: Builder<'_>,
) -> u8 {
    let began = Instant::now();
    let folders = Folders::of(args, &surroundings.folder);
    // A manifest that cannot be read is told of when the site is put in place.
    let standing = output::standing(&folders.out).ok().flatten();
    let request = BuildRequest {
        standing: standing.map(|site| site.inputs),
        ..request(args, &folders)
    };
    let progress = Progress::new(args, surroundings, "Reading and annotating");
    let staging = Staging::new(&folders.out, &folders.root);
    // It is not taken apart in the end, which takes its time on large sites: the system does that at once.
    let mut memo = ManuallyDrop::new(Memo::once());
    let made = build(&request, &mut memo, &staging);
    drop(progress);
    let mut built = match made {
        Ok(built) => built,
        Err(failure) => {
            surroundings.complain(&error(&failure.to_string(), failure.help.as_deref()));
            return exit::IO;
        }
    };
    if args.strict {
        built.diagnostics.iter_mut().for_each(harden);
    }
    tell(
        &built.diagnostics,
        args,
        surroundings,
        &folders.root,
        &built,
    );
    let is_error = |d: &Diagnostic| d.severity == Severity::Error;
    if built.diagnostics.iter().any(is_error) {
        surroundings.complain(&nothing_written(&built, &folders));
        return exit::CONTENT;
    }
    if let Some(site) = standing.filter(|_| built.unchanged) {
        let report = Report {
            unchanged: site.files,
            ..Report::default()
        };
        sum_up(args, surroundings, &folders.shown, &built, &report, began);
        return exit::SUCCESS;
    }
    let progress = Progress::new(args, surroundings, "Writing");
    let writing = Instant::now();
    let committed = match output::commit(&built.plan, staging, &mut Seen::default()) {
        Err(output::Error::NotKept { .. }) => make_again(&request, &folders, build),
        committed => committed,
    };
    drop(progress);
    if args.timings {
        built.timings.push(("write", writing.elapsed()));
    }
    match committed {
        Ok(report) => {
            sum_up(args, surroundings, &folders.shown, &built, &report, began);
            exit::SUCCESS
        }
        Err(fault) => {
            surroundings.complain(&error(&fault.to_string(), fault.help()));
            match fault {
                output::Error::Refused { .. } => exit::USAGE,
                _ => exit::IO,
            }
        }
    }
}

/// Somebody has touched files that should stand, and nobody has kept their bytes: all is made once more, and this time nothing is taken to
/// stand.
fn make_again(
    request: &BuildRequest,
    folders: &Folders,
    build: Builder<'_>,
) -> Result<Report, output::Error> {
    let staging = Staging::new(&folders.out, &folders.root).doubting();
    let request = BuildRequest {
        standing: None,
        ..request.clone()
    };
    let plan = build(&request, &mut Memo::once(), &staging).map(|built| built.plan);
    output::commit(&plan.unwrap_or_default(), staging, &mut Seen::default())
}

/// What the command line asks the engine for.
pub(super) fn request(args: &BuildArgs, folders: &Folders) -> BuildRequest {
    BuildRequest {
        root: folders.root.clone(),
        drafts: args.drafts,
        base_url: args.base_url.clone(),
        standing: None,
        threads: args.threads.map(NonZeroUsize::get),
        clock: args.timings.then_some(clock as fn() -> Duration),
    }
}

/// The time since it was first asked for.
fn clock() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}

/// The folders of a build.
#[derive(Debug, Clone)]
pub(super) struct Folders {
    pub(super) root: PathBuf,
    pub(super) out: PathBuf,
    /// The output folder as seen from the current one.
    pub(super) shown: PathBuf,
}

impl Folders {
    pub(super) fn of(args: &BuildArgs, current: &Path) -> Self {
        let root = match &args.root {
            Some(root) => current.join(root),
            None => paths::root(current),
        };
        let out = match &args.out {
            Some(out) => current.join(out),
            None => root.join("public"),
        };
        let shown = paths::seen_from(current, &out);
        Self { root, out, shown }
    }
}

/// Tells what a build did. `shown` is the output folder as seen from the current one.
fn sum_up(
    args: &BuildArgs,
    surroundings: &mut Surroundings<'_>,
    shown: &Path,
    built: &Built,
    report: &Report,
    began: Instant,
) {
    let mut text = String::new();
    if args.timings {
        text.push_str(&summary::timings(&built.timings));
    }
    if args.explain {
        text.push_str(&summary::explanation(report));
    }
    if !args.quiet {
        let took = began.elapsed();
        text.push_str(&summary::built(built, report, Some(shown), took));
    }
    match args.diagnostics {
        Form::Human => surroundings.say(&text),
        Form::Json | Form::Github => surroundings.complain(&text),
    }
}

/// Makes a warning an error, for `--strict`.
pub(super) fn harden(diagnostic: &mut Diagnostic) {
    if diagnostic.severity == Severity::Warning {
        diagnostic.severity = Severity::Error;
    }
}

/// Prints some of a build's diagnostics in the form that was asked for.
pub(super) fn tell(
    diagnostics: &[Diagnostic],
    args: &BuildArgs,
    surroundings: &mut Surroundings<'_>,
    root: &Path,
    built: &Built,
) {
    let style = Style {
        form: args.diagnostics,
        verbose: args.verbose,
        prefix: paths::prefix(&paths::seen_from(&surroundings.folder, root)),
    };
    let text = report::render(diagnostics, &built.sources, &style);
    match args.diagnostics {
        Form::Human => surroundings.complain(&text),
        Form::Json | Form::Github => surroundings.say(&text),
    }
}

/// The end of a build that failed.
pub(super) fn nothing_written(built: &Built, folders: &Folders) -> String {
    let faults = report::counts(&built.diagnostics).unwrap_or_default();
    let site = if folders.out.join("index.html").exists() {
        let shown = neutral::path(&folders.shown);
        format!("the last good site in ‘{shown}’ stays as it was")
    } else {
        "nothing was written".to_owned()
    };
    format!("\u{1b}[1mFound {faults}; {site}\u{1b}[0m\n")
}

/// A fault that is not in the content.
pub(super) fn error(message: &str, help: Option<&str>) -> String {
    let message = neutral::one_line(message);
    let help = help.map_or(String::new(), |help| {
        format!("  \u{1b}[1mhelp\u{1b}[0m: {}\n", neutral::one_line(help))
    });
    format!("\u{1b}[1;31merror\u{1b}[0m: {message}\n{help}")
}

/// A sign of life on terminals until it is dropped; silent in pipes.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
}

impl Progress {
    pub(super) fn new(
        args: &BuildArgs,
        surroundings: &Surroundings<'_>,
        what: &'static str,
    ) -> Self {
        let visible = surroundings.interactive && !args.quiet;
        let bar = visible.then(|| {
            let bar = ProgressBar::new_spinner().with_message(what);
            bar.enable_steady_tick(Duration::from_millis(80));
            bar
        });
        Self { bar }
    }
}

impl Drop for Progress {
    /// Clears the line, for what is printed next.
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
