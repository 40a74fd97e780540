//! How templates say the words of the interface: by the function `t`.
//!
//! What a template says by a fixed key, `t(key="nav.home")`, is put into it when it is loaded. A page says some fifty such words, the
//! same on every page, and a call costs much more than they do.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use tera::{Kwargs, State, Tera, Value};

use super::scan::Named;
use crate::render::strings::Strings;
use crate::render::view::capital;

/// The words of the interface, and which of them are missing.
#[derive(Clone)]
pub(super) struct Words {
    pub(super) strings: Arc<Strings>,
    /// Keys that templates name and no language file has.
    pub(super) missing: BTreeSet<String>,
}

/// What templates can call beside Tera's own: the function `t` and the filter `upper_first`.
pub(super) fn register(tera: &mut Tera, words: &Words) {
    let Words { strings, missing } = words.clone();
    tera.register_function("t", move |arguments: Kwargs, _: &State| {
        let key = arguments.must_get::<&str>("key")?;
        if !strings.has(key) {
            // What a template spells out was told when it was loaded; what it puts together is told here.
            if missing.contains(key) {
                return Ok(key.to_owned());
            }
            let message = format!("there is no interface string ‘{key}’");
            return Err(tera::Error::message(message));
        }
        // Nothing to fill in.
        if arguments.iter().count() == 1 {
            return Ok(strings.get(key).to_owned());
        }
        let texts: Vec<(&str, String)> = arguments
            .iter()
            .filter_map(|(name, value)| Some((name.as_str()?, shown(value, &strings))))
            .collect();
        let list: Vec<(&str, &str)> = texts.iter().map(|(n, v)| (*n, v.as_str())).collect();
        Ok(match arguments.get::<usize>("n") {
            Ok(Some(n)) => strings.count_with(key, n, &list),
            _ => strings.format(key, &list),
        })
    });
    tera.register_filter("upper_first", |text: &str, _: Kwargs, _: &State| {
        capital(text)
    });
}

fn shown(value: &Value, strings: &Strings) -> String {
    match (value.as_str(), value.as_u64()) {
        (Some(text), _) => text.to_owned(),
        (None, Some(number)) => strings.integer(number),
        (None, None) => value.to_string(),
    }
}

/// A template with its fixed words in place of the calls.
pub(super) fn with_fixed<'t>(
    template: &'t str,
    named: Option<&Named>,
    strings: &Strings,
) -> Cow<'t, str> {
    // What stands in a raw block is no call, and is shown as it is written.
    if template.contains("endraw") {
        return template.into();
    }
    let mut out = String::new();
    let mut done = 0;
    let part = |range: Range<usize>| template.get(range).unwrap_or_default();
    for (key, place) in named.into_iter().flat_map(|named| &named.strings) {
        let literal = Some(key)
            .filter(|key| strings.has(key))
            .and_then(|key| literal(strings.get(key)));
        if let (Some(call), Some(literal)) = (call(template, place), literal) {
            out.push_str(part(done..call.start));
            out.push_str(&literal);
            done = call.end;
        }
    }
    if done == 0 {
        return template.into();
    }
    out.push_str(part(done..template.len()));
    out.into()
}

/// The whole call around a key, where it has no other argument.
fn call(template: &str, key: &Range<usize>) -> Option<Range<usize>> {
    let mut before = template.get(..key.start)?;
    for token in ["=", "key", "(", "t"] {
        before = before.trim_end().strip_suffix(token)?;
    }
    let after = template.get(key.end..)?.trim_start().strip_prefix(')')?;
    Some(before.len()..template.len() - after.len())
}

/// A text as a string of the template language; none where that would take escapes.
fn literal(text: &str) -> Option<String> {
    let mark = ["\"", "'", "`"]
        .into_iter()
        .find(|mark| !text.contains(mark))?;
    (!text.contains('\\')).then(|| [mark, text, mark].concat())
}

#[cfg(test)]
mod tests {
    use super::super::scan::scan;
    use super::*;
    use crate::render::strings::tests_support::default_strings;

    #[test]
    fn words_take_the_place_of_calls_without_arguments() {
        let english = default_strings("en");
        let told =
            |template: &str| with_fixed(template, Some(&scan(template)), &english).into_owned();
        assert_eq!(
            told(r#"<p>{{ t(key="nav.timeline") }} {{ <a b={t( key = 'nav.topics' )} /> }}</p>"#),
            r#"<p>{{ "Timeline" }} {{ <a b={"Topics"} /> }}</p>"#
        );
        for same in [
            r#"{{ t(key="count.words", n=2) }}"#,
            r#"{{ t(key="section." ~ x) }}"#,
            r#"{{ t(key="no.such") }}"#,
            r#"t(key="nav.home")"#,
            r#"{% raw %}{{ t(key="nav.home") }}{% endraw %}"#,
        ] {
            assert_eq!(told(same), same);
        }
    }

    #[test]
    fn words_are_escaped_as_what_a_call_says_is() {
        for text in ["<b>a</b> & \"c\"", "it's <i>", "{{ 1 + 1 }} {% raw %}"] {
            let mut tera = Tera::new();
            tera.register_function("t", move |_: Kwargs, _: &State| text.to_owned());
            let fixed = ["{{ ", &literal(text).unwrap(), " }}"].concat();
            let templates = [("fixed.html", fixed.as_str()), ("said.html", "{{ t() }}")];
            tera.add_raw_templates(templates).unwrap();
            let shown = |template: &str| tera.render(template, &tera::Context::new()).unwrap();
            assert_eq!(shown("fixed.html"), shown("said.html"));
            assert!(!shown("fixed.html").contains('<'));
        }
    }

    #[test]
    fn words_are_quoted_by_what_they_do_not_hold() {
        assert_eq!(literal("a \"b\"").unwrap(), "'a \"b\"'");
        assert_eq!(literal("it's \"b\"").unwrap(), "`it's \"b\"`");
        assert_eq!(literal("\"'`"), None);
        assert_eq!(literal("\\"), None);
    }
}
