//! Bad inputs that are too large or too strange to be kept as files.

use super::{build, built};
use crate::support::{Fixture, Ran};
use std::collections::BTreeSet;
use std::fs;

const FRONT: &str = "+++\ntitle = \"T\"\npublished = 2013-08-14\n+++\n\n";

/// What a base site changed by `change` comes to: exit code, diagnostics, what is printed, and the site.
fn changed(name: &str, change: impl FnOnce(&Fixture)) -> (Ran, Vec<String>, Fixture) {
    let (fixture, earlier) = built();
    change(&fixture);
    let (ran, lines) = build(name, &fixture, &earlier);
    (ran, lines.into_iter().collect(), fixture)
}

/// Checks that a change is an error with exactly these diagnostics.
fn fails(name: &str, expected: &[&str], change: impl FnOnce(&Fixture)) {
    let (ran, lines, _) = changed(name, change);
    assert_eq!(
        (ran.code, lines),
        (1, expected.iter().map(|&l| l.into()).collect()),
        "{name}\n{}",
        ran.err
    );
}

/// Checks that a change is built without a word, and that the page at `path` has the text.
fn builds(name: &str, path: &str, text: &str, change: impl FnOnce(&Fixture)) {
    let (ran, lines, fixture) = changed(name, change);
    assert_eq!(
        (ran.code, lines),
        (0, Vec::<String>::new()),
        "{name}\n{}",
        ran.err
    );
    assert!(
        fixture.read(&format!("public/{path}")).contains(text),
        "{name}"
    );
}

#[test]
fn bytes_that_are_no_text() {
    fails("not UTF-8", &["error not-utf8 corpus/three.md"], |site| {
        site.edit("corpus/three.md", [FRONT.as_bytes(), b"caf\xe9\n"].concat());
    });
    fails("UTF-16", &["error not-utf8 corpus/three.md"], |site| {
        let text: Vec<u8> = FRONT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        site.edit("corpus/three.md", [&b"\xff\xfe"[..], &text].concat());
    });
    fails(
        "config not UTF-8",
        &["error not-utf8 dateline.toml"],
        |site| {
            site.edit("dateline.toml", b"title = \"caf\xe9\"\n");
        },
    );
}

#[test]
fn byte_order_marks_and_line_ends_of_other_systems() {
    let article = format!("{FRONT}One more word.\n");
    builds(
        "byte-order mark",
        "articles/three/index.html",
        "more word",
        |site| {
            site.edit("corpus/three.md", format!("\u{feff}{article}"));
        },
    );
    builds("CRLF", "articles/three/index.html", "more word", |site| {
        site.edit("corpus/three.md", article.replace('\n', "\r\n"));
        let notes = site.read("content/notes/one.md").replace('\n', "\r\n");
        site.edit("content/notes/one.md", notes);
    });
    builds(
        "no last line end",
        "articles/three/index.html",
        "more word",
        |site| {
            site.edit("corpus/three.md", article.trim_end());
        },
    );
    let crlf = "+++\r\ntitle = \"T\"\r\npublished = \"soon\"\r\n+++\r\n";
    fails(
        "places under CRLF",
        &["error bad-date corpus/three.md:3:13"],
        |site| {
            site.edit("corpus/three.md", crlf);
        },
    );
    fails(
        "places under a mark",
        &["error bad-date corpus/three.md:3:13"],
        |site| {
            site.edit("corpus/three.md", format!("\u{feff}{crlf}"));
        },
    );
}

#[test]
fn empty_files() {
    fails(
        "empty article",
        &["error no-front-matter corpus/three.md"],
        |site| {
            site.edit("corpus/three.md", "");
        },
    );
    fails(
        "blank page",
        &["error no-front-matter content/more.md"],
        |site| {
            site.edit("content/more.md", "\n \n\t\n");
        },
    );
    fails(
        "empty config",
        &["error missing-key dateline.toml:1:1"],
        |site| {
            site.edit("dateline.toml", "");
        },
    );
}

#[test]
fn things_that_are_not_files_where_files_should_be() {
    fails(
        "folder for an article",
        &["error wrong-kind-of-file corpus/three.md"],
        |site| {
            fs::create_dir(site.path("corpus/three.md")).unwrap();
        },
    );
    fails(
        "folder for the configuration",
        &["error wrong-kind-of-file dateline.toml"],
        |site| {
            site.remove("dateline.toml");
            fs::create_dir(site.path("dateline.toml")).unwrap();
        },
    );
    fails(
        "file for a folder",
        &["error wrong-kind-of-file content/terms"],
        |site| {
            site.edit("content/terms", "x");
        },
    );
}

#[cfg(unix)]
#[test]
fn links_and_files_that_cannot_be_read() {
    use std::os::unix::fs::symlink;
    fails(
        "link to nothing",
        &["error unreadable corpus/three.md"],
        |site| {
            symlink("nowhere.md", site.path("corpus/three.md")).unwrap();
        },
    );
    fails(
        "links in a circle",
        &[
            "error link-loop corpus/four.md",
            "error link-loop corpus/three.md",
        ],
        |site| {
            symlink("four.md", site.path("corpus/three.md")).unwrap();
            symlink("three.md", site.path("corpus/four.md")).unwrap();
        },
    );
    fails(
        "a folder within itself",
        &["error link-loop corpus/again/again"],
        |site| {
            fs::create_dir(site.path("corpus/again")).unwrap();
            symlink("../again", site.path("corpus/again/again")).unwrap();
        },
    );
    fails(
        "a socket",
        &["error wrong-kind-of-file corpus/three.md"],
        |site| {
            std::os::unix::net::UnixListener::bind(site.path("corpus/three.md")).unwrap();
        },
    );
}

/// Permissions do not stop an administrator, so the file is one that nobody can read from its beginning: the memory of
/// the process itself, whose first page is never there.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_can_be_opened_and_not_read() {
    fails(
        "unreadable",
        &["error unreadable corpus/three.md"],
        |site| {
            std::os::unix::fs::symlink("/proc/self/mem", site.path("corpus/three.md")).unwrap();
        },
    );
}

#[test]
fn files_beyond_all_measure() {
    fails("65 MiB", &["error too-large corpus/three.md"], |site| {
        let file = fs::File::create(site.path("corpus/three.md")).unwrap();
        file.set_len(65 << 20).unwrap();
    });
    fails(
        "a value of 50 MB",
        &["error bad-date corpus/three.md:3:13"],
        |site| {
            let value = "9".repeat(50_000_000);
            site.edit(
                "corpus/three.md",
                format!("+++\ntitle = \"T\"\npublished = \"{value}\"\n+++\n"),
            );
        },
    );
    builds(
        "a line of 5 MB",
        "articles/three/index.html",
        "last word",
        |site| {
            site.edit(
                "corpus/three.md",
                format!("{FRONT}{}last word\n", "word ".repeat(1_000_000)),
            );
        },
    );
    builds(
        "a title of 100 kB",
        "articles/three/index.html",
        "Title of",
        |site| {
            let title = format!("Title of {}", "many words ".repeat(9_000));
            site.edit(
                "corpus/three.md",
                format!("+++\ntitle = \"{title}\"\npublished = 2013-08-14\n+++\n\nText.\n"),
            );
        },
    );
    builds(
        "a table of 100,000 cells",
        "articles/three/index.html",
        "last cell",
        |site| {
            let row = format!("|{}\n", " x |".repeat(50));
            let rule = format!("|{}\n", " - |".repeat(50));
            let table = format!("{row}{rule}{}| last cell |\n", row.repeat(2_000));
            site.edit("corpus/three.md", format!("{FRONT}{table}"));
        },
    );
}

#[test]
fn nesting_beyond_all_measure() {
    let deep = 10_000;
    for (name, text) in [
        ("block quotations", format!("{}word\n", "> ".repeat(deep))),
        (
            "lists",
            (0..1_000)
                .map(|i| format!("{}- word\n", "  ".repeat(i)))
                .collect(),
        ),
        (
            "emphasis",
            format!("{}word{}\n", "*a ".repeat(deep), "*".repeat(deep)),
        ),
        (
            "brackets",
            format!("{}word{}\n", "[".repeat(deep), "]".repeat(deep)),
        ),
        (
            "links in links",
            format!("{}word{}\n", "[".repeat(deep), "](x)".repeat(deep)),
        ),
        (
            "ids in brackets",
            format!("{}word{}\n", "[[".repeat(deep), "]]".repeat(deep)),
        ),
    ] {
        let (ran, _, _) = changed(name, |site| {
            site.edit("corpus/three.md", format!("{FRONT}{text}"));
        });
        assert!([0, 1].contains(&ran.code), "{name}");
    }
    let (open, close) = ("[".repeat(deep), "]".repeat(deep));
    let (keys, ends) = ("{\"a\": ".repeat(deep), "}".repeat(deep));
    for (name, text) in [
        ("TOML arrays", format!("+++\na = {open}{close}\n+++\n")),
        ("YAML lists", format!("---\na: {open}{close}\n---\n")),
        ("JSON in YAML", format!("---\na: {keys}1{ends}\n---\n")),
    ] {
        let (ran, lines, _) = changed(name, |site| site.edit("corpus/three.md", text));
        let place = "error bad-syntax corpus/three.md:2:";
        let told = !lines.is_empty() && lines.iter().all(|line| line.starts_with(place));
        assert!(ran.code == 1 && told, "{name}: {lines:?}");
    }
}

#[test]
fn characters_that_steer_terminals_and_readers() {
    // Sequences that colour, move, set the title and turn the order, in keys, values and names of files.
    let steering = "\u{1b}[31m\u{1b}]0;owned\u{7}\u{9b}2J\u{202e}\u{2066}";
    let escaped = "\\u001b[31m\\u001b]0;owned\\u0007\\u202e";
    let (ran, lines, _) = changed("in what is wrong", |site| {
        site.edit(
            "corpus/three.md",
            format!("+++\n\"{escaped}\" = 1\ntitle = \"{escaped}\"\npublished = \"{escaped}\"\ntopics = [\"{escaped}\"]\n+++\n"),
        );
        site.edit("corpus/four.md", format!("+++\ntitle = 1{steering}\n+++\n"));
        site.edit(
            "content/about.md",
            format!("+++\ntitle = \"A\"\n+++\n\nSee [[{steering}]] and [@{steering}].\n"),
        );
    });
    assert_eq!(ran.code, 1);
    let codes: BTreeSet<&str> = lines
        .iter()
        .filter_map(|line| line.split(' ').nth(1))
        .collect();
    for code in ["bad-date", "bad-syntax", "unknown-id", "unknown-key"] {
        assert!(codes.contains(code), "{code}\n{}", ran.err);
    }
    let (ran, _, _) = changed("in names of files", |site| {
        site.edit(&format!("corpus/{steering}.md"), FRONT);
    });
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("bad-id"), "{}", ran.err);
}

#[test]
fn control_characters_in_texts_do_not_reach_the_pages() {
    let (ran, _, fixture) = changed("in texts", |site| {
        site.edit("corpus/three.md", "---\ntitle: \"A\\u001b[31m\\u0000B\"\npublished: 2013-08-14\n---\n\nWords\u{1b}[31m and\u{8} more\0.\n");
    });
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("control-character"), "{}", ran.err);
    for (path, bytes) in fixture.snapshot() {
        if let Ok(text) = String::from_utf8(bytes) {
            // RFC 4180 ends the lines of CSV so.
            let text = match path.ends_with(".csv") {
                true => text.replace("\r\n", "\n"),
                false => text,
            };
            let raw = text.find(|c: char| c.is_control() && !"\n\t".contains(c));
            assert_eq!((raw, text.contains("\\u001b")), (None, false), "{path}");
        }
    }
}

/// Cuts, doubles and overwrites parts of good sources, by a fixed sequence. Whatever comes out, the program ends with
/// a status of its own and a diagnostic.
#[test]
fn mangled_sources_never_stop_the_program() {
    let (fixture, earlier) = built();
    let paths = [
        "dateline.toml",
        "corpus/one.md",
        "content/events/talks.md",
        "content/topics/border.md",
        "content/people/kim.md",
        "content/measures/workers.md",
        "content/notes/one.md",
    ];
    let mut state = 0x2545_f491_u32;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state as usize % below.max(1)
    };
    for round in 0..40 {
        let path = paths[round % paths.len()];
        let good = fixture.read(path);
        let mut bytes = good.clone().into_bytes();
        for _ in 0..=next(3) {
            let from = next(bytes.len());
            let to = (from + next(12)).min(bytes.len());
            match next(4) {
                0 => drop(bytes.drain(from..to)),
                1 => {
                    let part = bytes[from..to].to_vec();
                    drop(bytes.splice(from..from, part.into_iter().cycle().take(200)));
                }
                2 => bytes[from] = b"\"'[]{}<>+-=#>\n\0\xff"[next(16)],
                _ => bytes.truncate(from.max(1)),
            }
        }
        fixture.edit(path, &bytes);
        let ran = build(
            &format!(
                "round {round}: {path}: {:?}",
                String::from_utf8_lossy(&bytes)
            ),
            &fixture,
            &earlier,
        )
        .0;
        assert!([0, 1].contains(&ran.code), "round {round}");
        fixture.edit(path, good);
        if ran.code == 0 {
            assert_eq!(fixture.run(["build"]).code, 0);
        }
    }
}
