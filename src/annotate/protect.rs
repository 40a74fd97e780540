//! Names of protected people, kept out of everything.
//!
//! Before anything is parsed, every text of the site has the names and aliases of protected entities replaced, so no
//! later phase ever sees them. What could still carry a name (an id, a slug, a file's name, a name written across
//! markup) is looked for in the outputs, and found there it fails the build. Where in doubt more is replaced, not less.

use aho_corasick::{AhoCorasick, MatchKind};

use crate::model::{Entity, Site};

/// Finds and replaces the names of protected entities.
#[derive(Debug, Clone)]
pub struct Protection {
    full: Names,
    weak: Names,
    /// Names as they look in addresses.
    slugs: Option<AhoCorasick>,
}

#[derive(Debug, Clone)]
struct Names {
    automaton: Option<AhoCorasick>,
    replacements: Vec<String>,
}

impl Protection {
    /// The protection of a site's protected entities; none if it has none. `neutral` stands for names that have no
    /// replacement of their own.
    pub fn of(site: &Site, neutral: &str) -> Option<Self> {
        let protected: Vec<&Entity> = site.entities.values().filter(|e| e.protect).collect();
        if protected.is_empty() {
            return None;
        }
        let mut full = Vec::new();
        let mut weak = Vec::new();
        for entity in protected {
            let replacement = entity.replacement.as_deref().unwrap_or(neutral);
            let aliases = entity
                .aliases
                .iter()
                .chain(&entity.demonyms)
                .map(|a| &a.value);
            let names = std::iter::once(&entity.name.value)
                .chain(aliases)
                .chain(entity.names.values());
            full.extend(names.map(|n| (n.trim().to_owned(), replacement.to_owned())));
            weak.extend(
                entity
                    .weak_aliases
                    .iter()
                    .map(|n| (n.value.trim().to_owned(), replacement.to_owned())),
            );
        }
        let slugs: Vec<String> = full
            .iter()
            .map(|(n, _)| slug::slugify(n))
            .filter(|s| s.contains('-'))
            .collect();
        Some(Self {
            full: Names::new(full),
            weak: Names::new(weak),
            slugs: AhoCorasick::new(slugs).ok(),
        })
    }

    /// Replaces the names in every text of the site, the entries of the gazetteer themselves included. Weak aliases go
    /// only where a full name stood beside them.
    pub fn apply(&self, site: &mut Site) {
        site.change_texts(&mut |text| self.replace(text));
    }

    /// The text without protected names; none if it has none.
    pub fn replace(&self, text: &str) -> Option<String> {
        let new = self.full.replace(text)?;
        Some(self.weak.replace(&new).unwrap_or(new))
    }

    /// Whether an output's text has a protected name.
    pub fn leaks_text(&self, text: &str) -> bool {
        self.full.find(text).next().is_some()
    }

    /// Whether an output's path has a protected name, as it stands or as it looks in addresses.
    pub fn leaks_path(&self, path: &str) -> bool {
        let in_slugs = self
            .slugs
            .as_ref()
            .is_some_and(|s| s.is_match(&path.to_lowercase()));
        in_slugs || self.leaks_text(path)
    }
}

impl Names {
    fn new(names: Vec<(String, String)>) -> Self {
        let (patterns, replacements): (Vec<_>, Vec<_>) =
            names.into_iter().filter(|(n, _)| !n.is_empty()).unzip();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .build(&patterns)
            .ok()
            .filter(|_| !patterns.is_empty());
        Self {
            automaton,
            replacements,
        }
    }

    /// Whole words that are protected names: their byte ranges and which they are.
    fn find<'a>(
        &'a self,
        text: &'a str,
    ) -> impl Iterator<Item = (std::ops::Range<usize>, usize)> + 'a {
        let matches = self.automaton.iter().flat_map(move |a| a.find_iter(text));
        matches.filter_map(move |m| {
            let before = text[..m.start()].chars().next_back();
            let after = text[m.end()..].chars().next();
            let ascii = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            (!ascii(before) && !ascii(after)).then(|| (m.range(), m.pattern().as_usize()))
        })
    }

    fn replace(&self, text: &str) -> Option<String> {
        let mut new = String::new();
        let mut done = 0;
        for (range, name) in self.find(text) {
            new.push_str(&text[done..range.start]);
            new.push_str(self.replacements.get(name).map_or("", String::as_str));
            done = range.end;
        }
        (done > 0).then(|| new + &text[done..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn protection() -> Protection {
        let pair = |a: &str| (a.to_owned(), "a witness".to_owned());
        Protection {
            full: Names::new(vec![pair("Hong Gil-dong"), pair("홍길동")]),
            weak: Names::new(vec![pair("Hong")]),
            slugs: AhoCorasick::new(["hong-gil-dong"]).ok(),
        }
    }

    #[test]
    fn names_go_and_weak_aliases_with_them() {
        let p = protection();
        let told =
            p.replace("Hong Gil-dong spoke. HONG GIL-DONG’s friend met Hong; 홍길동은 갔다.");
        assert_eq!(
            told.unwrap(),
            "a witness spoke. a witness’s friend met a witness; a witness은 갔다."
        );
        assert_eq!(p.replace("Hong Kong"), None);
    }

    #[test]
    fn names_in_addresses_are_seen() {
        let p = protection();
        assert!(p.leaks_path("people/hong-gil-dong/index.html"));
        assert!(!p.leaks_path("people/hong-kong/index.html"));
        assert!(p.leaks_text("<b>홍길동</b>"));
    }
}
