//! Single values: texts, dates, numbers, choices, addresses.

use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::Fields;
use crate::base::{Code, Edtf, Spanned};
use crate::model::Id;
use crate::read::check;
use crate::read::nearest::did_you_mean;
use crate::read::value::{Node, Value, shorten};

impl Fields<'_, '_> {
    /// A text.
    pub fn string(&mut self, key: &'static str) -> Option<String> {
        self.spanned_string(key).map(|text| text.value)
    }

    /// A text with its place.
    pub fn spanned_string(&mut self, key: &'static str) -> Option<Spanned<String>> {
        let node = self.take(key)?;
        self.text_of(key, node)
    }

    /// A text that must be there. Otherwise that is reported.
    pub fn required_string(&mut self, key: &'static str) -> Option<Spanned<String>> {
        let Some(node) = self.take(key) else {
            self.missing(key, &format!("add a line `{key} = \"…\"`"));
            return None;
        };
        let text = self.text_of(key, node);
        if text.is_none() && matches!(node.value, Value::Text(_)) {
            self.bad(Code::BadValue, key, &node.span, "must not be empty");
        }
        text
    }

    /// The text of a node; none, and no fault, for an empty one.
    pub(super) fn text_of(&mut self, key: &str, node: &Node) -> Option<Spanned<String>> {
        match &node.value {
            Value::Text(text) => {
                let text = text.trim();
                (!text.is_empty()).then(|| Spanned::new(text.to_owned(), node.span.clone()))
            }
            other => {
                let help = match other {
                    Value::Integer(n) => Some(format!("put it in quotation marks: \"{n}\"")),
                    Value::Float(n) => Some(format!("put it in quotation marks: \"{n}\"")),
                    Value::Bool(b) => Some(format!("put it in quotation marks: \"{b}\"")),
                    Value::Date(d) => Some(format!("put it in quotation marks: \"{d}\"")),
                    Value::List(_) => Some("write one text, without brackets".into()),
                    _ => None,
                };
                self.wrong(key, node, "a text", help);
                None
            }
        }
    }

    /// A text, or a number, date or truth value as it would be written.
    pub fn any_as_string(&mut self, key: &'static str) -> Option<Spanned<String>> {
        let node = self.take(key)?;
        let text = match &node.value {
            Value::Integer(number) => number.to_string(),
            Value::Float(number) => number.to_string(),
            Value::Bool(value) => value.to_string(),
            Value::Date(date) => date.clone(),
            _ => return self.text_of(key, node),
        };
        Some(Spanned::new(text, node.span.clone()))
    }

    /// `true` or `false`.
    pub fn bool(&mut self, key: &'static str) -> Option<bool> {
        let node = self.take(key)?;
        if let Value::Bool(value) = node.value {
            return Some(value);
        }
        let help = match &node.value {
            Value::Text(text) => match text.to_lowercase().as_str() {
                "true" | "yes" | "on" => Some("write true, without quotation marks".into()),
                "false" | "no" | "off" => Some("write false, without quotation marks".into()),
                _ => None,
            },
            _ => None,
        };
        self.wrong(key, node, "true or false", help);
        None
    }

    /// A whole number within a range, its ends included.
    pub fn integer(&mut self, key: &'static str, range: RangeInclusive<i64>) -> Option<i64> {
        let node = self.take(key)?;
        let (least, most) = (*range.start(), *range.end());
        match &node.value {
            Value::Integer(number) if range.contains(number) => Some(*number),
            Value::Integer(number) => {
                let wrong = if *number < least {
                    format!("must be {least} or more, not {number}")
                } else {
                    format!("must be {most} or less, not {number}")
                };
                self.bad(Code::BadValue, key, &node.span, &wrong);
                None
            }
            other => {
                let help = number_in_quotes(other);
                self.wrong(key, node, "a whole number", help);
                None
            }
        }
    }

    /// A finite number.
    pub fn float(&mut self, key: &'static str) -> Option<f64> {
        let node = self.take(key)?;
        self.float_of(key, node)
    }

    #[expect(clippy::cast_precision_loss, reason = "a number an editor wrote")]
    pub(super) fn float_of(&mut self, key: &str, node: &Node) -> Option<f64> {
        match &node.value {
            Value::Integer(number) => Some(*number as f64),
            Value::Float(number) if number.is_finite() => Some(*number),
            Value::Float(_) => {
                self.bad(Code::BadValue, key, &node.span, "must be a finite number");
                None
            }
            other => {
                let help = number_in_quotes(other);
                self.wrong(key, node, "a number", help);
                None
            }
        }
    }

    /// A day, in quotation marks or not.
    pub fn date(&mut self, key: &'static str) -> Option<Date> {
        const EXPECTED: &str = "a date such as 2013-08-14";
        let node = self.take(key)?;
        let (Value::Text(text) | Value::Date(text)) = &node.value else {
            self.wrong(key, node, EXPECTED, None);
            return None;
        };
        let text = text.trim();
        let shaped = text.len() == 10
            && text.bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if shaped && let Ok(date) = text.parse() {
            return Some(date);
        }
        let wrong = if shaped {
            format!("must be a day of the calendar; there is no {text}")
        } else if matches!(node.value, Value::Date(_)) {
            format!("must be a date such as 2013-08-14 without a time, not {text}")
        } else {
            format!("must be {EXPECTED}, not ‘{}’", shorten(text))
        };
        self.bad(Code::BadDate, key, &node.span, &wrong);
        None
    }

    /// An EDTF date or interval. A year may stand without quotation marks.
    pub fn edtf(&mut self, key: &'static str) -> Option<Edtf> {
        let node = self.take(key)?;
        let text = match &node.value {
            Value::Text(text) | Value::Date(text) => text.clone(),
            Value::Integer(year @ 1000..=9999) => year.to_string(),
            _ => {
                let expected = "a date such as \"2013-08-14\", \"2002-05\" or \"2002~\"";
                self.wrong(key, node, expected, None);
                return None;
            }
        };
        match Edtf::parse(&text) {
            Ok(date) => Some(date),
            Err(why) => {
                let wrong = format!("must be a date: {why}");
                self.bad(Code::BadDate, key, &node.span, &wrong);
                None
            }
        }
    }

    /// An EDTF date that must be there. Otherwise that is reported.
    pub fn required_edtf(&mut self, key: &'static str) -> Option<Edtf> {
        if !self.has(key) {
            self.missing(key, &format!("add a line such as `{key} = \"2013-08-14\"`; \"2002-05\", \"2004\" and \"2002~\" are dates too"));
        }
        self.edtf(key)
    }

    /// One of some words.
    pub fn enumeration<T: Copy>(
        &mut self,
        key: &'static str,
        words: &[(&'static str, T)],
    ) -> Option<T> {
        let node = self.take(key)?;
        let text = self.text_of(key, node)?;
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text.value) {
            return Some(*value);
        }
        let names: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
        let allowed = match names.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
            _ => names.join(""),
        };
        let message = format!("`{key}` must be {allowed}, not ‘{}’", shorten(&text.value));
        let mut diagnostic =
            crate::base::Diagnostic::new(Code::BadValue, node.span.clone(), message);
        diagnostic.help = did_you_mean(&text.value, words.iter().map(|(word, _)| *word));
        self.report(diagnostic);
        None
    }

    /// An id, to be resolved later.
    pub fn id(&mut self, key: &'static str) -> Option<Spanned<Id>> {
        let text = self.spanned_string(key)?;
        Some(Spanned::new(check::id(&text.value), text.span))
    }

    /// An id that must be there. Otherwise that is reported.
    pub fn required_id(&mut self, key: &'static str) -> Option<Spanned<Id>> {
        let text = self.required_string(key)?;
        Some(Spanned::new(check::id(&text.value), text.span))
    }

    /// A web address.
    pub fn url(&mut self, key: &'static str) -> Option<String> {
        self.checked(key, Code::BadValue, check::url)
            .map(|url| url.value)
    }

    /// A language tag.
    pub fn language(&mut self, key: &'static str) -> Option<String> {
        self.checked(key, Code::BadValue, check::language)
            .map(|tag| tag.value)
    }

    /// A text that passes a check, which may alter it or say what is wrong with it.
    pub fn checked(
        &mut self,
        key: &'static str,
        code: Code,
        check: impl Fn(&str) -> Result<String, String>,
    ) -> Option<Spanned<String>> {
        let text = self.spanned_string(key)?;
        match check(&text.value) {
            Ok(value) => Some(Spanned::new(value, text.span)),
            Err(wrong) => {
                self.bad(code, key, &text.span, &wrong);
                None
            }
        }
    }
}

fn number_in_quotes(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) if text.trim().parse::<f64>().is_ok() => {
            Some(format!("write it without quotation marks: {}", text.trim()))
        }
        _ => None,
    }
}
