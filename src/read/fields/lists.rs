//! Lists, tables, and names in other languages.

use super::Fields;
use crate::base::{Code, Spanned};
use crate::model::{Id, Names};
use crate::read::check;
use crate::read::value::{Node, Value};

impl<'a> Fields<'a, '_> {
    /// A list of texts.
    pub fn strings(&mut self, key: &'static str) -> Vec<String> {
        let texts = self.spanned_strings(key);
        texts.into_iter().map(|text| text.value).collect()
    }

    /// A list of texts with their places. An empty one among them is an error, since an empty phrase is found everywhere.
    pub fn spanned_strings(&mut self, key: &'static str) -> Vec<Spanned<String>> {
        let mut out = Vec::new();
        for item in self.items(key, "a list of texts", "[\"…\", \"…\"]") {
            match self.text_of(key, item) {
                Some(text) => out.push(text),
                None if matches!(item.value, Value::Text(_)) => {
                    let wrong = "must not have an empty text in it";
                    self.bad(Code::BadValue, key, &item.span, wrong);
                }
                None => {}
            }
        }
        out
    }

    /// A list of ids, to be resolved later. Each is kept once.
    pub fn ids(&mut self, key: &'static str) -> Vec<Spanned<Id>> {
        let mut out: Vec<Spanned<Id>> = Vec::new();
        for text in self.spanned_strings(key) {
            let id = check::id(&text.value);
            if out.iter().all(|other| other.value != id) {
                out.push(Spanned::new(id, text.span));
            }
        }
        out
    }

    /// A list of ids, to be resolved later, or of tables with a key `id` and others, which `read` takes. Each id is kept
    /// once, with what was read beside it. `what` is one of the tables (`a participant`).
    pub fn ids_or_tables<T>(
        &mut self,
        key: &'static str,
        what: &'static str,
        read: impl Fn(&mut Fields<'_, '_>) -> T,
    ) -> Vec<(Spanned<Id>, Option<T>)> {
        let mut out: Vec<(Spanned<Id>, Option<T>)> = Vec::new();
        for item in self.items(key, "a list of texts", "[\"…\", \"…\"]") {
            let one = if matches!(item.value, Value::Table(_)) {
                let table = self.nested(key, item, what, |table| {
                    let beside = read(table);
                    Some((table.required_id("id")?, Some(beside)))
                });
                table.flatten()
            } else {
                let text = self.text_of(key, item);
                text.map(|text| (Spanned::new(check::id(&text.value), text.span), None))
            };
            if let Some(one) = one
                && out.iter().all(|(other, _)| other.value != one.0.value)
            {
                out.push(one);
            }
        }
        out
    }

    /// A list of texts that must pass a check, which may alter them or say what is wrong.
    pub fn checked_list(
        &mut self,
        key: &'static str,
        code: Code,
        check: impl Fn(&str) -> Result<String, String>,
    ) -> Vec<Spanned<String>> {
        let mut out = Vec::new();
        for text in self.spanned_strings(key) {
            match check(&text.value) {
                Ok(value) => out.push(Spanned::new(value, text.span)),
                Err(wrong) => self.bad(code, key, &text.span, &wrong),
            }
        }
        out
    }

    /// A list of old paths of this site.
    pub fn paths(&mut self, key: &'static str) -> Vec<Spanned<String>> {
        self.checked_list(key, Code::BadPath, check::old_path)
    }

    /// A list of web addresses.
    pub fn urls(&mut self, key: &'static str) -> Vec<String> {
        let urls = self.checked_list(key, Code::BadValue, check::url);
        urls.into_iter().map(|url| url.value).collect()
    }

    /// Latitude and longitude in degrees.
    pub fn coordinates(&mut self, key: &'static str) -> Option<(f64, f64)> {
        const EXPECTED: &str = "`[latitude, longitude]` such as [37.93, 126.62]";
        let node = self.take(key)?;
        let Value::List(items) = &node.value else {
            self.wrong(key, node, EXPECTED, None);
            return None;
        };
        let [latitude, longitude] = items.as_slice() else {
            let wrong = format!("must be {EXPECTED}, two numbers and not {}", items.len());
            self.bad(Code::BadValue, key, &node.span, &wrong);
            return None;
        };
        let pair = (self.float_of(key, latitude), self.float_of(key, longitude));
        let (Some(north), Some(east)) = pair else {
            return None;
        };
        if north.abs() > 90.0 {
            let wrong = "has a latitude outside -90 to 90; latitude comes first";
            self.bad(Code::BadValue, key, &latitude.span, wrong);
            return None;
        }
        if east.abs() > 180.0 {
            let wrong = "has a longitude outside -180 to 180";
            self.bad(Code::BadValue, key, &longitude.span, wrong);
            return None;
        }
        Some((north, east))
    }

    /// A list of tables, each read by `read`; what it makes nothing of is left out. `what` is one of them (`a link`).
    pub fn tables<T>(
        &mut self,
        key: &'static str,
        what: &'static str,
        mut read: impl FnMut(&mut Fields<'_, '_>) -> Option<T>,
    ) -> Vec<T> {
        let example = format!("a heading `[[{key}]]` in double brackets before each of them");
        let mut out = Vec::new();
        for item in self.items(key, "a list of tables", &example) {
            out.extend(self.nested(key, item, what, &mut read).flatten());
        }
        out
    }

    /// A table, read by `read`; `what` is what it describes (`the rights`).
    pub fn table<T>(
        &mut self,
        key: &'static str,
        what: &'static str,
        read: impl FnMut(&mut Fields<'_, '_>) -> T,
    ) -> Option<T> {
        let node = self.take(key)?;
        self.nested(key, node, what, read)
    }

    fn nested<T>(
        &mut self,
        key: &'static str,
        node: &Node,
        what: &'static str,
        mut read: impl FnMut(&mut Fields<'_, '_>) -> T,
    ) -> Option<T> {
        let Value::Table(table) = &node.value else {
            let help = match node.value {
                Value::List(_) => format!("write `[{key}]` in single brackets, once"),
                _ => format!("write `{key} = {{ … }}`"),
            };
            self.wrong(key, node, "a table of keys and values", Some(help));
            return None;
        };
        let mut fields = Fields::new(table, node.span.clone(), what, self.sink);
        fields.around.clone_from(&self.known);
        let value = read(&mut fields);
        fields.finish();
        Some(value)
    }

    /// A table of anything, for templates; empty if there is none.
    pub fn extra(&mut self, key: &'static str) -> serde_json::Value {
        let empty = || serde_json::Value::Object(serde_json::Map::new());
        let Some(node) = self.take(key) else {
            return empty();
        };
        let Value::Table(table) = &node.value else {
            let help = format!("write `[{key}]` and the keys below it");
            self.wrong(key, node, "a table of keys and values", Some(help));
            return empty();
        };
        table.to_json()
    }

    /// The keys and values of a table whose keys are not known here.
    pub fn open_table(
        &mut self,
        key: &'static str,
    ) -> Vec<(Spanned<String>, Spanned<serde_json::Value>)> {
        let Some(node) = self.take(key) else {
            return Vec::new();
        };
        let Value::Table(table) = &node.value else {
            self.wrong(key, node, "a table of keys and values", None);
            return Vec::new();
        };
        let entries = table.0.iter();
        let value = |node: &Node| Spanned::new(node.value.to_json(), node.span.clone());
        entries.map(|(k, node)| (k.clone(), value(node))).collect()
    }

    /// The names that keys of the form `name_LANG` give, by language tag: `name_ko`, `name_zh-Hant` or `name_zh_Hant`.
    pub fn names(&mut self) -> Names {
        const PREFIX: &str = "name_";
        self.prefixes.push(PREFIX);
        let mut names = Names::new();
        for (name, node) in &self.table.0 {
            let Some(tag) = name
                .value
                .strip_prefix(PREFIX)
                .filter(|tag| !tag.is_empty())
            else {
                continue;
            };
            match check::language(&tag.replace('_', "-")) {
                Ok(tag) if node.value != Value::Null => {
                    if let Some(text) = self.text_of(&name.value, node) {
                        names.insert(tag, text.value);
                    }
                }
                Ok(_) => {}
                Err(_) => {
                    let wrong = "must end in a language tag, as `name_ko` does";
                    self.bad(Code::BadValue, &name.value, &name.span, wrong);
                }
            }
        }
        names
    }

    /// The items of a list; nothing, and an error, for what is none.
    fn items(&mut self, key: &'static str, expected: &str, example: &str) -> &'a [Node] {
        let Some(node) = self.take(key) else {
            return &[];
        };
        if let Value::List(items) = &node.value {
            return items;
        }
        let help = match &node.value {
            Value::Table(_) => format!("write {example}"),
            Value::Text(text) if expected.ends_with("texts") => {
                let text = crate::read::value::shorten(text);
                format!("write brackets around it: `{key} = [\"{text}\"]`")
            }
            _ => format!("write `{key} = {example}`"),
        };
        self.wrong(key, node, expected, Some(help));
        &[]
    }
}
