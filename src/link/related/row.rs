//! The articles related to one, with the reasons, in as little room as they need: a site has fifty times as many of these as articles.
//!
//! What a row names (articles, events, entities, topics) it names again and again, so each id is kept once, those of the related articles first
//! and in order, and everything else is numbers and texts, one after the other as bytes. A [`Related`] is made of that when it is
//! asked for.
//!
//! Invariant: what was packed comes out as it was.

use super::{Reason, Related};
use crate::model::Id;

/// The articles related to one, best first, with the reasons.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Each id that is named, once; those of the related articles first.
    ids: Box<[Id]>,
    /// For each related article its reasons; see [`Packer`].
    bytes: Box<[u8]>,
    /// How many articles it has.
    len: u16,
}

impl Row {
    /// How many articles are in it.
    pub fn len(&self) -> usize {
        usize::from(self.len)
    }

    /// Whether nothing is related.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The articles with their reasons, best first.
    pub fn iter(&self) -> impl Iterator<Item = Related> {
        let mut rest = Rest {
            ids: &self.ids,
            bytes: &self.bytes,
        };
        let articles = self.ids.iter().take(self.len());
        articles.map(move |to| rest.related(to))
    }
}

/// What comes after a reason's kind and points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    BasedOn,
    Duplicate,
    /// A number: so many of a hundred.
    Reprint,
    /// Ids.
    SharedEvents,
    /// Ids.
    Shares,
    /// Texts.
    SharedNames,
    /// Texts.
    SharedFigures,
    /// Texts.
    SameDates,
    /// Ids.
    SameTopic,
    /// A number, and a text or none.
    SameWords,
    /// Texts.
    Wording,
    /// Ids.
    Through,
    /// A number that may be negative.
    Days,
}

/// All kinds, in the order of [`Reason`].
const KINDS: [Kind; 13] = [
    Kind::BasedOn,
    Kind::Duplicate,
    Kind::Reprint,
    Kind::SharedEvents,
    Kind::Shares,
    Kind::SharedNames,
    Kind::SharedFigures,
    Kind::SameDates,
    Kind::SameTopic,
    Kind::SameWords,
    Kind::Wording,
    Kind::Through,
    Kind::Days,
];

/// Makes rows, one after the other.
///
/// Numbers are written seven bits a byte, the lowest first; a text as its length in bytes and these; a list as its length and what is in it;
/// an id as its place in [`Row::ids`].
#[derive(Debug, Default)]
pub(super) struct Packer {
    ids: Vec<Id>,
    bytes: Vec<u8>,
    len: u16,
}

impl Packer {
    /// Begins a row of these articles.
    pub(super) fn begin<'i>(&mut self, articles: impl Iterator<Item = &'i Id>) {
        self.ids.clear();
        self.bytes.clear();
        self.ids.extend(articles.cloned());
        self.len = u16::try_from(self.ids.len()).unwrap_or(u16::MAX);
    }

    /// The place of an id that is not in the row yet.
    pub(super) fn add(&mut self, id: &Id) -> u32 {
        self.ids.push(id.clone());
        super::postings::number(self.ids.len() - 1)
    }

    /// A number.
    pub(super) fn number(&mut self, mut number: u32) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    /// A number that may be negative.
    pub(super) fn signed(&mut self, number: i32) {
        self.number((number << 1 ^ number >> 31) as u32);
    }

    /// The head of a reason.
    pub(super) fn head(&mut self, kind: Kind, points: u16) {
        self.bytes.push(kind as u8);
        self.number(u32::from(points));
    }

    /// A text.
    pub(super) fn text(&mut self, text: &str) {
        self.number(super::postings::number(text.len()));
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// Two texts with a space between them, as one.
    pub(super) fn two_texts(&mut self, one: &str, other: &str) {
        self.number(super::postings::number(one.len() + 1 + other.len()));
        for part in [one, " ", other] {
            self.bytes.extend_from_slice(part.as_bytes());
        }
    }

    /// The row that was begun.
    pub(super) fn finish(&mut self) -> Row {
        Row {
            ids: self.ids.as_slice().into(),
            bytes: self.bytes.as_slice().into(),
            len: self.len,
        }
    }
}

/// What is still to be unpacked.
struct Rest<'r> {
    ids: &'r [Id],
    bytes: &'r [u8],
}

impl Rest<'_> {
    fn related(&mut self, to: &Id) -> Related {
        let reasons: Vec<(Reason, u16)> = (0..self.count()).map(|_| self.reason()).collect();
        let points = reasons.iter().map(|(_, points)| *points);
        Related {
            to: to.clone(),
            points: points.fold(0, u16::saturating_add),
            reasons,
        }
    }

    fn reason(&mut self) -> (Reason, u16) {
        let kind = self.byte();
        let points = u16::try_from(self.number()).unwrap_or(u16::MAX);
        let kind = KINDS.get(usize::from(kind)).copied();
        let reason = match kind.unwrap_or(Kind::Days) {
            Kind::BasedOn => Reason::BasedOn,
            Kind::Duplicate => Reason::Duplicate,
            Kind::Reprint => Reason::Reprint(u8::try_from(self.number()).unwrap_or(100)),
            Kind::SharedEvents => Reason::SharedEvents(self.ids()),
            Kind::Shares => Reason::Shares(self.ids()),
            Kind::SharedNames => Reason::SharedNames(self.texts()),
            Kind::SharedFigures => Reason::SharedFigures(self.texts()),
            Kind::SameDates => Reason::SameDates(self.texts()),
            Kind::SameTopic => Reason::SameTopic(self.ids()),
            Kind::SameWords => Reason::SameWords {
                count: u16::try_from(self.number()).unwrap_or(u16::MAX),
                words: Some(self.text()).filter(|words| !words.is_empty()),
            },
            Kind::Wording => Reason::Wording(self.texts()),
            Kind::Through => Reason::Through(self.ids()),
            Kind::Days => {
                let number = self.number();
                Reason::Days((number >> 1) as i32 ^ -((number & 1) as i32))
            }
        };
        (reason, points)
    }

    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.bytes.split_first() else {
            return 0;
        };
        self.bytes = rest;
        *first
    }

    fn number(&mut self) -> u32 {
        let mut number = 0;
        for shift in (0..u32::BITS).step_by(7) {
            let byte = self.byte();
            number |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        number
    }

    /// How many things follow; each takes a byte at least.
    fn count(&mut self) -> usize {
        (self.number() as usize).min(self.bytes.len())
    }

    fn text(&mut self) -> String {
        let length = self.count();
        let (text, rest) = self.bytes.split_at(length);
        self.bytes = rest;
        String::from_utf8_lossy(text).into_owned()
    }

    fn texts(&mut self) -> Vec<String> {
        (0..self.count()).map(|_| self.text()).collect()
    }

    fn ids(&mut self) -> Vec<Id> {
        let count = self.count();
        let ids = (0..count).filter_map(|_| self.ids.get(self.number() as usize).cloned());
        ids.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id(n: u8) -> Id {
        Id::new(format!("id-{n}"))
    }

    /// Packs what was given the way the teller does.
    fn packed(all: &[Related]) -> Row {
        let mut packer = Packer::default();
        packer.begin(all.iter().map(|related| &related.to));
        for related in all {
            packer.number(related.reasons.len() as u32);
            for (reason, points) in &related.reasons {
                pack(&mut packer, reason, *points);
            }
        }
        packer.finish()
    }

    fn pack(packer: &mut Packer, reason: &Reason, points: u16) {
        let mut head = |kind| packer.head(kind, points);
        match reason {
            Reason::Reprint(part) => {
                head(Kind::Reprint);
                packer.number((*part).into());
            }
            Reason::Shares(ids) => {
                head(Kind::Shares);
                packer.number(ids.len() as u32);
                for id in ids {
                    let place = packer.add(id);
                    packer.number(place);
                }
            }
            Reason::Wording(texts) => {
                head(Kind::Wording);
                packer.number(texts.len() as u32);
                texts.iter().for_each(|text| packer.text(text));
            }
            Reason::SameWords { count, words } => {
                head(Kind::SameWords);
                packer.number((*count).into());
                packer.text(words.as_deref().unwrap_or_default());
            }
            Reason::Days(days) => {
                head(Kind::Days);
                packer.signed(*days);
            }
            _ => head(Kind::Duplicate),
        }
    }

    fn reason() -> impl Strategy<Value = Reason> {
        prop_oneof![
            Just(Reason::Duplicate),
            any::<u8>().prop_map(Reason::Reprint),
            prop::collection::vec(any::<u8>().prop_map(id), 0..200).prop_map(Reason::Shares),
            prop::collection::vec("[a가]{0,200}", 0..4).prop_map(Reason::Wording),
            (any::<u16>(), prop::option::of("[a가]{1,9}"))
                .prop_map(|(count, words)| Reason::SameWords { count, words }),
            any::<i32>().prop_map(Reason::Days),
        ]
    }

    proptest! {
        #[test]
        fn what_is_packed_comes_out(
            all in prop::collection::vec((any::<u8>(), prop::collection::vec((reason(), any::<u16>()), 0..6)), 0..20),
        ) {
            let all: Vec<Related> = all
                .into_iter()
                .map(|(to, reasons)| Related {
                    to: id(to),
                    points: reasons.iter().fold(0, |sum: u16, (_, n)| sum.saturating_add(*n)),
                    reasons,
                })
                .collect();
            prop_assert_eq!(packed(&all).iter().collect::<Vec<_>>(), all);
        }
    }

    #[test]
    fn broken_bytes_are_no_panic() {
        for byte in 0..=u8::MAX {
            let row = Row {
                ids: [id(1), id(2)].into(),
                bytes: [3, byte, 0xff, byte, 0xff, 0xff, 0xff, 0xff, 0xff].into(),
                len: 2,
            };
            assert_eq!(row.iter().count(), 2);
        }
    }

    #[test]
    fn kinds_are_numbered_as_they_are_listed() {
        for (number, kind) in KINDS.iter().enumerate() {
            assert_eq!(*kind as usize, number);
        }
    }
}
