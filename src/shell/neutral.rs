//! Texts of unknown origin, made safe to print.

use std::path::Path;

/// The text with every character replaced that could steer a terminal or turn the order of what is shown: control characters
/// by their pictures (U+2400 and following), those without a picture and bidirectional ones by U+FFFD. Tabs stay. The
/// replacement goes character by character, so the parts of a text may be made safe one by one.
pub(super) fn neutral(text: &str) -> String {
    text.chars().map(neutral_char).collect()
}

fn neutral_char(c: char) -> char {
    match c {
        '\t' => c,
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200e}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{e0001}'..='\u{e007f}' => '\u{fffd}',
        _ => c,
    }
}

/// A message on one line, cut where it grows beyond a screen.
pub(super) fn one_line(text: &str) -> String {
    const MOST: usize = 600;
    let mut line: String = text
        .chars()
        .take(MOST)
        .map(|c| {
            if c.is_whitespace() {
                ' '
            } else {
                neutral_char(c)
            }
        })
        .collect();
    if text.chars().nth(MOST).is_some() {
        line.push('…');
    }
    line
}

/// A path as people write it.
pub(super) fn path(path: &Path) -> String {
    one_line(&path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(
            neutral("a\u{1b}[31mb\r\n\tc\u{9b}d"),
            "a␛[31mb␍␊\tc\u{fffd}d"
        );
        assert_eq!(neutral("\u{202e}abc\u{7f}개성 é"), "\u{fffd}abc␡개성 é");
        assert_eq!(one_line("two\nlines\u{7}"), "two lines␇");
    }

    #[test]
    fn long_messages_are_cut() {
        assert_eq!(one_line(&"개".repeat(700)).chars().count(), 601);
        assert_eq!(one_line(&"개".repeat(600)).chars().count(), 600);
    }
}
