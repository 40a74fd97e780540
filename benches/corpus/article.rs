//! One article: a headline, a dateline, and paragraphs about a few people, places and a subject.

use super::dice::Dice;
use super::names::Named;
use super::words::{Scene, Words, capital};
use super::{File, Newsroom, day, some};

/// Percentage of further sentences with nothing to find, such that there is as much to find as in news.
const BACKGROUND: usize = 26;

/// A made-up report.
#[derive(Debug)]
pub(crate) struct Article {
    pub(crate) id: String,
    /// As front matter writes it.
    pub(crate) published: String,
    /// Markdown: 300 to 900 words.
    pub(crate) body: String,
    /// The sentence that tells of its event.
    pub(crate) told: Option<String>,
    front: String,
    /// A line that a note is on.
    noted: Option<String>,
}

/// Who and what an article is about.
struct Cast<'n> {
    newsroom: &'n Newsroom,
    people: Vec<&'n Named>,
    bodies: Vec<&'n Named>,
    places: Vec<&'n Named>,
    terms: Vec<&'n Named>,
    subject: String,
    happening: Option<String>,
    /// Of publication: year, month and day.
    day: (usize, usize, usize),
    /// People named in full so far.
    introduced: Vec<&'n str>,
}

impl Article {
    pub(super) fn new(newsroom: &Newsroom, number: usize) -> Self {
        let mut dice = Dice::of(newsroom.sizes.seed, "article", number);
        let mut cast = Cast::new(newsroom, number, &mut dice);
        let words = &newsroom.words;
        let (year, month, day) = cast.day;
        let title = capital(&words.make("headline", &mut cast, &mut dice));
        cast.introduced.clear();
        let dateline = cast.places.first().map_or("Farport", |p| p.name.as_str());
        let outlet = dice.pick(words.list("outlet")).clone();
        let author = cast.full_name(&mut dice);
        let mut text = Body::default();
        text.sentence(format!(
            "{} ({outlet}) - {}",
            dateline.to_uppercase(),
            capital(&words.make("lead", &mut cast, &mut dice))
        ));
        let told = cast.happening.clone().map(|happening| {
            let outcome = words.make("outcome", &mut cast, &mut dice);
            format!("{} {outcome}.", capital(&happening))
        });
        if let Some(told) = &told {
            text.sentence(told.clone());
        }
        let noted = cast.write(&mut text, 300 + dice.below(560), &mut dice);
        let published = format!("{year}-{month:02}-{day:02}");
        let front = format!(
            "+++\ntitle = \"{title}\"\npublished = {published}\noutlet = \"{outlet}\"\nauthors = [\"{author}\"]\n\
             dateline = \"{dateline}\"\nurl = \"https://{}.example/{year}/{month:02}/{number}\"\n+++\n",
            outlet.to_lowercase()
        );
        Self {
            id: format!("{}-{published}-{number}", outlet.to_lowercase()),
            published,
            body: text.finish(),
            told,
            front,
            noted: noted.filter(|_| number.is_multiple_of(20)),
        }
    }

    /// Its file.
    pub(crate) fn file(&self) -> File {
        File {
            path: format!("corpus/{}/{}.md", &self.published[..4], self.id),
            text: format!("{}{}", self.front, self.body),
        }
    }

    /// Its file, and that of its note.
    pub(super) fn files(self) -> impl Iterator<Item = File> {
        let article = self.file();
        let note = self.noted.map(|line| File {
            path: format!("content/notes/{}.md", self.id),
            text: format!(
                "> {line}\n\n**Says who?** The report of {} does not tell.\n",
                self.published
            ),
        });
        std::iter::once(article).chain(note)
    }
}

impl<'n> Cast<'n> {
    fn new(newsroom: &'n Newsroom, number: usize, dice: &mut Dice) -> Self {
        let mut draw = |list: &[usize], count: usize| {
            let mut drawn: Vec<&'n Named> = Vec::new();
            for _ in 0..count {
                let Some(at) = some(list, dice) else { continue };
                let named = &newsroom.named[at];
                // A family name alone leads to one of them.
                let like = |other: &&Named| {
                    other.id == named.id || named.family.is_some() && other.family == named.family
                };
                if !drawn.iter().any(like) {
                    drawn.push(named);
                }
            }
            drawn
        };
        let (people, bodies) = (draw(&newsroom.people, 6), draw(&newsroom.bodies, 4));
        let (places, terms) = (draw(&newsroom.places, 4), draw(&newsroom.terms, 2));
        let event = newsroom.events.get(number % newsroom.events.len().max(1));
        // The first articles tell of one event each, of later ones every third does.
        let event = event.filter(|_| number < newsroom.events.len() || dice.percent(33));
        let topic = match event {
            Some(event) => event.topic,
            None => (!newsroom.topics.is_empty()).then(|| dice.low(newsroom.topics.len())),
        };
        // News of an event comes out within ten days.
        let day = match event.map(|event| event.date) {
            Some((year, month, day)) => (year, month, (day + dice.below(10)).min(28)),
            None => day(dice),
        };
        let happening = event.map(|event| {
            let (year, month, day) = event.date;
            let month = &newsroom.words.list("month")[month - 1];
            let place = event
                .place
                .map_or("Farport", |at| newsroom.named[at].name.as_str());
            format!("the {} in {place} on {day} {month} {year}", event.name)
        });
        Self {
            newsroom,
            people,
            bodies,
            places,
            terms,
            subject: topic.map_or("harbour row".into(), |at| {
                newsroom.topics[at].subject.clone()
            }),
            happening,
            day,
            introduced: Vec::new(),
        }
    }

    /// Paragraphs of so many words in all. Gives a sentence that stands by itself.
    fn write(&mut self, text: &mut Body, most: usize, dice: &mut Dice) -> Option<String> {
        let words = &self.newsroom.words;
        let mut alone = None;
        while text.words < most {
            text.paragraph();
            if dice.percent(4) {
                text.block(format!("## {}", capital(&words.make("np", self, dice))));
                text.paragraph();
            }
            if dice.percent(4) {
                for _ in 0..3 {
                    text.block(format!("- {}", capital(&words.make("fact", self, dice))));
                }
                text.paragraph();
            }
            for _ in 0..=dice.below(4) {
                let kind = if dice.percent(BACKGROUND) {
                    "background"
                } else {
                    "sentence"
                };
                let sentence = capital(&words.make(kind, self, dice));
                alone.get_or_insert_with(|| sentence.clone());
                text.sentence(match dice.percent(2) {
                    true => format!("*{sentence}*"),
                    false => sentence,
                });
            }
        }
        alone
    }

    fn full_name(&self, dice: &mut Dice) -> String {
        let words = &self.newsroom.words;
        let (given, family) = (words.list("given"), words.list("family"));
        format!("{} {}", dice.pick(given), dice.pick(family))
    }

    /// Two of them.
    fn pair(&mut self, dice: &mut Dice) -> String {
        let one = self.person(dice);
        let family = |name: &str| name.rsplit(' ').next().map(str::to_owned);
        let mut other = self.person(dice);
        if family(&one) == family(&other) {
            other = format!(
                "{} {}",
                dice.pick(self.newsroom.words.list("title")),
                self.full_name(dice)
            );
        }
        format!("{one} and {other}")
    }

    /// In full at first, by family name later.
    fn person(&mut self, dice: &mut Dice) -> String {
        let Some(&named) = self.people.get(dice.low(self.people.len())) else {
            return self.full_name(dice);
        };
        let title = dice.pick(self.newsroom.words.list("title"));
        let known = self.introduced.contains(&named.id.as_str());
        match (&named.family, known) {
            (Some(family), true) if dice.percent(70) => family.clone(),
            (Some(family), true) if dice.percent(60) => format!("{title} {family}"),
            _ => {
                self.introduced.push(&named.id);
                let title = if dice.percent(40) {
                    format!("{title} ")
                } else {
                    String::new()
                };
                format!("{title}{}", named.name)
            }
        }
    }
}

impl Scene for Cast<'_> {
    fn fill(&mut self, slot: &str, dice: &mut Dice, words: &Words) -> Option<String> {
        let mut name = |list: &[&Named], other: &str| {
            let named = list.get(dice.low(list.len()));
            named.map_or(other.to_owned(), |named| named.name.clone())
        };
        Some(match slot {
            "person" => self.person(dice),
            "people" => self.pair(dice),
            "body" => match name(&self.bodies, "Harbour Board") {
                body if body.starts_with("Operation") => body,
                body => format!("the {body}"),
            },
            "place" => name(&self.places, "Farport"),
            "demonym" => match self.places.get(dice.low(self.places.len())) {
                Some(place) => place.demonym.clone().unwrap_or_default(),
                None => "coastal".into(),
            },
            "term" => format!("the {}", name(&self.terms, "Harbour Act")),
            "subject" => self.subject.clone(),
            "happening" => match &self.happening {
                Some(happening) => happening.clone(),
                None => format!(
                    "the {} {}",
                    words.make("event_name", self, dice),
                    words.make("when", self, dice)
                ),
            },
            "digits" => (100 + dice.below(900)).to_string(),
            "small" => (2 + dice.below(8)).to_string(),
            "day" => (1 + dice.below(28)).to_string(),
            "year" => (1990 + dice.below(25)).to_string(),
            _ => return None,
        })
    }
}

/// Markdown while it is written.
#[derive(Default)]
struct Body {
    text: String,
    words: usize,
    /// Whether a sentence can follow where the text ends.
    open: bool,
}

impl Body {
    fn sentence(&mut self, sentence: String) {
        if self.open {
            self.text.push(' ');
        }
        self.words += sentence.split_whitespace().count();
        self.text.push_str(&sentence);
        self.open = true;
    }

    fn paragraph(&mut self) {
        if self.open {
            self.text.push('\n');
        }
        if !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
        self.open = false;
    }

    fn block(&mut self, line: String) {
        self.words += line.split_whitespace().count();
        self.text.push_str(&line);
        self.text.push('\n');
    }

    fn finish(mut self) -> String {
        if !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        self.text
    }
}
