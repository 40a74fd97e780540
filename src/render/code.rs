//! Code highlighting.
//!
//! Whatever the language, tokens get one of five classes, which is what the theme has colours for. The text is only ever
//! wrapped, never altered; what is too large or not understood stays plain.

use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;

use super::weave::escape_text;

/// Longest code block that is highlighted, in bytes.
const LONGEST_BLOCK: usize = 64 * 1024;
/// Longest line of a block that is highlighted, in bytes.
const LONGEST_LINE: usize = 2000;

/// Code as HTML: `span`s of the classes `tok-c` (comments), `tok-t` (tables and types), `tok-k` (keys and keywords), `tok-s`
/// (strings) and `tok-n` (numbers, dates and constants). Without a known language, the text alone.
pub fn highlight(text: &str, language: Option<&str>) -> String {
    let fits = text.len() <= LONGEST_BLOCK && text.lines().all(|line| line.len() <= LONGEST_LINE);
    let syntax = language.filter(|_| fits).and_then(find_syntax);
    let classed = syntax.and_then(|syntax| classify(text, syntax));
    match classed {
        Some(tokens) => write(&tokens),
        None => escape_text(text),
    }
}

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// Beginnings of scopes and their classes. The longest that fits counts, from the innermost scope outwards; without a
/// class, text is plain whatever it stands in.
static CLASSES: LazyLock<Vec<(Scope, Option<&'static str>)>> = LazyLock::new(|| {
    let classes = [
        ("comment", Some("tok-c")),
        ("punctuation.definition.comment", Some("tok-c")),
        ("string", Some("tok-s")),
        ("punctuation.definition.string", Some("tok-s")),
        ("meta.interpolation", None),
        ("constant", Some("tok-n")),
        ("constant.character.escape", Some("tok-s")),
        ("variable.language", Some("tok-n")),
        ("entity.name.tag", Some("tok-k")),
        ("entity.other.attribute-name", Some("tok-t")),
        ("entity.name.table", Some("tok-t")),
        ("meta.tag.table", Some("tok-t")),
        ("entity.name.section", Some("tok-t")),
        ("markup.heading", Some("tok-t")),
        ("entity.name.type", Some("tok-t")),
        ("entity.name.class", Some("tok-t")),
        ("entity.name.struct", Some("tok-t")),
        ("entity.name.enum", Some("tok-t")),
        ("entity.name.trait", Some("tok-t")),
        ("support.type", Some("tok-t")),
        ("support.class", Some("tok-t")),
        ("storage.type", Some("tok-k")),
        ("storage.modifier", Some("tok-k")),
        ("keyword", Some("tok-k")),
        ("keyword.operator", None),
        ("keyword.operator.word", Some("tok-k")),
        ("support.type.property-name", Some("tok-k")),
        ("meta.mapping.key", Some("tok-k")),
    ];
    let scope = |(name, class): (&str, Option<&'static str>)| Some((Scope::new(name).ok()?, class));
    let mut classes: Vec<_> = classes.into_iter().filter_map(scope).collect();
    classes.sort_by_key(|(scope, _)| std::cmp::Reverse(scope.len()));
    classes
});

fn find_syntax(language: &str) -> Option<&'static SyntaxReference> {
    if language.len() > 40 {
        return None;
    }
    SYNTAXES.find_syntax_by_token(language)
}

/// Tokens in order: text and class. `None` where the syntax's own rules fail.
fn classify<'t>(
    text: &'t str,
    syntax: &SyntaxReference,
) -> Option<Vec<(&'t str, Option<&'static str>)>> {
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut tokens = Vec::new();
    for line in LinesWithEndings::from(text) {
        let mut done = 0;
        for (at, change) in state.parse_line(line, &SYNTAXES).ok()? {
            tokens.push((line.get(done..at)?, class_of(&stack)));
            done = at;
            stack.apply(&change).ok()?;
        }
        tokens.push((line.get(done..)?, class_of(&stack)));
    }
    Some(tokens)
}

fn class_of(stack: &ScopeStack) -> Option<&'static str> {
    let class = |scope: &Scope| {
        CLASSES
            .iter()
            .find(|(prefix, _)| prefix.is_prefix_of(*scope))
    };
    stack
        .scopes
        .iter()
        .rev()
        .find_map(class)
        .and_then(|(_, class)| *class)
}

/// Writes tokens; neighbours of one class share an element.
fn write(tokens: &[(&str, Option<&'static str>)]) -> String {
    let mut html = String::new();
    let mut open = None;
    for (text, class) in tokens.iter().filter(|(text, _)| !text.is_empty()) {
        // White space goes on with a token and begins none.
        let class = if text.trim().is_empty() {
            open.and(*class)
        } else {
            *class
        };
        if class != open {
            if open.is_some() {
                html.push_str("</span>");
            }
            if let Some(class) = class {
                html.push_str("<span class=\"");
                html.push_str(class);
                html.push_str("\">");
            }
            open = class;
        }
        html.push_str(&escape_text(text));
    }
    if open.is_some() {
        html.push_str("</span>");
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toml_has_comments_tables_keys_strings_and_dates() {
        let html = highlight(
            "# year\n[event]\ntitle = \"a < b\"\nwhen = 2013-08-14\n",
            Some("toml"),
        );
        assert_eq!(
            html,
            "<span class=\"tok-c\"># year</span>\n[<span class=\"tok-t\">event</span>]\n\
             <span class=\"tok-k\">title</span> = <span class=\"tok-s\">\"a &lt; b\"</span>\n\
             <span class=\"tok-k\">when</span> = <span class=\"tok-n\">2013-08-14</span>\n"
        );
    }

    #[test]
    fn programs_have_keywords() {
        let html = highlight("fn main() { let x: u8 = 1; } // end", Some("rust"));
        assert!(
            html.starts_with("<span class=\"tok-k\">fn</span>"),
            "{html}"
        );
        assert!(
            html.ends_with("<span class=\"tok-c\">// end</span>"),
            "{html}"
        );
        assert!(highlight("const x: number = 1", Some("ts")).contains("tok-n"));
    }

    #[test]
    fn unknown_languages_and_large_blocks_stay_plain() {
        assert_eq!(highlight("a < b", None), "a &lt; b");
        assert_eq!(highlight("a = 1", Some("no-such-language")), "a = 1");
        let line = format!("x = \"{}\"", "a".repeat(LONGEST_LINE));
        assert_eq!(highlight(&line, Some("toml")), line);
        let block = "x = 1\n".repeat(LONGEST_BLOCK);
        assert_eq!(highlight(&block, Some("toml")), block);
    }
}
