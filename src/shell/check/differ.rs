//! What differs between two short texts, word by word.

/// A run of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// In both.
    Same(&'a str),
    /// In the old text only.
    Old(&'a str),
    /// In the new text only.
    New(&'a str),
}

/// How many pairs of words are compared at most; of longer texts the middles count as different as a whole.
const MOST: usize = 1_000_000;

/// The words of both texts in order, with as many as can be the same (the longest common subsequence).
pub(super) fn words<'a>(old: &'a str, new: &'a str) -> Vec<Piece<'a>> {
    let old: Vec<&str> = old.split_whitespace().collect();
    let new: Vec<&str> = new.split_whitespace().collect();
    let pairs = old.iter().zip(&new);
    let head = pairs.take_while(|(a, b)| a == b).count();
    let (same, old) = old.split_at(head);
    let new = new.get(head..).unwrap_or_default();
    let pairs = old.iter().rev().zip(new.iter().rev());
    let tail = pairs.take_while(|(a, b)| a == b).count();
    let (old, end) = old.split_at(old.len() - tail);
    let new = new.get(..new.len() - tail).unwrap_or_default();
    let mut pieces: Vec<Piece> = same.iter().map(|word| Piece::Same(word)).collect();
    if old.len() * new.len() > MOST {
        pieces.extend(old.iter().map(|word| Piece::Old(word)));
        pieces.extend(new.iter().map(|word| Piece::New(word)));
    } else {
        middle(old, new, &mut pieces);
    }
    pieces.extend(end.iter().map(|word| Piece::Same(word)));
    pieces
}

/// Aligns words by the table of the lengths of common subsequences of their ends.
fn middle<'a>(old: &[&'a str], new: &[&'a str], pieces: &mut Vec<Piece<'a>>) {
    let width = new.len() + 1;
    let mut common = vec![0u32; (old.len() + 1) * width];
    let at = |common: &[u32], i: usize, j: usize| common.get(i * width + j).copied().unwrap_or(0);
    for (i, a) in old.iter().enumerate().rev() {
        for (j, b) in new.iter().enumerate().rev() {
            let longest = match a == b {
                true => at(&common, i + 1, j + 1) + 1,
                false => at(&common, i + 1, j).max(at(&common, i, j + 1)),
            };
            if let Some(cell) = common.get_mut(i * width + j) {
                *cell = longest;
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    loop {
        match (old.get(i), new.get(j)) {
            (Some(a), Some(b)) if a == b => {
                pieces.push(Piece::Same(a));
                (i, j) = (i + 1, j + 1);
            }
            (Some(a), b) if b.is_none() || at(&common, i + 1, j) >= at(&common, i, j + 1) => {
                pieces.push(Piece::Old(a));
                i += 1;
            }
            (_, Some(b)) => {
                pieces.push(Piece::New(b));
                j += 1;
            }
            _ => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &str, new: &str) -> String {
        let show = |piece: Piece| match piece {
            Piece::Same(word) => word.to_owned(),
            Piece::Old(word) => format!("-{word}"),
            Piece::New(word) => format!("+{word}"),
        };
        let pieces: Vec<String> = words(old, new).into_iter().map(show).collect();
        pieces.join(" ")
    }

    #[test]
    fn as_much_as_can_be_is_the_same() {
        for (old, new, expected) in [
            ("a b c", "a b c", "a b c"),
            ("a b c", "a x c", "a -b +x c"),
            ("a b c d", "b d e", "-a b -c d +e"),
            ("", "a b", "+a +b"),
            ("a", "", "-a"),
            ("", "", ""),
            (
                "the old port was built",
                "the port was newly built",
                "the -old port was +newly built",
            ),
        ] {
            assert_eq!(shown(old, new), expected);
        }
    }

    #[test]
    fn very_long_texts_are_not_compared_in_the_middle() {
        let (old, new) = ("x ".repeat(2_000), "y x ".repeat(1_000));
        let pieces = words(&old, &new);
        assert!(pieces.len() >= 3_999);
    }

    proptest::proptest! {
        #[test]
        fn both_texts_come_back(old in "[abc ]{0,30}", new in "[abc ]{0,30}") {
            let pieces = words(&old, &new);
            let of = |wanted: fn(&Piece) -> bool| {
                let these = pieces.iter().filter(|p| wanted(p)).map(|p| match p {
                    Piece::Same(w) | Piece::Old(w) | Piece::New(w) => *w,
                });
                these.collect::<Vec<_>>().join(" ")
            };
            let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            proptest::prop_assert_eq!(of(|p| !matches!(p, Piece::New(_))), plain(&old));
            proptest::prop_assert_eq!(of(|p| !matches!(p, Piece::Old(_))), plain(&new));
        }
    }
}
