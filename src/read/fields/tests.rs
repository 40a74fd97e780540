use super::*;
use crate::base::SitePath;
use crate::read::from_toml;
use crate::read::testing::{at, path};
use crate::read::value::Region;

/// Reads `text` as TOML with `read` and gives what it made of it and the faults in short.
fn with<T>(
    text: &str,
    read: impl FnOnce(&mut Fields<'_, '_>) -> T,
) -> (T, Vec<String>, Vec<Diagnostic>) {
    let path: SitePath = path("a.md");
    let region = Region {
        path: &path,
        text,
        offset: 0,
    };
    let table = from_toml::parse(region).value.unwrap();
    let mut sink = Vec::new();
    let mut fields = Fields::new(&table, Span::top(&path), "a thing", &mut sink);
    let value = read(&mut fields);
    fields.finish();
    let short = at(text, &sink);
    (value, short, sink)
}

/// For each text: whether `read` makes something of it, and which faults it finds.
fn table<T: PartialEq + std::fmt::Debug>(
    cases: &[(&str, T, &[&str])],
    read: impl Fn(&mut Fields<'_, '_>) -> T,
) {
    for (text, expected, faults) in cases {
        let (value, short, _) = with(text, &read);
        assert_eq!(value, *expected, "{text}");
        assert_eq!(short, *faults, "{text}");
    }
}

#[test]
fn strings() {
    table(
        &[
            ("a = \" x \"", Some("x".to_owned()), &[]),
            ("a = \"\"", None, &[]),
            ("", None, &[]),
            ("\na = 2013", None, &["2:5 wrong-type"]),
            ("a = [\"x\"]", None, &["1:5 wrong-type"]),
            ("a = 2013-08-14", None, &["1:5 wrong-type"]),
        ],
        |f| f.string("a"),
    );
    table(
        &[
            ("", false, &["1:1 missing-key"]),
            ("a = \" \"", false, &["1:5 bad-value"]),
            ("a = true", false, &["1:5 wrong-type"]),
            ("a = \"x\"", true, &[]),
        ],
        |f| f.required_string("a").is_some(),
    );
    table(
        &[
            ("a = 2013-08-14", Some("2013-08-14".to_owned()), &[]),
            ("a = 1.5", Some("1.5".to_owned()), &[]),
            ("a = []", None, &["1:5 wrong-type"]),
        ],
        |f| f.any_as_string("a").map(|text| text.value),
    );
}

#[test]
fn truth_and_numbers() {
    table(
        &[
            ("a = true", Some(true), &[]),
            ("a = \"true\"", None, &["1:5 wrong-type"]),
            ("a = 1", None, &["1:5 wrong-type"]),
        ],
        |f| f.bool("a"),
    );
    table(
        &[
            ("a = 3", Some(3), &[]),
            ("a = 0", None, &["1:5 bad-value"]),
            ("a = 10", None, &["1:5 bad-value"]),
            ("a = 1.5", None, &["1:5 wrong-type"]),
            ("a = \"3\"", None, &["1:5 wrong-type"]),
        ],
        |f| f.integer("a", 1..=9),
    );
    table(
        &[
            ("a = 3", Some(3.0), &[]),
            ("a = -1.5", Some(-1.5), &[]),
            ("a = inf", None, &["1:5 bad-value"]),
            ("a = nan", None, &["1:5 bad-value"]),
            ("a = \"3\"", None, &["1:5 wrong-type"]),
        ],
        |f| f.float("a"),
    );
    table(
        &[
            ("a = [37.9, 126]", Some((37.9, 126.0)), &[]),
            ("a = [126, 37.9]", None, &["1:6 bad-value"]),
            ("a = [37, 190]", None, &["1:10 bad-value"]),
            ("a = [37]", None, &["1:5 bad-value"]),
            ("a = [37, \"x\"]", None, &["1:10 wrong-type"]),
            ("a = 37", None, &["1:5 wrong-type"]),
        ],
        |f| f.coordinates("a"),
    );
}

#[test]
fn dates() {
    table(
        &[
            ("a = 2013-08-14", Some("2013-08-14".to_owned()), &[]),
            ("a = \"2013-08-14\"", Some("2013-08-14".to_owned()), &[]),
            ("a = 2013", None, &["1:5 wrong-type"]),
            ("a = \"2013-02-30\"", None, &["1:5 bad-date"]),
            ("a = \"14 August 2013\"", None, &["1:5 bad-date"]),
            ("a = \"20130814\"", None, &["1:5 bad-date"]),
            ("a = \"개성 공단 \"", None, &["1:5 bad-date"]),
            ("a = 2013-08-14T10:00:00Z", None, &["1:5 bad-date"]),
            ("a = 10:00:00", None, &["1:5 bad-date"]),
        ],
        |f| f.date("a").map(|date| date.to_string()),
    );
    table(
        &[
            ("a = \"2002~\"", Some("2002~".to_owned()), &[]),
            ("a = 2002-05-23", Some("2002-05-23".to_owned()), &[]),
            ("a = 2004", Some("2004".to_owned()), &[]),
            ("a = 4", None, &["1:5 wrong-type"]),
            ("a = \"May 2002\"", None, &["1:5 bad-date"]),
            ("", None, &["1:1 missing-key"]),
        ],
        |f| f.required_edtf("a").map(|date| date.to_string()),
    );
}

#[test]
fn words_ids_and_addresses() {
    let words = [("held", 1), ("planned", 2), ("cancelled", 3)];
    table(
        &[
            ("a = \"held\"", Some(1), &[]),
            ("a = \"hold\"", None, &["1:5 bad-value"]),
            ("a = 1", None, &["1:5 wrong-type"]),
        ],
        |f| f.enumeration("a", &words),
    );
    table(
        &[
            ("a = \"https://a.org/\"", true, &[]),
            ("a = \"javascript:alert(1)\"", false, &["1:5 bad-value"]),
            ("a = 1", false, &["1:5 wrong-type"]),
        ],
        |f| f.url("a").is_some(),
    );
    table(
        &[
            ("a = \"en-GB\"", true, &[]),
            ("a = \"English\"", false, &["1:5 bad-value"]),
        ],
        |f| f.language("a").is_some(),
    );
}

#[test]
fn lists() {
    table(
        &[
            ("a = [\"x\", \" y\"]", vec!["x".to_owned(), "y".into()], &[]),
            ("a = [\"x\", \"\"]", vec!["x".into()], &["1:11 bad-value"]),
            ("a = [\"x\", 1]", vec!["x".into()], &["1:11 wrong-type"]),
            ("a = \"x\"", vec![], &["1:5 wrong-type"]),
            ("a = { b = 1 }", vec![], &["1:5 wrong-type"]),
        ],
        |f| f.strings("a"),
    );
    table(
        &[
            ("a = [\"x\", \"x\", \"y\"]", 2, &[]),
            ("a = \"x\"", 0, &["1:5 wrong-type"]),
        ],
        |f| f.ids("a").len(),
    );
    table(
        &[
            ("a = [\"/old/\", \"../x\"]", 1, &["1:15 bad-path"]),
            ("a = \"/old/\"", 0, &["1:5 wrong-type"]),
        ],
        |f| f.paths("a").len(),
    );
}

#[test]
fn tables_and_names() {
    let read = |f: &mut Fields<'_, '_>| {
        f.tables("a", "a link", |link| link.required_string("to"))
            .len()
    };
    table(
        &[
            ("[[a]]\nto = \"x\"\n[[a]]\nto = \"y\"", 2, &[]),
            ("[[a]]\n[[a]]\nto = \"y\"", 1, &["1:1 missing-key"]),
            ("[[a]]\nto = \"y\"\ntoo = 1", 1, &["3:1 unknown-key"]),
            ("[a]\nto = \"y\"", 0, &["1:1 wrong-type"]),
            ("a = [1]", 0, &["1:6 wrong-type"]),
        ],
        read,
    );
    table(
        &[
            ("[a]\nb = 1", Some(Some(1)), &[]),
            ("a = 1", None, &["1:5 wrong-type"]),
            ("[[a]]\nb = 1", None, &["1:1 wrong-type"]),
        ],
        |f| f.table("a", "the rules", |rules| rules.integer("b", 0..=9)),
    );
    table(
        &[
            ("name_ko = \"개성\"", "ko=개성 ".to_owned(), &[]),
            ("name_zh_Hant = \"x\"", "zh-Hant=x ".into(), &[]),
            ("name_korean = \"x\"", String::new(), &["1:1 bad-value"]),
            ("name_ko = 1", String::new(), &["1:11 wrong-type"]),
            ("name_ = 1", String::new(), &["1:1 unknown-key"]),
        ],
        |f| {
            f.names()
                .iter()
                .map(|(tag, name)| format!("{tag}={name} "))
                .collect()
        },
    );
}

#[test]
fn anything_goes_into_extra() {
    let (value, faults, _) = with("[a]\nb = [1, 2.5, \"x\"]\nc = 2013-08-14", |f| f.extra("a"));
    assert_eq!(value.to_string(), r#"{"b":[1,2.5,"x"],"c":"2013-08-14"}"#);
    assert!(faults.is_empty());
    let (value, faults, _) = with("a = 1", |f| f.extra("a"));
    assert_eq!(value.to_string(), "{}");
    assert_eq!(faults, ["1:5 wrong-type"]);
}

#[test]
fn messages_say_what_to_write() {
    let (_, _, faults) = with(
        "published = 2013\ntopics = \"kaesong\"\ntilte = 1\nodd = 1\n",
        |f| {
            f.date("published");
            f.ids("topics");
            f.string("title");
        },
    );
    let told: Vec<(&str, Option<&str>)> = faults
        .iter()
        .map(|d| (d.message.as_str(), d.help.as_deref()))
        .collect();
    assert_eq!(
        told,
        [
            (
                "`published` must be a date such as 2013-08-14, not the number 2013",
                None
            ),
            (
                "`topics` must be a list of texts, not the text ‘kaesong’",
                Some("write brackets around it: `topics = [\"kaesong\"]`")
            ),
            (
                "a thing has no key `tilte`; it is ignored",
                Some("did you mean `title`?")
            ),
            ("a thing has no key `odd`; it is ignored", None),
        ]
    );
    let (_, _, faults) = with("[[links]]\nsummary = \"x\"\n", |f| {
        f.string("summary");
        f.tables("links", "a link", |_| Some(()));
    });
    assert_eq!(
        faults[0].help.as_deref(),
        Some(
            "`summary` below a heading in brackets belongs to that heading; move the line above the first of them"
        )
    );
}
