//! JSON Feed, version 1.1 (jsonfeed.org).

use serde_json::{Map, Value, json};

use super::{FeedEntry, FeedView, rfc3339};
use crate::render::json::without_markup;

/// The feed as JSON Feed.
pub fn json_feed(view: &FeedView) -> Vec<u8> {
    let mut feed = Map::new();
    feed.insert("version".into(), json!("https://jsonfeed.org/version/1.1"));
    feed.insert("title".into(), json!(view.title));
    feed.insert("home_page_url".into(), json!(view.page_url));
    feed.insert("feed_url".into(), json!(view.json_url));
    if let Some(subtitle) = &view.subtitle {
        feed.insert("description".into(), json!(subtitle));
    }
    feed.insert("authors".into(), json!([{ "name": view.author }]));
    feed.insert("language".into(), json!(view.language));
    let items = view.entries.iter().map(item).collect();
    feed.insert("items".into(), Value::Array(items));
    without_markup(&format!("{:#}\n", Value::Object(feed))).into_bytes()
}

fn item(entry: &FeedEntry) -> Value {
    let mut item = Map::new();
    item.insert("id".into(), json!(entry.id));
    item.insert("url".into(), json!(entry.url));
    item.insert("title".into(), json!(entry.title));
    if let Some(summary) = &entry.summary {
        item.insert("summary".into(), json!(summary));
    }
    // The format requires a text; what may be published of a report is its summary, else its headline.
    let text = entry.summary.as_ref().unwrap_or(&entry.title);
    item.insert("content_text".into(), json!(text));
    item.insert("date_published".into(), json!(rfc3339(entry.published)));
    let updated = entry.updated.max(entry.published);
    item.insert("date_modified".into(), json!(rfc3339(updated)));
    if !entry.authors.is_empty() {
        let authors = entry.authors.iter().map(|name| json!({ "name": name }));
        item.insert("authors".into(), authors.collect());
    }
    if !entry.categories.is_empty() {
        item.insert("tags".into(), json!(entry.categories));
    }
    item.insert("language".into(), json!(entry.language));
    Value::Object(item)
}

#[cfg(test)]
mod tests {
    use super::super::tests::view;
    use super::*;

    #[test]
    fn it_parses_and_has_what_is_required() {
        let feed: Value = serde_json::from_slice(&json_feed(&view())).unwrap();
        assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
        assert_eq!(feed["title"], "Kaesong & <after>");
        let items = feed["items"].as_array().unwrap();
        assert_eq!(items[0]["id"], "https://example.org/b/#article:voa");
        assert_eq!(items[0]["date_modified"], "2013-08-14T00:00:00Z");
        assert_eq!(items[0]["tags"], json!(["Kaesong"]));
        assert_eq!(items[1]["content_text"], "Two");
        assert_eq!(items[1].get("authors"), None);
    }
}
