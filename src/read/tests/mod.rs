//! Whole sites, from texts to the model.

mod strange;

use std::sync::Arc;

use super::*;
use crate::base::{Code, Position, SitePath, Source};
use crate::model::{Id, Kind, Speaker};

const CONFIG: &str = "title = \"Briefing\"\n";
const ARTICLE: &str = "+++\ntitle = \"Talks\"\npublished = 2013-08-13\n+++\nText.\n";
const EVENT: &str = "+++\ntitle = \"Round\"\ndate = \"2013-08-14\"\n+++\n";

/// A scan of some texts. The theme is the one of the program.
fn scan_of(files: &[(&str, &str)]) -> Scanned {
    let mut scanned = Scanned::default();
    for (path, text) in files {
        scanned
            .sources
            .insert(Source::new(SitePath::new(path), *text));
    }
    scanned.theme.files = builtin::default_theme();
    scanned.themes = vec!["default".into()];
    scanned
}

/// The site of some texts, and its faults as `path:line:column code`, or `path code` for whole files.
fn site(files: &[(&str, &str)]) -> (Option<Site>, Vec<String>) {
    let scanned = scan_of(files);
    let outcome = load(&scanned, false);
    let told = outcome.diagnostics.iter().map(|d| {
        let path = d.place.path();
        match (&d.place, scanned.sources.get(path)) {
            (crate::base::Place::Span(span), Some(source)) => {
                let Position { line, column } = Position::of(&source.text, span.start);
                format!("{path}:{line}:{column} {}", d.code.as_str())
            }
            _ => format!("{path} {}", d.code.as_str()),
        }
    });
    (outcome.value, told.collect())
}

/// The same with `dateline.toml`.
fn with_config(files: &[(&str, &str)]) -> (Site, Vec<String>) {
    let mut all = vec![("dateline.toml", CONFIG)];
    all.extend_from_slice(files);
    let (site, faults) = site(&all);
    (site.unwrap(), faults)
}

#[test]
fn without_configuration_there_is_no_site() {
    let (site, faults) = site(&[("corpus/a.md", ARTICLE)]);
    assert!(site.is_none());
    assert_eq!(faults, ["dateline.toml no-config"]);
}

#[test]
fn a_small_site() {
    let (site, faults) = with_config(&[
        ("corpus/2013/a.md", ARTICLE),
        ("content/_index.md", "+++\narticle = \"a\"\n+++\nLead.\n"),
        ("content/about.md", "+++\ntitle = \"About\"\n+++\n"),
        ("content/events/e.md", EVENT),
        ("content/people/kim.md", "+++\nname = \"Kim\"\n+++\n"),
        ("content/notes/a.md", "> Text.\n\nA note.\n"),
        (
            "content/overrides/o.toml",
            "[[override]]\narticle = \"a\"\nquote = \"Text\"\nkind = \"entity\"\nverb = \"reject\"\nwhy = \"x\"\n",
        ),
    ]);
    assert_eq!(faults, Vec::<String>::new());
    let article = &site.articles["a"];
    assert_eq!(
        (article.language.as_str(), article.common.slug.as_str()),
        ("en", "a")
    );
    assert_eq!(&*article.common.body.text, "Text.\n");
    assert_eq!(article.common.span.start, 12);
    assert_eq!(site.home.unwrap().article.unwrap().value, Id::new("a"));
    assert_eq!(site.notes["a"][0].quote.value, "Text.");
    assert_eq!(
        (site.overrides.len(), site.pages.len(), site.entities.len()),
        (1, 1, 1)
    );
}

#[test]
fn toml_and_yaml_say_the_same() {
    let toml = "+++\ntitle = \"개성\"\npublished = 2013-08-13\nauthors = [\"A\", \"B\"]\ndigest = true\nevents = [\"e\"]\nbased_on = [\"Yomiuri\"]\n[extra]\nn = 1\nf = 1.5\n+++\nText.\n";
    let yaml = "---\ntitle: 개성\npublished: 2013-08-13\nauthors: [A, B]\ndigest: true\nevents:\n  - e\nbased_on: [\"Yomiuri\"]\nsummary:\nextra:\n  n: 1\n  f: 1.5\n---\nText.\n";
    let read = |text: &str| {
        let (site, faults) = with_config(&[("corpus/a.md", text), ("content/events/e.md", EVENT)]);
        assert_eq!(faults, Vec::<String>::new());
        let mut article = crate::model::Article::clone(&site.articles["a"]);
        // Only the places differ.
        article.common.span = crate::base::Span::top(&SitePath::new("a"));
        article.common.body.offset = 0;
        for place in article.based_on.iter_mut().map(|x| &mut x.span) {
            *place = article.common.span.clone();
        }
        for place in article.events.iter_mut().map(|x| &mut x.span) {
            *place = article.common.span.clone();
        }
        article
    };
    assert_eq!(read(toml), read(yaml));
}

#[test]
fn an_office_may_be_called_a_position() {
    for key in ["role", "position"] {
        let person = format!("+++\nname = \"Kim\"\n{key} = \"minister\"\n+++\n");
        let (site, faults) = with_config(&[("content/people/kim.md", &person)]);
        let role = site.entities[&Id::new("kim")].role.as_deref();
        assert_eq!((role, faults), (Some("minister"), Vec::new()), "{key}");
    }
}

#[test]
fn line_ends_of_windows_change_nothing() {
    let files = [
        ("corpus/a.md", ARTICLE.replace('\n', "\r\n")),
        (
            "content/notes/a.md",
            "> Text.\r\n\r\n**T** A note.\r\n".to_owned(),
        ),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(p, t)| (*p, t.as_str())).collect();
    let (site, faults) = with_config(&files);
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!(site.articles["a"].title, "Talks");
    assert_eq!(site.notes["a"][0].title.as_deref(), Some("T"));
}

#[test]
fn faults_of_articles() {
    let cases = [
        ("+++\ntitle = 1\n+++\n", vec!["corpus/a.md:2:9 wrong-type"]),
        (
            "+++\npublished = 2013-08-13\n+++\n",
            vec!["corpus/a.md:1:1 missing-key"],
        ),
        (
            "+++\ntitle = \"x\"\npublished = 2013\n+++\n",
            vec!["corpus/a.md:3:13 wrong-type"],
        ),
        ("+++\ntitle = \"x\"\n+++\n", vec!["corpus/a.md:2:9 undated"]),
        (
            "+++\ntitle = \"x\"\npublishd = 2013-08-13\n+++\n",
            vec!["corpus/a.md:2:9 undated", "corpus/a.md:3:1 unknown-key"],
        ),
        ("title = \"x\"\n", vec!["corpus/a.md:1:1 no-front-matter"]),
        ("", vec!["corpus/a.md no-front-matter"]),
        ("+++\ntitle = \"x\"\n", vec!["corpus/a.md:1:1 bad-syntax"]),
    ];
    for (text, expected) in cases {
        // A reference to a broken article is no second fault.
        let (_, faults) = with_config(&[("corpus/a.md", text)]);
        assert_eq!(faults, expected, "{text}");
    }
}

#[test]
fn a_broken_file_is_told_once() {
    let event = "+++\ntitle = \"x\"\ndate = \"2013\"\nplace = \"kaesong\"\n+++\n";
    let (site, faults) = with_config(&[
        ("content/events/e.md", event),
        ("content/places/kaesong.md", "+++\nname = 1\n+++\n"),
    ]);
    assert_eq!(faults, ["content/places/kaesong.md:2:8 wrong-type"]);
    assert_eq!(site.events["e"].place, None);
}

#[test]
fn what_editors_narrow_stays_narrow_when_mistyped() {
    let text = ARTICLE.replace("+++\nText", "rights = \"metdata\"\n+++\nText");
    let (site, faults) = with_config(&[("corpus/a.md", &text)]);
    assert_eq!(faults, ["corpus/a.md:4:10 bad-value"]);
    assert_eq!(site.articles["a"].rights, crate::model::Rights::Metadata);
    let (site, _) = with_config(&[(
        "content/people/k.md",
        "+++\nname = \"K\"\nprotect = 1\n+++\n",
    )]);
    assert!(site.entities["k"].protect);
}

#[test]
fn ids_are_unique_and_well_formed() {
    let place = "+++\nname = \"x\"\n+++\n";
    let (site, faults) = with_config(&[
        ("corpus/2013/a.md", ARTICLE),
        ("corpus/2014/a.md", ARTICLE),
        ("corpus/2015/a/index.md", ARTICLE),
        ("corpus/Bad Name.md", ARTICLE),
        ("content/places/x.md", place),
        ("content/terms/x.md", place),
        ("content/events/a.md", EVENT),
        ("content/index.md", "+++\ntitle = \"x\"\n+++\n"),
        ("content/event/a.md", EVENT),
    ]);
    assert_eq!(
        faults,
        [
            "content/event/a.md stray-file",
            "content/index.md bad-id",
            "content/terms/x.md duplicate-id",
            "corpus/2014/a.md duplicate-id",
            "corpus/2015/a/index.md duplicate-id",
            "corpus/Bad Name.md bad-id",
        ]
    );
    assert_eq!(
        site.articles["a"].common.body.path.as_str(),
        "corpus/2013/a.md"
    );
}

#[test]
fn references_resolve_or_are_told() {
    let event = "+++\ntitle = \"x\"\ndate = \"2013\"\nplace = \"kaseong\"\nparticipants = [\"north\", \"e\"]\ntopics = [\"draft\"]\n[[links]]\nrel = \"follows\"\nto = \"e\"\n[[evidence]]\narticle = \"undated\"\nquote = \"q\"\n[[evidence]]\narticle = \"a\"\nquote = \"q\"\n+++\n";
    let scanned = scan_of(&[
        ("dateline.toml", "title = \"x\"\nmenu = [\"abuot\"]\n"),
        ("corpus/a.md", ARTICLE),
        ("corpus/undated.md", "+++\ntitle = \"x\"\n+++\n"),
        ("content/about.md", "+++\ntitle = \"x\"\n+++\n"),
        ("content/events/e.md", event),
        ("content/places/kaesong.md", "+++\nname = \"x\"\n+++\n"),
        (
            "content/topics/draft.md",
            "+++\ntitle = \"x\"\ndraft = true\n+++\n",
        ),
        ("content/notes/aa.md", "> q\n\nn\n"),
        ("content/notes/undated.md", "> q\n\nn\n"),
    ]);
    let outcome = load(&scanned, false);
    let told: Vec<(Code, Option<&str>)> = outcome
        .diagnostics
        .iter()
        .map(|d| (d.code, d.help.as_deref().filter(|help| help.len() < 50)))
        .collect();
    assert_eq!(
        told,
        [
            (Code::UnknownId, Some("did you mean `kaesong`?")),
            (Code::UnknownId, None),
            (
                Code::UnknownId,
                Some("`e` is an event; an entity is needed here")
            ),
            (
                Code::DraftReference,
                Some("publish it: take away its line `draft = true`")
            ),
            (Code::BadValue, None),
            (Code::DraftReference, None),
            (Code::NoteWithoutArticle, Some("did you mean `a`?")),
            (Code::Undated, None),
            (Code::UnknownId, Some("did you mean `about`?")),
        ]
    );
    let site = outcome.value.unwrap();
    let event = &site.events["e"];
    assert!(event.place.is_none() && event.participants.is_empty() && event.topics.is_empty());
    assert_eq!((event.links.len(), event.evidence.len()), (0, 1));
    assert!(site.notes.is_empty());
    let drafts = load(&scanned, true).value.unwrap();
    assert_eq!(drafts.events["e"].topics.len(), 1);
}

#[test]
fn circles_are_cut() {
    let event =
        |of: &str| format!("+++\ntitle = \"x\"\ndate = \"2013\"\npart_of = \"{of}\"\n+++\n");
    let measure = |of: &str| {
        format!(
            "+++\ntitle = \"x\"\nunit = [\"x\"]\nsubset_of = \"{of}\"\nsum_of = [\"{of}\"]\n+++\n"
        )
    };
    let (a, b) = (event("b"), event("a"));
    let m = measure("m");
    let (site, faults) = with_config(&[
        ("content/events/a.md", &a),
        ("content/events/b.md", &b),
        ("content/measures/m.md", &m),
    ]);
    assert_eq!(
        faults,
        [
            "content/events/b.md:4:11 bad-value",
            "content/measures/m.md:4:13 bad-value",
            "content/measures/m.md:5:11 bad-value",
        ]
    );
    assert!(site.events["a"].part_of.is_some() && site.events["b"].part_of.is_none());
    assert!(site.measures["m"].subset_of.is_none() && site.measures["m"].sum_of.is_empty());
}

#[test]
fn slugs_are_unique_per_folder() {
    let slug = |slug: &str| format!("+++\nname = \"x\"\nslug = \"{slug}\"\n+++\n");
    let (x, upper, bad) = (slug("a"), slug("A"), slug("../a"));
    let (_, faults) = with_config(&[
        ("content/places/a.md", "+++\nname = \"x\"\n+++\n"),
        ("content/places/b.md", &x),
        ("content/places/c.md", &upper),
        ("content/people/d.md", &x),
        ("content/people/e.md", &bad),
    ]);
    assert_eq!(
        faults,
        [
            "content/people/e.md:3:8 bad-path",
            "content/places/b.md:3:8 path-clash",
            "content/places/c.md:3:8 path-clash",
        ]
    );
}

#[test]
fn readings_of_a_measure() {
    let reading = |keys: &str| {
        format!(
            "+++\ntitle = \"x\"\nunit = [\"x\"]\n[[values]]\narticle = \"a\"\nquote = \"120, or ten to 20\"\n{keys}\n+++\n"
        )
    };
    type Ends = Option<(Option<f64>, Option<f64>)>;
    let cases: [(&str, Ends, &str); 10] = [
        ("", Some((None, None)), ""),
        (
            "value = 121",
            Some((Some(121.0), Some(121.0))),
            "7:9 value-not-in-quote",
        ),
        (
            "value = 121\nwords = \"ten dozen and one\"",
            Some((Some(121.0), Some(121.0))),
            "",
        ),
        ("value = 120", Some((Some(120.0), Some(120.0))), ""),
        ("min = 10\nmax = 20", Some((Some(10.0), Some(20.0))), ""),
        ("min = 20\nmax = 10", None, "8:7 bad-value"),
        ("min = 20", None, "4:1 missing-key"),
        ("max = 20", None, "4:1 missing-key"),
        ("value = 1\nmax = 20", None, "7:9 bad-value"),
        ("value = \"many\"", None, "7:9 wrong-type"),
    ];
    for (keys, expected, fault) in cases {
        let text = reading(keys);
        let (site, faults) =
            with_config(&[("corpus/a.md", ARTICLE), ("content/measures/m.md", &text)]);
        let ends = site.measures["m"].values.first().map(|r| (r.min, r.max));
        assert_eq!(ends, expected, "{keys}");
        let told: Vec<_> = faults
            .iter()
            .map(|f| f.replace("content/measures/m.md:", ""))
            .collect();
        assert_eq!(told.join(" "), fault, "{keys}");
    }
}

#[test]
fn speakers_are_entities_or_words() {
    let speaker = |who: &str| {
        format!(
            "+++\ntitle = \"x\"\nunit = [\"x\"]\n[[values]]\narticle = \"a\"\nquote = \"q\"\nspeaker = \"{who}\"\n+++\n"
        )
    };
    let read = |who: &str| {
        let text = speaker(who);
        let (site, faults) = with_config(&[
            ("corpus/a.md", ARTICLE),
            (
                "content/people/kim-min-seok.md",
                "+++\nname = \"Kim\"\n+++\n",
            ),
            ("content/measures/m.md", &text),
        ]);
        (site.measures["m"].values[0].speaker.clone(), faults.len())
    };
    let words = |text: &str| Some(Speaker::Words(text.into()));
    assert_eq!(
        read("kim-min-seok"),
        (Some(Speaker::Entity(Id::new("kim-min-seok"))), 0)
    );
    assert_eq!(read("an official"), (words("an official"), 0));
    assert_eq!(read("officials"), (words("officials"), 0));
    assert_eq!(read("kim-min-soek"), (words("kim-min-soek"), 1));
}

#[test]
fn a_value_is_read_as_its_kind_has_it() {
    let cases = [
        ("time", "2013-08-14", "", 1),
        ("time", "\"soon\"", "6:9 bad-value", 0),
        ("figure", "1200", "", 1),
        ("figure", "\"many\"", "6:9 bad-value", 0),
        ("quotation", "\"officials\"", "", 1),
    ];
    for (kind, value, fault, kept) in cases {
        let text = format!(
            "[[override]]\nquote = \"Text\"\nkind = \"{kind}\"\nwhy = \"x\"\nverb = \"set\"\nvalue = {value}\narticle = \"a\"\n"
        );
        let (site, faults) = with_config(&[
            ("corpus/a.md", ARTICLE),
            ("content/overrides/o.toml", &text),
        ]);
        let told = faults.join(" ").replace("content/overrides/o.toml:", "");
        assert_eq!(told, fault, "{kind} {value}");
        assert_eq!(site.overrides.len(), kept, "{kind} {value}");
    }
}

#[test]
fn overrides_need_what_their_verb_needs() {
    let cases = [
        ("verb = \"reject\"\narticle = \"a\"", ""),
        ("verb = \"reject\"", "1:1 missing-key"),
        ("verb = \"reject\"\nscope = \"site\"", ""),
        ("verb = \"reject\"\nscope = \"topic\"", "1:1 missing-key"),
        ("verb = \"retarget\"\narticle = \"a\"", "1:1 missing-key"),
        (
            "verb = \"set\"\narticle = \"a\"\nvalue = 1",
            "5:8 bad-value",
        ),
        (
            "verb = \"add\"\narticle = \"a\"\ntarget = \"nobody\"",
            "7:10 unknown-id",
        ),
        ("verb = \"rejct\"\narticle = \"a\"", "5:8 bad-value"),
        ("article = \"a\"", "1:1 missing-key"),
    ];
    for (keys, fault) in cases {
        let text =
            format!("[[override]]\nquote = \"Text\"\nkind = \"entity\"\nwhy = \"x\"\n{keys}\n");
        let (_, faults) = with_config(&[
            ("corpus/a.md", ARTICLE),
            ("content/overrides/o.toml", &text),
        ]);
        let told: Vec<_> = faults
            .iter()
            .map(|f| f.replace("content/overrides/o.toml:", ""))
            .collect();
        assert_eq!(told.join(" "), fault, "{keys}");
    }
}

#[test]
fn configuration() {
    let text = "title = \"x\"\nstrap = \"s\"\nbase_url = \"https://a.org/b\"\nlanguage = \"en-GB\"\ncname = \"a.org\"\npaginate_by = 0\ntheme_options = { tone = \"ink\" }\n[annotations]\nterms = false\nquotations = false\n[rights]\ndefault = \"excerpt\"\nmax_words = 10\n[extra]\nx = 1\n";
    let (site, faults) = site(&[("dateline.toml", text), ("corpus/a.md", ARTICLE)]);
    assert_eq!(faults, ["dateline.toml:6:15 bad-value"]);
    let site = site.unwrap();
    let config = &site.config;
    assert_eq!(config.base_url.as_deref(), Some("https://a.org/b/"));
    assert_eq!((config.paginate_by, config.feed_limit), (50, 20));
    assert_eq!(config.description.as_deref(), Some("s"));
    assert!(config.layers.people && !config.layers.terms);
    assert!(config.layers.figures && !config.layers.quotations && !config.layers.unlisted);
    assert_eq!(config.theme_options[0].1.value, "ink");
    assert_eq!(site.articles["a"].rights, crate::model::Rights::Excerpt);
    assert_eq!(site.articles["a"].language, "en-GB");
}

#[test]
fn a_broken_configuration_hides_no_other_fault() {
    let (site, faults) = site(&[("dateline.toml", "title = \n"), ("corpus/a.md", "x")]);
    assert!(site.is_some());
    assert_eq!(
        faults,
        [
            "corpus/a.md:1:1 no-front-matter",
            "dateline.toml:1:9 bad-syntax"
        ]
    );
    let mut scanned = scan_of(&[("dateline.toml", "title = \"x\"\ntheme = \"defualt\"\n")]);
    scanned.theme.files.clear();
    let faults = load(&scanned, false).diagnostics;
    assert_eq!(faults[0].code, Code::Theme);
    assert_eq!(faults[0].help.as_deref(), Some("did you mean `default`?"));
}

#[test]
fn attachments_follow_what_is_published() {
    let article = ARTICLE.replace("Text.", "![m](shared.png)");
    let mut scanned = scan_of(&[
        ("dateline.toml", CONFIG),
        ("corpus/a.md", &article),
        (
            "corpus/b.md",
            &article.replace("+++\n!", "rights = \"excerpt\"\n+++\n!"),
        ),
        (
            "corpus/c.md",
            &article.replace("+++\n!", "draft = true\n+++\n!"),
        ),
    ]);
    for path in [
        "corpus/a/x.png",
        "corpus/b/scan.pdf",
        "corpus/c/x.png",
        "corpus/shared.png",
    ] {
        scanned
            .beside
            .insert(SitePath::new(path), Arc::from(&b"x"[..]));
    }
    let site = load(&scanned, false).value.unwrap();
    let told: Vec<(Kind, &str, &str)> = site
        .attachments
        .iter()
        .map(|a| {
            (
                a.owner.as_ref().unwrap().kind,
                a.path.as_str(),
                a.name.as_str(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (Kind::Article, "corpus/shared.png", "shared.png"),
            (Kind::Article, "corpus/a/x.png", "x.png"),
        ]
    );
}

#[test]
fn very_long_lines() {
    let line = "가나다 [x](y.png) ".repeat(50_000);
    let text =
        format!("+++\ntitle = \"x\"\npublished = 2013-08-13\nsummary = \"{line}\"\n+++\n{line}");
    let (site, faults) = with_config(&[("corpus/a.md", &text)]);
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!(site.articles["a"].common.body.text.len(), line.len());
}
