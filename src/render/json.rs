//! JSON that can stand anywhere, in a `script` element too.

/// JSON in which nothing looks like markup: what could end an element, begin a comment or be taken for an attribute is
/// written as an escape, which every reader of JSON turns back.
pub(crate) fn without_markup(json: &str) -> String {
    let escape = |c: char| match c {
        '<' => "\\u003c".to_owned(),
        '>' => "\\u003e".to_owned(),
        '&' => "\\u0026".to_owned(),
        '\'' => "\\u0027".to_owned(),
        c => c.to_string(),
    };
    json.chars().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_cannot_end_its_element_and_stays_the_same() {
        let json = serde_json::json!({ "name": "</script><!-- ' & \" \\ 개성" });
        let text = without_markup(&json.to_string());
        assert!(!text.contains(['<', '>', '&', '\'']));
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&text).unwrap(),
            json
        );
    }
}
