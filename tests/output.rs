//! The program as it is run: help, wrong command lines, and output folders that cannot be written.

mod support;

use support::Fixture;

#[test]
fn without_a_command_the_help_is_printed() {
    let ran = Fixture::new().run([]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    for word in [
        "Usage: dateline [OPTIONS] [COMMAND]",
        "build",
        "Exit codes:",
        "--color <WHEN>",
    ] {
        assert!(ran.out.contains(word), "{word}\n{}", ran.out);
    }
}

#[test]
fn the_version_is_the_packages() {
    let ran = Fixture::new().run(["--version"]);
    let version = format!("dateline {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!((ran.code, ran.out), (0, version));
}

#[test]
fn a_wrong_command_line_is_told_from_wrong_content() {
    let fixture = Fixture::site();
    let cases: [&[&str]; 4] = [
        &["biuld"],
        &["build", "--no-such-option"],
        &["build", "--threads", "0"],
        &["build", "--base-url", "example.org"],
    ];
    for args in cases {
        let ran = match args {
            [a] => fixture.run([a]),
            [a, b] => fixture.run([a, b]),
            [a, b, c, ..] => fixture.run([a, b, c]),
            [] => unreachable!(),
        };
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}");
        assert!(ran.err.starts_with("error: "), "{}", ran.err);
    }
    assert!(
        fixture
            .run(["biuld"])
            .err
            .contains("a similar subcommand exists: 'build'")
    );
    assert_eq!(fixture.public(), Vec::<String>::new());
}

#[test]
fn colours_only_when_asked_for() {
    let fixture = Fixture::new();
    assert!(!fixture.run([]).out.contains('\u{1b}'));
    assert!(fixture.run(["--color", "always"]).out.contains('\u{1b}'));
}

#[test]
fn an_output_folder_that_holds_sources_is_refused() {
    let fixture = Fixture::site().write("corpus/note.txt", "");
    for out in ["corpus", ".", "..", "content/new"] {
        let ran = fixture.run(["build", "--out", out]);
        assert_eq!(ran.code, 2, "{out}: {}", ran.err);
        assert!(
            ran.err.contains("cannot be the output folder"),
            "{}",
            ran.err
        );
    }
    assert!(!fixture.path("content").exists());
}

#[test]
fn an_output_folder_that_is_a_file_is_left_as_it_is() {
    let fixture = Fixture::site().write("public", "mine");
    let ran = fixture.run(["build"]);
    assert_eq!(ran.code, 74, "{}", ran.err);
    assert!(ran.err.contains("public’ is not a folder"), "{}", ran.err);
    assert_eq!(fixture.read("public"), "mine");
}
