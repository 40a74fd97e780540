//! Citations: `[@article "words"; @other]`.
//!
//! They are found in the source before Markdown is read, by a scan that knows nothing of Markdown, and count only where
//! Markdown then has plain text at their bracket: not in code, not in an address, not after a backslash.

use std::ops::Range;

/// A citation as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    /// Brackets included.
    pub(super) range: Range<usize>,
    /// Its places; none if it does not follow the pattern.
    pub(super) places: Vec<WrittenPlace>,
}

/// One place of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WrittenPlace {
    /// From `@` to the closing quotation mark.
    pub(super) range: Range<usize>,
    pub(super) article: String,
    pub(super) quote: Option<String>,
}

/// Longest citation in bytes; what is longer is a bracket that was never closed.
const LONGEST: usize = 8192;

/// Everything in `source` that begins like a citation, in order and without overlap. Those that do not follow the
/// pattern have no places, and their range is that of `[@`.
pub(super) fn scan(source: &str) -> Vec<Written> {
    let mut found: Vec<Written> = Vec::new();
    for (at, _) in source.match_indices("[@") {
        let escapes = source[..at]
            .bytes()
            .rev()
            .take_while(|b| *b == b'\\')
            .take(1000)
            .count();
        let inside = found.last().is_some_and(|last| at < last.range.end);
        if escapes % 2 == 1 || inside {
            continue;
        }
        let mut end = (at + LONGEST).min(source.len());
        while !source.is_char_boundary(end) {
            end -= 1;
        }
        let places = Scanner {
            source: &source[..end],
            at: at + 1,
        }
        .places();
        let (places, end) = places.unwrap_or((Vec::new(), at + 2));
        let looks_meant = source[at + 2..].starts_with(|c: char| c.is_alphanumeric());
        if looks_meant {
            found.push(Written {
                range: at..end,
                places,
            });
        }
    }
    found
}

struct Scanner<'a> {
    source: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    /// The places and the end, if the pattern holds up to the closing bracket.
    fn places(mut self) -> Option<(Vec<WrittenPlace>, usize)> {
        let mut places = Vec::new();
        loop {
            self.space();
            places.push(self.place()?);
            self.space();
            if self.take(']') {
                return Some((places, self.at));
            }
            if !self.take(';') {
                return None;
            }
        }
    }

    fn rest(&self) -> &'a str {
        &self.source[self.at..]
    }

    fn take(&mut self, c: char) -> bool {
        let found = self.rest().starts_with(c);
        if found {
            self.at += c.len_utf8();
        }
        found
    }

    /// White space, with the marks of a block quotation at the beginning of a line.
    fn space(&mut self) {
        let mut line_start = false;
        for c in self.rest().chars() {
            match c {
                '\n' => line_start = true,
                '>' if line_start => {}
                c if c.is_whitespace() => {}
                _ => break,
            }
            self.at += c.len_utf8();
        }
    }

    fn place(&mut self) -> Option<WrittenPlace> {
        let start = self.at;
        if !self.take('@') {
            return None;
        }
        let is_end =
            |c: char| c.is_whitespace() || matches!(c, ';' | '[' | ']' | '"' | '“' | '@' | ',');
        let rest = self.rest();
        let article = &rest[..rest.find(is_end).unwrap_or(rest.len())];
        if article.is_empty() {
            return None;
        }
        self.at += article.len();
        let mut end = self.at;
        self.space();
        let mut quote = None;
        if self.take('"') {
            quote = Some(self.quote('"')?);
            end = self.at;
        } else if self.take('“') {
            quote = Some(self.quote('”')?);
            end = self.at;
        }
        Some(WrittenPlace {
            range: start..end,
            article: article.to_owned(),
            quote,
        })
    }

    /// The words up to the mark that closes them: one that is followed by the end of the place.
    fn quote(&mut self, close: char) -> Option<String> {
        let start = self.at;
        for (i, c) in self.source[start..].char_indices() {
            let at = start + i;
            if self.source[at..].starts_with("[@") {
                return None;
            }
            if c != close {
                continue;
            }
            let after = at + c.len_utf8();
            let mut ahead = Scanner {
                source: self.source,
                at: after,
            };
            ahead.space();
            if ahead.rest().starts_with([';', ']']) {
                self.at = after;
                return Some(one_line(&self.source[start..at]));
            }
        }
        None
    }
}

/// The words with white space and the line marks of block quotations turned into single spaces.
fn one_line(words: &str) -> String {
    let lines = words.lines().enumerate().map(|(i, line)| {
        let line = line.trim();
        if i == 0 {
            line
        } else {
            line.trim_start_matches(['>', ' '])
        }
    });
    lines
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(source: &str) -> Vec<(String, Option<String>)> {
        let found = scan(source);
        found
            .into_iter()
            .flat_map(|w| w.places)
            .map(|p| (p.article, p.quote))
            .collect()
    }

    fn place(article: &str, quote: Option<&str>) -> (String, Option<String>) {
        (article.to_owned(), quote.map(str::to_owned))
    }

    #[test]
    fn one_or_more_places() {
        assert_eq!(places("x [@voa-2013] y"), [place("voa-2013", None)]);
        assert_eq!(
            places("[@a \"he [Kim] said \"no\" then\"; @b;\n@c “d\n> e”]"),
            [
                place("a", Some("he [Kim] said \"no\" then")),
                place("b", None),
                place("c", Some("d e")),
            ]
        );
    }

    #[test]
    fn what_is_not_one_is_marked_or_passed_over() {
        assert!(scan("a\\[@b] [@ b] [ @b]").is_empty());
        let found = scan("[@a \"never closed] and [@b]");
        assert_eq!(found.len(), 2);
        assert!(found[0].places.is_empty());
        assert_eq!(found[1].places[0].article, "b");
    }

    #[test]
    fn unclosed_brackets_do_not_add_up() {
        let found = scan(&"[@a \"x ".repeat(100_000));
        assert!(found.iter().all(|written| written.places.is_empty()));
    }
}
