//! Parts of files (RFC 9110, section 14).

use std::ops::Range;

/// What a `Range` header asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// The whole: the header is not usable, or asks for several parts, which a server need not give.
    Whole,
    /// These bytes, at least one of them.
    Bytes(Range<usize>),
    /// Nothing that is there.
    Beyond,
}

/// Reads a `Range` header for a file of `length` bytes.
pub(super) fn part(header: &str, length: usize) -> Part {
    let Some((unit, ranges)) = header.split_once('=') else {
        return Part::Whole;
    };
    let Some((first, last)) = ranges.split_once('-') else {
        return Part::Whole;
    };
    if !unit.trim().eq_ignore_ascii_case("bytes") || last.contains([',', '-']) {
        return Part::Whole;
    }
    let range = match (number(first.trim()), number(last.trim())) {
        (Number::Is(first), Number::Is(last)) if first > last => return Part::Whole,
        (Number::Is(first), Number::Is(last)) => first..last.saturating_add(1).min(length),
        (Number::Is(first), Number::None) => first..length,
        (Number::None, Number::Is(last)) => length.saturating_sub(last)..length,
        _ => return Part::Whole,
    };
    match range.start < range.end {
        true => Part::Bytes(range),
        false => Part::Beyond,
    }
}

enum Number {
    Is(usize),
    None,
    Wrong,
}

/// Digits and nothing else. A number too large to count with is as good as the largest.
fn number(text: &str) -> Number {
    match text {
        "" => Number::None,
        _ if text.bytes().all(|b| b.is_ascii_digit()) => {
            Number::Is(text.parse().unwrap_or(usize::MAX))
        }
        _ => Number::Wrong,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ranges_as_the_rules_have_them() {
        let bytes = |range| Part::Bytes(range);
        for (header, expected) in [
            ("bytes=0-0", bytes(0..1)),
            ("bytes=2-4", bytes(2..5)),
            ("Bytes = 2 - 4", bytes(2..5)),
            ("bytes=5-", bytes(5..10)),
            ("bytes=-3", bytes(7..10)),
            ("bytes=-99", bytes(0..10)),
            ("bytes=8-99", bytes(8..10)),
            ("bytes=0-99999999999999999999999999", bytes(0..10)),
            ("bytes=10-", Part::Beyond),
            ("bytes=10-12", Part::Beyond),
            ("bytes=-0", Part::Beyond),
            ("bytes=4-2", Part::Whole),
            ("bytes=0-1,4-5", Part::Whole),
            ("bytes=-", Part::Whole),
            ("bytes=--1", Part::Whole),
            ("bytes=a-b", Part::Whole),
            ("bytes=+1-2", Part::Whole),
            ("lines=1-2", Part::Whole),
            ("", Part::Whole),
        ] {
            assert_eq!(part(header, 10), expected, "{header}");
        }
        assert_eq!(part("bytes=0-", 0), Part::Beyond);
    }

    proptest! {
        #[test]
        fn no_part_leaves_the_file(header in "(bytes=)?[0-9a,= -]{0,24}", length in 0usize..40) {
            if let Part::Bytes(range) = part(&header, length) {
                prop_assert!(range.start < range.end && range.end <= length);
            }
        }
    }
}
