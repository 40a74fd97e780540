//! Properties of reading Markdown and weaving threads into it, over generated texts. `fuzz/` checks the same without end.

#[allow(dead_code, reason = "the bodies of all targets stand together")]
#[path = "../fuzz/bodies/mod.rs"]
mod fuzzed;

use fuzzed::weaving as bodies;

use dateline::read::markdown::Flavour;
use proptest::prelude::*;

/// Pieces that Markdown, HTML and people's texts are made of, the nasty ones above all.
const FRAGMENTS: &[&str] = &[
    "a",
    "word ",
    "Seoul said ",
    "개성공단",
    "은 ",
    "“인용”",
    "\"",
    "'",
    " ",
    "  ",
    "\n",
    "\n\n",
    "  \n",
    "\\\n",
    "\t",
    "\r\n",
    "\r",
    "*",
    "**",
    "***",
    "_",
    "__",
    "~~",
    "~",
    "`",
    "``",
    "```\n",
    "```toml\n",
    "    code\n",
    "> ",
    "> > ",
    "- ",
    "1. ",
    "7) ",
    "- [ ] ",
    "- [x] ",
    "# ",
    "## ",
    "###### ",
    "===\n",
    "---\n",
    "***\n",
    "| a | b |\n|---|:-:|\n| c | d |\n",
    "|",
    "\\|",
    "[",
    "]",
    "(",
    ")",
    "[a](b)",
    "[a](https://x.org/?a=1&b=2 \"t\")",
    "[a](javascript:alert(1))",
    "[a](<java&#115;cript:x>)",
    "[a](data:text/html,x)",
    "[a](&#1;javascript:x)",
    "[a](//evil.org)",
    "[a](other.md#x)",
    "[a](\\\\evil)",
    "<https://x.org>",
    "<a@b.org>",
    "<javascript:x>",
    "![alt](i.png)",
    "![al*t*](https://x.org/i.png)",
    "![](https://x.org/i.png)",
    "![",
    "![[i.png]]",
    "[[kaesong]]",
    "[[kaesong|the complex]]",
    "[[a|",
    "[[",
    "]]",
    "[[a|]]",
    "[[a [b] c]]",
    "[^1]",
    "[^2]",
    "[^x]",
    "\n\n[^1]: note\n\n",
    "\n\n[^2]: two *a* [^1]\n\n    more\n\n",
    "\n\n[^x]: - a\n",
    "[@voa]",
    "[@voa \"said\"]",
    "[@voa \"he [Kim] *said*\"; @b]",
    "[@",
    "[@a \"",
    "\\[@a]",
    "&amp;",
    "&lt;script&gt;",
    "&#0;",
    "&#x41;",
    "&",
    "&nbsp;",
    "\0",
    "\u{1}",
    "\u{2028}",
    "<b>",
    "</b>",
    "<strong>",
    "</strong>",
    "<em>",
    "</em>",
    "<br>",
    "<br/>",
    "<span lang=\"ko\" onclick=\"x\">",
    "</span>",
    "<i title='\"><script>'>",
    "</i>",
    "<script>alert(1)</script>",
    "<script>",
    "<style>",
    "<!-- c -->",
    "<!--",
    "<?x?>",
    "<![CDATA[x]]>",
    "<div>",
    "</div>",
    "\n<div>\n",
    "\n\n<table><tr><td>x<td><a href=y>z</a></table>\n\n",
    "\n\n<p>a<p>b<div><p>c</div>d\n\n",
    "\n\n<p><object><p>x</object>y\n\n",
    "\n\n<a href=x><div><a href=y>k</a></div></a>\n\n",
    "\n\n<details><summary>s <b>t</summary>u</details>\n\n",
    "\n\n<img src=x onerror=y>\n\n",
    "\n\n<figure><img src=https://x.org/a.png alt=k><figcaption>c</figure>\n\n",
    "\n\n<ul><li>a<p>b</ul>\n\n",
    "\n\n<h2>a<div>b</div>c</h2>\n\n",
    "\n\n<svg><p><style><a title=\"</style><img src onerror=x>\">\n\n",
    "\n\n<math><mtext><table><mglyph><style><img src onerror=x>\n\n",
    "<a href='x'>",
    "</a>",
    "<x-y>",
    "< b",
    "<",
    ">",
    "\\",
    "\\*",
    "\\<",
    "https://x.org",
    "{",
    "}",
    "$x$",
    "^",
    "[a]: /u\n",
    "[a]",
    "[x [y](z)](w)",
    "[a <https://x.org> b](c)",
    "🇰🇷",
    "e\u{301}",
    "\u{202e}",
    "\u{feff}",
    "。",
];

fn source() -> impl Strategy<Value = String> {
    let fragment = proptest::sample::select(FRAGMENTS).prop_map(str::to_owned);
    let piece = prop_oneof![8 => fragment, 1 => "\\PC{0,6}", 1 => "[ -~\n]{0,8}"];
    prop_oneof![
        8 => proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
    ]
}

fn flavour() -> impl Strategy<Value = Flavour> {
    prop_oneof![Just(Flavour::Corpus), Just(Flavour::Content)]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_markdown_gives_a_sound_document(source in source(), flavour in flavour()) {
        let document = bodies::document(&source, flavour);
        prop_assert_eq!(bodies::check_document(&document), Ok(()));
    }

    #[test]
    fn any_threads_are_woven_without_touching_the_text(
        source in source(),
        flavour in flavour(),
        picks in proptest::collection::vec(any::<(u16, u16, u8)>(), 0..30),
    ) {
        let document = bodies::document(&source, flavour);
        let threads = bodies::threads(&document, &picks);
        prop_assert_eq!(bodies::check_woven(&document, &threads), Ok(()));
    }

    #[test]
    fn fuzz_targets_hold_on_generated_bytes(data in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assert_eq!(bodies::markdown(&data), Ok(()));
        prop_assert_eq!(bodies::weave_threads(&data), Ok(()));
    }
}
