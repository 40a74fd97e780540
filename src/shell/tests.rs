//! Commands from the command line to the exit code, with an engine that gives what the test says.

use std::fs;

use super::*;
use crate::base::{Code, Diagnostic, OutPath, SitePath};
use crate::output::plan;
use crate::render::{Artifact, Class};

struct Ran {
    code: u8,
    out: String,
    err: String,
}

/// Runs a command in `folder`, colourless.
fn run_in(
    folder: &std::path::Path,
    args: &[&str],
    build: impl Fn(&BuildRequest) -> Result<Built, Failure> + Sync,
) -> Ran {
    let cli = Cli::try_parse_from([&["dateline"], args].concat()).unwrap();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut surroundings = Surroundings {
        folder: folder.to_owned(),
        out: &mut out,
        err: &mut err,
        interactive: false,
    };
    let code = execute(&cli, &mut surroundings, &|request, _, _| build(request));
    let plain = |bytes: Vec<u8>| {
        anstream::adapter::strip_str(&String::from_utf8(bytes).unwrap()).to_string()
    };
    Ran {
        code,
        out: plain(out),
        err: plain(err),
    }
}

fn site() -> tempfile::TempDir {
    let temp = tempfile::tempdir().unwrap();
    fs::write(temp.path().join("dateline.toml"), "").unwrap();
    temp
}

fn built(text: &str, codes: &[Code]) -> Built {
    let path = OutPath::new("index.html").unwrap();
    let artifact = Artifact::new(path, text.as_bytes().to_vec(), Class::Page, "the home page");
    let fault = |code: &Code| Diagnostic::file(*code, &SitePath::new("corpus/a.md"), "a fault");
    Built {
        plan: plan(vec![artifact]).value,
        diagnostics: codes.iter().map(fault).collect(),
        counts: vec![("articles".into(), 2)],
        ..Built::default()
    }
}

#[test]
fn a_build_writes_and_sums_up() {
    let site = site();
    let ran = run_in(site.path(), &["build"], |_| {
        Ok(built("hello", &[Code::Undated]))
    });
    assert_eq!(ran.code, exit::SUCCESS);
    let lines: Vec<_> = ran
        .out
        .lines()
        .filter(|line| !line.starts_with("Took"))
        .collect();
    assert_eq!(
        lines,
        [
            "Site  2 articles",
            "Files 1 written (5 bytes)",
            "Found 1 warning",
            "Open  public/index.html"
        ]
    );
    assert_eq!(ran.err, "warning[undated]: a fault\n--> corpus/a.md\n\n");
    assert_eq!(
        fs::read_to_string(site.path().join("public/index.html")).unwrap(),
        "hello"
    );
}

#[test]
fn with_an_error_the_last_good_site_stays() {
    let site = site();
    let build = |_: &BuildRequest| Ok(built("new", &[Code::BadDate, Code::Undated]));
    let first = run_in(site.path(), &["build"], build);
    assert_eq!(first.code, exit::CONTENT);
    assert!(!site.path().join("public").exists());
    assert!(
        first
            .err
            .ends_with("Found 1 error and 1 warning; nothing was written\n")
    );
    run_in(site.path(), &["build"], |_| Ok(built("old", &[])));
    let second = run_in(site.path(), &["build"], build);
    assert_eq!((second.code, second.out.as_str()), (exit::CONTENT, ""));
    let end = "Found 1 error and 1 warning; the last good site in ‘public’ stays as it was\n";
    assert!(second.err.ends_with(end), "{}", second.err);
    assert_eq!(
        fs::read_to_string(site.path().join("public/index.html")).unwrap(),
        "old"
    );
}

#[test]
fn strict_makes_warnings_errors() {
    let site = site();
    let build = |_: &BuildRequest| Ok(built("x", &[Code::Undated]));
    let ran = run_in(site.path(), &["build", "--strict"], build);
    assert_eq!(ran.code, exit::CONTENT);
    assert!(
        ran.err.starts_with("error[undated]: a fault\n"),
        "{}",
        ran.err
    );
    assert!(!site.path().join("public").exists());
}

#[test]
fn the_request_says_what_was_typed() {
    let site = site();
    let folder = site.path().join("corpus/2013");
    fs::create_dir_all(&folder).unwrap();
    let ran = run_in(
        &folder,
        &[
            "build",
            "--drafts",
            "--base-url",
            "https://a.example",
            "--threads",
            "3",
        ],
        |request| {
            assert_eq!(request.root, site.path());
            assert!(request.drafts && request.clock.is_none());
            assert_eq!(request.base_url.as_deref(), Some("https://a.example/"));
            assert_eq!(request.threads, Some(3));
            Ok(built("x", &[Code::Undated]))
        },
    );
    assert_eq!(ran.code, exit::SUCCESS);
    assert!(
        ran.out.ends_with("Open  ../../public/index.html\n"),
        "{}",
        ran.out
    );
    assert!(ran.err.contains("--> ../../corpus/a.md"), "{}", ran.err);
}

#[test]
fn explain_tells_why() {
    let site = site();
    run_in(site.path(), &["build"], |_| Ok(built("old", &[])));
    let again = || {
        run_in(site.path(), &["build", "--explain", "--quiet"], |_| {
            Ok(built("new", &[]))
        })
    };
    assert_eq!(again().out, "index.html: changed\n\n");
    assert_eq!(again().out, "No file changed.\n\n");
}

#[test]
fn programs_get_their_output_alone() {
    let site = site();
    let build = |_: &BuildRequest| Ok(built("x", &[Code::Undated]));
    let ran = run_in(site.path(), &["build", "--diagnostics", "json"], build);
    let lines: Vec<&str> = ran.out.lines().collect();
    let [line] = lines[..] else {
        panic!("{}", ran.out)
    };
    let value: serde_json::Value = serde_json::from_str(line).unwrap();
    assert_eq!(value["code"], "undated");
    assert!(ran.err.starts_with("Site  2 articles\n"));
    let ran = run_in(
        site.path(),
        &["build", "--diagnostics", "github", "-q"],
        build,
    );
    assert_eq!(
        ran.out,
        "::warning file=corpus/a.md,title=undated::a fault\n"
    );
    assert_eq!(ran.err, "");
}

#[test]
fn failures_have_their_own_codes() {
    let site = site();
    let failing = |_: &BuildRequest| {
        Err(Failure {
            path: "corpus".into(),
            message: "went away".into(),
            help: Some("bring it back".into()),
        })
    };
    let ran = run_in(site.path(), &["build"], failing);
    assert_eq!(ran.code, exit::IO);
    assert_eq!(
        ran.err,
        "error: ‘corpus’: went away\n  help: bring it back\n"
    );
    let refused = run_in(site.path(), &["build", "--out", "corpus"], |_| {
        Ok(built("x", &[]))
    });
    assert_eq!(refused.code, exit::USAGE);
    fs::write(site.path().join("taken"), "").unwrap();
    let taken = run_in(site.path(), &["build", "--out", "taken"], |_| {
        Ok(built("x", &[]))
    });
    assert_eq!(taken.code, exit::IO);
    assert!(
        taken.err.contains("taken’ is not a folder\n"),
        "{}",
        taken.err
    );
}

#[test]
fn without_a_command_there_is_help() {
    let ran = run_in(std::path::Path::new("/"), &[], |_| {
        panic!("no build was asked for")
    });
    assert_eq!(ran.code, exit::SUCCESS);
    assert!(
        ran.out.contains("Usage: dateline [OPTIONS] [COMMAND]"),
        "{}",
        ran.out
    );
}

#[test]
fn a_panic_becomes_a_message() {
    let work = || -> u8 { panic!("index\u{1b} out of bounds") };
    let fault = exit::caught(work).unwrap_err();
    let message = anstream::adapter::strip_str(&fault.message()).to_string();
    let start = "error: Dateline has failed, which is a fault of the program and not of your site\n\n  \
                 index␛ out of bounds (src/shell/tests.rs:";
    assert!(message.starts_with(start), "{message}");
    assert_eq!(exit::caught(|| 7), Ok(7));
}
