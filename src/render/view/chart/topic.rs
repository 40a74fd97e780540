//! The numbered timeline of a topic, on one scale or on two.
//!
//! 1. All events are arranged on the scale of their years.
//! 2. Where that takes many lanes, the densest stretches are tried as a second, enlarged scale.
//! 3. The first of them that is easy to read is taken, or else the cheapest: fewest numbers that share a flag, then
//!    fewest lanes. One that is no better than a single scale is not.

use super::flags::{Entry, Flag, Plan, plan};
use super::mark::{Form, Mark, extent, keys};
use super::scale::Scale;
use super::svg::{Percent, Svg, Width};
use super::words::{Words, fill};
use super::{Chart, Point};

/// So many lanes are few enough for one scale.
const FEW: usize = 2;
/// An enlarged stretch takes at most this part of the whole scale, in hundredths of a per cent.
const STRETCH: i64 = 4_000;
/// Events nearer than this belong to one cluster, in hundredths of a per cent, tried in this order.
const GAPS: [i64; 5] = [740, 370, 185, 90, 45];
/// How long an event may be to be moved to the enlarged scale, in days, unless it is short on the whole scale.
const SHORT: i64 = 123;
/// How wide a chart usually is, in pixels.
const PAGE: i64 = 560;
/// How far it is from lane to lane and from band to band, in pixels.
const LANE: i64 = 25;
const BAND: i64 = 9;

/// A stretch of the whole scale with the events that are shown enlarged.
struct Zoom {
    scale: Scale,
    upper: Plan,
    lower: Plan,
}

/// The events of a topic with their numbers, from 1 in the order in which they are given, which is that of the list
/// below the chart. Where they are too many for single numbers, neighbours share one flag (`3–9`). None without events.
pub fn topic(prefix: &str, points: &[Point<'_>], words: &Words<'_>) -> Option<Chart> {
    let entries: Vec<Entry> = (1..)
        .zip(points)
        .map(|(number, point)| Entry {
            number,
            mark: Mark::of(point),
        })
        .collect();
    let marks = entries.iter().map(|e| &e.mark);
    let (first, last) = extent(marks.clone())?;
    let scale = Scale::years(first, last);
    let whole = plan(&entries, scale)?;
    let zoom = enlarge(&entries, scale, &whole);
    let description = describe(points, scale, zoom.as_ref(), words);
    let upper = zoom.as_ref().map_or(&whole, |z| &z.upper);
    let axis = height(upper) + 3;
    let bottom = match &zoom {
        None => axis,
        Some(zoom) => axis + 78 + height(&zoom.lower) + 11,
    };
    let mut svg = Svg::chart(prefix, words.title, &description, bottom + 28);
    if let Some(zoom) = &zoom {
        draw_stretch(&mut svg, scale, zoom.scale, axis, bottom);
    }
    scale.draw_axis(&mut svg, axis, words);
    draw_plan(&mut svg, upper, scale, axis);
    if let Some(zoom) = &zoom {
        zoom.scale.draw_axis(&mut svg, bottom, words);
        draw_plan(&mut svg, &zoom.lower, zoom.scale, bottom);
    }
    Some(Chart {
        svg: svg.finish(),
        description,
        marks: keys(marks),
    })
}

/// How far the first lane's flags stand above the axis.
fn base(plan: &Plan) -> i64 {
    let bands = i64::try_from(plan.bands).unwrap_or(1).max(1);
    24 + BAND * bands
}

/// How far the highest flag reaches above the axis.
fn height(plan: &Plan) -> i64 {
    base(plan) + LANE * (i64::try_from(plan.lanes).unwrap_or(1) - 1).max(0) + 11
}

/// The second scale, if one makes the chart easier to read.
fn enlarge(entries: &[Entry], scale: Scale, whole: &Plan) -> Option<Zoom> {
    if whole.lanes <= FEW && whole.tolerance == 0 {
        return None;
    }
    let cost = |plans: &[&Plan]| {
        let tolerance = plans.iter().map(|p| p.tolerance).max();
        let lanes = plans.iter().map(|p| p.lanes).max();
        (
            tolerance,
            lanes,
            plans.iter().map(|p| p.lanes).sum::<usize>(),
        )
    };
    let zooms: Vec<Zoom> = GAPS
        .into_iter()
        .filter_map(|gap| split(entries, densest(entries, scale, gap)?, scale))
        .collect();
    // The longest stretch that is easy to read shows most of what belongs together.
    let easy = |zoom: &Zoom| {
        let (tolerance, lanes, _) = cost(&[&zoom.upper, &zoom.lower]);
        tolerance == Some(0) && lanes <= Some(FEW + 1)
    };
    let best = zooms.iter().position(easy).or_else(|| {
        (0..zooms.len()).min_by_key(|i| zooms.get(*i).map(|z| cost(&[&z.upper, &z.lower])))
    })?;
    let zoom = zooms.into_iter().nth(best)?;
    let (tolerance, lanes, _) = cost(&[&zoom.upper, &zoom.lower]);
    let (before, lanes_before, _) = cost(&[whole]);
    ((tolerance, lanes) < (before, lanes_before)).then_some(zoom)
}

/// Whether an event can be shown on the enlarged scale.
fn can_move(mark: &Mark, scale: Scale) -> bool {
    mark.is_closed() && (mark.length() <= SHORT || mark.length() * 50 <= scale.days())
}

/// The stretch with the most events among those that lie less than `gap` from the next.
fn densest(entries: &[Entry], scale: Scale, gap: i64) -> Option<Scale> {
    let mut marks: Vec<Mark> = entries.iter().map(|e| e.mark).collect();
    marks.retain(|mark| can_move(mark, scale));
    let middle = |mark: &Mark| {
        let (from, until) = mark.on(scale);
        from.middle(until)
    };
    marks.sort_by_key(|mark| (middle(mark), mark.days));
    let clusters = marks.chunk_by(|a, b| middle(b).from(middle(a)).hundredths() < gap);
    let stretches = clusters.filter(|c| c.len() > FEW).filter_map(|cluster| {
        let (first, last) = extent(cluster.iter())?;
        let stretch = Scale::months(first, last);
        let small = stretch.days() * 10_000 <= scale.days() * STRETCH;
        small.then_some((cluster.len(), stretch))
    });
    // The first of those with the most.
    let best = stretches.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map(|(_, stretch)| stretch)
}

/// Moves the events of a stretch to a scale of their own.
fn split(entries: &[Entry], stretch: Scale, scale: Scale) -> Option<Zoom> {
    let (lower, upper): (Vec<Entry>, Vec<Entry>) =
        entries.iter().partition(|e| is_in(&e.mark, stretch, scale));
    Some(Zoom {
        scale: stretch,
        upper: plan(&upper, scale)?,
        lower: plan(&lower, stretch)?,
    })
}

fn is_in(mark: &Mark, stretch: Scale, scale: Scale) -> bool {
    can_move(mark, scale) && stretch.holds(mark.days)
}

/// The stretch on the upper scale, and the lines that lead from it to the lower one.
fn draw_stretch(svg: &mut Svg, scale: Scale, stretch: Scale, axis: i64, bottom: i64) {
    // However short it is, it can be seen.
    let left = scale.at(stretch.start()).min(Percent::new(9_900));
    let width = scale.at(stretch.end()).from(left).hundredths().max(100);
    let right = Percent::new(left.hundredths() + width);
    let top = axis + 78;
    let share = Width::Share(right.from(left));
    svg.rect("zoom", left, share, axis - 42, 42);
    svg.line("grid", (left, axis), (Percent::ZERO, top));
    svg.line("grid", (right, axis), (Percent::FULL, top));
    svg.rect(
        "zoom",
        Percent::ZERO,
        Width::Share(Percent::FULL),
        top,
        bottom - top,
    );
}

/// Stems first, then bars, then flags, so that what is read lies on top.
fn draw_plan(svg: &mut Svg, plan: &Plan, scale: Scale, axis: i64) {
    let lane = |flag: &Flag| axis - base(plan) - LANE * i64::try_from(flag.lane).unwrap_or(0);
    for flag in &plan.flags {
        draw_stem(svg, flag, lane(flag), axis);
    }
    for (mark, band) in &plan.bars {
        let y = axis - 14 - BAND * i64::try_from(*band).unwrap_or(0);
        let (x, _) = mark.on(scale);
        svg.rect(mark.class(), x, mark.width(scale, PAGE), y, 6);
    }
    for flag in &plan.flags {
        let (class, y) = (flag.mark.class(), lane(flag));
        if flag.width > 21 {
            svg.pill(class, flag.x, flag.width, y - 11);
        } else {
            svg.disc(class, flag.x, y, "10.5");
        }
        let ink = if class == "pt" { "on" } else { "off" };
        svg.text(ink, flag.x, 0, y + 4, &flag.text());
    }
}

/// From a flag to its day, its bar, or the stretch that its events take.
fn draw_stem(svg: &mut Svg, flag: &Flag, y: i64, axis: i64) {
    let class = flag.mark.stem();
    let (from, until) = flag.reach;
    if flag.is_run() {
        svg.upright(class, flag.x, y, axis - 4);
        svg.line("ax", (from, axis - 4), (until, axis - 4));
        svg.upright("ax", from, axis - 4, axis);
        svg.upright("ax", until, axis - 4, axis);
    } else if flag.mark.form == Form::Disc {
        svg.upright(class, flag.x, y, axis);
    } else if flag.lane > 0 {
        svg.upright(class, flag.x, y, axis - 14);
    }
}

fn describe(points: &[Point<'_>], scale: Scale, zoom: Option<&Zoom>, words: &Words<'_>) -> String {
    let in_words =
        |pattern: &str, scale: Scale| fill(pattern, &[("stretch", &scale.in_words(words))]);
    let all: Vec<(usize, &Point<'_>)> = (1..).zip(points).collect();
    let mut sentences = Vec::new();
    let mut tell = |pattern: &str, scale: Scale, events: &[(usize, &Point<'_>)]| {
        sentences.push(in_words(pattern, scale));
        if !events.is_empty() {
            let items = words.list(events.iter().map(|(n, p)| event(*n, p, words)));
            sentences.push(fill(words.on_scale, &[("items", &items)]));
        }
    };
    if let Some(zoom) = zoom {
        let (lower, upper): (Vec<_>, Vec<_>) = all
            .into_iter()
            .partition(|(_, p)| is_in(&Mark::of(p), zoom.scale, scale));
        tell(words.upper_scale, scale, &upper);
        tell(words.lower_scale, zoom.scale, &lower);
    } else {
        tell(words.one_scale, scale, &all);
    }
    sentences.push(words.numbers.to_owned());
    sentences.join(" ")
}

fn event(number: usize, point: &Point<'_>, words: &Words<'_>) -> String {
    let (number, date) = (number.to_string(), (words.date)(point.date));
    let values = [
        ("number", &*number),
        ("label", point.label),
        ("date", &date),
    ];
    fill(words.event, &values)
}
