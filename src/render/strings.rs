//! Interface strings: every word that the program and the templates say, in the site's language.
//!
//! 1. `i18n/LANG.toml` of the theme is read for the language and what it falls back to (`ko-KR`, `ko`, `en`), then the
//!    site's own file of the same name is laid over it, string by string.
//! 2. Tables nest into dotted keys (`[nav] topics = "…"` is `nav.topics`); a table of plural categories is one string
//!    with several forms.
//! 3. `{name}` in a string is replaced by what the caller gives; `{n}` is the number that chose the form.
//!
//! Invariant: looking up a string never fails. What no file has is shown as its key.

mod date;
mod pattern;
#[cfg(test)]
pub(crate) mod tests_support;

use std::sync::Arc;

use foldhash::fast::FixedState;
use indexmap::IndexMap;

use crate::base::{Code, Diagnostic, Outcome, Span};
use crate::model::{ThemeFile, ThemeFiles};
pub(crate) use date::datetime;
use pattern::Pattern;

/// The language that every other one falls back to.
const LAST_RESORT: &str = "en";

/// The words of the interface in one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Strings {
    language: String,
    texts: IndexMap<String, Text, FixedState>,
}

/// A string in its plural forms.
#[derive(Debug, Clone, PartialEq)]
struct Text {
    /// The language that it was found in, which decides how its forms are chosen.
    language: Arc<str>,
    /// The form for everything not named below.
    other: Pattern,
    /// Forms for certain categories.
    forms: Vec<(Category, Pattern)>,
}

/// The plural categories of CLDR beside `other`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Category {
    Zero,
    One,
    Two,
    Few,
    Many,
    Other,
}

impl Text {
    /// The form for a count.
    fn form(&self, n: u64) -> &Pattern {
        let category = Category::of(&self.language, n);
        let form = self.forms.iter().find(|(c, _)| *c == category);
        form.map_or(&self.other, |(_, form)| form)
    }
}

impl Category {
    const NAMES: [(&'static str, Self); 6] = [
        ("zero", Self::Zero),
        ("one", Self::One),
        ("two", Self::Two),
        ("few", Self::Few),
        ("many", Self::Many),
        ("other", Self::Other),
    ];

    fn named(name: &str) -> Option<Self> {
        Self::NAMES
            .iter()
            .find(|(n, _)| *n == name)
            .map(|(_, category)| *category)
    }

    /// The category of a count, by the cardinal rules of CLDR for whole numbers. Languages that are not listed have
    /// `one` and `other`, as English has.
    fn of(language: &str, n: u64) -> Self {
        let (tens, units) = (n % 100, n % 10);
        match primary(language) {
            "id" | "ja" | "ko" | "lo" | "ms" | "my" | "th" | "vi" | "zh" => Self::Other,
            "fr" | "pt" if n < 2 => Self::One,
            "cs" | "sk" if (2..5).contains(&n) => Self::Few,
            "pl" | "ru" | "uk" if n != 1 => match units {
                1 if primary(language) != "pl" && tens != 11 => Self::One,
                2..=4 if !(12..15).contains(&tens) => Self::Few,
                _ => Self::Many,
            },
            _ if n == 1 => Self::One,
            _ => Self::Other,
        }
    }
}

impl Strings {
    /// Reads the strings of a theme for a language, with the site's own laid over them.
    ///
    /// # Errors
    /// Diagnostics: a file that is not TOML or not UTF-8, and values that are neither strings nor plural forms. What
    /// is sound is kept.
    pub fn load(theme: &ThemeFiles, language: &str) -> Outcome<Self> {
        let mut diagnostics = Vec::new();
        let mut texts = IndexMap::default();
        for tag in fallbacks(language).iter().rev() {
            let name = format!("i18n/{tag}.toml");
            let shared: Arc<str> = tag.as_str().into();
            for file in [theme.files.get(&name), theme.overrides.get(&name)]
                .into_iter()
                .flatten()
            {
                read(file, &shared, &mut texts, &mut diagnostics);
            }
        }
        texts.sort_unstable_keys();
        let language = language.to_owned();
        Outcome {
            value: Self { language, texts },
            diagnostics,
        }
    }

    /// The language that was asked for, as BCP 47.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// Whether there is a string of that key.
    pub fn has(&self, key: &str) -> bool {
        self.texts.contains_key(key)
    }

    /// Every key, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().map(String::as_str)
    }

    /// A text that is the same for the same strings and for no others, to be hashed.
    pub fn fingerprint(&self) -> String {
        format!("{:?}", self.texts)
    }

    /// The string of a key, or the key itself where there is none.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.texts.get(key).map_or(key, |text| text.other.as_str())
    }

    /// The string of a key with its placeholders filled. A placeholder that no argument names stays as it is.
    pub fn format(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        self.format_with(key, |name, out| put(arguments, name, out))
    }

    /// As [`format`](Self::format), where `put` adds what stands in the place of a name and says whether it has anything.
    fn format_with(&self, key: &str, put: impl Fn(&str, &mut String) -> bool) -> String {
        match self.texts.get(key) {
            Some(text) => text.other.fill(put),
            None => key.to_owned(),
        }
    }

    /// The form of a key's string for a count, with the count, grouped, in place of `{n}`.
    pub fn count(&self, key: &str, n: usize) -> String {
        self.count_with(key, n, &[])
    }

    /// As [`count`](Self::count), with further placeholders.
    pub fn count_with(&self, key: &str, n: usize, arguments: &[(&str, &str)]) -> String {
        let count = u64::try_from(n).unwrap_or(u64::MAX);
        let Some(text) = self.texts.get(key) else {
            return key.to_owned();
        };
        text.form(count).fill(|name, out| match name {
            "n" => {
                out.push_str(&self.integer(count));
                true
            }
            name => put(arguments, name, out),
        })
    }

    /// A whole number with its thousands grouped.
    pub fn integer(&self, n: u64) -> String {
        self.grouped(&n.to_string())
    }

    /// A number with its thousands grouped and at most six decimal places.
    pub fn number(&self, value: f64) -> String {
        let fixed = format!("{:.6}", value.abs());
        let (whole, decimals) = fixed.split_once('.').unwrap_or((&fixed, ""));
        let decimals = decimals.trim_end_matches('0');
        let sign = if value < 0.0 && fixed.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
            "−"
        } else {
            ""
        };
        let mut out = format!("{sign}{}", self.grouped(whole));
        if !decimals.is_empty() {
            out.push_str(self.get("number.decimal"));
            out.push_str(decimals);
        }
        out
    }

    fn grouped(&self, digits: &str) -> String {
        if digits.len() <= 3 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return digits.to_owned();
        }
        let separator = self.get("number.group");
        let mut out = String::with_capacity(digits.len() + digits.len() / 3);
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push_str(separator);
            }
            out.push(digit);
        }
        out
    }

    /// A number in words where the language has a word for it (`number.words.4`), else in figures.
    pub fn in_words(&self, n: usize) -> String {
        let key = format!("number.words.{n}");
        if self.has(&key) {
            self.get(&key).to_owned()
        } else {
            self.integer(u64::try_from(n).unwrap_or(u64::MAX))
        }
    }

    fn enumerate<T: AsRef<str>>(&self, items: &[T], out: &mut String) {
        for (i, item) in items.iter().enumerate() {
            out.push_str(if i > 0 { self.get("list.comma") } else { "" });
            out.push_str(item.as_ref());
        }
    }

    /// A list in words: `A`, `A and B`, `A, B and C`.
    pub fn list<T: AsRef<str>>(&self, items: &[T]) -> String {
        match items {
            [] => String::new(),
            [only] => only.as_ref().to_owned(),
            [first @ .., last] => self.format_with("list.last", |name, out| {
                match name {
                    "a" => self.enumerate(first, out),
                    "b" => out.push_str(last.as_ref()),
                    _ => return false,
                }
                true
            }),
        }
    }
}

/// Adds the argument of a name, if there is one.
fn put(arguments: &[(&str, &str)], name: &str, out: &mut String) -> bool {
    let found = arguments.iter().find(|(n, _)| *n == name);
    out.push_str(found.map_or("", |(_, value)| value));
    found.is_some()
}

/// The language itself and what it falls back to: `ko-KR`, `ko`, `en`.
fn fallbacks(language: &str) -> Vec<String> {
    let mut tags = Vec::new();
    let mut tag = language;
    loop {
        tags.push(tag.to_owned());
        match tag.rsplit_once('-') {
            Some((shorter, _)) => tag = shorter,
            None => break,
        }
    }
    if !tags.iter().any(|t| t == LAST_RESORT) {
        tags.push(LAST_RESORT.to_owned());
    }
    tags
}

fn primary(language: &str) -> &str {
    language.split('-').next().unwrap_or(language)
}

/// Reads one file and lays its strings over those already there.
fn read(
    file: &ThemeFile,
    language: &Arc<str>,
    texts: &mut IndexMap<String, Text, FixedState>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Ok(source) = std::str::from_utf8(&file.bytes) else {
        let message = "this file of interface strings is not UTF-8 text";
        diagnostics.push(Diagnostic::file(Code::NotUtf8, &file.path, message));
        return;
    };
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let (table, errors) = toml::de::DeTable::parse_recoverable(source);
    for error in errors {
        let range = error.span().unwrap_or_default();
        let span = Span::new(&file.path, range.start, range.end);
        diagnostics.push(
            Diagnostic::new(Code::BadSyntax, span, error.message().to_owned())
                .help("interface strings are TOML: [section] and key = \"words\""),
        );
    }
    let mut reader = Reader {
        file,
        language,
        texts,
        diagnostics,
    };
    reader.table("", table.get_ref());
}

struct Reader<'a> {
    file: &'a ThemeFile,
    language: &'a Arc<str>,
    texts: &'a mut IndexMap<String, Text, FixedState>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn table(&mut self, prefix: &str, table: &toml::de::DeTable<'_>) {
        for (name, value) in table {
            let key = match prefix {
                "" => name.get_ref().to_string(),
                prefix => format!("{prefix}.{}", name.get_ref()),
            };
            match value.get_ref() {
                toml::de::DeValue::String(text) => self.keep(key, text.to_string(), Vec::new()),
                toml::de::DeValue::Table(inner) if inner.contains_key("other") => {
                    self.plural(key, inner);
                }
                toml::de::DeValue::Table(inner) => self.table(&key, inner),
                _ => self.wrong(&key, &value.span(), "is neither words nor a table of them"),
            }
        }
    }

    fn plural(&mut self, key: String, table: &toml::de::DeTable<'_>) {
        let mut other = String::new();
        let mut forms = Vec::new();
        for (name, value) in table {
            match (Category::named(name.get_ref()), value.get_ref()) {
                (Some(Category::Other), toml::de::DeValue::String(text)) => {
                    other = text.to_string();
                }
                (Some(category), toml::de::DeValue::String(text)) => {
                    forms.push((category, text.to_string()));
                }
                (None, _) => {
                    let what = format!("has the plural form ‘{}’", name.get_ref());
                    let help = "plural forms are zero, one, two, few, many and other";
                    self.wrong_with(&key, &name.span(), &what, help);
                }
                _ => self.wrong(&key, &value.span(), "has a plural form that is not words"),
            }
        }
        self.keep(key, other, forms);
    }

    fn keep(&mut self, key: String, other: String, forms: Vec<(Category, String)>) {
        let language = Arc::clone(self.language);
        let text = Text {
            language,
            other: Pattern::new(other),
            forms: forms
                .into_iter()
                .map(|(category, form)| (category, Pattern::new(form)))
                .collect(),
        };
        self.texts.insert(key, text);
    }

    fn wrong(&mut self, key: &str, range: &std::ops::Range<usize>, what: &str) {
        let help = "write words between quotation marks, or { one = \"…\", other = \"…\" }";
        self.wrong_with(key, range, what, help);
    }

    fn wrong_with(&mut self, key: &str, range: &std::ops::Range<usize>, what: &str, help: &str) {
        let span = Span::new(&self.file.path, range.start, range.end);
        let message = format!("the interface string ‘{key}’ {what}");
        self.diagnostics
            .push(Diagnostic::new(Code::WrongType, span, message).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Place, SitePath};

    fn file(path: &str, text: &str) -> (String, ThemeFile) {
        let name = path.rsplit("t/").next().unwrap().to_owned();
        let file = ThemeFile {
            path: SitePath::new(path),
            bytes: text.as_bytes().into(),
        };
        (name, file)
    }

    fn strings(files: &[(&str, &str)], own: &[(&str, &str)], language: &str) -> Outcome<Strings> {
        let read = |list: &[(&str, &str)]| list.iter().map(|(p, t)| file(p, t)).collect();
        let theme = ThemeFiles {
            name: "t".into(),
            files: read(files),
            overrides: read(own),
        };
        Strings::load(&theme, language)
    }

    const ENGLISH: &str = r#"
        plain = "Plain"
        [nav]
        topics = "Topics"
        [count]
        event = { one = "{n} event", other = "{n} events in {where}" }
        [number]
        group = ","
        decimal = "."
        words = { 4 = "four" }
        [list]
        comma = ", "
        last = "{a} and {b}"
    "#;

    #[test]
    fn falls_back_from_region_to_language_to_english_string_by_string() {
        let files = [
            ("t/i18n/en.toml", ENGLISH),
            ("t/i18n/ko.toml", "[nav]\ntopics = \"주제\"\n"),
        ];
        let own = [("t/i18n/ko-KR.toml", "plain = \"그냥\"\n")];
        let got = strings(&files, &own, "ko-KR");
        assert!(got.diagnostics.is_empty());
        assert_eq!(got.value.get("nav.topics"), "주제");
        assert_eq!(got.value.get("plain"), "그냥");
        assert_eq!(got.value.get("list.comma"), ", ");
        assert_eq!(got.value.get("no.such"), "no.such");
    }

    #[test]
    fn plural_forms_go_by_the_language_of_the_string() {
        let korean = "[count]\nevent = { one = \"하나\", other = \"{n}건\" }\n";
        let files = [("t/i18n/en.toml", ENGLISH), ("t/i18n/ko.toml", korean)];
        let english = strings(&files, &[], "en").value;
        assert_eq!(english.count("count.event", 1), "1 event");
        let more = english.count_with("count.event", 1_200, &[("where", "2013")]);
        assert_eq!(more, "1,200 events in 2013");
        assert_eq!(
            strings(&files, &[], "ko").value.count("count.event", 1),
            "1건"
        );
        assert_eq!(Category::of("fr", 0), Category::One);
        assert_eq!(Category::of("ru", 22), Category::Few);
        assert_eq!(Category::of("ru", 21), Category::One);
        assert_eq!(Category::of("pl", 21), Category::Many);
    }

    #[test]
    fn numbers_and_lists() {
        let s = strings(&[("t/i18n/en.toml", ENGLISH)], &[], "en-GB").value;
        assert_eq!(s.integer(53_000), "53,000");
        assert_eq!(s.integer(123), "123");
        assert_eq!(s.number(1234.5), "1,234.5");
        assert_eq!(s.number(-0.000_000_1), "0");
        assert_eq!(s.number(-2_000_000.0), "−2,000,000");
        assert_eq!(s.number(f64::NAN), "NaN");
        assert_eq!(
            (s.in_words(4), s.in_words(13)),
            ("four".into(), "13".into())
        );
        assert_eq!(s.list::<&str>(&[]), "");
        assert_eq!(s.list(&["A", "B"]), "A and B");
        assert_eq!(s.list(&["A", "B", "C"]), "A, B and C");
    }

    #[test]
    fn faults_have_a_place_and_leave_the_rest() {
        let text = "good = \"Good\"\nbad = 3\n[n]\np = { other = \"x\", tow = \"y\" }\n";
        let got = strings(&[("t/i18n/en.toml", text)], &[], "en");
        assert_eq!(got.value.get("good"), "Good");
        assert_eq!(got.value.get("n.p"), "x");
        let places: Vec<&str> = got
            .diagnostics
            .iter()
            .map(|d| match &d.place {
                Place::Span(s) => &text[s.start as usize..s.end as usize],
                Place::File(_) => "",
            })
            .collect();
        assert_eq!(places, ["3", "tow"]);
        let broken = strings(&[("t/i18n/en.toml", "a = \n")], &[], "en");
        assert_eq!(broken.diagnostics[0].code, Code::BadSyntax);
    }
}
