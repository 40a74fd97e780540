//! `dateline watch`, also called `dateline serve`.
//!
//! 1. Take a port, and begin to watch: nothing that changes from here on is missed.
//! 2. Build, put in place, and serve. With faults in the content the server comes up all the same, and tells them.
//! 3. Wait for a burst of changes ([`changes`]), show the pages of changed articles as far as they are known, build again
//!    ([`session`]), and tell the open pages what is new ([`super::serve`]). What changes during a build leads to another one.
//! 4. End with Ctrl-C, and not while files are being put in place.
//!
//! Invariant: each build is the one that `dateline build` makes of the same sources, and the last good site stays until
//! there is a better one.

mod browser;
mod burst;
mod changes;
mod faults;
mod poll;
mod session;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::build::{Folders, Progress, error, request};
use super::cli::{Form, WatchArgs};
use super::serve::{self, News};
use super::{Builder, Surroundings, build, exit, neutral, summary};
use crate::base::OutPath;
use crate::engine::Built;
use crate::output::{self, Report};
use changes::{Changes, Wake};
use faults::Told;
use session::{Gate, Preview, Round, Session};

/// After how long a build is tried again that failed for reasons which no change of a source will end; each time after
/// twice as long as before, up to a limit.
const AGAIN: Duration = Duration::from_millis(250);
const AT_LAST: Duration = Duration::from_secs(8);

/// How many builds with faults are passed over in silence because sources changed again in the meantime: a file that was read
/// half written is no fault to tell of.
const PASSED_OVER: usize = 3;

/// Builds, serves, and goes on until it is ended. Gives an exit code only where it could not begin.
pub(super) fn watch(
    args: &WatchArgs,
    surroundings: &mut Surroundings<'_>,
    build: Builder<'_>,
) -> u8 {
    let folders = Folders::of(&args.build, &surroundings.folder);
    let bound = match serve::bind(args.host.as_deref(), args.port) {
        Ok(bound) => bound,
        Err(fault) => {
            surroundings.complain(&unbound(args, &fault));
            return exit::IO;
        }
    };
    let gate = Gate::default();
    if let Err(fault) = end_on_signal(&gate) {
        surroundings.complain(&error(
            &format!("Ctrl-C cannot be waited for: {fault}"),
            None,
        ));
    }
    let mut changes = Changes::begin(&folders.root, args.poll);
    let news = Arc::new(News::new(&serve::base_path(args.build.base_url.as_deref())));
    let strict = args.build.strict;
    let request = request(&args.build, &folders);
    let mut watch = Watch {
        args,
        session: Session::new(build, request, &folders, strict, gate),
        news: Arc::clone(&news),
        origin: bound.origin(),
        told: Told::default(),
        failure: None,
        number: 0,
        folders,
    };
    let progress = Progress::new(&args.build, surroundings, "Building");
    let began = Instant::now();
    let round = watch.session.build();
    drop(progress);
    if let Some(code) = fatal(&round) {
        watch.tell(surroundings, &round, None, began.elapsed());
        return code;
    }
    let again = watch.tell(surroundings, &round, None, began.elapsed());
    let mut patience = again.then_some(AGAIN);
    aside(move || drop(round));
    let (origin, open) = (watch.origin.clone(), bound.is_open());
    if let Err(fault) = serve::start(bound, watch.folders.out.clone(), Arc::clone(&news)) {
        surroundings.complain(&error(&format!("the site cannot be served: {fault}"), None));
        return exit::IO;
    }
    watch.greet(surroundings, open);
    if args.open
        && let Err(fault) = browser::open(&format!("{origin}{}", news.base()))
    {
        let fault = format!("no browser could be opened: {fault}");
        surroundings.complain(&error(&fault, Some("open the address above by hand")));
    }
    let mut passed_over = 0;
    // What changed while the last build was made.
    let mut since = Vec::new();
    loop {
        if let Some(notice) = changes.notice() {
            surroundings.complain(&warning(&notice));
        }
        let preview = Arc::new(watch.session.preview());
        if since.is_empty() {
            let ahead = Arc::clone(&preview);
            aside(move || ahead.prepare());
            if let Wake::Changed(paths) = changes.wait(patience) {
                since = paths;
            }
        }
        if patience.is_some() {
            // The site's folder may have gone and come back.
            changes.renew();
        }
        let began = Instant::now();
        let paths = std::mem::take(&mut since);
        watch.number += 1;
        watch.news.preview(&preview.pages(&paths), watch.number);
        let round = watch.build(&mut changes, &preview, &mut since);
        let unsettled =
            matches!(round, Round::Faulty(_)) && (!since.is_empty() || changes.are_there());
        if unsettled && passed_over < PASSED_OVER {
            passed_over += 1;
            continue;
        }
        passed_over = 0;
        let again = watch.tell(surroundings, &round, Some(&paths), began.elapsed());
        patience = again.then(|| patience.map_or(AGAIN, |p| (p * 2).min(AT_LAST)));
        // Of a large site this takes a while, in which somebody may save.
        aside(move || drop((round, preview)));
    }
}

/// Does something that nobody has to wait for. Where no thread can be had it is not done; what it holds is dropped.
fn aside(work: impl FnOnce() + Send + 'static) {
    drop(std::thread::Builder::new().name("aside".into()).spawn(work));
}

/// Ends the program on Ctrl-C and its like, as soon as no file is being put in place.
fn end_on_signal(gate: &Gate) -> Result<(), ctrlc::Error> {
    let gate = gate.clone();
    ctrlc::set_handler(move || gate.hold(|| std::process::exit(exit::SUCCESS.into())))
}

/// Whether there is no point in going on after the first build: nothing could be read or written, for reasons that are
/// not in the content.
fn fatal(round: &Round) -> Option<u8> {
    match round {
        Round::Placed(..) | Round::Faulty(_) | Round::Panicked(_) => None,
        Round::Failed(_) => Some(exit::IO),
        Round::Unwritten(_, output::Error::Busy { .. } | output::Error::Foreign { .. }) => None,
        Round::Unwritten(_, output::Error::Refused { .. }) => Some(exit::USAGE),
        Round::Unwritten(..) => Some(exit::IO),
    }
}

/// What is kept from one round to the next, beside the session.
struct Watch<'a> {
    args: &'a WatchArgs,
    folders: Folders,
    session: Session<'a>,
    news: Arc<News>,
    origin: String,
    /// The faults of the content that have been printed.
    told: Told,
    /// The failure that was printed last, so that trying again prints it once.
    failure: Option<String>,
    /// Which build this is, from 0.
    number: u64,
}

impl Watch<'_> {
    /// Builds. Pages of articles that change in the meantime are shown, and what has changed is added to `since`.
    fn build(
        &mut self,
        changes: &mut Changes,
        preview: &Preview,
        since: &mut Vec<PathBuf>,
    ) -> Round {
        let (session, waker) = (&mut self.session, changes.waker());
        std::thread::scope(|scope| {
            let building = scope.spawn(move || {
                let _told_at_the_end = waker;
                session.build()
            });
            while let Wake::Changed(paths) = changes.wait(None) {
                self.news.preview(&preview.pages(&paths), self.number + 1);
                since.extend(paths);
            }
            match building.join() {
                Ok(round) => round,
                // What panics in a build is caught within it.
                Err(panic) => std::panic::resume_unwind(panic),
            }
        })
    }

    /// Prints what a round came to and tells it to open pages. Whether to try again although nothing changes.
    ///
    /// `paths` are the sources that changed; none for the first round.
    fn tell(
        &mut self,
        surroundings: &mut Surroundings<'_>,
        round: &Round,
        paths: Option<&[PathBuf]>,
        took: Duration,
    ) -> bool {
        if !matches!(round, Round::Placed(..)) {
            self.news.placed(self.number, [], |_| None);
        }
        let failure = match round {
            Round::Placed(built, report) => {
                self.failure = None;
                self.tell_faults(surroundings, built);
                self.placed(surroundings, built, report, paths, took);
                return false;
            }
            Round::Faulty(built) => {
                self.failure = None;
                self.tell_faults(surroundings, built);
                surroundings.complain(&build::nothing_written(built, &self.folders));
                self.news.faulty(faults::of_content(built));
                return false;
            }
            Round::Panicked(text) => {
                surroundings.complain(text);
                self.news.faulty(faults::of_program(text));
                return false;
            }
            Round::Unwritten(built, fault) => {
                self.tell_faults(surroundings, built);
                (fault.to_string(), fault.help().map(str::to_owned))
            }
            Round::Failed(failure) => (failure.to_string(), failure.help.clone()),
        };
        let text = error(&failure.0, failure.1.as_deref());
        if self.failure.as_ref() != Some(&text) {
            surroundings.complain(&text);
            self.news
                .faulty(faults::of_failure(&failure.0, failure.1.as_deref()));
            self.failure = Some(text);
        }
        true
    }

    /// Prints the faults of the content: every error, and the warnings that were not there before.
    fn tell_faults(&mut self, surroundings: &mut Surroundings<'_>, built: &Built) {
        let new = self.told.news(&built.diagnostics);
        build::tell(
            &new,
            &self.args.build,
            surroundings,
            &self.folders.root,
            built,
        );
    }

    /// Tells of a site that was written.
    fn placed(
        &mut self,
        surroundings: &mut Surroundings<'_>,
        built: &Built,
        report: &Report,
        paths: Option<&[PathBuf]>,
        took: Duration,
    ) {
        let before = self.news.base();
        let base = serve::base_path(built.base_url.as_deref());
        self.news.stands_under(&base);
        let written = report.written.iter().map(|(path, _)| path);
        let bytes = |path: &OutPath| built.plan.get(path)?.bytes.clone();
        self.news
            .placed(self.number, written.chain(&report.removed), bytes);
        self.news.faulty(faults::none());
        let args = &self.args.build;
        let mut text = String::new();
        if args.timings {
            text.push_str(&summary::timings(&built.timings));
        }
        if args.explain {
            text.push_str(&summary::explanation(report));
        }
        if !args.quiet {
            match paths {
                None => text.push_str(&summary::built(built, report, None, took)),
                Some(paths) => text.push_str(&summary::rebuilt(report, paths, took)),
            }
        }
        self.say(surroundings, &text);
        if paths.is_some() && base != before {
            self.greet(surroundings, false);
        }
    }

    /// Tells where the site is.
    fn greet(&self, surroundings: &mut Surroundings<'_>, open: bool) {
        let base = self.news.base();
        let mut text = format!(
            "\u{1b}[1mServing\u{1b}[0m {}{}\n",
            self.origin,
            neutral::one_line(&base)
        );
        if open {
            text.push_str("Whoever can reach this machine can read the site.\n");
        }
        self.say(surroundings, &text);
    }

    /// Prints what is meant for people, out of the way of what is meant for programs.
    fn say(&self, surroundings: &mut Surroundings<'_>, text: &str) {
        match self.args.build.diagnostics {
            Form::Human => surroundings.say(text),
            Form::Json | Form::Github => surroundings.complain(text),
        }
    }
}

fn warning(message: &str) -> String {
    format!(
        "\u{1b}[1;33mwarning\u{1b}[0m: {}\n",
        neutral::one_line(message)
    )
}

/// That no port could be had.
fn unbound(args: &WatchArgs, fault: &std::io::Error) -> String {
    let host = args.host.as_deref().unwrap_or("127.0.0.1");
    let port = args
        .port
        .map_or(String::new(), |port| format!(", port {port},"));
    let help = match fault.kind() {
        std::io::ErrorKind::AddrInUse => {
            "name another with `--port`, or leave it out to have one chosen"
        }
        std::io::ErrorKind::PermissionDenied => "name a port of 1024 or above with `--port`",
        _ => "name an address of this machine with `--host`, or leave it out",
    };
    let message = format!(
        "‘{}’{port} cannot be served on: {fault}",
        neutral::one_line(host)
    );
    error(&message, Some(help))
}
