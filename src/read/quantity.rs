//! The numbers that a quotation names, to check a reading of it against them.

/// Words for numbers below a hundred, and those that scale what stands before them.
const WORDS: [(&str, f64); 31] = [
    ("zero", 0.0),
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("thirteen", 13.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("seventeen", 17.0),
    ("eighteen", 18.0),
    ("nineteen", 19.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
    ("both", 2.0),
    ("half", 0.5),
    ("dozen", 12.0),
];

const SCALES: [(&str, f64); 5] = [
    ("hundred", 1e2),
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
    ("trillion", 1e12),
];

/// Every number that a text names in figures or in English words: `53,000`, `$1.5 billion`, `twenty-four`.
pub(super) fn numbers(text: &str) -> Vec<f64> {
    let mut found: Vec<f64> = Vec::new();
    // Whether the last number may still grow: `twenty` by `four`, `five` by `million`.
    let mut open = false;
    for word in text.split(|c: char| c.is_whitespace() || "-–—/()“”\"".contains(c)) {
        let word = word
            .trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase();
        let last = found.last_mut().filter(|_| open);
        let scale = SCALES
            .iter()
            .find(|(w, _)| word.strip_suffix('s').unwrap_or(&word) == *w);
        let unit = WORDS.iter().find(|(w, _)| *w == word).map(|(_, n)| *n);
        open = match (last, scale, unit, figures(&word)) {
            (Some(last), Some((_, scale)), ..) => {
                *last *= scale;
                true
            }
            (Some(last), _, Some(unit), _)
                if *last >= 20.0 && *last % 10.0 == 0.0 && unit < 10.0 =>
            {
                *last += unit;
                true
            }
            (.., Some(number), _) | (.., Some(number)) => {
                found.push(number);
                true
            }
            _ => false,
        };
    }
    found
}

/// A number in figures, with thousands grouped by commas.
fn figures(word: &str) -> Option<f64> {
    let plain = word.replace(',', "");
    let digits = plain.trim_end_matches(|c: char| !c.is_ascii_digit());
    digits
        .starts_with(|c: char| c.is_ascii_digit())
        .then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn figures_and_words() {
        let cases: [(&str, &[f64]); 7] = [
            ("about 53,000 North Koreans", &[53_000.0]),
            ("Twenty-four people and two others", &[24.0, 2.0]),
            ("$1.5 billion in trade", &[1.5e9]),
            ("five hundred thousand", &[5e5]),
            ("120 or 123 companies.", &[120.0, 123.0]),
            ("hundreds of thousands", &[]),
            ("the 1950s and 3rd place", &[1950.0, 3.0]),
        ];
        for (text, expected) in cases {
            assert_eq!(numbers(text), expected, "{text}");
        }
    }
}
