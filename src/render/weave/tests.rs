use super::*;
use crate::base::SitePath;
use crate::model::{Block, BlockKind, Body, LinkKind, Op, TextLink};

/// A document of one paragraph, from a notation of its own so that `read` is not needed: `*…*` is `em`, `[…]` a link.
fn paragraph(notation: &str) -> Document {
    let mut text = String::new();
    let mut inner = Vec::new();
    let mut emphasis = false;
    let body = Body {
        text: notation.into(),
        path: SitePath::new("a.md"),
        offset: 0,
    };
    for c in notation.chars() {
        let op = match c {
            '*' if emphasis => Op::CloseInline("em"),
            '*' => Op::OpenInline {
                tag: "em",
                attributes: Box::default(),
            },
            '[' => Op::OpenLink(Box::new(TextLink {
                href: "u".to_owned(),
                kind: LinkKind::Fragment,
                title: None,
                span: body.span(0..0),
            })),
            ']' => Op::CloseInline("a"),
            '^' => Op::FootnoteMark { number: 1, mark: 1 },
            c => {
                let start = text.len();
                text.push(c);
                Op::Text(TextRange::new(start, text.len()))
            }
        };
        emphasis ^= c == '*';
        match (inner.last_mut(), op) {
            (Some(Op::Text(last)), Op::Text(range)) => last.end = range.end,
            (_, op) => inner.push(op),
        }
    }
    let range = TextRange::new(0, text.len());
    let open = Op::OpenBlock {
        tag: "p",
        head: None,
        block: Some(0),
    };
    let mut ops = vec![Op::Top(0), open];
    ops.extend(inner);
    ops.push(Op::CloseBlock("p"));
    Document {
        text: text.into(),
        segments: Vec::new(),
        blocks: vec![Block {
            range,
            kind: BlockKind::Paragraph,
            top: 0,
            paragraph: Some(1),
        }],
        ops,
        headings: Vec::new(),
        wiki_links: Vec::new(),
        citations: Vec::new(),
        images: Vec::new(),
        body,
    }
}

fn thread(start: usize, end: usize, element: &'static str) -> Thread {
    Thread::new(TextRange::new(start, end), element)
}

fn link(start: usize, end: usize) -> Thread {
    Thread {
        href: Some("#x".to_owned()),
        ..thread(start, end, "a")
    }
}

fn html(notation: &str, threads: &[Thread]) -> String {
    let context = Context {
        apparatus: true,
        ..Context::plain()
    };
    let woven = weave(&paragraph(notation), threads, &context);
    let html: String = woven.blocks.into_iter().map(|block| block.html).collect();
    html.trim_start_matches("<p>")
        .trim_end_matches("</p>")
        .to_owned()
}

#[test]
fn a_thread_around_an_element_stays_open() {
    assert_eq!(
        html("a *b* c", &[thread(0, 5, "q")]),
        "<q>a <em>b</em> c</q>"
    );
    assert_eq!(
        html("a *b* c", &[thread(2, 3, "q")]),
        "a <q><em>b</em></q> c"
    );
    assert_eq!(html("a *bc*", &[thread(2, 3, "q")]), "a <em><q>b</q>c</em>");
}

#[test]
fn a_thread_that_crosses_an_element_is_divided() {
    assert_eq!(
        html("a *bc* d", &[thread(0, 3, "q")]),
        "<q>a </q><em><q>b</q>c</em> d"
    );
    assert_eq!(
        html("a *bc* d", &[thread(3, 6, "q")]),
        "a <em>b<q>c</q></em><q> d</q>"
    );
}

#[test]
fn threads_that_overlap_are_divided_and_the_first_piece_has_the_id() {
    let with_id = |thread: Thread, id: &str| Thread {
        id: Some(id.to_owned()),
        ..thread
    };
    let threads = [
        with_id(thread(0, 4, "q"), "one"),
        with_id(thread(2, 6, "time"), "two"),
    ];
    assert_eq!(
        html("abcdef", &threads),
        "<q id=\"one\">ab<time id=\"two\">cd</time></q><time>ef</time>"
    );
}

#[test]
fn equal_ranges_nest_by_rank() {
    let inner = Thread {
        rank: 2,
        ..thread(0, 1, "time")
    };
    let outer = Thread {
        rank: 1,
        ..link(0, 1)
    };
    assert_eq!(
        html("a", &[inner, outer]),
        "<a href=\"#x\"><time>a</time></a>"
    );
}

#[test]
fn no_link_stands_in_a_link() {
    assert_eq!(
        html("[ab]", &[link(0, 2)]),
        "<a href=\"u\"><span>ab</span></a>"
    );
    assert_eq!(
        html("a[b]c", &[link(0, 3)]),
        "<a href=\"#x\">a</a><a href=\"u\"><span>b</span></a><a href=\"#x\">c</a>"
    );
    assert_eq!(
        html("*[a]*", &[link(0, 1)]),
        "<em><a href=\"u\"><span>a</span></a></em>"
    );
    assert_eq!(
        html("abc", &[link(0, 2), link(1, 3)]),
        "<a href=\"#x\">a<span>b</span></a><a href=\"#x\">c</a>"
    );
}

#[test]
fn what_comes_after_waits_for_the_end_of_a_link() {
    let noted = Thread {
        after: Some("<b>1</b>".to_owned()),
        ..thread(0, 1, "q")
    };
    assert_eq!(
        html("ab", std::slice::from_ref(&noted)),
        "<q>a</q><b>1</b>b"
    );
    assert_eq!(
        html("[ab]c", &[noted]),
        "<a href=\"u\"><q>a</q>b</a><b>1</b>c"
    );
    let mark = "<a class=\"ref\" id=\"f1\" href=\"#fn1\" role=\"doc-noteref\">1</a>";
    assert_eq!(html("[a^b]", &[]), format!("<a href=\"u\">ab</a>{mark}"));
    assert_eq!(
        html("a^", &[link(0, 1)]),
        format!("<a href=\"#x\">a</a>{mark}")
    );
}

#[test]
fn points_have_no_element() {
    let point = |at| Thread {
        after: Some("|".to_owned()),
        id: Some("x".to_owned()),
        ..thread(at, at, "q")
    };
    assert_eq!(
        html("ab", &[point(0), point(1), point(2), point(99)]),
        "|a|b||"
    );
}

#[test]
fn ranges_that_do_not_fit_are_made_to() {
    assert_eq!(html("개성", &[thread(1, 5, "q")]), "<q>개</q>성");
    assert_eq!(html("ab", &[thread(1, 900, "q")]), "a<q>b</q>");
    assert_eq!(
        html("ab", &[Thread::new(TextRange { start: 2, end: 1 }, "q")]),
        "ab"
    );
}

#[test]
fn everything_is_escaped() {
    let hostile = Thread {
        attributes: vec![("title", "\"><script>".to_owned())],
        href: Some("a b\"&<".to_owned()),
        ..thread(0, 3, "a")
    };
    assert_eq!(
        html("<&>", &[hostile]),
        "<a href=\"a%20b%22&amp;%3C\" title=\"&quot;&gt;&lt;script&gt;\">&lt;&amp;&gt;</a>"
    );
}

#[test]
fn paragraphs_are_numbered_when_asked() {
    let context = Context {
        paragraph: Some(&|number| format!("<b>{number}</b>")),
        ..Context::plain()
    };
    let woven = weave(&paragraph("a"), &[], &context);
    assert_eq!(
        woven.blocks,
        [WovenBlock {
            top: 0,
            html: "<p id=\"p1\"><b>1</b>a</p>".to_owned()
        }]
    );
}

#[test]
fn thousands_of_overlaps_are_bounded() {
    let notation = "a".repeat(4000);
    let threads: Vec<_> = (0..2000).map(|i| thread(i, i + 2000, "q")).collect();
    let html = html(&notation, &threads);
    assert!(html.len() < 4000 * 64 * 8, "{}", html.len());
    assert_eq!(html.replace("<q>", "").replace("</q>", ""), notation);
}
