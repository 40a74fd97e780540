//! The generated newsroom that speed is measured with: same seed, same bytes, and a site that builds.

mod support;

#[path = "../benches/corpus/mod.rs"]
mod corpus;

use corpus::{File, Newsroom, Sizes};
use support::Fixture;

const SMALL: Sizes = Sizes {
    articles: 30,
    entities: 200,
    topics: 4,
    events: 10,
    seed: 7,
};

fn files(sizes: Sizes) -> Vec<(String, String)> {
    let files = Newsroom::new(sizes).files().collect::<Vec<File>>();
    files.into_iter().map(|f| (f.path, f.text)).collect()
}

#[test]
fn follows_from_its_seed() {
    assert_eq!(files(SMALL), files(SMALL));
    assert_ne!(files(SMALL), files(Sizes { seed: 8, ..SMALL }));
}

#[test]
fn no_article_depends_on_how_many_there_are() {
    let few = Newsroom::new(SMALL);
    let many = Newsroom::new(Sizes {
        articles: 5000,
        ..SMALL
    });
    for number in 0..SMALL.articles {
        let [one, other] = [&few, &many].map(|newsroom| newsroom.article(number).file());
        assert_eq!(one.text, other.text);
    }
}

#[test]
fn articles_are_as_long_as_news() {
    let newsroom = Newsroom::new(SMALL);
    for number in 0..SMALL.articles {
        let words = newsroom.article(number).body.split_whitespace().count();
        assert!((300..1000).contains(&words), "{words} words");
    }
}

#[test]
fn a_site_of_it_builds_without_a_word_of_complaint() {
    let fixture = Fixture::new();
    let all = files(SMALL);
    for (path, text) in &all {
        fixture.edit(path, text);
    }
    let ran = fixture.run(["build"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let articles = all.iter().filter(|(path, _)| path.starts_with("corpus/"));
    let pages = fixture.public();
    let read = |path: &&String| path.starts_with("articles/") && path.ends_with("/index.html");
    assert!(pages.iter().filter(read).count() >= articles.count());
    assert!(pages.iter().any(|path| path == "sitemap.xml"));
}
