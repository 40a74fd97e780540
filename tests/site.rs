//! The program on this repository's own briefing, end to end.

mod html;
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use html::{Page, Target, resolve};
use support::Fixture;

type Files = BTreeMap<String, Vec<u8>>;

/// The folders of `content/` whose files have pages of their own, in folders of the same names.
const KINDS: [&str; 7] = [
    "events",
    "topics",
    "people",
    "organizations",
    "places",
    "terms",
    "measures",
];

/// Builds, without a word of complaint.
fn build<const N: usize>(fixture: &Fixture, args: [&str; N]) -> Files {
    let ran = fixture.run(args);
    assert_eq!(
        (ran.code, ran.err.contains("warning")),
        (0, false),
        "{}",
        ran.err
    );
    fixture
        .snapshot()
        .into_iter()
        .filter(|(path, _)| !path.starts_with(".dateline-"))
        .collect()
}

/// What the table of `--timings` says was done.
fn phases(fixture: &Fixture) -> Vec<String> {
    let ran = fixture.run(["build", "--timings"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let table = ran.out.lines().take_while(|line| !line.is_empty());
    table
        .filter_map(|line| line.split("  ").next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn what_stands_is_not_made_again() {
    let fixture = Fixture::briefing();
    let whole = [
        "scan",
        "load",
        "parse",
        "annotate",
        "link",
        "pages",
        "data and feeds",
        "check links",
        "write",
    ];
    assert_eq!(phases(&fixture), whole);
    let first = fixture.snapshot();
    assert_eq!(phases(&fixture), ["scan"]);
    // A file altered by hand is mended, a changed source is built, a removed one too.
    fixture.edit("public/index.html", "altered");
    assert_eq!(phases(&fixture), whole);
    assert_eq!(fixture.snapshot(), first);
    assert_eq!(phases(&fixture), ["scan"]);
    fixture.edit(
        "content/pages/more.md",
        "+++\ntitle = \"More\"\n+++\n\nWords.\n",
    );
    assert_eq!(phases(&fixture), whole);
    fixture.remove("content/pages/more.md");
    assert_eq!(phases(&fixture), whole);
    assert_eq!(fixture.snapshot(), first);
    // Other options make another site.
    let ran = fixture.run(["build", "--base-url", "https://elsewhere.example/"]);
    assert!(
        !ran.out.contains("Files 0") && ran.out.contains(" written"),
        "{}",
        ran.out
    );
}

#[test]
fn what_was_warned_of_is_warned_of_again() {
    let fixture = Fixture::briefing();
    fixture.edit(
        "corpus/undated.md",
        "+++\ntitle = \"Undated\"\n+++\n\nWords.\n",
    );
    let first = fixture.run(["build"]);
    assert!(first.err.contains("undated"), "{}", first.err);
    let second = fixture.run(["build"]);
    assert_eq!(first.err, second.err);
}

#[test]
fn a_page_lists_so_many_mentions_and_says_how_many_more_there_are() {
    let place = "+++\nname = \"Paju\"\n+++\n";
    let fixture = Fixture::site().write("content/places/paju.md", place);
    for n in 0..64 {
        let text = format!(
            "+++\ntitle = \"Report {n}\"\npublished = 2013-08-14\n+++\n\nPaju waited. In Paju, too, {n} buses did.\n"
        );
        fixture.edit(&format!("corpus/{n}.md"), text);
    }
    let files = build(&fixture, ["build"]);
    let page = String::from_utf8_lossy(&files["places/paju/index.html"]);
    assert_eq!(page.matches("<mark>Paju</mark>").count(), 60);
    assert!(page.contains("68 more mentions in the reports of this year are not listed."));
    assert!(page.contains("128 mentions in 64 reports"), "{page}");
}

/// The briefing, built once.
fn site() -> &'static Files {
    static SITE: OnceLock<Files> = OnceLock::new();
    SITE.get_or_init(|| build(&Fixture::briefing(), ["build"]))
}

/// The pages of the briefing, read once.
fn pages() -> &'static BTreeMap<String, Page> {
    static PAGES: OnceLock<BTreeMap<String, Page>> = OnceLock::new();
    PAGES.get_or_init(|| read(site()))
}

fn read(files: &Files) -> BTreeMap<String, Page> {
    let pages = files.iter().filter(|(path, _)| path.ends_with(".html"));
    pages
        .map(|(path, bytes)| {
            (
                path.clone(),
                Page::read(std::str::from_utf8(bytes).expect("UTF-8")),
            )
        })
        .collect()
}

/// The ids of the files of a folder of the repository.
fn ids(folder: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(path).expect("read a folder");
    let mut ids: Vec<_> = entries
        .filter_map(|entry| {
            let name = entry.expect("read a folder").file_name();
            Some(name.to_str()?.strip_suffix(".md")?.to_owned())
        })
        .collect();
    ids.sort();
    ids
}

/// The pages that articles, events, topics, entities and measures must have.
fn expected_pages() -> Vec<String> {
    let articles = ids("corpus")
        .into_iter()
        .map(|id| format!("articles/{id}/index.html"));
    let others = KINDS.iter().flat_map(|kind| {
        let ids = ids(&format!("content/{kind}")).into_iter();
        ids.map(move |id| format!("{kind}/{id}/index.html"))
    });
    articles.chain(others).collect()
}

/// The links of a page that stay on the site, as paths of files.
fn links<'a>(from: &'a str, page: &'a Page) -> impl Iterator<Item = (String, String)> + 'a {
    page.all("a")
        .filter_map(|a| a.get("href"))
        .filter_map(move |href| match resolve(from, href) {
            Target::Inside { path, fragment } => Some((path, fragment)),
            _ => None,
        })
}

#[test]
fn everything_has_a_page_and_the_home_page_leads_to_it() {
    let pages = pages();
    let mut reached = BTreeSet::from(["index.html".to_owned()]);
    let mut queue = vec!["index.html".to_owned()];
    while let Some(path) = queue.pop() {
        for (to, _) in links(&path, &pages[&path]) {
            if pages.contains_key(&to) && reached.insert(to.clone()) {
                queue.push(to);
            }
        }
    }
    let expected = expected_pages();
    assert!(expected.len() > 100);
    let missing: Vec<_> = expected
        .iter()
        .filter(|page| !reached.contains(*page))
        .collect();
    assert!(missing.is_empty(), "not led to: {missing:#?}");
}

#[test]
fn every_reference_and_fragment_resolves() {
    let (site, pages) = (site(), pages());
    let mut faults = Vec::new();
    let mut looked = 0;
    for (from, page) in pages {
        // The page for what is not found is shown at any depth, so its references begin at the root of the server.
        let anywhere = from == "404.html";
        for reference in page.references() {
            let reference = if anywhere {
                reference.strip_prefix('/').unwrap_or(reference)
            } else {
                reference
            };
            let reference = if reference.is_empty() {
                "./"
            } else {
                reference
            };
            match resolve(from, reference) {
                Target::Outside(url)
                    if url.starts_with("https://") || url.starts_with("http://") => {}
                Target::Inside { path, fragment } => {
                    looked += 1;
                    let there = site.contains_key(&path);
                    let hit = fragment.is_empty()
                        || pages
                            .get(&path)
                            .is_none_or(|page| page.ids().contains(&*fragment));
                    if !there || !hit {
                        faults.push(format!("{from}: {reference}"));
                    }
                }
                _ => faults.push(format!("{from}: {reference}")),
            }
        }
    }
    assert!(looked > 5_000, "{looked}");
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn ids_are_unique_on_each_page() {
    for (path, page) in pages() {
        let mut seen = BTreeSet::new();
        for id in page.elements.iter().filter_map(|e| e.get("id")) {
            assert!(seen.insert(id), "{path}: {id}");
        }
    }
}

#[test]
fn nothing_is_inline_and_every_page_has_its_policy() {
    for (path, page) in pages() {
        for element in &page.elements {
            let inline = element
                .attributes
                .keys()
                .find(|key| *key == "style" || key.starts_with("on"));
            assert_eq!(inline, None, "{path}: {element:?}");
        }
        assert_eq!(page.all("style").count(), 0, "{path}");
        for script in page.all("script") {
            let is_data = script.get("type") == Some("application/ld+json");
            assert!(script.get("src").is_some() || is_data, "{path}: {script:?}");
        }
        let policies: Vec<&str> = page
            .all("meta")
            .filter(|meta| {
                meta.get("http-equiv")
                    .is_some_and(|h| h.eq_ignore_ascii_case("content-security-policy"))
            })
            .filter_map(|meta| meta.get("content"))
            .collect();
        let [policy] = policies[..] else {
            panic!("{path}: {policies:?}")
        };
        assert!(policy.contains("default-src 'none'"), "{path}: {policy}");
        for unsafe_source in ["unsafe-inline", "unsafe-eval", "*", "http:", "https:"] {
            assert!(!policy.contains(unsafe_source), "{path}: {policy}");
        }
    }
}

/// The case that the whole design is measured by: two reports, nine years apart, tell of one event.
#[test]
fn two_reports_nine_years_apart_meet_at_the_consulate_in_shenyang() {
    let (event, articles) = (
        "events/2002-05-shenyang-consulate/index.html",
        ["latimes-2002-06-24", "chosun-2011-12-09"],
    );
    let pages = pages();
    let paths = articles.map(|id| format!("articles/{id}/index.html"));
    for path in &paths {
        let cited = links(event, &pages[event])
            .find(|(to, fragment)| to == path && fragment.starts_with('s'));
        let (_, sentence) = cited.unwrap_or_else(|| panic!("no sentence of {path} is cited"));
        assert!(pages[path].ids().contains(&*sentence), "{path}#{sentence}");
        assert!(
            links(path, &pages[path]).any(|(to, _)| to == event),
            "{path} does not lead to the event"
        );
    }
    for (from, to) in [(0, 1), (1, 0)] {
        let reason = reason_beside(
            &String::from_utf8_lossy(&site()[&paths[from]]),
            articles[to],
        );
        assert!(
            reason.contains("Japan’s consulate in Shenyang"),
            "{}: {reason:?}",
            paths[from]
        );
    }
}

/// The home page opens its list of disputes with what is one, whatever the measures are called.
#[test]
fn contradictions_come_before_what_only_looks_like_one() {
    let home = String::from_utf8_lossy(&site()["index.html"]).into_owned();
    let open = home.find("id=\"dis-companies-at-kaesong\"").unwrap();
    let others: Vec<usize> = home.match_indices("id=\"dis-").map(|(at, _)| at).collect();
    assert_eq!(others.first(), Some(&open));
    assert!(others.len() > 3);
}

/// The text of the list entry that leads to an article, in a page's list of related articles.
fn reason_beside(html: &str, id: &str) -> String {
    let list = html
        .split("id=\"_related\"")
        .nth(1)
        .expect("related articles");
    let entry = list
        .split("<li>")
        .find(|entry| entry.contains(&format!("/{id}/\"")))
        .expect("the other article");
    Page::read(entry.split("</li>").next().expect("an entry")).text
}

#[test]
fn a_second_build_writes_nothing() {
    let fixture = Fixture::briefing();
    build(&fixture, ["build"]);
    let stamp = |fixture: &Fixture| -> BTreeMap<String, std::time::SystemTime> {
        let files = fixture
            .snapshot()
            .into_iter()
            .filter(|(path, _)| !path.starts_with(".dateline-"));
        files
            .map(|(path, _)| {
                let metadata =
                    fs::metadata(fixture.path(&format!("public/{path}"))).expect("a file");
                (path, metadata.modified().expect("a time"))
            })
            .collect()
    };
    let (before, first) = (stamp(&fixture), fixture.snapshot());
    build(&fixture, ["build"]);
    assert!(
        fixture.snapshot() == first,
        "the second build gave other bytes"
    );
    assert_eq!(stamp(&fixture), before);
}

#[test]
fn one_thread_and_two_give_the_same_bytes() {
    for threads in ["1", "2"] {
        let files = build(&Fixture::briefing(), ["build", "--threads", threads]);
        assert!(files == *site(), "{threads} threads");
    }
}

#[test]
fn a_base_url_makes_feeds_and_leaves_links_relative() {
    let base = "https://x.github.io/repo/";
    let files = build(&Fixture::briefing(), ["build", "--base-url", base]);
    let text = |path: &str| String::from_utf8_lossy(&files[path]).into_owned();
    let pages = read(&files);
    for path in expected_pages() {
        let address = path.strip_suffix("index.html").expect("a page");
        let canonical: Vec<_> = pages[&path]
            .all("link")
            .filter(|link| link.get("rel") == Some("canonical"))
            .filter_map(|link| link.get("href"))
            .collect();
        assert_eq!(canonical, [format!("{base}{address}")], "{path}");
        assert!(
            text("sitemap.xml").contains(&format!("<loc>{base}{address}</loc>")),
            "{path}"
        );
    }
    for (path, page) in pages.iter().filter(|(path, _)| *path != "404.html") {
        for a in page.all("a").filter_map(|a| a.get("href")) {
            assert!(!a.starts_with('/') && !a.starts_with(base), "{path}: {a}");
        }
    }
    for reference in pages["404.html"].references() {
        let fits = reference.starts_with("/repo/")
            || reference.starts_with('#')
            || reference.contains("://");
        assert!(fits, "404.html: {reference}");
    }
    let feeds: Vec<_> = files
        .keys()
        .filter(|p| p.ends_with("feed.xml") || p.ends_with("atom.xml") || p.ends_with("feed.json"))
        .collect();
    assert!(feeds.len() >= 2, "{feeds:?}");
    for feed in feeds {
        let text = text(feed);
        let addresses: Vec<_> = text
            .split(['"', '<', '>'])
            .filter(|part| part.contains("articles/"))
            .collect();
        assert!(!addresses.is_empty(), "{feed}");
        // Addresses within a text are quoted by the feed, and so cut at their quotation marks here; all are absolute.
        for address in addresses
            .iter()
            .filter(|a| !a.contains(char::is_whitespace))
        {
            assert!(
                address.trim_end_matches('\\').starts_with(base),
                "{feed}: {address}"
            );
        }
    }
    // Nothing but the absolute addresses and what is made of them sets the two builds apart.
    let names = |files: &Files| -> BTreeSet<String> {
        files
            .keys()
            .filter(|p| p.ends_with(".html"))
            .cloned()
            .collect()
    };
    assert_eq!(names(&files), names(site()));
}

const EXTRA: &str = "+++
title = \"A passing report\"
published = 2013-08-15
outlet = \"Test Courier\"
+++

Delegates met at the Kaesong complex in North Korea on Wednesday, and nobody said how the passing report would end.
";

#[test]
fn a_deleted_article_is_missed_where_it_is_named_and_then_gone_without_a_trace() {
    let fixture = Fixture::briefing();
    let before = build(&fixture, ["build"]);
    let event = "content/events/2013-08-14-kaesong-seventh-round.md";
    let good = fixture.read(event);
    fixture.edit("corpus/passing-2013-08-15.md", EXTRA);
    fixture.edit(
        "content/notes/passing-2013-08-15.md",
        "> nobody said how\n\nNor did anybody ask.\n",
    );
    let evidence = "\n[[evidence]]\narticle = \"passing-2013-08-15\"\nquote = \"Delegates met at the Kaesong complex\"\n+++\n";
    let named = good.replacen("\n+++\n", evidence, 1);
    fixture.edit(event, &named);

    let with = build(&fixture, ["build"]);
    let leads = |files: &Files| {
        files
            .values()
            .filter(|bytes| String::from_utf8_lossy(bytes).contains("passing-2013-08-15"))
            .count()
    };
    assert!(with.contains_key("articles/passing-2013-08-15/index.html"));
    assert!(leads(&with) > 3, "{}", leads(&with));

    fixture.remove("corpus/passing-2013-08-15.md");
    let ran = fixture.run(["build"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    let line = named
        .lines()
        .position(|line| line.contains("\"passing-2013-08-15\""))
        .expect("the line")
        + 1;
    for place in [
        format!("{event}:{line}:11"),
        "content/notes/passing-2013-08-15.md".to_owned(),
    ] {
        assert!(ran.err.contains(&place), "{place}\n{}", ran.err);
    }
    let kept: Files = fixture
        .snapshot()
        .into_iter()
        .filter(|(p, _)| !p.starts_with(".dateline-"))
        .collect();
    assert!(kept == with, "the failed build changed the site");

    fixture.remove("content/notes/passing-2013-08-15.md");
    fixture.edit(event, &good);
    let after = build(&fixture, ["build"]);
    assert_eq!(leads(&after), 0);
    assert!(after == before, "the site is not what it was before");
}

#[test]
fn every_place_that_names_a_deleted_article_is_told() {
    let fixture = Fixture::briefing();
    let id = "asianews-2004-08-31";
    fixture.remove(&format!("corpus/{id}.md"));
    let ran = fixture.run(["build", "--diagnostics", "json"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    let told: BTreeSet<(String, u64)> = ran
        .out
        .lines()
        .chain(ran.err.lines())
        .filter(|line| line.starts_with('{'))
        .map(|line| {
            let fault: serde_json::Value = serde_json::from_str(line).expect("JSON");
            (
                fault["file"].as_str().unwrap_or("").to_owned(),
                fault["line"].as_u64().unwrap_or(0),
            )
        })
        .collect();
    let mut named = 0;
    for folder in ["events", "topics", "measures", "organizations", "places"] {
        for name in ids(&format!("content/{folder}")) {
            let path = format!("content/{folder}/{name}.md");
            for (number, line) in fixture.read(&path).lines().enumerate() {
                let names =
                    line.contains(&format!("\"{id}\"")) || line.contains(&format!("[@{id}"));
                if names {
                    named += 1;
                    assert!(
                        told.contains(&(path.clone(), number as u64 + 1)),
                        "{path}:{}",
                        number + 1
                    );
                }
            }
        }
    }
    assert!(named > 10, "{named}");
}
