//! Numbered flags above a scale, arranged so that none lies on another.
//!
//! 1. Each event gets a flag with its number. Where they are too many, neighbours in the list share one (`3–9`), with
//!    a growing tolerance, until all fit.
//! 2. Flags go to the lowest lane with room, bars before days, which can stand on a longer stem. A bar's flag may move
//!    along its bar.
//! 3. Bars that lie on each other get bands of their own.
//!
//! Room is reckoned for a small screen; on a wider one everything is only farther apart.

use std::cmp::Reverse;

use super::mark::{Form, Mark};
use super::scale::Scale;
use super::svg::{Percent, Width};

/// The width for which flags and bars are arranged, in pixels: that of a phone's screen without its margins.
const NARROW: i64 = 340;
/// At most so many lanes before flags are joined.
const LANES: usize = 8;
/// At most so many bands of bars.
const BANDS: usize = 3;
/// How far apart events that share a flag may lie, in hundredths of a per cent, tried in this order.
const TOLERANCES: [i64; 9] = [0, 100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000];

/// An event with its number in the list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    /// From 1.
    pub(super) number: usize,
    /// What it looks like.
    pub(super) mark: Mark,
}

/// A number, or a run of numbers, above its events.
#[derive(Debug, Clone)]
pub(super) struct Flag {
    /// The first and last number.
    pub(super) numbers: (usize, usize),
    /// The first and the last place where its events begin and end.
    pub(super) reach: (Percent, Percent),
    /// Where it stands.
    pub(super) x: Percent,
    /// From 0, the lowest.
    pub(super) lane: usize,
    /// How wide it is, in pixels.
    pub(super) width: i64,
    /// The mark of its event, or one that stands for all of them.
    pub(super) mark: Mark,
}

impl Flag {
    fn of(entry: &Entry, scale: Scale) -> Self {
        Self {
            numbers: (entry.number, entry.number),
            reach: entry.mark.on(scale),
            x: Percent::ZERO,
            lane: 0,
            width: 0,
            mark: entry.mark,
        }
    }

    /// Whether it stands for several events.
    pub(super) fn is_run(&self) -> bool {
        self.numbers.0 != self.numbers.1
    }

    /// What is written on it.
    pub(super) fn text(&self) -> String {
        let (first, last) = self.numbers;
        if self.is_run() {
            format!("{first}–{last}")
        } else {
            first.to_string()
        }
    }

    /// Takes in the next event of the list, if that lies near.
    fn join(&mut self, entry: &Entry, scale: Scale, tolerance: i64) -> bool {
        let (from, until) = entry.mark.on(scale);
        let reach = (self.reach.0.min(from), self.reach.1.max(until));
        let near = reach.1.from(reach.0).hundredths() <= tolerance;
        let joined = tolerance > 0 && near && entry.number == self.numbers.1 + 1;
        if joined {
            self.numbers.1 = entry.number;
            self.reach = reach;
            if self.mark.class() != entry.mark.class() && self.mark.class() != "pt" {
                self.mark = entry.mark;
            }
        }
        joined
    }

    /// Where it might stand, the best place first.
    fn places(&self) -> Vec<Percent> {
        let (from, until) = self.reach;
        let part = |n: i64| from.hundredths() + until.from(from).hundredths() * n / 10;
        let parts: &[i64] = match self.mark.form {
            _ if self.is_run() => &[5],
            Form::Disc => &[0],
            _ => &[5, 3, 7],
        };
        // At the edges a wide flag steps inside, so that it sticks out no farther than a round one.
        let inset = (self.width / 2 - 11).max(0) * 10_000 / NARROW;
        let most = (10_000 - inset).max(inset);
        parts
            .iter()
            .map(|n| Percent::new(part(*n).clamp(inset, most)))
            .collect()
    }

    /// The room it takes at a place, in hundredths of a per cent.
    fn room(&self, x: Percent) -> (i64, i64) {
        // Half of it, its outline and a gap, rounded up.
        let half = (self.width + 4) * 10_000 / (2 * NARROW) + 1;
        (x.hundredths() - half, x.hundredths() + half)
    }
}

/// Flags in their lanes.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    /// In the order of their numbers.
    pub(super) flags: Vec<Flag>,
    /// How many lanes they take.
    pub(super) lanes: usize,
    /// How far apart events lie that share a flag, in hundredths of a per cent: 0 where none do.
    pub(super) tolerance: i64,
    /// The bars, with their bands from 0, the lowest, the longest first.
    pub(super) bars: Vec<(Mark, usize)>,
    /// How many bands they take.
    pub(super) bands: usize,
}

/// Arranges the flags of events, which are in the order of their numbers; none where they do not fit, which can only
/// be when numbers are missing between them.
pub(super) fn plan(entries: &[Entry], scale: Scale) -> Option<Plan> {
    let (bars, bands) = stack_bars(entries, scale);
    TOLERANCES.into_iter().find_map(|tolerance| {
        let mut flags = join_runs(entries, scale, tolerance);
        let lanes = assign_lanes(&mut flags)?;
        Some(Plan {
            flags,
            lanes,
            tolerance,
            bars: bars.clone(),
            bands,
        })
    })
}

fn join_runs(entries: &[Entry], scale: Scale, tolerance: i64) -> Vec<Flag> {
    let mut flags: Vec<Flag> = Vec::new();
    for entry in entries {
        let joined = flags
            .last_mut()
            .is_some_and(|flag| flag.join(entry, scale, tolerance));
        if !joined {
            flags.push(Flag::of(entry, scale));
        }
    }
    for flag in &mut flags {
        let letters = i64::try_from(flag.text().chars().count()).unwrap_or(0);
        flag.width = if letters <= 3 && !flag.is_run() {
            21
        } else {
            7 * letters + 10
        };
    }
    flags
}

/// Puts each flag in the lowest lane with room, and tells how many lanes that took; none where it takes too many.
fn assign_lanes(flags: &mut [Flag]) -> Option<usize> {
    let mut order: Vec<usize> = (0..flags.len()).collect();
    order.sort_by_key(|i| {
        flags.get(*i).map(|f| {
            let is_disc = f.mark.form == Form::Disc && !f.is_run();
            (is_disc, f.reach, f.numbers)
        })
    });
    let mut lanes: Vec<Vec<(i64, i64)>> = Vec::new();
    for index in order {
        let flag = flags.get_mut(index)?;
        let places = flag.places();
        let found = (0..LANES).find_map(|lane| {
            let taken = lanes.get(lane).map_or(&[][..], Vec::as_slice);
            let free = |x: &&Percent| {
                let (left, right) = flag.room(**x);
                taken.iter().all(|(l, r)| right <= *l || *r <= left)
            };
            places.iter().find(free).map(|x| (lane, *x))
        });
        let (lane, x) = found?;
        (flag.lane, flag.x) = (lane, x);
        if lane == lanes.len() {
            lanes.push(Vec::new());
        }
        lanes.get_mut(lane)?.push(flag.room(x));
    }
    Some(lanes.len())
}

/// Puts bars that lie on each other into bands, as far as there are bands.
fn stack_bars(entries: &[Entry], scale: Scale) -> (Vec<(Mark, usize)>, usize) {
    let mut bars: Vec<Mark> = entries.iter().map(|e| e.mark).collect();
    bars.retain(|mark| mark.form != Form::Disc);
    let look = |mark: &Mark| (mark.on(scale), mark.class());
    bars.sort_by_key(|mark| (Reverse(mark.length()), look(mark)));
    // Two that look the same are one bar under two flags.
    bars.dedup_by_key(|mark| look(mark));
    let mut bands: [Vec<(i64, i64, &str)>; BANDS] = Default::default();
    let mut stacked = Vec::new();
    for mark in bars {
        let (from, until) = mark.on(scale);
        let left = from.hundredths();
        let right = match mark.width(scale, NARROW) {
            Width::Pixels(pixels) => left + pixels * 10_000 / NARROW,
            Width::Share(_) => until.hundredths(),
        };
        // Bars that touch may share a band, unless both are solid: they would look like one.
        let class = mark.class();
        let room = |band: &Vec<(i64, i64, &str)>| {
            band.iter().all(|(l, r, other)| {
                let apart = i64::from(class == "pt" && *other == "pt");
                right + apart <= *l || *r + apart <= left
            })
        };
        let band = bands.iter().position(room);
        if let Some(taken) = band.and_then(|band| bands.get_mut(band)) {
            taken.push((left, right, class));
        }
        stacked.push((mark, band.unwrap_or(0)));
    }
    let used = bands.iter().filter(|band| !band.is_empty()).count();
    (stacked, used)
}
