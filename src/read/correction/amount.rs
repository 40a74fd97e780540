//! What a figure is set to: `120`, `2,000,000`, `about 50000`, `>=38`, `<=300`, `120..123`, `$2 billion`, `40 %`, `7th`.

use crate::model::{Amount, FigureKind, FigureValue, Hedge};

const HEDGES: [(&str, Hedge); 9] = [
    ("about", Hedge::About),
    ("~", Hedge::About),
    (">=", Hedge::AtLeast),
    ("≥", Hedge::AtLeast),
    ("at least", Hedge::AtLeast),
    ("<=", Hedge::UpTo),
    ("≤", Hedge::UpTo),
    ("up to", Hedge::UpTo),
    ("at most", Hedge::UpTo),
];

const SIGNS: [(&str, &str); 5] = [
    ("$", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("₩", "KRW"),
];

const SCALES: [(&str, f64); 4] = [
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
    ("trillion", 1e12),
];

/// Reads a value.
///
/// # Errors
/// What is wrong, to stand after the key's name.
pub(super) fn parse(text: &str) -> Result<FigureValue, String> {
    let mut rest = text.trim();
    let mut hedge = Hedge::Exact;
    if let Some((word, named)) = HEDGES.iter().find(|(word, _)| rest.starts_with(*word)) {
        hedge = *named;
        rest = rest.get(word.len()..).unwrap_or("").trim_start();
    }
    let (rest, kind) = kind(rest);
    let (min, max) = match rest.split_once("..") {
        Some((min, max)) => (number(min), number(max)),
        None => (number(rest), number(rest)),
    };
    let (Some(min), Some(max)) = (min, max) else {
        return Err(wrong(text));
    };
    if min > max {
        return Err("must have its smaller number first".into());
    }
    let open = matches!(hedge, Hedge::AtLeast | Hedge::UpTo);
    if open && min < max {
        return Err("is either open at one end or a range, not both".into());
    }
    Ok(FigureValue {
        kind,
        min: (hedge != Hedge::UpTo).then(|| Amount::new(min)),
        max: (hedge != Hedge::AtLeast).then(|| Amount::new(max)),
        hedge,
    })
}

fn wrong(text: &str) -> String {
    let shown: String = text.chars().take(40).collect();
    format!(
        "must be a number such as 120, `about 50000`, `>=38`, `<=300`, `120..123`, `$2 billion` or `40 %`, not ‘{shown}’"
    )
}

/// What sort of number is written, as far as it is, and the rest.
fn kind(text: &str) -> (&str, Option<FigureKind>) {
    let money = |currency: &str| {
        Some(FigureKind::Money {
            currency: currency.into(),
        })
    };
    for (sign, code) in SIGNS {
        if let Some(rest) = text.strip_prefix(sign) {
            return (rest, money(code));
        }
    }
    if let Some((code, rest)) = text.split_once(' ')
        && code.len() == 3
        && code.bytes().all(|b| b.is_ascii_uppercase())
    {
        return (rest, money(code));
    }
    if let Some(rest) = text.strip_suffix('%') {
        return (rest, Some(FigureKind::Percent));
    }
    for ending in ["st", "nd", "rd", "th"] {
        if let Some(rest) = text.strip_suffix(ending)
            && rest.ends_with(|c: char| c.is_ascii_digit())
        {
            return (rest, Some(FigureKind::Ordinal));
        }
    }
    (text, None)
}

/// A number, its thousands grouped by commas or not, possibly with a word for its scale.
fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let scaled = SCALES.iter().find_map(|(word, scale)| {
        let rest = text.strip_suffix(word)?;
        Some((rest.trim_end(), *scale))
    });
    let (figures, scale) = scaled.unwrap_or((text, 1.0));
    let (whole, part) = match figures.split_once('.') {
        Some((whole, part)) => (whole, Some(part)),
        None => (figures, None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let bare = whole.strip_prefix('-').unwrap_or(whole);
    let mut groups = bare.split(',');
    let first = groups.next().unwrap_or("");
    let grouped = bare.contains(',');
    let well = digits(first)
        && (!grouped || first.len() <= 3)
        && groups.all(|group| group.len() == 3 && digits(group))
        && part.is_none_or(digits);
    let value: f64 = figures.replace(',', "").parse().ok().filter(|_| well)?;
    Some(value * scale).filter(|value| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both bounds, hedge and kind, or currency.
    type Read<T> = (Option<f64>, Option<f64>, Hedge, Option<T>);

    fn read(text: &str) -> Result<Read<FigureKind>, String> {
        let value = parse(text)?;
        let get = |amount: Option<Amount>| amount.map(Amount::get);
        Ok((get(value.min), get(value.max), value.hedge, value.kind))
    }

    #[test]
    fn the_whole_notation() {
        let cases: [(&str, Read<&str>); 14] = [
            ("120", (Some(120.0), Some(120.0), Hedge::Exact, None)),
            ("2,000,000", (Some(2e6), Some(2e6), Hedge::Exact, None)),
            ("-1.5", (Some(-1.5), Some(-1.5), Hedge::Exact, None)),
            ("about 50000", (Some(5e4), Some(5e4), Hedge::About, None)),
            ("~50,000", (Some(5e4), Some(5e4), Hedge::About, None)),
            (">=38", (Some(38.0), None, Hedge::AtLeast, None)),
            ("at least 38", (Some(38.0), None, Hedge::AtLeast, None)),
            ("<= 300", (None, Some(300.0), Hedge::UpTo, None)),
            ("up to 4", (None, Some(4.0), Hedge::UpTo, None)),
            ("20000..300,000", (Some(2e4), Some(3e5), Hedge::Exact, None)),
            (
                "about 1 .. 2 million",
                (Some(1.0), Some(2e6), Hedge::About, None),
            ),
            (
                "$2 billion",
                (Some(2e9), Some(2e9), Hedge::Exact, Some("USD")),
            ),
            ("KRW 5", (Some(5.0), Some(5.0), Hedge::Exact, Some("KRW"))),
            (
                "about €3..4",
                (Some(3.0), Some(4.0), Hedge::About, Some("EUR")),
            ),
        ];
        for (text, (min, max, hedge, currency)) in cases {
            let kind = currency.map(|currency| FigureKind::Money {
                currency: currency.into(),
            });
            assert_eq!(read(text), Ok((min, max, hedge, kind)), "{text}");
        }
        assert_eq!(read("40 %").unwrap().3, Some(FigureKind::Percent));
        assert_eq!(read("7th").unwrap().3, Some(FigureKind::Ordinal));
    }

    #[test]
    fn what_is_no_figure() {
        for text in [
            "",
            "many",
            "about",
            "5,3000",
            "1..",
            "..2",
            "3..2",
            ">=1..2",
            "1.2.3",
            "inf",
            "NaN",
            "1e400",
            "é5",
            "5é",
            "120-123",
            ",5",
            "$",
            "1,",
            "9".repeat(400).as_str(),
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn anything_is_read_without_a_panic(text in "(\\PC|[0-9.,%$~<=>-]){0,16}") {
            let _ = parse(&text);
        }
    }
}
