//! What measures look for: their units by the noun that heads them, and their context words in one automaton.

use std::collections::BTreeMap;

use crate::annotate::figure::singular;
use crate::annotate::prose::spell;
use crate::link::needles::Needles;
use crate::link::topics::is_whole;
use crate::model::{CountedMark, FigureKind, FigureMark, Id, Site};

/// Nouns of currencies, for units that are money.
const CURRENCIES: [(&str, &str); 12] = [
    ("dollar", "USD"),
    ("euro", "EUR"),
    ("franc", "CHF"),
    ("pound", "GBP"),
    ("renminbi", "CNY"),
    ("rouble", "RUB"),
    ("ruble", "RUB"),
    ("rupee", "INR"),
    ("us dollar", "USD"),
    ("won", "KRW"),
    ("yen", "JPY"),
    ("yuan", "CNY"),
];

/// What all measures look for, ready to be found in articles.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    pub(super) measures: Vec<Id>,
    /// Units that are counted, by the noun that heads them.
    counted: BTreeMap<String, Vec<Unit>>,
    /// Units in which something is measured.
    measured: Vec<(Unit, FigureKind)>,
    pub(super) needs: Vec<Need>,
    /// The context words as they are spelt, each once.
    needles: Needles,
    /// Of each of these, the needs that it stands for.
    patterns: Vec<Vec<usize>>,
    /// Needs that are an entity's name.
    entities: BTreeMap<Id, Vec<usize>>,
}

/// A unit of a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    /// Index of the measure.
    pub(super) measure: usize,
    /// As the editor wrote it.
    pub(super) written: String,
    /// The words before the noun: `asylum` of `asylum seeker`.
    before: Vec<String>,
    /// The words after it: `of war` of `prisoner of war`.
    pub(super) after: String,
}

/// A context word of a measure.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Need {
    /// Index of the measure.
    pub(super) measure: usize,
    /// As the editor wrote it.
    pub(super) written: String,
}

impl Wanted {
    /// What the measures of a site look for. A measure without context words looks for nothing.
    pub fn of(site: &Site) -> Self {
        let mut wanted = Self {
            measures: site.measures.keys().cloned().collect(),
            ..Self::default()
        };
        let mut patterns: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, measure) in site.measures.values().enumerate() {
            let needs = measure.needs.iter().filter(|n| !n.trim().is_empty());
            let before = wanted.needs.len();
            for need in needs {
                let pattern = spell(need).to_lowercase();
                patterns
                    .entry(pattern)
                    .or_default()
                    .push(wanted.needs.len());
                wanted.needs.push(Need {
                    measure: index,
                    written: need.clone(),
                });
            }
            if wanted.needs.len() > before {
                for unit in &measure.unit {
                    wanted.add_unit(index, unit);
                }
            }
        }
        for (id, entity) in &site.entities {
            let aliases = entity.aliases.iter().map(|a| &a.value);
            let names = std::iter::once(&entity.name.value).chain(aliases);
            let mut needs: Vec<usize> = names
                .chain(entity.names.values())
                .filter_map(|name| patterns.get(&spell(name).to_lowercase()))
                .flatten()
                .copied()
                .collect();
            needs.sort_unstable();
            needs.dedup();
            if !needs.is_empty() {
                wanted.entities.insert(id.clone(), needs);
            }
        }
        patterns.remove("");
        let (needles, patterns) = patterns.into_iter().unzip();
        wanted.needles = Needles::new(needles, true);
        wanted.patterns = patterns;
        wanted
    }

    /// Whether there is nothing to look for.
    pub(super) fn is_empty(&self) -> bool {
        self.measures.is_empty()
    }

    fn add_unit(&mut self, measure: usize, written: &str) {
        let plain = words(written);
        let unit = |before: &[String], after: &[String]| Unit {
            measure,
            written: written.to_owned(),
            before: before.to_vec(),
            after: after.join(" "),
        };
        let lower = plain.join(" ");
        if let Some(kind) = measured(written.trim(), &lower) {
            self.measured.push((unit(&[], &[]), kind));
        }
        // The noun stands before `of`, or at the end.
        let head = match plain.iter().position(|w| w == "of") {
            Some(of) => of.checked_sub(1),
            None => plain.len().checked_sub(1),
        };
        if let Some(head) = head
            && let Some(noun) = plain.get(head)
        {
            let unit = unit(&plain[..head], &plain[head + 1..]);
            self.counted.entry(singular(noun)).or_default().push(unit);
        }
    }

    /// The units that a figure is counted or measured in. `phrase` and `after` are the counted phrase and what follows it, in
    /// the common spelling.
    pub(super) fn units(&self, figure: &FigureMark, phrase: &str, after: &str) -> Vec<&Unit> {
        if figure.kind == FigureKind::Ordinal {
            return Vec::new();
        }
        if figure.kind != FigureKind::Cardinal {
            let same = self
                .measured
                .iter()
                .filter(|(_, kind)| *kind == figure.kind);
            return same.map(|(unit, _)| unit).collect();
        }
        let Some(CountedMark { noun, .. }) = &figure.counted else {
            return Vec::new();
        };
        let mut phrase = words(phrase);
        phrase.pop();
        // A noun with a hyphen: `asylum-seekers`.
        let noun = words(noun);
        let Some(head) = noun.last() else {
            return Vec::new();
        };
        let units = self.counted.get(&singular(head));
        let units = units.into_iter().flatten();
        let fits = |unit: &&Unit| phrase.ends_with(&unit.before) && begins(after, &unit.after);
        units.filter(fits).collect()
    }

    /// Where context words stand in a text in the common spelling, and which they are.
    pub(super) fn spots<'a>(
        &'a self,
        text: &'a str,
    ) -> impl Iterator<Item = (std::ops::Range<usize>, &'a [usize])> {
        self.needles.find(text).filter_map(move |found| {
            let needs = self.patterns.get(found.pattern().as_usize())?;
            is_whole(text, found.range()).then_some((found.range(), needs.as_slice()))
        })
    }

    /// The context words that are names of an entity.
    pub(super) fn named(&self, entity: &Id) -> &[usize] {
        self.entities.get(entity).map_or(&[], Vec::as_slice)
    }
}

/// Words in lower case; a hyphen parts them too.
fn words(text: &str) -> Vec<String> {
    let text = spell(text).to_lowercase();
    text.split(|c: char| c.is_whitespace() || c == '-')
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether a text begins with these words, in lower case.
pub(super) fn begins(text: &str, words: &str) -> bool {
    if words.is_empty() {
        return true;
    }
    let text = text.trim_start().to_lowercase();
    text.starts_with(words) && is_whole(&text, 0..words.len())
}

/// What a unit measures, if it is no noun that is counted.
fn measured(written: &str, lower: &str) -> Option<FigureKind> {
    if ["%", "percent", "per cent", "percentage", "pct"].contains(&lower) {
        return Some(FigureKind::Percent);
    }
    let code = written.len() == 3 && written.bytes().all(|b| b.is_ascii_uppercase());
    let noun = || {
        let mut nouns = CURRENCIES.iter();
        let singular = lower.strip_suffix('s').unwrap_or(lower);
        nouns.find(|(noun, _)| *noun == lower || *noun == singular)
    };
    if let Some(currency) = code.then_some(written).or_else(|| Some(noun()?.1)) {
        return Some(FigureKind::Money {
            currency: currency.into(),
        });
    }
    // The names of units are spelt as in British English and joined by hyphens.
    let unit = singular(&lower.replace(' ', "-"))
        .replace("meter", "metre")
        .replace("liter", "litre");
    (!unit.is_empty()).then(|| FigureKind::Measure { unit: unit.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_tell_money_shares_and_lengths_apart() {
        let kind = |unit: &str| measured(unit, &words(unit).join(" "));
        let money = |code: &str| {
            Some(FigureKind::Money {
                currency: code.into(),
            })
        };
        let unit = |name: &str| Some(FigureKind::Measure { unit: name.into() });
        assert_eq!(kind("per cent"), Some(FigureKind::Percent));
        assert_eq!(kind("%"), Some(FigureKind::Percent));
        assert_eq!(kind("US dollars"), money("USD"));
        assert_eq!(kind("KRW"), money("KRW"));
        assert_eq!(kind("won"), money("KRW"));
        assert_eq!(kind("kilometers"), unit("kilometre"));
        assert_eq!(kind("square mile"), unit("square-mile"));
        assert_eq!(kind(""), None);
    }
}
