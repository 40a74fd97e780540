//! What the tests of this layer share: sites from texts, and all their links.

use std::collections::BTreeMap;

use super::evidence::{self, Lexicon, Reader};
use super::{Anchors, Input, Links, MeasureHits, OneByOne, Telling, TopicHits};
use crate::annotate::wording::{Stems, Wording, wording};
use crate::annotate::{self, Gazetteer};
use crate::base::{SitePath, Source};
use crate::model::{Annotated, Document, Event, Id, Site};
use crate::read::markdown::{self, Flavour};
use crate::read::scan::Scanned;

/// The site of some texts below `content/` and `corpus/`.
pub(crate) fn site(files: &[(&str, &str)]) -> Site {
    let mut scanned = Scanned::default();
    let config = ("dateline.toml", "title = \"T\"\n");
    for (path, text) in files.iter().chain(std::iter::once(&config)) {
        let source = Source::new(SitePath::new(path), *text);
        scanned.sources.insert(source);
    }
    scanned.themes = vec!["default".into()];
    let outcome = crate::read::load(&scanned, false);
    outcome.value.expect("a site")
}

/// An event from its front matter.
pub(crate) fn event(id: &str, front: &str) -> Event {
    let path = format!("content/events/{id}.md");
    let text = format!("+++\n{front}+++\n");
    let mut site = site(&[(path.as_str(), text.as_str())]);
    site.events.remove(&Id::new(id)).expect("an event")
}

/// The links of the site of some texts, read for acts too. `change` may alter what was found in each article.
pub(crate) fn linked(files: &[(&str, &str)], change: impl Fn(&mut Annotated)) -> Links {
    let site = site(files);
    let gazetteer = Gazetteer::build(&site.entities).value;
    let read: BTreeMap<&Id, (Document, Annotated)> = site
        .articles
        .iter()
        .map(|(id, article)| {
            let document = markdown::parse(&article.common.body, Flavour::Corpus).value;
            let mut annotated = annotate::annotate(&annotate::Input {
                document: &document,
                gazetteer: &gazetteer,
                article,
                notes: &[],
                overrides: &[],
                topics: &[],
                links: &[],
            })
            .value;
            change(&mut annotated);
            (id, (document, annotated))
        })
        .collect();
    let mut anchors = Anchors::default();
    for (id, requests) in super::anchors::requests(&site) {
        let (document, annotated) = &read[&id];
        let found = super::anchors::find(&id, document, &annotated.sentences, &requests);
        anchors.0.extend(found.value);
    }
    let lexicon = Lexicon::of(&site);
    let (mut reader, mut stems) = (Reader::new(&lexicon), Stems::new());
    let phrases = super::Phrases::of(&site);
    let tellings: Vec<(TopicHits, Telling)> = read
        .iter()
        .map(|(id, (document, annotated))| {
            let (article, sentences) = (&site.articles[*id], &annotated.sentences);
            let text = &document.text;
            let (_, words) = wording(&mut stems, &article.title, text, sentences, "en");
            let telling = evidence::read(&mut reader, document, sentences, &words, true);
            let hits = phrases.hits(article, document);
            (hits, telling)
        })
        .collect();
    let (measures, wording) = (MeasureHits::default(), Wording::default());
    let inputs: Vec<Input> = read
        .iter()
        .zip(&tellings)
        .map(|((id, (_, annotated)), (hits, telling))| Input {
            article: &site.articles[*id],
            facts: &annotated.facts,
            hits,
            telling,
            measures: &measures,
            wording: &wording,
            text: "",
        })
        .collect();
    super::link(&site, &inputs, &anchors, &lexicon, &OneByOne)
}
