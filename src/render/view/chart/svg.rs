//! Writes `svg` elements: positions along the page in per cent, everything else in pixels, colours by class.

use std::fmt::{self, Write as _};

/// A position or width along the chart, in hundredths of a per cent: 0 to 10,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Percent(i32);

impl Percent {
    /// The left edge.
    pub(super) const ZERO: Self = Self(0);
    /// The right edge.
    pub(super) const FULL: Self = Self(10_000);

    /// So many hundredths of a per cent, held within the chart.
    pub(super) fn new(hundredths: i64) -> Self {
        Self(i32::try_from(hundredths.clamp(0, 10_000)).unwrap_or(0))
    }

    /// A part of a whole, rounded to the nearest hundredth, halves up.
    pub(super) fn of(part: i64, whole: i64) -> Self {
        let whole = i128::from(whole.max(1));
        let part = i128::from(part).clamp(0, whole);
        let rounded = (part * 20_000 + whole) / (2 * whole);
        Self::new(i64::try_from(rounded).unwrap_or(0))
    }

    /// In hundredths of a per cent.
    pub(super) fn hundredths(self) -> i64 {
        i64::from(self.0)
    }

    /// The width from an earlier position to this one.
    pub(super) fn from(self, left: Self) -> Self {
        Self((self.0 - left.0).max(0))
    }

    /// The position halfway to another one.
    pub(super) fn middle(self, other: Self) -> Self {
        Self((self.0 + other.0) / 2)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}%", self.0 / 100, self.0 % 100)
    }
}

/// A width that grows with the chart, or one that does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Width {
    /// In pixels.
    Pixels(i64),
    /// In per cent of the chart.
    Share(Percent),
}

impl fmt::Display for Width {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pixels(n) => write!(f, "{n}"),
            Self::Share(share) => share.fmt(f),
        }
    }
}

/// An `svg` element in the making.
pub(super) struct Svg(String);

impl Svg {
    /// A chart with its title and description, named by ids that begin with `prefix`.
    pub(super) fn chart(prefix: &str, title: &str, description: &str, height: i64) -> Self {
        let id: String = prefix
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() || c == '_' {
                    c
                } else {
                    '-'
                }
            })
            .collect();
        let (title, description) = (escape(title), escape(description));
        Self(format!(
            "<svg class=\"tl\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\" height=\"{height}\" width=\"100%\">\
             <title id=\"{id}-t\">{title}</title><desc id=\"{id}-d\">{description}</desc>"
        ))
    }

    /// A strip beside text that says the same.
    pub(super) fn strip(height: i64) -> Self {
        Self(format!(
            "<svg class=\"spark tl\" aria-hidden=\"true\" focusable=\"false\" height=\"{height}\">"
        ))
    }

    /// A line; without a class where that is empty.
    pub(super) fn line(&mut self, class: &str, from: (Percent, i64), to: (Percent, i64)) {
        self.open("line", class);
        let ((x1, y1), (x2, y2)) = (from, to);
        self.add(format_args!(
            " x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"/>"
        ));
    }

    /// An upright line.
    pub(super) fn upright(&mut self, class: &str, x: Percent, top: i64, bottom: i64) {
        self.line(class, (x, top), (x, bottom));
    }

    /// A line across the whole chart.
    pub(super) fn across(&mut self, class: &str, y: i64) {
        self.line(class, (Percent::ZERO, y), (Percent::FULL, y));
    }

    /// A bar.
    pub(super) fn rect(&mut self, class: &str, x: Percent, width: Width, y: i64, height: i64) {
        self.open("rect", class);
        self.add(format_args!(
            " x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>"
        ));
    }

    /// A bar with round ends, centred on `x`, as wide as `width` pixels.
    pub(super) fn pill(&mut self, class: &str, x: Percent, width: i64, y: i64) {
        let left = width / 2;
        self.open("rect", class);
        // Half a width to the left of a percentage: only a transform can say so in an attribute.
        self.add(format_args!(
            " x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"21\" rx=\"10.5\" transform=\"translate(-{left} 0)\"/>"
        ));
    }

    /// A disc; the radius as written.
    pub(super) fn disc(&mut self, class: &str, x: Percent, y: i64, radius: &str) {
        self.open("circle", class);
        self.add(format_args!(" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>"));
    }

    /// A line of text, `dx` pixels to the right of `x`.
    pub(super) fn text(&mut self, class: &str, x: Percent, dx: i64, y: i64, text: &str) {
        self.open("text", class);
        self.add(format_args!(" x=\"{x}\""));
        if dx != 0 {
            self.add(format_args!(" dx=\"{dx}\""));
        }
        let text = escape(text);
        self.add(format_args!(" y=\"{y}\">{text}</text>"));
    }

    /// The finished element.
    pub(super) fn finish(mut self) -> String {
        self.0.push_str("</svg>");
        self.0
    }

    fn open(&mut self, name: &str, class: &str) {
        self.0.push('<');
        self.0.push_str(name);
        if !class.is_empty() {
            self.add(format_args!(" class=\"{class}\""));
        }
    }

    fn add(&mut self, arguments: fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.0.write_fmt(arguments);
    }
}

/// Text as it may stand in an element or attribute; what XML 1.0 has no way to write is left out.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{FFFE}' | '\u{FFFF}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_exact_to_two_decimals() {
        let cases = [
            (0, 7, "0.00%"),
            (1, 13, "7.69%"),
            (2, 13, "15.38%"),
            (1, 20_000, "0.01%"),
            (1, 20_001, "0.00%"),
            (135, 153, "88.24%"),
            (7, 7, "100.00%"),
            (9, 7, "100.00%"),
            (-1, 7, "0.00%"),
            (1, 0, "100.00%"),
            (i64::MAX, i64::MAX, "100.00%"),
        ];
        for (part, whole, text) in cases {
            assert_eq!(Percent::of(part, whole).to_string(), text, "{part}/{whole}");
        }
    }

    #[test]
    fn text_cannot_leave_its_element() {
        let mut svg = Svg::chart("a b\"", "<script>", "\"&\"", 10);
        svg.text("b", Percent::ZERO, 4, 12, "</text>\u{0}\n가");
        assert_eq!(
            svg.finish(),
            "<svg class=\"tl\" role=\"img\" aria-labelledby=\"a-b--t a-b--d\" height=\"10\" width=\"100%\">\
             <title id=\"a-b--t\">&lt;script&gt;</title><desc id=\"a-b--d\">&quot;&amp;&quot;</desc>\
             <text class=\"b\" x=\"0.00%\" dx=\"4\" y=\"12\">&lt;/text&gt; 가</text></svg>"
        );
    }
}
