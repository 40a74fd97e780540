//! `dateline check`: what an editor has to look at, and the exit code; nothing is written.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use serde_json::{Value, json};
use support::Fixture;

const ONE: &str = "+++\ntitle = \"Port opens\"\npublished = 2014-02-27\n+++\n\n\
    The old port was opened on Tuesday after talks of two days. Ada Brook said 120 ships had left.\n\n\
    Nobody was at the quay. A pilot waved from the quay.\n";

/// A site without faults.
fn sound() -> Fixture {
    Fixture::site()
        .write("corpus/one.md", ONE)
        .write("content/people/brook.md", "+++\nname = \"Ada Brook\"\n+++\n")
        .write("content/notes/one.md", "> 120 ships had left\n\nWho counted?\n")
        .write(
            "content/events/talks.md",
            "+++\ntitle = \"Talks\"\ndate = \"2014-02-25\"\n\n[[evidence]]\narticle = \"one\"\nquote = \"after talks of two days\"\n+++\n",
        )
}

/// The same with something of everything that a check tells.
fn moved() -> Fixture {
    sound()
        .write(
            "corpus/two.md",
            "+++\ntitle = \"Talks end\"\nevents = [\"talks\"]\n+++\n\n\
             The two ports ended their talks on Tuesday, an official said on Thursday.\n",
        )
        .write("content/people/reed.md", "+++\nname = \"Tom Reed\"\n+++\n")
        .write(
            "content/notes/one.md",
            "> The old port was reopened on Tuesday after talks\n\nOne.\n\n> the quay\n\nTwo.\n\n> 120 ships had left\n\nThree.\n",
        )
        .write(
            "content/overrides/a.toml",
            "[[override]]\narticle = \"one\"\nquote = \"130 ships had sailed\"\nkind = \"figure\"\nverb = \"accept\"\nwhy = \"x\"\n\n\
             [[override]]\narticle = \"one\"\nquote = \"120 ships had left\"\nkind = \"note\"\nverb = \"reject\"\nwhy = \"y\"\n",
        )
}

fn records(out: &str) -> Vec<Value> {
    let lines = out.lines().map(|line| serde_json::from_str(line).unwrap());
    lines
        .filter(|value: &Value| value.get("record").is_some())
        .collect()
}

#[test]
fn a_sound_site_passes_and_nothing_is_written() {
    let fixture = sound();
    let ran = fixture.run(["check", "--strict"]);
    assert_eq!(
        (ran.code, ran.out.as_str(), ran.err.as_str()),
        (0, "1 note: 1 exact\n1 evidence: 1 exact\nAll is well\n", "")
    );
    assert!(!fixture.path("public").exists());
    assert_eq!(fixture.run(["check", "--quiet"]).out, "");
}

#[test]
fn old_and_new_words_stand_below_each_other() {
    let fixture = moved();
    let ran = fixture.run(["check"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(
        ran.out,
        "\
Words that do not stand as they were quoted

content/notes/one.md:1:1: note on ‘one’, reworded, ¶1.1
    - The old port was [-reopened-] on Tuesday after talks
    + The old port was {+opened+} on Tuesday after talks

content/notes/one.md:5:1: note on ‘one’, moved, ¶2.1
    = the quay

content/overrides/a.toml:3:9: override on ‘one’, lost, ¶1.2, the most similar words (58 % alike)
    - [-130-] ships had [-sailed-]
    + {+120+} ships had

Articles that wait for their date

corpus/two.md:2:9
    not before 2014-02-25: it tells of the event ‘talks’ (2014-02-25)
    perhaps 2014-02-25: ‘Tuesday’ is 2014-02-25, the day of the event ‘talks’; ‘Tuesday’ is the day itself
    perhaps 2014-02-27: ‘Tuesday’ is 2014-02-25, the day of the event ‘talks’; ‘Thursday’ is the day itself
    it is left out until you write `published`, for instance 2014-02-25, with `date_basis` and `date_note`

Open

content/overrides/a.toml:3:9: this override is stale
content/notes/one.md:9:1: this note is hidden by an override
no article names: reed

3 notes: 1 moved, 1 reworded, 1 hidden
1 evidence: 1 exact
1 override: 1 lost
1 undated
Found 4 warnings
"
    );
    let told: Vec<&str> = ran
        .err
        .lines()
        .filter(|line| line.starts_with("warning["))
        .collect();
    assert_eq!(told.len(), 4, "{}", ran.err);
    assert!(!fixture.path("public").exists());
    let strict = fixture.run(["check", "--strict", "--quiet"]);
    assert_eq!((strict.code, strict.out.as_str()), (1, ""));
    assert!(
        strict.err.contains("error[stale-override]"),
        "{}",
        strict.err
    );
}

#[test]
fn a_lost_note_fails_it() {
    let fixture = sound();
    fixture.edit(
        "content/notes/one.md",
        "> 130 ships had left\n\nWho counted?\n",
    );
    let ran = fixture.run(["check"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.starts_with("error[lost-note]"), "{}", ran.err);
    assert_eq!(
        ran.out,
        "\
Words that do not stand as they were quoted

content/notes/one.md:1:1: note on ‘one’, lost, ¶1.2, the most similar words (93 % alike)
    - [-130-] ships had left
    + {+120+} ships had left

1 note: 1 lost
1 evidence: 1 exact
Found 1 error
"
    );
    // An override that brings it to other words, or hides it, mends that.
    for (verb, standing) in [
        ("set\"\nvalue = \"120 ships had left", "accepted"),
        ("reject", "hidden"),
    ] {
        let text = format!(
            "[[override]]\narticle = \"one\"\nquote = \"130 ships had left\"\nkind = \"note\"\nverb = \"{verb}\"\nwhy = \"x\"\n"
        );
        fixture.edit("content/overrides/a.toml", text);
        let ran = fixture.run(["check", "--strict"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(
            ran.out.contains(&format!("1 note: 1 {standing}\n")),
            "{}",
            ran.out
        );
    }
}

#[test]
fn programs_get_lines_of_json() {
    let ran = moved().run(["check", "--format", "json"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let faults = ran.out.lines().filter(|line| line.starts_with("{\"code\""));
    assert_eq!(faults.count(), 4);
    let records = records(&ran.out);
    let kinds: Vec<&str> = records
        .iter()
        .map(|r| r["record"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        [
            "anchor", "anchor", "anchor", "anchor", "anchor", "undated", "summary"
        ]
    );
    assert_eq!(
        records[1],
        json!({
            "record": "anchor", "purpose": "note", "article": "one", "verdict": "reworded",
            "quote": "The old port was reopened on Tuesday after talks",
            "now": "The old port was opened on Tuesday after talks",
            "paragraph": 1, "sentence": 1, "alike": 95,
            "file": "content/notes/one.md", "line": 1, "column": 1,
        })
    );
    assert_eq!(records[5]["not_before"]["date"], "2014-02-25");
    assert_eq!(records[5]["candidates"][1]["first"], "2014-02-27");
    assert_eq!(
        records[6],
        json!({
            "record": "summary",
            "anchors": {
                "note": { "moved": 1, "reworded": 1, "hidden": 1 },
                "evidence": { "exact": 1 },
                "override": { "lost": 1 },
            },
            "undated": 1, "unnamed": ["reed"], "errors": 0, "warnings": 4,
        })
    );
    let github = moved().run(["check", "--format", "github"]);
    assert!(
        github
            .out
            .lines()
            .all(|line| line.starts_with("::warning ")),
        "{}",
        github.out
    );
    assert!(github.err.ends_with("Found 4 warnings\n"));
}

#[test]
fn faults_of_the_folder_and_of_the_command_line() {
    let ran = Fixture::new().run(["check"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.starts_with("error[no-config]"), "{}", ran.err);
    assert_eq!(Fixture::new().run(["check", "--root", "nowhere"]).code, 74);
    assert_eq!(Fixture::site().run(["check", "--format", "xml"]).code, 2);
}

#[test]
fn articles_cannot_steer_the_terminal() {
    let fixture = sound();
    fixture.edit(
        "content/notes/one.md",
        "> 130 ships \u{202e} had left\n\nWho?\n",
    );
    fixture.edit(
        "corpus/one.md",
        ONE.replace("120 ships", "120 \u{202e}ships"),
    );
    let ran = fixture.run(["check"]);
    let printed = format!("{}{}", ran.out, ran.err);
    assert!(!printed.contains(['\u{202e}', '\u{1b}']), "{printed:?}");
}
