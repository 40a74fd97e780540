//! One build after another of the same site.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use super::super::Builder;
use super::super::build::{Folders, harden};
use super::super::exit;
use crate::base::Severity;
use crate::engine::{self, BuildRequest, Built, Failure, Memo, Sight};
use crate::output::{self, Depot, InMemory, Report, Seen, Staging};
use crate::render::Artifact;

/// What lasts from one build to the next. The only place where watching meets the engine: the same pipeline and the same
/// commit as for `dateline build`.
pub(super) struct Session<'a> {
    build: Builder<'a>,
    /// What the last build has left.
    memo: Memo,
    request: BuildRequest,
    root: PathBuf,
    out: PathBuf,
    /// Whether warnings count as errors.
    strict: bool,
    seen: Seen,
    /// Whether nothing is to be taken to stand.
    doubting: bool,
    gate: Gate,
}

/// What a build came to.
pub(super) enum Round {
    /// The site was written, as far as it differs from what was there.
    Placed(Box<Built>, Report),
    /// The content has errors; nothing was written.
    Faulty(Box<Built>),
    /// The site could not be put in place.
    Unwritten(Box<Built>, output::Error),
    /// The sources could not be read.
    Failed(Failure),
    /// The program itself failed: what to tell of it.
    Panicked(String),
}

/// Closed while files are put in place: whoever wants to end the program waits until it opens.
#[derive(Debug, Clone, Default)]
pub(super) struct Gate(Arc<Mutex<()>>);

impl Gate {
    /// Does `work` while the gate is closed.
    pub(super) fn hold<T>(&self, work: impl FnOnce() -> T) -> T {
        let _held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        work()
    }
}

/// Shows the pages of changed articles as far as they can be told before the site is built.
pub(super) struct Preview {
    request: BuildRequest,
    sight: Sight,
}

impl Preview {
    /// Does beforehand what can be done before anything has changed.
    pub(super) fn prepare(&self) {
        self.sight.prepare();
    }

    /// The pages. `paths` are all that has changed.
    pub(super) fn pages(&self, paths: &[PathBuf]) -> Vec<Artifact> {
        let pages = catch_unwind(AssertUnwindSafe(|| {
            engine::preview(&self.request, &self.sight, paths)
        }));
        // Whatever is wrong, the build will tell it.
        pages.unwrap_or_default()
    }
}

impl<'a> Session<'a> {
    pub(super) fn new(
        build: Builder<'a>,
        request: BuildRequest,
        folders: &Folders,
        strict: bool,
        gate: Gate,
    ) -> Self {
        Self {
            build,
            memo: Memo::default(),
            request,
            root: folders.root.clone(),
            out: folders.out.clone(),
            strict,
            seen: Seen::default(),
            doubting: false,
            gate,
        }
    }

    /// What shows pages before the next build is done.
    pub(super) fn preview(&self) -> Preview {
        Preview {
            request: self.request.clone(),
            sight: self.memo.sight(),
        }
    }

    /// Builds the site as its sources are now, and puts it in place if there is no error in it.
    pub(super) fn build(&mut self) -> Round {
        let round = match self.round() {
            // Somebody has touched what was made before: it is made once more.
            Round::Unwritten(_, output::Error::NotKept { .. }) => {
                self.memo.forget_files();
                self.doubting = true;
                self.round()
            }
            round => round,
        };
        self.doubting = false;
        round
    }

    fn round(&mut self) -> Round {
        // Of a first build most files are written, of later ones few: those can wait in memory, and stay if there are faults elsewhere.
        let staging = Staging::new(&self.out, &self.root);
        let staging = if self.doubting {
            staging.doubting()
        } else {
            staging
        };
        let first = !self.memo.has_files();
        let depot: &dyn Depot = if first { &staging } else { &InMemory };
        let made = match exit::caught(|| (self.build)(&self.request, &mut self.memo, depot)) {
            Ok(Ok(built)) => built,
            Ok(Err(failure)) => return Round::Failed(failure),
            Err(fault) => {
                self.memo = Memo::default();
                return Round::Panicked(fault.message());
            }
        };
        let mut built = Box::new(made);
        if self.strict {
            built.diagnostics.iter_mut().for_each(harden);
        }
        if built
            .diagnostics
            .iter()
            .any(|d| d.severity == Severity::Error)
        {
            if first {
                self.memo.forget_files();
            }
            return Round::Faulty(built);
        }
        let clock = self.request.clock;
        let began = clock.map(|now| now());
        let committed = self
            .gate
            .hold(|| output::commit(&built.plan, staging, &mut self.seen));
        let took = clock
            .zip(began)
            .map(|(now, began)| now().saturating_sub(began));
        built.timings.extend(took.map(|took| ("write", took)));
        match committed {
            Ok(report) => {
                self.memo.files_stand();
                Round::Placed(built, report)
            }
            Err(error) => {
                if first {
                    self.memo.forget_files();
                }
                Round::Unwritten(built, error)
            }
        }
    }
}
