//! Finds out whose the files beside articles and pages are.
//!
//! A file belongs to a content file in one of two ways, and may belong to several:
//!
//! 1. It lies in that file's own folder: `corpus/voa/map.png` belongs to `corpus/voa.md`, or to `corpus/voa/index.md`. Of
//!    nested folders the innermost counts.
//! 2. The content file refers to it by a relative link or image, read from where the content file lies.
//!
//! It is copied below its owner's address, under the path it has in the folder, or as it was referred to: so a relative
//! link that works beside the Markdown works on the page.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use pulldown_cmark::{Event, Parser, Tag};

use super::layout::own_folder;
use crate::base::{Code, Diagnostic, OutPath, SitePath};
use crate::model::{Attachment, Ref};

/// A content file that is part of the site.
pub(super) struct Owner<'a> {
    /// What it is; none for the home page.
    pub(super) owner: Option<Ref>,
    /// The file.
    pub(super) path: &'a SitePath,
    /// Its relative links.
    pub(super) links: &'a [String],
}

/// The relative links and images of a Markdown text, decoded, in order and each once.
pub(super) fn local_links(markdown: &str) -> Vec<String> {
    // Most texts have no link at all, and are not worth parsing for it.
    if !markdown.contains("](") && !markdown.contains("]:") {
        return Vec::new();
    }
    let mut links = BTreeSet::new();
    for event in Parser::new(markdown) {
        if let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = event {
            links.extend(local(&dest_url));
        }
    }
    links.into_iter().collect()
}

/// The path that a relative link names; none for links with a scheme, to a fragment, from the root or upwards.
fn local(link: &str) -> Option<String> {
    let path = link.split(['?', '#']).next().unwrap_or("");
    let scheme = path
        .split('/')
        .next()
        .is_some_and(|first| first.contains(':'));
    let path = decode(path)?;
    let parts: Vec<&str> = path.split('/').filter(|part| *part != ".").collect();
    let path = parts.join("/");
    (!scheme && OutPath::new(&path).is_ok()).then_some(path)
}

/// Undoes percent-encoding. Nothing comes of what is none, or not UTF-8.
pub fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut digit = || char::from(rest.next()?).to_digit(16);
            let code = digit()? * 16 + digit()?;
            bytes.push(u8::try_from(code).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// Gives each file to its owners. The result is in order of owner, name and path.
pub(super) fn attach(
    files: &BTreeMap<SitePath, Arc<[u8]>>,
    owners: &[Owner<'_>],
    sink: &mut Vec<Diagnostic>,
) -> Vec<Attachment> {
    let mut found: BTreeMap<(Option<Ref>, String), &SitePath> = BTreeMap::new();
    let folders: BTreeMap<String, &Ref> = owners
        .iter()
        .filter_map(|owner| {
            let reference = owner.owner.as_ref();
            Some((own_folder(owner.path, reference)?, reference?))
        })
        .collect();
    for path in files.keys() {
        let Some((owner, name)) = in_own_folder(path, &folders) else {
            continue;
        };
        match OutPath::new(name) {
            Ok(_) => {
                found.insert((Some(owner.clone()), name.to_owned()), path);
            }
            Err(error) => {
                let message = format!("the file cannot be copied: its name {error}");
                sink.push(Diagnostic::file(Code::BadPath, path, message).help("rename it"));
            }
        }
    }
    for owner in owners {
        for link in owner.links {
            let path = SitePath::new(format!("{}/{link}", owner.path.folder()));
            if let Some((path, _)) = files.get_key_value(&path) {
                let key = (owner.owner.clone(), link.clone());
                found.entry(key).or_insert(path);
            }
        }
    }
    let attachment = |((owner, name), path): ((Option<Ref>, String), &SitePath)| {
        let bytes = Arc::clone(files.get(path)?);
        Some(Attachment {
            path: path.clone(),
            owner,
            name,
            bytes,
        })
    };
    found.into_iter().filter_map(attachment).collect()
}

/// The owner in whose folder a file lies, and its path there.
fn in_own_folder<'a, 'b>(
    path: &'a SitePath,
    folders: &BTreeMap<String, &'b Ref>,
) -> Option<(&'b Ref, &'a str)> {
    let mut folder = path.folder();
    while !folder.is_empty() {
        if let Some(owner) = folders.get(folder) {
            let name = path.as_str().get(folder.len() + 1..)?;
            return Some((owner, name));
        }
        folder = folder
            .rfind('/')
            .and_then(|slash| folder.get(..slash))
            .unwrap_or("");
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Id, Kind};

    #[test]
    fn relative_links_only() {
        let text = "![a](map.png) [b](<a b.pdf>) [c](./x/y%20z.csv#top) [d](/root.png) [e](https://a.org/x.png)\n\
                    [f](mailto:x) [g](../up.png) [h](#top) [i][j] [k](map.png) [l](%zz)\n\n[j]: ref.png\n";
        assert_eq!(
            local_links(text),
            ["a b.pdf", "map.png", "ref.png", "x/y z.csv"]
        );
        assert!(local_links("plain").is_empty());
    }

    fn names(files: &[&str], owners: &[(&str, Kind, &str, &[&str])]) -> Vec<String> {
        let files = files
            .iter()
            .map(|f| (SitePath::new(f), Arc::from(&b"x"[..])));
        let files: BTreeMap<_, _> = files.collect();
        let paths: Vec<_> = owners.iter().map(|o| SitePath::new(o.0)).collect();
        let links: Vec<Vec<String>> = owners
            .iter()
            .map(|o| o.3.iter().map(|l| (*l).to_owned()).collect())
            .collect();
        let owners: Vec<_> = owners
            .iter()
            .enumerate()
            .map(|(n, o)| Owner {
                owner: (o.2 != "_index").then(|| Ref::new(o.1, &Id::new(o.2))),
                path: &paths[n],
                links: &links[n],
            })
            .collect();
        let mut sink = Vec::new();
        let attached = attach(&files, &owners, &mut sink);
        let mut out: Vec<String> = attached
            .iter()
            .map(|a| {
                let owner = a.owner.as_ref().map_or("-", |o| o.id.as_str());
                format!("{owner}: {} from {}", a.name, a.path)
            })
            .collect();
        out.extend(sink.iter().map(|d| d.code.as_str().to_owned()));
        out
    }

    #[test]
    fn files_find_their_owners() {
        let files = [
            "content/events/map.png",
            "content/logo.png",
            "corpus/2013/other.pdf",
            "corpus/2013/shared.png",
            "corpus/2013/voa/a.png",
            "corpus/2013/voa/deep/b.png",
            "corpus/bundle/c.png",
            "corpus/bundle/inner/d.png",
        ];
        let owners: [(&str, Kind, &str, &[&str]); 6] = [
            (
                "corpus/2013/voa.md",
                Kind::Article,
                "voa",
                &["shared.png", "voa/a.png"],
            ),
            (
                "corpus/2013/x.md",
                Kind::Article,
                "x",
                &["shared.png", "absent.png"],
            ),
            (
                "corpus/bundle/index.md",
                Kind::Article,
                "bundle",
                &["c.png"],
            ),
            ("corpus/bundle/inner.md", Kind::Article, "inner", &[]),
            ("content/events.md", Kind::Page, "events", &[]),
            ("content/_index.md", Kind::Page, "_index", &["logo.png"]),
        ];
        assert_eq!(
            names(&files, &owners),
            [
                "-: logo.png from content/logo.png",
                "bundle: c.png from corpus/bundle/c.png",
                "inner: d.png from corpus/bundle/inner/d.png",
                "voa: a.png from corpus/2013/voa/a.png",
                "voa: deep/b.png from corpus/2013/voa/deep/b.png",
                "voa: shared.png from corpus/2013/shared.png",
                "voa: voa/a.png from corpus/2013/voa/a.png",
                "x: shared.png from corpus/2013/shared.png",
            ]
        );
    }

    #[test]
    fn names_that_no_server_takes() {
        let owners: [(&str, Kind, &str, &[&str]); 1] = [("corpus/a.md", Kind::Article, "a", &[])];
        assert_eq!(names(&["corpus/a/b?.png"], &owners), ["bad-path"]);
    }
}
