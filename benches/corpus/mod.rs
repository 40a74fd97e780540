//! A newsroom that never was: articles, gazetteer, topics and events of any number, made from a seed.
//!
//! 1. `words.toml` has the words and the patterns of sentences, `words` fills them in.
//! 2. `names` makes the gazetteer, no two of one name.
//! 3. `article` tells of people and places of the gazetteer, of topics and events, with dates, figures and quotations.
//! 4. [`Newsroom::files`] writes all of it as the files of a site.
//!
//! There is as much to find as in news: `dateline annotate` finds 25 times, 19 figures, 19 quotations and 66 names of the gazetteer in
//! a thousand words of it, in 56 sentences. In four sets of English news (TimeBank, AQUAINT, MEANTIME and fifty pages of the web)
//! it finds 15 to 29, 10 to 34, 14 to 23 and 51 to 93 (names without a gazetteer), in 46 to 51 sentences.
//!
//! Invariant: the same seed and sizes give the same bytes, and no article depends on how many others there are.

#![allow(dead_code, reason = "some use a part of it")]

mod article;
mod dice;
mod names;
mod words;

pub(crate) use article::Article;

use self::dice::Dice;
use self::names::{Named, Sort, slug};
use self::words::{Scene, Words, capital};

/// How much there is to be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sizes {
    pub(crate) articles: usize,
    pub(crate) entities: usize,
    pub(crate) topics: usize,
    pub(crate) events: usize,
    pub(crate) seed: u64,
}

/// A made-up newsroom.
#[derive(Debug)]
pub(crate) struct Newsroom {
    sizes: Sizes,
    words: Words,
    named: Vec<Named>,
    people: Vec<usize>,
    bodies: Vec<usize>,
    places: Vec<usize>,
    terms: Vec<usize>,
    topics: Vec<Topic>,
    events: Vec<Event>,
}

/// What articles keep coming back to.
#[derive(Debug)]
struct Topic {
    id: String,
    subject: String,
}

/// Something that happened.
#[derive(Debug)]
struct Event {
    id: String,
    name: String,
    /// Year, month and day.
    date: (usize, usize, usize),
    place: Option<usize>,
    participants: Vec<usize>,
    topic: Option<usize>,
}

/// A file of the site.
#[derive(Debug)]
pub(crate) struct File {
    /// Below the site's root.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// Where nothing has a name.
struct Nowhere;

impl Scene for Nowhere {
    fn fill(&mut self, _: &str, _: &mut Dice, _: &Words) -> Option<String> {
        None
    }
}

impl Newsroom {
    /// Opens it: what is named, its topics and its events.
    pub(crate) fn new(sizes: Sizes) -> Self {
        let words = Words::new();
        let named = names::gazetteer(&words, sizes.seed, sizes.entities);
        let of = |sort| {
            let of_sort = named.iter().enumerate().filter(|(_, n)| n.sort == sort);
            of_sort.map(|(at, _)| at).collect::<Vec<_>>()
        };
        let (people, bodies, places, terms) = (
            of(Sort::Person),
            of(Sort::Body),
            of(Sort::Place),
            of(Sort::Term),
        );
        let mut newsroom = Self {
            sizes,
            words,
            named,
            people,
            bodies,
            places,
            terms,
            topics: Vec::new(),
            events: Vec::new(),
        };
        newsroom.topics = (0..sizes.topics).map(|n| newsroom.topic(n)).collect();
        newsroom.events = (0..sizes.events).map(|n| newsroom.event(n)).collect();
        newsroom
    }

    fn topic(&self, number: usize) -> Topic {
        let mut dice = Dice::of(self.sizes.seed, "topic", number);
        let subject = self.words.make("topic_name", &mut Nowhere, &mut dice);
        Topic {
            id: format!("{}-{number}", slug(&subject)),
            subject,
        }
    }

    fn event(&self, number: usize) -> Event {
        let mut dice = Dice::of(self.sizes.seed, "event", number);
        let name = self.words.make("event_name", &mut Nowhere, &mut dice);
        let date = day(&mut dice);
        let mut participants: Vec<usize> = Vec::new();
        for list in [&self.people, &self.people, &self.bodies] {
            participants.extend(some(list, &mut dice));
        }
        participants.sort_unstable();
        participants.dedup();
        Event {
            id: format!("{}-{}-{number}", date.0, slug(&name)),
            name,
            date,
            place: some(&self.places, &mut dice),
            participants,
            topic: (!self.topics.is_empty()).then(|| dice.low(self.topics.len())),
        }
    }

    /// The article of a number.
    pub(crate) fn article(&self, number: usize) -> Article {
        Article::new(self, number)
    }

    /// Files of the gazetteer.
    pub(crate) fn gazetteer(&self) -> impl Iterator<Item = File> {
        self.named.iter().map(|named| self.entity(named))
    }

    /// All files of the site.
    pub(crate) fn files(&self) -> impl Iterator<Item = File> {
        let config = File {
            path: "dateline.toml".into(),
            text:
                "title = \"A newsroom that never was\"\nbase_url = \"https://newsroom.example/\"\n\
                   description = \"Made from a seed.\"\n"
                    .into(),
        };
        let articles = (0..self.sizes.articles).flat_map(|n| self.article(n).files());
        let topics = self
            .topics
            .iter()
            .zip(0..)
            .map(|(t, n)| self.topic_file(t, n));
        let events = (0..self.events.len()).map(|n| self.event_file(n));
        std::iter::once(config)
            .chain(self.gazetteer())
            .chain(topics)
            .chain(events)
            .chain(articles)
    }

    fn entity(&self, named: &Named) -> File {
        let mut text = format!("+++\nname = \"{}\"\n", named.name);
        for (key, names) in [
            ("aliases", &named.alias),
            ("weak_aliases", &named.family),
            ("demonyms", &named.demonym),
        ] {
            if let Some(name) = names {
                text.push_str(&format!("{key} = [\"{name}\"]\n"));
            }
        }
        text.push_str(&format!(
            "description = \"{} is made up.\"\n+++\n{} stands in no other newspaper.\n",
            named.name, named.name
        ));
        File {
            path: format!("content/{}/{}.md", named.sort.folder(), named.id),
            text,
        }
    }

    fn topic_file(&self, topic: &Topic, number: usize) -> File {
        let mut dice = Dice::of(self.sizes.seed, "topic file", number);
        let place = some(&self.places, &mut dice).map(|at| self.named[at].id.clone());
        let entities = place.map_or(String::new(), |id| format!("\"{id}\""));
        File {
            path: format!("content/topics/{}.md", topic.id),
            text: format!(
                "+++\ntitle = \"{} {}\"\nlead = \"What is known of the {}.\"\n\n[rules]\nany = [\"{}\"]\n\
                 entities = [{entities}]\nmin_score = 2\n+++\nThe {} goes on.\n",
                capital(&topic.subject),
                number + 1,
                topic.subject,
                topic.subject,
                topic.subject
            ),
        }
    }

    fn event_file(&self, number: usize) -> File {
        let event = &self.events[number];
        let (year, month, day) = event.date;
        let id = |at: &usize| format!("\"{}\"", self.named[*at].id);
        let participants: Vec<String> = event.participants.iter().map(id).collect();
        let mut text = format!(
            "+++\ntitle = \"{}{}\"\ndate = \"{year}-{month:02}-{day:02}\"\nparticipants = [{}]\nphrases = [\"{}\"]\n",
            capital(&event.name),
            event
                .place
                .map_or(String::new(), |at| format!(" in {}", self.named[at].name)),
            participants.join(", "),
            event.name
        );
        if let Some(at) = event.place {
            text.push_str(&format!("place = {}\n", id(&at)));
        }
        if let Some(at) = event.topic {
            text.push_str(&format!("topics = [\"{}\"]\n", self.topics[at].id));
        }
        // The article of the same number tells of it.
        if number < self.sizes.articles
            && let Article {
                id,
                told: Some(quote),
                ..
            } = self.article(number)
        {
            text.push_str(&format!(
                "\n[[evidence]]\narticle = \"{id}\"\nquote = \"{quote}\"\n"
            ));
        }
        text.push_str("+++\n");
        File {
            path: format!("content/events/{}.md", event.id),
            text,
        }
    }
}

/// One of a list, the first ones more often.
fn some(list: &[usize], dice: &mut Dice) -> Option<usize> {
    list.get(dice.low(list.len())).copied()
}

/// A day between 1998 and 2014: year, month and day.
fn day(dice: &mut Dice) -> (usize, usize, usize) {
    (
        1998 + dice.below(17),
        1 + dice.below(12),
        1 + dice.below(28),
    )
}
