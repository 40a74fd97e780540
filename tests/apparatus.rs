//! Figures, quotations and names that no entry lists, on the pages of a small site.

mod html;
mod support;

use dateline::base::SitePath;
use dateline::model::Body;
use dateline::read::markdown::{Flavour, parse};
use support::Fixture;

const BODY: &str = "\
The Quay Board counted some 200 idle cranes on Monday, two dozen of them new. The two sides met at 9 piers. \
Repairs will cost $2.5 billion.

“We will not load a single ship,” said Marta Ilves, who heads the Quay Board. She said that the strike would go on. \
An official of the Quay Board called it “a long winter”. Everybody spoke of the “hot quay”.

“The cranes are old.

“They will be replaced,” Ilves added.

## Two dozen cranes in “a row”

The Quay Board said that Ilves was right. The Harbour Gazette said that this is so. Olev Saarinen, a crane driver, said: “I saw *nine* of [the cranes](https://example.org/) fall.”
";

const TITLE: &str = "title = \"Cranes\"\npublished = 2024-03-05\noutlet = \"Harbour Gazette\"\nbased_on = [\"Riga Wire\"]\n";

fn site(config: &str, front: &str) -> Fixture {
    Fixture::new()
        .write("dateline.toml", format!("title = \"T\"\n{config}"))
        .write("corpus/cranes.md", format!("+++\n{TITLE}{front}+++\n\n{BODY}"))
        .write(
            "content/organizations/quay-board.md",
            "+++\nname = \"Quay Board\"\n+++\n",
        )
        .write(
            "content/organizations/gazette.md",
            "+++\nname = \"The Harbour Gazette\"\naliases = [\"Harbour Gazette\"]\n+++\n",
        )
        .write(
            "content/people/ilves.md",
            "+++\nname = \"Marta Ilves\"\nweak_aliases = [\"Ilves\"]\naffiliation = \"quay-board\"\n+++\n",
        )
        .write(
            "content/measures/cranes.md",
            "+++\ntitle = \"Idle cranes\"\nunit = [\"crane\"]\n\n[[values]]\narticle = \"cranes\"\nquote = \"some 200 idle cranes\"\nvalue = 200\nhedge = \"about\"\nspeaker = \"quay-board\"\n+++\n",
        )
}

fn built(config: &str, front: &str) -> Fixture {
    let fixture = site(config, front);
    let ran = fixture.run(["build"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    fixture
}

fn article(fixture: &Fixture) -> String {
    fixture.read("public/articles/cranes/index.html")
}

/// What stands between two pieces of a text, the first time.
fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let rest = text.split_once(from).map_or("", |(_, rest)| rest);
    rest.split_once(to).map_or(rest, |(within, _)| within)
}

/// The card that a link in the text leads to.
fn card<'t>(page: &'t str, id: &str) -> &'t str {
    between(page, &format!("popover id=\"{id}\">"), "</div>")
}

/// The text of the brief's paragraphs, without what stands between its words.
fn words(page: &str) -> String {
    let brief = between(page, "<div class=\"brief\">", "<div class=\"full after\">");
    let mut text = String::new();
    let mut rest = brief;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        let apparatus = ["a class=\"spk\"", "a class=\"pn\"", "a class=\"ref\""];
        let margin = tag.starts_with("div class=\"margin");
        let end = match apparatus.iter().any(|a| tag.starts_with(a)) {
            true => "</a>",
            false if margin => "</div>",
            false => ">",
        };
        rest = tag.split_once(end).map_or("", |(_, rest)| rest);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn figures_are_marked_written_out_and_explained() {
    let fixture = built("", "");
    let page = article(&fixture);
    assert!(page.contains(
        "<a href=\"#f-1\" class=\"a a-fig reviewed k1\"><data value=\"200\">200</data></a>"
    ));
    assert!(page.contains("title=\"24\" data-g=\"24\"><data value=\"24\">two dozen</data>"));
    assert!(page.contains("data-g=\"USD 2,500,000,000\""));
    assert!(page.contains("<i>some 200 idle cranes</i>, <small>one source</small>"));
    assert!(page.contains("<i>two dozen</i> is <b>24</b></li>"));
    assert_eq!(
        page.matches("class=\"a a-fig").count(),
        5 + 1,
        "the two sides and what stands in a heading have no mark; one is the layer’s label"
    );
    let measured = card(&page, "f-1");
    for part in [
        "Some 200 idle cranes",
        "<p>About 200.</p>",
        "According to Quay Board.",
        "Only this report gives the number.",
        "href=\"../../measures/cranes/\"",
        "Checked by an editor",
    ] {
        assert!(measured.contains(part), "{part}: {measured}");
    }
    assert!(card(&page, "f-2").contains("Found automatically"));
}

#[test]
fn quotations_have_their_speakers() {
    let fixture = built("", "");
    let page = article(&fixture);
    assert!(page.contains(
        "<q class=\"said\"><b class=\"qm\">“</b>We will not load a single ship,<b class=\"qm\">”</b></q><wbr><a class=\"spk\" href=\"#q-1\" aria-label=\"Speaker: Marta Ilves\">Marta Ilves</a> said"
    ));
    assert!(
        page.contains(
            "She <a href=\"#q-2\" class=\"a a-quote\">said</a><wbr><a class=\"spk\" href=\"#q-2\" aria-label="
        ),
        "a pronoun is resolved beside the verb"
    );
    assert!(
        !page.contains("class=\"qm\">“</b>hot quay"),
        "nobody is quoted"
    );
    assert!(!page.contains("<b class=\"qm\">“</b>a row"), "a heading");
    assert!(
        !page.contains("id=\"x-gazette\" class=\"a a-quote\"")
            && !page.contains("Reported in other words</span> <a href=\"#p8"),
    );
    let unnamed = card(&page, "q-3");
    for part in [
        "Quoted in part",
        "An official of the Quay Board",
        "An unnamed source of Quay Board.",
        "The verb is “called”.",
        "Told by Harbour Gazette, which relies on Riga Wire.",
        "Found automatically",
    ] {
        assert!(unnamed.contains(part), "{part}: {unnamed}");
    }
    let pronoun = card(&page, "q-2");
    assert!(
        pronoun.contains("“She” stands for Marta Ilves."),
        "{pronoun}"
    );
    assert!(pronoun.contains("href=\"../../people/ilves/#_said\""));
    let paragraphs = [
        "<b class=\"qm\">“</b>The cranes",
        "<b class=\"qm\">“</b>They will",
    ];
    for paragraph in paragraphs {
        assert!(page.contains(paragraph), "{paragraph}");
    }
    assert!(
        !page.contains("The Harbour Gazette</a> <a href=\"#q"),
        "the report itself"
    );
}

#[test]
fn the_words_are_those_of_the_article() {
    let body = Body {
        text: BODY.into(),
        path: SitePath::new("corpus/cranes.md"),
        offset: 0,
    };
    let plain = parse(&body, Flavour::Corpus).value.text;
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    for config in ["", "[annotations]\nunlisted = true\n"] {
        assert_eq!(words(&article(&built(config, ""))), plain);
    }
}

#[test]
fn layers_can_be_switched_off_for_a_site() {
    let page = article(&built(
        "[annotations]\nfigures = false\nquotations = false\n",
        "",
    ));
    for gone in [
        "a-fig",
        "id=\"f-1\"",
        "class=\"said\"",
        "class=\"spk\"",
        "id=\"q-1\"",
        "ly-fig",
        "ly-quote",
    ] {
        assert!(!page.contains(gone), "{gone}");
    }
    let person = "public/people/ilves/index.html";
    let without = built("[annotations]\nquotations = false\n", "");
    assert!(!without.read(person).contains("id=\"_said\""));
}

#[test]
fn unlisted_names_are_shown_where_the_site_wants_them() {
    assert!(!article(&built("", "")).contains("a-new"));
    let page = article(&built("[annotations]\nunlisted = true\n", ""));
    assert!(
        page.contains("class=\"a a-person a-new\">Olev Saarinen</a>"),
        "{page}"
    );
    let name = card(&page, "u-1");
    assert!(name.contains("Person, not listed"), "{name}");
    assert!(name.contains("No entry of this briefing lists this name."));
    assert!(name.contains("Found automatically"));
    let people = "[annotations]\nunlisted = true\npeople = false\n";
    assert!(!article(&built(people, "")).contains("a-person"));
}

#[test]
fn entity_pages_list_what_was_said() {
    let fixture = built("", "");
    let board = fixture.read("public/organizations/quay-board/index.html");
    let said = between(&board, "aria-labelledby=\"_said\"", "</section>");
    for part in [
        "Said by it and for it",
        "id=\"_said-2024\"",
        "<time datetime=\"2024-03-05\"><b>5 March 2024</b></time><br>Harbour Gazette",
        "<q class=\"said\">“We will not load a single ship,”</q>",
        "<a href=\"../../people/ilves/\">Marta Ilves</a></b> · Quoted word for word · “said”",
        "An official of the Quay Board",
        "¶2.1",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let ilves = fixture.read("public/people/ilves/index.html");
    assert!(between(&ilves, "id=\"_about\"", "</section>").contains("Ilves was right"));
    assert!(!between(&ilves, "id=\"_about\"", "</section>").contains("single ship"));
    let gazette = fixture.read("public/organizations/gazette/index.html");
    assert!(!gazette.contains("id=\"_said\""), "the report itself");
}

#[test]
fn what_may_not_be_published_is_told_without_words() {
    let fixture = built("", "rights = \"metadata\"\n");
    let board = fixture.read("public/organizations/quay-board/index.html");
    let said = between(&board, "aria-labelledby=\"_said\"", "</section>");
    assert!(
        said.contains("The sentence is not published here."),
        "{said}"
    );
    assert!(said.contains("¶2.1"));
    for words in ["single ship", "long winter", "would go on", "“said”"] {
        assert!(!said.contains(words), "{words}: {said}");
    }
}
