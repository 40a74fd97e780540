//! The fuzz targets' bodies as tests: over every input that was ever found to fail, over the seeds, and over texts made of
//! pieces of news. `fuzz/` checks the same without end.

#[allow(dead_code, reason = "the bodies of all targets stand together")]
#[path = "../fuzz/bodies/mod.rs"]
mod fuzzed;

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use fuzzed::TARGETS;
use proptest::prelude::*;

/// The pieces of `fuzz/news.dict`.
static PIECES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let dictionary = fs::read_to_string(folder().join("news.dict")).expect("the dictionary");
    let lines = dictionary.lines().filter(|line| line.starts_with('"'));
    lines.map(piece).collect()
});

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz"))
}

/// A line of the dictionary: between quotation marks, bytes that are not plain as `\xHH`.
fn piece(line: &str) -> String {
    let inner = line.trim_matches('"');
    let (first, escapes) = inner.split_at(inner.find("\\x").unwrap_or(inner.len()));
    let mut bytes = first.as_bytes().to_vec();
    for escape in escapes.split("\\x").skip(1) {
        let (hex, rest) = escape.split_at(2);
        bytes.push(u8::from_str_radix(hex, 16).expect("two digits"));
        bytes.extend(rest.as_bytes());
    }
    String::from_utf8(bytes).expect("pieces of text")
}

/// Inputs of a folder below `fuzz/`, in the order of their names.
fn inputs(name: &str) -> Vec<(String, Vec<u8>)> {
    let Ok(entries) = fs::read_dir(folder().join(name)) else {
        return Vec::new();
    };
    let files = entries.map(|entry| entry.expect("a file").path());
    let read = files.map(|path| {
        let bytes = fs::read(&path).expect("an input");
        (path.display().to_string(), bytes)
    });
    let mut inputs: Vec<_> = read.collect();
    inputs.sort();
    inputs
}

#[test]
fn what_failed_once_holds() {
    for (target, body) in TARGETS {
        for (name, input) in inputs(&format!("found/{target}")) {
            assert_eq!(body(&input), Ok(()), "{name}");
        }
    }
}

#[test]
fn seeds_hold_for_every_target() {
    let folders = ["text", "gazetteer", "annotate", "front_matter"];
    let seeds: Vec<_> = folders
        .iter()
        .flat_map(|folder| inputs(&format!("seeds/{folder}")))
        .collect();
    assert!(seeds.len() > 10, "the seeds are there");
    for (target, body) in TARGETS {
        for (name, seed) in &seeds {
            assert_eq!(body(seed), Ok(()), "{target}, {name}");
            // Cut off anywhere, too: within words, numbers, quotations and characters.
            for end in (0..seed.len()).step_by(29) {
                assert_eq!(body(&seed[..end]), Ok(()), "{target}, {name} up to {end}");
            }
        }
    }
}

fn news() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        12 => proptest::sample::select(PIECES.as_slice()),
        2 => "[a-z]{1,6} ",
        1 => "[A-Z][a-z]{1,6} ",
        1 => "\\PC{0,4}",
    ];
    let text = proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat());
    (any::<u8>(), text).prop_map(|(choice, text)| {
        let mut data = vec![choice];
        data.extend(text.into_bytes());
        data
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pieces_of_news_hold_for_every_target(data in news()) {
        for (target, body) in TARGETS {
            prop_assert_eq!(body(&data), Ok(()), "{}", target);
        }
    }
}
