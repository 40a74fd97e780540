//! A text with places in it: `{n} events in {where}`. Where the places are is found out once, when the text is read.

use std::ops::Range;

/// A text with places for arguments.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pattern {
    text: String,
    /// The places with their braces, in order.
    places: Vec<Range<usize>>,
}

impl Pattern {
    /// Finds the places of a text: braces around a name without any.
    pub(super) fn new(text: String) -> Self {
        let mut places = Vec::new();
        let mut open = None;
        for (at, byte) in text.bytes().enumerate() {
            match byte {
                b'{' => open = Some(at),
                b'}' => places.extend(open.take().map(|from| from..at + 1)),
                _ => {}
            }
        }
        Self { text, places }
    }

    /// The text with its places as they are written.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// The text with its places filled: `put` adds what belongs to a name and says whether there is anything; where there is not, the
    /// place stays as it is. What was put in is not looked at again.
    pub(super) fn fill(&self, put: impl Fn(&str, &mut String) -> bool) -> String {
        let mut out = String::with_capacity(self.text.len() + 16);
        let mut done = 0;
        let part = |range: Range<usize>| self.text.get(range).unwrap_or_default();
        for place in &self.places {
            out.push_str(part(done..place.start));
            if !put(part(place.start + 1..place.end - 1), &mut out) {
                out.push_str(part(place.clone()));
            }
            done = place.end;
        }
        out.push_str(part(done..self.text.len()));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_is_not_filled_again() {
        let filled = Pattern::new("{a} {b} {c} {".into()).fill(|name, out| {
            out.push_str(match name {
                "a" => "{b}",
                "b" => "x",
                _ => return false,
            });
            true
        });
        assert_eq!(filled, "{b} x {c} {");
    }

    #[test]
    fn a_brace_that_is_not_closed_is_text() {
        let filled = Pattern::new("{ {a}} {".into()).fill(|name, out| {
            out.push_str(name);
            true
        });
        assert_eq!(filled, "{ a} {");
    }
}
