//! Whole reports, as they are printed.

use super::*;
use crate::base::{Code, Place, SitePath, Source, Span};

fn sources(files: &[(&str, &str)]) -> Sources {
    let mut sources = Sources::default();
    for (path, text) in files {
        sources.insert(Source::new(SitePath::new(path), *text));
    }
    sources
}

/// The place of `words` in a file.
fn at(sources: &Sources, path: &str, words: &str) -> Span {
    let path = SitePath::new(path);
    let start = sources.get(&path).unwrap().text.find(words).unwrap();
    Span::new(&path, start, start + words.len())
}

fn print(diagnostics: &[Diagnostic], sources: &Sources, form: Form) -> String {
    let style = Style {
        form,
        verbose: false,
        prefix: "site/".into(),
    };
    let text = render(diagnostics, sources, &style);
    anstream::adapter::strip_str(&text).to_string()
}

fn human(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    print(diagnostics, sources, Form::Human)
}

#[test]
fn a_fault_with_other_places_and_help() {
    let sources = sources(&[
        (
            "corpus/b.md",
            "+++\ntitle = \"개성 공단\"\n\tpublished = \"2013-02-30\"\n+++\n",
        ),
        ("corpus/a.md", "+++\ntitle = \"x\"\n+++\n"),
    ]);
    let fault = Diagnostic::new(
        Code::BadDate,
        at(&sources, "corpus/b.md", "\"2013-02-30\""),
        "‘2013-02-30’ is not a date of the calendar",
    )
    .note("February has 28 days")
    .label(
        Place::Span(at(&sources, "corpus/b.md", "개성")),
        "in this report",
    )
    .label(
        Place::Span(at(&sources, "corpus/a.md", "title")),
        "and here",
    )
    .help("write the day as the source has it");
    insta::assert_snapshot!(human(&[fault], &sources), @r#"
    error[bad-date]: ‘2013-02-30’ is not a date of the calendar
     --> site/corpus/b.md:3:14
      |
    3 |     published = "2013-02-30"
      |                 ^^^^^^^^^^^^ February has 28 days
      |
     ::: site/corpus/b.md:2:10
      |
    2 | title = "개성 공단"
      |          ---- in this report
      |
     ::: site/corpus/a.md:2:1
      |
    2 | title = "x"
      | ----- and here
      |
      = help: write the day as the source has it
    "#);
}

#[test]
fn faults_are_sorted_and_files_need_no_text() {
    let sources = sources(&[("a.md", "one two\n")]);
    let faults = [
        Diagnostic::file(
            Code::Unreadable,
            &SitePath::new("b.md"),
            "the file cannot be read",
        )
        .help("check its permissions"),
        Diagnostic::new(Code::UnknownKey, at(&sources, "a.md", "two"), "second"),
        Diagnostic::new(Code::UnknownKey, at(&sources, "a.md", "one"), "first"),
        Diagnostic::new(
            Code::UnknownKey,
            Span::new(&SitePath::new("c.md"), 4, 9),
            "not at hand",
        ),
    ];
    insta::assert_snapshot!(human(&faults, &sources), @r#"
    warning[unknown-key]: first
     --> site/a.md:1:1
      |
    1 | one two
      | ^^^

    warning[unknown-key]: second
     --> site/a.md:1:5
      |
    1 | one two
      |     ^^^

    error[unreadable]: the file cannot be read
    --> site/b.md
     = help: check its permissions

    warning[unknown-key]: not at hand
    --> site/c.md
    "#);
}

#[test]
fn untrusted_text_cannot_steer_the_terminal() {
    let text = "a \u{1b}[2J\u{9b}31m\u{202e}evil\u{1}7\r\n";
    let sources = sources(&[("\u{1b}]0;x\u{7}.md", text)]);
    let path = SitePath::new("\u{1b}]0;x\u{7}.md");
    let fault = Diagnostic::new(
        Code::Markdown,
        Span::new(&path, 2, 6),
        "bad \u{1b}[31mred\n::error::x",
    )
    .note("\u{8}\u{8}")
    .help("\u{9b}1m");
    let style = Style {
        form: Form::Human,
        verbose: false,
        prefix: String::new(),
    };
    let printed = render(std::slice::from_ref(&fault), &sources, &style);
    // All that is left of escapes are the renderer's own colours.
    let plain = anstream::adapter::strip_str(&printed).to_string();
    assert!(
        plain.chars().all(|c| c == '\n' || !c.is_control()),
        "{plain:?}"
    );
    insta::assert_snapshot!(plain, @r#"
    warning[markdown]: bad ␛[31mred ::error::x
     --> ␛]0;x␇.md:1:3
      |
    1 | a ␛[2J�31m�evil␁7
      |   ^^^^ ␈␈
      |
      = help: �1m
    "#);
    assert_eq!(
        print(&[fault], &sources, Form::Github),
        "::warning file=site/␛]0;x␇.md,line=1,endLine=1,col=3,endColumn=6,title=markdown::bad ␛[31mred ::error::x%0A␈␈%0A�1m\n"
    );
}

#[test]
fn a_line_of_any_length_is_shown_in_part_with_its_true_column() {
    let text = format!("{}wrong{}", "아 ".repeat(200_000), " b".repeat(200_000));
    let sources = sources(&[("a.md", &text)]);
    let fault = Diagnostic::new(
        Code::LostQuote,
        at(&sources, "a.md", "wrong"),
        "not in the article",
    );
    insta::assert_snapshot!(human(std::slice::from_ref(&fault), &sources), @r#"
    error[lost-quote]: not in the article
     --> site/a.md:1:400001
      |
    1 | …아 아 아 아 아 아 아 아 아 아 아 아 아 아 아 아 아 아 아 아 아 아 아 아 아 wrong b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b …
      |                                                                             ^^^^^
    "#);
    let whole = Diagnostic::new(
        Code::LostQuote,
        Span::new(&SitePath::new("a.md"), 0, text.len()),
        "everything",
    );
    assert!(human(&[whole], &sources).len() < 2_000);
    assert!(print(&[fault], &sources, Form::Json).contains("\"column\":400001,"));
}

#[test]
fn places_at_the_ends_of_files_and_lines() {
    let sources = sources(&[("a.md", "one\ntwo\nthree"), ("empty.md", "")]);
    let path = SitePath::new("a.md");
    let faults = [
        Diagnostic::new(Code::MissingKey, Span::new(&path, 13, 13), "at the end"),
        Diagnostic::new(Code::MissingKey, Span::new(&path, 99, 120), "past the end"),
        Diagnostic::new(
            Code::MissingKey,
            Span::new(&path, 1, 10),
            "over several lines",
        ),
        Diagnostic::new(
            Code::MissingKey,
            Span::top(&SitePath::new("empty.md")),
            "in nothing",
        ),
    ];
    insta::assert_snapshot!(human(&faults, &sources), @r#"
    error[missing-key]: over several lines
     --> site/a.md:1:2
      |
    1 | one
      |  ^^

    error[missing-key]: at the end
     --> site/a.md:3:6
      |
    3 | three
      |      ^

    error[missing-key]: past the end
     --> site/a.md:3:6
      |
    3 | three
      |      ^

    error[missing-key]: in nothing
     --> site/empty.md:1:1
      |
    1 |
      | ^
    "#);
}

#[test]
fn many_of_a_kind_are_counted() {
    let sources = sources(&[("a.md", "text\n")]);
    let fault = |i: usize| {
        Diagnostic::new(
            Code::UnknownKey,
            at(&sources, "a.md", "text"),
            format!("key {i:02}"),
        )
    };
    let faults: Vec<_> = (0..47).map(fault).collect();
    let text = human(&faults, &sources);
    assert_eq!(text.matches("warning[unknown-key]: key").count(), 10);
    let end = text.split("\n\n").skip(10).collect::<Vec<_>>().join("\n\n");
    assert_eq!(
        end,
        "warning[unknown-key]: … and 37 more like this\n`--verbose` shows them all\n\n"
    );
    let verbose = Style {
        form: Form::Human,
        verbose: true,
        prefix: String::new(),
    };
    assert_eq!(
        render(&faults, &sources, &verbose)
            .matches("key 46")
            .count(),
        1
    );
    assert_eq!(print(&faults, &sources, Form::Json).lines().count(), 47);
}

#[test]
fn json_has_a_line_for_each() {
    let sources = sources(&[("a.md", "개성\nand\n"), ("b.md", "x")]);
    let faults = [
        Diagnostic::new(
            Code::BadValue,
            at(&sources, "a.md", "성\nan"),
            "a \"bad\" value",
        )
        .label(Place::Span(at(&sources, "b.md", "x")), "see")
        .help("mend it"),
        Diagnostic::file(Code::Unreadable, &SitePath::new("c.md"), "gone"),
    ];
    assert_eq!(
        print(&faults, &sources, Form::Json),
        concat!(
            r#"{"code":"bad-value","severity":"error","message":"a \"bad\" value","file":"a.md","line":1,"column":2,"#,
            r#""end_line":2,"end_column":3,"note":null,"help":"mend it","labels":[{"text":"see","file":"b.md","line":1,"#,
            r#""column":1,"end_line":1,"end_column":2}]}"#,
            "\n",
            r#"{"code":"unreadable","severity":"error","message":"gone","file":"c.md","line":null,"column":null,"#,
            r#""end_line":null,"end_column":null,"note":null,"help":null,"labels":[]}"#,
            "\n",
        )
    );
}

#[test]
fn github_annotations_are_escaped() {
    let sources = sources(&[("a,b.md", "one two\nthree\n")]);
    let faults = [
        Diagnostic::new(
            Code::UnknownKey,
            at(&sources, "a,b.md", "two"),
            "100% wrong: a,b",
        )
        .help("so"),
        Diagnostic::new(
            Code::BadValue,
            at(&sources, "a,b.md", "two\nthr"),
            "two lines",
        ),
        Diagnostic::file(Code::Unreadable, &SitePath::new("c.md"), "gone"),
    ];
    assert_eq!(
        print(&faults, &sources, Form::Github),
        "::warning file=site/a%2Cb.md,line=1,endLine=1,col=5,endColumn=7,title=unknown-key::100%25 wrong: a,b%0Aso\n\
         ::error file=site/a%2Cb.md,line=1,endLine=2,title=bad-value::two lines\n\
         ::error file=site/c.md,title=unreadable::gone\n"
    );
}

#[test]
fn counts_in_words() {
    let fault = |code| Diagnostic::file(code, &SitePath::new("a"), "x");
    let (error, warning) = (fault(Code::BadDate), fault(Code::Undated));
    assert_eq!(counts(&[]), None);
    assert_eq!(
        counts(&[warning.clone(), warning.clone()]).as_deref(),
        Some("2 warnings")
    );
    let mut note = warning.clone();
    note.severity = Severity::Note;
    assert_eq!(
        counts(&[warning, error, note]).as_deref(),
        Some("1 error, 1 warning and 1 note")
    );
}
