//! A site that is watched for long is the site that a build of its own makes, byte for byte, whatever was done to its sources meanwhile:
//! through the program itself, with the file system's own events.
//!
//! `tests/warm.rs` holds the same for the builds alone. What is done follows from a seed; `DATELINE_EDITS` says how many rounds of edits
//! are made. Each ends with what the program tells of it, so nothing here waits for a time to pass.

#![cfg(unix)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use support::contents;
use support::edits::{Dice, briefing, edit, edits, files_of, restore, write};
use support::watching::Watching;

/// After so many rounds the site is compared.
const BETWEEN: usize = 8;

/// How the line begins that ends a build, with a site or with faults.
const ENDS: [&str; 2] = ["Built ", "Found "];

/// The files of a folder.
type Contents = BTreeMap<String, Vec<u8>>;

/// Begins to build once more, and waits until all that was done so far is part of the site.
fn settle(watching: &Watching, root: &Path, round: usize) {
    let end = root.join("public/end.txt");
    let text = format!("{round}");
    write(root, Path::new("static/end.txt"), &text);
    while fs::read_to_string(&end).ok().as_deref() != Some(&text) {
        watching.line("Built ");
    }
}

/// What a build from nothing into another folder makes; nothing where the sources have errors.
fn clean(root: &Path) -> Option<Contents> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("out");
    let ran = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["build", "--quiet", "--out"])
        .arg(&out)
        .current_dir(root)
        .output()
        .expect("run the program");
    let code = ran.status.code();
    assert!(code == Some(0) || code == Some(1), "{ran:?}");
    (code == Some(0)).then(|| contents(&out))
}

fn assert_same(root: &Path, clean: &Contents, done: &[String]) {
    let mut watched = contents(&root.join("public"));
    // A build that comes a little late and has nothing to do holds it for a moment.
    watched.remove(".dateline-lock");
    let paths: BTreeSet<&String> = watched.keys().chain(clean.keys()).collect();
    let differ = |path: &&&String| watched.get(**path) != clean.get(**path);
    let wrong: Vec<_> = paths.iter().filter(differ).collect();
    assert!(wrong.is_empty(), "{wrong:#?} differ after {done:#?}");
}

#[test]
fn a_watched_site_is_as_one_built_from_nothing() {
    let site = briefing();
    let root = site.path();
    let first = files_of(root);
    let mut good = first.clone();
    let mut dice = Dice(7);
    let watching = Watching::start(&site, &[]);
    let (mut done, mut faulty) = (Vec::new(), 0);
    let rounds = edits(24);
    for round in 1..=rounds {
        let before = files_of(root);
        for _ in 0..=dice.below(3) / 2 {
            done.push(edit(&mut dice, root, &first));
        }
        let told = watching.line_of(&ENDS);
        faulty = if told.contains("error") {
            faulty + 1
        } else {
            0
        };
        if faulty > 0 && dice.below(3) > 0 {
            // Most faults are mended again.
            restore(root, if faulty > 1 { &good } else { &before });
            done.push("restore the sources".to_owned());
            watching.line_of(&ENDS);
        }
        if round % BETWEEN == 0 || round == rounds {
            if clean(root).is_none() {
                restore(root, &good);
                done.push("restore the last good sources".to_owned());
            }
            settle(&watching, root, round);
            let clean = clean(root).expect("good sources have no errors");
            assert_same(root, &clean, &done);
            good = files_of(root);
        }
    }
}
