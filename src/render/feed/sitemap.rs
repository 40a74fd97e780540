//! The sitemap (sitemaps.org, protocol 0.9).

use std::io;

use jiff::civil::Date;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::xml_text;
use crate::base::OutPath;
use crate::render::{Artifact, Class};

/// The most addresses that a sitemap, or a sitemap index, may list.
const MOST: usize = 50_000;

/// The most bytes of a sitemap; the protocol's 50 MiB less something for the head.
const MOST_BYTES: usize = 52_000_000;

/// A page in the sitemap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SitemapEntry {
    /// Its absolute address.
    pub url: String,
    /// When its content last changed, if that is known from the content itself.
    pub changed: Option<Date>,
}

/// The sitemap of some pages, in the order given: `sitemap.xml`, or where one file cannot hold them `sitemap-1.xml` and so
/// on, with `sitemap.xml` as their index. `base_url` is the site's address and ends in `/`.
pub fn sitemap(base_url: &str, pages: &[SitemapEntry]) -> Vec<Artifact> {
    in_parts(base_url, pages, MOST)
}

fn in_parts(base_url: &str, pages: &[SitemapEntry], most: usize) -> Vec<Artifact> {
    let parts = divide(pages, most);
    if let [] | [_] = parts[..] {
        return artifact("sitemap.xml", document("urlset", "url", pages))
            .into_iter()
            .collect();
    }
    let mut files = Vec::new();
    let mut index = Vec::new();
    for (i, part) in parts.into_iter().enumerate() {
        let name = format!("sitemap-{}.xml", i + 1);
        files.extend(artifact(&name, document("urlset", "url", part)));
        index.push(SitemapEntry {
            url: format!("{base_url}{name}"),
            changed: part.iter().filter_map(|page| page.changed).max(),
        });
    }
    let index = document("sitemapindex", "sitemap", &index);
    files.extend(artifact("sitemap.xml", index));
    files
}

/// Runs of pages that each fit one file.
fn divide(pages: &[SitemapEntry], most: usize) -> Vec<&[SitemapEntry]> {
    let mut parts = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (i, page) in pages.iter().enumerate() {
        // Escapes are at most six bytes for one, the tags and the date less than 120.
        let size = page.url.len() * 6 + 120;
        if i - start == most || bytes + size > MOST_BYTES {
            parts.push(&pages[start..i]);
            (start, bytes) = (i, 0);
        }
        bytes += size;
    }
    parts.push(&pages[start..]);
    parts
}

fn artifact(name: &str, bytes: Vec<u8>) -> Option<Artifact> {
    let path = OutPath::new(name).ok()?;
    Some(Artifact::new(path, bytes, Class::Index, "the sitemap"))
}

fn document(root: &str, item: &str, entries: &[SitemapEntry]) -> Vec<u8> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    // A vector takes every write.
    drop(write(&mut xml, root, item, entries));
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    bytes
}

fn write(
    xml: &mut Writer<Vec<u8>>,
    root: &str,
    item: &str,
    entries: &[SitemapEntry],
) -> io::Result<()> {
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    xml.create_element(root)
        .with_attribute(("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"))
        .write_inner_content(|xml| {
            for entry in entries {
                xml.create_element(item).write_inner_content(|xml| {
                    let url = xml_text(&entry.url);
                    xml.create_element("loc")
                        .write_text_content(BytesText::new(&url))?;
                    if let Some(changed) = entry.changed {
                        let changed = changed.to_string();
                        xml.create_element("lastmod")
                            .write_text_content(BytesText::new(&changed))?;
                    }
                    Ok(())
                })?;
            }
            Ok(())
        })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(n: usize) -> Vec<SitemapEntry> {
        let page = |i: usize| SitemapEntry {
            url: format!("https://example.org/b/{i}/?a&b"),
            changed: i8::try_from(i + 1)
                .ok()
                .and_then(|day| Date::new(2013, 8, day).ok()),
        };
        (0..n).map(page).collect()
    }

    fn texts(artifacts: &[Artifact]) -> Vec<(&str, &str)> {
        artifacts
            .iter()
            .map(|a| (a.path.as_str(), a.text()))
            .collect()
    }

    #[test]
    fn one_file_where_it_fits() {
        let files = sitemap("https://example.org/b/", &pages(1));
        let expected = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
            <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n \
            <url>\n  <loc>https://example.org/b/0/?a&amp;b</loc>\n  <lastmod>2013-08-01</lastmod>\n </url>\n\
            </urlset>\n";
        assert_eq!(texts(&files), [("sitemap.xml", expected)]);
    }

    #[test]
    fn an_index_where_it_does_not() {
        let files = in_parts("https://example.org/b/", &pages(5), 2);
        let names: Vec<_> = files.iter().map(|f| f.path.as_str()).collect();
        assert_eq!(
            names,
            [
                "sitemap-1.xml",
                "sitemap-2.xml",
                "sitemap-3.xml",
                "sitemap.xml"
            ]
        );
        let count = |i: usize, tag| texts(&files)[i].1.matches(tag).count();
        assert_eq!(
            (count(0, "<url>"), count(2, "<url>"), count(3, "<sitemap>")),
            (2, 1, 3)
        );
        assert!(texts(&files)[3].1.contains(
            "<loc>https://example.org/b/sitemap-1.xml</loc>\n  <lastmod>2013-08-02</lastmod>"
        ));
    }

    #[test]
    fn the_limit_is_the_protocols() {
        assert_eq!(divide(&pages(MOST), MOST).len(), 1);
        assert_eq!(divide(&pages(MOST + 1), MOST).len(), 2);
        assert_eq!(sitemap("https://example.org/", &[]).len(), 1);
    }
}
