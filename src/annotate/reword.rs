//! Words of an article that resemble a quotation: the fuzzy part of finding anchors.
//!
//! 1. The article is cut into words once, and an index tells where each word stands.
//! 2. The quotation's rarest words vote for the places where it may begin; a budget of votes keeps the cost
//!    proportional to the article, whatever its length.
//! 3. Around the places with most votes the quotation is aligned with the text, both ends of the text free (P. H. Sellers,
//!    The theory and computation of evolutionary distances, 1980). Words are aligned as wholes; to put one for another costs
//!    their Levenshtein distance where they begin or end alike, else the longer one's length; to leave one out, its length.
//! 4. Similarity is 1 − cost ÷ length, lengths in characters without spaces, of the longer side.
//!
//! What may not change is read off both sides: numbers in digits and words, currencies, months, weekdays, days counted
//! from today, and negations, each in order.

use std::ops::Range;

use super::claim::claim;

/// Quotations of more words than this are only looked for as they are: longer ones are better shortened.
const MOST_WORDS: usize = 400;

/// How many places of words may vote.
const MOST_VOTES: usize = 20_000;

/// How many passages are aligned.
const MOST_PASSAGES: usize = 6;

/// A passage that resembles a quotation.
#[derive(Debug, Clone)]
pub(crate) struct Likeness {
    /// The passage, in the spelling.
    pub(crate) range: Range<usize>,
    /// From 0 to 1.
    pub(crate) score: f64,
    /// Figures, dates and negations are the same.
    pub(crate) same_claims: bool,
    /// Words of the quotation and the passage's words for them.
    pub(crate) changes: Vec<(String, String)>,
}

/// The words of an article in the common spelling.
#[derive(Debug)]
pub(crate) struct Words {
    words: Vec<Word>,
    /// Hash and index of each word, sorted.
    index: Vec<(u64, u32)>,
}

#[derive(Debug, Clone, Copy)]
struct Word {
    start: usize,
    end: usize,
    /// Of the lower-cased word; 0 for the end of a block.
    hash: u64,
    /// In characters.
    length: u32,
}

impl Word {
    fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start..self.end).unwrap_or("")
    }

    fn is_seam(&self) -> bool {
        self.hash == 0
    }
}

/// One step of an alignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Stop,
    Both,
    QuoteOnly,
    TextOnly,
}

impl Words {
    pub(crate) fn new(text: &str) -> Self {
        let words = cut(text);
        let places = words.iter().zip(0u32..).filter(|(w, _)| !w.is_seam());
        let mut index: Vec<(u64, u32)> = places.map(|(w, i)| (w.hash, i)).collect();
        index.sort_unstable();
        Self { words, index }
    }

    /// The passages most like a quotation, not overlapping each other, in no particular order.
    pub(crate) fn likely(&self, text: &str, lines: &[String]) -> Vec<Likeness> {
        let quote = lines.join("\n");
        let words = cut(&quote);
        let count = words.iter().filter(|w| !w.is_seam()).count();
        if count == 0 || words.len() > MOST_WORDS {
            return Vec::new();
        }
        let mut found: Vec<Likeness> = Vec::new();
        let mut windows: Vec<(Range<usize>, u8)> =
            self.windows(&words).into_iter().map(|w| (w, 0)).collect();
        while let Some((window, depth)) = windows.pop() {
            let Some((likeness, taken)) = self.align(text, &window, &quote, &words) else {
                continue;
            };
            // What else the window holds may be a rival.
            for rest in [window.start..taken.start, taken.end..window.end] {
                if depth < 2 && rest.len() * 2 > count {
                    windows.push((rest, depth + 1));
                }
            }
            let overlaps = |l: &Likeness| {
                l.range.start < likeness.range.end && likeness.range.start < l.range.end
            };
            match found.iter_mut().find(|l| overlaps(l)) {
                Some(other) if other.score < likeness.score => *other = likeness,
                Some(_) => {}
                None => found.push(likeness),
            }
        }
        found
    }

    /// Ranges of words where a quotation may stand, most votes first.
    fn windows(&self, quote: &[Word]) -> Vec<Range<usize>> {
        let mut postings: Vec<(&[(u64, u32)], usize)> = quote
            .iter()
            .enumerate()
            .filter(|(_, w)| !w.is_seam())
            .map(|(i, w)| (self.postings(w.hash), i))
            .filter(|(places, _)| !places.is_empty())
            .collect();
        postings.sort_by_key(|(places, i)| (places.len(), *i));
        let width = quote.len().max(8);
        let mut votes: Vec<(usize, u64)> = Vec::new();
        for (places, offset) in postings {
            if !votes.is_empty() && votes.len() + places.len() > MOST_VOTES {
                break;
            }
            // Rare words weigh more.
            let weight = 1 + u64::try_from(MOST_VOTES / places.len())
                .unwrap_or(0)
                .min(1000);
            let starts = places.iter().take(MOST_VOTES);
            let starts = starts.map(|&(_, at)| (at as usize).saturating_sub(offset));
            votes.extend(starts.map(|start| (start / width, weight)));
        }
        votes.sort_unstable();
        let mut bins: Vec<(usize, u64)> = Vec::new();
        for (bin, weight) in votes {
            match bins.last_mut() {
                Some((last, sum)) if *last == bin => *sum += weight,
                _ => bins.push((bin, weight)),
            }
        }
        bins.sort_by_key(|&(bin, weight)| (std::cmp::Reverse(weight), bin));
        bins.truncate(MOST_PASSAGES);
        let reach = |bin: usize| {
            let from = (bin * width).saturating_sub(width / 2 + 2);
            from..(bin * width + 2 * width + width / 2 + 2).min(self.words.len())
        };
        bins.into_iter().map(|(bin, _)| reach(bin)).collect()
    }

    fn postings(&self, hash: u64) -> &[(u64, u32)] {
        let from = self.index.partition_point(|&(h, _)| h < hash);
        let to = self.index.partition_point(|&(h, _)| h <= hash);
        self.index.get(from..to).unwrap_or(&[])
    }

    /// The best place of the quotation within a window, and its words.
    fn align(
        &self,
        text: &str,
        window: &Range<usize>,
        quote: &str,
        quoted: &[Word],
    ) -> Option<(Likeness, Range<usize>)> {
        let passage = self.words.get(window.clone())?;
        let seams_too = quoted.iter().any(Word::is_seam);
        let steps = Alignment::new(text, passage, quote, quoted, seams_too);
        let (pairs, cost) = steps.best()?;
        let from = pairs.iter().find_map(|&(_, t)| t)?;
        let to = pairs.iter().rev().find_map(|&(_, t)| t)? + 1;
        let matched = passage.get(from..to)?;
        let (first, last) = (matched.first()?, matched.last()?);
        let length = |words: &[Word]| words.iter().map(|w| w.length).sum::<u32>();
        let longer = length(quoted).max(length(matched)).max(1);
        let changes = changes(text, passage, quote, quoted, &pairs);
        let likeness = Likeness {
            range: with_punctuation(text, first.start..last.end, quote, quoted),
            score: (1.0 - f64::from(cost) / f64::from(longer)).max(0.0),
            same_claims: claims(text, matched) == claims(quote, quoted),
            changes,
        };
        Some((likeness, window.start + from..window.start + to))
    }
}

/// Index of a word of the quotation and of the passage; either may lack a partner.
type Pair = (Option<usize>, Option<usize>);

struct Alignment {
    rows: usize,
    columns: usize,
    steps: Vec<Step>,
    /// Costs of the whole quotation by where in the passage it ends.
    ends: Vec<u32>,
}

impl Alignment {
    fn new(text: &str, passage: &[Word], quote: &str, quoted: &[Word], seams_too: bool) -> Self {
        let (rows, columns) = (quoted.len() + 1, passage.len() + 1);
        let mut steps = vec![Step::Stop; rows * columns];
        let mut above = vec![0u32; columns];
        let skip = |w: &Word| match (w.is_seam(), seams_too) {
            (true, true) => 0,
            (true, false) => 100_000,
            (false, _) => w.length,
        };
        for (i, q) in quoted.iter().enumerate() {
            let mut row = Vec::with_capacity(columns);
            row.push(above[0] + skip(q));
            steps[(i + 1) * columns] = Step::QuoteOnly;
            for (j, t) in passage.iter().enumerate() {
                let both = above[j].saturating_add(swap(q.of(quote), t.of(text), q, t));
                let quote_only = above[j + 1].saturating_add(skip(q));
                let text_only = row[j].saturating_add(skip(t));
                let best = both.min(quote_only).min(text_only);
                steps[(i + 1) * columns + j + 1] = if best == both {
                    Step::Both
                } else if best == quote_only {
                    Step::QuoteOnly
                } else {
                    Step::TextOnly
                };
                row.push(best);
            }
            above = row;
        }
        Self {
            rows,
            columns,
            steps,
            ends: above,
        }
    }

    /// The cheapest alignment in order, and its cost.
    fn best(&self) -> Option<(Vec<Pair>, u32)> {
        let (mut j, &cost) = self
            .ends
            .iter()
            .enumerate()
            .min_by_key(|&(j, cost)| (cost, j))?;
        let mut i = self.rows - 1;
        let mut pairs = Vec::new();
        loop {
            match self.steps.get(i * self.columns + j)? {
                Step::Stop => break,
                Step::Both => {
                    (i, j) = (i - 1, j - 1);
                    pairs.push((Some(i), Some(j)));
                }
                Step::QuoteOnly => {
                    i -= 1;
                    pairs.push((Some(i), None));
                }
                Step::TextOnly => {
                    j -= 1;
                    pairs.push((None, Some(j)));
                }
            }
        }
        pairs.reverse();
        Some((pairs, cost))
    }
}

/// What it costs to put one word for another.
fn swap(a: &str, b: &str, a_word: &Word, b_word: &Word) -> u32 {
    if a_word.is_seam() || b_word.is_seam() {
        return if a_word.is_seam() && b_word.is_seam() {
            0
        } else {
            100_000
        };
    }
    if a == b {
        return 0;
    }
    let alike = a.chars().next() == b.chars().next()
        || a.chars().next_back() == b.chars().next_back()
        || a_word.hash == b_word.hash;
    let longer = a_word.length.max(b_word.length);
    // A word of hundreds of characters is not worth the square of its length.
    if alike && longer <= 64 {
        u32::try_from(strsim::levenshtein(a, b)).unwrap_or(longer)
    } else {
        longer
    }
}

/// The runs of words that differ.
fn changes(
    text: &str,
    passage: &[Word],
    quote: &str,
    quoted: &[Word],
    pairs: &[Pair],
) -> Vec<(String, String)> {
    let word = |i: Option<usize>, words: &[Word], text: &str| {
        i.and_then(|i| words.get(i))
            .map_or(String::new(), |w| w.of(text).trim().to_owned())
    };
    let mut changes: Vec<(String, String)> = Vec::new();
    let mut running = false;
    for &(q, t) in pairs {
        let (old, new) = (word(q, quoted, quote), word(t, passage, text));
        if old == new {
            running = false;
            continue;
        }
        if !running {
            changes.push((String::new(), String::new()));
        }
        running = true;
        if let Some((olds, news)) = changes.last_mut() {
            for (sum, more) in [(olds, old), (news, new)] {
                let gap = if sum.is_empty() || more.is_empty() {
                    ""
                } else {
                    " "
                };
                sum.push_str(gap);
                sum.push_str(&more);
            }
        }
    }
    changes
}

/// Takes in the punctuation that the quotation, too, has before its first and after its last word.
fn with_punctuation(text: &str, range: Range<usize>, quote: &str, quoted: &[Word]) -> Range<usize> {
    let (Some(first), Some(last)) = (quoted.first(), quoted.last()) else {
        return range;
    };
    let common = |a: &mut dyn Iterator<Item = char>, b: &mut dyn Iterator<Item = char>| {
        let same = a.zip(b).take_while(|(a, b)| a == b && !a.is_whitespace());
        same.map(|(c, _)| c.len_utf8()).sum::<usize>()
    };
    let before = common(
        &mut quote[..first.start].chars().rev(),
        &mut text[..range.start].chars().rev(),
    );
    let after = common(
        &mut quote[last.end..].chars(),
        &mut text[range.end..].chars(),
    );
    range.start - before..range.end + after
}

/// Cuts a text in the common spelling into words, signs of currency and newlines.
fn cut(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let mut word = Word {
            start,
            end: start + c.len_utf8(),
            hash: 0,
            length: 1,
        };
        if c == '\n' {
            word.length = 0;
            words.push(word);
            continue;
        }
        if c.is_alphanumeric() {
            let mut last = c;
            while let Some(&(at, next)) = chars.peek() {
                let after = text[at + next.len_utf8()..].chars().next();
                let after_digit = after.is_some_and(|a| a.is_ascii_digit());
                let inside = next.is_alphanumeric()
                    || unicode_normalization::char::is_combining_mark(next)
                    || (next == '\'' && after.is_some_and(char::is_alphabetic))
                    || (matches!(next, '.' | ',') && last.is_ascii_digit() && after_digit);
                if !inside {
                    break;
                }
                last = next;
                word.end = at + next.len_utf8();
                word.length += 1;
                chars.next();
            }
        } else if !matches!(c, '$' | '€' | '£' | '¥' | '₩' | '%') {
            continue;
        }
        word.hash = hash(&text[word.start..word.end]);
        words.push(word);
    }
    words
}

/// FNV-1a of the lower-cased word, never 0.
fn hash(word: &str) -> u64 {
    let lower = word.chars().flat_map(char::to_lowercase);
    let sum = lower.fold(0xcbf2_9ce4_8422_2325, |sum: u64, c| {
        (sum ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3)
    });
    sum.max(1)
}

/// The words that must not change, in order and in one form.
fn claims(text: &str, words: &[Word]) -> Vec<String> {
    words.iter().filter_map(|w| claim(w.of(text))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::prose::spell;

    fn likeness(text: &str, quote: &str) -> Option<(String, f64, bool)> {
        let text = spell(text);
        let words = Words::new(&text);
        let mut all = words.likely(&text, &[spell(quote)]);
        all.sort_by(|a, b| b.score.total_cmp(&a.score));
        let best = all.into_iter().next()?;
        Some((text[best.range].to_owned(), best.score, best.same_claims))
    }

    #[test]
    fn similarity_is_a_share_of_characters() {
        let cases = [
            (
                "one two. The cat sat down here. More",
                "The cat sat down",
                "The cat sat down",
                1.0,
            ),
            (
                "one two. The cat sat down here. More",
                "The cat sits down",
                "The cat sat down",
                1.0 - 2.0 / 14.0,
            ),
            (
                "say that the cat just sat down",
                "the cat sat down",
                "the cat just sat down",
                1.0 - 4.0 / 17.0,
            ),
        ];
        for (text, quote, words, score) in cases {
            let (found, likeness, _) = likeness(text, quote).unwrap();
            assert_eq!(found, words);
            assert!(
                (likeness - score).abs() < 1e-9,
                "{quote}: {likeness} {score}"
            );
        }
        assert!(likeness("nothing alike", "quite another phrase").is_none());
    }

    #[test]
    fn shows_what_changed_in_runs() {
        let text = spell("The two sides have agreed to hold further talks in the city");
        let words = Words::new(&text);
        let quote = spell("The two sides agreed to hold new talks in the city");
        let all = words.likely(&text, &[quote]);
        let changes: Vec<(&str, &str)> = all[0]
            .changes
            .iter()
            .map(|(a, b)| (a.as_str(), b.as_str()))
            .collect();
        assert_eq!(changes, [("", "have"), ("new", "further")]);
    }
}
