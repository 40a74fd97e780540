//! Sources that are wrong, hostile or absurd. Each gives its own diagnostics at the right places, or a correct page;
//! none gives a panic, and where the build fails, the site of an earlier build stays as it was to the byte.
//!
//! Every folder of `tests/bad/` but `_base` is a case. Its files are laid over `_base`, a small site without faults,
//! and its `expect.txt` says what comes of it, a line each:
//!
//! | line | meaning |
//! | --- | --- |
//! | `# words` | what the case is about |
//! | `status N` | the exit code |
//! | `without PATH` | that file of `_base` is removed |
//! | `error CODE PATH:LINE:COLUMN` or `warning …` | a diagnostic; these lines together are all of them |
//! | `says TEXT` | stands in what is printed for people |
//! | `has PATH: TEXT` | stands in that file of the site |
//! | `lacks PATH: TEXT` | does not stand in that file; with `*` in none, with `markup` in none but CSV, which is never read as markup |
//! | `absent PATH` | the site has no such file |

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};

use support::{Fixture, Ran};

#[path = "bad/made.rs"]
mod made;

/// Where the cases are.
fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad")
}

/// The small site without faults.
fn base() -> Fixture {
    let fixture = Fixture::new();
    lay(&fixture, &cases().join("_base"), "");
    fixture
}

/// Lays the files of a folder over the site.
fn lay(fixture: &Fixture, folder: &Path, prefix: &str) {
    for entry in fs::read_dir(folder).expect("read a folder") {
        let entry = entry.expect("read a folder");
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type().expect("read a folder").is_dir() {
            lay(fixture, &entry.path(), &format!("{path}/"));
        } else if path != "expect.txt" {
            fixture.edit(&path, fs::read(entry.path()).expect("read a file"));
        }
    }
}

/// The diagnostics of a run with `--diagnostics json`, as lines of an `expect.txt`.
fn found(ran: &Ran) -> BTreeSet<String> {
    let lines = ran.out.lines().chain(ran.err.lines());
    lines
        .filter(|line| line.starts_with('{'))
        .map(|line| {
            let fault: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
            let word = |key: &str| fault[key].as_str().unwrap_or("?").to_owned();
            let place = match (fault["line"].as_u64(), fault["column"].as_u64()) {
                (Some(line), Some(column)) => format!(":{line}:{column}"),
                _ => String::new(),
            };
            format!(
                "{} {} {}{place}",
                word("severity"),
                word("code"),
                word("file")
            )
        })
        .collect()
}

/// Runs a changed site whose `public/` is of an earlier build, both for programs and for people. Checks what holds for
/// every input, and gives back the second run and the diagnostics.
fn build(name: &str, fixture: &Fixture, earlier: &Files) -> (Ran, BTreeSet<String>) {
    let for_programs = fixture.run(["build", "--diagnostics", "json"]);
    let lines = found(&for_programs);
    let failed = for_programs.code != 0;
    if failed {
        assert!(
            &fixture.snapshot() == earlier,
            "{name}: a failed build changed public/"
        );
    }
    let for_people = fixture.run(["build", "--verbose"]);
    assert_eq!(
        for_programs.code, for_people.code,
        "{name}\n{}",
        for_people.err
    );
    for ran in [&for_programs, &for_people] {
        let printed = format!("{}{}", ran.out, ran.err);
        assert!(!printed.contains("panicked"), "{name}\n{printed}");
        assert!(
            ![-1, 70, 101].contains(&ran.code),
            "{name}: {}\n{printed}",
            ran.code
        );
    }
    let printed = format!("{}{}", for_people.out, for_people.err);
    let raw = printed.chars().find(|&c| steers(c));
    assert_eq!(
        raw, None,
        "{name}: what steers a terminal reaches it\n{printed:?}"
    );
    if failed {
        assert!(
            lines.iter().any(|line| line.starts_with("error ")),
            "{name}: {for_programs:?}"
        );
        assert!(
            &fixture.snapshot() == earlier,
            "{name}: a failed build changed public/"
        );
    }
    (for_people, lines)
}

/// Characters that steer a terminal or turn the order of what it shows.
fn steers(c: char) -> bool {
    c.is_control() && !"\n\t".contains(c)
        || ('\u{202a}'..='\u{202e}').contains(&c)
        || ('\u{2066}'..='\u{2069}').contains(&c)
}

type Files = Vec<(String, Vec<u8>)>;

/// A base site that has been built, and what is in its `public/`.
fn built() -> (Fixture, Files) {
    static PUBLIC: OnceLock<Files> = OnceLock::new();
    let fixture = base();
    let public = PUBLIC.get_or_init(|| {
        let ran = fixture.run(["build", "--diagnostics", "json"]);
        assert_eq!((ran.code, found(&ran)), (0, BTreeSet::new()), "{}", ran.err);
        fixture.snapshot()
    });
    assert!(public.iter().any(|(path, _)| path == "index.html"));
    for (path, bytes) in public {
        fixture.edit(&format!("public/{path}"), bytes);
    }
    (fixture, public.clone())
}

#[test]
fn every_bad_input_has_its_own_diagnostics_and_harms_nothing() {
    let mut names: Vec<_> = fs::read_dir(cases())
        .expect("the cases")
        .map(|entry| entry.expect("a case"))
        .filter(|entry| entry.path().join("expect.txt").is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert!(names.len() >= 45, "{} cases", names.len());
    let queue = Mutex::new(names.into_iter());
    let worker = || {
        let next = || queue.lock().expect("no worker has panicked").next();
        std::iter::from_fn(next)
            .flat_map(|name| faults_of(&name))
            .collect::<Vec<_>>()
    };
    let mut faults: Vec<String> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..4).map(|_| scope.spawn(worker)).collect();
        let ends = workers.into_iter().map(|worker| worker.join());
        ends.flat_map(|end| end.expect("a worker ends")).collect()
    });
    faults.sort();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// What is not as the case's `expect.txt` has it.
fn faults_of(name: &str) -> Vec<String> {
    let folder = cases().join(name);
    let expect = fs::read_to_string(folder.join("expect.txt")).expect("expect.txt");
    let rules: Vec<(&str, &str)> = expect
        .lines()
        .filter_map(|line| line.split_once(' '))
        .collect();
    let all = |word: &str| -> Vec<&str> {
        let these = rules.iter().filter(|(rule, _)| *rule == word);
        these.map(|(_, text)| *text).collect()
    };
    let (fixture, earlier) = built();
    lay(&fixture, &folder, "");
    for path in all("without") {
        fixture.remove(path);
    }
    let (ran, lines) = build(name, &fixture, &earlier);
    let mut faults = Vec::new();
    let mut fault = |text: String| faults.push(format!("{name}: {text}"));
    if all("status") != [ran.code.to_string()] {
        fault(format!("status {}", ran.code));
    }
    let expected: BTreeSet<String> = ["error", "warning"]
        .into_iter()
        .flat_map(|word| {
            all(word)
                .into_iter()
                .map(move |rest| format!("{word} {rest}"))
        })
        .collect();
    for line in expected.difference(&lines) {
        fault(format!("- {line}"));
    }
    for line in lines.difference(&expected) {
        fault(format!("+ {line}"));
    }
    for text in all("says") {
        if !ran.err.contains(text) {
            fault(format!("does not say {text:?}\n{}", ran.err));
        }
    }
    let site = fixture.snapshot();
    for (word, wanted) in [("has", true), ("lacks", false)] {
        for (path, text) in all(word)
            .into_iter()
            .filter_map(|rule| rule.split_once(": "))
        {
            let files: Vec<_> = site
                .iter()
                .filter(|(p, _)| match path {
                    "*" => true,
                    "markup" => !p.ends_with(".csv"),
                    path => p == path,
                })
                .collect();
            if files.is_empty() {
                fault(format!("has no file {path}"));
            }
            for (p, bytes) in files {
                if String::from_utf8_lossy(bytes).contains(text) != wanted {
                    fault(format!(
                        "{p} {} {text:?}",
                        if wanted { "lacks" } else { "has" }
                    ));
                }
            }
        }
    }
    for path in all("absent") {
        if site.iter().any(|(p, _)| p == path) {
            fault(format!("has the file {path}"));
        }
    }
    faults
}
