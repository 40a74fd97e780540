//! Whole sites in small: articles and measures in, values and their differences out.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::annotate::wording::Wording;
use crate::annotate::{self, Gazetteer};
use crate::base::{SitePath, Source};
use crate::link::{Telling, anchors};
use crate::model::{Annotated, Document, Site};
use crate::read::Scanned;
use crate::read::markdown::{Flavour, parse};

const FIRMS: &str = "title = \"Firms\"\nunit = [\"company\", \"firm\"]\nneeds = [\"Port Arrow\"]\n";

/// A site with its articles read.
struct World {
    site: Site,
    articles: BTreeMap<Id, (Document, Annotated)>,
}

impl World {
    /// Articles by id, day of publication and text; measures by id and front matter.
    fn new(articles: &[(&str, &str, &str)], measures: &[(&str, &str)]) -> Self {
        let mut scanned = Scanned::default();
        let mut add = |path: String, text: String| {
            let source = Source::new(SitePath::new(&path), text);
            scanned.sources.insert(source);
        };
        add("dateline.toml".into(), "title = \"T\"\n".into());
        add(
            "content/places/port-arrow.md".into(),
            "+++\nname = \"Port Arrow\"\naliases = [\"the free port\"]\n+++\n".into(),
        );
        for (id, day, text) in articles {
            let front = format!("+++\ntitle = \"T\"\npublished = {day}\n+++\n\n{text}\n");
            add(format!("corpus/{id}.md"), front);
        }
        for (id, front) in measures {
            add(
                format!("content/measures/{id}.md"),
                format!("+++\n{front}\n+++\n"),
            );
        }
        let outcome = crate::read::load(&scanned, false);
        let site = outcome.value.expect("a site");
        let gazetteer = Gazetteer::build(&site.entities).value;
        let read = site.articles.iter().map(|(id, article)| {
            let document = parse(&article.common.body, Flavour::Corpus).value;
            let annotated = annotate::annotate(&annotate::Input {
                document: &document,
                gazetteer: &gazetteer,
                article,
                notes: &[],
                overrides: &[],
                topics: &[],
                links: &[],
            });
            (id.clone(), (document, annotated.value))
        });
        Self {
            articles: read.collect(),
            site,
        }
    }

    /// Links its measures; `depends` are articles that are no sources of their own.
    fn link(&self, depends: &[&str]) -> Measures {
        let wanted = Wanted::of(&self.site);
        let mut found = anchors::Anchors::default();
        for (id, requests) in anchors::requests(&self.site) {
            let (document, annotated) = &self.articles[&id];
            let places = anchors::find(&id, document, &annotated.sentences, &requests);
            found.0.extend(places.value);
        }
        let read: Vec<_> = self
            .articles
            .iter()
            .map(|(id, (document, annotated))| {
                let measures = hits(&wanted, document, annotated);
                (id, annotated, measures, crate::link::TopicHits::default())
            })
            .collect();
        let (telling, wording) = (Telling::default(), Wording::default());
        let inputs: Vec<Input> = read
            .iter()
            .map(|(id, annotated, measures, topics)| Input {
                article: &self.site.articles[*id],
                facts: &annotated.facts,
                hits: topics,
                measures,
                telling: &telling,
                wording: &wording,
                text: "",
            })
            .collect();
        let own = |id: &Id| !depends.contains(&id.as_str());
        links(&self.site, &inputs, &found, &|a, b| own(a) || own(b))
    }

    fn sentence(&self, value: &Value) -> String {
        let (document, annotated) = &self.articles[&value.article];
        let numbered = |n: u32| annotated.sentences.iter().find(|s| s.number == n);
        let sentence = numbered(value.passage.first).expect("the sentence");
        sentence.range.of(&document.text).to_owned()
    }
}

/// The values of the only measure of a site in short: `120 exact Phrase`.
fn told(articles: &[(&str, &str, &str)], measure: &str) -> Vec<String> {
    let world = World::new(articles, &[("m", measure)]);
    let measures = world.link(&[]);
    let values = &measures.by_id[&Id::new("m")].values;
    values.iter().map(short).collect()
}

fn one(text: &str, measure: &str) -> Vec<String> {
    told(&[("a", "2020-05-04", text)], measure)
}

fn short(value: &Value) -> String {
    let number = |n: Option<Amount>| n.map_or("..".to_owned(), |n| n.get().to_string());
    let why = match &value.why {
        Why::Written => "written".to_owned(),
        Why::Given => "given".to_owned(),
        Why::Words { unit, need } => format!("{unit} {:?}", need.near),
        Why::Total(parts) => format!("total of {}", parts.len()),
    };
    match value.min == value.max {
        true => format!("{} {why}", number(value.min)),
        false => format!("{}-{} {why}", number(value.min), number(value.max)),
    }
}

#[test]
fn a_figure_needs_a_unit_and_context() {
    let cases: [(&str, &[&str]); 12] = [
        (
            "At Port Arrow 120 companies operate.",
            &["120 company Sentence"],
        ),
        ("The 120 Port Arrow firms are quiet.", &["120 firm Phrase"]),
        (
            "About Port Arrow much is said. Some 40 firms left.",
            &["40 firm Paragraph"],
        ),
        ("## Port Arrow\n\nSome 40 firms left.", &["40 firm Heading"]),
        // The entity is named by another of its names.
        ("In the free port 7 firms stay.", &["7 firm Sentence"]),
        // No context, context too far away, or only within a longer word.
        ("Elsewhere 120 companies operate.", &[]),
        ("Port Arrow is open.\n\nSome 40 firms left.", &[]),
        ("At Port Arrowsmith 120 companies operate.", &[]),
        // No unit: another noun, no noun, a place in a count.
        ("At Port Arrow 120 workers operate cranes.", &[]),
        ("At Port Arrow 120 were seen.", &[]),
        ("It is the seventh company at Port Arrow.", &[]),
        ("At Port Arrow the share of firms fell by 5 percent.", &[]),
    ];
    for (text, expected) in cases {
        assert_eq!(one(text, FIRMS), expected, "{text}");
    }
    let without_needs = "title = \"Firms\"\nunit = [\"firm\"]\n";
    assert_eq!(
        one("At Port Arrow 120 firms operate.", without_needs),
        [""; 0]
    );
}

#[test]
fn units_may_be_several_words_money_or_shares() {
    let measure =
        |unit: &str| format!("title = \"M\"\nunit = [\"{unit}\"]\nneeds = [\"Port Arrow\"]\n");
    let cases = [
        (
            "asylum seeker",
            "At Port Arrow 24 asylum seekers wait.",
            "24 asylum seeker Sentence",
        ),
        (
            "prisoner of war",
            "At Port Arrow 9 prisoners of war wait.",
            "9 prisoner of war Sentence",
        ),
        (
            "Companies",
            "At Port Arrow 3 companies wait.",
            "3 Companies Sentence",
        ),
        (
            "percent",
            "At Port Arrow 40 percent left.",
            "40 percent Sentence",
        ),
        (
            "dollar",
            "Port Arrow lost $2 million.",
            "2000000 dollar Sentence",
        ),
        ("km", "Port Arrow lies 10 km from the border.", ""),
        (
            "kilometre",
            "Port Arrow lies 10 km from the border.",
            "10 kilometre Sentence",
        ),
    ];
    for (unit, text, expected) in cases {
        let found = one(text, &measure(unit)).join("; ");
        assert_eq!(found, expected, "{unit}: {text}");
    }
    // Another kind of seeker or prisoner, and money in the next sentence, are not meant.
    let none = [
        ("asylum seeker", "At Port Arrow 24 job seekers wait."),
        (
            "prisoner of war",
            "At Port Arrow 9 prisoners of conscience wait.",
        ),
        ("dollar", "Port Arrow is closed. It lost $2 million."),
        ("euro", "Port Arrow lost $2 million."),
    ];
    for (unit, text) in none {
        assert_eq!(one(text, &measure(unit)), [""; 0], "{unit}: {text}");
    }
}

#[test]
fn the_date_of_a_value_says_how_it_is_known() {
    let as_of = |text: &str, measure: &str| {
        let world = World::new(&[("a", "2020-05-04", text)], &[("m", measure)]);
        let measures = world.link(&[]);
        let values = &measures.by_id[&Id::new("m")].values;
        values
            .iter()
            .map(|v| {
                let as_of = v.as_of.clone().expect("a date");
                format!("{} {:?}", as_of.date, as_of.basis)
            })
            .collect::<Vec<_>>()
            .join("; ")
    };
    let dated = format!("{FIRMS}as_of = \"2019\"\n");
    let cases = [
        (
            "In March 2019 Port Arrow had 40 firms.",
            FIRMS,
            "2019-03 Sentence(\"March 2019\")",
        ),
        (
            "Port Arrow has lost 40 firms since March 2019.",
            FIRMS,
            "2019-03/2020-05-04 Sentence(\"March 2019\")",
        ),
        ("Port Arrow has 40 firms.", FIRMS, "2020-05-04 Published"),
        ("Port Arrow has 40 firms.", &dated, "2019 Measure"),
        // A sentence about another year is not about what the measure asks for.
        ("In March 2007 Port Arrow had 40 firms.", &dated, ""),
    ];
    for (text, measure, expected) in cases {
        assert_eq!(as_of(text, measure), expected, "{text}");
    }
}

#[test]
fn a_mere_pronoun_is_no_speaker() {
    let told = |text: &str| {
        let world = World::new(&[("a", "2020-05-04", text)], &[("m", FIRMS)]);
        let measures = world.link(&[]);
        let values = &measures.by_id[&Id::new("m")].values;
        values.iter().map(|v| v.speaker.clone()).collect::<Vec<_>>()
    };
    let official = Speaker::Words("a port official".into());
    assert_eq!(
        told("There are 120 companies at Port Arrow, a port official said."),
        [Some(official)]
    );
    assert_eq!(
        told("She added that there are 120 companies at Port Arrow."),
        [None]
    );
}

#[test]
fn a_word_that_stands_at_one_figure_is_that_ones_alone() {
    let dead =
        "title = \"Dead\"\nunit = [\"person\", \"soldier\"]\nneeds = [\"killed\", \"dead\"]\n";
    let homeless =
        "title = \"Homeless\"\nunit = [\"person\", \"homeless\"]\nneeds = [\"homeless\"]\n";
    let cases = [
        (
            dead,
            "A year after the flood that killed 64 people, some 6,000 people live in tents.",
            vec!["64 person Sentence"],
        ),
        (
            dead,
            "The flood killed at least 64 people and 12 soldiers. Some 600 people live in tents.",
            vec!["64-.. person Sentence", "12 soldier Sentence"],
        ),
        (
            homeless,
            "The flood hit 64 people and left 1,800 homeless. The number of homeless grows.",
            vec!["1800 homeless Phrase"],
        ),
        // A word at no figure serves all.
        (
            dead,
            "Of the dead, 12 people were from Pell and 14 people from Arrow.",
            vec!["12 person Sentence", "14 person Sentence"],
        ),
    ];
    for (measure, text, expected) in cases {
        assert_eq!(one(text, measure), expected, "{text}");
    }
}

#[test]
fn parts_of_a_figure_are_no_values_beside_it() {
    let pledges = "title = \"Pledges\"\nunit = [\"USD\"]\nneeds = [\"promised\"]\n";
    let text = "Of the $120 million that donors promised, only $47 million came.";
    assert_eq!(one(text, pledges).len(), 1);
    let text = "Donors promised $120 million, others promised $47 million.";
    assert_eq!(one(text, pledges).len(), 2);
}

#[test]
fn what_an_editor_wrote_is_no_second_value() {
    let text = "At Port Arrow 120 companies operate. It gave 40 firms at Port Arrow notice.";
    let reading =
        "[[values]]\narticle = \"a\"\nquote = \"120 companies\"\nspeaker = \"the port\"\n";
    assert_eq!(
        one(text, &format!("{FIRMS}{reading}")),
        ["120 written", "40 firm Sentence"]
    );
    let world = World::new(
        &[("a", "2020-05-04", text)],
        &[("m", &format!("{FIRMS}{reading}")), ("n", FIRMS)],
    );
    let measures = world.link(&[]);
    // What an editor has placed is not taken by another measure too.
    let others = &measures.by_id[&Id::new("n")].values;
    assert_eq!(
        others.iter().map(short).collect::<Vec<_>>(),
        ["40 firm Sentence"]
    );
    let article = Id::new("a");
    assert_eq!(measures.of(&article, 0), Some(&Id::new("m")));
    assert_eq!(measures.of(&article, 9), None);
}

/// The difference of firms that several reports count, with the numbers that contradict others.
fn difference(articles: &[(&str, &str, &str)]) -> (Option<Difference>, Vec<f64>) {
    let world = World::new(articles, &[("m", FIRMS)]);
    let measures = world.link(&[]);
    let links = &measures.by_id[&Id::new("m")];
    let numbers = links.disputes.keys().filter_map(|i| {
        let value = &links.values[*i];
        value.min.or(value.max)
    });
    (links.difference, numbers.map(Amount::get).collect())
}

#[test]
fn values_that_cannot_both_hold_are_a_dispute() {
    let open = Some(Difference::Open);
    let cases: [(&str, &str, _, &[f64]); 8] = [
        ("120 firms", "123 firms", open, &[120.0, 123.0]),
        ("about 50,000 firms", "53,000 firms", None, &[]),
        ("50,000 firms", "53,000 firms", None, &[]),
        (
            "about 50,000 firms",
            "61,000 firms",
            open,
            &[50_000.0, 61_000.0],
        ),
        ("more than 38 firms", "40 firms", None, &[]),
        ("more than 38 firms", "30 firms", open, &[38.0, 30.0]),
        ("up to 40 firms", "30 firms", None, &[]),
        ("120 firms", "120 firms", None, &[]),
    ];
    for (a, b, expected, numbers) in cases {
        let (a, b) = (
            format!("Port Arrow has {a}."),
            format!("Port Arrow has {b}."),
        );
        let articles = [("a", "2020-05-04", &*a), ("b", "2020-05-20", &*b)];
        assert_eq!(
            difference(&articles),
            (expected, numbers.to_vec()),
            "{a} {b}"
        );
    }
    // Another year, other people, and one sentence in one voice.
    let apart = [
        ("a", "2020-05-04", "Port Arrow has 120 firms."),
        ("b", "2012-05-04", "Port Arrow has 90 firms."),
    ];
    assert_eq!(difference(&apart), (None, Vec::new()));
    for text in [
        "Port Arrow has 120 firms. Port Arrow lost 30 other firms.",
        "Port Arrow has 120 firms and 30 companies.",
    ] {
        assert_eq!(
            difference(&[("a", "2020-05-04", text)]),
            (None, Vec::new()),
            "{text}"
        );
    }
    let one_report = "Port Arrow has 120 firms.\n\nIn Port Arrow 123 companies invested.";
    assert_eq!(difference(&[("a", "2020-05-04", one_report)]).0, open);
}

#[test]
fn what_adds_up_is_no_dispute() {
    let text =
        "At Port Arrow 24 firms closed. Two companies left Port Arrow. The headline has 26 in all.";
    let world = World::new(&[("a", "2020-05-04", text)], &[("m", FIRMS)]);
    let links = &world.link(&[]).by_id[&Id::new("m")];
    assert_eq!(
        links.values.iter().map(short).collect::<Vec<_>>(),
        ["24 firm Sentence", "2 company Sentence", "26 total of 2"]
    );
    assert_eq!(
        links.sums,
        [Sum {
            whole: 2,
            parts: vec![0, 1]
        }]
    );
    assert_eq!(links.difference, Some(Difference::Resolved));
    // A total that they do not add up to is none of theirs.
    let wrong = text.replace("26", "27");
    assert_eq!(one(&wrong, FIRMS).len(), 2);
}

#[test]
fn a_sum_of_measures_is_checked() {
    let part =
        |unit: &str| format!("title = \"M\"\nunit = [\"{unit}\"]\nneeds = [\"Port Arrow\"]\n");
    let whole = "title = \"W\"\nunit = [\"shop\"]\nneeds = [\"Port Arrow\"]\nsum_of = [\"bakers\", \"grocers\"]\n";
    let check = |text: &str| {
        let world = World::new(
            &[("a", "2020-05-04", text)],
            &[
                ("bakers", &part("baker")),
                ("grocers", &part("grocer")),
                ("w", whole),
            ],
        );
        let measures = world.link(&[]);
        let checks = &measures.by_id[&Id::new("w")].checks;
        checks
            .iter()
            .map(|c| (c.parts.len(), c.agrees))
            .collect::<Vec<_>>()
    };
    let text = "Port Arrow has 30 shops. Port Arrow has 20 bakers. Port Arrow has 10 grocers.";
    assert_eq!(check(text), [(2, true)]);
    assert_eq!(
        check(&text.replace("10 grocers", "5 grocers")),
        [(2, false)]
    );
    assert_eq!(
        check("Port Arrow has 30 shops. Port Arrow has 20 bakers."),
        []
    );
}

#[test]
fn a_figure_of_a_part_is_not_one_of_the_whole() {
    let part = format!("{FIRMS}subset_of = \"all\"\n").replace("\"Port Arrow\"", "\"banking\"");
    let world = World::new(
        &[(
            "a",
            "2020-05-04",
            "At Port Arrow 9 banking firms closed.\n\nPort Arrow has 90 firms.",
        )],
        &[("all", FIRMS), ("banks", &part)],
    );
    let measures = world.link(&[]);
    let values = |id: &str| {
        let values = measures.by_id[&Id::new(id)].values.iter();
        values.map(|v| v.min.unwrap().get()).collect::<Vec<_>>()
    };
    assert_eq!((values("banks"), values("all")), (vec![9.0], vec![90.0]));
}

#[test]
fn a_reprint_is_told_from_a_second_source() {
    let text = "Port Arrow has 120 firms.";
    let articles = [
        ("a", "2020-05-04", text),
        ("b", "2020-05-05", text),
        ("c", "2020-05-06", text),
    ];
    let world = World::new(&articles, &[("m", FIRMS)]);
    let links = &world.link(&["a", "b"]).by_id[&Id::new("m")];
    let repeats: Vec<Option<&str>> = links
        .values
        .iter()
        .map(|v| v.repeats.as_ref().map(Id::as_str))
        .collect();
    assert_eq!(repeats, [None, Some("a"), None]);
}

/// What reports may say of firms.
fn statement() -> impl Strategy<Value = String> {
    let hedge = prop_oneof![Just(""), Just("about "), Just("at least "), Just("up to ")];
    (hedge, 2..400u32).prop_map(|(hedge, n)| format!("Port Arrow has {hedge}{n} firms."))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_order_of_articles_does_not_matter(texts in proptest::collection::vec(statement(), 1..6)) {
        let ids = ["a", "b", "c", "d", "e"];
        let numbers = |texts: Vec<&String>| {
            let articles: Vec<_> = ids.iter().zip(texts).map(|(id, t)| (*id, "2020-05-04", t.as_str())).collect();
            let world = World::new(&articles, &[("m", FIRMS)]);
            let links = world.link(&[]).by_id[&Id::new("m")].clone();
            let mut disputed: Vec<_> = links.disputes.keys().map(|i| {
                let value = &links.values[*i];
                (value.min, value.max, value.hedge)
            }).collect();
            disputed.sort();
            (links.difference, disputed)
        };
        prop_assert_eq!(numbers(texts.iter().collect()), numbers(texts.iter().rev().collect()));
    }

    #[test]
    fn a_value_within_another_makes_no_dispute(low in 2..200u32, size in 1..200u32, part in 0..=100u32) {
        let between = low + size * part / 100;
        let range = format!("Port Arrow has {low} to {} firms.", low + size);
        let inside = format!("Port Arrow has {between} firms.");
        for articles in [[&range, &inside], [&inside, &range]] {
            let [a, b] = articles;
            let (difference, disputed) = difference(&[("a", "2020-05-04", a), ("b", "2020-05-04", b)]);
            prop_assert_ne!(difference, Some(Difference::Open), "{} {}", a, b);
            prop_assert!(disputed.is_empty());
        }
    }

    #[test]
    fn disputes_are_mutual(texts in proptest::collection::vec(statement(), 2..6)) {
        let ids = ["a", "b", "c", "d", "e"];
        let articles: Vec<_> = ids.iter().zip(&texts).map(|(id, t)| (*id, "2020-05-04", t.as_str())).collect();
        let all = World::new(&articles, &[("m", FIRMS)]).link(&[]).by_id[&Id::new("m")].clone();
        for (i, j) in &all.disputes {
            prop_assert!(all.disputes.contains_key(j));
            let (a, b) = (articles[*i], articles[*j]);
            prop_assert_eq!(difference(&[a, b]).1.len(), 2);
            prop_assert_eq!(difference(&[b, a]).1.len(), 2);
        }
    }

    #[test]
    fn every_reason_can_be_checked(texts in proptest::collection::vec(statement(), 1..4)) {
        let text = texts.join(" Nobody else counts. ");
        let world = World::new(&[("a", "2020-05-04", &text)], &[("m", FIRMS)]);
        for value in &world.link(&[]).by_id[&Id::new("m")].values {
            let Why::Words { unit, need } = &value.why else {
                return Err(TestCaseError::fail("found by its words"));
            };
            let sentence = world.sentence(value);
            let counted = format!("{unit}s");
            prop_assert!(sentence.contains(&counted) && sentence.contains(&need.words));
            let facts = &world.articles[&value.article].1.facts.figures;
            let fact = &facts[value.figure.unwrap() as usize];
            prop_assert_eq!((fact.min, fact.max, fact.sentence), (value.min, value.max, value.passage.first));
        }
    }
}
