//! `theme.toml`: what a theme says of itself, and the options that a site may set.

use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

use crate::base::{Code, Diagnostic, SitePath, Span, Spanned};
use crate::model::ThemeFile;

/// What a theme says of itself.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Manifest {
    /// Its name.
    pub name: String,
    /// What it looks like, in a sentence.
    pub description: String,
    /// Under which terms it may be used.
    pub licence: String,
    /// Its style sheet has colours for the classes of highlighted code.
    pub highlighted: bool,
    /// What a site may set, by name.
    pub options: Vec<(String, OptionKind)>,
}

/// An option: its type, what it may be and what it is by default.
#[derive(Debug, Clone, PartialEq)]
pub struct OptionKind {
    /// `string`, `boolean`, `integer` or `number`.
    pub kind: String,
    /// The only values that it takes; any of its type if there are none.
    pub choices: Vec<Value>,
    /// What it is where the site says nothing.
    pub default: Value,
    /// What it does.
    pub description: String,
}

const KINDS: [&str; 4] = ["string", "boolean", "integer", "number"];

impl OptionKind {
    fn takes(&self, value: &Value) -> bool {
        match self.kind.as_str() {
            "string" => value.is_string(),
            "boolean" => value.is_boolean(),
            "integer" => value.is_i64() || value.is_u64(),
            _ => value.is_number(),
        }
    }
}

impl Manifest {
    /// Reads `theme.toml`. What is sound is kept.
    pub(super) fn read(file: &ThemeFile, faults: &mut Vec<Diagnostic>) -> Self {
        let mut manifest = Self::default();
        let Ok(text) = std::str::from_utf8(&file.bytes) else {
            let message = "the theme’s description is not UTF-8 text";
            faults.push(Diagnostic::file(Code::NotUtf8, &file.path, message));
            return manifest;
        };
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut reader = Reader {
            path: &file.path,
            faults,
        };
        for error in errors {
            let range = error.span().unwrap_or_default();
            reader.fault(Code::BadSyntax, &range, error.message().to_owned());
        }
        for (key, value) in table.get_ref() {
            match key.get_ref().as_ref() {
                "name" => reader.text(value, &mut manifest.name),
                "description" => reader.text(value, &mut manifest.description),
                "licence" => reader.text(value, &mut manifest.licence),
                "highlighted" => reader.flag(value, &mut manifest.highlighted),
                "options" => manifest.options = reader.options(value),
                other => {
                    let known = ["name", "description", "licence", "highlighted", "options"];
                    reader.unknown("key", other, &key.span(), known.into_iter());
                }
            }
        }
        manifest
    }

    /// The value of every option: the site's where it is given and sound, else the default.
    pub(super) fn settle(
        &self,
        given: &[(Spanned<String>, Spanned<Value>)],
        faults: &mut Vec<Diagnostic>,
    ) -> Value {
        let mut values: Map<String, Value> = self
            .options
            .iter()
            .map(|(name, option)| (name.clone(), option.default.clone()))
            .collect();
        for (name, value) in given {
            let Some((_, option)) = self.options.iter().find(|(n, _)| *n == name.value) else {
                let names = self.options.iter().map(|(n, _)| n.as_str());
                faults.push(unknown(&name.span, "theme option", &name.value, names));
                continue;
            };
            let shown = |values: &[Value]| {
                let shown: Vec<String> = values.iter().map(Value::to_string).collect();
                shown.join(", ")
            };
            if !option.takes(&value.value) {
                let message = format!("the theme option ‘{}’ takes a {}", name.value, option.kind);
                faults.push(
                    Diagnostic::new(Code::WrongType, value.span.clone(), message).help(format!(
                        "{}; by default {}",
                        option.description, option.default
                    )),
                );
            } else if !option.choices.is_empty() && !option.choices.contains(&value.value) {
                let message = format!(
                    "the theme option ‘{}’ cannot be {}",
                    name.value, value.value
                );
                let close = value.value.as_str().and_then(|v| {
                    nearest(v, option.choices.iter().filter_map(Value::as_str)).map(str::to_owned)
                });
                let mut help = format!("it is one of {}", shown(&option.choices));
                if let Some(close) = close {
                    help.push_str(&format!("; did you mean \"{close}\"?"));
                }
                let fault = Diagnostic::new(Code::BadValue, value.span.clone(), message);
                faults.push(fault.help(help));
            } else {
                values.insert(name.value.clone(), value.value.clone());
            }
        }
        Value::Object(values)
    }
}

struct Reader<'a> {
    path: &'a SitePath,
    faults: &'a mut Vec<Diagnostic>,
}

type Item<'a, 'i> = &'a toml::Spanned<DeValue<'i>>;

impl Reader<'_> {
    fn fault(&mut self, code: Code, range: &std::ops::Range<usize>, message: String) {
        let span = Span::new(self.path, range.start, range.end);
        self.faults.push(Diagnostic::new(code, span, message));
    }

    fn wrong(&mut self, value: Item<'_, '_>, wanted: &str) {
        let message = format!("{wanted} is expected here");
        self.fault(Code::WrongType, &value.span(), message);
    }

    fn unknown<'a>(
        &mut self,
        what: &str,
        name: &str,
        range: &std::ops::Range<usize>,
        known: impl Iterator<Item = &'a str>,
    ) {
        let span = Span::new(self.path, range.start, range.end);
        self.faults.push(unknown(&span, what, name, known));
    }

    fn text(&mut self, value: Item<'_, '_>, into: &mut String) {
        match value.get_ref().as_str() {
            Some(text) => text.clone_into(into),
            None => self.wrong(value, "text between quotation marks"),
        }
    }

    fn flag(&mut self, value: Item<'_, '_>, into: &mut bool) {
        match value.get_ref().as_bool() {
            Some(flag) => *into = flag,
            None => self.wrong(value, "true or false"),
        }
    }

    fn options(&mut self, value: Item<'_, '_>) -> Vec<(String, OptionKind)> {
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(value, "a table of options");
            return Vec::new();
        };
        let mut options = Vec::new();
        for (name, value) in table {
            if let Some(option) = self.option(name, value) {
                options.push((name.get_ref().to_string(), option));
            }
        }
        options
    }

    fn option(
        &mut self,
        name: &toml::Spanned<std::borrow::Cow<'_, str>>,
        value: Item<'_, '_>,
    ) -> Option<OptionKind> {
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(value, "a table with type, default and description");
            return None;
        };
        let mut option = OptionKind {
            kind: String::new(),
            choices: Vec::new(),
            default: Value::Null,
            description: String::new(),
        };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "type" => self.text(value, &mut option.kind),
                "description" => self.text(value, &mut option.description),
                "default" => option.default = self.plain(value),
                "choices" => match value.get_ref().as_array() {
                    Some(list) => option.choices = list.iter().map(|v| self.plain(v)).collect(),
                    None => self.wrong(value, "a list of values"),
                },
                other => {
                    let known = ["type", "default", "choices", "description"];
                    self.unknown("key", other, &key.span(), known.into_iter());
                }
            }
        }
        if !KINDS.contains(&option.kind.as_str()) {
            let message = format!(
                "the option ‘{}’ needs a type: string, boolean, integer or number",
                name.get_ref()
            );
            self.fault(Code::BadValue, &name.span(), message);
            return None;
        }
        if !option.takes(&option.default) {
            let message = format!(
                "the option ‘{}’ needs a default that is a {}",
                name.get_ref(),
                option.kind
            );
            self.fault(Code::BadValue, &name.span(), message);
            return None;
        }
        Some(option)
    }

    fn plain(&mut self, value: Item<'_, '_>) -> Value {
        match value.get_ref() {
            DeValue::String(text) => Value::String(text.to_string()),
            DeValue::Boolean(flag) => Value::Bool(*flag),
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .map_or(Value::Null, Value::from),
            DeValue::Float(number) => number
                .as_str()
                .parse::<f64>()
                .map_or(Value::Null, Value::from),
            _ => {
                self.wrong(value, "text, a number, or true or false");
                Value::Null
            }
        }
    }
}

fn unknown<'a>(
    span: &Span,
    what: &str,
    name: &str,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let known: Vec<&str> = known.collect();
    let fault = Diagnostic::new(
        Code::UnknownKey,
        span.clone(),
        format!("there is no {what} ‘{name}’; it is ignored"),
    );
    match nearest(name, known.iter().copied()) {
        Some(close) => fault.help(format!("did you mean ‘{close}’?")),
        None if known.is_empty() => fault.help(format!("there are no {what}s here")),
        None => fault.help(format!("known are {}", known.join(", "))),
    }
}

/// The known name that is most like `name`, if any is.
fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let (distance, best) = known
        .map(|k| (strsim::damerau_levenshtein(name, k), k))
        .min()?;
    (distance <= 1 + name.chars().count() / 4).then_some(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Manifest, Vec<Diagnostic>) {
        let mut faults = Vec::new();
        let file = ThemeFile {
            path: SitePath::new("themes/x/theme.toml"),
            bytes: text.as_bytes().into(),
        };
        let manifest = Manifest::read(&file, &mut faults);
        (manifest, faults)
    }

    const GOOD: &str = "name = \"x\"\nhighlighted = true\n\
        [options.scheme]\ntype = \"string\"\nchoices = [\"auto\", \"dark\"]\ndefault = \"auto\"\n\
        [options.columns]\ntype = \"integer\"\ndefault = 2\ndescription = \"How many\"\n";

    fn given(name: &str, value: Value) -> (Spanned<String>, Spanned<Value>) {
        let span = |at| Span::new(&SitePath::new("dateline.toml"), at, at + 1);
        (
            Spanned::new(name.to_owned(), span(1)),
            Spanned::new(value, span(5)),
        )
    }

    #[test]
    fn the_site_overrides_defaults() {
        let (manifest, faults) = read(GOOD);
        assert!(faults.is_empty() && manifest.highlighted);
        let mut faults = Vec::new();
        let values = manifest.settle(&[given("columns", 3.into())], &mut faults);
        assert_eq!(values.to_string(), r#"{"scheme":"auto","columns":3}"#);
        assert!(faults.is_empty());
    }

    #[test]
    fn wrong_options_are_told_with_place_and_suggestion() {
        let (manifest, _) = read(GOOD);
        let mut faults = Vec::new();
        let site = [
            given("colums", 3.into()),
            given("columns", "3".into()),
            given("scheme", "drak".into()),
        ];
        let values = manifest.settle(&site, &mut faults);
        assert_eq!(values.to_string(), r#"{"scheme":"auto","columns":2}"#);
        let codes: Vec<Code> = faults.iter().map(|f| f.code).collect();
        assert_eq!(codes, [Code::UnknownKey, Code::WrongType, Code::BadValue]);
        let help = |i: usize| faults[i].help.clone().unwrap();
        assert_eq!(help(0), "did you mean ‘columns’?");
        assert!(help(2).ends_with("did you mean \"dark\"?"), "{}", help(2));
    }

    #[test]
    fn faults_of_the_theme_itself() {
        let text = "nmae = \"x\"\nlicence = 3\n[options.a]\ntype = \"colour\"\n[options.b]\ntype = \"boolean\"\ndefault = 1\n";
        let (manifest, faults) = read(text);
        let codes: Vec<Code> = faults.iter().map(|f| f.code).collect();
        use Code::{BadValue, UnknownKey, WrongType};
        assert_eq!(codes, [UnknownKey, WrongType, BadValue, BadValue]);
        assert!(manifest.options.is_empty());
        assert_eq!(read("name = \n").1[0].code, Code::BadSyntax);
    }
}
