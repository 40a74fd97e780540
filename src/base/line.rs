//! Words in one line.

use std::borrow::Cow;

/// The words of a text with one space between two and none at its ends. Most text is so already, and is lent.
pub fn in_line(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    // All bytes are asked, which takes less time than a decision at each.
    let plain = bytes
        .iter()
        .fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~'));
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    let single = pairs.fold(true, |single, (one, next)| single & !((*one == b' ') & (*next == b' ')));
    if plain && single && !text.starts_with(' ') && !text.ends_with(' ') {
        return text.into();
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        line.push_str(if line.is_empty() { "" } else { " " });
        line.push_str(word);
    }
    line.into()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_that_stand_in_line_are_lent() {
        assert!(matches!(in_line("as it is"), Cow::Borrowed("as it is")));
        assert!(matches!(in_line(""), Cow::Borrowed("")));
    }

    proptest! {
        #[test]
        fn words_have_one_space_between_them(text in "[a\u{a0}가 \n]{0,12}") {
            let words: Vec<&str> = text.split_whitespace().collect();
            prop_assert_eq!(in_line(&text), words.join(" "));
        }
    }
}
