//! Interface strings: both languages have the same ones, and everything that is asked for is there.

use std::collections::BTreeSet;
use std::path::Path;

use dateline::annotate::time::{Unit, Why};
use dateline::model::ThemeFiles;
use dateline::render::strings::Strings;

use super::default_files;

/// The strings of one file alone, without what it would fall back to.
fn alone(language: &str) -> Strings {
    let all = default_files();
    let name = format!("i18n/{language}.toml");
    let files = ThemeFiles {
        files: [(name.clone(), all.files[&name].clone())].into(),
        ..ThemeFiles::default()
    };
    let outcome = Strings::load(&files, language);
    assert_eq!(outcome.diagnostics, []);
    outcome.value
}

#[test]
fn english_and_korean_have_the_same_strings() {
    let (en, ko) = (alone("en"), alone("ko"));
    let keys = |s: &Strings| s.keys().map(str::to_owned).collect::<BTreeSet<_>>();
    let (en_keys, ko_keys) = (keys(&en), keys(&ko));
    assert_eq!(en_keys.difference(&ko_keys).collect::<Vec<_>>(), [""; 0]);
    assert_eq!(ko_keys.difference(&en_keys).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn translations_use_no_placeholder_that_the_original_lacks() {
    let (en, ko) = (alone("en"), alone("ko"));
    let placeholders = |text: &str| -> BTreeSet<String> {
        text.split('{')
            .skip(1)
            .filter_map(|t| Some(t.split_once('}')?.0.to_owned()))
            .collect()
    };
    // The words for numbers and the names in dates differ by nature; `n` stands beside its word.
    let free = |name: &str| ["n", "words"].contains(&name);
    for key in en.keys().filter(|k| !k.starts_with("date.")) {
        let (a, b) = (placeholders(en.get(key)), placeholders(ko.get(key)));
        let differ: Vec<_> = a.symmetric_difference(&b).filter(|n| !free(n)).collect();
        assert_eq!(differ, [""; 0], "{key}");
    }
}

#[test]
fn every_string_that_the_program_asks_for_is_there() {
    let strings = alone("en");
    let mut missing = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
            for call in [
                "strings.get(\"",
                "strings.format(\"",
                "strings.count(\"",
                "strings.count_with(\"",
                "self.format(\"",
                "self.get(\"",
            ] {
                for (at, _) in code.match_indices(call) {
                    let key = code[at + call.len()..].split('"').next().unwrap();
                    if key.contains('.') && !strings.has(key) {
                        missing.push(format!("{}: {key}", path.display()));
                    }
                }
            }
        }
    }
    assert_eq!(missing, [""; 0]);
}

#[test]
fn the_ways_in_which_dates_are_found_have_words_in_both_languages() {
    let units: Vec<&str> = Unit::ALL.iter().map(|unit| unit.name()).collect();
    let parts = "date day holiday spring summer autumn winter".split(' ');
    let wanted: Vec<String> = Why::KEYS
        .iter()
        .chain(&["set", "set_because"])
        .map(|key| format!("time.why.{key}"))
        .chain(units.iter().map(|unit| format!("time.unit.{unit}")))
        .chain(units.iter().map(|unit| format!("time.span.{unit}")))
        .chain(parts.map(|part| format!("time.name.{part}")))
        .collect();
    for strings in [alone("en"), alone("ko")] {
        let missing: Vec<_> = wanted.iter().filter(|key| !strings.has(key)).collect();
        assert_eq!(missing, [""; 0]);
        let known = |key: &&str| key.starts_with("time.") && !wanted.iter().any(|w| w == key);
        assert_eq!(strings.keys().filter(known).collect::<Vec<_>>(), [""; 0]);
    }
}

#[test]
fn keys_that_templates_put_together_are_there() {
    let strings = alone("en");
    let classes = ["person", "org", "place", "term"];
    let more = ["date", "fig", "quote", "note"];
    let wanted = classes.iter().chain(&more).map(|c| format!("layer.{c}"));
    let kinds = classes
        .iter()
        .chain(&["article", "event", "topic", "measure", "page"]);
    let wanted = wanted.chain(kinds.map(|c| format!("kinds.{c}")));
    let wanted = wanted.chain(["day", "month", "year", "worked"].map(|m| format!("chart.{m}")));
    let wanted = wanted.chain(["auto", "light", "dark"].map(|m| format!("scheme.{m}")));
    let wanted = wanted.chain(["date", "fig"].map(|m| format!("gloss.{m}")));
    let missing: Vec<_> = wanted.filter(|key| !strings.has(key)).collect();
    assert_eq!(missing, [""; 0]);
}
