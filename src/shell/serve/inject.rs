//! The one thing by which a served page differs from the built one: a script.
//!
//! It stands behind an address of its own, so it runs under the strictest policy that lets a page have scripts at all.

use serde_json::json;

use super::news::Stamp;

/// Where the server's own files are, beside the site.
pub(super) const OWN: &str = "/_dateline/";

/// The element that loads the script.
///
/// `files` are the paths in the output folder that the page is made of, or would be; `base` is the path the site stands under.
pub(super) fn tag(stamp: &Stamp, files: &[String], base: &str) -> String {
    let files = json!(files).to_string();
    format!(
        "<script src=\"{OWN}live.js\" data-stamp=\"{stamp}\" data-base=\"{}\" data-files=\"{}\"></script>",
        escape(base),
        escape(&files)
    )
}

/// The page with `tag` before the end of its body, or at its very end if it does not say where its body ends.
pub(super) fn inject(page: &[u8], tag: &str) -> Vec<u8> {
    const END: &[u8] = b"</body";
    let at = page
        .windows(END.len())
        .rposition(|window| window.eq_ignore_ascii_case(END))
        .unwrap_or(page.len());
    let (before, after) = page.split_at(at);
    [before, tag.as_bytes(), after].concat()
}

/// Text as it is written in HTML, inside of an attribute or outside.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_the_last_end_of_a_body() {
        let page = |text: &str| String::from_utf8(inject(text.as_bytes(), "<x>")).unwrap();
        assert_eq!(page("<p>a</p></body></html>"), "<p>a</p><x></body></html>");
        assert_eq!(
            page("<!-- </body> --> b </BODY >\n"),
            "<!-- </body> --> b <x></BODY >\n"
        );
        assert_eq!(page("<p>no body"), "<p>no body<x>");
        assert_eq!(page(""), "<x>");
    }

    #[test]
    fn nothing_breaks_out_of_the_tag() {
        let stamp = Stamp::parse("ab-1").unwrap();
        let tag = tag(&stamp, &["a\"><b>.html".into()], "/it's/");
        assert_eq!(
            tag,
            "<script src=\"/_dateline/live.js\" data-stamp=\"ab-1\" data-base=\"/it&#39;s/\" \
             data-files=\"[&quot;a\\&quot;&gt;&lt;b&gt;.html&quot;]\"></script>"
        );
    }
}
