//! A tree of values with their places, as TOML and YAML both give it.

use crate::base::{SitePath, Span, Spanned};

/// A value and where it is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Its place.
    pub span: Span,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing, as in YAML's `summary:`; read as if the key were not there.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// A text.
    Text(String),
    /// One of TOML's dates or times, as written. YAML's dates are texts.
    Date(String),
    /// A list.
    List(Vec<Node>),
    /// A table.
    Table(Table),
}

/// Keys and their values, in the order in which they are written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table(pub Vec<(Spanned<String>, Node)>);

impl Table {
    /// The entry of a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.0
            .iter()
            .find(|(name, _)| name.value == key)
            .map(|(_, node)| node)
    }
}

/// A stretch of a source that is to be read as TOML or YAML.
#[derive(Debug, Clone, Copy)]
pub struct Region<'a> {
    /// The file.
    pub path: &'a SitePath,
    /// The text to read.
    pub text: &'a str,
    /// Where in the file it begins, in bytes.
    pub offset: usize,
}

impl Region<'_> {
    /// The place of a range of bytes of the text.
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(
            self.path,
            self.offset + range.start,
            self.offset + range.end,
        )
    }
}

impl Value {
    /// What an editor would call it: `the number 2013`, `a list`.
    pub fn describe(&self) -> String {
        match self {
            Self::Null => "nothing".into(),
            Self::Bool(value) => format!("`{value}`"),
            Self::Integer(value) => format!("the number {value}"),
            Self::Float(value) => format!("the number {value}"),
            Self::Text(text) => format!("the text ‘{}’", shorten(text)),
            Self::Date(text) => format!("the date {text}"),
            Self::List(_) => "a list".into(),
            Self::Table(_) => "a table".into(),
        }
    }

    /// The value for templates. JSON has no infinite numbers: they become nothing.
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Null => serde_json::Value::Null,
            Self::Bool(value) => (*value).into(),
            Self::Integer(value) => (*value).into(),
            Self::Float(value) => (*value).into(),
            Self::Text(text) | Self::Date(text) => text.as_str().into(),
            Self::List(items) => items.iter().map(|item| item.value.to_json()).collect(),
            Self::Table(table) => table.to_json(),
        }
    }
}

impl Table {
    /// The table for templates.
    pub fn to_json(&self) -> serde_json::Value {
        let entries = self.0.iter();
        let entries = entries.map(|(key, node)| (key.value.clone(), node.value.to_json()));
        serde_json::Value::Object(entries.collect())
    }
}

/// The beginning of a text, for a message.
pub(super) fn shorten(text: &str) -> String {
    const MOST: usize = 40;
    let line = text.lines().next().unwrap_or("");
    if line.chars().count() <= MOST && line.len() == text.trim_end().len() {
        return line.to_owned();
    }
    let start: String = line.chars().take(MOST).collect();
    format!("{} …", start.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn described_for_people() {
        let text = Value::Text("A long sentence that goes on and on, and on, and on".into());
        assert_eq!(
            text.describe(),
            "the text ‘A long sentence that goes on and on, and …’"
        );
        assert_eq!(Value::Integer(2013).describe(), "the number 2013");
        assert_eq!(shorten("개성\nx"), "개성 …");
    }

    #[test]
    fn infinite_numbers_become_nothing() {
        assert_eq!(
            Value::Float(f64::INFINITY).to_json(),
            serde_json::Value::Null
        );
    }
}
