//! Whether a text is what a key asks for: a web address, a language, a path, a slug, an id.

use unicode_normalization::UnicodeNormalization;

use crate::base::OutPath;
use crate::model::Id;

/// Checks an address of the web.
///
/// # Errors
/// What is wrong, to stand after the key's name.
pub(super) fn url(text: &str) -> Result<String, String> {
    let lower = text.to_ascii_lowercase();
    let rest = lower
        .strip_prefix("https://")
        .or_else(|| lower.strip_prefix("http://"));
    let Some(rest) = rest else {
        return Err("must be a web address that begins with https:// or http://".into());
    };
    if let Some(c) = text
        .chars()
        .find(|&c| c.is_whitespace() || c.is_control() || "<>\"\\^`{|}".contains(c))
    {
        return Err(format!("must be a web address, which has no {c:?} in it"));
    }
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    let host = host.rsplit('@').next().unwrap_or(host);
    let host = host.rsplit_once(':').map_or(host, |(host, port)| {
        if port.chars().all(|c| c.is_ascii_digit()) {
            host
        } else {
            ""
        }
    });
    let bracketed = rest.starts_with('[') && rest.contains(']');
    if host.is_empty() && !bracketed {
        return Err("must be a web address with the name of a server in it".into());
    }
    Ok(text.to_owned())
}

/// Checks the address of a site and ends it with a slash.
///
/// # Errors
/// What is wrong, to stand after the key's name.
pub(super) fn base_url(text: &str) -> Result<String, String> {
    let text = url(text)?;
    if text.contains(['?', '#']) {
        return Err("must be the address of the home page, without `?` or `#`".into());
    }
    Ok(if text.ends_with('/') {
        text
    } else {
        format!("{text}/")
    })
}

/// Checks the shape of a BCP 47 language tag (RFC 5646, section 2.1): `en`, `en-GB`, `zh-Hant`.
///
/// # Errors
/// What is wrong, to stand after the key's name.
pub(super) fn language(text: &str) -> Result<String, String> {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or("");
    let fits = (2..=3).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && parts
            .all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
    if fits {
        Ok(text.to_owned())
    } else {
        Err("must be a language tag such as en, en-GB or ko".into())
    }
}

/// Checks a host name (RFC 1123, section 2.1).
///
/// # Errors
/// What is wrong, to stand after the key's name.
pub(super) fn host(text: &str) -> Result<String, String> {
    let part = |part: &str| {
        (1..=63).contains(&part.len())
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    if text.len() <= 253 && text.contains('.') && text.split('.').all(part) {
        Ok(text.to_ascii_lowercase())
    } else {
        Err("must be the name of a host such as briefing.example.org, without https://".into())
    }
}

/// Checks an old path. It is kept as written, but without a slash at its beginning.
///
/// # Errors
/// What is wrong, to stand after the key's name.
pub(super) fn old_path(text: &str) -> Result<String, String> {
    if text.contains("://") {
        return Err("must be a path on this site such as /old/path/, without the server".into());
    }
    if let Some(c) = text.chars().find(|c| "#%".contains(*c)) {
        return Err(format!(
            "must be a path such as /old/path/, which has no {c:?} in it"
        ));
    }
    let path = text.strip_prefix('/').unwrap_or(text);
    if path.is_empty() {
        return Err("cannot be the home page".into());
    }
    if path.starts_with('/') || path.ends_with("//") {
        return Err("must be a path such as /old/path/, with single slashes".into());
    }
    match OutPath::page(path) {
        Ok(_) => Ok(path.to_owned()),
        Err(error) => Err(format!(
            "must be a path such as /old/path/; this one {error}"
        )),
    }
}

/// Checks a slug.
///
/// # Errors
/// What is wrong, to stand after the key's name.
pub(super) fn slug(text: &str) -> Result<String, String> {
    if text.is_empty() || text.contains('/') {
        return Err("must be the last part of an address, without a slash".into());
    }
    if let Some(c) = text
        .chars()
        .find(|&c| c.is_whitespace() || "#%&+=;,'()[]{}".contains(c))
    {
        return Err(format!(
            "must be made of letters, digits and hyphens, without {c:?}"
        ));
    }
    if text.starts_with('.') {
        return Err("must not begin with a dot, since servers hide such paths".into());
    }
    match OutPath::page(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(error) => Err(format!(
            "must be the last part of an address; this one {error}"
        )),
    }
}

/// The id that a text names. Letters that one system stores as one character and another as several become the same,
/// so that an id that was typed finds the file whose name a Mac has taken apart.
pub(super) fn id(text: &str) -> Id {
    if text.is_ascii() {
        Id::new(text)
    } else {
        Id::new(text.nfc().collect::<String>())
    }
}

/// An id near a text that cannot be one.
pub(super) fn suggest_id(text: &str) -> Option<String> {
    let lower: String = text.nfc().flat_map(char::to_lowercase).collect();
    let words = lower.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    [words.join("-"), slug::slugify(text)]
        .into_iter()
        .find(|candidate| Id::is_valid(candidate))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_addresses() {
        for good in [
            "https://example.org",
            "HTTP://example.org:8080/a?b#c",
            "https://user@example.org/",
            "http://[::1]/",
            "https://ko.wikipedia.org/wiki/개성",
        ] {
            assert_eq!(url(good), Ok(good.to_owned()));
        }
        for bad in [
            "",
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "data:text/html,x",
            "www.example.org",
            "//example.org",
            "https://",
            "https:///path",
            "https://:80/",
            "https://example.org/a b",
            "https://example.org/\"x",
            " https://example.org",
        ] {
            assert!(url(bad).is_err(), "{bad}");
        }
        assert_eq!(base_url("https://a.org/b").unwrap(), "https://a.org/b/");
        assert!(base_url("https://a.org/?x").is_err());
    }

    #[test]
    fn languages_and_hosts() {
        for good in ["en", "en-GB", "zh-Hant-TW", "kok"] {
            assert!(language(good).is_ok(), "{good}");
        }
        for bad in ["", "e", "english", "en_GB", "en-", "12", "en-\u{fc}"] {
            assert!(language(bad).is_err(), "{bad}");
        }
        assert_eq!(
            host("Briefing.Example.org").unwrap(),
            "briefing.example.org"
        );
        for bad in [
            "",
            "localhost",
            "https://a.org",
            "a..org",
            "-a.org",
            "a.org/",
        ] {
            assert!(host(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn paths_stay_below_the_site() {
        assert_eq!(old_path("/old/path/").unwrap(), "old/path/");
        for bad in [
            "",
            "/",
            "../x",
            "/a/../b",
            "a\\b",
            "https://a.org/x",
            "a#b",
            "//a",
        ] {
            assert!(old_path(bad).is_err(), "{bad}");
        }
        assert_eq!(slug("개성-2013").unwrap(), "개성-2013");
        for bad in ["", "a/b", "..", ".hidden", "a b", "a?b", "a%2fb", "x\u{7}"] {
            assert!(slug(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn ids_are_suggested() {
        let cases = [
            ("VOA 2013", Some("voa-2013")),
            ("kim_jong_il", Some("kim-jong-il")),
            ("개성 공단", Some("개성-공단")),
            ("--", None),
        ];
        for (text, expected) in cases {
            assert_eq!(suggest_id(text).as_deref(), expected, "{text}");
        }
        assert_eq!(id("\u{1100}\u{1161}"), Id::new("가"));
    }
}
