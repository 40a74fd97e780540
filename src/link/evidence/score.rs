//! What speaks for one sentence's telling of one event, and whether that is enough.

use std::collections::{BTreeMap, BTreeSet};

use super::search::{Corpus, Place, Target};
use super::{Bears, Finding, Fit, Nearness, Part, Stands, TimeFrom};
use crate::link::Input;
use crate::model::{Event, Id};

/// The most points for phrases together, for participants together, and for words of the title.
const PHRASES: u16 = 9;
const PARTICIPANTS: u16 = 6;
const WORDING: u16 = 5;

/// Points that suffice where the sentence, or one before it, tells the time.
const ENOUGH: u16 = 8;
/// Points that suffice without a time, or without a phrase.
const PLENTY: u16 = 10;
/// Points of names that suffice beside the very day: a place, two participants, or one that few sentences name.
const NAMED: u16 = 3;
/// Days between an event and a report of it that need not say when it was.
const FRESH: i32 = 3;
const RECENT: i32 = 31;

/// What was found, by kind.
struct Sums {
    from: Option<TimeFrom>,
    sharp: bool,
    /// The sentence names the very day.
    exact: bool,
    names: u16,
    elsewhere: u16,
    phrases: u16,
    wording: u16,
}

/// The reasons that a sentence gives, whether they suffice or not; none where it names another time.
pub(super) fn reasons(corpus: &Corpus, target: &Target, at: Place) -> Option<Finding> {
    let mut parts = Vec::new();
    parts.extend(time(corpus, target, at)?);
    parts.extend(place(corpus, target, at));
    parts.extend(participants(corpus, target, at));
    parts.extend(phrases(corpus, target, at));
    parts.extend(wording(corpus, target, at));
    let sums = sums(&parts);
    if sums.exact && sums.names < NAMED {
        parts.extend(elsewhere(corpus, target, at));
    }
    parts.sort_by(|(a, m), (b, n)| n.cmp(m).then_with(|| a.cmp(b)));
    Some(Finding { parts })
}

/// Which fields of an event a sentence bears out, whatever it may be worth.
pub(super) fn bears(corpus: &Corpus, target: &Target, at: Place) -> Bears {
    let told = time(corpus, target, at).flatten();
    let told = told.is_some_and(|(part, _)| {
        let nowhere = |part: &Part| {
            let Part::Time { fit, from, .. } = part else {
                return true;
            };
            *from == TimeFrom::Report || (*fit == Fit::Near && *from != TimeFrom::Sentence)
        };
        !nowhere(&part)
    });
    let mut bears = Bears {
        time: told,
        ..Bears::default()
    };
    for id in mentions(&corpus.inputs[at.article], at.sentence) {
        bears.place |= target.bond.place.get(id) == Some(&Nearness::Itself);
        let of = target.bond.who.get(id).into_iter().flatten();
        bears.who.extend(of.map(|(of, _)| (*of).clone()));
    }
    bears
}

/// Whether the reasons suffice.
pub(super) fn suffices(event: &Event, finding: &Finding) -> bool {
    let sums = sums(&finding.parts);
    let total = finding.points();
    // Where the very day is named, one word of the act will do beside such names, and two beside any.
    let act = sums.phrases + sums.wording;
    let tied = act >= 2 && sums.names >= NAMED || act >= 3 && sums.names > 0;
    if sums.exact && tied && total >= PLENTY {
        return true;
    }
    // `The talks are to resume on Thursday`, in a report on all who take part.
    if sums.exact && act >= 2 && sums.elsewhere > 0 && total >= ENOUGH {
        return true;
    }
    // Else more must speak of the act itself: a phrase of two words or more, or words of the title.
    if sums.phrases < 4 && sums.wording < 3 {
        return false;
    }
    // Of an event without place and participants no name can be asked for.
    let nameless = event.place.is_none() && event.participants.is_empty();
    match sums.from {
        Some(TimeFrom::Sentence) if sums.phrases >= 4 => {
            total >= ENOUGH && (sums.names > 0 || sums.phrases >= 5 || nameless)
        }
        Some(TimeFrom::Sentence) => sums.sharp && sums.names >= 3 && total >= PLENTY,
        Some(TimeFrom::Carried(_) | TimeFrom::Report) => {
            sums.phrases >= 4 && (sums.names > 0 || sums.phrases >= 6) && total >= ENOUGH
        }
        // A report of another year may use the same words of the next such event: two phrases, and more besides.
        None => sums.phrases > 6 && sums.names >= 2 && total > PLENTY,
    }
}

fn sums(parts: &[(Part, u16)]) -> Sums {
    let mut sums = Sums {
        from: None,
        sharp: false,
        exact: false,
        names: 0,
        elsewhere: 0,
        phrases: 0,
        wording: 0,
    };
    for (part, points) in parts {
        match part {
            Part::Time { fit, from, .. } => {
                sums.from = Some(*from);
                sums.sharp = *points >= 4;
                sums.exact = *fit == Fit::Same && *points >= 5 && *from == TimeFrom::Sentence;
            }
            Part::Place { .. } | Part::Participant { .. } => sums.names += points,
            Part::Elsewhere { .. } => sums.elsewhere += points,
            Part::Phrase { .. } => sums.phrases += points,
            Part::Wording { .. } => sums.wording += points,
        }
    }
    sums
}

/// How the time agrees: `None` where it does not, `Some(None)` where nothing tells it.
#[expect(
    clippy::option_option,
    reason = "a contradiction is not the same as silence"
)]
fn time(corpus: &Corpus, target: &Target, at: Place) -> Option<Option<(Part, u16)>> {
    let input = &corpus.inputs[at.article];
    let Some(when) = target.when else {
        return Some(None);
    };
    let best = |sentence: u32| {
        let mut named = false;
        let mut best: Option<(Fit, u16, &str)> = None;
        for (value, stretch) in corpus.times(at.article, sentence) {
            named = true;
            if let Some((fit, points)) = when.fit(*stretch)
                && best.is_none_or(|(_, most, _)| points > most)
            {
                best = Some((fit, points, value));
            }
        }
        (named, best)
    };
    let part = |fit, value: &str, from| Part::Time {
        fit,
        value: value.to_owned(),
        from,
    };
    let (named, own) = best(at.sentence);
    if let Some((fit, points, value)) = own {
        return Some(Some((part(fit, value, TimeFrom::Sentence), points)));
    }
    if named {
        return None;
    }
    let published = input.article.published;
    // A report from before the event tells of it only by naming its time, or among things to come.
    let ahead = published.is_some_and(|day| day < when.wide.first);
    if let Some(before) = corpus.time_before(at) {
        let (_, carried) = best(before);
        return carried.map(|(fit, points, value)| {
            let points = (points / 2).max(1);
            Some((part(fit, value, TimeFrom::Carried(before)), points))
        });
    }
    let Some(day) = published else {
        return Some(None);
    };
    let since = super::fit::days(when.stretch.last, day);
    let until = super::fit::days(day, when.stretch.first);
    let apart = since.max(until).max(0);
    let points = match apart {
        _ if ahead && !corpus.looks_ahead(at) => return None,
        _ if apart <= FRESH => 2,
        _ if apart <= RECENT => 1,
        _ => return Some(None),
    };
    let fit = if when.stretch.first <= day && day <= when.stretch.last {
        Fit::Within
    } else {
        Fit::Near
    };
    Some(Some((
        part(fit, &day.to_string(), TimeFrom::Report),
        points,
    )))
}

fn place(corpus: &Corpus, target: &Target, at: Place) -> Option<(Part, u16)> {
    let named = mentions(&corpus.inputs[at.article], at.sentence);
    let known = named.filter_map(|id| Some((*target.bond.place.get(id)?, id)));
    // A participant's name is a reason of its own.
    let known =
        known.filter(|(near, id)| *near == Nearness::Itself || !target.bond.who.contains_key(*id));
    let (nearness, named) = known.min()?;
    let rarity = corpus.rarity(named);
    let points = match nearness {
        Nearness::Itself => 2 + rarity,
        Nearness::Inside | Nearness::Named => 1 + rarity / 2,
        Nearness::Country => 1,
    };
    Some((
        Part::Place {
            named: named.clone(),
            nearness,
        },
        points,
    ))
}

fn participants(corpus: &Corpus, target: &Target, at: Place) -> Vec<(Part, u16)> {
    let mut best: BTreeMap<&Id, (Stands, &Id)> = BTreeMap::new();
    for id in mentions(&corpus.inputs[at.article], at.sentence) {
        // The event's own place is no participant once more.
        if target.bond.place.get(id) == Some(&Nearness::Itself) {
            continue;
        }
        let own = corpus.is_outlet(at.article, id);
        let bonds = target.bond.who.get(id).into_iter().flatten();
        // A paper that is named as the teller stands for no country.
        for (of, stands) in bonds.filter(|(_, s)| !(own && *s == Stands::Body)) {
            let better = best.get(of).is_none_or(|known| (*stands, id) < *known);
            if better {
                best.insert(of, (*stands, id));
            }
        }
    }
    let mut all: Vec<(Part, u16)> = best
        .into_iter()
        .map(|(of, (stands, named))| {
            let rarity = corpus.rarity(named);
            let points = match stands {
                Stands::Itself => 1 + rarity,
                Stands::Capital | Stands::Voice | Stands::Body => 1 + rarity / 2,
            };
            let part = Part::Participant {
                named: named.clone(),
                of: of.clone(),
                stands,
            };
            (part, points)
        })
        .collect();
    all.sort_by(|(a, m), (b, n)| n.cmp(m).then_with(|| a.cmp(b)));
    capped(all, PARTICIPANTS)
}

/// Those of an event's place and participants that the sentence leaves to the rest of its report. Nothing where the report leaves one of
/// them out too, or where the event has but a single participant, who may do much else in a day.
fn elsewhere(corpus: &Corpus, target: &Target, at: Place) -> Vec<(Part, u16)> {
    let event = target.event;
    let participants: BTreeSet<&Id> = event.participants.iter().map(|p| &p.value).collect();
    let wanted = participants.len() + usize::from(event.place.is_some());
    // By participant, or the place: who stands for it best, and whether the sentence names one.
    let mut found: BTreeMap<&Id, (bool, Stands, &Id)> = BTreeMap::new();
    for mention in &corpus.inputs[at.article].facts.mentions {
        let (id, here) = (&mention.entity, mention.sentence == at.sentence);
        let place = event.place.as_ref().map(|p| &p.value);
        let is_place = target.bond.place.get(id) == Some(&Nearness::Itself);
        let place = place.filter(|_| is_place).map(|of| (of, Stands::Itself));
        let who = target.bond.who.get(id).into_iter().flatten();
        let who = who.map(|(of, stands)| (*of, *stands));
        for (of, stands) in place.into_iter().chain(who) {
            let known = found.entry(of).or_insert((false, stands, id));
            known.0 |= here;
            if (stands, id) < (known.1, known.2) {
                (known.1, known.2) = (stands, id);
            }
        }
    }
    let single = participants.len() == wanted && wanted < 2;
    if single || found.len() < wanted {
        return Vec::new();
    }
    let left = found.into_values().filter(|(here, ..)| !here);
    let part = |named: &Id| Part::Elsewhere {
        named: named.clone(),
    };
    left.map(|(_, _, named)| (part(named), 1)).collect()
}

fn phrases(corpus: &Corpus, target: &Target, at: Place) -> Vec<(Part, u16)> {
    let Some(told) = corpus.told(at) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for hit in &told.hits {
        let Some(phrase) = corpus.lexicon.phrases.get(hit.phrase as usize) else {
            continue;
        };
        if phrase.event != target.event.common.id {
            continue;
        }
        let Some(words) = target.event.phrases.get(phrase.index) else {
            continue;
        };
        let whole = 2 * phrase.content + u16::from(phrase.len() >= 4);
        let points = whole.clamp(2, 6).saturating_sub(u16::from(hit.gaps));
        let common = corpus.phrase_rarity(hit.phrase) < 1;
        let points = if common { points.min(3) } else { points };
        let part = Part::Phrase {
            phrase: words.clone(),
            gaps: hit.gaps,
        };
        all.push((part, points));
    }
    all.sort_by(|(a, m), (b, n)| n.cmp(m).then_with(|| a.cmp(b)));
    capped(all, PHRASES)
}

fn wording(corpus: &Corpus, target: &Target, at: Place) -> Option<(Part, u16)> {
    let told = corpus.told(at)?;
    let title = corpus.lexicon.title(&target.event.common.id);
    let shared: Vec<&(u32, String)> = title
        .iter()
        .filter(|(stem, _)| told.stems.binary_search(stem).is_ok())
        .collect();
    // One word is a sign where the title has no other.
    if shared.len() < title.len().clamp(1, 2) {
        return None;
    }
    let points = shared
        .iter()
        .map(|(stem, _)| corpus.stem_rarity(*stem).min(2))
        .sum::<u16>()
        .min(WORDING);
    let words = shared.into_iter().map(|(_, word)| word.clone()).collect();
    (points > 0).then_some((Part::Wording { words }, points))
}

/// The first parts, with no more points than `most` together.
fn capped(parts: Vec<(Part, u16)>, most: u16) -> Vec<(Part, u16)> {
    let mut left = most;
    let mut kept = Vec::new();
    for (part, points) in parts {
        let points = points.min(left);
        left -= points;
        if points > 0 {
            kept.push((part, points));
        }
    }
    kept
}

/// The entities that a sentence names, by id.
pub(super) fn mentions<'a>(
    input: &Input<'a>,
    sentence: u32,
) -> impl Iterator<Item = &'a Id> + use<'a> {
    let all = &input.facts.mentions;
    let from = all.partition_point(|m| m.sentence < sentence);
    let here = all[from..].iter();
    here.take_while(move |m| m.sentence == sentence)
        .map(|m| &m.entity)
}
