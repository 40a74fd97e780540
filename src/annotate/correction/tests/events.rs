//! Which sentences tell of which event.

use super::*;

#[test]
fn decisions_on_events_become_facts() {
    let decided = |overrides: &[Written]| {
        let (annotated, diagnostics) = run(overrides);
        assert_eq!(codes(&diagnostics), []);
        let show = |d: &crate::model::EventDecision| {
            let event = d
                .event
                .as_ref()
                .map_or("any".to_owned(), ToString::to_string);
            let sign = if d.tells { "+" } else { "-" };
            format!("{}-{} {sign}{event}", d.sentence, d.last_sentence)
        };
        let all: Vec<String> = annotated.facts.decisions.iter().map(show).collect();
        all.join(", ")
    };
    let port = "The port was built";
    assert_eq!(
        decided(&[written(Event, Accept, Mention, port).to("opening")]),
        "6-6 +opening"
    );
    assert_eq!(
        decided(&[written(Event, Add, Article, port).to("opening")]),
        "6-6 +opening"
    );
    assert_eq!(
        decided(&[written(Event, Reject, Topic, port).to("opening")]),
        "6-6 -opening"
    );
    assert_eq!(decided(&[written(Event, Reject, Site, port)]), "6-6 -any");
    assert_eq!(
        decided(&[written(Event, Retarget, Mention, port).to("opening")]),
        "6-6 -any, 6-6 +opening"
    );
    let several = "An official put it at about 90 ships.\n“We counted 80 of them,”";
    assert_eq!(
        decided(&[written(Event, Add, Mention, several).to("count")]),
        "2-3 +count"
    );
    // The narrower scope prevails, event by event.
    let site = || written(Event, Add, Site, port).at(9).to("opening");
    assert_eq!(
        decided(&[written(Event, Reject, Mention, port), site()]),
        "6-6 -any"
    );
    assert_eq!(
        decided(&[written(Event, Reject, Mention, port).to("other"), site()]),
        "6-6 +opening, 6-6 -other"
    );
    assert_eq!(
        decided(&[
            written(Event, Add, Mention, "in 1901").to("opening"),
            written(Event, Reject, Site, port).at(9)
        ]),
        "6-6 -any, 6-6 +opening"
    );
}
