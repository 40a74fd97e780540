//! Texts that are made to be slow.

/// A kind of nasty text.
pub(crate) struct Nasty {
    /// What it is called in the results.
    pub(crate) name: &'static str,
    /// What stands before, what is repeated, and what stands behind.
    parts: [&'static str; 3],
}

const fn nasty(name: &'static str, parts: [&'static str; 3]) -> Nasty {
    Nasty { name, parts }
}

/// Every kind.
pub(crate) const TEXTS: [Nasty; 32] = [
    nasty(
        "news",
        [
            "",
            "SEOUL (Agency) - About 120 firms will reopen on Tuesday, Mr. Kim said. “We hope so,” he added. ",
            "",
        ],
    ),
    nasty("quotes", ["", "\"", ""]),
    nasty("curly quotes", ["", "“", ""]),
    nasty("apostrophes", ["", "'", ""]),
    nasty("quoted words", ["", "“a ‘b ", ""]),
    nasty("quotes never closed", ["", "“We go on.\n\n", ""]),
    nasty("digits", ["", "7", ""]),
    nasty("numbers", ["", "7 ", ""]),
    nasty("number words", ["", "seven hundred ", ""]),
    nasty("thousands", ["", "7,000", ""]),
    nasty("number list", ["", "500 and ", "songs"]),
    nasty("hedges", ["", "about more than up to ", "7"]),
    nasty("years", ["", "1950-53 ", ""]),
    nasty("capitals", ["", "A", ""]),
    nasty("capital words", ["", "Kim ", ""]),
    nasty("capital pairs", ["", "University of ", ""]),
    nasty("initials", ["", "J. ", ""]),
    nasty("initialism", ["", "U.", ""]),
    nasty("titles", ["", "President ", ""]),
    nasty("small words", ["", "a ", ""]),
    nasty("speech", ["", "officials said that ", ""]),
    nasty("commas", ["He", ", who", " said"]),
    nasty("brackets", ["", "([", ""]),
    nasty("stops", ["", ".", ""]),
    nasty("spaced stops", ["", ". ", ""]),
    nasty("spaces", ["a.", " ", "b"]),
    nasty("months", ["", "May March ", ""]),
    nasty("weekdays", ["", "last Monday the ", ""]),
    nasty("hyphens", ["", "a-", "b"]),
    nasty("lines", ["", "a\n", ""]),
    nasty("letters", ["", "a", ""]),
    nasty("hangul", ["", "정부는 ‘북한", ""]),
];

/// A text of that kind of at least so many bytes.
pub(crate) fn text(name: &str, bytes: usize) -> String {
    let kind = TEXTS.iter().find(|text| text.name == name);
    let [before, again, behind] = kind.map_or(["", "a ", ""], |text| text.parts);
    let times = bytes.div_ceil(again.len());
    format!("{before}{}{behind}", again.repeat(times))
}
