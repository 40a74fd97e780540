//! Values of measures are gathered from the articles, and where they differ every page says so.

mod support;

use std::fs;
use std::path::Path;

use support::Fixture;

const MEASURE: &str = "+++\ntitle = \"Firms at Port Arrow\"\nunit = [\"firm\", \"company\"]\nneeds = [\"Port Arrow\"]\ntopics = [\"port\"]\n+++\n";
const EVENT: &str = "+++\ntitle = \"A count\"\ndate = \"2020-05-05\"\ntopics = [\"port\"]\n\n[[evidence]]\narticle = \"b\"\nquote = \"123 companies\"\n+++\n";

/// Two reports that count differently, one that gives a range, and one whose text is not published.
fn site() -> Fixture {
    let article = |day: &str, more: &str, text: &str| {
        format!("+++\ntitle = \"Report of {day}\"\npublished = {day}\n{more}+++\n\n{text}\n")
    };
    Fixture::new()
        .write("dateline.toml", "title = \"T\"\n")
        .write(
            "corpus/a.md",
            article(
                "2020-05-04",
                "",
                "## Port Arrow\n\nIn all 120 canning firms operate there.",
            ),
        )
        .write(
            "corpus/b.md",
            article(
                "2020-05-06",
                "",
                "The mayor is at Port Arrow. He counts 123 companies.",
            ),
        )
        .write(
            "corpus/c.md",
            article(
                "2012-03-01",
                "",
                "In the free port about 40 firms had opened by 2011.",
            ),
        )
        .write(
            "corpus/d.md",
            article(
                "2019-01-02",
                "rights = \"metadata\"\n",
                "Port Arrow lost 17 idle tanning firms.",
            ),
        )
        .write(
            "content/places/port-arrow.md",
            "+++\nname = \"Port Arrow\"\naliases = [\"the free port\"]\n+++\n",
        )
        .write(
            "content/topics/port.md",
            "+++\ntitle = \"Port\"\nany = [\"Port Arrow\"]\n+++\n",
        )
        .write("content/events/count.md", EVENT)
        .write("content/measures/firms.md", MEASURE)
}

fn built(fixture: &Fixture) {
    let ran = fixture.run(["build"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

/// The briefing of this repository, without the values that its editors wrote.
fn briefing_without_values() -> Fixture {
    let fixture = Fixture::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    copy(&fixture, root, "dateline.toml");
    for folder in ["corpus", "content"] {
        copy(&fixture, root, folder);
    }
    for measure in fs::read_dir(root.join("content/measures")).expect("measures") {
        let name = measure.expect("a measure").file_name();
        let path = format!("content/measures/{}", name.to_string_lossy());
        let text = fixture.read(&path);
        let kept = text.lines().scan(false, |inside, line| {
            *inside = (*inside || line == "[[values]]") && line != "+++";
            Some((!*inside).then_some(line))
        });
        let kept: Vec<&str> = kept.flatten().collect();
        fixture.edit(&path, kept.join("\n") + "\n");
    }
    fixture
}

fn copy(fixture: &Fixture, root: &Path, path: &str) {
    let full = root.join(path);
    if full.is_file() {
        return fixture.edit(path, fs::read(full).expect("read a file"));
    }
    for entry in fs::read_dir(full).expect("read a folder") {
        let name = entry.expect("an entry").file_name();
        copy(fixture, root, &format!("{path}/{}", name.to_string_lossy()));
    }
}

/// What stands between two strings, and what follows; the first place where both are.
fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<(&'a str, &'a str)> {
    text.split_once(from)?.1.split_once(to)
}

/// The pieces of a text that begin with `from` and end before `to`.
fn pieces<'a>(mut text: &'a str, from: &str, to: &str) -> Vec<&'a str> {
    let mut all = Vec::new();
    while let Some((piece, rest)) = between(text, from, to) {
        all.push(piece);
        text = rest;
    }
    all
}

/// The words of some HTML.
fn words(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, words)| words));
        text.push(' ');
    }
    for (entity, character) in [
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, character);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The dispute about a measure on a page: the classes of its element and its words.
fn dispute(page: &str, id: &str) -> Option<(String, String)> {
    let articles = pieces(page, "<article class=\"dis", "</article>");
    let named = format!("id=\"dis-{id}\"");
    let article = articles.into_iter().find(|a| a.contains(&named))?;
    let (class, rest) = article.split_once('"')?;
    Some((class.trim().to_owned(), words(&format!("<{rest}"))))
}

/// The values on a measure's page: number, and everything said of it.
fn values(page: &str) -> Vec<(String, String)> {
    let list = between(page, "<ol class=\"vals\">", "</ol>").map_or("", |(list, _)| list);
    pieces(list, "<li>", "</li>")
        .into_iter()
        .map(|item| {
            let (number, rest) = between(item, "<p class=\"v", "</p>").expect("a number");
            (words(&format!("<{number}")), rest.to_owned())
        })
        .collect()
}

#[test]
fn values_come_from_the_articles() {
    let fixture = site();
    built(&fixture);
    let page = fixture.read("public/measures/firms/index.html");
    let values = values(&page);
    let told: Vec<(&str, String)> = values
        .iter()
        .map(|(number, rest)| {
            let reason = pieces(rest, "<p class=\"why\">", "</p>");
            (number.as_str(), words(reason.last().expect("a reason")))
        })
        .collect();
    let expected = [
        (
            "about 40",
            "Found automatically · Counted in “firm”, with a mention of Port Arrow in the same sentence",
        ),
        (
            "17",
            "Found automatically · Counted in “firm”, with “Port Arrow” in the same sentence",
        ),
        (
            "120",
            "Sources differ · Found automatically · Counted in “firm”, with “Port Arrow” in the heading above",
        ),
        (
            "123",
            "Sources differ · Found automatically · Counted in “company”, with “Port Arrow” in the same paragraph",
        ),
    ];
    let expected: Vec<_> = expected
        .iter()
        .map(|(n, why)| (*n, (*why).to_owned()))
        .collect();
    assert_eq!(told, expected);
    let svg = between(&page, "<figure class=\"chart\"", "</figure>")
        .expect("a chart")
        .0;
    assert!(svg.contains("role=\"img\"") && svg.contains("<title") && svg.contains("<desc"));
    assert_eq!(
        svg.matches("class=\"pt al\" cx=").count(),
        3,
        "two values, and the key"
    );
}

#[test]
fn a_dispute_is_on_every_page_that_it_concerns() {
    let fixture = site();
    built(&fixture);
    for page in [
        "index.html",
        "measures/firms/index.html",
        "topics/port/index.html",
        "events/count/index.html",
    ] {
        let (class, text) = dispute(&fixture.read(&format!("public/{page}")), "firms").expect(page);
        assert_eq!(class, "", "{page}");
        assert!(
            text.contains("120 Canning firms") && text.contains("123 Companies"),
            "{page}: {text}"
        );
        assert!(
            !text.contains("40"),
            "another year is no part of it: {text}"
        );
    }
    // The editor's word stands.
    fixture.edit(
        "content/measures/firms.md",
        MEASURE.replace("topics", "difference = \"resolved\"\ntopics"),
    );
    built(&fixture);
    let (class, _) = dispute(&fixture.read("public/index.html"), "firms").expect("a difference");
    assert_eq!(class, "ok");
}

#[test]
fn one_value_needs_no_chart() {
    let fixture = site();
    for id in ["a", "c", "d"] {
        fixture.remove(&format!("corpus/{id}.md"));
    }
    built(&fixture);
    let page = fixture.read("public/measures/firms/index.html");
    assert_eq!(values(&page).len(), 1);
    assert!(!page.contains("<figure class=\"chart\""));
}

#[test]
fn of_an_unpublished_text_only_the_number_is_told() {
    let fixture = site();
    built(&fixture);
    let page = fixture.read("public/measures/firms/index.html");
    assert!(values(&page).iter().any(|(number, _)| number == "17"));
    for (path, bytes) in fixture.snapshot() {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("tanning"), "{path}");
    }
}

#[test]
fn the_briefing_disputes_and_adds_without_hand_written_values() {
    let fixture = briefing_without_values();
    built(&fixture);
    for page in [
        "index.html",
        "topics/kaesong/index.html",
        "events/2013-08-14-kaesong-seventh-round/index.html",
        "measures/companies-at-kaesong/index.html",
    ] {
        let page = fixture.read(&format!("public/{page}"));
        let (class, text) = dispute(&page, "companies-at-kaesong").expect("a dispute");
        assert_eq!(class, "");
        for said in [
            "120 South Korean businesses",
            "123 South Korean companies",
            "Not resolved.",
        ] {
            assert!(text.contains(said), "{said}: {text}");
        }
    }
    let page = fixture.read("public/measures/defectors-brought-south/index.html");
    let (class, text) = dispute(&page, "defectors-brought-south").expect("a sum");
    assert_eq!(class, "ok");
    assert!(text.contains("The values add up: 24 + 2 = 26."), "{text}");
    let numbers: Vec<String> = values(&page)
        .into_iter()
        .map(|(number, _)| number)
        .collect();
    assert_eq!(numbers, ["24", "2", "26", "at least 38", "457"]);
    let page = fixture.read("public/measures/workers-at-kaesong/index.html");
    assert_eq!(dispute(&page, "workers-at-kaesong"), None);
}

/// Recomputes a printed reason from the sentence and its article; says what is wrong.
fn check(reason: &str, number: &str, sentence: &str, corpus: &str) -> Result<(), String> {
    let in_quotes = pieces(reason, "“", "”");
    let lower = sentence.to_lowercase();
    if reason.contains("Called a total") {
        let (_, sum) = reason.rsplit_once(": ").ok_or("no sum")?;
        let sum: u32 = sum
            .split(" + ")
            .map(|n| n.parse::<u32>().unwrap_or(0))
            .sum();
        return (sum.to_string() == number)
            .then_some(())
            .ok_or(format!("{sum}"));
    }
    let [unit, rest @ ..] = &in_quotes[..] else {
        return Err("no unit".into());
    };
    // The plural of every noun here begins as the singular does but for its last letter.
    let stem = |word: &str| word[..word.len() - usize::from(word.len() > 3)].to_lowercase();
    if !unit.split(' ').all(|word| lower.contains(&stem(word))) {
        return Err(format!("no “{unit}”"));
    }
    let paragraph = corpus.split("\n\n").find(|p| words(p).contains(sentence));
    let heading = corpus
        .split(sentence)
        .next()
        .and_then(|before| before.rsplit("## ").next());
    let place = match reason {
        r if r.contains("in the same paragraph") => paragraph.unwrap_or_default(),
        r if r.contains("in the heading above") => {
            heading.and_then(|h| h.lines().next()).unwrap_or_default()
        }
        _ => sentence,
    };
    let entity = reason
        .contains("a mention of Port Arrow")
        .then_some("the free port");
    let need = rest.first().copied().or(entity).ok_or("no context")?;
    place
        .to_lowercase()
        .contains(&need.to_lowercase())
        .then_some(())
        .ok_or(format!("no “{need}” in “{place}”"))
}

/// Whether an editor's override does quote words of the sentence.
fn overridden(fixture: &Fixture, sentence: &str) -> Result<(), String> {
    let overrides = fixture.read("content/overrides/figures.toml");
    let quotes = pieces(&overrides, "quote = \"", "\"");
    let quoted = quotes.iter().any(|quote| sentence.contains(quote));
    quoted
        .then_some(())
        .ok_or(format!("no override quotes “{sentence}”"))
}

#[test]
fn every_printed_reason_is_true() {
    let mut checked = 0;
    for fixture in [site(), briefing_without_values()] {
        built(&fixture);
        for (path, bytes) in fixture.snapshot() {
            if !path.starts_with("measures/")
                || !path.ends_with("/index.html")
                || path == "measures/index.html"
            {
                continue;
            }
            let page = String::from_utf8(bytes).expect("UTF-8");
            for (number, rest) in values(&page) {
                // A text that is not published has no sentence to check.
                let Some((sentence, _)) = between(&rest, "<p class=\"q1\">", "</p>") else {
                    continue;
                };
                let sentence = words(sentence);
                let (_, after) = rest.split_once("href=\"../../articles/").expect("a trace");
                let corpus = fixture.read(&format!(
                    "corpus/{}.md",
                    after.split('/').next().unwrap_or("")
                ));
                let reasons = pieces(&rest, "<p class=\"why\">", "</p>");
                let reason = words(reasons.last().expect("a reason"));
                let told = match reason.contains("An editor counts this figure here") {
                    true => overridden(&fixture, &sentence),
                    false => check(&reason, &number, &sentence, &corpus),
                };
                assert_eq!(told, Ok(()), "{path}: {number}: {reason}");
                let dated = words(&rest);
                if let Some((date, _)) = between(&dated, "by “", "” in the sentence") {
                    assert!(sentence.contains(date), "{path}: {date}");
                }
                checked += 1;
            }
        }
    }
    assert!(checked >= 12, "{checked}");
}
