//! The one pipeline: from a folder to a plan of the files of its site. First builds and later ones run this and nothing else.
//!
//! 1. Read the sources ([`scan_again`]), and load the site from them with its theme and the interface's words ([`loading`]).
//! 2. Take out the names of protected people.
//! 3. Parse every text, annotate every article.
//! 4. Find the quotations that content takes from articles, and link everything.
//! 5. Make every page's view, render it, and make what goes beside pages. Whatever links name must then be there.
//! 6. Plan where it all goes.
//!
//! Each step keeps what it made in the [`Memo`] and makes the next time what has to be made again.
//!
//! Nothing is put in place here: finished files wait in a [`Depot`], and the plan goes to [`output`] if no error was found. Faults of the content are
//! collected over all steps. The same input gives the same plan, whatever the number of threads.

mod alike;
mod annotations;
pub mod check;
mod destinations;
mod extras;
mod fingerprint;
pub mod foreign;
mod gate;
mod linking;
mod loading;
mod memo;
mod pages;
mod preview;
mod stopwatch;
pub mod study;
mod texts;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::base::{Diagnostic, Hash128, Severity, Sources};
use crate::link;
use crate::output::{self, Depot, Plan};
use crate::read::scan::{Files, Scanned, scan_again};
use crate::render::view::address::Addresses;
use crate::render::view::{Counts, Material};

use gate::Gate;
use linking::{Threads, join};
pub use memo::Memo;
pub use preview::{Sight, preview};
use stopwatch::Stopwatch;

/// What to build.
#[derive(Debug, Clone)]
pub struct BuildRequest {
    /// The folder with `dateline.toml`.
    pub root: PathBuf,
    /// Whether drafts are part of the site.
    pub drafts: bool,
    /// Where the site will stand, ending in `/`, instead of what `dateline.toml` says.
    pub base_url: Option<String>,
    /// A hash of what the site that stands was made from, if one stands: from the same inputs it is not made again.
    pub standing: Option<Hash128>,
    /// How many threads to work with; as many as there are processors where it is none.
    pub threads: Option<usize>,
    /// Tells how much time has gone by since some moment, where it is to be known what each phase takes. The engine has no clock of
    /// its own, so nothing that it makes can depend on one.
    pub clock: Option<fn() -> Duration>,
}

/// A site made in memory.
#[derive(Debug, Clone, Default)]
pub struct Built {
    /// The files to write.
    pub plan: Plan,
    /// What is wrong with the content. With an error among them nothing is written.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that the diagnostics point into.
    pub sources: Sources,
    /// What the site has, in the order to tell it: `("articles", 54)`.
    pub counts: Vec<(String, usize)>,
    /// Where the site will stand, if it says so.
    pub base_url: Option<String>,
    /// Whether the site that stands is what would be made: then there is nothing else here.
    pub unchanged: bool,
    /// How long each phase took, in order; none without a clock.
    pub timings: Vec<(&'static str, Duration)>,
}

/// An operation that failed, as opposed to a fault in the content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("‘{}’: {message}", path.display())]
pub struct Failure {
    /// On what.
    pub path: PathBuf,
    /// What failed and why.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// Makes a site, with what the last build of the same site has left in `memo`. Finished files go to `depot`.
///
/// # Errors
/// Something failed that is no fault of the content: the folder cannot be read, or threads cannot be had.
pub fn build(request: &BuildRequest, memo: &mut Memo, depot: &dyn Depot) -> Result<Built, Failure> {
    let mut files = std::mem::take(&mut memo.files);
    let made = with_sources(request, &mut files, |scanned, faults, watch| {
        let inputs = inputs(scanned, request);
        if request.standing == Some(inputs) && faults.is_empty() {
            let unchanged = Built {
                unchanged: true,
                ..Built::default()
            };
            return (unchanged, ());
        }
        let mut built = make(scanned, request, (memo, depot), faults, watch);
        // What is to be told of a site is told each time it is built, so only one without faults counts as done.
        built.plan.inputs = built.diagnostics.is_empty().then_some(inputs);
        (built, ())
    })?;
    memo.files = files;
    Ok(made.0)
}

/// A hash of everything that a site is made from, this program among it.
fn inputs(scanned: &Scanned, request: &BuildRequest) -> Hash128 {
    let of = (
        env!("DATELINE_MARK"),
        request.drafts,
        &request.base_url,
        scanned.hash().hex(),
    );
    Hash128::of(format!("{of:?}").as_bytes())
}

/// Reads the sources and makes something of them, a site among it, which gets the texts that its diagnostics point into.
fn with_sources<T: Send>(
    request: &BuildRequest,
    files: &mut Files,
    work: impl FnOnce(&Scanned, Vec<Diagnostic>, &mut Stopwatch) -> (Built, T) + Send,
) -> Result<(Built, T), Failure> {
    let failure = |message: String| Failure {
        path: request.root.clone(),
        message,
        help: None,
    };
    let threads = rayon::ThreadPoolBuilder::new().num_threads(request.threads.unwrap_or(0));
    let pool = threads
        .build()
        .map_err(|error| failure(error.to_string()))?;
    pool.install(|| {
        let mut watch = Stopwatch::new(request.clock);
        let scanned = scan_again(&request.root, files).map_err(|error| Failure {
            help: Some("name the site's folder with `--root`".into()),
            ..failure(error.to_string())
        })?;
        let mut diagnostics = Vec::new();
        let scanned = scanned.into_value(&mut diagnostics);
        watch.lap("scan");
        let (mut built, more) = work(&scanned, diagnostics, &mut watch);
        built.timings = watch.laps();
        built.diagnostics.sort_by(Diagnostic::order);
        built.diagnostics.dedup();
        built.sources = sources(scanned);
        Ok((built, more))
    })
}

/// The texts that diagnostics can point into: the sources, and the texts of the theme.
fn sources(scanned: Scanned) -> Sources {
    let mut sources = scanned.sources;
    for file in scanned
        .theme
        .files
        .into_values()
        .chain(scanned.theme.overrides.into_values())
    {
        if let Ok(text) = std::str::from_utf8(&file.bytes) {
            sources.insert(crate::base::Source::new(file.path, text));
        }
    }
    sources
}

/// Makes a site of what was read. Everything from here on is pure.
fn make(
    scanned: &Scanned,
    request: &BuildRequest,
    (memo, depot): (&mut Memo, &dyn Depot),
    mut faults: Vec<Diagnostic>,
    watch: &mut Stopwatch,
) -> Built {
    let Some(loaded) = loading::load(memo, scanned, request).into_value(&mut faults) else {
        return Built {
            diagnostics: faults,
            ..Built::default()
        };
    };
    memo.let_go();
    watch.lap("load");
    let site = loaded.site;
    let texts = texts::parse(memo, &site).into_value(&mut faults);
    memo.let_go();
    watch.lap("parse");
    let annotated = annotations::annotate(memo, &site, &texts).into_value(&mut faults);
    let anchors = annotations::find_quotations(&site, &texts, &annotated).into_value(&mut faults);
    memo.let_go();
    watch.lap("annotate");
    let acts = site.config.layers.events;
    let articles = join(&texts.articles, annotated);
    let links = linking::connect(memo, &site, &articles, &anchors, acts);
    memo.let_go();
    let material = Arc::new(Material {
        backlinks: link::backlinks::collect(&site, texts.referring(&site)),
        addresses: Addresses::of(&site),
        strings: loaded.strings,
        prose: texts.prose,
        home: texts.home,
        notes: texts.notes,
        site,
        articles,
        links,
        anchors,
    });
    watch.lap("link");
    memo.material = Some(Arc::clone(&material));
    if faults.iter().any(|f| f.severity == Severity::Error) {
        depot.give_up();
    }
    let gate = Gate::new(loaded.protection.as_ref(), depot);
    let mut artifacts = Vec::new();
    let theme = loaded.theme.as_ref().as_ref();
    if let Some(theme) = theme {
        for asset in theme.assets() {
            match gate.pass(asset.clone()) {
                Ok(asset) => artifacts.push(asset),
                Err(fault) => faults.push(*fault),
            }
        }
        let pages = pages::render(&mut memo.pages, &material, theme, &gate);
        artifacts.extend(pages.into_value(&mut faults));
    }
    watch.lap("pages");
    let extras = memo.extras.renew(&material, &gate);
    artifacts.extend(extras.into_value(&mut faults));
    watch.lap("data and feeds");
    faults.extend(destinations::check(&material, &artifacts, theme.is_some()));
    let plan = output::plan(artifacts).into_value(&mut faults);
    watch.lap("check links");
    Built {
        plan,
        counts: told(material.briefing(None).counts()),
        base_url: material.site.config.base_url.clone(),
        diagnostics: faults,
        sources: Sources::default(),
        unchanged: false,
        timings: Vec::new(),
    }
}

/// What the site has, in the order to tell it.
fn told(counts: Counts) -> Vec<(String, usize)> {
    let all = [
        ("article", "articles", counts.articles),
        ("event", "events", counts.events),
        ("topic", "topics", counts.topics),
        ("person", "people", counts.people),
        ("organisation", "organisations", counts.organizations),
        ("place", "places", counts.places),
        ("term", "terms", counts.terms),
        ("measure", "measures", counts.measures),
    ];
    all.into_iter()
        .map(|(one, more, n)| (if n == 1 { one } else { more }.to_owned(), n))
        .collect()
}
