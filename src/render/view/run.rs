//! How a run of words that stands in two texts is shown.

/// A few words of a run, from one sentence.
pub(super) fn shown(run: &str) -> String {
    clipped(of_one_sentence(run))
}

/// The longest piece of a run of words that lies in one sentence, without a quotation mark that opens or closes nothing.
fn of_one_sentence(words: &str) -> &str {
    let ends = words.match_indices(' ').map(|(at, _)| at).filter(|at| {
        let before = words.get(..*at).unwrap_or_default();
        let bare = before.trim_end_matches(['”', '’', '"', '\'', ')']);
        // `U. S.` ends no sentence.
        let initial = || {
            let mut letters = bare.chars().rev().skip(1);
            letters.next().is_some_and(char::is_uppercase)
                && letters.next().is_none_or(|c| !c.is_alphanumeric())
        };
        bare.ends_with(['!', '?']) || (bare.ends_with('.') && !initial())
    });
    let mut starts = vec![0];
    starts.extend(ends.map(|at| at + 1));
    let pieces = starts.iter().enumerate().filter_map(|(i, start)| {
        let end = starts.get(i + 1).map_or(words.len(), |next| next - 1);
        words.get(*start..end)
    });
    let longest = pieces.rev().max_by_key(|piece| piece.split(' ').count());
    let mut piece = longest.unwrap_or(words);
    for (open, close) in [('“', '”'), ('«', '»'), ('(', ')')] {
        if piece.starts_with(open) && !piece.contains(close) {
            piece = piece.trim_start_matches(open);
        }
        if piece.ends_with(close) && !piece.contains(open) {
            piece = piece.trim_end_matches(close);
        }
    }
    piece
}

/// The first words of a long run of words.
fn clipped(words: &str) -> String {
    const SHOWN: usize = 14;
    let mut first: Vec<&str> = words.split(' ').take(SHOWN + 1).collect();
    if first.len() > SHOWN {
        first.truncate(SHOWN);
        first.push("…");
    }
    first.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_told_by_what_lies_in_one_sentence() {
        for (run, expected) in [
            (
                "did not answer questions about the gate. “The",
                "did not answer questions about the gate.",
            ),
            (
                "end. The port authority did not say",
                "The port authority did not say",
            ),
            (
                "the U.S. Senate and the U.S. House",
                "the U.S. Senate and the U.S. House",
            ),
            (
                "went home.” The port authority had not",
                "The port authority had not",
            ),
            ("“The port is closed", "The port is closed"),
            ("said “yes” to the port", "said “yes” to the port"),
            ("", ""),
        ] {
            assert_eq!(of_one_sentence(run), expected, "{run}");
        }
    }
}
