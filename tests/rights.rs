//! What may not be published is in no output: texts under restricted rights, and names of protected people.

mod support;

use support::Fixture;

const CONFIG: &str =
    "title = \"T\"\nbase_url = \"https://example.org/t/\"\n\n[rights]\nmax_words = 6\n";

const BODY: &str = "Harbour workers walked out at dawn on Monday. The union called it a warning strike.\n\n\
                    A spokesman for the Quay Board said talks would resume at once.\n";

const EVENT: &str = r#"+++
title = "A walkout"
date = "2024-03-04"
participants = ["quay-board"]

[[evidence]]
article = "strike"
quote = "workers walked out at dawn"

[[evidence]]
article = "strike"
quote = "The union called it a warning strike"
+++
"#;

fn site(rights: &str) -> Fixture {
    let article = format!(
        "+++\ntitle = \"Strike\"\npublished = 2024-03-05\nsummary = \"Our summary.\"\nrights = \"{rights}\"\n+++\n\n{BODY}"
    );
    Fixture::new()
        .write("dateline.toml", CONFIG)
        .write("corpus/strike.md", article)
        .write("content/events/walkout.md", EVENT)
        .write("content/organizations/quay-board.md", "+++\nname = \"Quay Board\"\n+++\n")
        .write(
            "content/notes/strike.md",
            "> a warning strike\n\n**Whose word?** The union’s.\n",
        )
        .write(
            "content/measures/days.md",
            "+++\ntitle = \"Days\"\nunit = [\"day\"]\n\n[[values]]\narticle = \"strike\"\nquote = \"talks would resume at once\"\nvalue = 1\n+++\n",
        )
}

/// All outputs as one text each, with the way there.
fn outputs(fixture: &Fixture) -> Vec<(String, String)> {
    let files = fixture.snapshot().into_iter();
    files
        .map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).into_owned()))
        .collect()
}

fn having(fixture: &Fixture, words: &str) -> Vec<String> {
    let found = outputs(fixture)
        .into_iter()
        .filter(|(_, text)| text.contains(words));
    found.map(|(path, _)| path).collect()
}

#[test]
fn metadata_publishes_no_sentence() {
    let fixture = site("metadata");
    let ran = fixture.run(["build"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for words in [
        "walked out",
        "warning strike",
        "talks would resume",
        "spokesman for",
    ] {
        assert_eq!(having(&fixture, words), [""; 0], "{words}");
    }
    let page = fixture.read("public/articles/strike/index.html");
    assert!(page.contains("Our summary."));
    assert!(
        page.contains("Whose word?"),
        "notes are the editor’s own words"
    );
    assert!(page.contains("href=\"../../events/walkout/\""));
}

#[test]
fn an_excerpt_publishes_so_many_words_in_all() {
    let fixture = site("excerpt");
    assert_eq!(fixture.run(["build"]).code, 0);
    // Five words fit into six, the next seven do not.
    let with_quote = having(&fixture, "workers walked out at dawn");
    assert!(
        with_quote.contains(&"articles/strike/index.html".to_owned()),
        "{with_quote:?}"
    );
    for words in [
        "Harbour workers",
        "at dawn on Monday",
        "warning strike",
        "talks would resume",
    ] {
        assert_eq!(having(&fixture, words), [""; 0], "{words}");
    }
}

#[test]
fn the_full_text_is_published_where_it_may_be() {
    let fixture = site("full");
    assert_eq!(fixture.run(["build"]).code, 0);
    assert!(!having(&fixture, "at dawn on Monday").is_empty());
}

#[test]
fn a_protected_name_is_nowhere() {
    let fixture = Fixture::new()
        .write("dateline.toml", CONFIG)
        .write(
            "corpus/a.md",
            "+++\ntitle = \"Jon Arbuthnot speaks\"\npublished = 2024-03-05\nauthors = [\"Jon Arbuthnot\"]\n+++\n\n\
             Jon Arbuthnot, a docker, said so. Arbuthnot left. ![Jon Arbuthnot](x.png)\n",
        )
        .write("corpus/a/x.png", b"png")
        .write(
            "content/people/witness.md",
            "+++\nname = \"Jon Arbuthnot\"\nweak_aliases = [\"Arbuthnot\"]\nprotect = true\nreplacement = \"a docker we know\"\n+++\n\nJon Arbuthnot’s profile.\n",
        )
        .write(
            "content/events/e.md",
            "+++\ntitle = \"Jon Arbuthnot speaks\"\ndate = \"2024-03-04\"\nparticipants = [\"witness\"]\n\n[[evidence]]\narticle = \"a\"\nquote = \"Jon Arbuthnot, a docker, said so\"\n+++\n",
        )
        .write("content/notes/a.md", "> Jon Arbuthnot, a docker\n\n**Why?** Jon Arbuthnot does not say.\n");
    let ran = fixture.run(["build"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(having(&fixture, "Arbuthnot"), [""; 0]);
    assert!(!having(&fixture, "a docker we know").is_empty());
    assert!(
        !fixture
            .public()
            .iter()
            .any(|path| path.starts_with("people/witness"))
    );
}

#[test]
fn a_protected_name_in_an_address_fails_the_build() {
    let fixture = Fixture::new()
        .write("dateline.toml", CONFIG)
        .write(
            "corpus/jon-arbuthnot-speaks.md",
            "+++\ntitle = \"He speaks\"\npublished = 2024-03-05\n+++\n\nSo he did.\n",
        )
        .write(
            "content/people/witness.md",
            "+++\nname = \"Jon Arbuthnot\"\nprotect = true\n+++\n",
        );
    let ran = fixture.run(["build"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("error[leak]"), "{}", ran.err);
    assert_eq!(fixture.public(), [""; 0]);
}

#[test]
fn drafts_and_undated_articles_stay_out() {
    let fixture = Fixture::new()
        .write("dateline.toml", CONFIG)
        .write(
            "corpus/a.md",
            "+++\ntitle = \"Draft\"\npublished = 2024-03-05\ndraft = true\n+++\n\nUnready words.\n",
        )
        .write(
            "corpus/b.md",
            "+++\ntitle = \"Undated\"\n+++\n\nTimeless words.\n",
        );
    let ran = fixture.run(["build"]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("warning[undated]"), "{}", ran.err);
    assert_eq!(having(&fixture, "ready words"), [""; 0]);
    assert_eq!(having(&fixture, "Timeless"), [""; 0]);
    assert_eq!(fixture.run(["build", "--drafts"]).code, 0);
    assert!(!having(&fixture, "Unready words").is_empty());
}
