//! What Markdown becomes: text, blocks and faults, and as HTML.

use dateline::base::{Code, Diagnostic, Outcome, Place, SitePath, TextRange};
use dateline::model::{BlockKind, Body, Document, LinkKind, Op};
use dateline::read::markdown::{Flavour, parse};
use dateline::render::weave::{Context, Thread, Wiki, Words, plain_html, weave};

fn read(source: &str, flavour: Flavour) -> Outcome<Document> {
    let body = Body {
        text: source.into(),
        path: SitePath::new("content/a.md"),
        offset: 0,
    };
    parse(&body, flavour)
}

fn content(source: &str) -> Document {
    read(source, Flavour::Content).value
}

fn corpus(source: &str) -> Document {
    read(source, Flavour::Corpus).value
}

/// Code and source words of each fault.
fn faults(source: &str, flavour: Flavour) -> Vec<(Code, String)> {
    let fault = |d: Diagnostic| match d.place {
        Place::Span(span) => (
            d.code,
            source[span.start as usize..span.end as usize].to_owned(),
        ),
        Place::File(_) => (d.code, String::new()),
    };
    read(source, flavour)
        .diagnostics
        .into_iter()
        .map(fault)
        .collect()
}

fn words(document: &Document, range: TextRange) -> &str {
    range.of(&document.text)
}

#[test]
fn text_is_projected_and_leads_back() {
    let source = "One **bold** &amp; two\nthree.\n\n- item `code`\n\n> quoted";
    let document = content(source);
    assert_eq!(&*document.text, "One bold & two three.\nitem code\nquoted");
    let at = document.text.find("bold & two").expect("is there");
    let span = document.span(TextRange::new(at, at + "bold & two".len()));
    assert_eq!(
        &source[span.start as usize..span.end as usize],
        "bold** &amp; two"
    );
    let code = document.text.find("code").expect("is there");
    let span = document.span(TextRange::new(code, code + 4));
    assert_eq!(&source[span.start as usize..span.end as usize], "code");
}

#[test]
fn paragraphs_count_as_readers_see_them() {
    let source = "# Head\n\none\n\n> two\n\n- three\n- four\n  - five\n\n1. six\n\n   seven\n\n| a |\n|---|\n| b |\n\n```\nc\n```\n\n![x](i.png)\n\neight[^1]\n\n[^1]: note\n";
    let document = content(source);
    let numbered: Vec<_> = document
        .blocks
        .iter()
        .filter_map(|b| Some((b.paragraph?, words(&document, b.range), b.top)))
        .collect();
    let expected = [
        (1, "one", 1),
        (2, "two", 2),
        (3, "three", 3),
        (4, "four", 3),
        (5, "five", 3),
        (6, "six", 4),
        (7, "seven", 4),
        (8, "eight", 8),
    ];
    assert_eq!(numbered, expected);
    let others: Vec<_> = document
        .blocks
        .iter()
        .filter(|b| b.paragraph.is_none())
        .map(|b| b.kind)
        .collect();
    assert_eq!(
        others,
        [
            BlockKind::Heading,
            BlockKind::Cell,
            BlockKind::Cell,
            BlockKind::Code,
            BlockKind::Footnote
        ]
    );
}

#[test]
fn structure_is_written_as_html() {
    let html = |source| plain_html(&content(source));
    assert_eq!(
        html("a *b* ~~c~~  \nd"),
        "<p>a <em>b</em> <del>c</del><br>\nd</p>"
    );
    assert_eq!(
        html("3. a\n4. b"),
        "<ol start=\"3\"><li>a</li><li>b</li></ol>"
    );
    assert_eq!(
        html("- a\n  # h\n  b"),
        "<ul><li>a<h1 id=\"h\">h</h1><p>b</p></li></ul>"
    );
    assert_eq!(
        html("| a | b |\n|---|--:|\n| c | d |"),
        "<div class=\"scroll\" role=\"region\" aria-label=\"\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">a</th>\
         <th scope=\"col\" class=\"right\">b</th></tr></thead><tbody><tr><td>c</td><td class=\"right\">d</td></tr></tbody></table></div>"
    );
    assert_eq!(
        html("```x\na < b\n```"),
        "<pre tabindex=\"0\"><code>a &lt; b</code></pre>"
    );
    assert_eq!(html("a\n\n---"), "<p>a</p>\n<hr>");
}

#[test]
fn text_is_never_altered() {
    let source = "\"Quotes\" -- and... https://a.org 'x'";
    assert_eq!(&*content(source).text, source);
    assert!(!plain_html(&content(source)).contains("<a"));
}

#[test]
fn headings_have_ids() {
    let document = content("# Kaesong\n\n## 개성 *공단*\n\n# Kaesong\n\n# Notes\n\n#\n");
    let ids: Vec<_> = document
        .headings
        .iter()
        .map(|h| (h.level, h.id.as_str()))
        .collect();
    assert_eq!(
        ids,
        [
            (1, "kaesong"),
            (2, "개성-공단"),
            (1, "kaesong-2"),
            (1, "h-notes"),
            (1, "section")
        ]
    );
}

#[test]
fn links_by_id_keep_target_and_words() {
    let document = content(
        "[[kaesong]] and [[ topic:x |the *complex*]] `[[c]]` [[d|]]\n\n| a |\n|---|\n| [[e\\|f]] |",
    );
    let links: Vec<_> = document
        .wiki_links
        .iter()
        .map(|w| (w.target.as_str(), words(&document, w.range), w.bare))
        .collect();
    assert_eq!(
        links,
        [
            ("kaesong", "kaesong", true),
            ("topic:x", "the complex", false),
            ("d", "d", true),
            ("e", "f", false),
        ]
    );
}

#[test]
fn citations_stand_in_content_only_and_not_in_code() {
    let source = "x [@voa \"he [Kim] *said*\"; @b] `[@c]` \\[@d] [see [@e]](u)\n\n    [@f]\n";
    let document = content(source);
    let places: Vec<_> = document
        .citations
        .iter()
        .flat_map(|c| &c.places)
        .map(|p| (p.article.as_str(), p.quote.as_deref()))
        .collect();
    assert_eq!(
        places,
        [("voa", Some("he [Kim] *said*")), ("b", None), ("e", None)]
    );
    assert_eq!(&*document.text, "x  [@c] [@d] see \n[@f]");
    let first = &document.citations[0].places[0].span;
    assert_eq!(
        &source[first.start as usize..first.end as usize],
        "@voa \"he [Kim] *said*\""
    );
    assert_eq!(&*corpus("x [@voa]").text, "x [@voa]");
    assert_eq!(
        faults("a [@voa \"open] b", Flavour::Content),
        [(Code::Markdown, "[@".to_owned())]
    );
}

#[test]
fn a_citation_at_the_beginning_stands_at_its_block() {
    let document = content("a\n\n[@b] c");
    assert_eq!(document.citations[0].at, 2);
    assert_eq!(&*document.text, "a\n c");
}

#[test]
fn footnotes_are_gathered_and_numbered_by_their_marks() {
    let source = "x[^b] y[^a] z[^b]\n\n[^a]: first\n\n[^b]: second\n\n    more[^c]\n\n[^c]: third\n\n[^d]: lost\n";
    let document = content(source);
    assert_eq!(&*document.text, "x y z\nsecond\nmore\nfirst\nthird\nlost");
    let marks: Vec<_> = document
        .ops
        .iter()
        .filter_map(|op| match op {
            Op::FootnoteMark { number, mark } => Some((*number, *mark)),
            Op::FootnoteBack { number, marks } => Some((*number + 100, *marks)),
            _ => None,
        })
        .collect();
    assert_eq!(
        marks,
        [
            (1, 1),
            (2, 1),
            (1, 2),
            (3, 1),
            (101, 2),
            (102, 1),
            (103, 1),
            (104, 0)
        ]
    );
    assert_eq!(
        faults(source, Flavour::Content),
        [(Code::Markdown, "[^d]:"[..4].to_owned())]
    );
    assert!(plain_html(&document).ends_with(
        "<ol class=\"fn\"><li id=\"fn1\"><p>second</p><p>more</p></li><li id=\"fn2\">first</li>\
         <li id=\"fn3\">third</li><li id=\"fn4\">lost</li></ol>"
    ));
}

#[test]
fn only_safe_addresses_become_links() {
    let source =
        "[a](javascript:x) [b](java&#10;script:x) [c](https://x.org \"t\") [d](other.md) <e@f.org>";
    let document = corpus(source);
    let links: Vec<_> = document
        .links()
        .map(|l| (l.href.as_str(), l.kind, l.title.as_deref()))
        .collect();
    assert_eq!(
        links,
        [
            ("https://x.org", LinkKind::External, Some("t")),
            ("other.md", LinkKind::Relative, None),
            ("mailto:e@f.org", LinkKind::Mail, None),
        ]
    );
    assert_eq!(&*document.text, "a b c d e@f.org");
    assert_eq!(
        faults(source, Flavour::Corpus),
        [
            (Code::UnsafeLink, "[a](javascript:x)".to_owned()),
            (Code::UnsafeLink, "[b](java&#10;script:x)".to_owned())
        ]
    );
    assert!(
        plain_html(&document)
            .contains("<a href=\"https://x.org\" rel=\"external noopener\" title=\"t\">c</a>")
    );
}

#[test]
fn images_are_of_this_site_or_links() {
    let html = |source| plain_html(&content(source));
    assert_eq!(
        html("![a *b*](my%20map.png \"t\")"),
        "<p><img src=\"my%20map.png\" title=\"t\" alt=\"a b\" loading=\"lazy\"></p>"
    );
    assert_eq!(
        html("![a](https://x.org/i.png)"),
        "<p><a href=\"https://x.org/i.png\" rel=\"external noopener\">a</a></p>"
    );
    assert!(html("![](https://x.org/i.png)").ends_with(">https://x.org/i.png</a></p>"));
    assert_eq!(html("![a](data:image/png;x)"), "<p>a</p>");
    assert_eq!(
        faults("![a](//x.org/i.png)", Flavour::Corpus)[0].0,
        Code::UnsafeLink
    );
}

#[test]
fn html_in_articles_is_text() {
    let source = "<script>x</script>\n\na <b>c</b> <i>d</i> <strong>\"인용\"</strong>은<br>e";
    assert_eq!(
        plain_html(&corpus(source)),
        "<p>&lt;script&gt;x&lt;/script&gt;</p>\n\
         <p>a &lt;b&gt;c&lt;/b&gt; &lt;i&gt;d&lt;/i&gt; <strong>\"인용\"</strong>은<br>\ne</p>"
    );
    let codes: Vec<_> = faults(source, Flavour::Corpus);
    assert_eq!(
        codes,
        [
            (Code::RawHtml, "<script>x</script>\n".to_owned()),
            (Code::RawHtml, "<b>".to_owned())
        ]
    );
    assert_eq!(
        plain_html(&corpus("<strong>\na\n</strong>")),
        "<p><strong>\na\n</strong></p>"
    );
    assert_eq!(faults("<strong>\na\n</strong>", Flavour::Corpus), []);
}

#[test]
fn html_in_content_is_cleaned_and_balanced() {
    let html = |source| plain_html(&content(source));
    assert_eq!(
        html("a <span lang=ko onclick=x>b *c</span> d* <u>e</u> f</b>"),
        "<p>a <span lang=\"ko\">b <em>c d</em> e f</span></p>"
    );
    assert_eq!(
        html("<div class=x>\n<p onclick=y>a &lt; <b>b\n</div>\n\nc"),
        "<div><p>a &lt; <b>b\n</b></p></div>\n<p>c</p>"
    );
    assert_eq!(html("<script>\nx\n</script>"), "");
    assert_eq!(
        html("<p><a href='javascript:x'>a</a> <a href='y.md'>b</a>"),
        "<p>a <a href=\"y.md\">b</a></p>"
    );
    let document = content("<table><tr><td>cell &amp; all</table>");
    assert_eq!(&*document.text, "cell & all");
    assert_eq!(document.blocks[0].kind, BlockKind::Cell);
    assert_eq!(
        faults("a <u>b</u> <u>c</u>\n\nd</i>", Flavour::Content).len(),
        2
    );
}

#[test]
fn asterisks_that_fail_are_told() {
    let source = "북한은 **\"인용\"**은 말했다";
    let found = read(source, Flavour::Corpus).diagnostics;
    assert_eq!(
        faults(source, Flavour::Corpus),
        [(Code::Markdown, "**\"인용\"**".to_owned())]
    );
    assert_eq!(
        found[0].help.as_deref(),
        Some("write <strong>\"인용\"</strong> instead")
    );
    for fine in [
        "2**3 and 4**5",
        "**\"a\"** b",
        "`**\"a\"**b`",
        "\\*\\*\"a\"\\*\\*b",
        "** a **b",
    ] {
        assert_eq!(faults(fine, Flavour::Corpus), [], "{fine}");
    }
}

#[test]
fn depth_is_bounded_and_costs_no_stack() {
    let quotes = format!("{}deep", "> ".repeat(50_000));
    let document = corpus(&quotes);
    assert_eq!(&*document.text, "deep");
    assert!(document.ops.len() < 300);
    assert_eq!(faults(&quotes, Flavour::Corpus).len(), 1);
    let lists = format!("{}deep", "- ".repeat(50_000));
    assert_eq!(&*corpus(&lists).text, "deep");
    let emphasis = format!("{}x{}", "*a ".repeat(5_000), " b*".repeat(5_000));
    assert!(plain_html(&corpus(&emphasis)).matches("<em>").count() <= 64);
    let raw = format!("x {}", "<b><i>".repeat(50_000));
    assert!(plain_html(&content(&raw)).len() < 2000);
}

#[test]
fn long_lines_take_time_in_proportion() {
    // Each of these, read with a cost of the square, would run for long.
    for piece in [
        "word ",
        "*a ",
        "[[a ",
        "[@a \"",
        "**\"a\"**b ",
        "<b>",
        "`a",
        "[^1] ",
        "![a](",
        "&amp;",
        "\0",
    ] {
        let source = piece.repeat(60_000 / piece.len());
        for flavour in [Flavour::Corpus, Flavour::Content] {
            let document = read(&source, flavour).value;
            assert!(document.text.len() <= source.len() * 3);
        }
    }
}

#[test]
fn a_page_gives_links_names_and_footnotes_their_place() {
    let document =
        content("# Top\n\n[[kaesong]] [m](other.md#x) [@a][^1]\n\n- [x] done\n\n[^1]: note");
    let words = Words {
        note: "Note ",
        back: "Back to note {n}",
        table: "Table",
        done: "Done",
        open: "To do",
    };
    let context = Context {
        wiki: &|_| Wiki {
            href: Some("../k/".to_owned()),
            name: Some("Kaesong & co".to_owned()),
            attributes: vec![("class", "e".to_owned())],
        },
        citation: &|index| format!("<a href=\"#c{index}\">A</a>"),
        relative: &|href| {
            href.strip_prefix("other.md")
                .map(|rest| format!("../other/{rest}"))
        },
        ids: "n1-",
        words,
        apparatus: true,
        ..Context::plain()
    };
    let sentence = Thread {
        id: Some("s2".to_owned()),
        ..Thread::new(TextRange::new(4, 14), "span")
    };
    let woven = weave(&document, &[sentence], &context);
    let blocks: Vec<_> = woven
        .blocks
        .iter()
        .map(|block| (block.top, block.html.as_str()))
        .collect();
    assert_eq!(
        blocks,
        [
            (0, "<h1 id=\"n1-h-top\">Top</h1>"),
            (
                1,
                "<p><span id=\"s2\"><a href=\"../k/\" class=\"e\">Kaesong &amp; co</a> <a href=\"../other/#x\">m</a> </span>\
                 <a href=\"#c0\">A</a><a class=\"ref\" id=\"n1-f1\" href=\"#n1-fn1\" role=\"doc-noteref\"><span class=\"vh\">Note </span>1</a></p>"
            ),
            (
                2,
                "<ul><li><input type=\"checkbox\" disabled checked aria-label=\"Done\">done</li></ul>"
            ),
        ]
    );
    assert_eq!(
        woven.footnotes_html.as_deref(),
        Some(
            "<ol class=\"fn\"><li id=\"n1-fn1\">note <a href=\"#n1-f1\" role=\"doc-backlink\" aria-label=\"Back to note 1\">↑</a></li></ol>"
        )
    );
}

#[test]
fn control_characters_written_as_references_are_replaced() {
    for source in [
        "a&#27;b [x](y \"t&#x1b;\") ![z](w.png '&#8;') `c`\n",
        "<p title=\"&#27;\">a&#27;b</p>\n",
        "<b title='&#x9b;'>b</b> text\n",
        "```a&#27;\nc\n```\n",
    ] {
        let html = plain_html(&content(source));
        assert!(
            !html.contains(|c: char| c.is_control() && c != '\n'),
            "{html:?}"
        );
    }
}

#[test]
fn several_tables_are_told_apart() {
    let words = Words {
        note: "",
        back: "{n}",
        table: "Table",
        done: "",
        open: "",
    };
    let context = Context {
        words,
        ..Context::plain()
    };
    let html = |source| {
        let woven = weave(&content(source), &[], &context);
        woven.blocks.into_iter().map(|b| b.html).collect::<String>()
    };
    assert!(html("| a |\n| - |\n").contains("aria-label=\"Table\""));
    let two = html("| a |\n| - |\n\ntext\n\n| b |\n| - |\n");
    assert!(two.contains("aria-label=\"Table 1\"") && two.contains("aria-label=\"Table 2\""));
}

#[test]
fn images_know_where_they_are_written() {
    let source = "x ![a](b.png)\n\n<img src=\"c.png\" alt=\"\">\n";
    let images = content(source).images;
    let at = |i: usize| &source[images[i].span.start as usize..images[i].span.end as usize];
    assert_eq!((images[0].src.as_str(), at(0)), ("b.png", "![a](b.png)"));
    assert_eq!(images[1].src, "c.png");
}
