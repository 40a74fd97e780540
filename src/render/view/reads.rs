//! What views are made of, seen through windows that note what is looked at.
//!
//! 1. A [`Window`] is a map of which each look is noted in [`Reads`], if there are any.
//! 2. [`Changes`] says where two versions of the material differ.
//! 3. A view is as it was if nothing that it looked at differs ([`Changes::touch`]).
//!
//! Invariant: all that a view can see of the [`Material`](super::Material) and that may differ from page to page is behind a window.
//! Notes are hashes: two that fall together make a page anew that need not have been, and never leave one as it was.

use std::borrow::Borrow;
use std::collections::{BTreeMap, HashSet};
use std::hash::{BuildHasher, Hash};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use foldhash::fast::FixedState;
use hashbrown::HashTable;

/// The maps that views are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Map {
    Articles,
    Topics,
    Events,
    Entities,
    Measures,
    Pages,
    Notes,
    Texts,
    /// Of the texts, single sentences by article and number.
    Sentences,
    /// Of the texts, by article and entity, the sentences that name it.
    Naming,
    /// Of the texts, what is said in them.
    Speaking,
    /// Of the texts, the facts.
    Facts,
    /// Of the texts, the terms in their headlines.
    Headlines,
    Prose,
    NoteTexts,
    Backlinks,
    Anchors,
    Addresses,
    EventLinks,
    ArticleLinks,
    TopicLinks,
    /// The articles and the events of each topic, without the rest of its links.
    TopicLists,
    EntityLinks,
    MeasureLinks,
    MeasuresOfFigures,
    /// What the articles go back to.
    Origins,
    /// What is one for the whole site.
    Site,
}

/// What of a map is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Look<'a, K: ?Sized> {
    /// The value of one key, or that it has none.
    At(&'a K),
    /// Which keys there are.
    Keys,
    /// Everything.
    All,
}

/// The things that are one for the whole site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Whole {
    Home,
    Order,
    ByDate,
    Unwritten,
    Stories,
    Words,
    Gaps,
    HasGaps,
}

/// How keys and notes are hashed: quickly, and the same in each build of a process.
const HASHER: FixedState = FixedState::with_seed(0);

fn note<K: Hash + ?Sized>(map: Map, look: Look<K>) -> u64 {
    // Zero is a free place.
    HASHER.hash_one((map, look)).max(1)
}

/// So many notes there is room for at first.
const FIRST: usize = 4096;

/// By how much there is more room each time that it runs out.
const GROWTH: usize = 16;

/// The most room; what looks at more looks at everything.
const LAST: usize = FIRST * GROWTH * GROWTH;

/// The places that a note is tried at before there are too many.
const TRIES: usize = 64;

/// What a view looked at. It is written to without waiting, whichever thread looks.
#[derive(Debug)]
pub struct Reads {
    /// A set of notes with open addressing; zero is a free place.
    notes: Box<[AtomicU64]>,
    /// Those that found no place there.
    more: OnceLock<Box<Reads>>,
    too_many: AtomicBool,
}

impl Default for Reads {
    fn default() -> Self {
        Self::with_room_for(FIRST)
    }
}

impl Reads {
    /// With room for this many notes at first.
    fn with_room_for(notes: usize) -> Self {
        Self {
            notes: (0..notes.max(1)).map(|_| AtomicU64::new(0)).collect(),
            more: OnceLock::new(),
            too_many: AtomicBool::new(false),
        }
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "the lowest bits are as good as all"
    )]
    fn add(&self, note: u64) {
        let places = (0..TRIES).map(|step| (note as usize).wrapping_add(step) % self.notes.len());
        for place in places.filter_map(|place| self.notes.get(place)) {
            let found = match place.load(Ordering::Relaxed) {
                0 => place.compare_exchange(0, note, Ordering::Relaxed, Ordering::Relaxed),
                known => Err(known),
            };
            if found.is_ok() || found == Err(note) {
                return;
            }
        }
        let room = self.notes.len() * GROWTH;
        match room > LAST {
            true => self.too_many.store(true, Ordering::Relaxed),
            false => {
                let more = || Box::new(Self::with_room_for(room));
                self.more.get_or_init(more).add(note);
            }
        }
    }

    /// What was looked at; everything is forgotten.
    pub fn take(&mut self) -> Looked {
        let notes = self.notes.iter_mut().map(|n| std::mem::take(n.get_mut()));
        let mut notes: Vec<u64> = notes.filter(|note| *note != 0).collect();
        let mut too_many = std::mem::take(self.too_many.get_mut());
        if let Some(mut more) = self.more.take() {
            match more.take().0 {
                Some(more) => notes.extend(more),
                None => too_many = true,
            }
        }
        Looked((!too_many).then(|| notes.into()))
    }
}

/// What a view has looked at; none means everything.
#[derive(Debug, Clone)]
pub struct Looked(Option<Box<[u64]>>);

impl Default for Looked {
    /// Nothing.
    fn default() -> Self {
        Self(Some(Box::default()))
    }
}

/// Where two versions of the material differ.
#[derive(Debug, Default)]
pub struct Changes(HashSet<u64>);

impl Changes {
    /// Whether anything differs that a view has looked at.
    pub fn touch(&self, looked: &Looked) -> bool {
        match &looked.0 {
            Some(notes) => notes.iter().any(|note| self.0.contains(note)),
            None => !self.0.is_empty(),
        }
    }

    /// Compares two versions of a map.
    pub(super) fn compare<K: Ord + Hash, V>(
        &mut self,
        map: Map,
        (old, new): (&BTreeMap<K, V>, &BTreeMap<K, V>),
        same: impl Fn(&V, &V) -> bool,
    ) {
        let (mut old, mut new) = (old.iter().peekable(), new.iter().peekable());
        let (mut keys, mut all) = (false, false);
        loop {
            let order = match (old.peek(), new.peek()) {
                (None, None) => break,
                (Some(_), None) => std::cmp::Ordering::Less,
                (None, Some(_)) => std::cmp::Ordering::Greater,
                (Some((a, _)), Some((b, _))) => a.cmp(b),
            };
            let before = order.is_le().then(|| old.next()).flatten();
            let after = order.is_ge().then(|| new.next()).flatten();
            if let (Some((_, before)), Some((_, after))) = (before, after)
                && same(before, after)
            {
                continue;
            }
            all = true;
            keys |= order.is_ne();
            if let Some((key, _)) = before.or(after) {
                self.0.insert(note(map, Look::At(key)));
            }
        }
        self.0.extend(all.then(|| note::<()>(map, Look::All)));
        self.0.extend(keys.then(|| note::<()>(map, Look::Keys)));
    }

    /// Enters something that is one for the whole site, if it differs.
    pub(super) fn whole(&mut self, what: Whole, differs: bool) {
        self.0
            .extend(differs.then(|| note(Map::Site, Look::At(&what))));
    }

    /// Enters a part of something, if it differs.
    pub(super) fn part<K: Hash + ?Sized>(&mut self, map: Map, key: &K, differs: bool) {
        self.0.extend(differs.then(|| note(map, Look::At(key))));
    }

    /// Enters all of a map, if it differs.
    pub(super) fn all(&mut self, map: Map, differs: bool) {
        self.0.extend(differs.then(|| note::<()>(map, Look::All)));
    }
}

/// Notes that something is looked at that is one for the whole site.
pub(super) fn look_at(reads: Option<&Reads>, what: Whole) {
    if let Some(reads) = reads {
        reads.add(note(Map::Site, Look::At(&what)));
    }
}

/// Notes that all of a map is looked at.
pub(super) fn look_at_all(reads: Option<&Reads>, map: Map) {
    if let Some(reads) = reads {
        reads.add(note::<()>(map, Look::All));
    }
}

/// Notes that a part of something is looked at.
pub(super) fn look_at_part<K: Hash + ?Sized>(reads: Option<&Reads>, map: Map, key: &K) {
    if let Some(reads) = reads {
        reads.add(note(map, Look::At(key)));
    }
}

/// The places of a map's keys by hash. In a large map a key is found sooner so.
pub(super) struct Index<'m, K, V>(HashTable<(&'m K, &'m V)>);

impl<K, V> std::fmt::Debug for Index<'_, K, V> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").finish_non_exhaustive()
    }
}

impl<'m, K: Hash + Eq, V> Index<'m, K, V> {
    pub(super) fn of(map: &'m BTreeMap<K, V>) -> Self {
        let mut table = HashTable::with_capacity(map.len());
        for (key, value) in map {
            table.insert_unique(HASHER.hash_one(key), (key, value), |(key, _)| {
                HASHER.hash_one(*key)
            });
        }
        Self(table)
    }

    fn get<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<&'m V>
    where
        K: Borrow<Q>,
    {
        let found = self
            .0
            .find(HASHER.hash_one(key), |(known, _)| (*known).borrow() == key);
        found.map(|(_, value)| *value)
    }
}

/// A map of which each look is noted.
#[derive(Debug)]
pub struct Window<'a, K, V> {
    map: &'a BTreeMap<K, V>,
    index: Option<&'a Index<'a, K, V>>,
    is: Map,
    reads: Option<&'a Reads>,
}

impl<K, V> Clone for Window<'_, K, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K, V> Copy for Window<'_, K, V> {}

impl<'a, K: Ord + Hash, V> Window<'a, K, V> {
    pub(super) fn new(map: &'a BTreeMap<K, V>, is: Map, reads: Option<&'a Reads>) -> Self {
        Self {
            map,
            index: None,
            is,
            reads,
        }
    }

    /// The same, where keys are found by an index of the same map.
    pub(super) fn by(mut self, index: Option<&'a Index<'a, K, V>>) -> Self {
        self.index = index;
        self
    }

    fn look<Q: Hash + ?Sized>(&self, look: Look<Q>) {
        if let Some(reads) = self.reads {
            reads.add(note(self.is, look));
        }
    }

    /// The value of a key.
    pub fn get<Q: Ord + Hash + ?Sized>(&self, key: &Q) -> Option<&'a V>
    where
        K: Borrow<Q>,
    {
        self.look(Look::At(key));
        self.unnoted(key)
    }

    /// The value of a key, for whoever notes in other terms what is looked at.
    pub(super) fn unnoted<Q: Ord + Hash + ?Sized>(&self, key: &Q) -> Option<&'a V>
    where
        K: Borrow<Q>,
    {
        match self.index {
            Some(index) => index.get(key),
            None => self.map.get(key),
        }
    }

    /// All keys and values, for whoever notes in other terms what is looked at.
    pub(super) fn all_unnoted(&self) -> impl Iterator<Item = (&'a K, &'a V)> + use<'a, K, V> {
        self.map.iter()
    }

    /// Whether a key has a value.
    pub fn contains_key<Q: Ord + Hash + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.get(key).is_some()
    }

    /// All keys, in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &'a K> + use<'a, K, V> {
        self.look::<()>(Look::Keys);
        self.map.keys()
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.look::<()>(Look::Keys);
        self.map.len()
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All values, in the order of their keys.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &'a V> + use<'a, K, V> {
        self.look::<()>(Look::All);
        self.map.values()
    }

    /// All keys and values, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&'a K, &'a V)> + use<'a, K, V> {
        self.look::<()>(Look::All);
        self.map.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(pairs: &[(&str, u32)]) -> BTreeMap<String, u32> {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), *v)).collect()
    }

    fn changes(old: &[(&str, u32)], new: &[(&str, u32)]) -> Changes {
        let mut changes = Changes::default();
        changes.compare(Map::Topics, (&map(old), &map(new)), |a, b| a == b);
        changes
    }

    /// What is noted when a map is looked at in one way.
    fn looked(look: impl Fn(Window<String, u32>)) -> Looked {
        let map = map(&[("a", 1), ("b", 2)]);
        let mut reads = Reads::default();
        look(Window::new(&map, Map::Topics, Some(&reads)));
        reads.take()
    }

    #[test]
    fn a_look_is_touched_by_what_it_saw_alone() {
        let a = looked(|map| assert_eq!(map.get("a"), Some(&1)));
        let missing = looked(|map| assert_eq!(map.get("c"), None));
        let keys = looked(|map| assert_eq!(map.len(), 2));
        let all = looked(|map| assert_eq!(map.values().sum::<u32>(), 3));
        let nothing = looked(|_| ());
        let touched = |changes: &Changes| {
            [&a, &missing, &keys, &all, &nothing].map(|looked| changes.touch(looked))
        };
        let old = [("a", 1), ("b", 2)];
        assert_eq!(touched(&changes(&old, &old)), [false; 5]);
        let a_differs = changes(&old, &[("a", 9), ("b", 2)]);
        assert_eq!(touched(&a_differs), [true, false, false, true, false]);
        let b_is_gone = changes(&old, &[("a", 1)]);
        assert_eq!(touched(&b_is_gone), [false, false, true, true, false]);
        let c_is_new = changes(&old, &[("a", 1), ("b", 2), ("c", 3)]);
        assert_eq!(touched(&c_is_new), [false, true, true, true, false]);
        let another_map = {
            let mut changes = Changes::default();
            changes.compare(Map::Events, (&map(&old), &map(&[])), |a, b| a == b);
            changes
        };
        assert_eq!(touched(&another_map), [false; 5]);
    }

    fn look_at_many(count: u32, room: usize) -> (Looked, Reads) {
        let many: BTreeMap<u32, u32> = (0..count).map(|n| (n, n)).collect();
        let mut reads = Reads::with_room_for(room);
        let window = Window::new(&many, Map::Topics, Some(&reads));
        (0..count).for_each(|n| assert_eq!(window.get(&n), Some(&n)));
        (reads.take(), reads)
    }

    #[test]
    fn there_is_room_for_all_that_is_looked_at() {
        let (looked, mut reads) = look_at_many(1000, 16);
        let number = |n: u32| {
            let mut changes = Changes::default();
            let only = |value| BTreeMap::from([(n, value)]);
            changes.compare(Map::Topics, (&only(1), &only(2)), |a, b| a == b);
            changes
        };
        assert!((0..1000).all(|n| number(n).touch(&looked)));
        assert!(!number(1000).touch(&looked));
        // Taken, it begins anew.
        assert!(!number(1).touch(&reads.take()));
    }

    #[test]
    fn who_looks_at_too_much_has_looked_at_everything() {
        let (looked, mut reads) = look_at_many(200, LAST / GROWTH + 1);
        assert!(!changes(&[], &[("x", 1)]).touch(&looked));
        // There is no more room than this.
        reads.notes = (0..LAST).map(|_| AtomicU64::new(1)).collect();
        reads.add(2);
        assert!(changes(&[], &[("x", 1)]).touch(&reads.take()));
        assert!(!changes(&[], &[("x", 1)]).touch(&reads.take()));
    }
}
