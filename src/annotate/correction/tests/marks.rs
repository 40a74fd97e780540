//! Times, figures and quotations.

use super::*;

#[test]
fn what_is_found_without_overrides() {
    let (annotated, diagnostics) = run(&[]);
    assert_eq!(
        marks(&annotated, Time),
        [
            "on Monday=2014-02-24",
            "on Monday=2014-02-24",
            "1901=1901",
            "1950=1950",
            "that night=2014-02-24TNI"
        ]
        .map(|m| m.replace("on ", ""))
    );
    assert_eq!(codes(&diagnostics), []);
}

/// What each override makes of the article, seen in the marks of its kind that differ from those without it.
fn changed(written: &Written) -> (Vec<String>, Vec<String>) {
    let (before, _) = run(&[]);
    let (after, diagnostics) = run(std::slice::from_ref(written));
    assert_eq!(codes(&diagnostics), [], "{}", written.quote);
    assert_eq!(after.overrides.len(), 1, "{}", written.quote);
    let (before, after) = (marks(&before, written.kind), marks(&after, written.kind));
    let gone = before.iter().filter(|m| !after.contains(m));
    let new = after.iter().filter(|m| !before.contains(m));
    (gone.cloned().collect(), new.cloned().collect())
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn times_at_each_verb_and_scope() {
    let monday = "Monday=2014-02-24";
    let cases: [(Written, &[&str], &[&str]); 8] = [
        (
            written(Time, Accept, Mention, "said on Monday that"),
            &[],
            &["Monday=2014-02-24!"],
        ),
        (
            written(Time, Reject, Mention, "built in 1901"),
            &["1901=1901"],
            &[],
        ),
        (
            written(Time, Reject, Article, "on Monday"),
            &[monday, monday],
            &[],
        ),
        (
            written(Time, Set, Site, "Monday").value("2014-03-03"),
            &[monday, monday],
            &["Monday=2014-03-03!", "Monday=2014-03-03!"],
        ),
        (
            written(Time, Set, Topic, "left on Monday").value("2014-03-03"),
            &[],
            &["Monday=2014-03-03!"],
        ),
        // Words around a mark, and within it.
        (
            written(Time, Set, Mention, "in 1950.").value("P1Y"),
            &["1950=1950"],
            &["1950=P1Y!"],
        ),
        (
            written(Time, Reject, Mention, "night"),
            &["that night=2014-02-24TNI"],
            &[],
        ),
        (
            written(Time, Add, Mention, "again").value("1950"),
            &[],
            &["again=1950!"],
        ),
    ];
    for (written, gone, new) in cases {
        let expected = (owned(gone), owned(new));
        assert_eq!(changed(&written), expected, "{}", written.quote);
    }
}

#[test]
fn figures_at_each_verb_and_scope() {
    let cases: [(Written, &[&str], &[&str]); 8] = [
        (
            written(Figure, Accept, Mention, "120 ships"),
            &["120=120..120"],
            &["120=120..120!"],
        ),
        (
            written(Figure, Accept, Mention, "120").to("fleet"),
            &["120=120..120"],
            &["120=120..120 fleet!"],
        ),
        (
            written(Figure, Reject, Article, "about 90 ships"),
            &["90=90..90"],
            &[],
        ),
        (
            written(Figure, Set, Mention, "two dozen boats").value("20"),
            &["two dozen=24..24"],
            &["two dozen=20..20!"],
        ),
        (
            written(Figure, Set, Site, "80").value("81"),
            &["80=80..80"],
            &["80=81..81!"],
        ),
        (
            written(Figure, Retarget, Topic, "90").to("fleet"),
            &["90=90..90"],
            &["90=90..90 fleet!"],
        ),
        (
            written(Figure, Add, Mention, "Nobody").value("0"),
            &[],
            &["Nobody=0..0!"],
        ),
        (
            written(Figure, Add, Article, "1950")
                .value("1950")
                .to("fleet"),
            &[],
            &["1950=1950..1950 fleet!"],
        ),
    ];
    for (written, gone, new) in cases {
        let expected = (owned(gone), owned(new));
        assert_eq!(changed(&written), expected, "{}", written.quote);
    }
    // What is added takes the place of what was found there.
    let (after, _) = run(&[written(Figure, Add, Article, "1950").value("1950")]);
    assert!(!marks(&after, Time).contains(&"1950=1950".to_owned()));
}

#[test]
fn quotations_at_each_verb_and_scope() {
    let cases: [(Written, &[&str], &[&str]); 8] = [
        (
            written(Quotation, Accept, Mention, "quiet harbour"),
            &["“quiet harbour”=-"],
            &["“quiet harbour”=-!"],
        ),
        (
            written(Quotation, Reject, Site, "quiet harbour"),
            &["“quiet harbour”=-"],
            &[],
        ),
        // The other part of the speech follows.
        (
            written(Quotation, Retarget, Mention, "We counted 80 of them").to("reed"),
            &["“We~them,”=brook", "“Nobody counted better.”=brook"],
            &["“We~them,”=reed!", "“Nobody counted better.”=reed!"],
        ),
        (
            written(Quotation, Retarget, Article, "Nobody counted better").to("ministry"),
            &["“We~them,”=brook", "“Nobody counted better.”=brook"],
            &["“We~them,”=ministry!", "“Nobody counted better.”=ministry!"],
        ),
        (
            written(Quotation, Set, Topic, "quiet harbour").value("two fishermen"),
            &["“quiet harbour”=-"],
            &["“quiet harbour”=two fishermen!"],
        ),
        (
            written(Quotation, Set, Mention, "quiet harbour")
                .value("an officer")
                .to("ministry"),
            &["“quiet harbour”=-"],
            &["“quiet harbour”=an officer of ministry!"],
        ),
        (
            written(Quotation, Add, Mention, "The port was built in 1901").to("reed"),
            &[],
            &["The~1901=reed!"],
        ),
        (
            written(Quotation, Reject, Mention, "We counted 80 of them").to("brook"),
            &["“We~them,”=brook"],
            &[],
        ),
    ];
    for (written, gone, new) in cases {
        let expected = (owned(gone), owned(new));
        assert_eq!(changed(&written), expected, "{}", written.quote);
    }
}

#[test]
fn figures_are_said_by_whoever_the_quotation_was_given_to() {
    let said = |annotated: &Annotated| {
        let figure = annotated.facts.figures.iter().find(|f| &*f.words == "80");
        speaker(figure.and_then(|f| f.speaker.as_deref()))
    };
    assert_eq!(said(&run(&[]).0), "brook");
    let (retargeted, _) =
        run(&[written(Quotation, Retarget, Mention, "Nobody counted better").to("reed")]);
    assert_eq!(said(&retargeted), "reed");
    let (rejected, _) = run(&[written(Quotation, Reject, Mention, "We counted 80 of them")]);
    assert_eq!(said(&rejected), "-");
    assert!(rejected.facts.speech.iter().all(|s| s.sentence != 3));
}

#[test]
fn what_is_added_in_marks_is_direct_and_nested_ones_count_it() {
    let (annotated, diagnostics) = run(&[
        written(Quotation, Reject, Mention, "quiet harbour"),
        written(Quotation, Add, Mention, "quiet harbour")
            .at(9)
            .to("reed")
            .value("he"),
    ]);
    assert_eq!(codes(&diagnostics), [Code::OverrideConflict]);
    assert_eq!(
        marks(&annotated, Quotation).len(),
        marks(&run(&[]).0, Quotation).len()
    );
    let (annotated, _) = run(&[written(
        Quotation,
        Add,
        Mention,
        "The pilots spoke of a “quiet harbour” that night",
    )
    .to("reed")]);
    let levels: Vec<_> = annotated
        .marks
        .iter()
        .filter_map(|mark| match &mark.kind {
            MarkKind::Quotation(q) if mark.range.start > 200 => Some((q.kind, q.level)),
            _ => None,
        })
        .collect();
    assert_eq!(
        levels,
        [(QuotationKind::Indirect, 0), (QuotationKind::Scare, 0)]
    );
}

#[test]
fn the_narrowest_scope_wins_for_each_thing_by_itself() {
    let (annotated, diagnostics) = run(&[
        written(Time, Reject, Site, "Monday"),
        written(Time, Set, Article, "Monday")
            .at(10)
            .value("2014-03-03"),
        written(Time, Accept, Mention, "said on Monday").at(20),
        written(Figure, Retarget, Site, "120").at(30).to("fleet"),
        written(Figure, Set, Mention, "120").at(40).value("121"),
    ]);
    assert_eq!(codes(&diagnostics), []);
    assert_eq!(
        marks(&annotated, Time)[..2],
        ["Monday=2014-02-24!", "Monday=2014-03-03!"]
    );
    assert_eq!(marks(&annotated, Figure)[0], "120=121..121 fleet!");
    assert_eq!(annotated.overrides.len(), 5);
}

#[test]
fn those_of_one_scope_that_disagree_name_both_places_and_change_nothing() {
    for pair in [
        [
            written(Time, Accept, Article, "1901"),
            written(Time, Reject, Article, "1901"),
        ],
        [
            written(Time, Accept, Mention, "1901"),
            written(Time, Set, Mention, "1901").value("1902"),
        ],
        [
            written(Figure, Retarget, Site, "120").to("fleet"),
            written(Figure, Retarget, Site, "120").to("boats"),
        ],
        [
            written(Quotation, Set, Topic, "quiet harbour").value("him"),
            written(Quotation, Set, Topic, "quiet harbour").value("her"),
        ],
        [
            written(Time, Add, Mention, "port was").value("1901"),
            written(Figure, Add, Mention, "was built").value("1"),
        ],
        [
            written(Event, Reject, Mention, "The port was built"),
            written(Event, Add, Mention, "in 1901").to("opening"),
        ],
    ] {
        let [first, second] = pair;
        let (first, second) = (first.at(10), second.at(90));
        let (kind, quote) = (first.kind, first.quote);
        let (annotated, diagnostics) = run(&[first, second]);
        assert_eq!(codes(&diagnostics), [Code::OverrideConflict], "{quote}");
        let place = |at| Place::Span(fixture::span("content/overrides/a.toml", at));
        assert_eq!(diagnostics[0].place, place(90));
        assert_eq!(diagnostics[0].labels[0].place, place(10));
        if kind != Time || quote != "port was" {
            assert_eq!(marks(&annotated, kind), marks(&run(&[]).0, kind), "{quote}");
        }
        assert_eq!(annotated.facts.decisions, []);
    }
    // Saying the same twice is no contradiction.
    let twice = [
        written(Figure, Set, Mention, "120").value("5"),
        written(Figure, Set, Mention, "120").at(9).value("5"),
    ];
    assert_eq!(codes(&run(&twice).1), []);
}

#[test]
fn what_no_longer_applies_is_reported_with_the_best_candidate() {
    let cases = [
        (
            written(Time, Accept, Mention, "The port was"),
            "the nearest time expression there is ‘1901’",
        ),
        (
            written(Time, Reject, Article, "counted better"),
            "`verb = \"add\"`",
        ),
        (
            written(Figure, Accept, Mention, "130 ships had sailed"),
            "‘120 ships had’",
        ),
        (
            written(Figure, Accept, Article, "130 ships had sailed"),
            "‘120 ships had’",
        ),
        (
            written(Time, Reject, Mention, "built in 1901 and again in 1950"),
            "quote only the words",
        ),
        (
            written(Quotation, Accept, Mention, "We counted 80 of them").to("reed"),
            "the nearest quotation",
        ),
        (
            written(Event, Add, Mention, "the moon is made of cheese").to("opening"),
            "delete the override",
        ),
    ];
    for (written, help) in cases {
        let (annotated, diagnostics) = run(std::slice::from_ref(&written));
        assert_eq!(
            codes(&diagnostics),
            [Code::StaleOverride],
            "{}",
            written.quote
        );
        let told = diagnostics[0].help.clone().unwrap();
        assert!(told.contains(help), "{told}");
        assert_eq!(
            marks(&annotated, written.kind),
            marks(&run(&[]).0, written.kind)
        );
    }
    for kind in [Time, Figure, Quotation, Event] {
        let wide = written(kind, Reject, Site, "moon");
        let (annotated, diagnostics) = run(std::slice::from_ref(&wide));
        assert_eq!(
            (codes(&diagnostics), annotated.overrides.len()),
            (Vec::new(), 0)
        );
        assert_eq!(
            codes(&unused(&[wide.made()], &BTreeSet::new())),
            [Code::StaleOverride]
        );
    }
    let twice = written(Time, Reject, Mention, "Monday");
    assert_eq!(codes(&run(&[twice]).1), [Code::AmbiguousQuote]);
}
