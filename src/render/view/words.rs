//! Who uses which word: terms that different parties use for the same people or thing, with counts and sentences.
//!
//! 1. The uses of a group's terms are read off the articles' marks, in order of publication; those of articles whose text
//!    may not be published are left out, since their pages do not show them either.
//! 2. A sentence that stood in the same story before is a repeat: it is told beside the counts and not in them.
//! 3. Rows add up by who speaks, outlets apart from those they quote, and by year.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Briefing;
use super::address::Linker;
use super::entity::{head, tail};
use super::quotes::speech_kind;
use super::types::*;
use crate::base::{TextRange, in_line};
use crate::link::Passage;
use crate::link::words::{Use, Voicing, uses};
use crate::model::{Article, Entity, Id, Kind, QuotationKind, QuotationMark, Rights, Voice};

/// Most characters of a sentence on either side of the word.
const WINDOW: usize = 240;

/// The most rows of a kind; the rest are added up in one.
const MOST_ROWS: usize = 40;

/// The most sentences of a year that a word lists; how many more there are is said.
const MOST_A_YEAR: usize = 30;

/// Who uses a word. Those without a name are told apart by the outlets that quote them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    /// An outlet, in its own voice.
    Outlet(String),
    /// Somebody the gazetteer lists.
    Entity(Id),
    /// Somebody known by the report's words, and the outlet.
    Words(String, String),
    /// The outlet does not tell who.
    Unknown(String),
}

/// A use of one of a group's terms.
struct Found<'a> {
    article: &'a Article,
    used: Use<'a>,
    who: Who,
    /// The sentence stood in the same story before.
    repeats: bool,
}

impl<'a> Found<'a> {
    /// What is said and has the word in it.
    fn said(&self) -> Option<&'a QuotationMark> {
        match self.used.voice {
            Voicing::Said(said) => Some(said),
            Voicing::Own | Voicing::Named(_) => None,
        }
    }

    fn voice(&self) -> Option<&'a Voice> {
        let voice = self.said()?.speaker.as_deref();
        voice.filter(|v| !v.is_pronoun())
    }
}

/// The uses that one row adds up.
type Row<'r, 'a> = Vec<&'r Found<'a>>;

impl Briefing<'_> {
    /// The groups of terms that are used for the same; none where terms are not shown.
    pub(crate) fn contested(&self) -> &[Vec<Id>] {
        match self.site.config.layers.terms {
            true => self.links.words(),
            false => &[],
        }
    }

    /// The page of all groups.
    pub(crate) fn words_sections(&self, linker: &Linker) -> Vec<WordsView> {
        let section = |terms: &Vec<Id>| {
            let found = self.found(terms, |_| true);
            let view = self.words_view(linker, terms, &found, None);
            WordsView {
                href: None,
                uses: self.word_uses(linker, terms, &found),
                ..view
            }
        };
        self.contested().iter().map(section).collect()
    }

    /// The group of a term, with the whole site's counts.
    pub(crate) fn words_of_term(&self, linker: &Linker, entity: &Entity) -> Option<WordsView> {
        let mut groups = self.contested().iter();
        let terms = groups.find(|terms| terms.contains(entity.id()))?;
        let found = self.found(terms, |_| true);
        Some(self.words_view(linker, terms, &found, Some(entity.id())))
    }

    /// The groups of which some articles use a term, with the counts and sentences of these.
    pub(crate) fn words_among(&self, linker: &Linker, articles: &[Id]) -> Vec<WordsView> {
        let among: BTreeSet<&Id> = articles.iter().collect();
        let sections = self.contested().iter().filter_map(|terms| {
            let found = self.found(terms, |id| among.contains(id));
            let view = self.words_view(linker, terms, &found, None);
            (!found.is_empty()).then(|| WordsView {
                uses: self.word_uses(linker, terms, &found),
                ..view
            })
        });
        sections.collect()
    }

    /// The uses of some terms, in order of publication, then of the text.
    fn found<'a>(&'a self, terms: &'a [Id], among: impl Fn(&Id) -> bool) -> Vec<Found<'a>> {
        let named = terms.iter().filter_map(|t| self.links.entities.get(t));
        let mut named: BTreeSet<&Id> = named.flat_map(|links| links.articles()).collect();
        let headlines = self.articles.headlines().filter(|(_, text)| {
            let mut headline = text.annotated.headline.iter();
            headline.any(|(_, id)| terms.contains(id))
        });
        named.extend(headlines.map(|(id, _)| id));
        let mut articles: Vec<&Article> = named
            .into_iter()
            .filter(|id| among(id))
            .filter_map(|id| self.site.articles.get(id).map(Arc::as_ref))
            .filter(|a| a.rights == Rights::Full)
            .collect();
        articles.sort_by_key(|a| (a.published, a.id()));
        let mut told: BTreeMap<&Id, BTreeSet<String>> = BTreeMap::new();
        let mut all = Vec::new();
        for article in articles {
            // A term is used in a sentence that names it, and what that makes of it depends on who speaks there.
            for term in terms {
                self.articles.naming(article.id(), term);
            }
            let Some(text) = self.articles.speaking(article.id()) else {
                continue;
            };
            let words = &*text.prose.document.text;
            let before = told.entry(self.original(article)).or_default();
            let mut here = BTreeSet::new();
            for used in uses(
                self.site.with_entities(),
                article,
                words,
                &text.annotated,
                terms,
            ) {
                let sentence = used.sentence.map(|s| s.range.of(words));
                let sentence = in_line(sentence.unwrap_or(&article.title)).into_owned();
                let mut found = Found {
                    article,
                    used,
                    who: Who::Unknown(String::new()),
                    repeats: before.contains(&sentence),
                };
                found.who = who(&found);
                all.push(found);
                here.insert(sentence);
            }
            before.append(&mut here);
        }
        all
    }

    /// The article whose text an article has: itself, or the one that it repeats.
    fn original<'a>(&'a self, article: &'a Article) -> &'a Id {
        let links = self.links.articles.get(article.id());
        let original = links.and_then(|l| l.copies.original.as_ref());
        original.unwrap_or(article.id())
    }

    fn words_view(
        &self,
        linker: &Linker,
        terms: &[Id],
        found: &[Found],
        here: Option<&Id>,
    ) -> WordsView {
        let names: Vec<String> = terms.iter().map(|t| self.term(t)).collect();
        let id = format!("_w-{}", terms.iter().min().map_or("", |t| t.as_str()));
        let words = terms.iter().zip(&names).map(|(term, name)| TextPart {
            text: name.clone(),
            href: linker.to(Kind::Entity, term).filter(|_| here != Some(term)),
        });
        WordsView {
            href: Some(format!("{}#{id}", linker.to_address("words/"))),
            id,
            title: self.strings.list(&names),
            words: words.collect(),
            remarks: self.word_remarks(found),
            bodies: self.word_bodies(linker, terms, found),
            uses: Vec::new(),
        }
    }

    fn term(&self, term: &Id) -> String {
        self.link_name(Kind::Entity, term).unwrap_or_default()
    }

    /// What the counts are of, and how far they can be trusted.
    fn word_remarks(&self, found: &[Found]) -> Vec<String> {
        let s = self.strings;
        let mut articles: Vec<&Article> = found.iter().map(|f| f.article).collect();
        articles.dedup_by_key(|a| a.id());
        let present: BTreeSet<&Id> = articles.iter().map(|a| a.id()).collect();
        let reprint = |a: &&&Article| {
            let original = self.original(a);
            original != a.id() && present.contains(original)
        };
        let reprints = articles.iter().filter(reprint).count();
        let digests = articles.iter().filter(|a| a.digest).count();
        let counted = found.iter().filter(|f| !f.repeats).count();
        if articles.is_empty() {
            return vec![s.get("words.none").to_owned()];
        }
        let reports = s.count("count.articles", articles.len());
        let mut remarks = vec![match reprints {
            0 => s.count_with("words.counted", counted, &[("articles", &reports)]),
            n => {
                let n = s.integer(n as u64);
                let of = [("articles", reports.as_str()), ("reprints", n.as_str())];
                s.count_with("words.counted_reprints", counted, &of)
            }
        }];
        let mut remark = |key: &str, holds: bool| {
            remarks.extend(holds.then(|| s.get(key).to_owned()));
        };
        remark("words.repeats", found.iter().any(|f| f.repeats));
        remark("words.all_digests", digests == articles.len());
        remark("words.some_digests", (1..articles.len()).contains(&digests));
        let reported = |f: &Found| f.said().map(|m| m.kind) == Some(QuotationKind::Indirect);
        remark("words.denied", true);
        remark("words.reported", found.iter().any(reported));
        let closed = |a: &Arc<Article>| a.rights != Rights::Full;
        remark("words.closed", self.site.articles.values().any(closed));
        remarks
    }

    /// The rows: outlets in their own voice, those whom they quote, years.
    fn word_bodies(&self, linker: &Linker, terms: &[Id], found: &[Found]) -> Vec<WordRows> {
        let s = self.strings;
        let mut by_who: BTreeMap<&Who, Row> = BTreeMap::new();
        let mut by_year: BTreeMap<i16, Row> = BTreeMap::new();
        for one in found {
            by_who.entry(&one.who).or_default().push(one);
            if let Some(day) = one.article.published {
                by_year.entry(day.year()).or_default().push(one);
            }
        }
        let (own, said): (Vec<_>, Vec<_>) = by_who
            .into_iter()
            .partition(|(who, _)| matches!(who, Who::Outlet(_)));
        let spoken = |mut rows: Vec<(&Who, Row)>| {
            let weight = |row: &Row| std::cmp::Reverse(row.iter().filter(|f| !f.repeats).count());
            rows.sort_by_key(|(_, row)| weight(row));
            let rest = rows.split_off(rows.len().min(MOST_ROWS));
            let mut views: Vec<WordRow> = rows
                .iter()
                .map(|(who, row)| WordRow {
                    who: self.who_part(linker, who),
                    how: self.how(row),
                    cells: cells(terms, row),
                })
                .collect();
            let others: Row = rest
                .iter()
                .flat_map(|(_, row)| row.iter().copied())
                .collect();
            views.extend((!rest.is_empty()).then(|| WordRow {
                who: plain(s.count("words.others", rest.len())),
                how: None,
                cells: cells(terms, &others),
            }));
            views
        };
        let mut years: Vec<WordRow> = by_year
            .iter()
            .map(|(year, row)| WordRow {
                who: plain(year.to_string()),
                how: None,
                cells: cells(terms, row),
            })
            .collect();
        if years.len() != 1 {
            years.push(WordRow {
                who: plain(s.get("words.all").to_owned()),
                how: None,
                cells: cells(terms, &found.iter().collect()),
            });
        }
        let bodies = [
            ("words.own_voice", spoken(own)),
            ("words.of_others", spoken(said)),
            ("words.by_year", years),
        ];
        let bodies = bodies.into_iter().filter(|(_, rows)| !rows.is_empty());
        let bodies = bodies.map(|(key, rows)| WordRows {
            title: s.get(key).to_owned(),
            rows,
        });
        bodies.filter(|_| !found.is_empty()).collect()
    }

    fn who_part(&self, linker: &Linker, who: &Who) -> TextPart {
        match who {
            Who::Outlet(name) => plain(name.clone()),
            Who::Entity(id) => TextPart {
                text: self.term(id),
                href: linker.to(Kind::Entity, id),
            },
            Who::Words(words, _) => plain(super::parts::capital(words)),
            Who::Unknown(_) => plain(self.strings.get("speech.not_stated_long").to_owned()),
        }
    }

    /// What a row's speaker is, how their words are told and by whom.
    fn how(&self, row: &Row) -> Option<String> {
        let s = self.strings;
        let first = row.first()?;
        let mut parts = Vec::new();
        if let Who::Outlet(_) = first.who {
            let ours = row.iter().all(|f| f.article.digest);
            parts.extend(ours.then(|| s.get("words.in_digest").to_owned()));
        } else {
            parts.extend(self.speaker_kind(first));
            let mut kinds: Vec<&str> = row.iter().map(|f| voice_kind(f)).collect();
            kinds.sort_unstable();
            kinds.dedup();
            parts.extend(kinds.into_iter().map(|key| s.get(key).to_owned()));
            let outlets: BTreeSet<&str> = row.iter().map(|f| f.article.label()).collect();
            let outlets: Vec<String> = outlets.into_iter().map(str::to_owned).collect();
            parts.push(s.list(&outlets));
        }
        (!parts.is_empty()).then(|| parts.join(" · "))
    }

    /// What a speaker is: role or kind, or that the source has no name.
    fn speaker_kind(&self, found: &Found) -> Option<String> {
        let s = self.strings;
        if let Who::Entity(id) = &found.who {
            let entity = self.site.entities.get(id)?;
            let known = entity.metonym.clone().or_else(|| self.what(entity));
            return known.filter(|_| !entity.protect);
        }
        let voice = found.voice()?;
        let body = voice.affiliation.as_ref();
        let body = body.and_then(|id| self.link_name(Kind::Entity, id));
        voice.anonymous.then(|| match body {
            Some(body) => s.format("words.unnamed_of", &[("body", &body)]),
            None => s.get("words.unnamed").to_owned(),
        })
    }

    /// The sentences by word.
    fn word_uses(&self, linker: &Linker, terms: &[Id], found: &[Found]) -> Vec<WordUses> {
        let lists = terms.iter().filter_map(|term| {
            let of_term = found.iter().filter(|f| f.used.term == term && !f.repeats);
            let of_term: Vec<&Found> = of_term.collect();
            let year = |f: &Found| f.article.published.map(|d| d.year());
            let years = of_term.chunk_by(|a, b| year(a) == year(b));
            let shown = years.flat_map(|year| year.iter().take(MOST_A_YEAR));
            let items: Vec<SpeechItem> = shown
                .filter_map(|one| self.word_item(linker, one))
                .collect();
            let rest = of_term.len() - items.len();
            (!of_term.is_empty()).then(|| WordUses {
                id: format!("_u-{term}"),
                title: self.term(term),
                count: self.strings.count("words.uses", of_term.len()),
                items,
                rest: (rest > 0).then(|| self.strings.count("words.rest", rest)),
            })
        });
        lists.collect()
    }

    fn word_item(&self, linker: &Linker, found: &Found) -> Option<SpeechItem> {
        let s = self.strings;
        let article = found.article;
        let Use {
            range, sentence, ..
        } = found.used;
        let text = match sentence {
            // What is looked at of it has been noted where the use was found.
            Some(_) => &*self.articles.speaking(article.id())?.prose.document.text,
            None => article.title.as_str(),
        };
        let whole = sentence.map_or(TextRange::new(0, text.len()), |s| s.range);
        let words = |start: u32, end: u32| {
            let words = TextRange { start, end }.of(text);
            words.replace(['\n', '\r'], " ")
        };
        let passage = sentence.map(|sentence| Passage {
            first: sentence.number,
            last: sentence.number,
            place: sentence.place,
        });
        let own = matches!(found.who, Who::Outlet(_));
        let verb = found.said().and_then(|said| said.verb);
        Some(SpeechItem {
            date: self.published(article),
            outlet: article.label().to_owned(),
            speaker: (!own).then(|| self.who_part(linker, &found.who)),
            kind: s.get(voice_kind(found)).to_owned(),
            verb: verb.map(|verb| in_line(&words(verb.start, verb.end)).into_owned()),
            left: tail(&words(whole.start, range.start), WINDOW),
            said: words(range.start, range.end),
            right: head(&words(range.end, whole.end), WINDOW),
            quoted: false,
            language: article.language.clone(),
            trace: self.trace(linker, article.id(), passage)?,
        })
    }
}

/// Who uses a word.
fn who(found: &Found) -> Who {
    let outlet = found.article.label().to_owned();
    match (found.used.voice, found.voice()) {
        (Voicing::Own, _) => Who::Outlet(outlet),
        (Voicing::Named(id), _) => Who::Entity(id.clone()),
        (Voicing::Said(_), None) => Who::Unknown(outlet),
        (Voicing::Said(_), Some(voice)) => match &voice.entity {
            Some(id) => Who::Entity(id.clone()),
            None => Who::Words(voice.words.to_string(), outlet),
        },
    }
}

/// How a word comes to stand in a report, as a key of the interface's words.
fn voice_kind(found: &Found) -> &'static str {
    match found.used.voice {
        Voicing::Own if found.article.digest => "words.own_digest",
        Voicing::Own if found.used.sentence.is_none() => "words.headline",
        Voicing::Own => "words.own",
        Voicing::Said(said) => speech_kind(said.kind),
        Voicing::Named(_) => "words.named",
    }
}

/// How often each term stands in some uses, and in all.
fn cells(terms: &[Id], row: &Row) -> Vec<UseCount> {
    let count = |term: Option<&Id>| {
        let of_term = row.iter().filter(|f| term.is_none_or(|t| f.used.term == t));
        let of_term: Vec<bool> = of_term.map(|f| f.repeats).collect();
        let repeats = of_term.iter().filter(|repeats| **repeats).count();
        UseCount {
            n: of_term.len() - repeats,
            repeats,
        }
    };
    terms.iter().map(Some).chain([None]).map(count).collect()
}

fn plain(text: String) -> TextPart {
    TextPart { text, href: None }
}
