//! Any overrides whatever keep what marks promise.

use proptest::prelude::*;

use super::notes::note;
use super::*;

fn any_override() -> impl Strategy<Value = Override> {
    let text = PARAGRAPHS.join("\n");
    let ends: Vec<usize> = (0..=text.len())
        .filter(|&i| text.is_char_boundary(i))
        .collect();
    let stretch = (0..ends.len(), 1usize..60).prop_map(move |(from, length)| {
        let to = (from + length).min(ends.len() - 1);
        text.get(ends[from.min(to)]..ends[to])
            .unwrap_or("")
            .to_owned()
    });
    let words = prop_oneof![9 => stretch, 1 => "\\PC{0,12}"];
    let kind = proptest::sample::select(vec![
        AnnotationKind::Entity,
        Time,
        Figure,
        Quotation,
        Event,
        AnnotationKind::Note,
    ]);
    let verb = proptest::sample::select(vec![Accept, Reject, Retarget, Set, Add]);
    let scope = proptest::sample::select(vec![Mention, Article, Topic, Site]);
    let target = proptest::sample::select(vec!["", "reed", "brook", "ministry", "nobody"]);
    let value = proptest::sample::select(vec!["", "1901", "120", "quiet harbour", "P1D"]);
    (words, kind, verb, scope, (target, value, 0usize..900)).prop_map(
        |(quote, kind, verb, scope, (target, value, at))| {
            written(kind, verb, scope, &quote)
                .to(target)
                .value(value)
                .at(at)
                .made()
        },
    )
}

/// Whether two ranges share a byte and neither holds the other.
fn cross(a: TextRange, b: TextRange) -> bool {
    a.overlaps(b) && !a.contains(b) && !b.contains(a)
}

proptest! {
    #[test]
    fn overrides_keep_what_marks_promise(overrides in proptest::collection::vec(any_override(), 0..6)) {
        let (annotated, _) = run_with(&overrides, &[note("built in 1901"), note("quiet harbor")]);
        let text = PARAGRAPHS.join("\n");
        for mark in &annotated.marks {
            prop_assert!(text.get(mark.range.indices()).is_some_and(|words| !words.is_empty()));
            if !matches!(mark.kind, MarkKind::Quotation(_)) {
                prop_assert!(!mark.range.of(&text).contains('\n'), "{mark:?}");
            }
        }
        let of = |wanted: fn(&MarkKind) -> bool| -> Vec<TextRange> {
            let these = annotated.marks.iter().filter(|m| wanted(&m.kind));
            these.map(|m| m.range).collect()
        };
        for apart in [
            of(|m| matches!(m, MarkKind::Entity { .. })),
            of(|m| matches!(m, MarkKind::Time(_) | MarkKind::Figure(_) | MarkKind::Unlisted(_))),
        ] {
            for pair in apart.windows(2) {
                prop_assert!(pair[0].end <= pair[1].start, "{pair:?}");
            }
        }
        let said = of(|m| matches!(m, MarkKind::Quotation(_)));
        for (i, a) in said.iter().enumerate() {
            prop_assert!(said[i + 1..].iter().all(|b| !cross(*a, *b)), "{said:?}");
        }
        let again = run_with(&overrides, &[note("built in 1901"), note("quiet harbor")]).0;
        prop_assert_eq!(annotated, again);
    }
}
