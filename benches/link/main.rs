//! Articles linked per second, on one thread: `cargo bench --bench link`.
//!
//! 1. `a_read`: what linking takes from each article's text, given what the annotators have found in it.
//! 2. `b_link`: everything that connects the articles, given that.
//!
//! Where the cost is linear, the articles per second do not fall with their number; `b_link` may fall somewhat, for in a larger
//! site more articles share a word. Under `cargo test` both bodies run once, on a few articles.

#[path = "../corpus/mod.rs"]
mod corpus;

use std::sync::LazyLock;

use corpus::{Newsroom, Sizes};
use dateline::annotate::wording::{Stems, Wording, wording};
use dateline::annotate::{self, Gazetteer};
use dateline::base::{SitePath, Source};
use dateline::link::evidence::{self, Reader};
use dateline::link::measures::{self, Wanted};
use dateline::link::{
    Anchors, Input, Lexicon, MeasureHits, OneByOne, Phrases, Telling, TopicHits, anchors,
};
use dateline::model::{Annotated, Article, Document, Site};
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

const SIZES: [usize; 2] = [1_000, 10_000];

static NEWS: [LazyLock<News>; 2] = [
    LazyLock::new(|| News::new(SIZES[0])),
    LazyLock::new(|| News::new(SIZES[1])),
];

/// A site of one of [`SIZES`].
fn news(articles: usize) -> &'static News {
    &NEWS[usize::from(articles == SIZES[1])]
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

    fn take(&self) -> Vec<Taken> {
        let (mut reader, mut stems) = (Reader::new(&self.lexicon), Stems::new());
        let (phrases, wanted) = (Phrases::of(&self.site), Wanted::of(&self.site));
        let articles = self.site.articles.values().zip(&self.texts);
        let taken = articles.map(|(article, (document, annotated))| {
            let (sentences, language) = (&annotated.sentences, &article.language);
            let title = &article.title;
            let wording = wording(&mut stems, title, &document.text, sentences, language);
            Taken {
                hits: phrases.hits(article, document),
                telling: evidence::read(&mut reader, document, sentences, &wording, false),
                measures: measures::hits(&wanted, document, annotated),
                wording,
            }
        });
        taken.collect()
    }
}

/// Both steps on a site of some articles.
#[divan::bench_group(sample_count = 5, sample_size = 1)]
mod linking {
    use super::*;

    #[divan::bench(args = SIZES)]
    fn a_read(bencher: Bencher, articles: usize) {
        let news = news(articles);
        bencher
            .counter(ItemsCount::new(news.texts.len()))
            .bench_local(|| news.take());
    }

    #[divan::bench(args = SIZES)]
    fn b_link(bencher: Bencher, articles: usize) {
        let news = news(articles);
        let taken = news.take();
        let articles = news.site.articles.values();
        let inputs: Vec<Input> = articles
            .zip(&news.texts)
            .zip(&taken)
            .map(|((article, (document, annotated)), taken)| Input {
                article,
                facts: &annotated.facts,
                hits: &taken.hits,
                measures: &taken.measures,
                telling: &taken.telling,
                wording: &taken.wording,
                text: &document.text,
            })
            .collect();
        bencher
            .counter(ItemsCount::new(inputs.len()))
            .bench_local(|| {
                dateline::link::link(&news.site, &inputs, &news.anchors, &news.lexicon, &OneByOne)
            });
    }
}
