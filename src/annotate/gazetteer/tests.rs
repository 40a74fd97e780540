use super::*;
use crate::annotate::fixture::{Text, entity};
use crate::base::{SitePath, Span, Spanned, TextRange};
use proptest::prelude::*;
use proptest::sample::select;

use EntityType::{Organization, Person, Place as PlaceType, Term};

fn gazetteer(entities: Vec<Entity>) -> Outcome<Gazetteer> {
    let entities = entities.into_iter().map(|e| (e.id().clone(), e));
    Gazetteer::build(&entities.collect())
}

/// People, places and bodies of reports on Korea.
fn korea() -> Gazetteer {
    let kim = |id, name| entity(Person, id, name).weak(&["Kim"]);
    let built = gazetteer(vec![
        kim("kim-hyung-suk", "Kim Hyung-suk").speaks_for("unification-ministry"),
        kim("kim-min-seok", "Kim Min-seok"),
        kim("kim-jong-un", "Kim Jong-un").never(&["Kim Jong-un Stadium"]),
        entity(Person, "chung-dong-young", "Chung Dong-young"),
        entity(Organization, "unification-ministry", "Unification Ministry")
            .weak(&["the ministry"])
            .named("ko", "통일부"),
        entity(Organization, "embassy", "South Korean Embassy"),
        entity(
            Organization,
            "umbc",
            "University of Maryland-Baltimore County",
        ),
        entity(Term, "unification-minister", "Unification Minister"),
        entity(PlaceType, "maryland", "Maryland"),
        entity(PlaceType, "beijing", "Beijing").named("ko", "베이징"),
        entity(PlaceType, "kaesong", "Kaesong")
            .folded()
            .named("ko", "개성"),
        entity(PlaceType, "japan", "Japan")
            .demonyms(&["Japanese"])
            .never(&["Sea of Japan"]),
        entity(Organization, "consulate", "Japanese consulate"),
        entity(PlaceType, "north-korea", "North Korea")
            .aliases(&["N. Korea"])
            .demonyms(&["North Korean", "northerner"])
            .named("ko", "북한"),
        entity(PlaceType, "south-korea", "South Korea").demonyms(&["South Korean"]),
        entity(PlaceType, "georgia", "Georgia").needs(&["Tbilisi", "Caucasus"]),
        entity(Term, "arms", "people's army"),
    ]);
    assert_eq!(built.diagnostics, []);
    built.value
}

/// Each mention as `words=id`, each tie as `words?`.
fn found(gazetteer: &Gazetteer, paragraphs: &[&str]) -> Vec<String> {
    let text = Text::new(paragraphs);
    let mentions = gazetteer.mentions(&text.prose(), "", &[]);
    let source = &text.document.text;
    let named = mentions
        .named
        .iter()
        .map(|m| (m.range, format!("{}={}", m.range.of(source), m.id)));
    let ties = mentions
        .ties
        .iter()
        .map(|t| (t.range, format!("{}?", t.range.of(source))));
    let mut all: Vec<_> = named.chain(ties).collect();
    all.sort();
    all.into_iter().map(|(_, words)| words).collect()
}

#[test]
fn names_as_news_writes_them() {
    let gazetteer = korea();
    let cases: &[(&str, &[&str])] = &[
        (
            "Offices of the South Korean Embassy.",
            &["South Korean Embassy=embassy"],
        ),
        (
            "The South Korean visa office.",
            &["South Korean=south-korea"],
        ),
        (
            "Cohen of the University of Maryland-Baltimore County in Maryland",
            &[
                "University of Maryland-Baltimore County=umbc",
                "Maryland=maryland",
            ],
        ),
        (
            "University of Maryland\u{2013}Baltimore\n County",
            &["University of Maryland\u{2013}Baltimore\n County=umbc"],
        ),
        (
            "in the Japanese consulate in Shenyang; a Japanese man",
            &["Japanese consulate=consulate", "Japanese=japan"],
        ),
        (
            "Beijing’s role and Beijing's, “Beijing”",
            &["Beijing=beijing", "Beijing=beijing", "Beijing=beijing"],
        ),
        (
            "Five North Koreans' case; North Korean law",
            &["North Koreans=north-korea", "North Korean=north-korea"],
        ),
        (
            "N. Korea and North\u{a0}Korea-based firms",
            &["N. Korea=north-korea", "North\u{a0}Korea=north-korea"],
        ),
        (
            "Kim Jong\u{2011}un came.",
            &["Kim Jong\u{2011}un=kim-jong-un"],
        ),
        ("At Kim Jong-un Stadium, by the Sea of Japan.", &[]),
        (
            "Unification Minister Chung Dong-young",
            &[
                "Unification Minister=unification-minister",
                "Chung Dong-young=chung-dong-young",
            ],
        ),
        (
            "KAESONG and kaesong, BEIJING",
            &["KAESONG=kaesong", "kaesong=kaesong", "BEIJING=beijing"],
        ),
        (
            "Northerners left. “Northerners”, some Northerners, a northerner.",
            &[
                "Northerners=north-korea",
                "Northerners=north-korea",
                "northerner=north-korea",
            ],
        ),
        ("the people’s army", &["people’s army=arms"]),
        ("Beijinger, beijing, xBeijing", &[]),
        (
            "북한은 개성에서 통일부와, 새북한",
            &[
                "북한=north-korea",
                "개성=kaesong",
                "통일부=unification-ministry",
            ],
        ),
        (
            "\u{1107}\u{116e}\u{11a8}\u{1112}\u{1161}\u{11ab}은",
            &["\u{1107}\u{116e}\u{11a8}\u{1112}\u{1161}\u{11ab}=north-korea"],
        ),
        ("Peaches of Georgia", &[]),
        ("Georgia, Tbilisi", &["Georgia=georgia"]),
    ];
    for (text, expected) in cases {
        assert_eq!(&found(&gazetteer, &[text]), expected, "{text}");
    }
}

#[test]
fn nothing_is_found_in_code_or_across_blocks() {
    let gazetteer = korea();
    assert!(found(&gazetteer, &["    Beijing"]).is_empty());
    assert_eq!(
        found(&gazetteer, &["A visit to North", "Korea in Beijing"]),
        ["Beijing=beijing"]
    );
}

#[test]
fn the_three_kims() {
    let gazetteer = korea();
    let cases: &[(&str, &[&str], &[&str])] = &[
        ("nobody named yet", &["Kim said no."], &[]),
        (
            "one",
            &["Kim Min-seok spoke.", "Later Kim left."],
            &["Kim Min-seok=kim-min-seok", "Kim=kim-min-seok"],
        ),
        (
            "the last of two",
            &[
                "Kim Min-seok spoke.",
                "Kim Hyung-suk spoke.",
                "Mr. Kim left.",
            ],
            &[
                "Kim Min-seok=kim-min-seok",
                "Kim Hyung-suk=kim-hyung-suk",
                "Kim=kim-hyung-suk",
            ],
        ),
        (
            "two in one paragraph",
            &[
                "Kim Min-seok and Kim Jong-un met. Kim left.",
                "Kim said so.",
            ],
            &[
                "Kim Min-seok=kim-min-seok",
                "Kim Jong-un=kim-jong-un",
                "Kim?",
                "Kim?",
            ],
        ),
        (
            "a fourth, whom nobody knows",
            &["Kim Min-seok spoke. Kim Jin-hyang did, and Youmi Kim did."],
            &["Kim Min-seok=kim-min-seok"],
        ),
        (
            "a ministry",
            &[
                "The ministry said.",
                "The Unification Ministry did. The ministry did.",
            ],
            &[
                "Unification Ministry=unification-ministry",
                "The ministry=unification-ministry",
            ],
        ),
    ];
    for (what, paragraphs, expected) in cases {
        assert_eq!(&found(&gazetteer, paragraphs), expected, "{what}");
    }
}

#[test]
fn context_decides_between_equals() {
    let build = |tune: fn(Entity, Entity) -> (Entity, Entity)| {
        let (a, b) = tune(
            entity(Person, "a", "Lee Min").aliases(&["Lee Min-a"]),
            entity(Person, "b", "Lee Min"),
        );
        gazetteer(vec![a, b, entity(Organization, "kbs", "KBS")]).value
    };
    let plain = build(|a, b| (a, b));
    assert_eq!(found(&plain, &["Lee Min spoke."]), ["Lee Min?"]);
    assert_eq!(
        found(&plain, &["Lee Min spoke.", "So said Lee Min-a."]),
        ["Lee Min=a", "Lee Min-a=a"]
    );
    let speaks = build(|a, b| (a, b.speaks_for("kbs")));
    assert_eq!(
        found(&speaks, &["Lee Min spoke on KBS."]),
        ["Lee Min=b", "KBS=kbs"]
    );
    let needs = build(|a, b| (a.needs(&["singer"]), b.needs(&["golf"])));
    assert_eq!(found(&needs, &["Lee Min played Golf."]), ["Lee Min=b"]);
    assert_eq!(found(&needs, &["Lee Min swam."]), [""; 0]);
    assert_eq!(found(&needs, &["Lee Min, golf and a singer"]), ["Lee Min?"]);
}

#[test]
fn the_headline_is_context() {
    let text = Text::new(&["Georgia votes."]);
    let named = |title| korea().mentions(&text.prose(), title, &[]).named.len();
    assert_eq!((named("News"), named("From Tbilisi")), (0, 1));
}

#[test]
fn links_take_their_words_and_name_in_full() {
    let text = Text::new(&["The leader of North Korea spoke.", "Kim left."]);
    let links = [(TextRange::new(0, 25), Id::new("kim-jong-un"))];
    let mentions = korea().mentions(&text.prose(), "", &links);
    let ids: Vec<&str> = mentions.named.iter().map(|m| m.id.as_str()).collect();
    assert_eq!(ids, ["kim-jong-un"]);
    assert_eq!(mentions.named[0].rule, MentionRule::Weak);
}

#[test]
fn faults_of_names_are_reported() {
    let built = gazetteer(vec![
        entity(Person, "a", "Lee Min")
            .weak(&["Lee", "Lee Min"])
            .never(&["Lee Min"]),
        entity(Person, "b", "Lee\u{a0}Min").aliases(&[" - "]),
        entity(Person, "c", "Lee Min").needs(&["golf"]),
    ]);
    let mut codes: Vec<_> = built
        .diagnostics
        .iter()
        .map(|d| (d.code, d.severity))
        .collect();
    codes.sort();
    let expected = [
        (Code::BadValue, Severity::Error),
        (Code::BadValue, Severity::Warning),
        (Code::BadValue, Severity::Warning),
        (Code::SharedName, Severity::Warning),
    ];
    assert_eq!(codes, expected);
    let shared = built
        .diagnostics
        .iter()
        .find(|d| d.code == Code::SharedName)
        .unwrap();
    assert_eq!(shared.place.path().as_str(), "content/people/b.md");
    assert_eq!(
        shared.labels[0].place.path().as_str(),
        "content/people/a.md"
    );
}

#[test]
fn an_empty_gazetteer_finds_nothing() {
    assert!(found(&gazetteer(Vec::new()).value, &["Seoul"]).is_empty());
}

#[test]
fn a_report_from_end_to_end() {
    let report = [
        "Unification Ministry spokesman Kim Hyung-suk was brief. Two North Koreans had reached the South Korean Embassy here, he said.",
        "Beijing’s guards had entered a Japanese consulate, said an expert at the University of Maryland-Baltimore County.",
        "Spokesman Kim added that the ministry would wait. Kim Jin-hyang, who heads an institute, disagreed.",
        "Defence spokesman Kim Min-seok declined comment. The Kim Jong-un regime did not reply.",
        "개성공단은 문을 닫았고 북한은 말이 없었다.",
    ];
    let expected = [
        "Unification Ministry=unification-ministry",
        "Kim Hyung-suk=kim-hyung-suk",
        "North Koreans=north-korea",
        "South Korean Embassy=embassy",
        "Beijing=beijing",
        "Japanese consulate=consulate",
        "University of Maryland-Baltimore County=umbc",
        "Kim=kim-hyung-suk",
        "the ministry=unification-ministry",
        "Kim Min-seok=kim-min-seok",
        "Kim Jong-un=kim-jong-un",
        "개성=kaesong",
        "북한=north-korea",
    ];
    assert_eq!(found(&korea(), &report), expected);
}

#[test]
fn a_term_in_a_headline_is_concerned_by_what_others_say_of_it() {
    let (defector, refugee) = (
        entity(Term, "defector", "defector"),
        entity(Term, "refugee", "refugee"),
    );
    let mut tied = defector.clone();
    let span = Span::new(&SitePath::new("a.md"), 0, 0);
    tied.contested_with = vec![Spanned::new(refugee.id().clone(), span)];
    let difference = Difference::new(
        [&defector, &tied].into_iter(),
        [&tied, &refugee].into_iter(),
    );
    let text = Text::new(&["Nobody came."]);
    assert!(difference.concerns(&text.prose(), "A refugee speaks"));
    assert!(!difference.concerns(&text.prose(), "A migrant speaks"));
}

/// Entities that share names, aliases, context words and phrases that they are not.
fn entities() -> impl Strategy<Value = Vec<Entity>> {
    const NAMES: [&str; 6] = ["Kim", "Kim Min", "Min", "Min Park", "Park", "Seoul Park"];
    let names = |most| proptest::collection::vec(select(&NAMES[..]), 0..=most);
    let one = (
        select(&NAMES[..]),
        names(1),
        names(2),
        names(1),
        names(1),
        any::<bool>(),
    );
    proptest::collection::vec(one, 1..6).prop_map(|all| {
        let numbered = all.into_iter().enumerate();
        let each = numbered.map(|(n, (name, aliases, weak, never, needs, person))| {
            let kind = if person { Person } else { Organization };
            let id = format!("e{n}");
            let entity = entity(kind, &id, name).aliases(&aliases).weak(&weak);
            let entity = entity.never(&never).needs(&needs);
            if n % 2 == 0 {
                entity.speaks_for("e1")
            } else {
                entity
            }
        });
        each.collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1000) })]

    #[test]
    fn texts_that_a_change_does_not_concern_are_read_alike(
        entities in entities(),
        others in entities(),
        from_others in any::<[bool; 6]>(),
        missing in any::<[bool; 6]>(),
        contested in proptest::option::of((0usize..6, 0usize..6)),
        words in proptest::collection::vec(select(&["Kim", "MIN", "Min", "park", "Park", "Seoul", "said"][..]), 1..6),
        title in select(&["Kim", "Seoul Park", "A talk"][..]),
    ) {
        let known = |entities: &[Entity]| -> BTreeMap<Id, Entity> {
            entities.iter().map(|e| (e.id().clone(), e.clone())).collect()
        };
        let old = known(&entities);
        let mut new = old.clone();
        for (other, _) in others.iter().zip(from_others).filter(|(_, taken)| *taken) {
            new.insert(other.id().clone(), other.clone());
        }
        for (entity, _) in entities.iter().zip(missing).filter(|(_, missing)| *missing) {
            new.remove(entity.id());
        }
        if let Some((one, other)) = contested {
            let other = Spanned::new(Id::new(format!("e{other}")), Span::new(&SitePath::new("a.md"), 0, 0));
            if let Some(one) = new.get_mut(&Id::new(format!("e{one}"))) {
                one.contested_with = vec![other];
            }
        }
        let unlike = |a: &BTreeMap<Id, Entity>, b: &BTreeMap<Id, Entity>| -> Vec<Entity> {
            a.iter().filter(|(id, e)| b.get(*id) != Some(*e)).map(|(_, e)| e.clone()).collect()
        };
        let changed = [unlike(&old, &new), unlike(&new, &old)].concat();
        let difference = Difference::new(changed.iter(), old.values().chain(new.values()));
        let text = Text::new(&[&words.join(" ")]);
        let prose = text.prose();
        if !difference.concerns(&prose, title) {
            let (old, new) = (Gazetteer::build(&old).value, Gazetteer::build(&new).value);
            prop_assert_eq!(old.mentions(&prose, title, &[]), new.mentions(&prose, title, &[]));
            prop_assert_eq!(old.contested_in(title), new.contested_in(title));
        }
    }

    #[test]
    fn quick_ways_decide_as_the_definition_does(
        entities in entities(),
        words in proptest::collection::vec(select(&["Kim", "Min", "Park", "Seoul", "said", "of", "."][..]), 1..24),
        linked in proptest::option::of((0usize..5, 0usize..3)),
    ) {
        let built = gazetteer(entities).value;
        let (first, second) = words.split_at(words.len() / 2);
        let text = Text::new(&[&first.join(" "), &second.join(" ")]);
        let prose = text.prose();
        // A link by hand over the nth word.
        let link = linked.and_then(|(nth, entity)| {
            let source = &text.document.text;
            let word = source.split(' ').nth(nth)?;
            let start = word.as_ptr() as usize - source.as_ptr() as usize;
            let range = TextRange::new(start, start + word.find('\n').unwrap_or(word.len()));
            (!word.is_empty()).then(|| (range, Id::new(format!("e{entity}"))))
        });
        let links: Vec<_> = link.into_iter().collect();
        let quick = built.mentions(&prose, "Kim", &links);
        prop_assert_eq!(quick, built.mentions_in_full(&prose, "Kim", &links));
    }
}
