//! Sites with one or two articles: what may not be published, switches, addresses.

use serde_json::{Value, json};

use super::html::Page;
use super::support::Fixture;
use super::{Record, Site, follows, same_records};

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
