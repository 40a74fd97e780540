//! The forms under which a name is looked for.

/// Whether a text has a letter or digit, without which nothing can be looked for.
pub(super) fn has_words(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}

/// Plurals of the people of a country: `North Koreans`, `Frenchmen`. Those in -ese, -ish, -sh and -ch have none of their own.
pub(super) fn plurals(name: &str) -> Vec<String> {
    let ascii = name.ends_with(|c: char| c.is_ascii_lowercase());
    let same = ["s", "x", "z", "ese", "sh", "ch"];
    if !ascii || same.iter().any(|end| name.ends_with(end)) {
        return Vec::new();
    }
    let mut forms = vec![format!("{name}s")];
    // Germans and Englishmen end alike in the singular; the form that is no word is never met.
    if let Some(stem) = name.strip_suffix("man") {
        forms.push(format!("{stem}men"));
    }
    forms
}

/// A name that begins with a small letter, as it is written where a sentence begins.
pub(super) fn capitalised(name: &str) -> Option<String> {
    let first = name.chars().next().filter(|c| c.is_lowercase())?;
    let rest = name.get(first.len_utf8()..)?;
    Some(first.to_uppercase().chain(rest.chars()).collect())
}

/// A name in capitals, as datelines and headlines have it: `SEOUL (Agency) –`. Short ones are left alone, as their capitals
/// are more likely an abbreviation of something else.
pub(super) fn in_capitals(name: &str) -> Option<String> {
    const ENOUGH: usize = 4;
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = name.to_uppercase();
    (letters >= ENOUGH && capitals != name).then_some(capitals)
}

/// A name in the cases that an automaton which ignores the case of ASCII letters still tells apart.
pub(super) fn cased(name: &str) -> Vec<String> {
    let mut forms = vec![name.to_owned()];
    if !name.is_ascii() {
        forms.push(name.to_lowercase());
        forms.push(name.to_uppercase());
        forms.extend(capitalised(&name.to_lowercase()));
    }
    forms.sort_unstable();
    forms.dedup();
    forms
}

/// A context word as it is, in small letters, with a capital and in capitals.
pub(super) fn in_any_case(word: &str) -> Vec<String> {
    if !has_words(word) {
        return Vec::new();
    }
    let lower = word.to_lowercase();
    let mut forms = vec![word.to_owned(), word.to_uppercase()];
    forms.extend(capitalised(&lower));
    forms.push(lower);
    forms.sort_unstable();
    forms.dedup();
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_of_peoples() {
        assert_eq!(plurals("North Korean"), ["North Koreans"]);
        assert_eq!(plurals("Frenchman"), ["Frenchmans", "Frenchmen"]);
        for same in ["Japanese", "British", "Swiss", "French", "북한인"] {
            assert!(plurals(same).is_empty(), "{same}");
        }
    }

    #[test]
    fn cases() {
        assert_eq!(capitalised("the ministry").as_deref(), Some("The ministry"));
        assert_eq!(capitalised("The ministry"), None);
        assert_eq!(capitalised("북한"), None);
        assert_eq!(in_capitals("Seoul").as_deref(), Some("SEOUL"));
        assert_eq!(in_capitals("Ann"), None);
        assert_eq!(in_capitals("KCNA"), None);
        assert_eq!(in_capitals("개성공단"), None);
        assert_eq!(cased("Élysée"), ["ÉLYSÉE", "Élysée", "élysée"]);
        assert_eq!(in_any_case("summit"), ["SUMMIT", "Summit", "summit"]);
        assert!(in_any_case("-").is_empty());
    }
}
