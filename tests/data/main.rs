//! The files of data: they follow their schemas, agree with each other and with the pages, and say no more than these.

#[path = "../html/mod.rs"]
mod html;
mod small;
#[path = "../support/mod.rs"]
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use boon::{Compiler, Schemas};
use html::Page;
use serde_json::{Value, json};
use support::Fixture;

type Record = serde_json::Map<String, Value>;

/// The files of a site by path.
struct Site(BTreeMap<String, String>);

impl Site {
    fn of(fixture: &Fixture) -> Self {
        let ran = fixture.run(["build"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let files = fixture.snapshot().into_iter();
        let text = files.map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).into_owned()));
        Self(text.collect())
    }

    /// The briefing of this repository, built once.
    fn briefing() -> &'static Self {
        static SITE: OnceLock<Site> = OnceLock::new();
        SITE.get_or_init(|| Self::of(&Fixture::briefing()))
    }

    fn text(&self, path: &str) -> &str {
        self.0.get(path).expect(path)
    }

    fn json(&self, path: &str) -> Value {
        serde_json::from_str(self.text(path)).expect(path)
    }

    /// The records of a table.
    fn records(&self, name: &str) -> Vec<Record> {
        serde_json::from_str(self.text(&format!("data/{name}.json"))).expect(name)
    }

    /// The schemas by the name of what they describe.
    fn schemas(&self) -> BTreeMap<String, Value> {
        let name = |path: &str| {
            Some(
                path.strip_prefix("data/schema/")?
                    .strip_suffix(".json")?
                    .to_owned(),
            )
        };
        let named = self
            .0
            .keys()
            .filter_map(|path| Some((name(path)?, self.json(path))));
        named.collect()
    }

    /// The schemas of tables.
    fn tables(&self) -> BTreeMap<String, Value> {
        let mut schemas = self.schemas();
        schemas.retain(|name, _| name != "related" && name != "stories");
        schemas
    }
}

/// Whether a value follows a schema.
fn follows(schema: &Value, value: &Value) -> Result<(), String> {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.enable_format_assertions();
    let address = "https://example.org/schema.json";
    compiler
        .add_resource(address, schema.clone())
        .map_err(|e| e.to_string())?;
    let index = compiler
        .compile(address, &mut schemas)
        .map_err(|e| format!("{e:#}"))?;
    schemas.validate(value, index).map_err(|e| format!("{e:#}"))
}

#[test]
fn every_file_follows_its_schema() {
    let site = Site::briefing();
    let schemas = site.schemas();
    assert!(schemas.len() >= 14, "{:?}", schemas.keys());
    for (name, schema) in &schemas {
        let value = site.json(&format!("data/{name}.json"));
        follows(schema, &value).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    // And each file is described by one.
    let described = |path: &str| {
        let name = path
            .strip_prefix("data/")
            .and_then(|p| p.strip_suffix(".json"));
        name.is_none_or(|name| {
            name.starts_with("schema/") || name == "index" || schemas.contains_key(name)
        })
    };
    for path in site.0.keys() {
        assert!(described(path), "{path} has no schema");
    }
}

#[test]
fn a_schema_refuses_what_is_not_so() {
    let site = Site::briefing();
    for (name, schema) in site.tables() {
        let record = site.records(&name).into_iter().next().expect("a record");
        let refuses = |change: &dyn Fn(&mut Record)| {
            let mut record = record.clone();
            change(&mut record);
            follows(&schema, &json!([record])).is_err()
        };
        for field in record.keys() {
            assert!(
                refuses(&|r| drop(r.remove(field))),
                "{name} without {field}"
            );
            assert!(
                refuses(&|r| drop(r.insert(field.clone(), json!({ "x": 1 })))),
                "{name}.{field}"
            );
        }
        assert!(
            refuses(&|r| drop(r.insert("more".into(), json!(1)))),
            "{name}"
        );
    }
    let related = &site.schemas()["related"];
    let one = |kind: &str| json!({ "a": [{ "id": "b", "points": 4, "reasons": [{ "kind": kind, "points": 4 }] }] });
    assert!(follows(related, &one("wording")).is_ok());
    assert!(follows(related, &one("whim")).is_err());
}

/// A value as a cell of a CSV file has it.
fn cell(schema: &Value, value: &Value) -> String {
    let escaped = |text: &str| text.replace('\\', "\\\\").replace('|', "\\|");
    let text = match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(list) => {
            let list = list.iter().map(|v| escaped(v.as_str().expect("a text")));
            list.collect::<Vec<_>>().join("|")
        }
        Value::Object(names) => {
            let names = names.iter();
            let names =
                names.map(|(key, v)| escaped(&format!("{key}={}", v.as_str().expect("a text"))));
            names.collect::<Vec<_>>().join("|")
        }
        plain => plain.to_string(),
    };
    let words = schema.get("enum").is_none() && !value.is_number();
    match words && text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        true => format!("'{text}"),
        false => text,
    }
}

#[test]
fn csv_has_the_records_of_json() {
    let site = Site::briefing();
    for (name, schema) in site.tables() {
        same_records(site, &name, &schema);
    }
}

fn same_records(site: &Site, name: &str, schema: &Value) {
    let text = site.text(&format!("data/{name}.csv"));
    assert!(text.ends_with("\r\n"), "{name}");
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let names: Vec<String> = reader
        .headers()
        .expect("names")
        .iter()
        .map(str::to_owned)
        .collect();
    let records = site.records(name);
    let lines: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect(name);
    assert_eq!(lines.len(), records.len(), "{name}");
    for (line, record) in lines.iter().zip(&records) {
        assert!(record.keys().eq(&names), "{name}");
        for (field, found) in names.iter().zip(line) {
            let of = &schema["items"]["properties"][field];
            assert_eq!(cell(of, &record[field]), found, "{name}.{field}");
        }
    }
}

/// The table that a field's ids are of, as its schema says at the end of its description.
fn table_of(schema: &Value) -> Option<&str> {
    let about = schema["description"].as_str()?.strip_suffix("`)")?;
    Some(about.rsplit_once("(`")?.1)
}

/// The texts of a field, be it one or a list.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    }
}

#[test]
fn every_id_is_that_of_a_record() {
    let site = Site::briefing();
    let tables = site.tables();
    let mut known: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for name in tables.keys() {
        let records = site.records(name);
        let ids: BTreeSet<String> = records
            .iter()
            .map(|r| r["id"].as_str().expect("an id").to_owned())
            .collect();
        assert_eq!(ids.len(), records.len(), "the ids of {name} are unique");
        known.insert(name, ids);
    }
    let mut followed = 0;
    for (name, schema) in &tables {
        for record in site.records(name) {
            for (field, value) in &record {
                let Some(table) = table_of(&schema["items"]["properties"][field]) else {
                    continue;
                };
                for id in texts(value) {
                    assert!(
                        known[table].contains(id),
                        "{name}.{field}: {id} is not in {table}"
                    );
                    followed += 1;
                }
            }
        }
    }
    assert!(followed > 1000, "{followed}");
    for (id, related) in site
        .json("data/related.json")
        .as_object()
        .expect("an object")
    {
        let of = related
            .as_array()
            .expect("a list")
            .iter()
            .map(|r| r["id"].as_str().expect("an id"));
        for id in of.chain([id.as_str()]) {
            assert!(known["articles"].contains(id), "{id}");
        }
    }
}

#[test]
fn every_address_and_sentence_is_there() {
    let site = Site::briefing();
    let pages: BTreeMap<&str, Page> = site
        .0
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, text)| (path.as_str(), Page::read(text)))
        .collect();
    let there = |address: &str| {
        let (page, fragment) = address.split_once('#').unwrap_or((address, ""));
        let page = pages.get(format!("{page}index.html").as_str());
        page.is_some_and(|page| fragment.is_empty() || page.ids().contains(fragment))
    };
    let mut seen = 0;
    for name in site.tables().keys() {
        for record in site.records(name) {
            for field in ["url", "sentenceUrl", "relatedUrl"] {
                if let Some(url) = record.get(field).and_then(Value::as_str) {
                    assert!(there(url), "{name}.{field}: {url}");
                    seen += 1;
                }
            }
            if let Some(sentence) = record.get("sentence").and_then(Value::as_str) {
                let (article, number) = sentence.split_once('/').expect("an id of a sentence");
                assert!(
                    there(&format!("articles/{article}/#{number}")),
                    "{name}: {sentence}"
                );
            }
        }
    }
    assert!(seen > 500, "{seen}");
}

#[test]
fn words_are_where_they_are_said_to_be() {
    let site = Site::briefing();
    for name in ["mentions", "times", "figures", "quotations"] {
        for record in site.records(name) {
            let Some(exact) = record["exact"].as_str() else {
                assert_eq!(record["kind"], "indirect");
                continue;
            };
            let at = |field: &str| {
                usize::try_from(record[field].as_u64().expect("a number")).expect("a place")
            };
            let text = record["text"].as_str().expect("a text");
            let found: String = text
                .chars()
                .skip(at("start"))
                .take(at("end") - at("start"))
                .collect();
            assert_eq!(found, exact, "{name}: {}", record["id"]);
        }
    }
}

#[test]
fn the_tables_say_what_the_pages_say() {
    let site = Site::briefing();
    let find = |name: &str, field: &str, value: &str| -> Vec<Record> {
        let mut records = site.records(name);
        records.retain(|r| r[field] == value);
        records
    };
    // Both reports of 2002 and 2011 tell of what happened at the consulate.
    let told = find("evidence", "event", "2002-05-shenyang-consulate");
    let from: BTreeSet<&str> = told.iter().filter_map(|r| r["article"].as_str()).collect();
    assert!(from.contains("chosun-2011-12-09") && from.contains("latimes-2002-06-24"));
    assert!(
        told.iter()
            .all(|r| !r["text"].as_str().unwrap_or_default().is_empty())
    );
    // 120 and 123 companies contradict each other.
    let values = find("values", "measure", "companies-at-kaesong");
    let disputed = values.iter().filter(|r| !r["contradicts"].is_null());
    let disputed: BTreeSet<String> = disputed.map(|r| r["minValue"].to_string()).collect();
    assert_eq!(disputed, ["120", "123"].map(str::to_owned).into());
    // A figure of a value leads to its measure.
    let figure = values
        .iter()
        .find_map(|r| r["figure"].as_str())
        .expect("a figure");
    assert_eq!(
        find("figures", "id", figure)[0]["measure"],
        "companies-at-kaesong"
    );
    let planned = find("events", "id", "2014-03-03-shenyang-talks");
    assert_eq!(
        (&planned[0]["status"], &planned[0]["unconfirmed"]),
        (&json!("planned"), &json!(true))
    );
}

#[test]
fn the_page_and_the_list_count_the_records() {
    let site = Site::briefing();
    let page = Page::read(site.text("data/index.html"));
    let list = site.json("data/index.json");
    let files = list["distribution"].as_array().expect("files");
    for name in site.tables().keys() {
        let n = site.records(name).len();
        let listed = files.iter().filter(|f| f["name"] == name.as_str());
        let counts: Vec<&Value> = listed.map(|f| &f["records"]).collect();
        assert_eq!(counts, [&json!(n), &json!(n)], "{name}");
        let word = if n == 1 {
            "1 record;".to_owned()
        } else {
            format!("{n} records;")
        };
        assert!(page.text.contains(&word), "{name}: {word}");
    }
    for file in files {
        assert!(
            site.0
                .contains_key(file["contentUrl"].as_str().expect("an address"))
        );
        if let Some(schema) = file.get("schema") {
            assert!(site.0.contains_key(schema.as_str().expect("an address")));
        }
    }
    let links: BTreeSet<&str> = page.all("a").filter_map(|a| a.get("href")).collect();
    for path in site
        .0
        .keys()
        .filter(|p| p.starts_with("data/") && !p.contains("index"))
    {
        assert!(
            links.contains(format!("../{path}").as_str()),
            "{path} is not on the page"
        );
    }
    let home = Page::read(site.text("index.html"));
    assert!(home.all("a").any(|a| a.get("href") == Some("data/")));
}

#[test]
fn the_documentation_has_every_field() {
    let page = include_str!("../../docs/data.md");
    let (_, tables) = page
        .split_once("## The tables\n\n")
        .expect("a section on the tables");
    let reference = dateline::render::export::reference();
    assert!(
        tables == reference,
        "docs/data.md must end with:\n{reference}"
    );
}
