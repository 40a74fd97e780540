//! Words in one line.

use std::borrow::Cow;

/// The words of a text with one space between two and none at its ends. Most text is so already, and is lent.
pub fn in_line(text: &str) -> Cow<'_, str> {
    let mut spaced = true;
    let plain = text.bytes().all(|byte| {
        let fits = byte.is_ascii_graphic() || (byte == b' ' && !spaced);
        spaced = byte == b' ';
        fits
    });
    if plain && !text.ends_with(' ') {
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
