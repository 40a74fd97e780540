//! Words whose change changes what is said: figures, dates and negations.

use super::calendar;

/// The form in which a word counts, if it states a figure, a date or a negation.
pub(crate) fn claim(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    let negation = lower.ends_with("n't")
        || matches!(lower.as_str(), "not" | "cannot")
        || ["않", "없", "못", "아니"]
            .iter()
            .any(|no| lower.contains(no));
    if negation {
        return Some("not".into());
    }
    let capital = word.starts_with(char::is_uppercase);
    let counts = word.contains(|c: char| c.is_numeric())
        || matches!(word, "$" | "€" | "£" | "¥" | "₩" | "%")
        || FIGURES.contains(&lower.as_str())
        || NEGATIONS.contains(&lower.as_str())
        || DAYS.contains(&lower.as_str())
        || (capital && (calendar::is_named(&lower) || SHORT.contains(&lower.as_str())));
    counts.then_some(lower)
}

const NEGATIONS: [&str; 9] = [
    "no", "never", "none", "nor", "neither", "nobody", "nothing", "nowhere", "without",
];

const DAYS: [&str; 7] = [
    "yesterday",
    "today",
    "tomorrow",
    "tonight",
    "ago",
    "last",
    "next",
];

/// Months as they are shortened.
const SHORT: [&str; 11] = [
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "oct", "nov", "dec",
];

const FIGURES: [&str; 43] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "hundreds",
    "thousand",
    "thousands",
    "million",
    "millions",
    "billion",
    "billions",
    "trillion",
    "dozen",
    "dozens",
    "half",
    "percent",
    "first",
    "second",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn claims(text: &str) -> Vec<String> {
        text.split(' ').filter_map(claim).collect()
    }

    #[test]
    fn one_form_for_one_claim() {
        for (a, b) in [
            ("it does not work", "it doesn't work"),
            ("Five men came", "five men went"),
            ("it may come", "it might come"),
            ("갈 수 없다", "갈 수 없었다"),
        ] {
            assert_eq!(claims(a), claims(b), "{a}");
        }
        for (a, b) in [
            ("in May 5", "in June 5"),
            ("$ 5", "€ 5"),
            ("할 수 없다", "할 수 있다"),
            ("53,000", "5,3000"),
            ("last month", "next month"),
        ] {
            assert_ne!(claims(a), claims(b), "{a}");
        }
    }
}
