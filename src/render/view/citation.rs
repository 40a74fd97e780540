//! Citations in words, and metadata by which reference managers pick a page up.

use super::Briefing;
use crate::base::{Edtf, OutPath};
use crate::model::{Article, DateBasis, Event};

impl Briefing<'_> {
    /// How to cite the report that an article is, or is a digest of.
    pub(crate) fn cite_report(&self, article: &Article) -> String {
        let title = article.original_title.as_ref().unwrap_or(&article.title);
        let authors = self.strings.list(&article.authors);
        let date = self.published(article).text;
        let parts = [
            (!authors.is_empty()).then_some(authors),
            Some(self.quoted(title)),
            article.outlet.clone(),
            Some(date),
            article.url.clone(),
        ];
        sentence(parts)
    }

    /// How to cite an article's page.
    pub(crate) fn cite_article(&self, article: &Article, path: &OutPath) -> String {
        let of = article.outlet.as_deref().unwrap_or(&article.title);
        let key = if article.digest {
            "cite.of_digest"
        } else {
            "cite.of_article"
        };
        let parts = [
            Some(self.quoted(&article.title)),
            Some(self.site.config.title.clone()),
            Some(self.strings.format(key, &[("outlet", of)])),
            Some(self.published(article).text),
            self.url(path),
        ];
        sentence(parts)
    }

    /// How to cite an event's page.
    pub(crate) fn cite_event(&self, event: &Event, path: &OutPath) -> String {
        let parts = [
            Some(self.quoted(&event.title)),
            Some(self.when(event).text),
            Some(self.site.config.title.clone()),
            Some(self.strings.get("cite.of_event").to_owned()),
            self.url(path),
        ];
        sentence(parts)
    }

    fn url(&self, path: &OutPath) -> Option<String> {
        self.base_url
            .map(|base| format!("{base}{}", path.address()))
    }

    /// `citation_*` (as Google Scholar and Zotero read them) and Open Graph metadata of an article.
    pub(crate) fn article_meta(&self, article: &Article, path: &OutPath) -> Vec<(String, String)> {
        let mut meta = vec![("citation_title".to_owned(), article.title.clone())];
        for author in &article.authors {
            meta.push(("citation_author".into(), author.clone()));
        }
        if let Some(day) = article.published {
            meta.push((
                "citation_publication_date".into(),
                day.strftime("%Y/%m/%d").to_string(),
            ));
        }
        if let Some(outlet) = &article.outlet {
            meta.push(("citation_journal_title".into(), outlet.clone()));
        }
        meta.push(("citation_language".into(), article.language.clone()));
        meta.extend(self.open_graph(
            "article",
            &article.title,
            article.common.summary.as_deref(),
            path,
        ));
        meta
    }

    /// Open Graph metadata.
    pub(crate) fn open_graph(
        &self,
        kind: &str,
        title: &str,
        description: Option<&str>,
        path: &OutPath,
    ) -> Vec<(String, String)> {
        let pairs = [
            ("og:type", Some(kind.to_owned())),
            ("og:title", Some(title.to_owned())),
            ("og:site_name", Some(self.site.config.title.clone())),
            ("og:description", description.map(str::to_owned)),
            ("og:url", self.url(path)),
        ];
        pairs
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value?)))
            .collect()
    }

    /// An article as schema.org `NewsArticle`.
    pub(crate) fn article_jsonld(&self, article: &Article, path: &OutPath) -> serde_json::Value {
        let person = |name: &String| serde_json::json!({ "@type": "Person", "name": name });
        let report = serde_json::json!({
            "@type": "NewsArticle",
            "headline": article.original_title.as_ref().unwrap_or(&article.title),
            "datePublished": article.published.map(|d| d.to_string()),
            "author": article.authors.iter().map(person).collect::<Vec<_>>(),
            "publisher": article.outlet.as_ref().map(|name| serde_json::json!({ "@type": "Organization", "name": name })),
            "url": article.url,
            "inLanguage": article.language,
        });
        if !article.digest {
            return without_nulls(with_context(report));
        }
        without_nulls(serde_json::json!({
            "@context": "https://schema.org",
            "@type": "CreativeWork",
            "name": article.title,
            "description": article.common.summary,
            "url": self.url(path),
            "inLanguage": article.language,
            "isBasedOn": report,
        }))
    }

    /// An event as schema.org `Event`.
    pub(crate) fn event_jsonld(&self, event: &Event, path: &OutPath) -> serde_json::Value {
        let name = |id| self.link_name(crate::model::Kind::Entity, id);
        let place = event.place.as_ref().and_then(|p| name(&p.value));
        let actors = event.participants.iter().filter_map(|p| name(&p.value));
        let status = match event.status {
            crate::model::Status::Cancelled => Some("https://schema.org/EventCancelled"),
            crate::model::Status::Postponed => Some("https://schema.org/EventPostponed"),
            crate::model::Status::Planned => Some("https://schema.org/EventScheduled"),
            _ => None,
        };
        without_nulls(serde_json::json!({
            "@context": "https://schema.org",
            "@type": "Event",
            "name": event.title,
            "description": event.common.summary,
            "startDate": event.date.earliest().to_string(),
            "endDate": event.date.latest().to_string(),
            "eventStatus": status,
            "location": place.map(|name| serde_json::json!({ "@type": "Place", "name": name })),
            "actor": actors.map(|name| serde_json::json!({ "@type": "Thing", "name": name })).collect::<Vec<_>>(),
            "url": self.url(path),
        }))
    }

    /// A day as every page writes it.
    pub(crate) fn day_text(&self, day: jiff::civil::Date) -> super::DateView {
        self.strings
            .date_view(&Edtf::day(day), DateBasis::Stated, None)
    }
}

/// The parts joined by commas, with a full stop.
fn sentence<const N: usize>(parts: [Option<String>; N]) -> String {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("{}.", parts.join(", "))
}

fn with_context(mut json: serde_json::Value) -> serde_json::Value {
    if let Some(object) = json.as_object_mut() {
        object.insert("@context".into(), "https://schema.org".into());
    }
    json
}

/// Leaves out what is not known.
fn without_nulls(json: serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match json {
        Value::Object(map) => Value::Object(
            map.into_iter()
                .filter(|(_, v)| !v.is_null() && v.as_array().is_none_or(|a| !a.is_empty()))
                .map(|(k, v)| (k, without_nulls(v)))
                .collect(),
        ),
        other => other,
    }
}
