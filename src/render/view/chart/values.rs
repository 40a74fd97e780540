//! Values of a measure, a row each on one scale of numbers.

use super::Chart;
use super::svg::{Percent, Svg, Width};
use super::words::fill;

/// How high a row is, and where in it the words and the marks lie, in pixels.
const ROW: i64 = 42;
const WORDS: i64 = 14;
const MARKS: i64 = 26;
/// At most so many steps has the scale.
const STEPS: f64 = 5.0;
/// A longer label leaves the inner ones no room on a small screen, in characters.
const SHORT: usize = 5;
/// At most so many values are told one by one in the description; they all follow below.
const TOLD: usize = 24;
/// At most so many characters of a row's label are written.
const LABEL: usize = 40;

/// A value as it is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Amounts<'a> {
    /// Lower end; none where it is open.
    pub low: Option<f64>,
    /// Upper end; none where it is open. The same as `low` for a single number.
    pub high: Option<f64>,
    /// It is given as an approximate one.
    pub hedged: bool,
    /// It contradicts another.
    pub disputed: bool,
    /// In words: `about 53,000`.
    pub value: &'a str,
    /// When it holds and who says so: `June 2002, LA Times`.
    pub label: &'a str,
}

/// What the chart says, all of it the caller's words. Names in braces stand for values.
#[derive(Clone, Copy)]
pub struct ValueWords<'a> {
    /// The chart's title.
    pub title: &'a str,
    /// What begins the description, with `{first}` and `{last}`: `Scale from {first} to {last}.`
    pub scale: &'a str,
    /// A value, with `{label}` and `{value}`: `{label}: {value}`.
    pub item: &'a str,
    /// One that contradicts another, likewise.
    pub disputed: &'a str,
    /// What stands between values: `; `.
    pub between: &'a str,
    /// What ends a list that was cut short, with `{count}`.
    pub more: &'a str,
    /// A number in figures.
    pub number: &'a (dyn Fn(f64) -> String + Sync),
}

/// The values in the order given. Single numbers are discs, ranges bars, open ends dashed lines to the edge; hedged ones are
/// hollow. None where fewer than two name a number.
pub fn values(prefix: &str, values: &[Amounts<'_>], words: &ValueWords<'_>) -> Option<Chart> {
    let finite = |n: &f64| n.is_finite();
    let rows: Vec<Amounts> = values
        .iter()
        .map(|v| Amounts {
            low: v.low.filter(finite),
            high: v.high.filter(finite),
            ..*v
        })
        .filter(|v| v.low.is_some() || v.high.is_some())
        .collect();
    if rows.len() < 2 {
        return None;
    }
    let numbers = rows.iter().flat_map(|v| [v.low, v.high]).flatten();
    let scale = Scale::of(numbers);
    let axis = ROW * i64::try_from(rows.len()).ok()?;
    let description = describe(&rows, &scale, words);
    let mut svg = Svg::chart(prefix, words.title, &description, axis + 24);
    for (row, top) in rows.iter().zip((0..).step_by(usize::try_from(ROW).ok()?)) {
        draw_row(&mut svg, row, &scale, top);
    }
    scale.draw_axis(&mut svg, axis, words);
    Some(Chart {
        svg: svg.finish(),
        description,
        marks: keys(&rows),
    })
}

/// Which marks there are, for the key.
fn keys(rows: &[Amounts]) -> Vec<&'static str> {
    let any = |uses: &dyn Fn(&Amounts) -> bool| rows.iter().any(uses);
    let used = [
        ("number", any(&|v| is_single(v) && !v.hedged && !v.disputed)),
        ("about", any(&|v| v.hedged)),
        ("range", any(&|v| is_range(v))),
        ("open", any(&|v| v.low.is_none() || v.high.is_none())),
        ("disputed", any(&|v| v.disputed)),
    ];
    let used = used.into_iter().filter(|(_, used)| *used);
    used.map(|(key, _)| key).collect()
}

fn is_single(value: &Amounts) -> bool {
    value.low == value.high
}

fn is_range(value: &Amounts) -> bool {
    value.low.is_some() && value.high.is_some() && !is_single(value)
}

fn draw_row(svg: &mut Svg, row: &Amounts, scale: &Scale, top: i64) {
    let y = top + MARKS;
    let long = row.label.chars().count() > LABEL;
    let label: String = match long {
        true => row.label.chars().take(LABEL - 1).chain(['…']).collect(),
        false => row.label.to_owned(),
    };
    svg.text("", Percent::ZERO, 0, top + WORDS, &label);
    svg.text("b end", Percent::FULL, 0, top + WORDS, row.value);
    svg.across("grid", y);
    let class = |plain: &'static str, disputed: &'static str| {
        if row.disputed { disputed } else { plain }
    };
    let shape = match row.hedged {
        true => class("hol", "hol al"),
        false => class("pt", "pt al"),
    };
    let dashed = class("ax wk", "ax wk al");
    match (row.low, row.high) {
        (Some(low), Some(high)) if low < high => {
            let (from, until) = (scale.at(low), scale.at(high));
            let share = until.from(from);
            let width = match share.hundredths() < 200 {
                true => Width::Pixels(7),
                false => Width::Share(share),
            };
            svg.rect(shape, from, width, y - 4, 8);
        }
        (Some(low), None) => {
            svg.line(dashed, (scale.at(low), y), (Percent::FULL, y));
            svg.disc(shape, scale.at(low), y, "4.5");
        }
        (None, Some(high)) => {
            svg.line(dashed, (Percent::ZERO, y), (scale.at(high), y));
            svg.disc(shape, scale.at(high), y, "4.5");
        }
        (Some(number), Some(_)) => svg.disc(shape, scale.at(number), y, "4.5"),
        (None, None) => {}
    }
}

fn describe(rows: &[Amounts], scale: &Scale, words: &ValueWords<'_>) -> String {
    let ends = [(words.number)(scale.low), (words.number)(scale.high)];
    let stretch = fill(words.scale, &[("first", &ends[0]), ("last", &ends[1])]);
    let mut items: Vec<String> = rows
        .iter()
        .take(TOLD)
        .map(|v| {
            let pattern = if v.disputed {
                words.disputed
            } else {
                words.item
            };
            fill(pattern, &[("label", v.label), ("value", v.value)])
        })
        .collect();
    if let Some(rest) = rows.len().checked_sub(TOLD).filter(|rest| *rest > 0) {
        items.push(fill(words.more, &[("count", &rest.to_string())]));
    }
    format!("{stretch} {}.", items.join(words.between))
}

/// Numbers laid along the chart, from round number to round number; 0 is among them.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Scale {
    low: f64,
    high: f64,
    step: f64,
}

impl Scale {
    fn of(numbers: impl Iterator<Item = f64>) -> Self {
        let (low, high) = numbers.fold((0.0_f64, 0.0_f64), |(low, high), n| {
            (low.min(n), high.max(n))
        });
        // Halved first, so that the largest numbers do not overflow.
        let size = ((high / 2.0 - low / 2.0) * 2.0).clamp(f64::MIN_POSITIVE, f64::MAX / 16.0);
        let power = 10_f64.powf((size / STEPS).log10().floor());
        let steps = [1.0, 2.0, 5.0, 10.0].map(|factor| factor * power);
        let fits = |step: &f64| size / step <= STEPS + 1e-9;
        let step = steps.into_iter().find(fits).unwrap_or(power * 10.0);
        Self {
            low: (low / step).floor() * step,
            high: (high / step).ceil() * step,
            step,
        }
    }

    /// Where a number lies.
    fn at(&self, number: f64) -> Percent {
        let size = self.high / 2.0 - self.low / 2.0;
        let share = (number / 2.0 - self.low / 2.0) / size * 10_000.0;
        // Anything that is no number, and anything outside, lands on an edge.
        Percent::new(share.round() as i64)
    }

    fn draw_axis(&self, svg: &mut Svg, y: i64, words: &ValueWords<'_>) {
        svg.across("ax", y);
        let count = ((self.high / self.step) - (self.low / self.step)).round();
        let count = count.clamp(1.0, 16.0) as i64;
        for tick in 0..=count {
            let number = self.low + self.step * tick as f64;
            let (x, text) = (self.at(number), (words.number)(number));
            svg.upright("ax", x, y, y + 5);
            let class = match tick {
                0 => "",
                tick if tick == count => "end",
                _ if text.chars().count() > SHORT => "mid alt",
                _ => "mid",
            };
            svg.text(class, x, 0, y + 20, &text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(n: f64) -> String {
        n.to_string()
    }

    const WORDS: ValueWords<'static> = ValueWords {
        title: "Companies",
        scale: "From {first} to {last}.",
        item: "{label}: {value}",
        disputed: "{label}: {value} (disputed)",
        between: "; ",
        more: "{count} more",
        number: &number,
    };

    fn value(low: Option<f64>, high: Option<f64>) -> Amounts<'static> {
        Amounts {
            low,
            high,
            hedged: false,
            disputed: false,
            value: "v",
            label: "l",
        }
    }

    #[test]
    fn one_value_needs_no_chart() {
        assert_eq!(values("v", &[], &WORDS), None);
        let one = value(Some(1.0), Some(1.0));
        let wordless = value(None, Some(f64::NAN));
        assert_eq!(values("v", &[one, wordless], &WORDS), None);
        assert!(values("v", &[one, one], &WORDS).is_some());
    }

    #[test]
    fn each_form_has_its_mark() {
        let rows = [
            Amounts {
                disputed: true,
                ..value(Some(120.0), Some(120.0))
            },
            Amounts {
                hedged: true,
                ..value(Some(50.0), Some(100.0))
            },
            value(Some(38.0), None),
            value(None, Some(20.0)),
        ];
        let chart = values("v", &rows, &WORDS).expect("a chart");
        assert_eq!(chart.marks, ["about", "range", "open", "disputed"]);
        assert_eq!(
            chart.description,
            "From 0 to 150. l: v (disputed); l: v; l: v; l: v."
        );
        for part in [
            "<circle class=\"pt al\" cx=\"80.00%\" cy=\"26\" r=\"4.5\"/>",
            "<rect class=\"hol\" x=\"33.33%\" y=\"64\" width=\"33.34%\" height=\"8\"/>",
            "<line class=\"ax wk\" x1=\"25.33%\" y1=\"110\" x2=\"100.00%\" y2=\"110\"/>",
            "<line class=\"ax wk\" x1=\"0.00%\" y1=\"152\" x2=\"13.33%\" y2=\"152\"/>",
        ] {
            assert!(chart.svg.contains(part), "{part} in {}", chart.svg);
        }
        assert!(!chart.svg.contains("viewBox"));
    }

    #[test]
    fn scales_end_on_round_numbers() {
        let ends = |numbers: &[f64]| {
            let scale = Scale::of(numbers.iter().copied());
            (scale.low, scale.high, scale.step)
        };
        assert_eq!(ends(&[120.0, 123.0]), (0.0, 150.0, 50.0));
        assert_eq!(ends(&[2.0, 24.0, 26.0]), (0.0, 30.0, 10.0));
        assert_eq!(ends(&[300_000.0]), (0.0, 300_000.0, 100_000.0));
        assert_eq!(ends(&[-5.0, 5.0]), (-6.0, 6.0, 2.0));
    }

    proptest::proptest! {
        #[test]
        fn any_number_lies_on_the_chart(numbers in proptest::collection::vec(proptest::num::f64::ANY, 2..6)) {
            let rows: Vec<_> = numbers.iter().map(|n| value(Some(*n), Some(*n))).collect();
            if let Some(chart) = values("v", &rows, &WORDS) {
                proptest::prop_assert!(!chart.svg.contains("NaN%"));
            }
        }
    }
}
