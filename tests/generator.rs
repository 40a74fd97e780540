//! What is expected of any generator of sites: redirects, lists over several pages, files beside articles, overrides of the
//! theme, and reasons for what is written.

mod support;

use support::Fixture;

fn article(n: usize) -> String {
    format!(
        "+++\ntitle = \"Article {n}\"\npublished = 2024-01-{n:02}\n+++\n\nWords of article {n}.\n"
    )
}

#[test]
fn old_paths_lead_on() {
    let fixture = Fixture::site()
        .write(
            "corpus/a.md",
            "+++\ntitle = \"A\"\npublished = 2024-01-01\nslug = \"new\"\naliases = [\"/old/a/\", \"/older.html\"]\n+++\n\nWords.\n",
        );
    assert_eq!(fixture.run(["build"]).code, 0);
    let old = fixture.read("public/old/a/index.html");
    assert!(
        old.contains("<meta http-equiv=\"refresh\" content=\"0; url=../../articles/new/\""),
        "{old}"
    );
    assert!(
        fixture
            .read("public/older.html")
            .contains("url=articles/new/")
    );
}

#[test]
fn long_lists_are_divided_by_date() {
    let mut fixture = Fixture::new().write("dateline.toml", "title = \"T\"\npaginate_by = 2\n");
    for n in 1..=5 {
        let text = format!(
            "+++\ntitle = \"Article {n}\"\npublished = 201{}-0{n}-02\n+++\n\nWords.\n",
            n / 3
        );
        fixture = fixture.write(&format!("corpus/a{n}.md"), text);
    }
    assert_eq!(fixture.run(["build"]).code, 0);
    let pages = [
        ("articles", ["Article 5", "Article 4"].as_slice()),
        ("articles/2010", &["Article 2", "Article 1"]),
        ("articles/2011", &[]),
        ("articles/2011/01-06", &[]),
        ("articles/2011/01-03", &["Article 3"]),
        ("articles/2011/04-06", &["Article 5", "Article 4"]),
    ];
    for (page, titles) in pages {
        let html = fixture.read(&format!("public/{page}/index.html"));
        let mut listed: Vec<_> = (1..=5)
            .map(|n| format!("Article {n}"))
            .filter_map(|title| Some((html.find(&title)?, title)))
            .collect();
        listed.sort();
        let listed: Vec<_> = listed.into_iter().map(|(_, title)| title).collect();
        assert_eq!(listed, titles, "{page}");
    }
    let lists = fixture.public();
    let lists = lists
        .iter()
        .filter(|path| path.starts_with("articles/20") || *path == "articles/index.html");
    assert_eq!(lists.count(), pages.len());
    let year = fixture.read("public/articles/2011/index.html");
    for link in [
        "href=\"../../articles/2011/04-06/\"",
        "href=\"../../articles/\"",
        "href=\"../../articles/2010/\"",
    ] {
        assert!(year.contains(link), "{link} is not in {year}");
    }
}

#[test]
fn files_beside_an_article_go_with_it() {
    let fixture = Fixture::site()
        .write("corpus/a.md", "+++\ntitle = \"A\"\npublished = 2024-01-01\n+++\n\n![A map](map.png) and [data](more/t.csv).\n")
        .write("corpus/a/map.png", b"png")
        .write("corpus/a/more/t.csv", b"a,b");
    assert_eq!(fixture.run(["build"]).code, 0);
    let files = fixture.public();
    for path in ["articles/a/map.png", "articles/a/more/t.csv"] {
        assert!(
            files.contains(&path.to_owned()),
            "{path} is not among {files:?}"
        );
    }
}

#[test]
fn the_site_replaces_parts_of_the_theme() {
    let fixture = Fixture::site()
        .write("content/about.md", "+++\ntitle = \"About\"\n+++\n\nWords.\n")
        .write("templates/plain.html", "{% extends \"theme/plain.html\" %}{% block main %}OURS {{ view.title }}{% endblock main %}")
        .write("templates/i18n/en.toml", "[nav]\nsearch = \"Find\"\n")
        .write("templates/static/icon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    let ran = fixture.run(["build"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let page = fixture.read("public/about/index.html");
    assert!(page.contains("OURS About"), "{page}");
    assert!(page.contains(">Find</a>"), "{page}");
    assert_eq!(
        fixture.read("public/assets/icon.svg"),
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"
    );
}

#[test]
fn links_to_source_files_lead_to_their_pages() {
    let fixture = Fixture::site().write("corpus/2024/a.md", article(1)).write(
        "content/about.md",
        "+++\ntitle = \"About\"\n+++\n\n[One](../corpus/2024/a.md#s1), [none](missing.md).\n",
    );
    let ran = fixture.run(["build"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains("error[broken-link]") && ran.err.contains("content/about.md:5:32"),
        "{}",
        ran.err
    );
    fixture.edit(
        "content/about.md",
        "+++\ntitle = \"About\"\n+++\n\n[One](../corpus/2024/a.md#s1).\n",
    );
    assert_eq!(fixture.run(["build"]).code, 0);
    assert!(
        fixture
            .read("public/about/index.html")
            .contains("href=\"../articles/a/#s1\"")
    );
}

#[test]
fn it_is_told_why_a_page_changed() {
    let fixture = Fixture::site()
        .write("corpus/a.md", article(1))
        .write("corpus/b.md", article(2));
    assert_eq!(fixture.run(["build"]).code, 0);
    let again = fixture.run(["build", "--explain"]);
    assert!(!again.out.contains("articles/"), "{}", again.out);
    fixture.edit("corpus/a.md", article(1).replace("Words of", "Lines of"));
    let ran = fixture.run(["build", "--explain"]);
    assert!(
        ran.out.contains("articles/a/index.html: changed in text"),
        "{}",
        ran.out
    );
    assert!(!ran.out.contains("articles/b/index.html"), "{}", ran.out);
}
