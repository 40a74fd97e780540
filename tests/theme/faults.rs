//! Faults in templates are told at their place, and none brings the program down.

use std::sync::Arc;

use dateline::base::{Code, Diagnostic, Outcome, Place};
use dateline::render::strings::Strings;
use dateline::render::theme::Theme;

use super::samples::{Words, rich, site};
use super::{default_files, own};

/// The default theme with templates of the site.
fn load(templates: &[(&str, &str)]) -> Outcome<Option<Theme>> {
    let mut files = default_files();
    files.overrides = templates
        .iter()
        .map(|(path, text)| own(text, &format!("templates/{path}")))
        .collect();
    let strings = Arc::new(Strings::load(&files, "en").value);
    Theme::load(&files, &[], &strings)
}

/// The one fault of a site's template, with what its place covers.
fn only_fault<'a>(templates: &[(&str, &'a str)]) -> (Diagnostic, &'a str) {
    let mut faults = load(templates).diagnostics;
    assert_eq!(faults.len(), 1, "{faults:#?}");
    let fault = faults.remove(0);
    let covered = covered(&fault, templates);
    (fault, covered)
}

fn covered<'a>(fault: &Diagnostic, templates: &[(&str, &'a str)]) -> &'a str {
    let Place::Span(span) = &fault.place else {
        return "";
    };
    let path = span.path.as_str();
    let (_, text) = templates
        .iter()
        .find(|(name, _)| path == format!("templates/templates/{name}"))
        .unwrap();
    &text[span.start as usize..span.end as usize]
}

/// The fault that rendering an article brings.
fn render_fault(template: &str) -> (Diagnostic, String) {
    let list = [("article.html", template)];
    let theme = load(&list);
    assert_eq!(theme.diagnostics, []);
    let theme = theme.value.unwrap();
    let sample = &rich(Words::Plain)[1];
    let site = Theme::site(&site(Words::Plain, theme.options())).unwrap();
    let fault = *theme
        .render("article.html", &sample.page, &sample.view, &site)
        .unwrap_err();
    let covered = covered(&fault, &list).to_owned();
    (fault, covered)
}

#[test]
fn a_site_replaces_a_template_and_reaches_the_one_it_replaced() {
    let theme = load(&[(
        "article.html",
        "{% extends \"theme/article.html\" %}{% block title %}Mine: {{ page.title }}{% endblock %}",
    )]);
    assert_eq!(theme.diagnostics, []);
    let theme = theme.value.unwrap();
    let sample = &rich(Words::Plain)[1];
    let site = Theme::site(&site(Words::Plain, theme.options())).unwrap();
    let html = theme
        .render("article.html", &sample.page, &sample.view, &site)
        .unwrap();
    assert!(html.contains("<title>Mine: Talks called off</title>"));
    assert!(html.contains("class=\"rail layers\""));
}

#[test]
fn a_site_replaces_the_base_of_all_pages_and_single_components() {
    let list = [
        (
            "base.html",
            "{% extends \"theme/base.html\" %}{% block policy %}<meta name=\"own\" content=\"base\">{% endblock %}",
        ),
        (
            "parts.html",
            "{% component names(of) %}<!-- {{ of | length }} names -->{% endcomponent %}",
        ),
    ];
    let theme = load(&list);
    assert_eq!(theme.diagnostics, []);
    let theme = theme.value.unwrap();
    let sample = &rich(Words::Plain)[5];
    let site = Theme::site(&site(Words::Plain, theme.options())).unwrap();
    let html = theme
        .render("topic.html", &sample.page, &sample.view, &site)
        .unwrap();
    assert!(html.contains("<meta name=\"own\" content=\"base\">"));
    assert!(html.contains("<h1>Milldam<!-- 1 names --></h1>"));
}

#[test]
fn syntax_is_told_for_every_file() {
    let theme = load(&[
        ("a.html", "fine\n{% if x %}never closed"),
        ("b.html", "{{ 1 + }}"),
        ("c.html", "{{ fine }}"),
    ]);
    assert!(theme.value.is_none());
    let told: Vec<_> = theme
        .diagnostics
        .iter()
        .map(|d| (d.code, d.place.path().file_name().to_owned()))
        .collect();
    let want = |name: &str| (Code::Template, name.to_owned());
    assert_eq!(told, [want("a.html"), want("b.html")]);
}

#[test]
fn unknown_names_are_told_where_they_stand() {
    for (template, words, covers) in [
        (
            "개성\n {{ view.title | upercase }}",
            "Unknown filter `upercase`",
            "upercase",
        ),
        (
            "{{ nothing(x=1) }}",
            "Unknown function `nothing`",
            "nothing",
        ),
        (
            "{% if view is purple %}{% endif %}",
            "Unknown test `purple`",
            "purple",
        ),
        (
            "{% include \"gone.html\" %}",
            "Unknown template `gone.html`",
            "\"gone.html\"",
        ),
        ("{{ <gone /> }}", "Unknown component `gone`", "gone"),
    ] {
        let (fault, place) = only_fault(&[("x.html", template)]);
        assert_eq!(
            (fault.code, fault.message.as_str()),
            (Code::Template, words)
        );
        assert!(
            place
                .trim_matches(['<', '"', ' '])
                .starts_with(covers.trim_matches('"')),
            "{place:?} for {covers:?}"
        );
    }
}

#[test]
fn a_missing_parent_is_told_where_it_is_named() {
    let (fault, place) = only_fault(&[("x.html", "{% extends \"gone.html\" %}")]);
    assert_eq!(place, "\"gone.html\"");
    assert!(fault.message.contains("‘gone.html’, which is not there"));
}

#[test]
fn every_component_that_two_templates_define_is_told() {
    let twice = "{% component a() %}1{% endcomponent %}{% component b() %}2{% endcomponent %}";
    let faults = load(&[("x.html", twice), ("y.html", twice)]).diagnostics;
    let told = faults
        .iter()
        .map(|fault| (fault.place.path().as_str(), fault.message.as_str()));
    let place = "templates/templates/y.html";
    let message =
        |name| format!("the component ‘{name}’ is defined in ‘templates/templates/x.html’ too");
    let (a, b) = (message("a"), message("b"));
    assert_eq!(told.collect::<Vec<_>>(), [(place, &*a), (place, &*b)]);
}

#[test]
fn circles_are_found_when_templates_are_loaded() {
    let (fault, _) = only_fault(&[
        ("x.html", "{% extends \"y.html\" %}"),
        ("y.html", "{% extends \"x.html\" %}"),
    ]);
    assert!(
        fault.message.contains("x.html → y.html"),
        "{}",
        fault.message
    );
    let (fault, place) = only_fault(&[
        ("x.html", "{% include \"y.html\" %}"),
        ("y.html", "{% include \"x.html\" %}"),
    ]);
    assert!(
        fault.message.ends_with("x.html → y.html → x.html"),
        "{}",
        fault.message
    );
    assert_eq!(place, "\"x.html\"");
    let (fault, place) = only_fault(&[(
        "x.html",
        "{% component a(n) %}{{ <b n={n} /> }}{% endcomponent %}{% component b(n) %}{{ <a n={n} /> }}{% endcomponent %}",
    )]);
    assert_eq!(fault.message, "rendering would never end: <a> → <b> → <a>");
    assert_eq!(place, "a");
    // A template that includes itself by way of a component.
    let (fault, _) = only_fault(&[(
        "x.html",
        "{% component own() %}{% include \"x.html\" %}{% endcomponent %}{{ <own /> }}",
    )]);
    assert!(fault.message.contains("x.html"), "{}", fault.message);
}

#[test]
fn what_a_page_does_not_have_is_told_with_the_page() {
    for (template, covers, words) in [
        ("a\n{{ vew.title }}", "vew", "the template names ‘vew’"),
        ("{{ view.titel }}", "titel", "Field `titel` is not defined"),
        ("{{ view.extra.deep.er }}", "deep", "`deep` is not defined"),
        ("{{ view.title + 1 }}", "view.title", "both operands"),
        ("{{ view.title | first }}", "", "Invalid type"),
        (
            "{{ t(key=\"nav.\" ~ \"gone\") }}",
            "",
            "no interface string ‘nav.gone’",
        ),
        ("{{ throw(message=\"stop\") }}", "", "stop"),
        ("{{ <date d=\"x\" long={[1][4]} /> }}", "", ""),
    ] {
        let (fault, place) = render_fault(template);
        assert_eq!(fault.code, Code::Render);
        assert!(fault.message.contains(words), "{}", fault.message);
        assert!(place.contains(covers), "{place:?} for {covers:?}");
        let page = "(on the page ‘articles/sample/’)";
        assert!(fault.message.ends_with(page), "{}", fault.message);
    }
}

#[test]
fn a_missing_string_is_told_once_and_shows_its_key() {
    let template = "{{ t(key=\"nav.topcs\") }}{{ t(key=\"nav.topcs\") }}";
    let list = [("article.html", template)];
    let theme = load(&list);
    let [fault] = &theme.diagnostics[..] else {
        panic!("{:#?}", theme.diagnostics);
    };
    assert_eq!(fault.code, Code::MissingString);
    assert_eq!(covered(fault, &list), "\"nav.topcs\"");
    assert_eq!(fault.help.as_deref(), Some("did you mean ‘nav.topics’?"));
    let theme = theme.value.as_ref().unwrap();
    let sample = &rich(Words::Plain)[1];
    let site = Theme::site(&site(Words::Plain, theme.options())).unwrap();
    let html = theme.render("article.html", &sample.page, &sample.view, &site);
    assert_eq!(html.unwrap(), "nav.topcsnav.topcs");
}

#[test]
fn a_theme_without_its_files_says_which() {
    let mut files = default_files();
    files.files.remove("theme.toml");
    files.files.remove("templates/event.html");
    let strings = Arc::new(Strings::load(&files, "en").value);
    let theme = Theme::load(&files, &[], &strings);
    assert!(theme.value.is_none());
    let told: Vec<_> = theme.diagnostics.iter().map(|d| &d.message).collect();
    assert_eq!(
        told,
        [
            "the theme ‘default’ has no theme.toml",
            "the theme has no template ‘event.html’"
        ]
    );
}

#[test]
fn files_that_cannot_be_served_or_read_are_told() {
    let mut files = default_files();
    files.overrides = [
        own("x", "static/a?b.css"),
        own("x", "templates/theme/article.html"),
    ]
    .into();
    let (name, mut bad) = own("", "templates/bad.html");
    bad.bytes = vec![0xff, 0xfe].into();
    files.overrides.insert(name, bad);
    let strings = Arc::new(Strings::load(&files, "en").value);
    let codes: Vec<_> = Theme::load(&files, &[], &strings)
        .diagnostics
        .iter()
        .map(|d| d.code)
        .collect();
    assert_eq!(codes, [Code::BadPath, Code::NotUtf8, Code::Theme]);
}

#[test]
fn odd_templates_are_told_and_do_no_harm() {
    for odd in [
        "",
        "{",
        "{{",
        "{%",
        "{{ }}",
        "{% %}",
        "{{ \"",
        "{{ '한글 | x }}",
        "{% block %}",
        "{% component %}",
        "{% component a( %}",
        "{% extends %}",
        "{% for x in %}{% endfor %}",
        "{{ <a",
        "{{ a.b[ }}",
        "\u{feff}{{ 1 / 0 }}",
        "{% if %}",
        "{# never closed",
        "{{ 999999999999999999999999999999999999999999 }}",
    ] {
        let outcome = load(&[("odd.html", odd)]);
        for fault in &outcome.diagnostics {
            let path = fault.place.path().as_str();
            assert_eq!(path, "templates/templates/odd.html", "{odd:?}: {fault:?}");
            covered(fault, &[("odd.html", odd)]);
        }
    }
    let deep = format!(
        "{}x{}",
        "{% if true %}".repeat(500),
        "{% endif %}".repeat(500)
    );
    assert_eq!(load(&[("deep.html", &deep)]).diagnostics.len(), 1);
}
