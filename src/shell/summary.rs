//! What a build did, in words.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{neutral, report};
use crate::engine::Built;
use crate::output::{Report, Why};

/// The summary of a build that was written: a screen at most. `out` is the output folder as it can be opened from the current
/// one, if that is where to look at the site.
pub(super) fn built(built: &Built, report: &Report, out: Option<&Path>, took: Duration) -> String {
    let mut lines = Vec::new();
    let counts: Vec<String> = built
        .counts
        .iter()
        .map(|(name, n)| format!("{n} {name}"))
        .collect();
    if !counts.is_empty() {
        lines.push(("Site", counts.join(", ")));
    }
    lines.push(("Files", files(report)));
    if let Some(faults) = report::counts(&built.diagnostics) {
        lines.push(("Found", faults));
    }
    lines.push(("Took", seconds(took)));
    if let Some(out) = out {
        lines.push(("Open", neutral::path(&out.join("index.html"))));
    }
    lines
        .iter()
        .map(|(name, text)| format!("\u{1b}[1m{name:<6}\u{1b}[0m{text}\n"))
        .collect()
}

/// The summary of a later build, in a line. `paths` are the sources that changed.
pub(super) fn rebuilt(report: &Report, paths: &[PathBuf], took: Duration) -> String {
    const SHOWN: usize = 2;
    let mut names: Vec<String> = paths.iter().map(|path| neutral::path(path)).collect();
    names.retain(|name| !name.is_empty());
    if names.len() > SHOWN + 1 {
        let more = names.len() - SHOWN;
        names.truncate(SHOWN);
        names.push(format!("{more} more"));
    }
    let names = match names.is_empty() {
        true => "again".to_owned(),
        false => names.join(", "),
    };
    let (files, took) = (files(report), seconds(took));
    format!("\u{1b}[1mBuilt\u{1b}[0m {names}: {files}, in {took}\n")
}

fn files(report: &Report) -> String {
    let mut parts = Vec::new();
    if !report.written.is_empty() {
        parts.push(format!(
            "{} written ({})",
            report.written.len(),
            size(report.bytes)
        ));
    }
    if report.unchanged > 0 {
        parts.push(format!("{} unchanged", report.unchanged));
    }
    if !report.removed.is_empty() {
        parts.push(format!("{} removed", report.removed.len()));
    }
    match parts.is_empty() {
        true => "none".into(),
        false => parts.join(", "),
    }
}

/// A size in the unit that suits it: bytes, kB of 1,000 bytes, MB of 1,000 kB.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

fn seconds(took: Duration) -> String {
    match took.as_millis() {
        millis @ 0..1_000 => format!("{millis} ms"),
        millis => format!("{}.{} s", millis / 1_000, millis % 1_000 / 100),
    }
}

/// How long each phase took, a line each, with its part of the whole.
pub(super) fn timings(phases: &[(&str, Duration)]) -> String {
    let whole: Duration = phases.iter().map(|(_, took)| *took).sum();
    let mut text = String::new();
    for (phase, took) in phases {
        let part = took.as_micros() * 100 / whole.as_micros().max(1);
        text.push_str(&format!("{phase:<15}{:>9}{part:>4} %\n", seconds(*took)));
    }
    text.push('\n');
    text
}

/// Why each file was written or removed, a line each.
pub(super) fn explanation(report: &Report) -> String {
    let mut text = String::new();
    for (path, why) in &report.written {
        let why = match why {
            Why::New => "new".to_owned(),
            Why::Missing => "was missing".to_owned(),
            Why::Altered => "had been altered by hand".to_owned(),
            Why::Changed(parts) if parts.is_empty() => "changed".to_owned(),
            Why::Changed(parts) => format!("changed in {}", parts.join(", ")),
        };
        text.push_str(&format!(
            "{}: {}\n",
            neutral::one_line(path.as_str()),
            neutral::one_line(&why)
        ));
    }
    for path in &report.removed {
        text.push_str(&format!("{}: removed\n", neutral::one_line(path.as_str())));
    }
    if report.written.is_empty() && report.removed.is_empty() {
        text.push_str("No file changed.\n");
    }
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Code, Diagnostic, OutPath, SitePath};

    fn report() -> Report {
        let path = |text: &str| OutPath::new(text).unwrap();
        Report {
            written: vec![
                (path("a"), Why::New),
                (
                    path("b"),
                    Why::Changed(vec!["related".into(), "text".into()]),
                ),
                (path("c"), Why::Altered),
                (path("d"), Why::Missing),
                (path("e"), Why::Changed(Vec::new())),
            ],
            removed: vec![path("old/index.html")],
            unchanged: 7,
            bytes: 1_234_567,
        }
    }

    #[test]
    fn every_reason_has_words() {
        assert_eq!(
            explanation(&report()),
            "a: new\nb: changed in related, text\nc: had been altered by hand\nd: was missing\ne: changed\n\
             old/index.html: removed\n\n"
        );
        assert_eq!(explanation(&Report::default()), "No file changed.\n\n");
    }

    #[test]
    fn the_whole_summary() {
        let fault = Diagnostic::file(Code::Undated, &SitePath::new("a"), "x");
        let site = Built {
            counts: vec![("articles".into(), 54), ("events".into(), 3)],
            diagnostics: vec![fault.clone(), fault],
            ..Built::default()
        };
        let took = Duration::from_millis(2_345);
        let text = built(&site, &report(), Some(Path::new("public")), took);
        assert_eq!(
            anstream::adapter::strip_str(&text).to_string(),
            "Site  54 articles, 3 events\nFiles 5 written (1.2 MB), 7 unchanged, 1 removed\nFound 2 warnings\n\
             Took  2.3 s\nOpen  public/index.html\n"
        );
    }

    #[test]
    fn a_later_build_is_a_line() {
        let line = |paths: &[&str]| {
            let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
            let text = rebuilt(&report(), &paths, Duration::from_millis(45));
            anstream::adapter::strip_str(&text).to_string()
        };
        assert_eq!(
            line(&["corpus/a.md"]),
            "Built corpus/a.md: 5 written (1.2 MB), 7 unchanged, 1 removed, in 45 ms\n"
        );
        assert!(line(&["a", "b", "c"]).starts_with("Built a, b, c: "));
        assert!(line(&["a", "b", "c", "d"]).starts_with("Built a, b, 2 more: "));
        assert!(line(&[]).starts_with("Built again: "));
    }

    #[test]
    fn sizes_and_times() {
        assert_eq!(
            (size(999), size(1_999)),
            ("999 bytes".into(), "1 kB".into())
        );
        assert_eq!(seconds(Duration::from_millis(87)), "87 ms");
    }
}
