//! Text annotated per second, on one thread: `cargo bench --bench annotate`.
//!
//! 1. `news`: each annotator on generated news with a gazetteer of 5,000 entities, given what the others find before it, and
//!    all of them together.
//! 2. `worst`: all of them on texts that are made to be slow, in growing sizes. Where the cost is linear, the bytes per second
//!    of a row do not fall with the size.
//!
//! `cargo bench --bench annotate -- times` runs those whose names hold `times`. Under `cargo test` every body runs once, on
//! little text.

#[path = "../corpus/mod.rs"]
mod corpus;
mod nasty;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use corpus::{Newsroom, Sizes};
use dateline::annotate::figure::figures;
use dateline::annotate::quotation::{Name, NameKind, quotations};
use dateline::annotate::reading::{Listed, Reading, Text, read};
use dateline::annotate::sentence::{Sentence, paragraphs, sentences};
use dateline::annotate::time::{TimeContext, times};
use dateline::annotate::token::{Token, tokens};
use dateline::annotate::unlisted::names;
use dateline::annotate::{self, Finder, Gazetteer, Input, Prose, sentences_of};
use dateline::base::{SitePath, Source};
use dateline::model::{self, Article, Document, Entity, Id};
use dateline::read::markdown::{Flavour, parse};
use dateline::read::{Item, parse_file};
use divan::Bencher;
use divan::counter::BytesCount;

/// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// Whether bodies run once, to see that they run at all.
fn is_test() -> bool {
    let given = |flag: &str| std::env::args().any(|argument| argument == flag);
    given("--test") || !given("--bench")
}

/// What the benches read.
struct News {
    entities: BTreeMap<Id, Entity>,
    gazetteer: Gazetteer,
    articles: Vec<Piece>,
    bytes: usize,
}

/// An article with what is found in it, for those that build on it.
struct Piece {
    article: Article,
    document: Document,
    context: TimeContext,
    blocks: Vec<Range<u32>>,
    tokens: Vec<Token>,
    sentences: Vec<Sentence>,
    numbered: Vec<model::Sentence>,
    /// Times and names of the gazetteer, and with unlisted names.
    taken: Vec<Range<u32>>,
    claimed: Vec<Range<u32>>,
    names: Vec<Name>,
    /// Words of its first sentence, and the same with one of them altered.
    quotes: [String; 2],
}

static NEWS: LazyLock<News> = LazyLock::new(News::new);

impl News {
    fn new() -> Self {
        let (articles, entities) = if is_test() { (3, 100) } else { (100, 5000) };
        let newsroom = Newsroom::new(Sizes {
            articles,
            entities,
            topics: 30,
            events: 100,
            seed: 1,
        });
        let entities: BTreeMap<Id, Entity> = newsroom
            .gazetteer()
            .filter_map(|file| match item(&file.path, &file.text) {
                Item::Entity(entity) => Some((entity.id().clone(), *entity)),
                _ => None,
            })
            .collect();
        let gazetteer = Gazetteer::build(&entities).value;
        let listed = Listed {
            gazetteer: &gazetteer,
            entities: &entities,
        };
        let pieces: Vec<Piece> = (0..articles)
            .filter_map(|n| {
                let written = newsroom.article(n).file();
                match item(&written.path, &written.text) {
                    Item::Article(file) => Some(Piece::new(file.article(), listed)),
                    _ => None,
                }
            })
            .collect();
        assert_eq!(pieces.len(), articles, "every article is read");
        let bytes = pieces.iter().map(|piece| piece.document.text.len()).sum();
        Self {
            entities,
            gazetteer,
            articles: pieces,
            bytes,
        }
    }
}

fn item(path: &str, text: &str) -> Item {
    parse_file(&Source::new(SitePath::new(path), text))
        .value
        .item
}

impl Piece {
    fn new(article: &Article, listed: Listed) -> Self {
        let document = parse(&article.common.body, Flavour::Corpus).value;
        let blocks: Vec<Range<u32>> = document
            .blocks
            .iter()
            .map(|block| block.range.start..block.range.end)
            .collect();
        let context = TimeContext {
            published: article.published,
            ..TimeContext::default()
        };
        let tokens = tokens(&document.text);
        let found = read(
            &Text {
                text: &document.text,
                blocks: &blocks,
                title: &article.title,
                context: &context,
            },
            Some(listed),
        );
        let taken = in_order(
            found
                .times
                .iter()
                .map(|t| t.range.clone())
                .chain(found.mentions.iter().map(|m| m.range.start..m.range.end)),
        );
        let unlisted = found.unlisted.iter().map(|name| name.range.clone());
        let claimed = in_order(taken.iter().cloned().chain(unlisted));
        let first = found.sentences.first().map_or(0..0, |s| s.range.clone());
        let quote = document.text[first.start as usize..first.end as usize].to_owned();
        Self {
            numbered: sentences_of(&document),
            names: speakers(&found, listed.entities),
            quotes: [quote.replacen("said", "has said", 1), quote],
            sentences: found.sentences,
            article: Article {
                // As the site would have it.
                language: context.language.clone(),
                ..article.clone()
            },
            context,
            blocks,
            tokens,
            taken,
            claimed,
            document,
        }
    }

    fn text(&self) -> &str {
        &self.document.text
    }

    fn to_read(&self) -> Text<'_> {
        Text {
            text: self.text(),
            blocks: &self.blocks,
            title: &self.article.title,
            context: &self.context,
        }
    }
}

fn in_order(ranges: impl Iterator<Item = Range<u32>>) -> Vec<Range<u32>> {
    let mut ranges: Vec<Range<u32>> = ranges.collect();
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    ranges
}

/// The names of a gazetteer as quotations want them.
fn speakers(found: &Reading, entities: &BTreeMap<Id, Entity>) -> Vec<Name> {
    let numbers: BTreeMap<&Id, u32> = entities.keys().zip(0..).collect();
    let names = found.mentions.iter().map(|mention| Name {
        range: mention.range.start..mention.range.end,
        kind: match entities[&mention.id].entity_type {
            model::EntityType::Person => NameKind::Person,
            model::EntityType::Organization => NameKind::Organization,
            model::EntityType::Place => NameKind::Place,
            model::EntityType::Term => NameKind::Other,
        },
        id: numbers[&mention.id],
    });
    names.collect()
}

/// Runs a body over all articles, and counts the bytes of their text.
fn over<T>(bencher: Bencher, body: impl Fn(&'static Piece) -> T) {
    let news = &*NEWS;
    bencher
        .counter(BytesCount::new(news.bytes))
        .bench_local(|| {
            for piece in &news.articles {
                divan::black_box(body(piece));
            }
        });
}

/// Each annotator by itself on news.
#[divan::bench_group(sample_count = 100, sample_size = 1)]
mod news {
    use super::*;

    #[divan::bench]
    fn a_tokens(bencher: Bencher) {
        over(bencher, |piece| tokens(piece.text()));
    }

    #[divan::bench]
    fn b_sentences(bencher: Bencher) {
        over(bencher, |piece| sentences(piece.text(), &piece.blocks));
    }

    #[divan::bench]
    fn c_prose(bencher: Bencher) {
        over(bencher, |piece| Prose::new(piece.text(), &piece.numbered));
    }

    #[divan::bench]
    fn d_gazetteer(bencher: Bencher) {
        let prose: Vec<Prose> = NEWS
            .articles
            .iter()
            .map(|piece| Prose::new(piece.text(), &piece.numbered))
            .collect();
        bencher
            .counter(BytesCount::new(NEWS.bytes))
            .bench_local(|| {
                for (prose, piece) in prose.iter().zip(&NEWS.articles) {
                    divan::black_box(NEWS.gazetteer.mentions(prose, &piece.article.title, &[]));
                }
            });
    }

    #[divan::bench]
    fn e_times(bencher: Bencher) {
        over(bencher, |piece| {
            times(
                piece.text(),
                &piece.tokens,
                &piece.sentences,
                &piece.context,
            )
        });
    }

    #[divan::bench]
    fn f_unlisted(bencher: Bencher) {
        over(bencher, |piece| {
            names(piece.text(), &piece.tokens, &piece.sentences, &piece.taken)
        });
    }

    #[divan::bench]
    fn g_figures(bencher: Bencher) {
        over(bencher, |piece| {
            figures(
                piece.text(),
                &piece.tokens,
                &piece.sentences,
                &piece.claimed,
            )
        });
    }

    #[divan::bench]
    fn h_quotations(bencher: Bencher) {
        over(bencher, |piece| {
            quotations(piece.text(), &piece.tokens, &piece.sentences, &piece.names)
        });
    }

    /// Two notes to an article, one of them on words that have been altered.
    #[divan::bench]
    fn i_anchors(bencher: Bencher) {
        over(bencher, |piece| {
            let finder = Finder::new(piece.text(), &piece.numbered);
            piece.quotes.each_ref().map(|quote| finder.find(quote))
        });
    }

    /// Everything that `dateline annotate` finds.
    #[divan::bench]
    fn j_reading(bencher: Bencher) {
        let listed = Listed {
            gazetteer: &NEWS.gazetteer,
            entities: &NEWS.entities,
        };
        over(bencher, |piece| read(&piece.to_read(), Some(listed)));
    }

    /// What a build does with an article.
    #[divan::bench]
    fn k_annotate(bencher: Bencher) {
        over(bencher, |piece| {
            annotate::annotate(&Input {
                document: &piece.document,
                gazetteer: &NEWS.gazetteer,
                article: &piece.article,
                notes: &[],
                overrides: &[],
                topics: &[],
                links: &[],
            })
        });
    }
}

/// Texts that are made to be slow, in growing sizes.
#[divan::bench_group(sample_count = 1, sample_size = 1)]
mod worst {
    use super::*;

    const SIZES: [usize; 4] = [10_000, 100_000, 1_000_000, 10_000_000];

    #[divan::bench(args = nasty::TEXTS.iter().flat_map(|text| SIZES.map(|size| (text.name, size))))]
    fn reading(bencher: Bencher, (name, size): (&str, usize)) {
        let size = if is_test() { 300 } else { size };
        let text = nasty::text(name, size);
        let blocks = paragraphs(&text);
        let context = TimeContext::published(jiff::civil::date(2014, 2, 25));
        let listed = Listed {
            gazetteer: &NEWS.gazetteer,
            entities: &NEWS.entities,
        };
        bencher
            .counter(BytesCount::new(text.len()))
            .bench_local(|| {
                let to_read = Text {
                    text: &text,
                    blocks: &blocks,
                    title: "",
                    context: &context,
                };
                divan::black_box(read(&to_read, Some(listed)))
            });
    }
}
