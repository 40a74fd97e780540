//! Articles linked per second, on one thread: `cargo bench --bench link`.
//!
//! 1. `a_words`, `b_telling`, `c_phrases`: what linking takes from each article's text, given what the annotators have found in it. A later build
//!    does this again for the articles that have changed alone.
//! 2. `d_evidence` to `g_articles`: the larger steps that connect the articles, each given those before it.
//! 3. `h_link`: everything that connects the articles.
//!
//! Where the cost is linear, the articles per second do not fall with their number; those of `g_articles` may fall somewhat, for in a larger
//! site more articles share a word, up to the bound of what counts as shared. Under `cargo test` all bodies run once, on a few articles.

#[path = "../corpus/mod.rs"]
mod corpus;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use corpus::{Newsroom, Sizes};
use dateline::annotate::wording::{Stems, Wording, Words, wording};
use dateline::annotate::{self, Gazetteer};
use dateline::base::{SitePath, Source};
use dateline::link::evidence::{self, Reader};
use dateline::link::measures::{self, Wanted};
use dateline::link::{
    Anchors, ArticleLinks, EventLinks, Input, Lexicon, MeasureHits, OneByOne, Phrases, Telling,
    TopicHits, anchors, events, index, related, topics,
};
use dateline::model::{Annotated, Article, Document, Id, Site};
use dateline::read::load;
use dateline::read::markdown::{Flavour, parse};
use dateline::read::scan::Scanned;
use divan::Bencher;
use divan::counter::ItemsCount;

fn main() {
    divan::main();
}

/// Whether bodies run once, to see that they run at all.
fn is_test() -> bool {
    let given = |flag: &str| std::env::args().any(|argument| argument == flag);
    given("--test") || !given("--bench")
}

const SIZES: [usize; 4] = [1_000, 2_000, 5_000, 10_000];

static NEWS: [LazyLock<News>; 4] = [
    LazyLock::new(|| News::new(SIZES[0])),
    LazyLock::new(|| News::new(SIZES[1])),
    LazyLock::new(|| News::new(SIZES[2])),
    LazyLock::new(|| News::new(SIZES[3])),
];

/// A site of one of [`SIZES`].
fn news(articles: usize) -> &'static News {
    let at = SIZES.iter().position(|size| *size == articles);
    &NEWS[at.expect("one of the sizes")]
}

/// A site, read and annotated.
struct News {
    site: Site,
    gazetteer: Gazetteer,
    lexicon: Lexicon,
    /// In the order of the site's articles.
    texts: Vec<(Document, Annotated)>,
    anchors: Anchors,
}

/// What linking takes from an article.
struct Taken {
    hits: TopicHits,
    telling: Telling,
    measures: MeasureHits,
    wording: Wording,
}

impl News {
    fn new(articles: usize) -> Self {
        let newsroom = Newsroom::new(Sizes {
            articles: if is_test() { articles / 100 } else { articles },
            entities: 300,
            topics: 30,
            events: 500,
            seed: 1,
        });
        let mut scanned = Scanned {
            themes: vec!["default".into()],
            ..Scanned::default()
        };
        for file in newsroom.files() {
            let source = Source::new(SitePath::new(&file.path), file.text);
            scanned.sources.insert(source);
        }
        let site = load(&scanned, false).value.expect("a site");
        let mut news = Self {
            gazetteer: Gazetteer::build(&site.entities).value,
            lexicon: Lexicon::of(&site),
            site,
            texts: Vec::new(),
            anchors: Anchors::default(),
        };
        let texts = news.site.articles.values().map(|a| news.annotated(a));
        news.texts = texts.collect();
        let requests = anchors::requests(&news.site);
        for (id, (document, annotated)) in news.site.articles.keys().zip(&news.texts) {
            if let Some(of) = requests.get(id) {
                let found = anchors::find(id, document, &annotated.sentences, of);
                news.anchors.0.extend(found.value);
            }
        }
        news
    }

    fn annotated(&self, article: &Article) -> (Document, Annotated) {
        let document = parse(&article.common.body, Flavour::Corpus).value;
        let input = annotate::Input {
            document: &document,
            gazetteer: &self.gazetteer,
            article,
            notes: &[],
            overrides: &[],
            topics: &[],
            links: &[],
        };
        let annotated = annotate::annotate(&input).value;
        (document, annotated)
    }

    /// Every article with its text and marks.
    fn each(&self) -> impl Iterator<Item = (&Article, &Document, &Annotated)> {
        let articles = self.site.articles.values().zip(&self.texts);
        articles.map(|(article, (document, annotated))| (&**article, document, annotated))
    }

    fn words(&self) -> Vec<(Wording, Words)> {
        let mut stems = Stems::new();
        let words = |(article, document, annotated): (&Article, &Document, &Annotated)| {
            let (title, language) = (&article.title, &article.language);
            let sentences = &annotated.sentences;
            wording(&mut stems, title, &document.text, sentences, language)
        };
        self.each().map(words).collect()
    }

    fn telling(&self, words: &[(Wording, Words)]) -> Vec<Telling> {
        let mut reader = Reader::new(&self.lexicon);
        let each = self.each().zip(words);
        each.map(|((_, document, annotated), (_, words))| {
            evidence::read(&mut reader, document, &annotated.sentences, words, false)
        })
        .collect()
    }

    fn phrases(&self) -> Vec<(TopicHits, MeasureHits)> {
        let (phrases, wanted) = (Phrases::of(&self.site), Wanted::of(&self.site));
        self.each()
            .map(|(article, document, annotated)| {
                let hits = phrases.hits(article, document);
                (hits, measures::hits(&wanted, document, annotated))
            })
            .collect()
    }

    fn take(&self) -> Vec<Taken> {
        let words = self.words();
        let telling = self.telling(&words);
        let each = words.into_iter().zip(telling).zip(self.phrases());
        each.map(|(((wording, _), telling), (hits, measures))| Taken {
            hits,
            telling,
            measures,
            wording,
        })
        .collect()
    }

    fn inputs<'n>(&'n self, taken: &'n [Taken]) -> Vec<Input<'n>> {
        let each = self.each().zip(taken);
        each.map(|((article, document, annotated), taken)| Input {
            article,
            facts: &annotated.facts,
            hits: &taken.hits,
            measures: &taken.measures,
            telling: &taken.telling,
            wording: &taken.wording,
            text: &document.text,
        })
        .collect()
    }

    fn events(&self, inputs: &[Input]) -> BTreeMap<Id, EventLinks> {
        let search = evidence::Search::new(&self.site, inputs, &self.lexicon);
        events::statements(&self.site, inputs, &self.anchors, &search)
    }
}

/// Every step on sites of some articles.
#[divan::bench_group(sample_count = 5, sample_size = 1)]
mod linking {
    use super::*;

    #[divan::bench(args = SIZES)]
    fn a_words(bencher: Bencher, articles: usize) {
        let news = news(articles);
        let bencher = bencher.counter(ItemsCount::new(news.texts.len()));
        bencher.bench_local(|| news.words());
    }

    #[divan::bench(args = SIZES)]
    fn b_telling(bencher: Bencher, articles: usize) {
        let news = news(articles);
        let words = news.words();
        let bencher = bencher.counter(ItemsCount::new(news.texts.len()));
        bencher.bench_local(|| news.telling(&words));
    }

    #[divan::bench(args = SIZES)]
    fn c_phrases(bencher: Bencher, articles: usize) {
        let news = news(articles);
        let bencher = bencher.counter(ItemsCount::new(news.texts.len()));
        bencher.bench_local(|| news.phrases());
    }

    #[divan::bench(args = SIZES)]
    fn d_evidence(bencher: Bencher, articles: usize) {
        let news = news(articles);
        let taken = news.take();
        let inputs = news.inputs(&taken);
        let bencher = bencher.counter(ItemsCount::new(inputs.len()));
        bencher.bench_local(|| news.events(&inputs));
    }

    #[divan::bench(args = SIZES)]
    fn e_entities(bencher: Bencher, articles: usize) {
        let news = news(articles);
        let taken = news.take();
        let inputs = news.inputs(&taken);
        let bencher = bencher.counter(ItemsCount::new(inputs.len()));
        bencher.bench_local(|| index::entities(&news.site, &inputs));
    }

    #[divan::bench(args = SIZES)]
    fn f_topics(bencher: Bencher, articles: usize) {
        let news = news(articles);
        let taken = news.take();
        let inputs = news.inputs(&taken);
        let events = news.events(&inputs);
        let (told, order) = (
            events::told_by(&news.site, &events),
            topics::order(&news.site),
        );
        let bencher = bencher.counter(ItemsCount::new(inputs.len()));
        bencher.bench_local(|| {
            let members = topics::members(&news.site, &inputs, &told, &order);
            topics::links(&news.site, &inputs, &members, &events)
        });
    }

    #[divan::bench(args = SIZES)]
    fn g_articles(bencher: Bencher, articles: usize) {
        let news = news(articles);
        let taken = news.take();
        let inputs = news.inputs(&taken);
        let mut events = news.events(&inputs);
        related::of_events(&news.site, &mut events);
        let told = events::told_by(&news.site, &events);
        let order = topics::order(&news.site);
        let members = topics::members(&news.site, &inputs, &told, &order);
        let links = inputs.iter().zip(members).map(|(input, topics)| {
            let id = input.article.id();
            let links = ArticleLinks {
                events: told.get(id).cloned().unwrap_or_default(),
                topics,
                ..ArticleLinks::default()
            };
            (id.clone(), links)
        });
        let mut links: BTreeMap<Id, ArticleLinks> = links.collect();
        let bencher = bencher.counter(ItemsCount::new(inputs.len()));
        bencher.bench_local(|| {
            related::of_articles(&news.site, &inputs, &events, &mut links, &OneByOne)
        });
    }

    #[divan::bench(args = SIZES)]
    fn h_link(bencher: Bencher, articles: usize) {
        let news = news(articles);
        let taken = news.take();
        let inputs = news.inputs(&taken);
        let bencher = bencher.counter(ItemsCount::new(inputs.len()));
        bencher.bench_local(|| {
            dateline::link::link(&news.site, &inputs, &news.anchors, &news.lexicon, &OneByOne)
        });
    }
}
