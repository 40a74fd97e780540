//! The phrase that a figure counts: describing words up to their noun.

use super::Counted;
use super::lexicon::class;
use super::quantity::{Of, Quantity};
use super::reader::Reader;
use crate::annotate::token::Kind;

/// How many tokens a phrase may have.
const LONGEST: usize = 9;

/// A phrase by its tokens.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Phrase {
    pub(super) start: usize,
    /// One past the noun.
    pub(super) end: usize,
    /// The noun is a plural.
    pub(super) plural: bool,
    /// It was reached through `of`.
    pub(super) of: bool,
}

impl Phrase {
    pub(super) fn noun(&self) -> usize {
        self.end.saturating_sub(1)
    }

    pub(super) fn named(&self, reader: &Reader<'_>) -> Counted {
        let start = reader.token(self.start).map_or(0, |t| t.start);
        let end = reader.token(self.noun()).map_or(start, |t| t.end);
        Counted {
            range: start..end,
            noun: singular(reader.spelling(self.noun())),
        }
    }
}

/// What a quantity counts.
pub(super) fn counted(reader: &Reader<'_>, quantity: &Quantity) -> Option<Phrase> {
    let mut at = quantity.end;
    if let Some(hedged) = quantity.hedged.as_ref().filter(|h| h.start == quantity.end) {
        at = hedged.end;
    }
    // `{four} businesses`
    at += usize::from(reader.is_mark(at, ']') || reader.is_mark(at, '}'));
    let one = quantity.low.max == 1.0 && quantity.high.is_none();
    if quantity.low.fraction && reader.is_determiner(at) {
        return phrase(reader, at + 1, reader.hi, false);
    }
    let hyphen = reader.is_mark(at, '-') && reader.glued(at) && reader.glued(at + 1);
    if hyphen {
        let next = reader.class(at + 1, class::HYPHEN) && quantity.of == Of::Nothing;
        return next.then_some(Phrase {
            start: at + 1,
            end: at + 2,
            plural: true,
            of: false,
        });
    }
    while reader.class(at, class::DETERMINATIVE) {
        if reader.is_word(at, "others") {
            return None;
        }
        at += 1;
    }
    if reader.is_word(at, "of")
        || (matches!(quantity.of, Of::Money(_))
            && (reader.is_word(at, "in") || reader.is_word(at, "worth")))
    {
        return after_of(reader, quantity, at);
    }
    let mut found = phrase(reader, at, reader.hi, one || quantity.low.ordinal)?;
    if quantity.is_plain() && !one {
        found = coordinated(reader, found);
    }
    // `9% lower`: a comparison, not a noun.
    let measured = quantity.of != Of::Nothing;
    let adverb = measured
        && found.end == found.start + 1
        && (ends(reader, found.start, &["wards", "ible", "able"])
            || direction(reader, found.start));
    // `the two pour`, `hundreds of dollars targeting voters`
    let verb = participle(reader, found.start) && measured
        || quantity.low.words
            && quantity.low.max < 100.0
            && !one
            && !found.plural
            && quantity.is_plain()
            && found.end == found.start + 1
            && !reader.capitalised(found.start);
    found.of = false;
    (!verb && !adverb).then_some(found)
}

/// `three central and eastern European countries`: the plural that two adjectives share.
fn coordinated(reader: &Reader<'_>, found: Phrase) -> Phrase {
    let joined = !found.plural
        && found.end == found.start + 1
        && (reader.is_word(found.end, "and")
            || reader.is_word(found.end, "or")
            || reader.is_mark(found.end, ','));
    if !joined {
        return found;
    }
    match phrase(reader, found.end + 1, reader.hi, false)
        .filter(|p| p.plural && p.start + 1 < p.end)
    {
        Some(plural) => Phrase {
            start: found.start,
            ..plural
        },
        None => found,
    }
}

fn direction(reader: &Reader<'_>, at: usize) -> bool {
    const WORDS: [&str; 22] = [
        "north",
        "south",
        "east",
        "west",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "long",
        "wide",
        "deep",
        "tall",
        "higher",
        "lower",
        "bigger",
        "smaller",
        "larger",
        "faster",
        "slower",
        "further",
        "farther",
        "forward",
    ];
    WORDS.contains(&reader.spelling(at))
}

/// `of the …`, `worth of …`, `in trade`.
fn after_of(reader: &Reader<'_>, quantity: &Quantity, of: usize) -> Option<Phrase> {
    let money = matches!(quantity.of, Of::Money(_));
    let mut at = of + 1;
    if reader.is_word(of, "worth") {
        at += usize::from(reader.is_word(at, "of"));
    }
    let plain_in = reader.is_word(of, "in");
    if plain_in && (reader.is_determiner(at) || reader.capitalised(at) || reader.is_word(at, "a")) {
        return None;
    }
    let mut partitive = false;
    while reader.is_determiner(at)
        || reader.is_word(at, "a")
        || reader.is_word(at, "an")
        || reader.class(at, class::DETERMINATIVE)
        || partitive && hedging(reader, at)
    {
        partitive = true;
        at += 1;
    }
    // `14 of the 20 members`
    let among = super::quantity::begins_number(reader, at);
    if among {
        at += 1;
    }
    let loose = partitive
        || among
        || quantity.low.vague
        || quantity.of != Of::Nothing
        || quantity.low.fraction
        || money;
    let mut found = phrase(reader, at, reader.hi, false).filter(|_| loose)?;
    if plain_in && reader.class(found.noun(), class::TIME | class::MONTH) {
        return None;
    }
    found.of = true;
    Some(found)
}

/// `of its more than 21,000 jobs`
fn hedging(reader: &Reader<'_>, at: usize) -> bool {
    [
        "than",
        "about",
        "roughly",
        "nearly",
        "almost",
        "some",
        "estimated",
    ]
    .iter()
    .any(|w| reader.is_word(at, w))
}

/// The phrase at a token; `single` when one thing is counted and a plural would be a verb.
pub(super) fn phrase(reader: &Reader<'_>, start: usize, hi: usize, single: bool) -> Option<Phrase> {
    let mut found: Option<Phrase> = None;
    let mut at = start;
    let hi = hi.min(start + LONGEST);
    while at < hi {
        match reader.kind(at)? {
            Kind::Word => {}
            // `asylum-seekers`, `N. Korean`
            Kind::Punctuation if inner_mark(reader, at) => {
                at += 1;
                continue;
            }
            Kind::Number if at > start && possessive(reader, at - 1) => {
                at += 1;
                continue; // `the world's 22 ports`
            }
            // `C$900 million` begins with a letter that is no noun.
            Kind::Symbol if reader.glued(at) => return None,
            _ => break,
        }
        if possessive(reader, at) {
            if found.is_none() {
                break;
            }
            found = None;
            at += 1;
            continue;
        }
        let word = reader.word(at);
        let classes = word.map_or(0, |w| w.classes);
        let compound = reader.is_mark(at + 1, '-') && reader.glued(at + 1) && reader.glued(at + 2)
            || at > start && reader.is_mark(at - 1, '-');
        // `US` is no pronoun.
        let stop = classes & class::STOP != 0
            && !compound
            && !(reader.all_caps(at) && reader.is_word(at, "us"));
        if stop || word.is_some_and(|w| w.part.is_some() && classes & class::TIME == 0) {
            let particle = found.is_some()
                && reader.class(at - 1, class::PARTICLE_NOUN)
                && (reader.is_word(at, "out")
                    || reader.is_word(at, "off")
                    || reader.is_word(at, "up"));
            if particle && let Some(phrase) = &mut found {
                phrase.end = at + 1;
            }
            break;
        }
        if adverb(reader, at) || (found.is_some() && verbal(reader, at, hi)) {
            break;
        }
        let plural = is_plural(reader, at, classes);
        if plural && single && found.is_some() && classes & (class::MODIFIER | class::PLURAL) == 0 {
            break;
        }
        let noun = !participle(reader, at) || plural || reader.capitalised(at);
        if noun {
            found = Some(Phrase {
                start,
                end: at + 1,
                plural,
                of: false,
            });
        }
        if plural && !possessive(reader, at + 1) && !goes_on(reader, at, classes, hi) {
            break;
        }
        at += 1;
    }
    found
}

/// Whether the phrase goes on after a plural: `sports teams`, `asylum-seekers'`, `United States stock`.
fn goes_on(reader: &Reader<'_>, at: usize, classes: u32, hi: usize) -> bool {
    let next = at + 1;
    let hyphen = reader.is_mark(next, '-') && reader.glued(next) && reader.glued(next + 1);
    if hyphen {
        return true;
    }
    let free = next < hi
        && reader.kind(next) == Some(Kind::Word)
        && !reader.class(next, class::STOP)
        && reader.word(next).is_none_or(|w| w.part.is_none());
    let ordinary = !adverb(reader, next) && !participle(reader, next);
    classes & class::MODIFIER != 0 && free && ordinary
}

/// A hyphen inside a compound, or the stop of an initial before a capital.
fn inner_mark(reader: &Reader<'_>, at: usize) -> bool {
    if reader.is_mark(at, '-') {
        return reader.glued(at) && reader.glued(at + 1);
    }
    let initial = at > reader.lo && reader.spelling(at - 1).len() == 1;
    reader.is_mark(at, '.') && reader.glued(at) && initial && reader.capitalised(at + 1)
}

fn possessive(reader: &Reader<'_>, at: usize) -> bool {
    matches!(reader.spelling(at), "'s" | "’s")
}

fn ends(reader: &Reader<'_>, at: usize, endings: &[&str]) -> bool {
    let spelling = reader.spelling(at);
    endings
        .iter()
        .any(|e| spelling.len() > e.len() + 1 && spelling.ends_with(e))
}

fn adverb(reader: &Reader<'_>, at: usize) -> bool {
    const NOT: [&str; 18] = [
        "family", "daily", "weekly", "monthly", "yearly", "early", "elderly", "friendly",
        "assembly", "ally", "supply", "reply", "rally", "deadly", "costly", "likely", "monopoly",
        "hourly",
    ];
    !reader.capitalised(at) && ends(reader, at, &["ly"]) && !NOT.contains(&reader.spelling(at))
}

/// A word in -ed or -ing, which describes or acts.
fn participle(reader: &Reader<'_>, at: usize) -> bool {
    const NOT: [&str; 8] = [
        "hundred", "seed", "shed", "bed", "need", "feed", "speed", "breed",
    ];
    let spelling = reader.spelling(at);
    !reader.capitalised(at)
        && spelling.len() > 4
        && ends(reader, at, &["ed", "ing"])
        && !NOT.contains(&spelling)
        && !reader.class(at, class::GERUND)
}

/// Whether a word after a noun is its verb: a participle that no plural follows.
fn verbal(reader: &Reader<'_>, at: usize, hi: usize) -> bool {
    if !participle(reader, at) || (at > reader.lo && reader.is_mark(at - 1, '-')) {
        return false;
    }
    let next = at + 1;
    let noun = next < hi
        && !reader.class(next, class::STOP)
        && is_plural(reader, next, reader.word(next).map_or(0, |w| w.classes));
    !noun
}

fn is_plural(reader: &Reader<'_>, at: usize, classes: u32) -> bool {
    if classes & class::PLURAL != 0 {
        return true;
    }
    let spelling = reader.spelling(at);
    classes & class::SINGULAR == 0
        && spelling.len() > 3
        && (spelling.ends_with('s')
            || spelling.ends_with('S') && reader.all_caps(at) && spelling.len() > 4)
        && !ends(reader, at, &["ss", "us", "is", "ous"])
}

/// A noun in lower case and the singular: `companies` is `company`.
pub(crate) fn singular(noun: &str) -> String {
    let lower = noun.to_lowercase();
    let irregular = match lower.as_str() {
        "people" => "person",
        "men" => "man",
        "women" => "woman",
        "children" => "child",
        "feet" => "foot",
        "teeth" => "tooth",
        "mice" => "mouse",
        "indices" => "index",
        "criteria" => "criterion",
        "phenomena" => "phenomenon",
        "lives" => "life",
        "wives" => "wife",
        "knives" => "knife",
        "news" | "series" | "species" | "headquarters" | "troops" | "goods" | "customs" | "gas"
        | "bus" | "us" => &lower,
        "leaves" => "leaf",
        "halves" => "half",
        "thieves" => "thief",
        "wolves" => "wolf",
        "crises" => "crisis",
        "analyses" => "analysis",
        "bases" => "base",
        "movies" => "movie",
        "calories" => "calorie",
        _ => "",
    };
    if !irregular.is_empty() {
        return irregular.to_owned();
    }
    if let Some(stem) = lower
        .strip_suffix("men")
        .filter(|s| s.len() > 2 && *s != "speci")
    {
        return format!("{stem}man");
    }
    if let Some(stem) = lower.strip_suffix("ies").filter(|s| s.len() > 1) {
        return format!("{stem}y");
    }
    for ending in ["sses", "shes", "ches", "xes", "zes"] {
        if lower.ends_with(ending) {
            return lower[..lower.len() - 2].to_owned();
        }
    }
    let plain = lower.ends_with("ss") || lower.ends_with("us") || lower.ends_with("is");
    match lower.strip_suffix('s').filter(|s| s.len() > 2 && !plain) {
        Some(stem) => stem.to_owned(),
        None => lower,
    }
}

#[cfg(test)]
mod tests {
    use super::singular;

    #[test]
    fn nouns_are_put_in_the_singular() {
        let cases = [
            ("Companies", "company"),
            ("businesses", "business"),
            ("people", "person"),
            ("fishermen", "fisherman"),
            ("boxes", "box"),
            ("status", "status"),
            ("houses", "house"),
            ("Koreans", "korean"),
            ("aircraft", "aircraft"),
            ("ties", "tie"),
            ("crises", "crisis"),
        ];
        for (plural, wanted) in cases {
            assert_eq!(singular(plural), wanted);
        }
    }
}
