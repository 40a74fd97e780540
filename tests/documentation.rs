//! The documentation says what the program does.

use dateline::base::{Code, Severity};

/// `docs/diagnostics.md` lists every code once, in order, with its severity, a meaning and advice.
#[test]
fn every_diagnostic_is_documented() {
    let page = include_str!("../docs/diagnostics.md");
    let documented: Vec<(&str, &str)> = page
        .lines()
        .filter_map(|line| {
            let line = line.strip_prefix("| `")?.strip_suffix(" |")?;
            let (code, rest) = line.split_once("` | ")?;
            let (severity, rest) = rest.split_once(" | ")?;
            let (meaning, advice) = rest.split_once(" | ")?;
            assert!(meaning.len() > 10 && advice.len() > 10, "{code}");
            Some((code, severity))
        })
        .collect();
    let known: Vec<(&str, &str)> = Code::ALL
        .iter()
        .map(|code| {
            let severity = match code.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "note",
            };
            (code.as_str(), severity)
        })
        .collect();
    assert_eq!(documented, known);
}
