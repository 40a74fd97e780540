//! The one pipeline: from a folder to a plan of the files of its site. First builds and later ones run this and nothing else.
//!
//! 1. Read: [`scan`] the sources, and [`load`](crate::read::load) the site from them.
//! 2. Load the theme and the interface's words.
//! 3. Take out the names of protected people.
//! 4. Parse every text, annotate every article.
//! 5. Find the quotations that content takes from articles, and link everything.
//! 6. Make every page's view, render it, and make what goes beside pages. Whatever links name must then be there.
//! 7. Plan where it all goes.
//!
//! Nothing is written here: the plan goes to [`output`] if no error was found. Faults of the content are
//! collected over all steps. The same input gives the same plan, whatever the number of threads.

mod annotations;
pub mod check;
mod destinations;
mod extras;
mod fingerprint;
pub mod foreign;
mod pages;
mod stopwatch;
pub mod study;
mod texts;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use rayon::prelude::*;

use crate::annotate::protect::Protection;
use crate::annotate::wording::{Stems, Wording, wording};
use crate::base::{Diagnostic, Hash128, Sources};
use crate::link::evidence::{self, Reader};
use crate::link::{self, Lexicon, Links, MeasureHits, Telling, TopicHits};
use crate::model::{Annotated, Id, Site};
use crate::output::{self, Plan};
use crate::read::scan::{Scanned, scan};
use crate::render::strings::Strings;
use crate::render::theme::Theme;
use crate::render::view::address::Addresses;
use crate::render::view::{ArticleText, Briefing, Counts};

use stopwatch::Stopwatch;
use texts::Texts;

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

/// Makes a site in memory.
///
/// # Errors
/// Something failed that is no fault of the content: the folder cannot be read, or threads cannot be had.
pub fn build(request: &BuildRequest) -> Result<Built, Failure> {
    let made = with_sources(request, |scanned, faults, watch| {
        let inputs = inputs(scanned, request);
        if request.standing == Some(inputs) && faults.is_empty() {
            let unchanged = Built {
                unchanged: true,
                ..Built::default()
            };
            return (unchanged, ());
        }
        let mut built = make(scanned, request, faults, watch);
        // What is to be told of a site is told each time it is built, so only one without faults counts as done.
        built.plan.inputs = built.diagnostics.is_empty().then_some(inputs);
        (built, ())
    })?;
    Ok(made.0)
}

/// A hash of everything that a site is made from, this program among it.
fn inputs(scanned: &Scanned, request: &BuildRequest) -> Hash128 {
    let options = (request.drafts, &request.base_url, scanned.hash().hex());
    fingerprint::of(&(env!("DATELINE_MARK"), options))
}

/// Reads the sources and makes something of them, a site among it, which gets the texts that its diagnostics point into.
fn with_sources<T: Send>(
    request: &BuildRequest,
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
        let scanned = scan(&request.root).map_err(|error| Failure {
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
    mut faults: Vec<Diagnostic>,
    watch: &mut Stopwatch,
) -> Built {
    let site = crate::read::load(scanned, request.drafts).into_value(&mut faults);
    let Some(mut site) = site else {
        return Built {
            diagnostics: faults,
            ..Built::default()
        };
    };
    if let Some(base_url) = &request.base_url {
        site.config.base_url = Some(base_url.clone());
    }
    let strings = Strings::load(&scanned.theme, &site.config.language).into_value(&mut faults);
    let strings = Arc::new(strings);
    // That there is no such theme has been told where its name is written.
    let theme = match scanned.theme.files.is_empty() {
        true => None,
        false => Theme::load(&scanned.theme, &site.config.theme_options, &strings)
            .into_value(&mut faults),
    };
    watch.lap("load");
    let protection = Protection::of(&site, strings.get("entity.protected"));
    if let Some(protection) = &protection {
        protection.apply(&mut site);
    }
    let texts = texts::parse(&site).into_value(&mut faults);
    watch.lap("parse");
    let annotated = annotations::annotate(&site, &texts).into_value(&mut faults);
    let anchors = annotations::find_quotations(&site, &texts, &annotated).into_value(&mut faults);
    watch.lap("annotate");
    let acts = site.config.layers.events;
    let mut links = connect(&site, &texts, &annotated, &anchors, acts);
    links.backlinks = link::backlinks::collect(&site, texts.referring(&site));
    let articles = join(&texts, annotated);
    let addresses = Addresses::of(&site);
    let briefing = Briefing {
        site: &site,
        articles: &articles,
        prose: &texts.prose,
        home: texts.home.as_ref(),
        notes: &texts.notes,
        links: &links,
        anchors: &anchors,
        strings: &strings,
        addresses: &addresses,
        base_url: site.config.base_url.as_deref(),
    };
    watch.lap("link");
    let mut artifacts = Vec::new();
    if let Some(theme) = &theme {
        artifacts.extend_from_slice(theme.assets());
        artifacts.extend(pages::render(&briefing, theme).into_value(&mut faults));
    }
    watch.lap("pages");
    artifacts.extend(extras::beside_pages(&briefing).into_value(&mut faults));
    watch.lap("data and feeds");
    faults.extend(destinations::check(&briefing, &artifacts, theme.is_some()));
    if let Some(protection) = &protection {
        faults.extend(extras::leaks(protection, &artifacts));
    }
    let plan = output::plan(artifacts).into_value(&mut faults);
    watch.lap("check links");
    Built {
        plan,
        counts: told(briefing.counts()),
        base_url: site.config.base_url.clone(),
        diagnostics: faults,
        sources: Sources::default(),
        unchanged: false,
        timings: Vec::new(),
    }
}

/// Links everything. `acts` asks for events that nobody has written.
fn connect(
    site: &Site,
    texts: &Texts,
    annotated: &BTreeMap<Id, Annotated>,
    anchors: &link::Anchors,
    acts: bool,
) -> Links {
    let lexicon = Lexicon::of(site);
    let wanted = link::measures::Wanted::of(site);
    let phrases = link::Phrases::of(site);
    let read: Vec<(&Id, ReadArticle)> = texts
        .articles
        .par_iter()
        .map_init(
            || (Reader::new(&lexicon), Stems::new()),
            |(reader, stems), (id, prose)| {
                let (article, annotated) = (site.articles.get(id)?, annotated.get(id)?);
                let (document, sentences) = (&prose.document, &annotated.sentences);
                let language = &article.language;
                let read = ReadArticle {
                    hits: phrases.hits(article, document),
                    telling: evidence::read(reader, document, sentences, acts),
                    measures: link::measures::hits(&wanted, document, annotated),
                    wording: wording(stems, &article.title, &document.text, sentences, language),
                };
                Some((id, read))
            },
        )
        .flatten()
        .collect();
    let inputs: Vec<link::Input> = read
        .iter()
        .filter_map(|(id, read)| {
            Some(link::Input {
                article: site.articles.get(*id)?,
                facts: &annotated.get(*id)?.facts,
                hits: &read.hits,
                measures: &read.measures,
                telling: &read.telling,
                wording: &read.wording,
                text: &texts.articles.get(*id)?.document.text,
            })
        })
        .collect();
    link::link(site, &inputs, anchors, &lexicon, &Threads)
}

/// What linking reads in one article's text.
struct ReadArticle {
    hits: TopicHits,
    telling: Telling,
    measures: MeasureHits,
    wording: Wording,
}

/// The threads of the pool at hand.
struct Threads;

impl link::Workers for Threads {
    fn each<T: Send>(&self, pieces: usize, work: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
        (0..pieces).into_par_iter().map(work).collect()
    }
}

fn join(texts: &Texts, annotated: BTreeMap<Id, Annotated>) -> BTreeMap<Id, ArticleText> {
    annotated
        .into_iter()
        .filter_map(|(id, annotated)| {
            let prose = texts.articles.get(&id)?.clone();
            Some((id, ArticleText { prose, annotated }))
        })
        .collect()
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
