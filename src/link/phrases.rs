//! The phrases of topics in an article: all topics' phrases are looked for at once.

use std::collections::{BTreeMap, HashMap};

use super::needles::Needles;
use super::topics::is_whole;
use crate::model::{Article, Document, Id, Site, Topic};

/// What topics' phrases found in one article. Of a topic that is not there nothing was found that says anything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct TopicHits(pub BTreeMap<Id, Hits>);

/// What one topic's phrases found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Hits {
    /// Phrases of `any` and `all` in the title.
    pub title: Vec<String>,
    /// Phrases of `any` and `all` in the text, with how often.
    pub text: Vec<(String, u16)>,
    /// A phrase of `all` that is missing.
    pub missing: bool,
    /// A phrase of `none` that is there.
    pub forbidden: bool,
}

/// Every topic's phrases, ready to be looked for.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Phrases {
    /// Each phrase once.
    needles: Needles,
    topics: Vec<OfTopic>,
}

/// The phrases of a topic by their numbers; a blank one has none and is found nowhere.
#[derive(Debug, PartialEq, Eq)]
struct OfTopic {
    id: Id,
    /// Those of `any`, then those of `all`.
    told: Vec<(String, Option<usize>)>,
    all: Vec<Option<usize>>,
    none: Vec<Option<usize>>,
}

impl Phrases {
    /// The phrases of all topics of a site.
    pub fn of(site: &Site) -> Self {
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let mut needles: Vec<String> = Vec::new();
        let mut number = |phrase: &String| {
            let needle = plain(phrase);
            if needle.trim().is_empty() {
                return None;
            }
            let number = numbers.entry(needle).or_insert_with_key(|needle| {
                needles.push(needle.clone());
                needles.len() - 1
            });
            Some(*number)
        };
        let mut of_topic = |(id, topic): (&Id, &Topic)| {
            let rules = &topic.rules;
            let told = rules.any.iter().chain(&rules.all);
            OfTopic {
                id: id.clone(),
                told: told.map(|p| (p.clone(), number(p))).collect(),
                all: rules.all.iter().map(&mut number).collect(),
                none: rules.none.iter().map(&mut number).collect(),
            }
        };
        let topics = site.topics.iter().map(&mut of_topic).collect();
        Self {
            needles: Needles::new(needles, false),
            topics,
        }
    }

    /// Looks for every topic's phrases in an article. Phrases match whole words in any case.
    pub fn hits(&self, article: &Article, document: &Document) -> TopicHits {
        if self.topics.is_empty() {
            return TopicHits::default();
        }
        let title = self.occurrences(&plain(&article.title));
        let text = self.occurrences(&plain(&document.text));
        let count = |of: &[u16], number: Option<usize>| {
            let count = number.and_then(|n| of.get(n));
            count.copied().unwrap_or(0)
        };
        let there =
            |number: &Option<usize>| count(&title, *number) > 0 || count(&text, *number) > 0;
        let mut all = BTreeMap::new();
        for topic in &self.topics {
            let mut hits = Hits {
                missing: !topic.all.iter().all(there),
                forbidden: topic.none.iter().any(there),
                ..Hits::default()
            };
            for (phrase, number) in &topic.told {
                if count(&title, *number) > 0 {
                    hits.title.push(phrase.clone());
                }
                let often = count(&text, *number);
                if often > 0 {
                    hits.text.push((phrase.clone(), often));
                }
            }
            if hits != Hits::default() {
                all.insert(topic.id.clone(), hits);
            }
        }
        TopicHits(all)
    }

    /// How often each phrase stands in a text in lower case as whole words. Of two places of one phrase that overlap the first counts.
    fn occurrences(&self, text: &str) -> Vec<u16> {
        let mut counts = vec![0u16; self.needles.len()];
        let mut ends = vec![0usize; self.needles.len()];
        for found in self.needles.find(text) {
            let number = found.pattern().as_usize();
            let (Some(count), Some(end)) = (counts.get_mut(number), ends.get_mut(number)) else {
                continue;
            };
            if found.start() < *end {
                continue;
            }
            *end = found.end();
            if is_whole(text, found.range()) {
                *count = count.saturating_add(1);
            }
        }
        counts
    }
}

/// A text in small letters, with one kind of apostrophe and of space.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            plain.push(if c.is_whitespace() {
                ' '
            } else {
                c.to_ascii_lowercase()
            });
            continue;
        }
        plain.extend(c.to_lowercase().map(|c| match c {
            '’' | 'ʼ' => '\'',
            c if c.is_whitespace() => ' ',
            c => c,
        }));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::super::testing::site;
    use super::*;
    use proptest::prelude::*;

    fn phrases(any: &[String]) -> Phrases {
        let front = format!("+++\ntitle = \"T\"\nrules.any = {any:?}\n+++\n");
        Phrases::of(&site(&[("content/topics/t.md", &front)]))
    }

    fn often(text: &str, phrase: &str) -> u16 {
        let found = phrases(&[phrase.to_owned()]).occurrences(text);
        found.first().copied().unwrap_or(0)
    }

    #[test]
    fn phrases_match_whole_words() {
        assert_eq!(often("the red cross talks; red crossing", "red cross"), 1);
        assert_eq!(often("kaesong, kaesong’s", "kaesong"), 2);
        assert_eq!(often("anything", " "), 0);
        assert_eq!(often("개성공단은", "개성"), 1);
        assert_eq!(often("새개성", "개성"), 0);
    }

    proptest! {
        /// All phrases at once are found as each would be by itself.
        #[test]
        fn phrases_do_not_hide_each_other(
            text in "[ab 가]{0,40}",
            any in proptest::collection::btree_set("[ab 가]{1,4}", 1..6),
        ) {
            let any: Vec<String> = any.into_iter().collect();
            let phrases = phrases(&any);
            let counts = phrases.occurrences(&text);
            for (phrase, number) in &phrases.topics[0].told {
                let alone = text
                    .match_indices(phrase.as_str())
                    .filter(|(at, _)| is_whole(&text, *at..*at + phrase.len()));
                let alone = if phrase.trim().is_empty() { 0 } else { alone.count() };
                let found = number.map_or(0, |n| usize::from(counts[n]));
                prop_assert_eq!(found, alone, "{:?} in {:?}", phrase, text);
            }
        }
    }
}
