//! Who uses which word: outlets in their own voice, and those whom they quote, with counts, years and sentences.

mod support;

use support::Fixture;

const CONFIG: &str = "title = \"T\"\n";

/// A term, tied to others.
fn term(name: &str, tied: &str) -> String {
    let plural = format!("{}s", name.to_lowercase());
    format!("+++\nname = \"{name}\"\naliases = [\"{plural}\"]\nfold = true\n{tied}+++\n")
}

fn article(front: &str, body: &str) -> String {
    format!("+++\ntitle = \"Boats\"\n{front}+++\n\n{body}\n")
}

const COURIER: &str = "outlet = \"The Courier\"\npublished = 2012-03-05\n";

/// A site with three terms, of which two ties make one group.
fn site() -> Fixture {
    Fixture::new()
        .write("dateline.toml", CONFIG)
        .write("content/terms/boatman.md", term("Boatman", ""))
        .write(
            "content/terms/smuggler.md",
            term("Smuggler", "contested_with = [\"rescuer\"]\n"),
        )
        .write(
            "content/terms/rescuer.md",
            term("Rescuer", "contested_with = [\"boatman\"]\n"),
        )
        .write(
            "content/places/norland.md",
            "+++\nname = \"Norland\"\nkind = \"country\"\n+++\n",
        )
        .write(
            "content/organizations/council.md",
            "+++\nname = \"Rescuer Council\"\n+++\n",
        )
        .write(
            "content/people/ilves.md",
            "+++\nname = \"Marta Ilves\"\nrole = \"harbour master of Pell\"\n+++\n",
        )
}

fn built(fixture: &Fixture) {
    let ran = fixture.run(["build"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.err);
}

/// A page's rows of counts, a line each: who, what is told of them, and a count for each word and for all.
fn rows(fixture: &Fixture, page: &str) -> Vec<String> {
    let html = fixture.read(&format!("public/{page}"));
    // A term's page has a table of its years as well.
    let tables = html.split("<table class=\"with\">").skip(1);
    let mut tables = tables.filter_map(|rest| rest.split("</table>").next());
    let Some(table) = tables.find(|table| table.contains(">Who<")) else {
        return Vec::new();
    };
    let rows = table.split("<tr>").skip(1);
    let cells = rows.map(|row| {
        let row = row.replace("</th>", "|").replace("</td>", "|");
        plain(&row).trim_end_matches('|').to_owned()
    });
    cells.collect()
}

/// A page's sentences, a line each.
fn sentences(fixture: &Fixture, page: &str) -> Vec<String> {
    let html = fixture.read(&format!("public/{page}"));
    let lists = html.split("<ol class=\"list spoken\">").skip(1);
    let items = lists.flat_map(|list| {
        let (list, _) = list.split_once("</ol>").expect("an end");
        list.split("<li>").skip(1).map(plain).collect::<Vec<_>>()
    });
    items.collect()
}

/// A piece of a page without its tags, in one line.
fn plain(html: &str) -> String {
    let mut text = String::new();
    for piece in html.split('<') {
        text.push_str(piece.split_once('>').map_or(piece, |(_, rest)| rest));
        text.push(' ');
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace(" |", "|").replace("| ", "|")
}

#[test]
fn outlets_and_those_they_quote_are_told_apart() {
    let fixture = site()
        .write(
            "corpus/a.md",
            article(
                COURIER,
                "Rescuers sailed at dawn, and more rescuers followed. “They are smugglers,” said Marta Ilves.\n\n\
                 The rescuers denied it. An official said that smugglers would be arrested. \
                 The Courier writes that boatmen need a licence.",
            ),
        )
        .write(
            "corpus/b.md",
            article(
                "outlet = \"Pell Post\"\npublished = 2013-06-01\n",
                "Norland calls them smugglers. In Norland’s eyes the men were smugglers. A boatman drowned.",
            ),
        )
        .write(
            "content/terms/boatman.md",
            "+++\nname = \"Boatman\"\naliases = [\"boatmen\"]\nfold = true\n+++\n\nThe editor’s rescuers, rescuers and smugglers count for nothing.\n",
        );
    built(&fixture);
    let expected = [
        "Who|Boatman|Rescuer|Smuggler|All",
        "Outlets in their own voice",
        "The Courier|1|3|0|4",
        "Pell Post|1|0|0|1",
        "Those whom they quote or report",
        "Norland country · Called so by them, the report says · Pell Post|0|0|2|2",
        "Marta Ilves harbour master of Pell · Quoted word for word · The Courier|0|0|1|1",
        "An official Unnamed source · Reported in other words · The Courier|0|0|1|1",
        "By year of the report",
        "2012|1|3|2|6",
        "2013|1|0|2|3",
        "All|2|3|4|9",
    ];
    assert_eq!(rows(&fixture, "words/index.html"), expected);
    for page in ["boatman", "rescuer", "smuggler"] {
        let page = format!("terms/{page}/index.html");
        assert_eq!(
            rows(&fixture, &page),
            expected,
            "{page}: ties hold both ways"
        );
        assert!(
            fixture
                .read(&format!("public/{page}"))
                .contains("../../words/#_w-boatman")
        );
    }
    let told = sentences(&fixture, "words/index.html");
    assert_eq!(told.len(), 9, "{told:#?}");
    assert_eq!(
        told[5..],
        [
            "5 March 2012 The Courier “They are smugglers ,” said Marta Ilves. Marta Ilves · Quoted word for word · “said” The Courier ¶1.2",
            "5 March 2012 The Courier An official said that smugglers would be arrested. An official · Reported in other words · “said” The Courier ¶2.2",
            "1 June 2013 Pell Post Norland calls them smugglers . Norland · Called so by them, the report says Pell Post ¶1.1",
            "1 June 2013 Pell Post In Norland’s eyes the men were smugglers . Norland · Called so by them, the report says Pell Post ¶1.2",
        ]
    );
    let html = fixture.read("public/words/index.html");
    assert!(html.contains("<mark>smugglers</mark>"));
    assert!(
        html.contains("href=\"../articles/b/#s1\""),
        "each leads to its sentence"
    );
    assert!(html.contains("9 uses in 2 articles."));
}

#[test]
fn a_topic_counts_its_own_articles() {
    let fixture = site()
        .write(
            "content/topics/pell.md",
            "+++\ntitle = \"Pell\"\narticles = [\"a\"]\n+++\n",
        )
        .write("content/topics/snow.md", "+++\ntitle = \"Snow\"\n+++\n")
        .write(
            "corpus/a.md",
            article(COURIER, "A rescuer sailed. Smugglers fled."),
        )
        .write(
            "corpus/b.md",
            article(
                "outlet = \"Pell Post\"\npublished = 2013-06-01\n",
                "A smuggler fled.",
            ),
        );
    built(&fixture);
    assert_eq!(
        rows(&fixture, "topics/pell/index.html"),
        [
            "Who|Boatman|Rescuer|Smuggler|All",
            "Outlets in their own voice",
            "The Courier|0|1|1|2",
            "By year of the report",
            "2012|0|1|1|2",
        ]
    );
    let page = "topics/pell/index.html";
    assert_eq!(
        sentences(&fixture, page),
        [
            "5 March 2012 The Courier A rescuer sailed. In its own voice The Courier ¶1.1",
            "5 March 2012 The Courier Smugglers fled. In its own voice The Courier ¶1.2",
        ]
    );
    assert_eq!(rows(&fixture, "topics/snow/index.html"), [""; 0]);
}

#[test]
fn a_word_in_a_longer_name_is_no_use() {
    let body =
        "The Rescuer Council met. A rescuer spoke for the Rescuer Council. The rescuer left.";
    let fixture = site().write("corpus/a.md", article(COURIER, body));
    built(&fixture);
    assert_eq!(rows(&fixture, "words/index.html")[2], "The Courier|0|2|0|2");
    assert_eq!(sentences(&fixture, "words/index.html").len(), 2);
}

#[test]
fn a_word_in_a_name_that_is_plain_to_see_is_no_use() {
    let body = "The Rescuer Society of Pell met on Friday. Officials of the National Rescuer Committee came. \
                Rescuers sailed. The Rescuer sailed too.";
    let fixture = site().write("corpus/a.md", article(COURIER, body));
    built(&fixture);
    assert_eq!(
        sentences(&fixture, "words/index.html"),
        [
            "5 March 2012 The Courier Rescuers sailed. In its own voice The Courier ¶1.3",
            "5 March 2012 The Courier The Rescuer sailed too. In its own voice The Courier ¶1.4",
        ]
    );
}

#[test]
fn headlines_are_the_outlets_words() {
    let titled = |title: &str| {
        let text = article(COURIER, "“They are smugglers,” said Marta Ilves.");
        text.replace("title = \"Boats\"", &format!("title = \"{title}\""))
    };
    let fixture = site()
        .write("corpus/a.md", titled("Rescuers land"))
        .write("corpus/b.md", article(COURIER, "Snow fell."))
        .write("corpus/c.md", titled("Rescuer Society of Pell meets"));
    built(&fixture);
    assert_eq!(
        rows(&fixture, "words/index.html")[1..3],
        ["Outlets in their own voice", "The Courier|0|1|0|1"]
    );
    assert_eq!(
        sentences(&fixture, "words/index.html")
            .first()
            .map(String::as_str),
        Some("5 March 2012 The Courier Rescuers land In its headline The Courier")
    );
    let page = fixture.read("public/terms/rescuer/index.html");
    assert!(page.contains("Who uses which word"), "{page}");
}

const STORY: &str = "Eleven rescuers set out from the old harbour of Pell on Monday morning in three small grey boats. \
                     The first of them came back before noon with nineteen people who had spent the night on a sandbank. \
                     Nobody in the town could say who had called them, or why the lighthouse had stayed dark until then. \
                     Two doctors from the hospital on the hill waited at the quay with blankets, hot soup and a list of names \
                     that grew longer by the hour. By evening the wind had turned to the north, the second boat was still at sea, \
                     and the school by the market had been opened for everyone who had no other place to sleep that night.";

#[test]
fn reprints_do_not_count_twice() {
    let copy = format!("{STORY} A smuggler was seen.");
    let fixture = site().write("corpus/a.md", article(COURIER, STORY)).write(
        "corpus/b.md",
        article("outlet = \"Pell Post\"\npublished = 2012-03-06\n", &copy),
    );
    for (day, text) in [
        "A fair opened.",
        "Snow fell.",
        "The choir sang.",
        "A bridge was built.",
    ]
    .iter()
    .enumerate()
    {
        let front = format!("published = 2012-04-0{}\n", day + 1);
        fixture.edit(&format!("corpus/other-{day}.md"), article(&front, text));
    }
    built(&fixture);
    assert_eq!(
        rows(&fixture, "words/index.html")[1..],
        [
            "Outlets in their own voice",
            "Pell Post|0|0 +1|1|1 +1",
            "The Courier|0|1|0|1",
            "By year of the report",
            "2012|0|1 +1|1|2 +1",
        ]
    );
    assert_eq!(sentences(&fixture, "words/index.html").len(), 2);
    let html = fixture.read("public/words/index.html");
    assert!(html.contains("2 uses in 2 articles, reprints among them: 1."));
}

#[test]
fn restricted_texts_and_protected_people_do_not_show() {
    for rights in ["excerpt", "metadata"] {
        let closed = format!("{COURIER}rights = \"{rights}\"\n");
        let fixture = site()
            .write(
                "corpus/a.md",
                article(&closed, "Rescuers sailed to the Hidden Bay."),
            )
            .write(
                "corpus/b.md",
                article(
                    "outlet = \"Pell Post\"\npublished = 2013-06-01\n",
                    "“They are smugglers,” said Jon Arbuthnot. A rescuer wept.",
                ),
            )
            .write(
                "content/people/witness.md",
                "+++\nname = \"Jon Arbuthnot\"\nprotect = true\nreplacement = \"a docker\"\n+++\n",
            );
        built(&fixture);
        assert_eq!(
            rows(&fixture, "words/index.html")[1..],
            [
                "Outlets in their own voice",
                "Pell Post|0|1|0|1",
                "Those whom they quote or report",
                "A docker Quoted word for word · Pell Post|0|0|1|1",
                "By year of the report",
                "2013|0|1|1|2",
            ]
        );
        for (path, bytes) in fixture.snapshot() {
            let text = String::from_utf8_lossy(&bytes);
            assert!(
                !text.contains("Hidden Bay") && !text.contains("Arbuthnot"),
                "{path}"
            );
        }
        let html = fixture.read("public/words/index.html");
        assert!(html.contains("Articles whose text is not published here are not counted."));
    }
}

#[test]
fn pages_change_only_for_news() {
    let fixture = site().write("corpus/a.md", article(COURIER, "A rescuer sailed."));
    built(&fixture);
    let words = fixture.read("public/words/index.html");
    fixture.edit(
        "corpus/b.md",
        article(
            "outlet = \"Pell Post\"\npublished = 2014-06-01\n",
            "A ferry sank off Norland.",
        ),
    );
    built(&fixture);
    let pages = ["words/index.html", "terms/rescuer/index.html"];
    assert_eq!(fixture.read("public/words/index.html"), words);
    fixture.edit(
        "corpus/b.md",
        article(
            "outlet = \"Pell Post\"\npublished = 2014-06-01\n",
            "A smuggler’s ferry sank.",
        ),
    );
    let ran = fixture.run(["build", "--explain"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for page in pages {
        let line = ran
            .out
            .lines()
            .chain(ran.err.lines())
            .find(|l| l.contains(page));
        assert!(
            line.is_some_and(|l| l.contains("mentions")),
            "{page}: {}",
            ran.out
        );
    }
}

#[test]
fn without_ties_or_terms_there_is_no_such_page() {
    let untied = site()
        .write("content/terms/smuggler.md", term("Smuggler", ""))
        .write("content/terms/rescuer.md", term("Rescuer", ""));
    let hidden = site().write(
        "dateline.toml",
        "title = \"T\"\n\n[annotations]\nterms = false\n",
    );
    for fixture in [untied, hidden] {
        let fixture = fixture.write("corpus/a.md", article(COURIER, "A rescuer sailed."));
        built(&fixture);
        assert!(
            !fixture
                .public()
                .iter()
                .any(|path| path.starts_with("words/"))
        );
        assert!(
            !fixture
                .read("public/index.html")
                .contains("href=\"words/\"")
        );
        assert!(
            !fixture
                .read("public/terms/rescuer/index.html")
                .contains("_words")
        );
    }
}

#[test]
fn words_that_nobody_uses_are_said_to_be_unused() {
    let fixture = site().write("corpus/a.md", article(COURIER, "A ferry sailed."));
    built(&fixture);
    assert_eq!(rows(&fixture, "words/index.html"), [""; 0]);
    let html = fixture.read("public/words/index.html");
    assert!(html.contains("No report here uses any of these words."));
}
