//! Every template renders whatever its view may be, escapes it, and keeps to the rules of the page.

use std::collections::BTreeMap;

use dateline::render::theme::{TEMPLATES, Theme};

use super::default_theme;
use super::samples::{Sample, Words, bare, rich, site};

fn render(theme: &Theme, words: Words, sample: &Sample) -> String {
    let site = Theme::site(&site(words, theme.options())).unwrap();
    theme
        .render(sample.template, &sample.page, &sample.view, &site)
        .unwrap_or_else(|fault| panic!("{}: {fault:#?}", sample.template))
}

fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    html.match_indices(&start)
        .filter_map(|(at, _)| html.get(at + start.len()..)?.split('"').next())
        .collect()
}

#[test]
fn every_template_is_among_the_samples() {
    let mut seen: Vec<_> = rich(Words::Plain).iter().map(|s| s.template).collect();
    seen.push("base.html");
    seen.sort_unstable();
    seen.dedup();
    let mut all = TEMPLATES.to_vec();
    all.sort_unstable();
    assert_eq!(seen, all);
}

#[test]
fn words_of_views_never_become_markup() {
    let theme = default_theme("en");
    for sample in rich(Words::Hostile) {
        let html = render(&theme, Words::Hostile, &sample);
        assert!(!html.contains("<script>"), "{}", sample.template);
        assert!(html.contains("&lt;script&gt;"), "{}", sample.template);
        assert!(
            html.contains("&amp;amp;"),
            "{}: words are escaped once, whatever is in them",
            sample.template
        );
        assert!(!html.contains("&amp;lt;"), "{}: twice", sample.template);
    }
}

#[test]
fn pages_keep_to_their_content_policy() {
    let theme = default_theme("en");
    for sample in rich(Words::Plain) {
        let html = render(&theme, Words::Plain, &sample);
        let name = sample.template;
        assert!(
            !html.contains(" style=") && !html.contains("<style"),
            "{name}"
        );
        for event in [
            " onclick",
            " onload",
            " onerror",
            " onfocus",
            " onchange",
            " onsubmit",
        ] {
            assert!(!html.contains(event), "{name}: {event}");
        }
        let scripts: Vec<&str> = html.split("<script").skip(1).collect();
        assert!(
            scripts.iter().all(|s| s.starts_with(" src=\"")
                || s.starts_with(" type=\"application/ld+json\"")),
            "{name}"
        );
        assert_eq!(
            html.matches("http-equiv=\"Content-Security-Policy\"")
                .count(),
            1
        );
    }
}

#[test]
fn ids_are_unique_and_local_links_lead_somewhere() {
    let theme = default_theme("en");
    for sample in rich(Words::Plain) {
        let html = render(&theme, Words::Plain, &sample);
        let mut ids: BTreeMap<&str, usize> = BTreeMap::new();
        for id in attributes(&html, "id") {
            *ids.entry(id).or_default() += 1;
        }
        let twice: Vec<_> = ids.iter().filter(|(_, n)| **n > 1).collect();
        assert_eq!(twice, [], "{} {}", sample.template, sample.page.path);
        for refers in ["href", "aria-labelledby", "for", "data-copy"] {
            for value in attributes(&html, refers) {
                let targets = match (refers, value.strip_prefix('#')) {
                    ("href", Some(target)) => vec![target],
                    ("href", None) => vec![],
                    _ => value.split(' ').collect(),
                };
                for target in targets {
                    // Disagreements and footnotes are linked from views that these samples shorten.
                    let elsewhere = target.starts_with("dis-") || target.starts_with("fr-");
                    assert!(
                        elsewhere || ids.contains_key(target),
                        "{}: {refers} to {target}",
                        sample.template
                    );
                }
            }
        }
    }
}

#[test]
fn headings_go_down_one_level_at_a_time() {
    let theme = default_theme("en");
    for sample in rich(Words::Plain).iter().chain(&bare(true)) {
        let html = render(&theme, Words::Plain, sample);
        let mut last = 0;
        for (at, _) in html.match_indices("<h") {
            let Some(level) = html[at + 2..].chars().next().and_then(|c| c.to_digit(10)) else {
                continue;
            };
            let path = &sample.page.path;
            assert!(
                level <= last + 1,
                "{} {path}: h{last} h{level}",
                sample.template
            );
            last = level;
        }
        assert_eq!(html.matches("<h1").count(), 1, "{}", sample.template);
        assert_eq!(html.matches("<main").count(), 1, "{}", sample.template);
    }
}

#[test]
fn views_with_little_or_nothing_in_them_render() {
    for language in ["en", "ko"] {
        let theme = default_theme(language);
        for sample in bare(false).iter().chain(&bare(true)) {
            let html = render(&theme, Words::Plain, sample);
            let text = html.split("<body").nth(1).unwrap();
            assert!(text.contains("<h1"), "{}", sample.template);
            for sign in [
                "null",
                "None",
                "[object",
                "undefined",
                "<ul></ul>",
                "<dl></dl>",
            ] {
                assert!(!text.contains(sign), "{}: {sign}", sample.template);
            }
        }
    }
}

#[test]
fn a_page_says_its_language_and_that_of_its_text() {
    let theme = default_theme("ko");
    let samples = rich(Words::Plain);
    let foreign = samples.iter().find(|s| s.page.language == "ko").unwrap();
    let html = render(&theme, Words::Plain, foreign);
    assert!(html.contains("<h1 lang=\"ko\">"));
    assert!(html.contains("<span lang=\"ko\" class=\"also\">통일부</span>"));
    assert!(html.contains("관련 사건"), "the interface is Korean");
}

#[test]
fn options_of_the_site_reach_the_page() {
    use dateline::base::{SitePath, Span, Spanned};
    use dateline::render::strings::Strings;
    let files = super::default_files();
    let strings = std::sync::Arc::new(Strings::load(&files, "en").value);
    let span = Span::top(&SitePath::new("dateline.toml"));
    let option = |name: &str, value: serde_json::Value| {
        (
            Spanned::new(name.to_owned(), span.clone()),
            Spanned::new(value, span.clone()),
        )
    };
    let given = [
        option("switch", false.into()),
        option("scheme", "dark".into()),
        option("paragraph_numbers", false.into()),
    ];
    let plain = Theme::load(&files, &[], &strings).value.unwrap();
    let theme = Theme::load(&files, &given, &strings);
    assert_eq!(theme.diagnostics, []);
    let theme = theme.value.unwrap();
    let html = render(&theme, Words::Plain, &rich(Words::Plain)[1]);
    assert!(html.contains("<html lang=\"en\" data-theme=\"dark\">"));
    assert!(!html.contains("name=\"theme\"") && html.contains("no-pn"));
    assert_ne!(plain.hash(), theme.hash());
}

#[test]
fn static_files_are_served_below_assets_and_stay_small() {
    let theme = default_theme("en");
    let size = |path: &str| {
        let asset = theme.assets().iter().find(|a| a.path.as_str() == path);
        asset.map(|a| a.size).unwrap_or_default()
    };
    assert!((1..35_000).contains(&size("assets/style.css")));
    assert!((1..9_000).contains(&size("assets/script.js")));
    assert!(size("assets/fonts/OFL.txt") > 0 && size("assets/icon.svg") > 0);
}
