//! A build that goes on from the last one makes what a build from nothing makes, byte for byte and fault by fault, whatever was done to
//! the sources in between: words, lines and files changed, deleted, copied and renamed, in articles, content, the theme and the
//! configuration.
//!
//! What is done follows from a seed. `DATELINE_EDITS` says how many edits are made; without it there are twenty.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use dateline::base::{Code, Diagnostic};
use dateline::engine::{BuildRequest, Built, Memo, build, preview};
use dateline::output::InMemory;
use dateline::render::Artifact;
use support::edits::{Dice, briefing, edit, edits, files_of, restore, write};

/// Everything that can be told of a site but the bytes themselves, of which there are the hashes.
fn told(built: &Built) -> Vec<String> {
    let files = built.plan.files().map(|file| {
        let parts = &file.parts;
        format!(
            "{} {:?} {} {:?} {} {:?} {parts:?}",
            file.path, file.hash, file.size, file.class, file.origin, file.place
        )
    });
    let faults = built.diagnostics.iter().map(|fault| format!("{fault:?}"));
    let counts = built.counts.iter().map(|(what, n)| format!("{n} {what}"));
    files.chain(faults).chain(counts).collect()
}

fn request(root: &Path) -> BuildRequest {
    BuildRequest {
        root: root.to_owned(),
        drafts: false,
        base_url: None,
        standing: None,
        threads: None,
        clock: None,
    }
}

fn warm_is_as_cold(seed: u64, edits: usize, root: &Path) {
    let first = files_of(root);
    let mut dice = Dice(seed);
    let mut memo = Memo::default();
    let mut good = first.clone();
    let mut done = Vec::new();
    let request = request(root);
    for round in 0..=edits {
        if round > 0 {
            for _ in 0..=dice.below(3) / 2 {
                done.push(edit(&mut dice, root, &first));
            }
        }
        let warm = build(&request, &mut memo, &InMemory).expect("the folder can be read");
        let cold =
            build(&request, &mut Memo::default(), &InMemory).expect("the folder can be read");
        let (made, wanted) = (told(&warm), told(&cold));
        let wrong = made.iter().zip(&wanted).find(|(a, b)| a != b);
        assert_eq!(
            wrong, None,
            "after {round} rounds of seed {seed}: {done:#?}"
        );
        assert_eq!(made.len(), wanted.len(), "after {done:#?}");
        let faulty = warm
            .diagnostics
            .iter()
            .any(|d| d.severity == dateline::base::Severity::Error);
        if !faulty {
            memo.files_stand();
            good = files_of(root);
            done = vec!["…".to_owned()];
        } else if dice.below(3) > 0 {
            // Most faults are mended again.
            restore(root, &good);
            done.push("restore the last good sources".to_owned());
        }
    }
}

#[test]
fn a_warm_build_of_the_briefing_is_as_a_cold_one() {
    let site = briefing();
    warm_is_as_cold(1, edits(20), site.path());
}

/// A changed entry has only those articles annotated again that it may concern, and these are all whose annotations change.
#[test]
fn changed_entries_are_read_wherever_they_count() {
    let site = briefing();
    let root = site.path();
    let before = files_of(root);
    // An entry with a line more.
    let with = |path: &'static str, line: &str| {
        let text = &before[Path::new(path)];
        (
            path,
            text.replacen("name = ", &format!("{line}\nname = "), 1),
        )
    };
    let path = "content/terms/xylophone.md";
    let new = |fields: &str| (path, format!("+++\n{fields}\n+++\n"));
    let steps = [
        // In many texts, in none, in a headline alone.
        new(r#"name = "companies""#),
        new(r#"name = "xylophones""#),
        new(r#"name = "quarrel""#),
        // Only where another word stands.
        new("name = \"companies\"\nneeds = [\"Kaesong\"]"),
        new("name = \"companies\"\nneeds = [\"factory\"]"),
        // What is no mention, and what one entry says of another.
        with("content/places/kaesong.md", r#"never = ["Kaesong talks"]"#),
        with(
            "content/terms/asylum-seeker.md",
            r#"contested_with = ["abductee"]"#,
        ),
        with("content/terms/refugee.md", "protect = true"),
        with("content/terms/refugee.md", ""),
        (path, String::new()),
    ];
    let (mut memo, request) = (Memo::default(), request(root));
    build(&request, &mut memo, &InMemory).unwrap();
    for (path, text) in steps {
        match text.is_empty() {
            true => fs::remove_file(root.join(path)).unwrap(),
            false => write(root, Path::new(path), &text),
        }
        let warm = build(&request, &mut memo, &InMemory).unwrap();
        let cold = build(&request, &mut Memo::default(), &InMemory).unwrap();
        assert_eq!(told(&warm), told(&cold), "after {path}: {text}");
    }
}

/// What an article's page says before the site is built is what it says afterwards, as long as nothing is said elsewhere that depends on
/// what was changed.
#[test]
fn a_preview_is_the_page_that_is_built() {
    let site = briefing();
    let root = site.path();
    let article = Path::new("corpus/korea-herald-2014-02-27.md");
    let text = files_of(root)[article].clone();
    let mut memo = Memo::default();
    let request = request(root);
    build(&request, &mut memo, &InMemory).unwrap();
    memo.files_stand();
    let look = |memo: &Memo, paths: &[PathBuf]| preview(&request, &memo.sight(), paths);
    // Where nothing has changed there is nothing to show.
    assert!(look(&memo, &[article.to_owned()]).is_empty());
    let said = "Afterwards xylophones were heard.";
    write(root, article, &format!("{text}\n{said}\n"));
    let gone = Path::new("corpus/.#written-first").to_owned();
    let shown = look(&memo, &[article.to_owned(), gone]);
    let built = build(&request, &mut memo, &InMemory).unwrap();
    let [shown] = &shown[..] else {
        panic!("one page: {shown:#?}");
    };
    assert!(shown.text().contains("xylophones"));
    let page = built.plan.get(&shown.path).unwrap();
    assert_eq!(shown.text(), page.text());
    assert_eq!(shown.parts, page.parts);
    // With anything else, or with a fault, only a build can tell.
    let event = PathBuf::from("content/about.md");
    assert!(look(&memo, &[article.to_owned(), event]).is_empty());
    write(root, article, &text.replacen("title", "titel", 1));
    assert!(look(&memo, &[article.to_owned()]).is_empty());
    write(root, article, &format!("{text}\n[a](nowhere.md)\n"));
    assert!(look(&memo, &[article.to_owned()]).is_empty());
    fs::remove_file(root.join(article)).unwrap();
    assert!(look(&memo, &[article.to_owned()]).is_empty());
}

/// An entry of the gazetteer is seen in the articles that name it before the site is built.
#[test]
fn a_new_name_is_shown_where_it_stands() {
    let site = briefing();
    let root = site.path();
    let mut memo = Memo::default();
    build(&request(root), &mut memo, &InMemory).unwrap();
    let entry = Path::new("content/terms/external-environment.md");
    let look = |text: &str| {
        write(root, entry, text);
        let pages = preview(&request(root), &memo.sight(), &[entry.to_owned()]);
        let paths = pages.iter().map(|page| page.path.to_string());
        (paths.collect::<Vec<_>>(), pages)
    };
    let (paths, pages) = look("+++\nname = \"external environment\"\n+++\n");
    assert_eq!(paths, ["articles/korea-herald-2014-02-27/index.html"]);
    assert!(pages[0].text().contains("terms/external-environment/"));
    let built = build(&request(root), &mut memo, &InMemory).unwrap();
    let page = built.plan.get(&pages[0].path).unwrap();
    assert!(page.text().contains("terms/external-environment/"));
    // A name that is nowhere changes nothing; one that is protected, or has a fault, is left to a build.
    let look = |text: &str| {
        write(root, entry, text);
        preview(&request(root), &memo.sight(), &[entry.to_owned()]).len()
    };
    assert_eq!(look("+++\nname = \"xylophone\"\n+++\n"), 1);
    assert_eq!(look("+++\nname = \"external environment\"\n+++\n"), 0);
    assert_eq!(look("+++\nname = \"xylophone\"\nprotect = true\n+++\n"), 0);
    assert_eq!(look("+++\nnam = \"xylophone\"\n+++\n"), 0);
}

/// Nor is a name needed where people are called after a place.
#[test]
fn a_new_demonym_is_shown_where_it_stands() {
    let site = briefing();
    let root = site.path();
    let mut memo = Memo::default();
    build(&request(root), &mut memo, &InMemory).unwrap();
    let entry = Path::new("content/places/xylonia.md");
    let text = "+++\nname = \"Xylonia\"\ndemonyms = [\"external environment\"]\n+++\n";
    write(root, entry, text);
    let pages = preview(&request(root), &memo.sight(), &[entry.to_owned()]);
    let shown = |page: &Artifact| page.text().contains("places/xylonia/");
    assert_eq!(pages.iter().filter(|page| shown(page)).count(), 1);
}

/// Whoever is protected from now on must not be in a file that was copied before.
#[test]
fn a_name_that_becomes_protected_is_looked_for_in_every_file() {
    let site = briefing();
    let root = site.path();
    let config = files_of(root)[Path::new("dateline.toml")].clone();
    write(
        root,
        Path::new("dateline.toml"),
        &format!("{config}\n[data]\ntables = false\n"),
    );
    write(root, Path::new("static/list.txt"), "Xavier Ylophone");
    let entry = Path::new("content/people/xavier.md");
    let text =
        |protect: bool| format!("+++\nname = \"Xavier Ylophone\"\nprotect = {protect}\n+++\n");
    write(root, entry, &text(false));
    let mut memo = Memo::default();
    let open = build(&request(root), &mut memo, &InMemory).unwrap();
    assert!(open.diagnostics.is_empty(), "{:?}", open.diagnostics);
    memo.files_stand();
    write(root, entry, &text(true));
    let warm = build(&request(root), &mut memo, &InMemory).unwrap();
    let cold = build(&request(root), &mut Memo::default(), &InMemory).unwrap();
    assert_eq!(told(&warm), told(&cold));
    let leak = |fault: &Diagnostic| fault.code == Code::Leak;
    assert!(cold.diagnostics.iter().any(leak), "{:?}", cold.diagnostics);
}

/// Pages are compared with what they were made of, and not with the last build, which may have made none.
#[test]
fn what_changes_while_the_theme_is_broken_is_not_forgotten() {
    let site = briefing();
    let root = site.path();
    let (article, template) = (
        Path::new("corpus/korea-herald-2014-02-27.md"),
        Path::new("themes/default/templates/article.html"),
    );
    let files = files_of(root);
    let mut memo = Memo::default();
    let mut as_cold = |place: &str| {
        let warm = build(&request(root), &mut memo, &InMemory).unwrap();
        let cold = build(&request(root), &mut Memo::default(), &InMemory).unwrap();
        assert_eq!(told(&warm), told(&cold), "{place}");
        let error = dateline::base::Severity::Error;
        let faulty = warm.diagnostics.iter().any(|d| d.severity == error);
        if !faulty {
            memo.files_stand();
        }
        faulty
    };
    assert!(!as_cold("at first"));
    write(root, template, "{% if %}");
    let changed = files[article].replacen("title = \"", "title = \"Also: ", 1);
    assert_ne!(changed, files[article]);
    write(root, article, &changed);
    assert!(as_cold("broken"));
    write(root, template, &files[template]);
    assert!(!as_cold("mended"));
}

/// Files whose bytes nobody keeps are made again when they are asked for.
#[test]
fn files_can_be_forgotten() {
    let site = briefing();
    let mut memo = Memo::default();
    let kept = |built: &Built| built.plan.files().filter(|f| f.bytes.is_some()).count();
    let first = build(&request(site.path()), &mut memo, &InMemory).unwrap();
    memo.files_stand();
    let second = build(&request(site.path()), &mut memo, &InMemory).unwrap();
    // Files of the theme are at hand anyway.
    assert!(kept(&second) < kept(&first) / 2);
    memo.forget_files();
    let third = build(&request(site.path()), &mut memo, &InMemory).unwrap();
    assert_eq!(kept(&third), kept(&first));
    assert_eq!(told(&third), told(&first));
}
