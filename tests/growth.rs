//! A site that grows: one article more changes only pages that have news, and for each of them it is told why.

mod support;

#[path = "../benches/corpus/mod.rs"]
mod corpus;

use std::collections::{BTreeMap, BTreeSet};

use corpus::{Newsroom, Sizes};
use support::Fixture;

const SIZES: Sizes = Sizes {
    articles: 48,
    entities: 40,
    topics: 2,
    events: 8,
    seed: 5,
};

/// Entries on a page of a long list, few enough for lists to be divided.
const PER_PAGE: usize = 4;

/// The pages of the site by path.
fn pages(fixture: &Fixture) -> BTreeMap<String, String> {
    let files = fixture.snapshot().into_iter();
    let pages = files.filter(|(path, _)| path.ends_with(".html"));
    pages
        .map(|(path, bytes)| (path, String::from_utf8(bytes).expect("UTF-8")))
        .collect()
}

/// Why each page was written, as `--explain` tells it.
fn told(out: &str) -> BTreeMap<&str, &str> {
    let lines = out.lines().filter_map(|line| line.split_once(": "));
    lines.filter(|(path, _)| path.ends_with(".html")).collect()
}

/// The articles that a page links to.
fn articles(page: &str) -> BTreeSet<&str> {
    let links = page.split("href=\"").skip(1);
    let addresses = links.filter_map(|link| link.split('"').next());
    let articles = addresses.filter_map(|a| a.split_once("articles/").map(|(_, id)| id));
    articles
        .filter_map(|id| id.strip_suffix('/'))
        .filter(|id| !id.contains('/') && id.starts_with(char::is_alphabetic))
        .collect()
}

/// What a page says, without its tags.
fn words(page: &str) -> String {
    let pieces = page.split('<').filter_map(|piece| piece.split_once('>'));
    pieces.map(|(_, words)| words).collect()
}

fn is_list(path: &str) -> bool {
    let mut parts = path.split('/').skip(1);
    path.starts_with("articles/")
        && parts
            .next()
            .is_some_and(|part| part == "index.html" || part.starts_with(char::is_numeric))
}

#[test]
fn an_article_more_changes_only_pages_with_news() {
    let fixture = Fixture::new();
    let newsroom = Newsroom::new(SIZES);
    for file in newsroom.files() {
        fixture.edit(&file.path, file.text);
    }
    let config = fixture.read("dateline.toml");
    fixture.edit(
        "dateline.toml",
        format!("paginate_by = {PER_PAGE}\n{config}"),
    );
    let ran = fixture.run(["build"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let before = pages(&fixture);

    let new = newsroom.article(SIZES.articles);
    let file = new.file();
    fixture.edit(&file.path, file.text);
    let ran = fixture.run(["build", "--explain"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let after = pages(&fixture);

    let gone: Vec<_> = before
        .keys()
        .filter(|path| !after.contains_key(*path))
        .collect();
    assert_eq!(gone, [""; 0], "no address goes away");
    let told = told(&ran.out);
    let changed = after
        .iter()
        .filter(|(path, page)| before.get(*path) != Some(page));
    let changed: Vec<&str> = changed.map(|(path, _)| path.as_str()).collect();
    assert_eq!(changed, told.keys().copied().collect::<Vec<_>>());
    for path in changed {
        let (reason, now) = (told[path], &after[path]);
        let Some(then) = before.get(path) else {
            assert_eq!(reason, "new", "{path}");
            assert!(
                articles(now).contains(&*new.id) || path.contains(&new.id),
                "{path}"
            );
            continue;
        };
        let parts = reason
            .strip_prefix("changed in ")
            .map(|parts| parts.split(", "));
        let parts: Vec<&str> = parts.into_iter().flatten().collect();
        assert!(
            !parts.is_empty() && !parts.contains(&"site"),
            "{path}: {reason}"
        );
        assert_ne!(
            words(then),
            words(now),
            "{path} says what it said, but was written: {reason}"
        );
        let (then, now) = (articles(then), articles(now));
        if is_list(path) {
            // Nothing but the new article moves; the first page and divided stretches may tell of it by a count alone.
            let more: Vec<_> = now.difference(&then).collect();
            assert!(more.is_empty() || more == [&&*new.id], "{path}: {more:?}");
            assert!(
                parts
                    .iter()
                    .all(|part| ["counts", "reports"].contains(part)),
                "{path}: {reason}"
            );
        } else if path.starts_with("articles/") {
            let known = ["related articles", "topics", "events", "reports"];
            assert!(
                parts.iter().all(|part| known.contains(part)),
                "{path}: {reason}"
            );
        }
    }
    let lists = told.keys().filter(|path| is_list(path)).count();
    let all = after.keys().filter(|path| is_list(path)).count();
    assert!(
        lists <= 7 && 3 * lists < all,
        "{lists} of {all} pages of the list of articles"
    );
}
