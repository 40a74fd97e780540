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
pub(crate) const TEXTS: [Nasty; 52] = [
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
    nasty("articles", ["", "the ", ""]),
    nasty("of", ["", "of ", ""]),
    nasty("between", ["", "between 7 and ", ""]),
    nasty("full years", ["", "2004 ", ""]),
    nasty("slashes", ["", "08/31/2004/", ""]),
    nasty("clock", ["", "14:48:", ""]),
    nasty("clock and day", ["", "8 a.m. on Monday, ", ""]),
    nasty("days and months", ["", "7 May ", ""]),
    nasty("amounts", ["", "the last two years of the ", ""]),
    nasty("years ago", ["", "two to three and a half years ago ", ""]),
    nasty("until", ["", "until Tuesday ", ""]),
    nasty("to do", ["", "to hold to ", "on Monday"]),
    nasty("tenses", ["", "was on Monday ", ""]),
    nasty(
        "ordinals",
        ["", "the second quarter of the first half of the ", ""],
    ),
    nasty("according", ["", "according to the ", ""]),
    nasty("said", ["", "said ", ""]),
    nasty("he said", ["", "he said Mr. Kim said ", ""]),
    nasty("nested marks", ["", "“‘a’ he said, “‘", ""]),
    nasty("possessives", ["", "Kim's ", ""]),
    nasty("money", ["", "$5 million to ", ""]),
];

/// A text of that kind of at least so many bytes.
pub(crate) fn text(name: &str, bytes: usize) -> String {
    let kind = TEXTS.iter().find(|text| text.name == name);
    let [before, again, behind] = kind.map_or(["", "a ", ""], |text| text.parts);
    let times = bytes.div_ceil(again.len());
    format!("{before}{}{behind}", again.repeat(times))
}
