//! Small files for robots and for GitHub Pages.

use crate::base::OutPath;
use crate::render::{Artifact, Class};

/// `robots.txt`: everything may be read, and where the sitemap is. `base_url` ends in `/`; without it there is no sitemap.
pub fn robots(base_url: Option<&str>) -> Option<Artifact> {
    let mut text = String::from("User-agent: *\nAllow: /\n");
    if let Some(base_url) = base_url {
        text.push_str(&format!("\nSitemap: {}sitemap.xml\n", one_line(base_url)));
    }
    file("robots.txt", text, "robots.txt")
}

/// `.nojekyll`, which keeps GitHub Pages from running the site through another generator.
pub fn nojekyll() -> Option<Artifact> {
    file(".nojekyll", String::new(), "the mark for GitHub Pages")
}

/// `CNAME`, which tells GitHub Pages the site's own domain.
pub fn cname(host: &str) -> Option<Artifact> {
    file(
        "CNAME",
        format!("{}\n", one_line(host)),
        "`cname` in dateline.toml",
    )
}

fn one_line(text: &str) -> String {
    text.trim().chars().filter(|c| !c.is_control()).collect()
}

fn file(name: &str, text: String, origin: &str) -> Option<Artifact> {
    let path = OutPath::new(name).ok()?;
    Some(Artifact::new(path, text.into_bytes(), Class::Index, origin))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(artifact: Option<Artifact>) -> (String, String) {
        let artifact = artifact.unwrap();
        let text = artifact.text();
        (artifact.path.to_string(), text.to_owned())
    }

    #[test]
    fn each_file_as_its_reader_wants_it() {
        let pair = |path: &str, text: &str| (path.to_owned(), text.to_owned());
        assert_eq!(
            text(robots(Some("https://example.org/b/"))),
            pair(
                "robots.txt",
                "User-agent: *\nAllow: /\n\nSitemap: https://example.org/b/sitemap.xml\n"
            )
        );
        assert_eq!(
            text(robots(None)),
            pair("robots.txt", "User-agent: *\nAllow: /\n")
        );
        assert_eq!(text(nojekyll()), pair(".nojekyll", ""));
        assert_eq!(
            text(cname(" briefing.example\nDisallow: x ")),
            pair("CNAME", "briefing.exampleDisallow: x\n")
        );
    }
}
