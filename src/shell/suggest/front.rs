//! Front matter of drafts, and the words of articles in it.

use std::collections::BTreeSet;

use crate::base::in_line;
use crate::engine::study::Known;
use crate::model::{Id, Kind, Ref, Rights};

/// Front matter in TOML, as it is written line by line.
#[derive(Default)]
pub(super) struct Front(String);

impl Front {
    /// A key with a text.
    pub(super) fn text(&mut self, key: &str, value: &str) {
        let value = toml::Value::String(value.to_owned());
        self.0.push_str(&format!("{key} = {value}\n"));
    }

    /// A key with a list of texts; left out where there are none.
    pub(super) fn list<'a>(&mut self, key: &str, values: impl IntoIterator<Item = &'a str>) {
        let values: Vec<toml::Value> = values.into_iter().map(toml::Value::from).collect();
        if !values.is_empty() {
            let list: Vec<String> = values.iter().map(toml::Value::to_string).collect();
            self.0.push_str(&format!("{key} = [{}]\n", list.join(", ")));
        }
    }

    /// A remark.
    pub(super) fn remark(&mut self, words: &str) {
        let line: String = words.chars().filter(|c| !c.is_control()).collect();
        self.0.push_str(&format!("# {line}\n"));
    }

    /// The head of a table of a list.
    pub(super) fn table(&mut self, key: &str) {
        self.0.push_str(&format!("\n[[{key}]]\n"));
    }

    /// The file.
    pub(super) fn file(&self) -> String {
        format!("+++\n{}+++\n", self.0)
    }
}

/// The text of a sentence on one line.
pub(super) fn sentence(known: &Known, article: &Id, number: u32) -> Option<String> {
    let text = known.articles.get(article)?;
    let sentences = &text.annotated.sentences;
    let range = sentences.iter().find(|s| s.number == number)?.range;
    Some(in_line(range.of(&text.prose.document.text)).into_owned())
}

/// A quotation that finds a sentence again: the whole of it, or its ends where it is long or its text is not to be published.
pub(super) fn quotation(known: &Known, article: &Id, sentence: &str) -> String {
    const LONG: usize = 24;
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let rights = known.site.articles.get(article).map(|a| a.rights);
    let most = match rights {
        Some(Rights::Full) => LONG,
        _ => known.site.config.rights.max_words.max(2),
    };
    if words.len() <= most || sentence.contains('…') {
        return sentence.to_owned();
    }
    let (head, tail) = (most.div_ceil(2).min(10), (most / 2).clamp(1, 6));
    let head = words.get(..head).unwrap_or(&words);
    let tail = words.get(words.len() - tail..).unwrap_or(&words);
    format!("{} … {}", head.join(" "), tail.join(" "))
}

/// An id for a draft: one that nothing has, made of `words`.
pub(super) fn id(known: &Known, kind: Kind, words: &str, taken: &mut BTreeSet<String>) -> String {
    const LONGEST: usize = 60;
    let mut slug = slug::slugify(words);
    if slug.len() > LONGEST {
        slug.truncate(LONGEST);
        let whole = slug.rfind('-').filter(|at| *at > 0);
        slug.truncate(whole.unwrap_or(LONGEST));
    }
    let slug = match slug.trim_matches('-') {
        "" => "unnamed".to_owned(),
        slug => slug.to_owned(),
    };
    let is_taken = |id: &str| {
        let of = Ref::new(kind, &Id::new(id));
        let slugs = known.site.ids(kind).into_iter();
        let mut slugs = slugs.filter_map(|i| known.site.common(&Ref::new(kind, i)));
        known.site.common(&of).is_some()
            || known.site.left_out.contains_key(&of)
            || taken.contains(id)
            || slugs.any(|c| c.slug.value == id)
    };
    let mut free = slug.clone();
    let mut n = 2;
    while is_taken(&free) {
        free = format!("{slug}-{n}");
        n += 1;
    }
    taken.insert(free.clone());
    free
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_any_kind_are_quoted() {
        let mut front = Front::default();
        front.text("title", "“A” \"b\"\\ c");
        front.list("names", ["x", "개성"]);
        front.list("none", []);
        front.remark("one\ntwo");
        let file = front.file();
        let inner = file.trim_matches(['+', '\n']);
        let table: toml::Table = inner.parse().unwrap();
        assert_eq!(table["title"].as_str(), Some("“A” \"b\"\\ c"));
        assert_eq!(table["names"].as_array().map(Vec::len), Some(2));
        assert!(!table.contains_key("none"));
    }
}
