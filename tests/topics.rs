//! Topic pages, the page of gaps and pages of entities: what links events, who took part and as what, and what is missing.

mod support;

use std::path::Path;

use support::Fixture;

/// What stands between two pieces of a text.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    assert!(text.contains(from), "no {from} in {text}");
    let (_, rest) = text.split_once(from).unwrap_or_default();
    rest.split_once(to).map_or(rest, |(found, _)| found)
}

/// The words of some HTML, without its tags.
fn words(html: &str) -> String {
    let pieces = html
        .split('<')
        .map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    let text = pieces.collect::<Vec<_>>().join(" ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The briefing of this repository.
fn briefing() -> Fixture {
    let fixture = Fixture::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (root, out) = (root.to_str().expect("a path"), fixture.path("public"));
    let out = out.to_str().expect("a path");
    let ran = fixture.run(["build", "--root", root, "--out", out]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    fixture
}

#[test]
fn the_talks_of_march_2014_are_planned_and_not_confirmed_wherever_they_are_named() {
    let fixture = briefing();
    let event = fixture.read("public/events/2014-03-03-shenyang-talks/index.html");
    let record = between(&event, "id=\"_record\"", "</section>");
    assert!(
        words(record).contains("planned; not confirmed in our sources"),
        "{record}"
    );
    let topic = fixture.read("public/topics/red-cross-talks/index.html");
    let listed = between(&topic, "id=\"e-2014-03-03-shenyang-talks\"", "</li>");
    assert!(
        words(listed).contains("planned; not confirmed in our sources"),
        "{listed}"
    );
    let last = "The last report that tells of it is of 27 February 2014.";
    for (page, text, list) in [
        ("topic", &topic, "id=\"_unconfirmed\""),
        (
            "gaps",
            &fixture.read("public/gaps/index.html"),
            "id=\"unconfirmed-in-red-cross-talks\"",
        ),
    ] {
        let gaps = between(text, list, "</ul>");
        assert!(
            gaps.contains("events/2014-03-03-shenyang-talks/\""),
            "{page}: {gaps}"
        );
        assert!(
            gaps.contains("articles/korea-herald-2014-02-27/#s"),
            "{page}: {gaps}"
        );
        assert!(words(gaps).contains(last), "{page}: {gaps}");
        assert!(
            !gaps.contains("2014-02-25-family-reunions"),
            "{page}: what was held is no plan"
        );
    }
}

const TALKS: &str = "+++\ntitle = \"Talks on the bridge\"\ndate = \"2024-03-05\"\nstatus = \"planned\"\ntopics = [\"rivers\"]\n\
    place = \"bridge\"\nparticipants = [\"sylvania\", { id = \"freedonia\", role = \"host\" }, \"envoy\"]\n\n\
    [[evidence]]\narticle = \"one\"\nquote = \"will talk on the bridge\"\n+++\n";

const CALLED_OFF: &str = "+++\ntitle = \"Freedonia calls the talks off\"\ndate = \"2024-03-04\"\ntopics = [\"rivers\"]\n\
    participants = [\"freedonia\"]\n\n[[links]]\nrel = \"cancels\"\nto = \"talks\"\nwhy = \"Its letter names them.\"\n+++\n";

fn made() -> Fixture {
    Fixture::site()
        .write("content/events/talks.md", TALKS)
        .write("content/events/called-off.md", CALLED_OFF)
        .write("content/places/bridge.md", "+++\nname = \"Long Bridge\"\n+++\n")
        .write("content/places/freedonia.md", "+++\nname = \"Freedonia\"\n+++\n")
        .write("content/places/sylvania.md", "+++\nname = \"Sylvania\"\n+++\n")
        .write(
            "content/people/envoy.md",
            "+++\nname = \"Ada Lind\"\n\n[[roles]]\nrole = \"minister\"\nuntil = \"2023\"\n\n[[roles]]\nrole = \"envoy\"\nfrom = \"2024\"\n+++\n",
        )
        .write(
            "content/topics/rivers.md",
            "+++\ntitle = \"Rivers\"\n\n[rules]\nentities = [\"freedonia\"]\noutlets = [\"The Courier\"]\nafter = 2024-01-01\n+++\n",
        )
        .write(
            "corpus/one.md",
            "+++\ntitle = \"Bridge talks\"\npublished = 2024-03-01\noutlet = \"The Courier\"\n+++\n\nFreedonia and Sylvania will talk on \
             the bridge on 5 March. “We shall be there,” said Ada Lind.\n",
        )
        .write(
            "corpus/elsewhere.md",
            "+++\ntitle = \"Freedonia\"\npublished = 2024-03-02\noutlet = \"The Herald\"\n+++\n\nFreedonia is far.\n",
        )
}

fn built(fixture: &Fixture) {
    let ran = fixture.run(["build"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

#[test]
fn a_topic_tells_chains_actors_and_why_its_reports_belong_to_it() {
    let fixture = made();
    built(&fixture);
    let page = fixture.read("public/topics/rivers/index.html");
    let chain = words(between(&page, "id=\"_chains\"", "</section>"));
    let (before, link) = chain.split_once("Talks on the bridge").expect("the talks");
    assert!(before.contains("Freedonia calls the talks off"), "{chain}");
    assert!(
        link.contains("Cancelled by Freedonia calls the talks off . Its letter names them."),
        "{chain}"
    );
    let actors = between(&page, "id=\"_actors\"", "</section>");
    let of = |name: &str| words(between(actors, name, "</li>"));
    assert!(
        of(">Freedonia<").contains("5 March 2024 Talks on the bridge , host"),
        "{actors}"
    );
    assert!(of(">Freedonia<").contains("4 March 2024 Freedonia calls the talks off"));
    assert!(!of(">Sylvania<").contains("host"));
    assert!(
        of(">Ada Lind<").contains("Talks on the bridge , envoy"),
        "the office of that year"
    );
    assert!(
        of(">Ada Lind<").contains("Speaks in The Courier ¶1.2"),
        "{actors}"
    );
    let reports = words(between(&page, "id=\"_reports\"", "</section>"));
    for reason in [
        "Names Freedonia",
        "From The Courier",
        "Published since 1 January 2024",
    ] {
        assert!(reports.contains(reason), "{reason} is not in {reports}");
    }
    assert!(!page.contains("articles/elsewhere/"), "another outlet");
    let who = words(between(
        &fixture.read("public/events/talks/index.html"),
        "<dt>Who</dt>",
        "</dd>",
    ));
    assert!(who.contains("Freedonia (host)"), "{who}");
}

#[test]
fn topics_with_the_same_neighbours_share_a_pager() {
    let article = |day: u8, topics: &str| {
        format!(
            "+++\ntitle = \"Report {day}\"\npublished = 2024-03-0{day}\noutlet = \"The Courier\"\ntopics = {topics}\n+++\n\nRain.\n"
        )
    };
    let topic = |title: &str| format!("+++\ntitle = \"{title}\"\n+++\n");
    let fixture = Fixture::site()
        .write("content/topics/rivers.md", topic("Rivers"))
        .write("content/topics/lakes.md", topic("Lakes"))
        .write("content/topics/ponds.md", topic("Ponds"))
        .write("corpus/one.md", article(1, "[\"rivers\", \"lakes\"]"))
        .write(
            "corpus/two.md",
            article(2, "[\"rivers\", \"lakes\", \"ponds\"]"),
        )
        .write("corpus/three.md", article(3, "[\"ponds\"]"));
    built(&fixture);
    let page = fixture.read("public/articles/two/index.html");
    let pagers: Vec<_> = page.split("<nav class=\"pager\"").skip(1).collect();
    assert_eq!(pagers.len(), 2, "{page}");
    let told = |pager: &str| words(between(pager, ">", "</nav>"));
    assert_eq!(told(pagers[0]), "← Earlier in Lakes and Rivers Report 1");
    assert_eq!(told(pagers[1]), "Later in Ponds → Report 3");
}

#[test]
fn what_an_entity_took_part_in_has_its_part_and_counts_by_year() {
    let fixture = made();
    fixture.edit(
        "content/events/ferry.md",
        "+++\ntitle = \"A ferry for Freedonia\"\ndate = \"2021\"\nparticipants = [\"freedonia\"]\n+++\n",
    );
    built(&fixture);
    let page = fixture.read("public/places/freedonia/index.html");
    let years = words(between(&page, "<tbody>", "</tbody>"));
    assert_eq!(years, "2021 0 1 2024 2 2");
    let talks = words(between(&page, "id=\"e-talks\"", "</li>"));
    assert!(talks.contains("Took part. Host"), "{talks}");
    let bridge = fixture.read("public/places/bridge/index.html");
    assert!(words(between(&bridge, "id=\"e-talks\"", "</li>")).contains("Place of it"));
    let envoy = fixture.read("public/people/envoy/index.html");
    assert!(words(between(&envoy, "<dt>Role</dt>", "</dd>")).contains("minister, until 2023"));
}

#[test]
fn gaps_come_and_go_with_what_they_say() {
    let fixture = made();
    built(&fixture);
    let gaps = fixture.read("public/gaps/index.html");
    let unsourced = between(&gaps, "id=\"_no-source\"", "</section>");
    assert!(unsourced.contains("events/called-off/"), "{unsourced}");
    let one = between(&gaps, "id=\"_one-source\"", "</section>");
    assert!(
        words(one).contains("Only The Courier, 1 March 2024."),
        "{one}"
    );
    assert!(fixture.read("public/index.html").contains("href=\"gaps/\""));

    // A report that relies on the first is no second source; one of its own is.
    let later = |more: &str| {
        format!(
            "+++\ntitle = \"They met\"\npublished = 2024-03-06\n{more}+++\n\nFreedonia and Sylvania did talk on the bridge on 5 March 2024.\n"
        )
    };
    let told = TALKS.replace(
        "\n+++\n",
        "\n\n[[evidence]]\narticle = \"two\"\nquote = \"did talk on the bridge\"\n+++\n",
    );
    fixture.edit("content/events/talks.md", told);
    fixture.edit("corpus/two.md", later("based_on = [\"one\"]\n"));
    built(&fixture);
    let gaps = fixture.read("public/gaps/index.html");
    assert!(
        words(&gaps).contains("2 reports that repeat or rely on one another."),
        "{gaps}"
    );
    let event = words(&fixture.read("public/events/talks/index.html"));
    assert!(
        event.contains("2 reports, 1 of them independent: 2 sentences; a single source"),
        "{event}"
    );
    assert!(
        !gaps.contains("id=\"_unconfirmed\""),
        "a report of the day after tells of it"
    );
    fixture.edit("corpus/two.md", later(""));
    built(&fixture);
    assert!(
        !fixture
            .read("public/gaps/index.html")
            .contains("id=\"_one-source\"")
    );
}

#[test]
fn a_site_without_gaps_has_no_page_of_them() {
    let fixture = Fixture::site().write(
        "corpus/one.md",
        "+++\ntitle = \"Rain\"\npublished = 2024-03-01\n+++\n\nIt rained.\n",
    );
    built(&fixture);
    assert!(
        !fixture
            .public()
            .iter()
            .any(|path| path.starts_with("gaps/"))
    );
    assert!(!fixture.read("public/index.html").contains("gaps/"));
    fixture.edit(
        "corpus/lost.md",
        "+++\ntitle = \"Fog\"\n+++\n\nNobody knows when.\n",
    );
    built(&fixture);
    let gaps = words(&fixture.read("public/gaps/index.html"));
    assert!(
        gaps.contains("lost Article Left out until its day is known."),
        "{gaps}"
    );
}
