//! Texts that nobody would write.

use proptest::prelude::*;

use super::scan_of;
use crate::base::Place;
use crate::read::load;

/// Something like what an editor writes, with faults of every sort in it.
fn near_content() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "+++\n",
        "---\n",
        "+++",
        "title = ",
        "title: ",
        "\"x\"",
        "published = 2013-08-14",
        "date: 2002~",
        "[",
        "]",
        "{",
        "}",
        "\n",
        "\r\n",
        "> ",
        "**",
        "a.b.c = ",
        "[[values]]\n",
        "[[override]]\n",
        "[extra]\n",
        "개성",
        "\u{feff}",
        "- ",
        "&a ",
        "*a ",
        "!t ",
        "'",
        "\"\"\"",
        "# ",
        "](x.png)",
        "![",
        "\\",
        "\0",
        ": ",
        "name = \"K\"\n",
        "value = 1e999\n",
    ]);
    prop::collection::vec(
        prop_oneof![4 => piece.prop_map(str::to_owned), 1 => ".{0,8}"],
        0..40,
    )
    .prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// Nothing that can stand in a file makes the program panic, and every place is in its file.
    #[test]
    fn no_text_is_too_strange(text in prop_oneof![near_content(), any::<String>()]) {
        let paths = [
            "corpus/a.md", "content/_index.md", "content/about.md", "content/topics/t.md", "content/events/e.md",
            "content/people/p.md", "content/measures/m.md", "content/notes/a.md", "content/overrides/o.toml",
            "content/overrides/y.yaml", "dateline.toml",
        ];
        let wrapped = format!("+++\ntitle = \"x\"\npublished = 2013-08-13\n+++\n{text}");
        for text in [&text, &wrapped] {
            let files: Vec<(&str, &str)> = paths.iter().map(|path| (*path, text.as_str())).collect();
            for diagnostic in load(&scan_of(&files), true).diagnostics {
                if let Place::Span(span) = &diagnostic.place {
                    prop_assert!(span.start <= span.end && span.end as usize <= text.len());
                    prop_assert!(text.is_char_boundary(span.start as usize));
                }
            }
        }
    }
}
