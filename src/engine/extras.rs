//! What goes beside pages: feeds, sitemap, attachments and what hosts read.

use std::sync::Arc;

use bytes::Bytes;
use jiff::civil::Date;

use super::gate::{Gate, protected};
use crate::base::{Code, Diagnostic, OutPath, Outcome, Place};
use crate::model::{Article, Attachment, Id, Kind, Ref};
use crate::render::feed::{self, FeedEntry, FeedView, SitemapEntry};
use crate::render::view::pages::PageKey;
use crate::render::view::reads::{Changes, Looked, Reads};
use crate::render::view::{Briefing, Material};
use crate::render::{Artifact, Class, export};

/// What was made beside pages, with what it was made of.
#[derive(Debug, Default)]
pub(super) struct Extras {
    material: Option<Arc<Material>>,
    looked: Option<Looked>,
    artifacts: Vec<Artifact>,
}

/// So many things are noted that are looked at for one article, at the most: there are tables of all that is known of it.
const FOR_AN_ARTICLE: usize = 32;

impl Extras {
    /// Lets go of the bytes of all files.
    pub(super) fn let_go(&mut self) {
        for artifact in &mut self.artifacts {
            artifact.bytes = None;
        }
    }

    /// Everything that is not a page: made again if anything differs.
    pub(super) fn renew(
        &mut self,
        material: &Arc<Material>,
        gate: &Gate,
    ) -> Outcome<Vec<Artifact>> {
        let before = self.material.as_ref().zip(self.looked.as_ref());
        let same = before.is_some_and(|(before, looked)| {
            before.site.attachments == material.site.attachments
                // Finished files have been searched for these names.
                && protected(&before.site).eq(protected(&material.site))
                && Changes::between(before, material).is_some_and(|c| !c.touch(looked))
        });
        if same {
            self.material = Some(Arc::clone(material));
            return Outcome::clean(self.artifacts.clone());
        }
        let things = material.site.articles.len() * FOR_AN_ARTICLE;
        let mut reads = Reads::with_room_for(things.clamp(1 << 12, 1 << 22));
        let made = beside_pages(material, &reads, gate);
        // With a fault nothing is kept: it has to be told again.
        *self = match made.diagnostics.is_empty() {
            true => Self {
                material: Some(Arc::clone(material)),
                looked: Some(reads.take()),
                artifacts: made.value.clone(),
            },
            false => Self::default(),
        };
        made
    }
}

/// Everything that is not a page.
fn beside_pages(material: &Material, reads: &Reads, gate: &Gate) -> Outcome<Vec<Artifact>> {
    let indexes = material.indexes();
    let briefing = &material.quick_briefing(Some(reads), &indexes);
    let mut artifacts: Vec<Artifact> = Vec::new();
    let mut diagnostics = Vec::new();
    let mut add = |made: Result<Option<Artifact>, Box<Diagnostic>>| {
        let through = made.and_then(|made| made.map(|artifact| gate.pass(artifact)).transpose());
        match through {
            Ok(artifact) => artifacts.extend(artifact),
            Err(fault) => diagnostics.push(*fault),
        }
    };
    for attachment in &material.site.attachments {
        add(copied(briefing, attachment));
    }
    // These are large: each is handed on before the next is made.
    export::data(briefing, &super::Threads, |artifact| {
        add(Ok(Some(artifact)));
    });
    let config = &briefing.site.config;
    let for_hosts = [feed::robots(briefing.base_url), feed::nojekyll()];
    let mut others: Vec<Artifact> = for_hosts.into_iter().flatten().collect();
    others.extend(config.cname.as_deref().and_then(feed::cname));
    if let Some(base_url) = briefing.base_url {
        others.extend(feeds(briefing, base_url));
        others.extend(feed::sitemap(base_url, &sitemap(briefing, base_url)));
    }
    for artifact in others {
        add(Ok(Some(artifact)));
    }
    Outcome {
        value: artifacts,
        diagnostics,
    }
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
