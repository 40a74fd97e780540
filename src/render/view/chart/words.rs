//! The words of a chart, all of them the caller's.

use crate::base::Edtf;

/// At most so many marks are told one by one in a description; it is read out in one breath, and the list follows.
const TOLD: usize = 24;

/// What a chart says. Names in braces stand for values; a name that a pattern does not have is left as it is.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    /// The chart's title: `Kaesong, 2004 to 2013`.
    pub title: &'a str,
    /// Short names of the months, January first.
    pub months: [&'a str; 12],
    /// A month of a year, with `{month}` and `{year}`: `{month} {year}`.
    pub month_of_year: &'a str,
    /// From one year or month to another, with `{first}` and `{last}`: `{first} to {last}`.
    pub stretch: &'a str,
    /// What stands between entries of a list: `; `.
    pub between: &'a str,
    /// An event of a numbered chart, with `{number}`, `{label}` and `{date}`: `{number}, {label} ({date})`.
    pub event: &'a str,
    /// What ends a list that was cut short, with `{count}`: `{count} more in the list below`.
    pub more: &'a str,
    /// The only scale, with `{stretch}`: `One scale, {stretch}.`
    pub one_scale: &'a str,
    /// The upper of two scales, with `{stretch}`: `Two scales. The upper one shows {stretch}.`
    pub upper_scale: &'a str,
    /// The lower of two scales, with `{stretch}`: `The lower one enlarges {stretch}.`
    pub lower_scale: &'a str,
    /// What is on a scale, with `{items}`: `On it: {items}.`
    pub on_scale: &'a str,
    /// What ends the description of a numbered chart: `The numbers refer to the list below.`
    pub numbers: &'a str,
    /// What begins the description of rows, with `{stretch}`: `Rows of marks on one scale, {stretch}.`
    pub rows: &'a str,
    /// A row, with `{row}` and `{items}`: `{row}: {items}.`
    pub row: &'a str,
    /// A row without marks, with `{row}`: `{row}: none.`
    pub row_empty: &'a str,
    /// A row with marks in very many years, with `{row}`, `{count}` and `{stretch}`: `{row}: {count}, {stretch}.`
    pub row_long: &'a str,
    /// A year with several marks, with `{year}` and `{count}`: `{year} ({count})`.
    pub year_count: &'a str,
    /// A date in words: `14 August 2013`.
    pub date: &'a (dyn Fn(&Edtf) -> String + Sync),
}

impl Words<'_> {
    /// From one year or month to another; once where they are the same.
    pub(super) fn stretch(&self, first: &str, last: &str) -> String {
        if first == last {
            first.to_owned()
        } else {
            fill(self.stretch, &[("first", first), ("last", last)])
        }
    }

    /// The short name of a month, 1 to 12.
    pub(super) fn month(&self, month: i8) -> &str {
        usize::try_from(month)
            .ok()
            .and_then(|m| self.months.get(m.checked_sub(1)?))
            .copied()
            .unwrap_or_default()
    }

    /// A month with its year.
    pub(super) fn month_of_year(&self, year: i16, month: i8) -> String {
        let year = year_text(year.into());
        fill(
            self.month_of_year,
            &[("month", self.month(month)), ("year", &year)],
        )
    }

    /// A list, cut short where it is long.
    pub(super) fn list(&self, entries: impl ExactSizeIterator<Item = String>) -> String {
        let rest = entries.len().saturating_sub(TOLD);
        let mut told: Vec<String> = entries.take(TOLD).collect();
        if rest > 0 {
            told.push(fill(self.more, &[("count", &rest.to_string())]));
        }
        told.join(self.between)
    }

    /// Whether a list of so many entries is told in full.
    pub(super) fn tells(count: usize) -> bool {
        count <= TOLD
    }
}

/// A year as printed, with a true minus sign before the year 0.
pub(super) fn year_text(year: i64) -> String {
    if year < 0 {
        format!("−{}", year.unsigned_abs())
    } else {
        year.to_string()
    }
}

/// A pattern with its names in braces replaced. Values are not looked at again, so braces in them do no harm.
pub(super) fn fill(pattern: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let known = after.split_once('}').and_then(|(name, tail)| {
            let (_, value) = values.iter().find(|(key, _)| *key == name)?;
            Some((value, tail))
        });
        if let Some((value, tail)) = known {
            out.push_str(value);
            rest = tail;
        } else {
            out.push('{');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_known_names_once() {
        let values = [("a", "{b}"), ("b", "2")];
        let cases = [
            ("", ""),
            ("{a} and {b}", "{b} and 2"),
            ("{c} {a", "{c} {a"),
            ("{{a}}", "{{b}}"),
            ("é{b}é", "é2é"),
        ];
        for (pattern, text) in cases {
            assert_eq!(fill(pattern, &values), text, "{pattern}");
        }
    }
}
