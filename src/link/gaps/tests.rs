use super::*;
use crate::link::testing::linked;

const EVENT: &str = "title = \"Talks on the bridge\"\ndate = \"2024-03-05\"\n";

fn article(day: &str, more: &str) -> String {
    let text = "The two banks will hold talks on the bridge on 5 March 2024.";
    format!("+++\ntitle = \"x\"\npublished = {day}\n{more}+++\n\n{text}\n")
}

/// The gaps of a site with the event, told of in articles with these days and further keys.
fn gaps(event: &str, articles: &[(&str, &str)]) -> Vec<Gap> {
    let mut files: Vec<(String, String)> = Vec::new();
    let mut evidence = String::new();
    for (n, (day, more)) in articles.iter().enumerate() {
        files.push((format!("corpus/a{n}.md"), article(day, more)));
        evidence += &format!("[[evidence]]\narticle = \"a{n}\"\nquote = \"talks on the bridge\"\n");
    }
    let event = format!("+++\n{EVENT}{event}{evidence}+++\n");
    files.push(("content/events/talks.md".into(), event));
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(p, t)| (p.as_str(), t.as_str()))
        .collect();
    linked(&files, |_| {}).gaps
}

fn kinds(event: &str, articles: &[(&str, &str)]) -> Vec<GapKind> {
    gaps(event, articles)
        .into_iter()
        .map(|gap| gap.kind)
        .collect()
}

#[test]
fn a_plan_is_unconfirmed_until_a_later_report_tells_of_it() {
    let planned = "status = \"planned\"\n";
    let two = [("2024-03-01", ""), ("2024-03-05", "")];
    let last = GapKind::Unconfirmed(Some(jiff::civil::date(2024, 3, 5)));
    assert_eq!(kinds(planned, &two), [last]);
    let three = [("2024-03-01", ""), ("2024-03-05", ""), ("2024-03-06", "")];
    assert_eq!(kinds(planned, &three), []);
    assert_eq!(kinds("", &two), [], "what was held was no plan");
    let none = [GapKind::Unconfirmed(None), GapKind::NoSource];
    assert_eq!(kinds(planned, &[]), none);
}

#[test]
fn reports_that_rely_on_one_another_or_on_a_third_are_one_source() {
    let one = |reports| [GapKind::OneSource(reports)];
    let day = "2024-03-06";
    assert_eq!(kinds("", &[(day, "")]), one(1));
    assert_eq!(
        kinds("", &[(day, ""), (day, "based_on = [\"a0\"]\n")]),
        one(2)
    );
    let agency = "based_on = [\"The Agency\"]\n";
    let same = "based_on = [\"The agency \"]\n";
    assert_eq!(kinds("", &[(day, agency), (day, same)]), one(2));
    let other = "based_on = [\"The Courier\"]\n";
    assert_eq!(kinds("", &[(day, agency), (day, other)]), []);
    let unnamed = "based_on = [\"news reports\"]\n";
    assert_eq!(kinds("", &[(day, unnamed), (day, unnamed)]), []);
    // One that sums up two others takes neither's place.
    let both = "based_on = [\"a1\", \"a2\"]\n";
    assert_eq!(kinds("", &[(day, both), (day, ""), (day, "")]), []);
}

#[test]
fn a_day_that_the_report_does_not_state_is_a_gap() {
    let worked_out = ("2024-03-06", "date_basis = \"inferred\"\n");
    let undated = GapKind::Undated(Some(DateBasis::Inferred));
    assert_eq!(kinds("", &[worked_out, ("2024-03-07", "")]), [undated]);
    let files = [(
        "corpus/lost.md",
        "+++\ntitle = \"x\"\n+++\n\nNobody knows when.\n",
    )];
    let gaps = linked(&files, |_| {}).gaps;
    let found: Vec<_> = gaps.iter().map(|g| (&g.kind, &g.about)).collect();
    let lost = Subject::LeftOut(Id::new("lost"));
    assert_eq!(found, [(&GapKind::Undated(None), &lost)]);
}

#[test]
fn what_was_found_by_rule_and_what_editors_do_not_know_is_told_with_its_topics() {
    let files = [
        (
            "content/events/talks.md",
            "+++\ntitle = \"Talks on the bridge\"\ndate = \"2024-03-05\"\nplace = \"bridge\"\ntopics = [\"rivers\"]\n\
             phrases = [\"hold talks on the bridge\"]\ngaps = [\"Who spoke first.\"]\n+++\n",
        ),
        (
            "content/places/bridge.md",
            "+++\nname = \"the bridge\"\n+++\n",
        ),
        (
            "content/topics/rivers.md",
            "+++\ntitle = \"Rivers\"\ngaps = [\"How deep they are.\"]\n[[facts]]\nlabel = \"Banks\"\nvalue = \"two\"\n\
             evidence = [{ article = \"a\", quote = \"The two banks\" }]\n[[facts]]\nlabel = \"Fish\"\nvalue = \"many\"\n+++\n",
        ),
        (
            "corpus/a.md",
            "+++\ntitle = \"x\"\npublished = 2024-03-06\n+++\n\nThe two banks hold talks on the bridge on 5 March 2024.\n",
        ),
    ];
    let gaps = linked(&files, |_| {}).gaps;
    let (talks, rivers) = (Id::new("talks"), Id::new("rivers"));
    let found: Vec<_> = gaps
        .iter()
        .map(|g| (g.kind.clone(), g.about.clone(), g.places.len()))
        .collect();
    let expected = [
        (
            GapKind::Open("Who spoke first.".into()),
            Subject::Event(talks.clone()),
            0,
        ),
        (
            GapKind::Open("How deep they are.".into()),
            Subject::Topic(rivers.clone()),
            0,
        ),
        (GapKind::NoSource, Subject::Fact(rivers.clone(), 1), 0),
        (GapKind::OneSource(1), Subject::Event(talks.clone()), 1),
        (GapKind::OneSource(1), Subject::Fact(rivers.clone(), 0), 1),
        (GapKind::Unreviewed, Subject::Event(talks), 1),
    ];
    assert_eq!(found, expected);
    assert!(gaps.iter().all(|gap| gap.topics == [rivers.clone()]));
}
