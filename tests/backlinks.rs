//! Which pages say that others refer to them, and with which sentence.

mod support;

use support::Fixture;

/// The part of a page that tells what refers to it, in lines; empty where nothing does.
fn referring(fixture: &Fixture, page: &str) -> Vec<String> {
    let html = fixture.read(&format!("public/{page}"));
    let Some((_, rest)) = html.split_once("<details class=\"refer\"") else {
        return Vec::new();
    };
    let (list, _) = rest.split_once("</details>").expect("an end");
    let items = list
        .lines()
        .map(str::trim)
        .filter(|line| line.contains("<p"));
    items.map(str::to_owned).collect()
}

fn briefing() -> Fixture {
    let article =
        "+++\ntitle = \"A boat\"\npublished = 2014-02-27\n+++\n\nA boat left Riga. It came back.\n";
    let event = "+++\ntitle = \"The boat leaves\"\ndate = \"2014-02-26\"\n+++\n\nFirst of all. [@boat \"left Riga\"] It left [[riga]], as [the report](../../corpus/boat.md) says.\n";
    Fixture::site()
        .write("corpus/boat.md", article)
        .write("content/events/leaves.md", event)
        .write("content/places/riga.md", "+++\nname = \"Riga\"\n+++\n\nSee [[riga|this page]] and [[leaves|the day the boat left]]. And [[leaves|once more]].\n")
        .write("content/notes/boat.md", "> A boat left Riga.\n\n**Which?** No other source names [[leaves|that day]].\n")
}

#[test]
fn links_citations_and_notes_are_told_with_their_sentences() {
    let fixture = briefing();
    let ran = fixture.run(["build"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.err);
    let event = referring(&fixture, "events/leaves/index.html");
    assert_eq!(
        event,
        [
            "<li><p class=\"hl\"><a href=\"../../places/riga/\">Riga</a> <small>Place</small></p>",
            "<p>See this page and <mark>the day the boat left</mark>.</p>",
            "<p>And <mark>once more</mark>.</p></li>",
            "<li><p class=\"hl\"><a href=\"../../articles/boat/\">A boat</a> <small>In a note on it</small></p>",
            "<p>No other source names <mark>that day</mark>.</p></li>",
        ]
    );
    let article = referring(&fixture, "articles/boat/index.html");
    assert_eq!(
        article,
        [
            "<li><p class=\"hl\"><a href=\"../../events/leaves/\">The boat leaves</a> <small>Event</small></p>",
            "<p>First of all.</p>",
            "<p>It left Riga, as <mark>the report</mark> says.</p></li>",
        ]
    );
    let place = referring(&fixture, "places/riga/index.html");
    assert_eq!(place.len(), 2, "a page does not refer to itself: {place:?}");
}

#[test]
fn a_text_that_may_not_be_published_refers_to_nothing() {
    let article = "+++\ntitle = \"A boat\"\npublished = 2014-02-27\nrights = \"metadata\"\n+++\n\nA secret boat left [[riga]].\n";
    let fixture = briefing().write("corpus/boat.md", article);
    fixture.edit("content/notes/boat.md", "");
    fixture.edit(
        "content/events/leaves.md",
        "+++\ntitle = \"The boat leaves\"\ndate = \"2014-02-26\"\n+++\n",
    );
    let ran = fixture.run(["build"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(referring(&fixture, "places/riga/index.html"), [""; 0]);
}
