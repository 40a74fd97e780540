//! ‘Did you mean’.

/// The candidate that a mistyped word was most likely meant to be, if any is close: at most a third of its characters
/// differ (Damerau and Levenshtein's distance, which counts a swap of neighbours once). Of equals the first is taken.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |text: &str| text.to_lowercase().replace(['_', ' '], "-");
    let word = plain(word);
    let length = word.chars().count();
    let allowed = (length / 3).max(1);
    candidates
        .into_iter()
        // Lengths alone rule most candidates out, and cost far less than anything that follows.
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= allowed)
        .map(|candidate| {
            let distance = strsim::damerau_levenshtein(&word, &plain(candidate));
            (distance, candidate)
        })
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The same in words, for a hint.
pub fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    nearest(word, candidates).map(|found| format!("did you mean `{found}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_close() {
        let keys = ["published", "publisher", "title", "url"];
        let cases = [
            ("publishd", Some("published")),
            ("Title", Some("title")),
            ("tilte", Some("title")),
            ("ulr", Some("url")),
            ("colour", None),
            ("", None),
        ];
        for (word, expected) in cases {
            assert_eq!(nearest(word, keys), expected, "{word}");
        }
        assert_eq!(nearest("not_topics", ["not-topics"]), Some("not-topics"));
    }
}
