use std::collections::BTreeSet;

use jiff::civil::Date;
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::*;

fn words(title: &str) -> Words<'_> {
    Words {
        title,
        months: [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ],
        month_of_year: "{month} {year}",
        stretch: "{first} to {last}",
        between: "; ",
        event: "{number}, {label} ({date})",
        more: "{count} more in the list below",
        one_scale: "One scale, {stretch}.",
        upper_scale: "Two scales. The upper one shows {stretch}.",
        lower_scale: "The lower one enlarges {stretch}.",
        on_scale: "On it: {items}.",
        numbers: "The numbers refer to the list below.",
        rows: "Rows of marks on one scale, {stretch}.",
        row: "{row}: {items}.",
        row_empty: "{row}: none.",
        row_long: "{row}: {count}, {stretch}.",
        year_count: "{year} ({count})",
        date: &|date| date.as_str().to_owned(),
    }
}

/// Dates, each with a `*` before it where it was worked out.
struct Events(Vec<(Edtf, bool, String)>);

impl Events {
    fn read(dates: &[&str]) -> Self {
        let read = |text: &&str| {
            let worked = text.starts_with('*');
            let date = Edtf::parse(text.trim_start_matches('*')).unwrap();
            (date, worked, format!("event of {text}"))
        };
        Self(dates.iter().map(read).collect())
    }

    fn points(&self) -> Vec<Point<'_>> {
        self.0
            .iter()
            .map(|(date, worked, label)| Point {
                date,
                worked: *worked,
                label,
            })
            .collect()
    }
}

const KAESONG: [&str; 7] = [
    "2004",
    "2004-08-31",
    "2013-04",
    "2013-07",
    "*2013-08-07",
    "2013-08-14",
    "2013-08",
];

/// An element of a chart: its name, its attributes and the text in it.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
}

impl Element {
    fn get(&self, key: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(k, _)| k == key);
        found.map(|(_, value)| value.as_str())
    }

    fn classes(&self) -> Vec<&str> {
        self.get("class").unwrap_or_default().split(' ').collect()
    }

    /// A position in hundredths of a per cent.
    fn percent(&self, key: &str) -> i64 {
        let digits = self
            .get(key)
            .unwrap()
            .trim_end_matches('%')
            .replace('.', "");
        digits.parse().unwrap()
    }
}

/// Reads a chart as XML, and holds on the way what is true of every chart.
fn read(svg: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(svg);
    let mut elements: Vec<Element> = Vec::new();
    let mut depth = 0_usize;
    let open = |tag: &quick_xml::events::BytesStart<'_>, elements: &mut Vec<Element>| {
        let mut element = Element {
            name: tag.name().as_ref().to_owned(),
            ..Element::default()
        };
        for attribute in tag.attributes() {
            let attribute = attribute.unwrap();
            let key = attribute.key.as_ref().to_owned();
            let value = attribute.value.to_string();
            element.attributes.push((key, value));
        }
        elements.push(element);
    };
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => {
                depth += 1;
                open(&tag, &mut elements);
            }
            Event::Empty(tag) => open(&tag, &mut elements),
            Event::End(_) => depth -= 1,
            Event::Text(text) => {
                elements.last_mut().unwrap().text.push_str(&text);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
    let lengths = [
        "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "width", "height",
    ];
    for element in &elements {
        assert_eq!(element.get("style"), None);
        assert_eq!(element.get("viewBox"), None);
        for (key, value) in &element.attributes {
            if let Some(number) = value.strip_suffix('%') {
                let number: f64 = number.parse().unwrap();
                assert!((0.0..=100.0).contains(&number), "{element:?}");
            } else if lengths.contains(&key.as_str()) {
                assert!(value.parse::<i64>().unwrap() >= 0, "{element:?}");
            }
        }
        if element.name == "rect" && element.get("width").unwrap().ends_with('%') {
            assert!(
                element.percent("x") + element.percent("width") <= 10_000,
                "{element:?}"
            );
        }
    }
    elements
}

/// The flags of a chart: text, position in hundredths of a per cent, height.
fn flags(svg: &str) -> Vec<(String, i64, String)> {
    let elements = read(svg);
    let is_flag = |e: &&Element| e.classes().iter().any(|c| ["on", "off"].contains(c));
    let flag = |e: &Element| {
        (
            e.text.clone(),
            e.percent("x"),
            e.get("y").unwrap().to_owned(),
        )
    };
    elements.iter().filter(is_flag).map(flag).collect()
}

/// Holds that the flags carry each number once and that none lies on another on a screen of 340 pixels.
fn check_flags(svg: &str, count: usize) {
    let flags = flags(svg);
    let mut seen = Vec::new();
    for (text, ..) in &flags {
        let (first, last) = text.split_once('–').unwrap_or((text, text));
        seen.extend(first.parse::<usize>().unwrap()..=last.parse().unwrap());
    }
    seen.sort_unstable();
    assert_eq!(seen, (1..=count).collect::<Vec<_>>());
    let width = |text: &str| match text.chars().count() {
        letters if letters > 3 || text.contains('–') => 7 * letters + 10,
        _ => 21,
    };
    for (i, (a, x, lane)) in flags.iter().enumerate() {
        for (b, other, _) in flags[i + 1..].iter().filter(|(_, _, l)| l == lane) {
            let apart = (x - other).abs() * 340;
            let need = i64::try_from(width(a) + width(b)).unwrap() * 5_000;
            assert!(apart > need, "{a} at {x} and {b} at {other}");
        }
    }
}

#[test]
fn a_strip_is_drawn_as_designed() {
    let events = Events::read(&KAESONG);
    let svg = spark(&events.points(), (2014, 2002)).unwrap();
    insta::assert_snapshot!(svg);
    read(&svg);
}

#[test]
fn a_topic_is_drawn_on_two_scales() {
    let events = Events::read(&KAESONG);
    let chart = topic("k", &events.points(), &words("Kaesong")).unwrap();
    insta::assert_snapshot!(chart.svg.replace("><", ">\n<"));
    assert_eq!(chart.marks, ["day", "month", "year", "worked"]);
    check_flags(&chart.svg, KAESONG.len());
}

#[test]
fn rows_share_one_scale() {
    let kaesong = Events::read(&KAESONG);
    let talks = Events::read(&["2010-10/2010-12", "2012", "2014-02-05", "2014-02-05"]);
    let list = [
        ("Kaesong", kaesong.points()),
        ("Talks & more", talks.points()),
        ("Nothing", Vec::new()),
    ];
    let chart = rows("all", &list, &words("Events")).unwrap();
    insta::assert_snapshot!(chart.svg.replace("><", ">\n<"));
    assert_eq!(
        chart.description,
        "Rows of marks on one scale, 2004 to 2014. Kaesong: 2004 (2); 2013 (5). \
         Talks & more: 2010; 2012; 2014 (2). Nothing: none."
    );
    read(&chart.svg);
}

#[test]
fn counts_stand_above_their_bars() {
    let years = [(2014, 3, 0), (2004, 4, 1), (2013, 0, 2)];
    let chart = activity("m", &years, "Activity", "By year").unwrap();
    insta::assert_snapshot!(chart.svg.replace("><", ">\n<"));
    assert_eq!(chart.marks, ["mentions", "events"]);
    read(&chart.svg);
    let mentions = activity("m", &[(2014, 3, 0), (1990, 1, 0)], "Activity", "By year").unwrap();
    assert_eq!(mentions.marks, ["mentions"]);
    assert!(
        !mentions.svg.contains("mid b"),
        "25 years leave no room for counts"
    );
}

#[test]
fn nothing_gives_no_chart() {
    let none = words("Nothing");
    assert_eq!(spark(&[], (2002, 2014)), None);
    assert_eq!(topic("t", &[], &none), None);
    assert_eq!(rows("r", &[], &none), None);
    assert_eq!(rows("r", &[("Kaesong", Vec::new())], &none), None);
    assert_eq!(activity("b", &[], "Nothing", ""), None);
    assert_eq!(activity("b", &[(2002, 0, 0)], "Nothing", ""), None);
}

#[test]
fn a_scale_is_enlarged_only_where_that_helps() {
    let same_day = vec!["2013-08-14"; 5];
    let even: Vec<String> = (2000..2014).map(|y| format!("{y}-06-01")).collect();
    let even: Vec<&str> = even.iter().map(String::as_str).collect();
    let centuries = ["1500", "1600", "1701", "1702", "1703", "1704", "2013"];
    let cases: [(&str, &[&str], bool); 6] = [
        ("one event", &["2013-08-14"], false),
        ("far apart", &["2004", "2008-05", "2013-08-14"], false),
        ("the same day", &same_day, false),
        ("evenly spread", &even, false),
        ("a cluster of days", &KAESONG, true),
        ("a cluster of years", &centuries, true),
    ];
    for (name, dates, enlarged) in cases {
        let events = Events::read(dates);
        let chart = topic("t", &events.points(), &words(name)).unwrap();
        check_flags(&chart.svg, dates.len());
        assert_eq!(chart.description.contains("enlarges"), enlarged, "{name}");
        assert_eq!(chart.svg.contains("zoom"), enlarged, "{name}");
    }
}

#[test]
fn marks_tell_how_well_a_date_is_known() {
    let cases: [(&str, &str, &[&str]); 10] = [
        ("2013-08-14", "<circle class=\"pt\" cx=\"61.64%\"", &["day"]),
        (
            "*2013-08-14",
            "<circle class=\"hol wk\" cx=\"61.64%\"",
            &["worked"],
        ),
        (
            "2013-08",
            "<rect class=\"pt\" x=\"58.08%\" y=\"5\" width=\"8.50%\"",
            &["month"],
        ),
        (
            "*2013-08",
            "<rect class=\"hol wk\" x=\"58.08%\"",
            &["worked"],
        ),
        (
            "2013-22",
            "<rect class=\"hol\" x=\"41.37%\" y=\"5\" width=\"25.21%\"",
            &["year"],
        ),
        (
            "2013",
            "<rect class=\"hol\" x=\"0.00%\" y=\"5\" width=\"100.00%\"",
            &["year"],
        ),
        (
            "2013-08-01/2013-08-31",
            "<rect class=\"pt\" x=\"58.08%\" y=\"5\" width=\"8.50%\"",
            &["day"],
        ),
        (
            "2013-08-14/2013-08-15",
            "<rect class=\"pt\" x=\"61.64%\" y=\"5\" width=\"7\"",
            &["day"],
        ),
        (
            "2013-08-01/..",
            "<rect class=\"pt\" x=\"58.08%\" y=\"5\" width=\"41.92%\"",
            &["day"],
        ),
        (
            "../2013-08",
            "<rect class=\"pt\" x=\"0.00%\" y=\"5\" width=\"66.58%\"",
            &["month"],
        ),
    ];
    for (date, element, marks) in cases {
        let events = Events::read(&[date]);
        let svg = spark(&events.points(), (2013, 2013)).unwrap();
        assert!(svg.contains(element), "{date}: {svg}");
        let chart = topic("t", &events.points(), &words(date)).unwrap();
        assert_eq!(chart.marks, marks, "{date}");
    }
}

#[test]
fn what_the_calendar_allows_can_be_drawn() {
    let (min, max) = (Edtf::day(Date::MIN), Edtf::day(Date::MAX));
    let point = |date| Point {
        date,
        worked: false,
        label: "",
    };
    for dates in [vec![&min], vec![&max], vec![&max, &min, &max]] {
        let points: Vec<_> = dates.into_iter().map(point).collect();
        let chart = topic("t", &points, &words("Limits")).unwrap();
        check_flags(&chart.svg, points.len());
        read(
            &rows("r", &[("Limits", points.clone())], &words("Limits"))
                .unwrap()
                .svg,
        );
        read(&spark(&points, (i16::MIN, i16::MAX)).unwrap());
    }
    let ends = [(i16::MIN, usize::MAX, 1), (i16::MAX, 1, usize::MAX)];
    let chart = activity("b", &ends, "Limits", "").unwrap();
    read(&chart.svg);
}

#[test]
fn thousands_of_events_keep_to_a_few_lanes() {
    let spread: Vec<String> = (0..5_000)
        .map(|n| format!("{}-{:02}-{:02}", 1900 + n / 50, n % 12 + 1, n % 28 + 1))
        .collect();
    let same: Vec<String> = vec!["2013-08-14".to_owned(); 5_000];
    for dates in [spread, same] {
        let dates: Vec<&str> = dates.iter().map(String::as_str).collect();
        let events = Events::read(&dates);
        let points = events.points();
        let chart = topic("t", &points, &words("Many")).unwrap();
        check_flags(&chart.svg, dates.len());
        let lanes: BTreeSet<String> = flags(&chart.svg).into_iter().map(|f| f.2).collect();
        assert!(lanes.len() <= 16, "{}", lanes.len());
        assert!(chart.description.chars().count() < 4_000);
        read(
            &rows("r", &[("Many", points.clone())], &words("Many"))
                .unwrap()
                .svg,
        );
        read(&spark(&points, (1900, 2014)).unwrap());
    }
}

/// Any date that the notation can write, mostly of the same few years.
fn any_date() -> impl Strategy<Value = String> {
    let year = prop_oneof![4 => 2000..2016_i16, 1 => 0..=9999_i16];
    let month = 1..=12_u8;
    let one = prop_oneof![
        3 => (year.clone(), month.clone(), 1..=28_u8).prop_map(|(y, m, d)| format!("{y:04}-{m:02}-{d:02}")),
        2 => (year.clone(), month).prop_map(|(y, m)| format!("{y:04}-{m:02}")),
        1 => (year.clone(), 21..=23_u8).prop_map(|(y, s)| format!("{y:04}-{s}")),
        1 => year.clone().prop_map(|y| format!("{y:04}")),
        1 => year.prop_map(|y| format!("{:03}X", y / 10)),
    ];
    let one = one.boxed();
    prop_oneof![
        6 => one.clone(),
        1 => one.clone().prop_map(|d| format!("{d}/..")),
        1 => one.clone().prop_map(|d| format!("../{d}")),
        2 => (one.clone(), one).prop_map(|(a, b)| {
            let interval = format!("{a}/{b}");
            if Edtf::parse(&interval).is_ok() { interval } else { format!("{b}/{a}") }
        }),
    ]
}

fn any_events() -> impl Strategy<Value = Vec<(Edtf, bool, String)>> {
    let one = (any_date(), any::<bool>(), any::<String>()).prop_filter_map(
        "two dates may each begin within the other",
        |(date, worked, label)| Some((Edtf::parse(&date).ok()?, worked, label)),
    );
    (prop::collection::vec(one, 1..60), any::<bool>()).prop_map(|(mut events, sorted)| {
        if sorted {
            events.sort();
        }
        events
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_topic_is_drawn_without_overlap(events in any_events(), title in any::<String>()) {
        let events = Events(events);
        let points = events.points();
        let chart = topic(&title, &points, &words(&title)).unwrap();
        check_flags(&chart.svg, points.len());
        prop_assert_eq!(&chart, &topic(&title, &points, &words(&title)).unwrap());
    }

    #[test]
    fn any_rows_are_drawn(events in any_events(), names in prop::collection::vec(any::<String>(), 1..4)) {
        let events = Events(events);
        let list: Vec<_> = names.iter().map(|name| (name.as_str(), events.points())).collect();
        let chart = rows("r", &list, &words("Rows")).unwrap();
        read(&chart.svg);
        prop_assert_eq!(&chart, &rows("r", &list, &words("Rows")).unwrap());
    }

    #[test]
    fn any_strip_is_drawn(events in any_events(), years in any::<(i16, i16)>()) {
        let events = Events(events);
        read(&spark(&events.points(), years).unwrap());
    }

    #[test]
    fn any_bars_are_drawn(years in prop::collection::vec((any::<i16>(), 1..usize::MAX, any::<usize>()), 1..80)) {
        read(&activity("b", &years, "Bars", "").unwrap().svg);
    }
}
