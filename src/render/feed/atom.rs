//! The Atom Syndication Format (RFC 4287).

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{FeedEntry, FeedView, rfc3339, xml_text};

type Xml = Writer<Vec<u8>>;

/// The feed as Atom.
pub fn atom(view: &FeedView) -> Vec<u8> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    // A vector takes every write.
    drop(feed(&mut xml, view));
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    bytes
}

fn feed(xml: &mut Xml, view: &FeedView) -> io::Result<()> {
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    xml.create_element("feed")
        .with_attribute(("xmlns", "http://www.w3.org/2005/Atom"))
        .with_attribute(("xml:lang", &*xml_text(&view.language)))
        .write_inner_content(|xml| {
            element(xml, "id", &view.id)?;
            element(xml, "title", &view.title)?;
            if let Some(subtitle) = &view.subtitle {
                element(xml, "subtitle", subtitle)?;
            }
            element(xml, "updated", &rfc3339(view.updated()))?;
            link(xml, "self", "application/atom+xml", &view.atom_url)?;
            link(xml, "alternate", "text/html", &view.page_url)?;
            link(xml, "alternate", "application/feed+json", &view.json_url)?;
            person(xml, &view.author)?;
            view.entries.iter().try_for_each(|e| entry(xml, e))
        })?;
    Ok(())
}

fn entry(xml: &mut Xml, entry: &FeedEntry) -> io::Result<()> {
    xml.create_element("entry")
        .with_attribute(("xml:lang", &*xml_text(&entry.language)))
        .write_inner_content(|xml| {
            element(xml, "id", &entry.id)?;
            element(xml, "title", &entry.title)?;
            link(xml, "alternate", "text/html", &entry.url)?;
            element(xml, "published", &rfc3339(entry.published))?;
            element(xml, "updated", &rfc3339(entry.updated.max(entry.published)))?;
            entry
                .authors
                .iter()
                .try_for_each(|name| person(xml, name))?;
            for category in &entry.categories {
                xml.create_element("category")
                    .with_attribute(("term", &*xml_text(category)))
                    .write_empty()?;
            }
            match &entry.summary {
                Some(summary) => element(xml, "summary", summary),
                None => Ok(()),
            }
        })?;
    Ok(())
}

fn element(xml: &mut Xml, name: &str, text: &str) -> io::Result<()> {
    xml.create_element(name)
        .write_text_content(BytesText::new(&xml_text(text)))?;
    Ok(())
}

fn person(xml: &mut Xml, name: &str) -> io::Result<()> {
    xml.create_element("author")
        .write_inner_content(|xml| element(xml, "name", name))?;
    Ok(())
}

fn link(xml: &mut Xml, rel: &str, kind: &str, href: &str) -> io::Result<()> {
    xml.create_element("link")
        .with_attribute(("rel", rel))
        .with_attribute(("type", kind))
        .with_attribute(("href", &*xml_text(href)))
        .write_empty()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::view;
    use super::*;

    #[test]
    fn the_whole_feed() {
        let xml = String::from_utf8(atom(&view())).unwrap();
        insta::assert_snapshot!(xml, @r#"
        <?xml version="1.0" encoding="utf-8"?>
        <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
          <id>https://example.org/b/atom.xml</id>
          <title>Kaesong &amp; &lt;after&gt;</title>
          <updated>2013-08-14T00:00:00Z</updated>
          <link rel="self" type="application/atom+xml" href="https://example.org/b/atom.xml"/>
          <link rel="alternate" type="text/html" href="https://example.org/b/"/>
          <link rel="alternate" type="application/feed+json" href="https://example.org/b/feed.json"/>
          <author>
            <name>The desk</name>
          </author>
          <entry xml:lang="ko">
            <id>https://example.org/b/#article:voa</id>
            <title>Seventh round of talks 개성</title>
            <link rel="alternate" type="text/html" href="https://example.org/b/articles/voa/?a=1&amp;b=2"/>
            <published>2013-08-13T00:00:00Z</published>
            <updated>2013-08-14T00:00:00Z</updated>
            <author>
              <name>A &quot;B&quot; C</name>
            </author>
            <category term="Kaesong"/>
            <summary>Talks ]]&gt; resume</summary>
          </entry>
          <entry xml:lang="en">
            <id>https://example.org/b/#article:two</id>
            <title>Two</title>
            <link rel="alternate" type="text/html" href="https://example.org/b/articles/two/"/>
            <published>2012-01-02T00:00:00Z</published>
            <updated>2012-01-02T00:00:00Z</updated>
          </entry>
        </feed>
        "#);
    }

    /// Reads the feed back, and holds it to what RFC 4287 requires of a feed and of each entry.
    #[test]
    fn it_parses_and_has_what_is_required() {
        let bytes = atom(&view());
        let mut reader = quick_xml::Reader::from_reader(&bytes[..]);
        let mut path: Vec<String> = Vec::new();
        let mut seen: Vec<String> = Vec::new();
        loop {
            match reader.read_event().unwrap() {
                Event::Eof => break,
                Event::Start(start) => {
                    path.push(start.name().as_ref().to_owned());
                    seen.push(path.join("/"));
                }
                Event::Empty(empty) => {
                    let name = empty.name().as_ref().to_owned();
                    seen.push(format!("{}/{name}", path.join("/")));
                }
                Event::End(_) => drop(path.pop()),
                _ => {}
            }
        }
        let count = |name: &str| seen.iter().filter(|path| *path == name).count();
        for required in ["feed/id", "feed/title", "feed/updated", "feed/author/name"] {
            assert_eq!(count(required), 1, "{required}");
        }
        for required in ["id", "title", "published", "updated", "link"] {
            assert_eq!(count(&format!("feed/entry/{required}")), 2, "{required}");
        }
    }
}
