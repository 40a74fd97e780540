//! One round: a cold build, and the builds after which an editor waits. What each took goes to standard output, for the process that
//! has started this one.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use dateline::engine::{BuildRequest, Memo, build};
use dateline::output::{self, Depot, InMemory, Nowhere, Report, Seen, Staging};

use crate::site::{Measured, entity, memory, newsroom, processor, reworded, save, template};

/// What a build took.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lap {
    /// What was done before it.
    pub(crate) what: String,
    pub(crate) took: Duration,
    /// Of all processors together.
    pub(crate) processor: Duration,
    /// Files that were written.
    pub(crate) written: usize,
    /// The most memory that was ever resident, in bytes, up to the end of this build.
    pub(crate) peak: Option<u64>,
    /// What each phase took.
    pub(crate) phases: Vec<(String, Duration)>,
}

impl Lap {
    fn line(&self) -> String {
        let micros = |took: &Duration| took.as_micros().to_string();
        let mut fields = vec![
            self.what.clone(),
            micros(&self.took),
            micros(&self.processor),
            self.written.to_string(),
            self.peak.unwrap_or_default().to_string(),
        ];
        for (phase, took) in &self.phases {
            fields.extend([phase.clone(), micros(took)]);
        }
        fields.join("\t")
    }

    /// Reads what the other process has told.
    pub(crate) fn parse(line: &str) -> Measured<Self> {
        let mut fields = line.split('\t');
        let mut next = || fields.next().ok_or("a line is too short");
        let mut lap = Self {
            what: next()?.to_owned(),
            took: Duration::from_micros(next()?.parse()?),
            processor: Duration::from_micros(next()?.parse()?),
            written: next()?.parse()?,
            peak: Some(next()?.parse()?).filter(|peak| *peak > 0),
            phases: Vec::new(),
        };
        while let (Some(phase), Some(took)) = (fields.next(), fields.next()) {
            lap.phases
                .push((phase.to_owned(), Duration::from_micros(took.parse()?)));
        }
        Ok(lap)
    }
}

/// A site that is built again and again, as `dateline watch` does it.
pub(crate) struct Builds {
    request: BuildRequest,
    out: PathBuf,
    memo: Memo,
    seen: Seen,
}

impl Builds {
    /// Nothing has been built yet.
    pub(crate) fn new(root: &Path) -> Self {
        Self {
            request: BuildRequest {
                root: root.to_owned(),
                drafts: false,
                base_url: None,
                standing: None,
                threads: None,
                clock: Some(clock),
            },
            out: root.join("public"),
            memo: Memo::default(),
            seen: Seen::default(),
        }
    }

    /// Builds and writes.
    pub(crate) fn build(&mut self, what: &str) -> Measured<Lap> {
        self.lap(what, |builds| {
            let staging = Staging::new(&builds.out, &builds.request.root);
            let depot: &dyn Depot = match builds.memo.has_files() {
                true => &InMemory,
                false => &staging,
            };
            let mut built = build(&builds.request, &mut builds.memo, depot)?;
            if let Some(fault) = built.diagnostics.first() {
                return Err(format!("after {what:?}: {fault:?}").into());
            }
            if built.unchanged {
                return Ok((built.timings, Report::default()));
            }
            let began = clock();
            let report = output::commit(&built.plan, staging, &mut builds.seen)?;
            builds.memo.files_stand();
            built.timings.push(("write", clock().saturating_sub(began)));
            Ok((built.timings, report))
        })
    }

    /// Builds as a process of its own does that finds the site of another: nothing is made where nothing has changed.
    fn build_unchanged(&mut self) -> Measured<Lap> {
        let lap = self.lap("nothing changed", |builds| {
            let standing = output::standing(&builds.out)?.ok_or("no site stands")?;
            let request = BuildRequest {
                standing: Some(standing.inputs),
                ..builds.request.clone()
            };
            let built = build(&request, &mut Memo::default(), &Nowhere)?;
            if !built.unchanged {
                return Err("a site was made again that had not changed".into());
            }
            Ok((built.timings, Report::default()))
        })?;
        Ok(lap)
    }

    fn lap(
        &mut self,
        what: &str,
        work: impl FnOnce(&mut Self) -> Measured<(Vec<(&'static str, Duration)>, Report)>,
    ) -> Measured<Lap> {
        let (before, began) = (processor(), Instant::now());
        let (phases, report) = work(self)?;
        let took = began.elapsed();
        let spent = processor()
            .zip(before)
            .map(|(after, before)| after - before);
        Ok(Lap {
            what: what.to_owned(),
            took,
            processor: spent.unwrap_or_default(),
            written: report.written.len(),
            peak: memory("self", "VmHWM"),
            phases: phases
                .into_iter()
                .map(|(phase, took)| (phase.to_owned(), took))
                .collect(),
        })
    }
}

/// The time since it was first asked for.
fn clock() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}

/// Makes the builds on the site in `root`, of which the sources are afterwards as they were, and tells what each took.
#[allow(clippy::print_stdout, reason = "another process reads it")]
pub(crate) fn run(root: &Path, articles: usize) -> Measured<()> {
    let newsroom = newsroom(articles);
    let mut builds = Builds::new(root);
    if builds.out.exists() {
        fs::remove_dir_all(&builds.out)?;
    }
    let tell = |lap: Lap| println!("{}", lap.line());
    tell(builds.build("cold build")?);
    tell(builds.build_unchanged()?);

    let middle = newsroom.article(articles / 2).file();
    let changed = reworded(newsroom.article(articles / 2).file(), "another");
    save(root, &changed)?;
    tell(builds.build("a word of an article")?);
    save(root, &middle)?;
    builds.build("the word back")?;

    let entity = entity("Harbour");
    save(root, &entity)?;
    tell(builds.build("an entity added")?);
    fs::remove_file(root.join(&entity.path))?;
    builds.build("the entity gone")?;

    let template = template()?;
    save(root, &template)?;
    tell(builds.build("a template changed")?);
    fs::remove_file(root.join(&template.path))?;
    builds.build("the template as it was")?;

    // No article depends on how many there are.
    let one_more = newsroom.article(articles).file();
    save(root, &one_more)?;
    tell(builds.build("an article added")?);
    fs::remove_file(root.join(&one_more.path))?;
    tell(builds.build("an article deleted")?);
    Ok(())
}
