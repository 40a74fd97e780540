//! Related articles: their reasons are true, reprints are seen, and one article more changes only what it has to do with.

mod support;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use support::Fixture;

/// Articles of three stories, two of them of one kind, and one text twice.
const ARTICLES: [(&str, &str, &str, &str); 8] = [
    (
        "ferry-one",
        "2024-03-04",
        "Ferry runs aground off Sorok island",
        "The ferry Haneul ran aground off Sorok island on 3 March 2024 with 53 passengers on board. Captain Bae Dong-min said the \
         rudder had failed in the fog. The coast guard of Goheung brought all passengers ashore before midnight. An inquiry into the \
         rudder begins on Monday.",
    ),
    (
        "ferry-two",
        "2024-03-05",
        "Passengers of stranded Haneul brought ashore",
        "All 53 passengers of the ferry Haneul are safe after it ran aground off Sorok island on 3 March 2024. The coast guard of \
         Goheung blamed the fog. Captain Bae Dong-min spoke of a rudder that no longer answered.",
    ),
    (
        "ferry-wire",
        "2024-03-05",
        "Ferry runs aground",
        "The ferry Haneul ran aground off Sorok island on 3 March 2024 with 53 passengers on board. Captain Bae Dong-min said the \
         rudder had failed in the fog. The coast guard of Goheung brought all passengers ashore before midnight.",
    ),
    (
        "ferry-north",
        "2024-03-06",
        "Ferry hits quay in Sokcho",
        "A ferry hit the quay of Sokcho on 5 March 2024 and hurt 12 dock hands. Harbour master Oh Se-jun said the gangway had been \
         lowered too soon. The quay stays closed until its cranes are repaired.",
    ),
    (
        "quay-repair",
        "2024-03-08",
        "Sokcho quay to reopen after ferry accident",
        "Harbour master Oh Se-jun expects the quay of Sokcho to reopen once its cranes are repaired. A ferry hurt 12 dock hands there \
         on 5 March 2024 when the gangway was lowered too soon.",
    ),
    (
        "pears",
        "2024-09-20",
        "Frost leaves few pears in Naju",
        "Growers of Naju pick a third of the usual pears this autumn. A frost in April took the blossom, said grower Ma Eun-bi.",
    ),
    (
        "pears-price",
        "2024-09-23",
        "Pears from Naju cost twice as much",
        "A crate of pears from Naju costs twice what it did, because a frost in April took the blossom. Grower Ma Eun-bi has no more \
         to sell.",
    ),
    (
        "library",
        "2024-11-11",
        "Library opens on Sundays",
        "The town library opens its reading room on Sundays from next year on, and lends telescopes.",
    ),
];

fn site(articles: &[(&str, &str, &str, &str)]) -> Fixture {
    let mut fixture = Fixture::site().write(
        "content/places/sorok.md",
        "+++\nname = \"Sorok island\"\n+++\n",
    );
    for (id, day, title, text) in articles {
        fixture = fixture.write(
            &format!("corpus/{id}.md"),
            format!("+++\ntitle = \"{title}\"\npublished = {day}\n+++\n\n{text}\n"),
        );
    }
    fixture
}

type Data = BTreeMap<String, Value>;

fn related(fixture: &Fixture) -> Data {
    let ran = fixture.run(["build"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    serde_json::from_str(&fixture.read("public/data/related.json")).expect("JSON")
}

fn of<'d>(data: &'d Data, from: &str, to: &str) -> Option<&'d Value> {
    data[from]
        .as_array()?
        .iter()
        .find(|entry| entry["id"] == to)
}

fn strings(value: &Value) -> Vec<String> {
    let all = value.as_array().into_iter().flatten();
    all.filter_map(|v| v.as_str().map(str::to_owned)).collect()
}

fn text(id: &str) -> String {
    let found = ARTICLES.iter().find(|a| a.0 == id);
    let (_, _, title, text) = found.expect("an article");
    format!("{title}\n{text}").to_lowercase()
}

/// The words of a text by their first four letters, which all forms of a word have in common.
fn forms(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words
        .map(|w| w.to_lowercase().chars().take(4).collect())
        .collect()
}

#[test]
fn every_reason_is_true() {
    let data = related(&site(&ARTICLES));
    let mut seen = BTreeSet::new();
    for (from, entries) in &data {
        for entry in entries.as_array().expect("a list") {
            let to = entry["id"].as_str().expect("an id");
            let reasons = entry["reasons"].as_array().expect("reasons");
            let sum: i64 = reasons.iter().filter_map(|r| r["points"].as_i64()).sum();
            assert_eq!(entry["points"], sum, "{from} {to}");
            for reason in reasons {
                seen.insert(reason["kind"].as_str().expect("a kind").to_owned());
                assert!(holds(&data, from, to, reason), "{from} {to} {reason}");
            }
        }
    }
    let expected = [
        "dates", "days", "entities", "figures", "names", "reprint", "through", "wording",
    ];
    for kind in expected {
        assert!(seen.contains(kind), "{kind} is not among {seen:?}");
    }
}

/// Works a reason out again from the articles.
fn holds(data: &Data, from: &str, to: &str, reason: &Value) -> bool {
    let (here, there) = (text(from), text(to));
    let both = |words: &str| {
        let parts = forms(words);
        parts.is_subset(&forms(&here)) && parts.is_subset(&forms(&there))
    };
    let day = |id: &str| -> jiff::civil::Date {
        let article = ARTICLES.iter().find(|a| a.0 == id);
        article.expect("an article").1.parse().expect("a day")
    };
    match reason["kind"].as_str() {
        Some("days") => {
            let days = day(from).until(day(to)).expect("days").get_days();
            reason["days"] == days
        }
        Some("wording") => {
            let terms = strings(&reason["terms"]);
            !terms.is_empty() && terms.iter().all(|t| both(t))
        }
        Some("names") => strings(&reason["names"]).iter().all(|n| both(n)),
        Some("figures") => strings(&reason["figures"]).iter().all(|f| {
            let number: String = f.chars().take_while(char::is_ascii_digit).collect();
            here.contains(&f.to_lowercase()) && there.contains(&number)
        }),
        Some("dates") => strings(&reason["dates"]).iter().all(|d| {
            let date: jiff::civil::Date = d.parse().expect("a day");
            let written = date.strftime("%-d %B %Y").to_string().to_lowercase();
            both(&written)
        }),
        Some("entities") => {
            reason["entities"] == serde_json::json!(["sorok"]) && both("sorok island")
        }
        Some("reprint") => reason["percent"].as_u64() >= Some(60),
        Some("same_words") => {
            let quoted = reason["words"].as_str().unwrap_or_default().to_lowercase();
            let quoted = quoted
                .split(['“', '…', '”'])
                .nth(1)
                .unwrap_or_default()
                .trim()
                .to_owned();
            let plain = |t: &str| t.split_whitespace().collect::<Vec<_>>().join(" ");
            reason["count"].as_u64() >= Some(8)
                && plain(&here).contains(&quoted)
                && plain(&there).contains(&quoted)
        }
        Some("through") => strings(&reason["articles"])
            .iter()
            .all(|c| of(data, c, from).is_some() && of(data, c, to).is_some()),
        _ => false,
    }
}

/// What editors have tied: a text twice, a report that relies on another, an event and a topic.
const TIED: [(&str, &str, &str, &str); 5] = [
    (
        "dam-one",
        "2024-05-02\noutlet = \"The Courier\"",
        "Dam at Hwacheon opens its gates",
        "The dam at Hwacheon opened its gates on 1 May 2024 after a week of rain. Engineers had watched the water since Sunday.",
    ),
    (
        "dam-again",
        "2024-05-03",
        "Gates of Hwacheon dam opened",
        "The dam at Hwacheon opened its gates on 1 May 2024 after a week of rain. Engineers had watched the water since Sunday.",
    ),
    (
        "dam-after",
        "2024-05-04\nbased_on = [\"dam-one\"]",
        "Fields below the reservoir flooded",
        "Farmers lost seedlings when Hwacheon let water go, the Courier says.",
    ),
    (
        "dam-inquiry",
        "2024-06-11",
        "Why the spillway was used",
        "A committee asks who gave the order to open the gates at Hwacheon. It wants to hear the operators in July.",
    ),
    (
        "opera",
        "2024-06-12",
        "Opera house closes for summer",
        "Singers take a rest until September.",
    ),
];

#[test]
fn reasons_that_editors_have_given_are_true() {
    let fixture = site(&TIED)
        .write(
            "content/events/gates.md",
            "+++\ntitle = \"Gates opened\"\ndate = \"2024-05-01\"\n\n[[evidence]]\narticle = \"dam-one\"\nquote = \"opened its \
             gates\"\n\n[[evidence]]\narticle = \"dam-inquiry\"\nquote = \"order to open the gates\"\n+++\n",
        )
        .write(
            "content/topics/water.md",
            "+++\ntitle = \"Water\"\n\n[rules]\nany = [\"Hwacheon\"]\n+++\n",
        );
    let data = related(&fixture);
    let tells = |id: &str| {
        let page = fixture.read(&format!("public/articles/{id}/index.html"));
        page.contains("href=\"../../events/gates/\"")
    };
    let told = ["dam-one", "dam-again", "dam-inquiry"];
    let text = |id: &str| TIED.iter().find(|a| a.0 == id).expect("an article").3;
    let relies = |from: &str, to: &str| from == "dam-after" && to == "dam-one";
    let mut seen: BTreeSet<(String, String, String)> = BTreeSet::new();
    for (from, entries) in &data {
        for entry in entries.as_array().expect("a list") {
            let to = entry["id"].as_str().expect("an id");
            let reasons = entry["reasons"].as_array().expect("reasons");
            let sum: i64 = reasons.iter().filter_map(|r| r["points"].as_i64()).sum();
            assert_eq!(entry["points"], sum, "{from} {to}");
            for reason in reasons {
                let kind = reason["kind"].as_str().expect("a kind");
                let holds = match kind {
                    "events" => {
                        let both = [from, to].map(|id| told.contains(&id) && tells(id));
                        reason["events"] == serde_json::json!(["gates"]) && both == [true, true]
                    }
                    "duplicate" => text(from) == text(to),
                    "based_on" => relies(from, to) || relies(to, from),
                    "topics" => {
                        reason["topics"] == serde_json::json!(["water"])
                            && [from, to].iter().all(|id| text(id).contains("Hwacheon"))
                    }
                    _ => continue,
                };
                assert!(holds, "{from} {to} {reason}");
                seen.insert((kind.to_owned(), from.clone(), to.to_owned()));
            }
        }
    }
    // Each of them is there, and both ways.
    for (kind, one, other) in [
        ("events", "dam-one", "dam-inquiry"),
        ("duplicate", "dam-one", "dam-again"),
        ("based_on", "dam-one", "dam-after"),
        ("topics", "dam-one", "dam-after"),
    ] {
        for (from, to) in [(one, other), (other, one)] {
            let reason = (kind.to_owned(), from.to_owned(), to.to_owned());
            assert!(seen.contains(&reason), "{reason:?} is not among {seen:?}");
        }
    }
    assert_eq!(data["opera"], serde_json::json!([]));
}

#[test]
fn two_accidents_of_one_kind_stay_apart() {
    let data = related(&site(&ARTICLES));
    let best = |id: &str| data[id][0]["id"].clone();
    assert_eq!(best("ferry-north"), "quay-repair");
    assert_eq!(best("quay-repair"), "ferry-north");
    assert_eq!(best("pears"), "pears-price");
    assert_eq!(data["library"], serde_json::json!([]));
}

#[test]
fn a_reprint_confirms_nothing() {
    let fixture = site(&ARTICLES).write(
        "content/events/aground.md",
        "+++\ntitle = \"Ferry Haneul runs aground\"\ndate = \"2024-03-03\"\n\n[[evidence]]\narticle = \"ferry-one\"\nquote = \"ran \
         aground off Sorok island\"\n\n[[evidence]]\narticle = \"ferry-wire\"\nquote = \"ran aground off Sorok island\"\n\n[[evidence]]\n\
         article = \"ferry-two\"\nquote = \"it ran aground off Sorok island\"\n+++\n",
    );
    let data = related(&fixture);
    let kinds = |from: &str, to: &str| -> Vec<String> {
        let entry = of(&data, from, to).expect("related");
        let reasons = entry["reasons"].as_array().into_iter().flatten();
        reasons
            .filter_map(|r| r["kind"].as_str().map(str::to_owned))
            .collect()
    };
    assert!(kinds("ferry-one", "ferry-wire").contains(&"reprint".to_owned()));
    assert!(!kinds("ferry-one", "ferry-two").contains(&"reprint".to_owned()));
    let page = fixture.read("public/events/aground/index.html");
    assert!(page.contains("3 reports, 2 of them independent"), "{page}");
}

#[test]
fn a_reprint_is_seen_among_two_articles() {
    // Most of the text is the same, not all.
    let [one, _, wire, ..] = ARTICLES;
    let data = related(&site(&[one, wire]));
    let entry = of(&data, "ferry-one", "ferry-wire").expect("related");
    let mut reasons = entry["reasons"].as_array().into_iter().flatten();
    assert!(reasons.any(|r| r["kind"] == "reprint"), "{entry}");
}

#[test]
fn a_site_may_limit_the_list_and_keep_words_to_itself() {
    let fixture = site(&ARTICLES);
    fixture.edit("dateline.toml", "title = \"T\"\n[data]\nrelated = 1\n");
    let data = related(&fixture);
    assert!(
        data.values()
            .all(|l| l.as_array().is_some_and(|l| l.len() <= 1))
    );
    fixture.edit(
        "dateline.toml",
        "title = \"T\"\n[rights]\ndefault = \"metadata\"\n",
    );
    let json = serde_json::to_string(&related(&fixture)).expect("JSON");
    for word in ["rudder", "Goheung", "53 passengers", "Bae"] {
        assert!(
            !json.contains(word),
            "{word} is told of articles of which no word may be"
        );
    }
}

#[test]
fn one_article_more_changes_only_what_it_has_to_do_with() {
    let before = related(&site(&ARTICLES));
    let ids = |list: &Value| -> Vec<String> {
        let entries = list.as_array().into_iter().flatten();
        entries
            .filter_map(|e| e["id"].as_str().map(str::to_owned))
            .collect()
    };
    // Nine articles have the buckets of eight, and this one shares no word with any.
    let stranger = (
        "bakers",
        "2024-06-01",
        "Bakers knead dough",
        "Ovens glow overnight.",
    );
    let after = related(&site(&[&ARTICLES[..], &[stranger]].concat()));
    for (id, list) in &before {
        assert_eq!(list, &after[id], "{id}");
    }
    let aid = (
        "pears-aid",
        "2024-09-25",
        "Aid for growers in Naju",
        "Growers of Naju who lost their blossom to the frost in April may ask for aid, and Ma Eun-bi has.",
    );
    let after = related(&site(&[&ARTICLES[..], &[aid]].concat()));
    for (id, list) in &before {
        let now = ids(&after[id]);
        let touched = now.iter().any(|other| other == "pears-aid");
        assert_eq!(touched, id.starts_with("pears"), "{id}");
        assert!(touched || ids(list) == now, "{id}");
    }
}
