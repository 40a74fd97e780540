//! Which addresses a link or an image may have.

use crate::model::LinkKind;

/// An address, judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Address {
    /// Allowed, of that kind; the text has no white space around it any more.
    Allowed(String, LinkKind),
    /// Not allowed; a link to it is left out.
    Unsafe,
}

/// Judges an address in which escapes and entities have already been resolved.
///
/// The rule names what may pass and refuses the rest. White space and control characters around an address are dropped
/// as browsers drop them; inside of it they make it unsafe, since browsers leave them out (`java\tscript:`).
/// `//host` leads to another site under whatever scheme the page has, so that it is refused as well.
pub(super) fn judge(address: &str) -> Address {
    let address = address.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    if address.chars().any(char::is_control) {
        return Address::Unsafe;
    }
    let slashes = |c| c == '/' || c == '\\';
    if address.starts_with(slashes) && address[1..].starts_with(slashes) {
        return Address::Unsafe;
    }
    let kind = match address.find([':', '/', '?', '#']) {
        _ if address.starts_with('#') => LinkKind::Fragment,
        Some(at) if address[at..].starts_with(':') => {
            let (scheme, rest) = (address[..at].to_ascii_lowercase(), &address[at + 1..]);
            match scheme.as_str() {
                "http" | "https" if rest.starts_with("//") => LinkKind::External,
                "mailto" => LinkKind::Mail,
                _ => return Address::Unsafe,
            }
        }
        _ => LinkKind::Relative,
    };
    Address::Allowed(address.to_owned(), kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(address: &str) -> Option<LinkKind> {
        match judge(address) {
            Address::Allowed(_, kind) => Some(kind),
            Address::Unsafe => None,
        }
    }

    #[test]
    fn webs_mail_paths_and_fragments_pass() {
        assert_eq!(kind("https://a.org/x:y"), Some(LinkKind::External));
        assert_eq!(kind("HTTP://a.org"), Some(LinkKind::External));
        assert_eq!(kind("mailto:a@b.org"), Some(LinkKind::Mail));
        assert_eq!(kind("#p3"), Some(LinkKind::Fragment));
        for path in [
            "other.md",
            "../a b/",
            "/x",
            "?q=a:b",
            "a/b:c",
            "개성.md",
            "",
        ] {
            assert_eq!(kind(path), Some(LinkKind::Relative), "{path}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for address in [
            "javascript:alert(1)",
            " \u{1}JavaScript:alert(1)",
            "java\tscript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "https:evil.org",
            "//evil.org",
            "\\\\evil.org",
            "/\\evil.org",
            "ftp://a",
            ":x",
        ] {
            assert_eq!(judge(address), Address::Unsafe, "{address:?}");
        }
    }
}
