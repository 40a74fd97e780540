//! Asterisks that were meant to make words bold and do not.

use std::ops::Range;

use super::projection::Projection;
use crate::base::{Code, TextRange};

impl Projection<'_> {
    /// Warns of `**` that stayed in the text although bold type was meant: punctuation inside of them and a letter
    /// outside keep Markdown from seeing an end, or a beginning, as in `**“인용”**은`.
    pub(super) fn check_asterisks(&mut self, range: TextRange, code: &[Range<usize>]) {
        let words = range.of(&self.text);
        if !words.contains("**") {
            return;
        }
        let base = range.start as usize;
        let found: Vec<usize> = words
            .match_indices("**")
            .map(|(at, _)| base + at)
            .filter(|at| {
                let spans = code.partition_point(|span| span.end <= *at);
                code.get(spans).is_none_or(|span| span.start > *at)
            })
            .filter(|at| self.is_written(*at))
            .collect();
        let mut faults = Vec::new();
        let mut pairs = found.windows(2);
        while let Some(&[open, close]) = pairs.next() {
            if fails_to_flank(&self.text, open, close) {
                faults.push((open, close));
                pairs.next();
            }
        }
        for (open, close) in faults {
            let (Some(start), Some(end)) = (self.source_of(open), self.source_of(close)) else {
                continue;
            };
            let words = &self.text[open + 2..close];
            let help = if words.len() <= 60 {
                format!("write <strong>{words}</strong> instead")
            } else {
                "write <strong> before the words and </strong> after them instead".to_owned()
            };
            let message = "these asterisks do not make the words bold, because a quotation mark or other punctuation stands \
                           inside of them and a letter outside";
            self.warn(Code::Markdown, start..end + 2, message, help);
        }
    }

    /// Whether the two asterisks at this byte of the text stand so in the source, without a backslash.
    fn is_written(&self, at: usize) -> bool {
        let source = self.body.text.as_bytes();
        self.source_of(at).is_some_and(|start| {
            source.get(start..start + 2) == Some(b"**")
                && (start == 0 || source.get(start - 1) != Some(&b'\\'))
        })
    }

    fn source_of(&self, at: usize) -> Option<usize> {
        let after = self
            .segments
            .partition_point(|segment| segment.text.start as usize <= at);
        let segment = self.segments.get(after.checked_sub(1)?)?;
        let within = at - segment.text.start as usize;
        (segment.verbatim && at < segment.text.end as usize)
            .then_some(segment.source.start as usize + within)
    }
}

fn fails_to_flank(text: &str, open: usize, close: usize) -> bool {
    let (Some(before), Some(words), Some(after)) = (
        text.get(..open),
        text.get(open + 2..close),
        text.get(close + 2..),
    ) else {
        return false;
    };
    let (Some(first), Some(last)) = (words.chars().next(), words.chars().next_back()) else {
        return false;
    };
    if first.is_whitespace() || last.is_whitespace() || words.contains('\n') {
        return false;
    }
    let punctuation = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    (punctuation(last) && letter(after.chars().next()))
        || (punctuation(first) && letter(before.chars().next_back()))
}
