//! The reading of the first briefing, time expression by time expression: every name, date, figure and quotation of its
//! digests, and of the five reports behind them where these are at hand.
//!
//! `tests/reading/` says what a careful reader finds, a file for each text, with everything in the order of the text. Long quotations
//! are given by their first and last words.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;
use serde_json::Value;

/// What is to be found in a text.
#[derive(Debug, Default, PartialEq, Deserialize)]
struct Found {
    times: Vec<String>,
    names: Vec<String>,
    figures: Vec<String>,
    quotations: Vec<String>,
}

/// Reads a file with the site's gazetteer.
fn read(file: &Path, arguments: &[&str]) -> Found {
    let site = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["annotate", "--format", "jsonl", "--unlisted", "--root"])
        .arg(site)
        .args(arguments)
        .arg(file)
        .output()
        .expect("the program runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {errors}", file.display());
    let object: Value = serde_json::from_slice(&output.stdout).expect("a line of JSON");
    let text = Text(object["text"].as_str().expect("a text").chars().collect());
    let each = |key: &str, line: &dyn Fn(&Value) -> String| -> Vec<String> {
        let list = object[key].as_array().expect("a list");
        list.iter().map(line).collect()
    };
    Found {
        times: each("times", &|x| text.time(x)),
        names: each("mentions", &|x| text.name(x)),
        figures: each("figures", &|x| text.figure(x)),
        quotations: each("quotations", &|x| text.quotation(x)),
    }
}

/// A text by code points.
struct Text(Vec<char>);

impl Text {
    fn words(&self, of: &Value) -> String {
        let at = |key: &str| of[key].as_u64().expect("a place") as usize;
        let words: String = self.0[at("start")..at("end")].iter().collect();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn time(&self, time: &Value) -> String {
        let word = |key: &str| time[key].as_str().unwrap_or_default();
        let mut line = format!("{} = {} {}", self.words(time), word("type"), word("value"));
        if let Some(modifier) = time["mod"].as_str() {
            line += &format!(" {modifier}");
        }
        if let Some(other) = time["alternative"].as_str() {
            line += &format!(" or {other}");
        }
        line
    }

    fn name(&self, name: &Value) -> String {
        let meaning = match name["entity"].as_str() {
            Some(entity) => entity.to_owned(),
            None => format!("unlisted {}", name["type"].as_str().unwrap_or_default()),
        };
        format!("{} = {meaning}", self.words(name))
    }

    fn figure(&self, figure: &Value) -> String {
        let mut line = format!("{} =", self.words(figure));
        match figure["hedge"].as_str() {
            Some("exact") | None => {}
            Some(hedge) => line += &format!(" {hedge}"),
        }
        match (&figure["min"], &figure["max"]) {
            (Value::Null, one) | (one, Value::Null) => line += &format!(" {one}"),
            (min, max) if min == max => line += &format!(" {min}"),
            (min, max) => line += &format!(" {min} to {max}"),
        }
        for key in ["type", "unit"] {
            match figure[key].as_str() {
                Some("cardinal" | "measure" | "money") | None => {}
                Some(word) => line += &format!(" {word}"),
            }
        }
        if figure["counted"].is_object() {
            line += &format!(" of {}", self.words(&figure["counted"]));
        }
        line
    }

    fn quotation(&self, quotation: &Value) -> String {
        let all = self.words(quotation);
        let words: Vec<&str> = all.split(' ').collect();
        let said = match words[..] {
            [a, b, _, _, _, .., y, z] => format!("{a} {b} … {y} {z}"),
            _ => all.clone(),
        };
        let kind = quotation["type"].as_str().unwrap_or_default();
        let mut line = format!("{kind}: {said}");
        if quotation["verb"].is_object() {
            line += &format!(" ({})", self.words(&quotation["verb"]));
        }
        let speaker = &quotation["speaker"];
        if speaker.is_object() {
            line += &format!(" by {}", self.words(speaker));
            if let Some(entity) = speaker["entity"].as_str() {
                line += &format!(" = {entity}");
            }
            if speaker["anonymous"] == true {
                line += ", unnamed";
            }
            if let Some(entity) = speaker["affiliation"].as_str() {
                line += &format!(", of {entity}");
            }
        }
        line
    }
}

fn expected(file: &str) -> Found {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/reading")
        .join(file);
    let text = std::fs::read_to_string(&path).expect("what is to be found");
    toml::from_str(&text).expect("lists of lines")
}

/// Shows every line that differs, so that one run tells all.
fn compare(name: &str, found: &Found, expected: &Found) -> Vec<String> {
    let lists = [
        ("times", &found.times, &expected.times),
        ("names", &found.names, &expected.names),
        ("figures", &found.figures, &expected.figures),
        ("quotations", &found.quotations, &expected.quotations),
    ];
    let differ = lists
        .into_iter()
        .filter(|(_, found, expected)| found != expected);
    let told = differ.map(|(what, found, expected)| {
        let missing = expected.iter().filter(|line| !found.contains(line));
        let too_many = found.iter().filter(|line| !expected.contains(line));
        let lines = missing
            .map(|l| format!("\n  - {l}"))
            .chain(too_many.map(|l| format!("\n  + {l}")));
        format!(
            "{name}, {what} (- to be found, + found):{}",
            lines.collect::<String>()
        )
    });
    told.collect()
}

#[test]
fn the_digests_are_read_as_a_careful_reader_does() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut faults = Vec::new();
    for id in [
        "asianews-2004-08-31",
        "chosun-2011-12-09",
        "korea-herald-2014-02-27",
        "latimes-2002-06-24",
        "voa-2013-08-13",
    ] {
        let found = read(&root.join("corpus").join(format!("{id}.md")), &[]);
        faults.extend(compare(id, &found, &expected(&format!("digest/{id}.toml"))));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The reports themselves are not ours to keep here; where a folder with them stands beside the project, they are read too.
#[test]
fn the_reports_are_read_as_a_careful_reader_does() {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    if !folder.is_dir() {
        eprintln!(
            "skipped: there is no folder of the reports at {}",
            folder.display()
        );
        return;
    }
    let reports = [
        (
            "000_ea482e27bce57273.txt",
            "asianews-2004-08-31",
            "2004-08-31",
        ),
        (
            "001_6c2d248f661d32fd.txt",
            "latimes-2002-06-24",
            "2002-06-24",
        ),
        (
            "002_046ef55d7638e82f.txt",
            "korea-herald-2014-02-27",
            "2014-02-27",
        ),
        (
            "003_eff460f65bcd2365.txt",
            "chosun-2011-12-09",
            "2011-12-09",
        ),
        ("004_a7c276eee9925e49.txt", "voa-2013-08-13", "2013-08-13"),
    ];
    let mut faults = Vec::new();
    for (file, id, published) in reports {
        let found = read(&folder.join(file), &["--plain", "--published", published]);
        faults.extend(compare(id, &found, &expected(&format!("report/{id}.toml"))));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
