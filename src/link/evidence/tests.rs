//! Statements of small sites.

use crate::link::testing::linked;
use crate::link::{Foundation, Links};
use crate::model::{Annotated, EventDecision, Id, Status};

const GENEVA: (&str, &str) = (
    "content/places/geneva.md",
    "+++\nname = \"Geneva\"\ncountry = \"Switzerland\"\n+++\n",
);
const FREEDONIA: (&str, &str) = (
    "content/places/freedonia.md",
    "+++\nname = \"Freedonia\"\ndemonyms = [\"Freedonian\"]\n+++\n",
);
const SYLVANIA: (&str, &str) = (
    "content/places/sylvania.md",
    "+++\nname = \"Sylvania\"\nkind = \"country\"\n+++\n",
);

const FRONT: &str = "title = \"Talks on the river\"\ndate = \"2020-05-05\"\nplace = \"geneva\"\n\
    participants = [\"freedonia\", \"sylvania\"]\nphrases = [\"talks on the river\"]\n";

fn article(published: &str, text: &str) -> String {
    format!("+++\ntitle = \"Report\"\npublished = {published}\n+++\n\n{text}\n")
}

/// The links of a site with one event and one article.
fn link_with(front: &str, published: &str, text: &str, change: impl Fn(&mut Annotated)) -> Links {
    let event = format!("+++\n{front}+++\n");
    let article = article(published, text);
    linked(
        &[
            GENEVA,
            FREEDONIA,
            SYLVANIA,
            ("content/events/e.md", &event),
            ("corpus/a.md", &article),
        ],
        change,
    )
}

/// The numbers of the sentences that tell of the event.
fn told(links: &Links) -> Vec<u32> {
    let statements = &links.events[&Id::new("e")].statements;
    statements.iter().map(|s| s.passage.first).collect()
}

#[test]
fn time_decides_first() {
    let cases = [
        // The day itself, and from the report's day.
        (
            "2020-05-06",
            "Freedonia and Sylvania held talks on the river in Geneva on 5 May.",
            true,
        ),
        (
            "2020-05-05",
            "Freedonia and Sylvania held talks on the river in Geneva.",
            true,
        ),
        // The month, coarser.
        (
            "2020-08-01",
            "Freedonia held talks on the river in Geneva in May.",
            true,
        ),
        // Another day, month or year.
        (
            "2020-05-20",
            "Freedonia and Sylvania held talks on the river in Geneva on 19 May.",
            false,
        ),
        (
            "2020-08-01",
            "Freedonia and Sylvania held talks on the river in Geneva in July.",
            false,
        ),
        (
            "2020-05-06",
            "Freedonia and Sylvania held talks on the river in Geneva in 2012.",
            false,
        ),
        // Years later, without a word on when; and before it, of something else.
        (
            "2023-05-06",
            "Freedonia and Sylvania held talks on the river in Geneva.",
            false,
        ),
        (
            "2020-04-28",
            "Freedonia and Sylvania held talks on the river in Geneva.",
            false,
        ),
        (
            "2020-04-28",
            "Freedonia and Sylvania will hold talks on the river in Geneva.",
            true,
        ),
        // The time stands in the sentence before.
        (
            "2020-09-01",
            "They met on 5 May. Freedonia and Sylvania held talks on the river in Geneva.",
            true,
        ),
        (
            "2020-09-01",
            "They met on 9 June. Freedonia and Sylvania held talks on the river in Geneva.",
            false,
        ),
    ];
    for (published, text, expected) in cases {
        let links = link_with(FRONT, published, text, |_| {});
        assert_eq!(!told(&links).is_empty(), expected, "{published}: {text}");
    }
}

#[test]
fn the_act_itself_must_be_told() {
    let text = "Freedonia and Sylvania opened a fair in Geneva on 5 May.";
    assert!(told(&link_with(FRONT, "2020-05-06", text, |_| {})).is_empty());
    let text = "On 5 May there was rain.";
    assert!(told(&link_with(FRONT, "2020-05-06", text, |_| {})).is_empty());
}

#[test]
fn beside_the_very_day_and_the_names_one_word_of_the_act_will_do() {
    let front = "title = \"Talks break down\"\ndate = \"2020-05-05\"\nparticipants = [\"freedonia\", \"sylvania\"]\n";
    let phrase = format!("{front}phrases = [\"walkout\"]\n");
    let gap = format!("{front}phrases = [\"envoys left\"]\n");
    let cases = [
        (
            front,
            "Talks between Freedonia and Sylvania broke down on Tuesday night.",
            true,
        ),
        (
            &phrase,
            "A walkout by Freedonia and Sylvania was over on Tuesday.",
            true,
        ),
        // The month alone, no name, or no word of the act.
        (
            &phrase,
            "A walkout by Freedonia and Sylvania was over in May.",
            false,
        ),
        (&phrase, "A walkout was over on Tuesday.", false),
        (
            front,
            "Freedonia and Sylvania opened a fair on Tuesday.",
            false,
        ),
        (
            &gap,
            "The envoys who left on Tuesday spoke of Freedonia.",
            true,
        ),
        (&gap, "The envoys who left on Tuesday spoke of it.", false),
        // The names stand elsewhere in the report: all of them.
        (
            &gap,
            "Freedonia and Sylvania fell out. The envoys left on Tuesday.",
            true,
        ),
        (
            &phrase,
            "Freedonia and Sylvania fell out. The walkout was over on Tuesday.",
            true,
        ),
        (
            &phrase,
            "Freedonia and Sylvania fell out. The walkout was over in May.",
            false,
        ),
        (
            &phrase,
            "Freedonia fell out. The walkout was over on Tuesday.",
            false,
        ),
        (
            &phrase,
            "Freedonia and Sylvania fell out. All was over on Tuesday.",
            false,
        ),
    ];
    for (front, text, expected) in cases {
        let links = link_with(front, "2020-05-06", text, |_| {});
        assert_eq!(!told(&links).is_empty(), expected, "{text}");
    }
}

#[test]
fn an_event_with_a_place_alone_or_nothing_is_found_too() {
    let quake = "title = \"Earthquake\"\ndate = \"2020-05-05\"\nplace = \"geneva\"\n";
    let bare = "title = \"Second donor conference\"\ndate = \"2020-06\"\nphrases = [\"second conference\"]\n";
    let alone = "title = \"Visit\"\ndate = \"2020-05-05\"\nparticipants = [\"freedonia\"]\n";
    let cases = [
        (
            quake,
            "Geneva mourns. The earthquake of 5 May killed 64.",
            true,
        ),
        (
            quake,
            "All mourn. The earthquake of 5 May killed 64.",
            false,
        ),
        (
            quake,
            "Geneva mourns. The earthquake in May killed 64.",
            false,
        ),
        (bare, "A second conference is planned for June.", true),
        (bare, "A second conference is planned.", false),
        (bare, "A conference is planned for June.", false),
        (
            alone,
            "Freedonia is large. A visit was paid on 5 May.",
            false,
        ),
    ];
    for (front, text, expected) in cases {
        let links = link_with(front, "2020-05-20", text, |_| {});
        assert_eq!(!told(&links).is_empty(), expected, "{text}");
    }
}

#[test]
fn an_editor_decides_in_the_end() {
    let text = "Freedonia and Sylvania held talks on the river in Geneva on 5 May. It rained.";
    let refused =
        format!("{FRONT}[[not_evidence]]\narticle = \"a\"\nquote = \"held talks on the river\"\n");
    assert!(told(&link_with(&refused, "2020-05-06", text, |_| {})).is_empty());
    let chosen = format!("{FRONT}[[evidence]]\narticle = \"a\"\nquote = \"It rained\"\n");
    let links = link_with(&chosen, "2020-05-06", text, |_| {});
    assert_eq!(told(&links), [1, 2]);
    let foundations: Vec<_> = links.events[&Id::new("e")]
        .statements
        .iter()
        .map(|s| s.foundation.clone())
        .collect();
    assert_eq!(foundations, [Foundation::Automatic, Foundation::Editor]);
}

#[test]
fn an_override_decides_against_the_rules() {
    let text = "Freedonia and Sylvania held talks on the river in Geneva on 5 May. It rained.";
    let decide = |sentence: u32, tells: bool| {
        move |annotated: &mut Annotated| {
            annotated.facts.decisions.push(EventDecision {
                sentence,
                last_sentence: sentence,
                event: Some(Id::new("e")),
                tells,
                by: Some("M".into()),
                why: "seen".into(),
            });
        }
    };
    assert!(told(&link_with(FRONT, "2020-05-06", text, decide(1, false))).is_empty());
    let links = link_with(FRONT, "2020-05-06", text, decide(2, true));
    assert_eq!(told(&links), [1, 2]);
    let added = &links.events[&Id::new("e")].statements[1];
    let by = Some("M".to_owned());
    let why = "seen".to_owned();
    assert_eq!(added.foundation, Foundation::Override { by, why });
}

#[test]
fn the_status_is_as_each_source_has_it() {
    let planned = FRONT.replace("place", "status = \"planned\"\nplace");
    let cases = [
        (
            "2020-05-01",
            "Freedonia and Sylvania are to hold talks on the river on 5 May.",
            Some(Status::Planned),
        ),
        (
            "2020-05-06",
            "The talks on the river between Freedonia and Sylvania were called off on 5 May.",
            Some(Status::Cancelled),
        ),
        (
            "2020-05-06",
            "The talks on the river between Freedonia and Sylvania took place on 5 May.",
            Some(Status::Held),
        ),
        (
            "2020-05-06",
            "Freedonia spoke at the talks on the river on 5 May.",
            None,
        ),
    ];
    for (published, text, expected) in cases {
        let links = link_with(&planned, published, text, |_| {});
        let statements = &links.events[&Id::new("e")].statements;
        let status = statements.iter().map(|s| s.status).collect::<Vec<_>>();
        assert_eq!(status, [expected], "{text}");
    }
}

#[test]
fn a_day_that_comes_first_is_that_of_the_act() {
    let dates = |text: &str| {
        let one = article("2020-06-05", text);
        let files = [GENEVA, FREEDONIA, SYLVANIA, ("corpus/a.md", &one)];
        let found = linked(&files, |_| {}).unwritten;
        found
            .iter()
            .map(|u| u.date.as_str().to_owned())
            .collect::<Vec<_>>()
    };
    let both = "Freedonia and Sylvania signed on 2 June the treaty that ended the war of May.";
    assert_eq!(dates(both), ["2020-06-02"]);
    let later = "Freedonia and Sylvania agreed in May to open the bridge on 2 June.";
    assert_eq!(dates(later), [""; 0]);
    let days = "Freedonia and Sylvania signed on 2 June the treaty that they shook on on 1 June.";
    assert_eq!(dates(days), [""; 0]);
}

#[test]
fn what_nobody_has_written_is_grouped_over_articles() {
    let one = article(
        "2020-06-03",
        "Freedonia and Sylvania signed a treaty in Geneva on 2 June.",
    );
    let two = article(
        "2020-06-09",
        "A treaty was signed by Freedonian and Sylvania envoys on 2 June. On 3 June Freedonia sent Sylvania a bill.",
    );
    let links = linked(
        &[
            GENEVA,
            FREEDONIA,
            SYLVANIA,
            ("corpus/a.md", &one),
            ("corpus/b.md", &two),
        ],
        |_| {},
    );
    let found: Vec<_> = links
        .unwritten
        .iter()
        .map(|u| {
            let sentences: Vec<_> = u
                .statements
                .iter()
                .map(|s| (s.article.as_str(), s.passage.first))
                .collect();
            (
                u.date.as_str(),
                u.verb.as_str(),
                u.place.as_ref().map(Id::as_str),
                sentences,
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            (
                "2020-06-02",
                "signed",
                Some("geneva"),
                vec![("a", 1), ("b", 1)]
            ),
            ("2020-06-03", "sent", None, vec![("b", 2)]),
        ]
    );
}
