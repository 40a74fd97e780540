use super::*;
use crate::annotate::figure::tests::odd_texts;
use crate::annotate::sentence::{paragraphs, sentences};
use crate::annotate::token::tokens;

fn read(text: &str, names: &[Name]) -> Vec<Quotation> {
    quotations(
        text,
        &tokens(text),
        &sentences(text, &paragraphs(text)),
        names,
    )
}

fn slice<'t>(text: &'t str, range: &Range<u32>) -> &'t str {
    &text[range.start as usize..range.end as usize]
}

/// A quotation in one line: `direct <“No,”> said Kim`, with `= antecedent` and `?` for the anonymous.
fn line(text: &str, q: &Quotation) -> String {
    let kind = match q.kind {
        Kind::Direct => "direct",
        Kind::Partial => "part",
        Kind::Indirect => "indirect",
        Kind::Scare => "scare",
    };
    let mut out = format!("{kind} <{}>", slice(text, &q.range));
    if let Some(verb) = &q.verb {
        out += &format!(" {}", slice(text, verb));
    }
    if let Some(speaker) = &q.speaker {
        out += &format!(": {}", slice(text, &speaker.range));
        if let Some(before) = &speaker.antecedent {
            out += &format!(" = {}", slice(text, before));
        }
        if speaker.anonymous {
            out += "?";
        }
    }
    out
}

fn lines(text: &str) -> Vec<String> {
    read(text, &[]).iter().map(|q| line(text, q)).collect()
}

fn check(cases: &[(&str, &[&str])]) {
    for (text, wanted) in cases {
        assert_eq!(&lines(text), wanted, "{text}");
    }
}

#[test]
fn speakers_stand_after_or_before_what_they_say() {
    check(&[
        (
            "“We will wait,” Ilves said.",
            &["direct <“We will wait,”> said: Ilves"],
        ),
        (
            "“We will wait,” said Marta Ilves, a trade expert at the port.",
            &["direct <“We will wait,”> said: Marta Ilves"],
        ),
        (
            "“We will wait,” Marta Ilves, the harbour minister, said.",
            &["direct <“We will wait,”> said: Marta Ilves"],
        ),
        (
            "Marta Ilves said: “We will wait.”",
            &["direct <“We will wait.”> said: Marta Ilves"],
        ),
        (
            "Ilves told reporters in Riga, “We will wait.”",
            &["direct <“We will wait.”> told: Ilves"],
        ),
        (
            "“We are glad,” said Saar and Ilves.",
            &["direct <“We are glad,”> said: Saar and Ilves"],
        ),
        (
            "\"Why now?\" he asked.",
            &["direct <\"Why now?\"> asked: he"],
        ),
        (
            "“We will wait,” according to the harbour minister.",
            &["direct <“We will wait,”> according to: the harbour minister?"],
        ),
        (
            "“We need to know,” a Riga official was quoted as saying in the press.",
            &["direct <“We need to know,”> quoted as saying: a Riga official?"],
        ),
        (
            "“We hope to [. . .] resume soon,” Latvia's Port Ministry said in a statement.",
            &["direct <“We hope to [. . .] resume soon,”> said: Latvia's Port Ministry"],
        ),
        (
            "The bank's head, Olev Saar, said: “Costs stay high.”",
            &["direct <“Costs stay high.”> said: Olev Saar"],
        ),
        (
            "The leaflet reads, “One more day.”",
            &["direct <“One more day.”> reads: The leaflet"],
        ),
        (
            "Saar left in a letter to the board stating, “I always said so.”",
            &["direct <“I always said so.”> stating: Saar"],
        ),
    ]);
}

#[test]
fn sources_without_a_name_are_kept_in_their_words() {
    check(&[
        (
            "A diplomatic source said, “It does not seem so.”",
            &["direct <“It does not seem so.”> said: A diplomatic source?"],
        ),
        (
            "“We think about it first,” the official of the port ministry said, adding that a date is open.",
            &[
                "direct <“We think about it first,”> said: the official of the port ministry?",
                "indirect <a date is open> adding: the official of the port ministry?",
            ],
        ),
        (
            "Insiders say they got past the guards.",
            &["indirect <they got past the guards> say: Insiders?"],
        ),
    ]);
}

#[test]
fn split_quotations_are_one_group() {
    let text = "“China cannot wait,” said Lin Dao, a scholar in Riga. “If we go, it will stay. That is all.”\n\
                Others differ. “No,” he said, “they do not.”";
    let found = read(text, &[]);
    let groups: Vec<_> = found
        .iter()
        .map(|q| (slice(text, &q.range).len(), q.group))
        .collect();
    assert_eq!(groups.len(), 4, "{:?}", lines(text));
    assert_eq!(found[0].group, found[1].group);
    assert_eq!(found[2].group, found[3].group);
    assert_ne!(found[0].group, found[2].group);
    let speakers: Vec<_> = found
        .iter()
        .filter_map(|q| q.speaker.as_ref())
        .map(|s| slice(text, &s.range))
        .collect();
    assert_eq!(speakers, ["Lin Dao", "Lin Dao", "he", "he"]);
}

#[test]
fn quotations_go_on_over_paragraphs() {
    let repeated = "“We came by night,” said Olev Saar. “It was cold.\n\n“Nobody saw us.”";
    let found = read(repeated, &[]);
    assert_eq!(
        lines(repeated),
        [
            "direct <“We came by night,”> said: Olev Saar",
            "direct <“It was cold.>: Olev Saar",
            "direct <“Nobody saw us.”>: Olev Saar",
        ]
    );
    assert!(found.iter().all(|q| q.group == found[0].group));
    check(&[
        (
            "Saar said \"It will go on.\n\nWe must bear it.\"",
            &["direct <\"It will go on.\n\nWe must bear it.\"> said: Saar"],
        ),
        (
            "Saar said: “It will go on.\n\nThe talks failed.",
            &["direct <“It will go on.> said: Saar"],
        ),
        (
            "“It took long,” said analyst Olev Saar.\n\n“They were afraid.”",
            &[
                "direct <“It took long,”> said: analyst Olev Saar",
                "direct <“They were afraid.”>: analyst Olev Saar",
            ],
        ),
    ]);
}

#[test]
fn parts_terms_and_titles() {
    check(&[
        (
            "Latvia called the rescue a “planned theft”.",
            &["part <“planned theft”> called: Latvia"],
        ),
        (
            "The port said work would return to “normal hours”.",
            &[
                "indirect <work would return to “normal hours”> said: The port",
                "part <“normal hours”> said: The port",
            ],
        ),
        (
            "These remarks follow those by Port Minister, Olev Saar, who this week called on crews to wait, saying that going “could harm trade”.",
            &[
                "indirect <going “could harm trade”> saying: Olev Saar",
                "part <“could harm trade”> saying: Olev Saar",
            ],
        ),
        (
            "Saar, chairman of the port, called the sale a “big step” as well as a “great gift.”",
            &[
                "part <“big step”> called: Saar",
                "part <“great gift.”> called: Saar",
            ],
        ),
        (
            "Latvia gave an offer of “one last week” but began to leave.",
            &["part <“one last week”>: Latvia"],
        ),
        (
            "Known as “Baltic Shield”, the drills are yearly.",
            &["scare <“Baltic Shield”>"],
        ),
        (
            "It wants a “calm sea” and sells the “Port Times”.",
            &["scare <“calm sea”>", "scare <“Port Times”>"],
        ),
        (
            "Saar declined to confirm it, citing the “safety” of those involved.",
            &["part <“safety”> citing: Saar"],
        ),
    ]);
}

#[test]
fn every_make_of_marks_and_apostrophes() {
    check(&[
        (
            "'We will wait,' Saar said of the workers' rights.",
            &["direct <'We will wait,'> said: Saar"],
        ),
        (
            "‘It’s the workers’ right,’ Saar said.",
            &["direct <‘It’s the workers’ right,’> said: Saar"],
        ),
        (
            "«We will wait,» Saar said.",
            &["direct <«We will wait,»> said: Saar"],
        ),
        (
            "„We will wait,“ Saar said.",
            &["direct <„We will wait,“> said: Saar"],
        ),
        (
            "»We will wait,« Saar said.",
            &["direct <»We will wait,«> said: Saar"],
        ),
        (
            "``We will wait,'' Saar said.",
            &["direct <``We will wait,''> said: Saar"],
        ),
        ("「行こう。」", &["direct <「行こう。」>"]),
        ("It's the '90s, don't you know, the boys' club.", &[]),
        ("A 13\" screen and a 15\" one.", &[]),
    ]);
    let nested = "“He told me ‘Go home now,’ and I went,” Saar said.";
    let found = read(nested, &[]);
    assert_eq!(found.iter().map(|q| q.level).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(slice(nested, &found[1].inner), "Go home now,");
}

#[test]
fn reported_speech() {
    check(&[
        (
            "The two will meet in May, Riga officials said Thursday.",
            &["indirect <The two will meet in May> said: Riga officials?"],
        ),
        (
            "Latvia said the five boats were stolen.",
            &["indirect <the five boats were stolen> said: Latvia"],
        ),
        (
            "Latvia late last year said Estonia must stop.",
            &["indirect <Estonia must stop> said: Latvia"],
        ),
        (
            "The port has closed, according to the Riga Daily.",
            &["indirect <The port has closed> according to: the Riga Daily"],
        ),
        (
            "In all likelihood, observers say, Latvia will close the port.",
            &["indirect <Latvia will close the port> say: observers?"],
        ),
        (
            "The 48 firms invested in Riga say they have lost money.",
            &["indirect <they have lost money> say: The 48 firms"],
        ),
        (
            "They would go ahead regardless, said Olev Saar, the port’s spokesman.",
            &["indirect <They would go ahead regardless> said: Olev Saar"],
        ),
        (
            "The time, officials added, was still open.",
            &["indirect <The time, officials added, was still open> added: officials?"],
        ),
        (
            "Latvia denies that it holds boats; the crews, it claims, left freely.",
            &[
                "indirect <it holds boats> denies: Latvia",
                "indirect <the crews, it claims, left freely> claims: it",
            ],
        ),
        (
            "Officials in Riga said that the port was open.",
            &["indirect <the port was open> said: Officials in Riga?"],
        ),
        ("Saar wants guarantees that the port will open.", &[]),
        (
            "It asked for a written pledge that the port would open.",
            &[],
        ),
        ("Saar declined to say that he was ill.", &[]),
        ("Not all experts agree that he was ill.", &[]),
        ("The minister announced a plan.", &[]),
        ("They would sail, on one condition, a written pledge.", &[]),
    ]);
}

#[test]
fn pronouns_titles_and_surnames_are_resolved() {
    let text = "Port Ministry spokesman Olev Saar was calm. He said the port was open. Marta Ilves is head of the Sea Centre. \
                She argued that it was shut. “No,” Saar said. The spokesman said it would stay open.";
    let found = lines(text);
    assert_eq!(
        found,
        [
            "indirect <the port was open> said: He = Olev Saar",
            "indirect <it was shut> argued: She = Marta Ilves",
            "direct <“No,”> said: Saar = Olev Saar",
            "indirect <it would stay open> said: The spokesman = Olev Saar",
        ]
    );
}

#[test]
fn a_country_speaks_by_its_government_and_a_paper_goes_on() {
    let text = "The boats will stay, the Riga Post reported. The Latvian government said they must go. \
                The 48 Latvian firms say they lost money. But eventually Latvia gave in to them, the daily said.";
    let place = |words: &str, nth: usize| {
        let at = text.match_indices(words).nth(nth).map_or(0, |(i, _)| i) as u32;
        at..at + words.len() as u32
    };
    let name = |words: &str, nth: usize, kind: NameKind, id: u32| Name {
        range: place(words, nth),
        kind,
        id,
    };
    let names = [
        name("Riga Post", 0, NameKind::Organization, 1),
        name("Latvian", 0, NameKind::Place, 2),
        name("Latvian", 1, NameKind::Place, 2),
        name("Latvia", 2, NameKind::Place, 2),
    ];
    let found = read(text, &names);
    let speakers: Vec<_> = found
        .iter()
        .filter_map(|q| q.speaker.as_ref())
        .map(|s| (s.name, s.anonymous, s.affiliation))
        .collect();
    let expected = [
        (Some(1), false, None),
        (Some(2), false, Some(2)),
        (None, true, Some(2)),
        (Some(1), false, None),
    ];
    assert_eq!(speakers, expected);
}

#[test]
fn speakers_are_tied_to_the_gazetteer() {
    let text = "President Olev Saar met Latvia's Port Ministry. “It is over,” he said. The ministry said it was not. An official of the Port Ministry said it might be.";
    let place = |words: &str, nth: usize| {
        let at = text.match_indices(words).nth(nth).map_or(0, |(i, _)| i) as u32;
        at..at + words.len() as u32
    };
    let names = [
        Name {
            range: place("Olev Saar", 0),
            kind: NameKind::Person,
            id: 7,
        },
        Name {
            range: place("Latvia's Port Ministry", 0),
            kind: NameKind::Organization,
            id: 9,
        },
        Name {
            range: place("Port Ministry", 1),
            kind: NameKind::Organization,
            id: 9,
        },
    ];
    let found = read(text, &names);
    let tied: Vec<_> = found
        .iter()
        .filter_map(|q| q.speaker.as_ref())
        .map(|s| (s.name, s.anonymous, s.affiliation))
        .collect();
    assert_eq!(
        tied,
        [
            (Some(7), false, None),
            (Some(9), false, None),
            (None, true, Some(9))
        ]
    );
}

#[test]
fn a_source_belongs_to_the_body_it_works_for() {
    let text = "“It may be,” said the official, who works at the Port Ministry.";
    let at = text.find("Port").map_or(0, |i| i as u32);
    let ministry = Name {
        range: at..at + 13,
        kind: NameKind::Organization,
        id: 9,
    };
    let found = read(text, &[ministry]);
    let speaker = found.first().and_then(|q| q.speaker.as_ref());
    assert_eq!(
        speaker.map(|s| (s.anonymous, s.affiliation)),
        Some((true, Some(9)))
    );
}

#[test]
fn a_figure_has_the_speaker_of_what_covers_it() {
    let text = "Latvia estimates that 516 sailors are held. It has 40 boats.";
    let found = read(text, &[]);
    let speaker = |range: Range<u32>| {
        covering(&found, &range)
            .and_then(|at| found[at].speaker.as_ref())
            .map(|s| slice(text, &s.range))
    };
    assert_eq!(speaker(22..25), Some("Latvia"));
    assert_eq!(speaker(51..53), None);
}

#[test]
fn survives_odd_input_and_keeps_its_order() {
    let pieces = [
        "“",
        "”",
        "\"",
        "‘",
        "’",
        "'",
        "``",
        "''",
        "«",
        "»",
        "「",
        "」",
        "said",
        "Saar",
        "the minister",
        ",",
        ".",
        "\n\n",
        "that",
        "who",
        "He",
        "according to",
        "é",
        "port",
        "of",
        "saying",
        "was quoted as",
        "and",
        ":",
        "an official",
        "(",
        "-",
        "told",
        "it",
        "3\"",
    ];
    for text in odd_texts(&pieces, 6000) {
        let names = [Name {
            range: 1..4,
            kind: NameKind::Person,
            id: 1,
        }];
        let found = read(&text, &names);
        for q in &found {
            for range in [
                Some(&q.range),
                Some(&q.inner),
                q.verb.as_ref(),
                q.speaker.as_ref().map(|s| &s.range),
            ]
            .into_iter()
            .flatten()
            {
                let cut = text.get(range.start as usize..range.end as usize);
                assert!(cut.is_some_and(|s| !s.is_empty()), "{text:?}: {q:?}");
            }
        }
        assert!(
            found
                .windows(2)
                .all(|w| w[0].range.start <= w[1].range.start),
            "{text:?}"
        );
    }
}
