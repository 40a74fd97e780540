//! JSON that can stand anywhere, in a `script` element too.

/// JSON in which nothing looks like markup: what could end an element, begin a comment or be taken for an attribute is
/// written as an escape, which every reader of JSON turns back.
pub(crate) fn without_markup(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + json.len() / 16);
    let mut rest = json;
    while let Some(at) = rest.find(['<', '>', '&', '\'']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        out.push_str(match from.as_bytes().first() {
            Some(b'<') => "\\u003c",
            Some(b'>') => "\\u003e",
            Some(b'&') => "\\u0026",
            _ => "\\u0027",
        });
        rest = from.get(1..).unwrap_or_default();
    }
    out.push_str(rest);
    out
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
