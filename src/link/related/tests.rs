use super::*;

#[test]
fn rarity_comes_in_buckets() {
    let cases = [
        (5, 5, 0),
        (5, 2, 2),
        (8, 4, 2),
        (8, 1, 4),
        (10_000, 3, 12),
        (0, 0, 0),
    ];
    for (total, df, expected) in cases {
        assert_eq!(rarity(total, df), expected, "{df} of {total}");
    }
}

#[test]
fn nearness_alone_is_no_link() {
    let id = Id::new("x");
    assert_eq!(
        finish(
            &id,
            vec![(Reason::Days(1), 3), (Reason::SameTopic(vec![]), 2)]
        ),
        None
    );
    let place = Reason::SamePlace(Id::new("kaesong"));
    let related = finish(&id, vec![(Reason::Days(1), 3), (place.clone(), 4)]).unwrap();
    assert_eq!(related.points, 7);
    assert_eq!(related.reasons[0], (place, 4));
}

mod corpora {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use crate::annotate::fixture::article;
    use crate::annotate::wording::{Stream, Term, Wording, hash};
    use crate::link::related::pairs::{Corpus, Points};
    use crate::link::related::postings::{Kind, number};
    use crate::link::related::tally::{Sums, factor};
    use crate::link::related::worth::Worth;
    use crate::link::{ArticleLinks, Input, MeasureHits, OneByOne, Telling, TopicHits};
    use crate::model::{Article, Facts, Id};

    struct Owned {
        article: Article,
        facts: Facts,
        wording: Wording,
        hits: TopicHits,
    }

    fn owned(n: usize, words: &[u8], runs: &[u8]) -> Owned {
        let article = article(&format!("a{n:03}"));
        let mut terms: Vec<Term> = words
            .iter()
            .map(|w| Term {
                key: hash(&format!("word {w}")),
                at: 0,
                length: 1,
                weight: 20 + w % 40,
            })
            .collect();
        terms.sort_by_key(|t| t.key);
        terms.dedup_by_key(|t| t.key);
        let runs = runs.iter().map(|r| (hash(&format!("run {r}")), 0));
        Owned {
            facts: Facts {
                id: Id::new(format!("a{n:03}")),
                title: String::new(),
                published: None,
                mentions: Vec::new(),
                times: Vec::new(),
                figures: Vec::new(),
                speech: Vec::new(),
                unlisted: Vec::new(),
                decisions: Vec::new(),
            },
            article,
            wording: Wording {
                stream: Stream::default(),
                terms,
                runs: runs.collect(),
                words: 60,
                whole: None,
            },
            hits: TopicHits::default(),
        }
    }

    /// The points of every pair, with the keys of what both have and the bucket of each.
    type Pairs = BTreeMap<(u32, u32), (Points, Vec<(u64, Kind, u16)>)>;

    fn pairs(all: &[Owned]) -> Pairs {
        let (measures, telling) = (MeasureHits::default(), Telling::default());
        let inputs: Vec<Input> = all
            .iter()
            .map(|o| Input {
                article: &o.article,
                facts: &o.facts,
                hits: &o.hits,
                measures: &measures,
                telling: &telling,
                wording: &o.wording,
                text: "",
            })
            .collect();
        let blank = ArticleLinks::default();
        let worth = Worth::new(std::iter::empty(), inputs.len());
        let links = vec![&blank; inputs.len()];
        let corpus = Corpus::new(&inputs, &links, &worth, &OneByOne);
        let count = number(inputs.len());
        let each = (0..count).flat_map(|a| (0..count).map(move |b| (a, b)));
        each.filter(|(a, b)| a != b)
            .map(|(a, b)| {
                let (mut sums, mut shared) = (Sums::default(), Vec::new());
                for lists in [&corpus.postings.words, &corpus.postings.others] {
                    for mine in lists.of(a) {
                        let list = lists.get(mine.index()).unwrap();
                        let theirs = lists.of(b).iter();
                        for theirs in theirs.filter(|t| t.index() == mine.index()) {
                            sums.add(list.kind, list.worth);
                            sums.words += match list.kind {
                                Kind::Word => factor(list, *mine) * theirs.weight(),
                                _ => 0,
                            };
                            shared.push((list.key, list.kind, list.worth));
                        }
                    }
                }
                ((a, b), (corpus.points(a, b, &sums), shared))
            })
            .collect()
    }

    proptest! {
        /// One article more changes what two others have with each other only where the rarity of something that both have moves to
        /// another bucket, or the size of the whole site does.
        #[test]
        fn one_more_article_moves_only_what_changes_its_bucket(
            texts in prop::collection::vec((prop::collection::vec(0u8..60, 0..20), prop::collection::vec(0u8..20, 0..4)), 3..24),
            more in (prop::collection::vec(0u8..60, 0..20), prop::collection::vec(0u8..20, 0..4)),
        ) {
            let mut all: Vec<Owned> = texts.iter().enumerate().map(|(n, (w, r))| owned(n, w, r)).collect();
            let before = pairs(&all);
            all.push(owned(900, &more.0, &more.1));
            let after = pairs(&all);
            let same_size = all.len().ilog2() == (all.len() - 1).ilog2();
            for (pair, (points, shared)) in before {
                let (now, shared_now) = &after[&pair];
                if same_size && shared == *shared_now {
                    prop_assert_eq!(points, *now);
                }
            }
        }

        /// Both articles of a pair have the same reasons, with the same points.
        #[test]
        fn points_are_the_same_both_ways(texts in prop::collection::vec((prop::collection::vec(0u8..60, 0..20), prop::collection::vec(0u8..20, 0..4)), 2..24)) {
            let all: Vec<Owned> = texts.iter().enumerate().map(|(n, (w, r))| owned(n, w, r)).collect();
            let all = pairs(&all);
            for ((a, b), (points, _)) in &all {
                prop_assert_eq!(*points, all[&(*b, *a)].0);
            }
        }
    }
}
