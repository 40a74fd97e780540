//! The files of data: they follow their schemas, agree with each other and with the pages, and say no more than these.

mod html;
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
        self.0
            .get(path)
            .unwrap_or_else(|| panic!("there is no {path}"))
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
    let page = include_str!("../docs/data.md");
    let (_, tables) = page
        .split_once("## The tables\n\n")
        .expect("a section on the tables");
    let reference = dateline::render::export::reference();
    assert!(
        tables == reference,
        "docs/data.md must end with:\n{reference}"
    );
}

const ARTICLE: &str =
    "Kite Guild met at Sorok on 4 March 2024. “We fly 53 kites,” said Mara Quill of the Guild.";

/// A site with one article and everything that can be said of it.
fn small(rights: &str, config: &str) -> Fixture {
    Fixture::new()
        .write("dateline.toml", format!("title = \"T\"\n{config}"))
        .write(
            "corpus/kites.md",
            format!("+++\ntitle = \"=HYPERLINK(1)\"\npublished = 2024-03-05\nsummary = \"+1, or more\"\nrights = \"{rights}\"\nbased_on = [\"-a|b\"]\n+++\n\n{ARTICLE}\n"),
        )
        .write(
            "content/events/meeting.md",
            "+++\ntitle = \"The Guild meets\"\ndate = \"2024-03-04\"\nplace = \"sorok\"\nparticipants = [\"guild\", \"quill\"]\nphrases = [\"met at Sorok\"]\n+++\n",
        )
        .write("content/organizations/guild.md", "+++\nname = \"Kite Guild\"\n+++\n")
        .write("content/places/sorok.md", "+++\nname = \"Sorok\"\nname_ko = \"소록도\"\n+++\n")
        .write("content/people/quill.md", "+++\nname = \"Mara Quill\"\naliases = [\"Q.\"]\n+++\n")
        .write(
            "content/measures/kites.md",
            "+++\ntitle = \"Kites\"\nunit = [\"kite\"]\nneeds = [\"fly\"]\n+++\n",
        )
}

#[test]
fn nothing_of_a_restricted_report_gets_out() {
    let open = Site::of(&small("full", ""));
    for name in [
        "mentions",
        "times",
        "figures",
        "quotations",
        "evidence",
        "values",
    ] {
        assert!(!open.records(name).is_empty(), "{name}");
    }
    for rights in ["excerpt", "metadata"] {
        let site = Site::of(&small(rights, ""));
        for name in ["mentions", "times", "figures", "quotations"] {
            assert_eq!(site.records(name).len(), 0, "{name}");
        }
        let kept: Vec<Record> = ["evidence", "values"]
            .iter()
            .flat_map(|name| site.records(name))
            .collect();
        assert!(!kept.is_empty());
        for record in kept {
            for field in [
                "text",
                "exact",
                "sentence",
                "figure",
                "speakerWords",
                "counts",
            ] {
                assert!(
                    record.get(field).is_none_or(Value::is_null),
                    "{field}: {record:?}"
                );
            }
            assert_eq!(record["sentenceUrl"], "articles/kites/");
        }
        let words = [
            "We fly",
            "53 kites",
            "met at Sorok on",
            "said",
            "of the Guild",
        ];
        let data = site
            .0
            .iter()
            .filter(|(path, _)| path.starts_with("data/") && !path.starts_with("data/schema/"));
        for (path, text) in data.filter(|(path, _)| !path.ends_with(".html")) {
            for word in words {
                assert!(!text.contains(word), "{word:?} is in {path}");
            }
        }
    }
}

#[test]
fn protected_people_are_in_no_record() {
    let fixture = small("full", "").write(
        "content/people/quill.md",
        "+++\nname = \"Mara Quill\"\nprotect = true\nreplacement = \"a flyer\"\n+++\n",
    );
    let site = Site::of(&fixture);
    for (path, text) in site.0.iter().filter(|(path, _)| path.starts_with("data/")) {
        assert!(!text.to_lowercase().contains("quill"), "{path}");
    }
    let event = &site.records("events")[0];
    assert_eq!(event["participants"], json!(["guild"]));
    assert!(site.text("data/quotations.json").contains("a flyer"));
}

#[test]
fn spreadsheets_run_nothing_and_json_stays_as_it_is() {
    let site = Site::of(&small("full", ""));
    let article = &site.records("articles")[0];
    assert_eq!(article["headline"], "=HYPERLINK(1)");
    assert_eq!(article["basedOnOthers"], json!(["-a|b"]));
    let csv = site.text("data/articles.csv");
    assert!(csv.contains(",'=HYPERLINK(1),"), "{csv}");
    assert!(csv.contains(",\"'+1, or more\","), "{csv}");
    assert!(csv.contains(",'-a\\|b,"), "{csv}");
    assert!(site.text("data/entities.csv").contains(",ko=소록도,"));
    for (name, schema) in site.tables() {
        same_records(&site, &name, &schema);
    }
}

#[test]
fn addresses_are_whole_where_the_site_knows_its_own() {
    let site = Site::of(&small(
        "full",
        "base_url = \"https://example.org/t/\"\n[data]\nlicense = \"https://example.org/licence\"\n",
    ));
    assert_eq!(
        site.records("articles")[0]["url"],
        "https://example.org/t/articles/kites/"
    );
    assert_eq!(
        site.records("mentions")[0]["url"],
        "https://example.org/t/articles/kites/#s1"
    );
    assert_eq!(
        site.schemas()["articles"]["$id"],
        "https://example.org/t/data/schema/articles.json"
    );
    let list = site.json("data/index.json");
    assert_eq!(list["license"], "https://example.org/licence");
    assert_eq!(
        list["distribution"][0]["contentUrl"],
        "https://example.org/t/data/articles.json"
    );
    let page = Page::read(site.text("data/index.html"));
    assert!(
        page.all("a")
            .any(|a| a.get("href") == Some("https://example.org/licence"))
    );
}

#[test]
fn large_sites_write_annotations_by_month_and_only_if_asked_to() {
    let second = "+++\ntitle = \"More\"\npublished = 2024-04-01\n+++\n\nKite Guild left Sorok.\n";
    let large = |config: &str| {
        Site::of(
            &small("full", &format!("[data]\nwhole = 1\n{config}")).write("corpus/more.md", second),
        )
    };
    let paths = |site: &Site| -> Vec<String> {
        let many = ["mentions", "times", "figures", "quotations", "related"];
        let of = |path: &&String| {
            many.iter()
                .any(|name| path.starts_with(&format!("data/{name}")))
        };
        site.0.keys().filter(of).cloned().collect()
    };
    assert_eq!(paths(&large("")), ["data/related.json"]);
    let asked = large("annotations = true\n");
    let whole = Site::of(&small("full", "").write("corpus/more.md", second));
    for name in ["mentions", "times", "figures", "quotations"] {
        let months = ["2024-03", "2024-04"].map(|month| asked.records(&format!("{name}/{month}")));
        assert_eq!(months.concat(), whole.records(name), "{name}");
        follows(
            &asked.schemas()[name],
            &asked.json(&format!("data/{name}/2024-03.json")),
        )
        .expect(name);
    }
    let list = asked.text("data/index.json");
    assert!(
        list.contains("data/mentions/2024-04.csv") && list.contains("data/related/2024-03.csv")
    );
    let page = Page::read(asked.text("data/index.html"));
    assert!(
        page.text.contains("data/mentions/: a file for each month"),
        "{}",
        page.text
    );
}

#[test]
fn the_tables_can_be_switched_off() {
    let site = Site::of(&small("full", "[data]\ntables = false\n"));
    let data: Vec<&String> = site
        .0
        .keys()
        .filter(|path| path.starts_with("data/"))
        .collect();
    assert_eq!(data, ["data/related.json", "data/stories.json"]);
    let home = Page::read(site.text("index.html"));
    assert!(!home.all("a").any(|a| a.get("href") == Some("data/")));
}
