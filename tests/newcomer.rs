//! What somebody sees who has just begun: four reports, a few events without evidence, a topic with two words.

mod support;

use serde_json::Value;
use support::Fixture;

/// A made-up site of four reports, built.
fn built(name: &str) -> Fixture {
    let fixture = Fixture::copy_of(&format!("newcomer/{name}"));
    let ran = fixture.run(["build"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    fixture
}

/// The records of a table.
fn table(fixture: &Fixture, name: &str) -> Vec<Value> {
    let text = fixture.read(&format!("public/data/{name}.json"));
    serde_json::from_str(&text).expect("a list of records")
}

/// Some fields of each record, one record a line.
fn lines(records: &[Value], fields: &[&str]) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let line = |record: &Value| {
        let fields = fields.iter().map(|field| text(&record[*field]));
        fields.collect::<Vec<_>>().join(" ")
    };
    records.iter().map(line).collect()
}

#[test]
fn events_find_their_statements_without_a_word_of_evidence() {
    let fields = ["event", "sentence", "status"];
    assert_eq!(
        lines(&table(&built("harbour"), "evidence"), &fields),
        [
            "2024-02-walkout port-strike-begins/s1 -",
            "2024-02-walkout port-talks-fail/s1 -",
            // This one has evidence, as in the README.
            "2024-03-strike-ends port-strike-ends/s1 -",
            "talks port-strike-begins/s6 planned",
            "talks port-talks-fail/s1 -",
        ]
    );
    assert_eq!(
        lines(&table(&built("valley"), "evidence"), &fields),
        [
            "geneva-2023 quake-aid/s1 -",
            "quake quake-first/s1 -",
            "quake quake-first/s2 -",
            "quake quake-aid/s2 -",
            "second-conference quake-aid/s5 planned",
        ]
    );
}

#[test]
fn topics_have_the_events_of_their_reports() {
    for (site, topic) in [("harbour", "strike"), ("valley", "quake")] {
        let fixture = built(site);
        for event in table(&fixture, "events") {
            assert_eq!(event["topics"], serde_json::json!([topic]), "{event}");
        }
        let page = fixture.read(&format!("public/topics/{topic}/index.html"));
        assert!(
            page.contains("The report that tells of it belongs here"),
            "{page}"
        );
    }
}

#[test]
fn figures_go_to_the_measures_whose_words_stand_at_them() {
    let fields = ["measure", "sentence", "minValue", "maxValue", "contradicts"];
    assert_eq!(
        lines(&table(&built("valley"), "values"), &fields),
        [
            "deaths quake-first/s1 12 - -",
            "deaths quake-toll-rises/s2 58 58 deaths/v3",
            "deaths quake-aid/s2 64 64 deaths/v2",
            "deaths quake-report/s1 64 64 -",
            "homeless quake-toll-rises/s5 - 15000 -",
            "pledges quake-aid/s1 120000000 120000000 -",
            "pledges quake-report/s2 120000000 120000000 -",
        ]
    );
}

#[test]
fn reports_of_one_story_find_each_other() {
    for site in ["harbour", "valley"] {
        let text = built(site).read("public/data/related.json");
        let related: Value = serde_json::from_str(&text).expect("an object");
        for (id, list) in related.as_object().expect("an object") {
            let first = &list[0]["reasons"];
            assert!(first.is_array(), "{id} has no related article");
        }
    }
}

#[test]
fn reports_of_one_outlet_are_told_apart_by_their_days() {
    let page = built("valley").read("public/events/quake/index.html");
    let label = |words: &str| page.contains(&format!("<b>Meridian News Agency</b> {words}</a>"));
    assert!(
        label("8 October 2023 ¶1.1") && label("20 October 2023 ¶2.1"),
        "{page}"
    );
    let page = built("valley").read("public/events/geneva-2023/index.html");
    assert!(
        page.contains("<b>Meridian News Agency</b> ¶1.1</a>"),
        "{page}"
    );
}

#[test]
fn a_part_in_words_is_written_out_as_a_share() {
    let page = built("valley").read("public/articles/quake-aid/index.html");
    let gloss = "<i>less than half</i> is <b>up to 50%</b>";
    assert!(page.contains(gloss), "{page}");
}

#[test]
fn what_nobody_has_written_is_suggested() {
    let ran = built("harbour").run(["suggest", "events"]);
    assert!(
        ran.out.contains("title = \"Dockers at Port Kestrel voted to accept the pay deal\"\ndate = \"2024-03-15\"\n"),
        "{}",
        ran.out
    );
}
