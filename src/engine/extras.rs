//! What goes beside pages: feeds, sitemap, attachments and what hosts read.

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;
use jiff::civil::Date;

use super::gate::{Gate, protected};
use crate::base::{Code, Diagnostic, OutPath, Outcome, Place};
use crate::model::{Article, Attachment, Id, Kind, Ref};
use crate::render::export::{self, Part, Told};
use crate::render::feed::{self, FeedEntry, FeedView, SitemapEntry};
use crate::render::view::pages::PageKey;
use crate::render::view::reads::{Changes, Looked, Reads};
use crate::render::view::{Briefing, Material};
use crate::render::{Artifact, Class};

/// What was made beside pages.
#[derive(Debug, Default)]
pub(super) struct Extras {
    /// What it was made of.
    material: Option<Arc<Material>>,
    kept: HashMap<&'static str, Kept>,
    /// Whether no later build will ask for it.
    once: bool,
}

/// Some files, with what was looked at for them.
#[derive(Debug)]
struct Kept {
    looked: Looked,
    artifacts: Vec<Artifact>,
    /// What the list of data tells of them.
    told: Vec<Told>,
}

/// Files that are made at a time.
#[derive(Clone, Copy)]
enum Sort {
    Attachments,
    Data(Part),
    /// What hosts, search engines and readers of feeds ask for.
    Hosts,
}

impl Extras {
    /// For a single build: what is looked at is not noted, and nothing is kept.
    pub(super) fn once() -> Self {
        Self {
            once: true,
            ..Self::default()
        }
    }

    /// Lets go of the bytes of all files.
    pub(super) fn let_go(&mut self) {
        let kept = self.kept.values_mut();
        for artifact in kept.flat_map(|kept| &mut kept.artifacts) {
            artifact.bytes = None;
        }
    }

    /// Everything that is not a page. What was made before is made again if anything differs that was looked at for it.
    pub(super) fn renew(
        &mut self,
        material: &Arc<Material>,
        gate: &Gate,
    ) -> Outcome<Vec<Artifact>> {
        let before = self.material.as_ref().filter(|before| {
            before.site.attachments == material.site.attachments
                // Finished files have been searched for these names.
                && protected(&before.site).eq(protected(&material.site))
        });
        let changes = before.and_then(|before| Changes::between(before, material));
        let mut before = std::mem::take(&mut self.kept);
        let indexes = material.indexes();
        let mut reads = Reads::default();
        let mut artifacts: Vec<Artifact> = Vec::new();
        let mut diagnostics = Vec::new();
        let mut all: Vec<(Sort, Kept)> = Vec::new();
        let data = Part::all(&material.briefing(None))
            .into_iter()
            .map(Sort::Data);
        let sorts = [Sort::Attachments]
            .into_iter()
            .chain(data)
            .chain([Sort::Hosts]);
        for sort in sorts {
            let as_it_was = before.remove(sort.name()).filter(|kept| {
                let changes = changes.as_ref();
                changes.is_some_and(|changes| !changes.touch(&kept.looked))
            });
            let kept = as_it_was.unwrap_or_else(|| {
                let noting = (!self.once).then_some(&reads);
                let briefing = &material.quick_briefing(noting, &indexes);
                let (artifacts, told) = sort.make(briefing, gate).into_value(&mut diagnostics);
                let looked = reads.take();
                Kept {
                    looked,
                    artifacts,
                    told,
                }
            });
            artifacts.extend_from_slice(&kept.artifacts);
            all.push((sort, kept));
        }
        let told: Vec<&Told> = all.iter().flat_map(|(_, kept)| &kept.told).collect();
        for artifact in export::lists(&material.briefing(None), &told) {
            match gate.pass(artifact) {
                Ok(artifact) => artifacts.push(artifact),
                Err(fault) => diagnostics.push(*fault),
            }
        }
        // With a fault nothing is kept: it has to be told again.
        if diagnostics.is_empty() && !self.once {
            self.material = Some(Arc::clone(material));
            self.kept = all
                .into_iter()
                .map(|(sort, kept)| (sort.name(), kept))
                .collect();
        } else {
            self.material = None;
        }
        Outcome {
            value: artifacts,
            diagnostics,
        }
    }
}

impl Sort {
    /// What it is called. No two sorts have the same name.
    fn name(self) -> &'static str {
        match self {
            Self::Attachments => "*attachments",
            Self::Data(part) => part.name(),
            Self::Hosts => "*hosts",
        }
    }

    /// Makes the files.
    fn make(self, briefing: &Briefing, gate: &Gate) -> Outcome<(Vec<Artifact>, Vec<Told>)> {
        let mut artifacts: Vec<Artifact> = Vec::new();
        let mut diagnostics = Vec::new();
        let mut add = |made: Result<Option<Artifact>, Box<Diagnostic>>| {
            let through = made.and_then(|made| made.map(|one| gate.pass(one)).transpose());
            match through {
                Ok(artifact) => artifacts.extend(artifact),
                Err(fault) => diagnostics.push(*fault),
            }
        };
        let mut told = Vec::new();
        match self {
            Self::Attachments => {
                for attachment in briefing.site.attachments() {
                    add(copied(briefing, attachment));
                }
            }
            Self::Data(part) => {
                told = part.make(briefing, &super::Threads, |artifact| {
                    add(Ok(Some(artifact)));
                });
            }
            Self::Hosts => for_hosts(briefing)
                .into_iter()
                .for_each(|one| add(Ok(Some(one)))),
        }
        Outcome {
            value: (artifacts, told),
            diagnostics,
        }
    }
}

/// What hosts, search engines and readers of feeds ask for.
fn for_hosts(briefing: &Briefing) -> Vec<Artifact> {
    let fixed = [feed::robots(briefing.base_url), feed::nojekyll()];
    let mut artifacts: Vec<Artifact> = fixed.into_iter().flatten().collect();
    artifacts.extend(briefing.site.config.cname.as_deref().and_then(feed::cname));
    if let Some(base_url) = briefing.base_url {
        artifacts.extend(feeds(briefing, base_url));
        artifacts.extend(feed::sitemap(base_url, &sitemap(briefing, base_url)));
    }
    artifacts
}

/// A file beside an article or page, at the address of its owner.
fn copied(
    briefing: &Briefing,
    attachment: &Attachment,
) -> Result<Option<Artifact>, Box<Diagnostic>> {
    let folder = match &attachment.owner {
        None => "",
        Some(owner) => match briefing.addresses.of_ref(owner) {
            Some(address) => address,
            None => return Ok(None),
        },
    };
    let path = OutPath::new(&format!("{folder}{}", attachment.name)).map_err(|error| {
        let message = format!("the file cannot be copied, because its name {error}");
        Box::new(Diagnostic::file(Code::BadPath, &attachment.path, message))
    })?;
    let origin = format!("the file ‘{}’", attachment.path);
    let mut artifact = Artifact::new(
        path,
        Bytes::from_owner(Arc::clone(&attachment.bytes)),
        Class::Asset,
        origin,
    );
    artifact.place = Some(Place::File(attachment.path.clone()));
    Ok(Some(artifact))
}

/// The feeds of the site and of each topic, as Atom and as JSON.
fn feeds(briefing: &Briefing, base_url: &str) -> Vec<Artifact> {
    let config = &briefing.site.config;
    let mut newest: Vec<&Article> = briefing.site.articles.values().map(Arc::as_ref).collect();
    newest.sort_by(|a, b| (b.published, a.id()).cmp(&(a.published, b.id())));
    let site = Channel {
        address: "",
        title: config.title.clone(),
        subtitle: config.strap.clone(),
        articles: newest,
    };
    let mut artifacts = site.artifacts(briefing, base_url);
    for (id, topic) in briefing.site.topics.iter() {
        let links = briefing
            .links
            .topics
            .get(id)
            .map(|l| l.articles.as_slice())
            .unwrap_or_default();
        let Some(address) = briefing.addresses.get(Kind::Topic, id) else {
            continue;
        };
        let channel = Channel {
            address,
            title: format!("{} | {}", topic.title, config.title),
            subtitle: topic.lead.clone(),
            articles: links
                .iter()
                .filter_map(|a| briefing.site.articles.get(a).map(Arc::as_ref))
                .collect(),
        };
        artifacts.extend(channel.artifacts(briefing, base_url));
    }
    artifacts
}

/// What a feed is about.
struct Channel<'a> {
    /// The address of the page that it follows.
    address: &'a str,
    title: String,
    subtitle: Option<String>,
    /// Latest first.
    articles: Vec<&'a Article>,
}

impl Channel<'_> {
    fn artifacts(self, briefing: &Briefing, base_url: &str) -> Vec<Artifact> {
        let config = &briefing.site.config;
        let address = self.address;
        let view = FeedView {
            id: format!("{base_url}{address}feed.xml"),
            atom_url: format!("{base_url}{address}feed.xml"),
            json_url: format!("{base_url}{address}feed.json"),
            page_url: format!("{base_url}{address}"),
            title: self.title,
            subtitle: self.subtitle,
            author: config
                .publisher
                .clone()
                .unwrap_or_else(|| config.title.clone()),
            language: config.language.clone(),
            entries: self
                .articles
                .into_iter()
                .filter_map(|a| entry(briefing, base_url, a))
                .take(config.feed_limit)
                .collect(),
        };
        let files = [
            ("feed.xml", feed::atom(&view)),
            ("feed.json", feed::json_feed(&view)),
        ];
        let artifact = |(name, bytes): (&str, Vec<u8>)| {
            let path = OutPath::new(&format!("{address}{name}")).ok()?;
            Some(Artifact::new(
                path,
                bytes,
                Class::Index,
                format!("the feed of ‘{}’", view.title),
            ))
        };
        files.into_iter().filter_map(artifact).collect()
    }
}

fn entry(briefing: &Briefing, base_url: &str, article: &Article) -> Option<FeedEntry> {
    let published = article.published?;
    let id: &Id = article.id();
    let topics = briefing
        .links
        .articles
        .get(id)
        .map(|l| l.topics.as_slice())
        .unwrap_or_default();
    let titles = topics
        .iter()
        .filter_map(|m| briefing.site.topics.get(&m.topic));
    let authors = match article.authors.is_empty() {
        true => article.outlet.clone().into_iter().collect(),
        false => article.authors.clone(),
    };
    Some(FeedEntry {
        id: feed::permanent_id(base_url, &Ref::new(Kind::Article, id)),
        title: article.title.clone(),
        url: format!("{base_url}{}", briefing.addresses.get(Kind::Article, id)?),
        published,
        updated: published,
        summary: article.common.summary.clone(),
        authors,
        categories: titles.map(|t| t.title.clone()).collect(),
        language: article.language.clone(),
    })
}

/// Every page that search engines may list, with the day of its content where that is known.
fn sitemap(briefing: &Briefing, base_url: &str) -> Vec<SitemapEntry> {
    let changed = |key: &PageKey| -> Option<Date> {
        match key {
            PageKey::Article(id) => briefing.site.articles.get(id)?.published,
            _ => None,
        }
    };
    let listed = |key: &PageKey| !matches!(key, PageKey::NotFound | PageKey::Redirect { .. });
    let keys = briefing.pages();
    keys.iter()
        .filter(|key| listed(key))
        .filter_map(|key| {
            Some(SitemapEntry {
                url: format!("{base_url}{}", briefing.path(key).ok()?.address()),
                changed: changed(key),
            })
        })
        .collect()
}
