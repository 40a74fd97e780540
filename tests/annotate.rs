//! `dateline annotate`: texts in, readings out, with no site around them.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use support::Fixture;

/// The words between `start` and `end`, counted in code points of `text`.
fn words(document: &Value, entry: &Value) -> String {
    let at = |key: &str| usize::try_from(entry[key].as_u64().unwrap()).unwrap();
    let text = document["text"].as_str().unwrap();
    text.chars()
        .skip(at("start"))
        .take(at("end") - at("start"))
        .collect()
}

/// Words, type and value of each time expression.
fn times(document: &Value) -> Vec<(String, String, String)> {
    let times = document["times"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    times
        .map(|t| (words(document, t), text(&t["type"]), text(&t["value"])))
        .collect()
}

fn time(words: &str, kind: &str, value: &str) -> (String, String, String) {
    (words.into(), kind.into(), value.into())
}

/// Runs the program with something on standard input.
fn piped(args: &[&str], input: &str) -> (Option<i32>, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    (
        output.status.code(),
        String::from_utf8(output.stdout).unwrap(),
    )
}

#[test]
fn plain_text_stays_byte_for_byte_and_places_are_code_points() {
    let text =
        "\u{feff}개성 공단 😀 met on Tuesday.\r\n\r\n**They** began \u{7f}\u{9b}last month. ";
    let fixture = Fixture::new().write("a.txt", text);
    let ran = fixture.run([
        "annotate",
        "--plain",
        "a.txt",
        "--format",
        "json",
        "--published",
        "2014-02-27",
    ]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let document: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(document["text"], text);
    assert_eq!(document["id"], "a.txt");
    assert_eq!(document["published"], "2014-02-27");
    assert_eq!(
        times(&document),
        [
            time("Tuesday", "DATE", "2014-02-25"),
            time("last month", "DATE", "2014-01"),
        ]
    );
    let sentences = document["sentences"].as_array().unwrap();
    assert_eq!(
        words(&document, &sentences[1]),
        "**They** began \u{7f}\u{9b}last month."
    );
    assert_eq!(document["mentions"], json!([]));
}

#[test]
fn markdown_gives_its_words_and_its_front_matter_the_day() {
    let page = "+++\ntitle = \"Talks\"\npublished = 2013-08-14\n+++\n# 회담\n\nThey *met* on **Tuesday**.\n\n```\non Monday\n```\n";
    let fixture = Fixture::new().write("a.md", page);
    let ran = fixture.run(["annotate", "a.md", "--format", "jsonl"]);
    let document: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(document["text"], "회담\nThey met on Tuesday.\non Monday");
    assert_eq!(times(&document), [time("Tuesday", "DATE", "2013-08-13")]);
    let later = fixture.run([
        "annotate",
        "a.md",
        "--format",
        "jsonl",
        "--published",
        "2014-02-27",
    ]);
    let document: Value = serde_json::from_str(&later.out).unwrap();
    assert_eq!(times(&document), [time("Tuesday", "DATE", "2014-02-25")]);
}

#[test]
fn for_people_there_are_marks_and_a_legend() {
    let fixture = Fixture::new().write("a.txt", "The strike ended on 4 March 2024\u{1b}[m.\n");
    let ran = fixture.run(["annotate", "--plain", "a.txt"]);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines[0], "a.txt");
    assert_eq!(lines[2], "The strike ended on [4 March 2024]T1␛[m.");
    assert!(
        lines[4].starts_with("T1  4 March 2024  2024-03-04 DATE  "),
        "{}",
        ran.out
    );
}

#[test]
fn standard_input_is_read_where_no_file_is_named() {
    for args in [
        &["annotate", "--plain", "--format", "jsonl"][..],
        &["annotate", "--plain", "--format", "jsonl", "-"],
    ] {
        let (code, out) = piped(args, "It ended on 4 March 2024.");
        assert_eq!(code, Some(0));
        let document: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(document["id"], "-");
        assert_eq!(
            times(&document),
            [time("4 March 2024", "DATE", "2024-03-04")]
        );
    }
}

#[test]
fn several_files_come_out_in_order_whatever_the_threads() {
    let mut fixture = Fixture::new();
    let names: Vec<String> = (0..40).map(|n| format!("{}.txt", (n * 17) % 40)).collect();
    for (n, name) in names.iter().enumerate() {
        let text = format!("It ended in {}. ", 1950 + n).repeat(1 + (n * 7) % 50);
        fixture = fixture.write(name, text);
    }
    let run = |threads: &str, format: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_dateline"))
            .args([
                "annotate",
                "--plain",
                "--threads",
                threads,
                "--format",
                format,
            ])
            .args(&names)
            .current_dir(fixture.path(""))
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let out = run("4", "jsonl");
    let ids: Vec<String> = out
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).unwrap()["id"]
                .as_str()
                .unwrap()
                .into()
        })
        .collect();
    assert_eq!(ids, names);
    assert_eq!(out, run("1", "jsonl"));
    let list: Value = serde_json::from_str(&run("4", "json")).unwrap();
    assert_eq!(list.as_array().unwrap().len(), 40);
    assert_eq!(list[39]["id"], names[39].as_str());
}

#[test]
fn lines_of_json_bring_their_own_days() {
    let rows = [
        json!({"id": "a", "text": "It ended on Tuesday.", "published": "2014-02-27"}),
        json!({"id": "b", "text": "It ended on Tuesday.", "dct": "2013-08-14T17:00:00"}),
        json!({"id": "c", "text": 7}),
        json!({"text": "It ended in 2001.", "published": null}),
    ];
    let lines = rows.map(|row| format!("{row}\n")).concat();
    let fixture = Fixture::new().write("rows.jsonl", lines);
    let ran = fixture.run([
        "annotate",
        "--input",
        "jsonl",
        "--format",
        "jsonl",
        "rows.jsonl",
    ]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err
            .starts_with("error: ‘rows.jsonl’, line 3: `text` is not a string\n"),
        "{}",
        ran.err
    );
    let documents: Vec<Value> = ran
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let values: Vec<_> = documents.iter().map(|d| &d["times"][0]["value"]).collect();
    assert_eq!(values, ["2014-02-25", "2013-08-13", "2001"]);
    assert_eq!(documents[0]["id"], "a");
}

#[test]
fn a_wrong_date_is_a_wrong_command() {
    let fixture = Fixture::new().write("a.txt", "x");
    for date in ["yesterday", "2014-02-30", ""] {
        let ran = fixture.run(["annotate", "--plain", "a.txt", "--published", date]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{date}");
        assert!(
            ran.err.contains("a date is written like 2014-02-25"),
            "{}",
            ran.err
        );
    }
}

#[test]
fn what_cannot_be_read_hides_nothing_else() {
    let fixture = Fixture::new()
        .write("a.txt", "In 2001.")
        .write("bytes.txt", b"In \xff")
        .write("open.md", "+++\ntitle = \"x\"\nText\n");
    let ran = fixture.run([
        "annotate", "gone.txt", "a.txt", "--plain", "--format", "jsonl",
    ]);
    assert_eq!(ran.code, 74);
    assert!(
        ran.err.starts_with("error: ‘gone.txt’ cannot be read: "),
        "{}",
        ran.err
    );
    assert_eq!(ran.out.lines().count(), 1);
    let ran = fixture.run(["annotate", "bytes.txt", "--plain"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err
            .starts_with("error: ‘bytes.txt’ is not UTF-8 text: byte 4 "),
        "{}",
        ran.err
    );
    let ran = fixture.run(["annotate", "open.md"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(
        ran.err
            .starts_with("error: ‘open.md’, line 1: the front matter that begins here"),
        "{}",
        ran.err
    );
}

#[test]
fn names_come_from_the_gazetteer_of_a_site() {
    let entity = |name: &str| format!("+++\nname = \"{name}\"\n+++\n");
    let fixture = Fixture::new()
        .write("site/dateline.toml", "title = \"Test\"\n")
        .write("site/content/places/kaesong.md", entity("Kaesong"))
        .write(
            "site/content/people/secret.md",
            "+++\nname = \"Ann Doe\"\nprotect = true\nreplacement = \"a woman\"\n+++\n",
        )
        .write("a.txt", "개성: Ann Doe left Kaesong in 2001.");
    let ran = fixture.run([
        "annotate", "a.txt", "--plain", "--format", "json", "--root", "site",
    ]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let document: Value = serde_json::from_str(&ran.out).unwrap();
    let mentions = document["mentions"].as_array().unwrap();
    assert_eq!(mentions.len(), 1);
    assert_eq!(words(&document, &mentions[0]), "Kaesong");
    assert_eq!(mentions[0]["type"], "place");
    assert_eq!(mentions[0]["entity"], "kaesong");
}

#[test]
fn a_broken_site_is_told_and_nothing_read() {
    let fixture = Fixture::new()
        .write("site/dateline.toml", "title = \"Test\"\n")
        .write("site/content/places/kaesong.md", "+++\nnames = 3\n+++\n")
        .write("empty/a.txt", "")
        .write("a.txt", "In 2001.");
    let ran = fixture.run(["annotate", "a.txt", "--plain", "--root", "site"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(
        ran.err.contains("site/content/places/kaesong.md"),
        "{}",
        ran.err
    );
    let ran = fixture.run(["annotate", "a.txt", "--plain", "--root", "empty"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("dateline.toml"), "{}", ran.err);
    let ran = fixture.run(["annotate", "a.txt", "--plain", "--root", "nowhere"]);
    assert_eq!((ran.code, ran.out.as_str()), (74, ""));
    assert!(ran.err.contains("nowhere"), "{}", ran.err);
}

#[test]
fn web_annotations_find_their_words_again() {
    let fixture = Fixture::new().write("my notes.txt", "개성: it ended on 4 March 2024.");
    let run = || fixture.run(["annotate", "my notes.txt", "--plain", "--format", "jsonld"]);
    let page: Value = serde_json::from_str(&run().out).unwrap();
    assert_eq!(page["@context"], "http://www.w3.org/ns/anno.jsonld");
    assert_eq!(page["type"], "AnnotationPage");
    let item = &page["items"][0];
    assert_eq!(item["target"]["source"]["id"], "my%20notes.txt");
    assert_eq!(
        item["target"]["selector"],
        json!([
            {"type": "TextPositionSelector", "start": 16, "end": 28},
            {"type": "TextQuoteSelector", "exact": "4 March 2024", "prefix": "개성: it ended on ", "suffix": "."},
        ])
    );
    let values: Vec<&Value> = item["body"]
        .as_array()
        .unwrap()
        .iter()
        .map(|b| &b["value"])
        .collect();
    assert_eq!(values, ["DATE", "2024-03-04"]);
    let id = item["id"].as_str().unwrap();
    assert!(id.starts_with("urn:uuid:") && id.len() == 45, "{id}");
    assert_eq!(run(), run());
}

#[test]
fn figures_quotations_and_unlisted_names() {
    let text = "개성 공단\n\n“We lost 38 ships,” Admiral John Smith said. He spoke in London.";
    let fixture = Fixture::new().write("a.txt", text);
    let read = |unlisted: bool| -> Value {
        let ran = if unlisted {
            fixture.run([
                "annotate",
                "a.txt",
                "--plain",
                "--format",
                "json",
                "--unlisted",
            ])
        } else {
            fixture.run(["annotate", "a.txt", "--plain", "--format", "json"])
        };
        serde_json::from_str(&ran.out).unwrap()
    };
    let document = read(false);
    assert_eq!(document["mentions"], json!([]));
    let figure = &document["figures"][0];
    assert_eq!(words(&document, figure), "38");
    assert_eq!((&figure["min"], &figure["max"]), (&json!(38), &json!(38)));
    assert_eq!(figure["counted"]["noun"], "ship");
    let quotation = &document["quotations"][0];
    assert_eq!(words(&document, quotation), "“We lost 38 ships,”");
    assert_eq!(quotation["type"], "direct");
    assert!(
        words(&document, &quotation["speaker"]).ends_with("John Smith"),
        "{quotation}"
    );
    let document = read(true);
    let mentions = document["mentions"].as_array().unwrap();
    let found: Vec<_> = mentions
        .iter()
        .map(|m| (words(&document, m), m["type"].clone()))
        .collect();
    assert!(
        found.contains(&("John Smith".into(), json!("person"))),
        "{found:?}"
    );
    assert!(
        found.contains(&("London".into(), json!("place"))),
        "{found:?}"
    );
}
