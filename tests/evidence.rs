//! What the search for evidence finds: in this repository's briefing, held against what its editor wrote, and in a made one.
//! Every reason is worked out again from the texts.

mod support;

use std::collections::BTreeSet;
use std::path::Path;

use dateline::base::Edtf;
use dateline::engine::study::{Known, study};
use dateline::link::evidence::{Fit, Nearness, Part, Stands, TimeFrom};
use dateline::link::{Foundation, Statement};
use dateline::model::{EntityType, Event, Facts, Id, Site};
use support::Fixture;

/// A sentence of an article that tells of an event.
type Told = (Id, Id, u32);

fn study_of(root: &Path, change: impl FnOnce(&mut Site)) -> Known {
    let study = study(root, change).expect("the site can be read");
    study.known.expect("the site has a configuration")
}

/// This repository's briefing.
fn briefing(change: impl FnOnce(&mut Site)) -> Known {
    study_of(Path::new(env!("CARGO_MANIFEST_DIR")), change)
}

/// The same without a word of its editor's on what tells of which event.
fn without_an_editor() -> Known {
    briefing(|site| site.events.values_mut().for_each(|e| e.evidence.clear()))
}

fn sentences(known: &Known, which: impl Fn(&Foundation) -> bool) -> BTreeSet<Told> {
    let mut all = BTreeSet::new();
    for (event, links) in &known.links.events {
        for statement in links.statements.iter().filter(|s| which(&s.foundation)) {
            for n in statement.passage.first..=statement.passage.last {
                all.insert((event.clone(), statement.article.clone(), n));
            }
        }
    }
    all
}

fn text(known: &Known, article: &Id, n: u32) -> String {
    let text = &known.articles[article];
    let sentence = text.annotated.sentences.iter().find(|s| s.number == n);
    let range = sentence.expect("a sentence").range;
    range.of(&text.prose.document.text).to_owned()
}

#[test]
fn what_is_found_alone_is_what_an_editor_chose() {
    let chosen = sentences(&briefing(|_| {}), |f| *f == Foundation::Editor);
    let alone = without_an_editor();
    let found = sentences(&alone, |f| *f == Foundation::Automatic);
    // The event without a word of evidence in its file has nothing to be held against.
    let event = Id::new("2002-05-shenyang-consulate");
    let found: BTreeSet<Told> = found.into_iter().filter(|(e, _, _)| *e != event).collect();
    for told in chosen.union(&found) {
        let sign = match (chosen.contains(told), found.contains(told)) {
            (true, true) => "both",
            (true, false) => "lost",
            _ => "more",
        };
        let (event, article, n) = told;
        println!(
            "{sign} {event}: {article} s{n} {}",
            text(&alone, article, *n)
        );
    }
    let both = chosen.intersection(&found).count();
    println!(
        "{both} of {} chosen, of {} found",
        chosen.len(),
        found.len()
    );
    assert!(chosen.len() >= 55, "an editor chose {}", chosen.len());
    assert!(
        100 * both >= 68 * chosen.len(),
        "recall: {both} of {}",
        chosen.len()
    );
    // What is found besides is true of its event as well; the editor has just not quoted it.
    assert!(
        100 * both >= 84 * found.len(),
        "precision: {both} of {}",
        found.len()
    );
}

#[test]
fn the_consulate_is_found_from_both_reports_alone() {
    let known = without_an_editor();
    let file = std::fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("content/events/2002-05-shenyang-consulate.md"),
    );
    assert!(!file.expect("the event's file").contains("evidence"));
    let links = &known.links.events[&Id::new("2002-05-shenyang-consulate")];
    let articles: Vec<&str> = links.articles.iter().map(Id::as_str).collect();
    assert_eq!(articles, ["latimes-2002-06-24", "chosun-2011-12-09"]);
    let guards = text(
        &known,
        &links.articles[0],
        links.statements[0].passage.first,
    );
    assert!(guards.starts_with("Last month Chinese guards"), "{guards}");
    for article in &links.articles {
        let told = &known.links.articles[article].events;
        assert!(
            told.iter()
                .any(|e| e.as_str() == "2002-05-shenyang-consulate")
        );
    }
}

#[test]
fn the_five_of_2002_and_those_who_left_in_2011_are_kept_apart() {
    let found = sentences(&without_an_editor(), |_| true);
    let of = |event: &str| -> BTreeSet<u32> {
        let in_2011 = |(e, a, _): &&Told| e.as_str() == event && a.as_str() == "chosun-2011-12-09";
        found.iter().filter(in_2011).map(|(_, _, n)| *n).collect()
    };
    let (then, lived, left) = (
        of("2002-05-shenyang-consulate"),
        of("2008-shenyang-refuge"),
        of("2011-five-leave-for-japan"),
    );
    assert!(!then.is_empty() && !lived.is_empty() && !left.is_empty());
    assert!(then.is_disjoint(&lived) && then.is_disjoint(&left) && lived.is_disjoint(&left));
}

/// Past forms in the texts whose first letters are others than their verbs'.
const IRREGULAR: [(&str, &str); 7] = [
    ("came", "come"),
    ("got", "get"),
    ("held", "hold"),
    ("left", "leave"),
    ("sought", "seek"),
    ("told", "tell"),
    ("took", "take"),
];

/// The first letters of a word, which its other forms share.
fn root(word: &str) -> String {
    let lower = word.to_lowercase();
    let verb = IRREGULAR.iter().find(|(past, _)| *past == lower);
    let lower = verb.map_or(lower.as_str(), |(_, verb)| verb);
    let bare: String = lower.chars().filter(|c| c.is_alphanumeric()).collect();
    bare.chars().take(3).collect()
}

fn roots(text: &str) -> Vec<String> {
    let text = text.replace("’s", " ").replace("'s", " ");
    let words = text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '’' | ','));
    words.map(root).filter(|root| !root.is_empty()).collect()
}

fn names(known: &Known, facts: &Facts, sentence: u32, entity: &Id) -> bool {
    let is_it = |m: &&dateline::model::Mention| m.sentence == sentence && m.entity == *entity;
    known.site.entities.contains_key(entity) && facts.mentions.iter().any(|m| is_it(&m))
}

/// Works one reason out again from the texts and the content.
fn holds(known: &Known, event: &Event, statement: &Statement, part: &Part) -> bool {
    let facts = &known.articles[&statement.article].annotated.facts;
    let sentence = statement.passage.first;
    let entity = |id: &Id| &known.site.entities[id];
    match part {
        Part::Time { fit, value, from } => {
            let date = Edtf::of_timex(value).expect("a date");
            let when = &event.date;
            let says = |n: u32| {
                let here = facts.times.iter().filter(|t| t.sentence == n);
                let mut values = here.flat_map(|t| std::iter::once(&t.value).chain(&t.alternative));
                values.any(|v| **v == *value)
            };
            let told = match from {
                TimeFrom::Sentence => says(sentence),
                TimeFrom::Carried(before) => *before < sentence && says(*before),
                TimeFrom::Report => {
                    let published = known.site.articles[&statement.article].published;
                    published.map(|day| day.to_string()).as_ref() == Some(value)
                }
            };
            let (from, to) = (date.earliest(), date.latest());
            let fits = match fit {
                Fit::Same => (from, to) == (when.earliest(), when.latest()),
                Fit::Within => when.earliest() <= from && to <= when.latest(),
                Fit::Around => from <= when.earliest() && when.latest() <= to,
                Fit::Overlap => date.overlaps(when),
                Fit::Near => !date.overlaps(when),
            };
            told && fits
        }
        Part::Place { named, nearness } => {
            let place = &event.place.as_ref().expect("a place").value;
            let of = entity(place);
            names(known, facts, sentence, named)
                && match nearness {
                    Nearness::Itself => named == place,
                    Nearness::Inside => entity(named).country.as_ref() == Some(&of.name.value),
                    Nearness::Country => of.country.as_ref() == Some(&entity(named).name.value),
                    Nearness::Named => std::iter::once(&of.name)
                        .chain(&of.aliases)
                        .any(|name| name.value.contains(&entity(named).name.value)),
                }
        }
        Part::Participant { named, of, stands } => {
            let (other, country) = (entity(named), &entity(of).name.value);
            event.participants.iter().any(|p| p.value == *of)
                && names(known, facts, sentence, named)
                && match stands {
                    Stands::Itself => named == of,
                    Stands::Capital => {
                        other.metonym.is_some() && other.country.as_ref() == Some(country)
                    }
                    Stands::Voice => other.affiliation.as_ref().is_some_and(|a| a.value == *of),
                    Stands::Body => {
                        other.entity_type == EntityType::Organization
                            && other.country.as_ref() == Some(country)
                    }
                }
        }
        Part::Elsewhere { named } => {
            let mut others = facts.mentions.iter().filter(|m| m.sentence != sentence);
            others.any(|m| m.entity == *named) && !names(known, facts, sentence, named)
        }
        Part::Phrase { phrase, gaps } => {
            let (wanted, there) = (
                roots(phrase),
                roots(&text(known, &statement.article, sentence)),
            );
            let whole = there.windows(wanted.len()).any(|w| w == wanted);
            let mut rest = there.iter();
            let in_order = wanted.iter().all(|w| rest.any(|t| t == w));
            event.phrases.contains(phrase) && in_order && (*gaps || whole)
        }
        Part::Wording { words } => {
            let (title, there) = (
                roots(&event.title),
                roots(&text(known, &statement.article, sentence)),
            );
            words.len() > 1
                && words
                    .iter()
                    .all(|w| title.contains(&root(w)) && there.contains(&root(w)))
        }
    }
}

/// Checks every reason of every statement, and gives how many there are.
fn all_hold(known: &Known) -> usize {
    let mut checked = 0;
    for (id, links) in &known.links.events {
        let event = &known.site.events[id];
        let found = |s: &&Statement| s.foundation == Foundation::Automatic;
        for statement in links.statements.iter().filter(found) {
            let said = text(known, &statement.article, statement.passage.first);
            for (part, points) in &statement.finding.parts {
                assert!(*points > 0, "{id}: {part:?}");
                assert!(
                    holds(known, event, statement, part),
                    "{id}: {part:?} of {said}"
                );
                checked += 1;
            }
            let sum: u16 = statement.finding.parts.iter().map(|(_, n)| n).sum();
            assert_eq!(sum, statement.finding.points(), "{id}");
        }
    }
    checked
}

#[test]
fn every_reason_is_true_of_the_briefing() {
    let checked = all_hold(&without_an_editor());
    assert!(checked > 150, "only {checked} reasons");
}

/// A made site: events in a few cities, and reports of them, some on the day, some weeks later, some of the wrong day.
fn made() -> Fixture {
    let countries = ["Arvenia", "Belmark", "Corvia", "Dunland"];
    let cities = ["Altburg", "Novistan", "Porto Verde", "Quell"];
    let acts = [
        ("signed a treaty on fishing", "A treaty on fishing"),
        ("opened the northern railway", "The northern railway opens"),
        ("exchanged forty prisoners", "Forty prisoners are exchanged"),
        ("closed the mountain border", "The mountain border closes"),
        ("began talks on water rights", "Talks on water rights"),
    ];
    let mut site = Fixture::site();
    for (country, city) in countries.iter().zip(cities) {
        let id = country.to_lowercase();
        site = site
            .write(&format!("content/places/{id}.md"), format!("+++\nname = \"{country}\"\nkind = \"country\"\n+++\n"))
            .write(
                &format!("content/places/{}.md", city.to_lowercase().replace(' ', "-")),
                format!("+++\nname = \"{city}\"\ncountry = \"{country}\"\nmetonym = \"its government\"\n+++\n"),
            );
    }
    for n in 0..40usize {
        let (month, day) = (1 + n % 12, 1 + (n * 7) % 27);
        let (a, b, city) = (n % 4, (n + 1 + n / 4) % 4, n * 3 % 4);
        let b = if a == b { (b + 1) % 4 } else { b };
        let (act, title) = acts[n % acts.len()];
        let date = format!("2021-{month:02}-{day:02}");
        if n % 2 == 0 {
            let event = format!(
                "+++\ntitle = \"{title}\"\ndate = \"{date}\"\nplace = \"{}\"\nparticipants = [\"{}\", \"{}\"]\nphrases = [\"{act}\"]\n+++\n",
                cities[city].to_lowercase().replace(' ', "-"),
                countries[a].to_lowercase(),
                countries[b].to_lowercase(),
            );
            site = site.write(&format!("content/events/e{n}.md"), event);
        }
        for (copy, later) in [(0, 1), (1, 3)] {
            let written = jiff_day(&date, later);
            let body = format!(
                "{} and {} {act} in {} on {day} {}. Officials were pleased.\n\nNothing else was said about it in {}.",
                countries[a],
                countries[b],
                cities[city],
                MONTHS[month - 1],
                countries[(a + copy) % 4],
            );
            site = site.write(
                &format!("corpus/r{n}-{copy}.md"),
                format!("+++\ntitle = \"Report {n}\"\npublished = {written}\n+++\n\n{body}\n"),
            );
        }
    }
    site
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn jiff_day(date: &str, later: i64) -> String {
    let day: jiff::civil::Date = date.parse().expect("a day");
    let later = jiff::Span::new().days(later);
    day.checked_add(later).expect("a day").to_string()
}

#[test]
fn every_reason_is_true_of_a_made_site() {
    let site = made();
    let known = study_of(&site.path(""), |_| {});
    assert!(all_hold(&known) > 100);
    for n in (0..40).step_by(2) {
        let links = &known.links.events[&Id::new(format!("e{n}"))];
        let told: BTreeSet<&str> = links.articles.iter().map(Id::as_str).collect();
        let (one, other) = (format!("r{n}-0"), format!("r{n}-1"));
        assert_eq!(
            told,
            BTreeSet::from([one.as_str(), other.as_str()]),
            "event {n}"
        );
    }
    // The other half has no file, and each is one event of two reports.
    assert_eq!(known.links.unwritten.len(), 20);
    for event in &known.links.unwritten {
        assert_eq!(event.statements.len(), 2, "{:?}", event.date);
    }
}

#[test]
fn unwritten_events_are_shown_where_the_site_allows_it() {
    let site = made();
    let page = |config: &str| {
        site.edit("dateline.toml", format!("title = \"T\"\n{config}"));
        let ran = site.run(["build", "--strict"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        site.read("public/timeline/index.html")
    };
    let automatic = |page: &str| page.matches("is-automatic").count();
    assert_eq!(automatic(&page("")), 0);
    let shown = page("[annotations]\nevents = true\n");
    assert_eq!(automatic(&shown), 20);
    assert!(shown.contains("act told: signed"), "{shown}");
}

#[test]
fn drafted_events_load_as_they_are() {
    let site = made();
    let printed = site.run(["suggest", "events", "--limit", "3"]);
    assert_eq!(printed.code, 0, "{}", printed.err);
    assert_eq!(
        printed.out.matches("==> content/events/").count(),
        3,
        "{}",
        printed.out
    );
    let json = site.run(["suggest", "events", "--format", "json"]);
    let list: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(list.as_array().map(Vec::len), Some(20));
    let kept = list[0]["path"].as_str().expect("a path").to_owned();
    let mine = "+++\ntitle = \"Mine\"\ndate = \"1999\"\n+++\n";
    site.edit(&kept, mine);
    let written = site.run(["suggest", "events", "--write"]);
    assert_eq!(written.code, 0, "{}", written.err);
    assert_eq!(site.read(&kept), mine);
    let ran = site.run(["build", "--strict"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    // What has a file now is not suggested again, but for the one that was in the way.
    let again = site.run(["suggest", "events", "--format", "json"]);
    let list: serde_json::Value = serde_json::from_str(&again.out).expect("JSON");
    assert!(
        list.as_array().is_some_and(|l| l.len() <= 1),
        "{}",
        again.out
    );
    for (id, links) in &study_of(&site.path(""), |_| {}).links.events {
        let chosen = links
            .statements
            .iter()
            .filter(|s| s.foundation == Foundation::Editor);
        let drafted = id.as_str().starts_with("2021") && !kept.contains(id.as_str());
        assert!(!drafted || chosen.count() == 2, "{id}");
    }
}

#[test]
fn drafted_names_load_as_they_are() {
    let report = |n: usize, text: &str| {
        format!("+++\ntitle = \"Report {n}\"\npublished = 2021-03-0{n}\n+++\n\n{text}\n")
    };
    let site = Fixture::site()
        .write("content/people/known.md", "+++\nname = \"Kim Young-nam\"\n+++\n")
        .write("corpus/a.md", report(1, "President Park Min-woo met Kim Young-nam on Monday. Park said that “all is well” at the Northern Trade Ministry."))
        .write("corpus/b.md", report(2, "The president, Park Min-woo, spoke to reporters of the Northern Trade Ministry."));
    let listed = site.run(["suggest", "entities"]);
    assert_eq!(listed.code, 0, "{}", listed.err);
    assert!(
        listed.out.contains("Park Min-woo: person"),
        "{}",
        listed.out
    );
    assert!(
        listed
            .out
            .contains("in 2 articles\n    a s1: President Park"),
        "{}",
        listed.out
    );
    assert!(!listed.out.contains("Kim Young-nam: "), "{}", listed.out);
    let written = site.run(["suggest", "entities", "--write"]);
    assert!(
        written.out.contains("wrote content/people/park-min-woo.md"),
        "{}",
        written.out
    );
    let ran = site.run(["build", "--strict"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let again = site.run(["suggest", "entities"]);
    assert!(!again.out.contains("Park Min-woo:"), "{}", again.out);
}

#[test]
fn errors_in_the_content_come_first() {
    let site = Fixture::site().write("corpus/a.md", "+++\npublished = 2021-01-01\n+++\n");
    let ran = site.run(["suggest", "events"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("missing"), "{}", ran.err);
    assert_eq!(site.run(["suggest", "nonsense"]).code, 2);
}
