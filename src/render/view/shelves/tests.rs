use jiff::ToSpan;
use proptest::prelude::*;

use super::*;

fn shelves(days: &[Date], per_page: usize) -> Shelves<impl Fn(usize) -> Date> {
    Shelves {
        len: days.len(),
        per_page,
        day: |at: usize| days[at],
    }
}

fn days(list: &[&str]) -> Vec<Date> {
    list.iter().map(|day| day.parse().unwrap()).collect()
}

fn addresses(shelves: &[Shelf]) -> Vec<String> {
    shelves.iter().map(|shelf| shelf.address()).collect()
}

#[test]
fn a_list_that_fits_has_one_page() {
    let days = days(&["2013-01-01", "2014-01-01"]);
    let shelves = shelves(&days, 2);
    assert_eq!(shelves.all(), [Shelf::Latest]);
    assert_eq!(shelves.shown(Shelf::Latest), 0..2);
    assert_eq!(shelves.leads_to(Shelf::Latest), []);
    assert_eq!(shelves.beside(Shelf::Latest), (None, None));
}

#[test]
fn years_are_divided_as_far_as_they_must_be() {
    let days = days(&[
        "2012-05-01",
        "2013-01-31",
        "2013-02-01",
        "2013-03-09",
        "2013-03-11",
        "2013-12-31",
    ]);
    let shelves = shelves(&days, 3);
    let all = shelves.all();
    assert_eq!(
        addresses(&all),
        [
            "",
            "2012/",
            "2013/",
            "2013/01-06/",
            "2013/01-03/",
            "2013/01/",
            "2013/02/",
            "2013/03/",
            "2013/07-12/"
        ]
    );
    assert_eq!(shelves.shown(Shelf::Latest), 3..6);
    let of_years: Vec<_> = shelves.leads_to(Shelf::Latest);
    assert_eq!(of_years, [(all[1], 0..1), (all[2], 1..6)]);
    let of_2013 = shelves.leads_to(all[2]);
    let expected = [
        (all[5], 1..2),
        (all[6], 2..3),
        (all[7], 3..5),
        (all[8], 5..6),
    ];
    assert_eq!(of_2013, expected);
    assert_eq!(shelves.beside(all[7]), (Some(all[8]), Some(all[6])));
    assert_eq!(shelves.beside(all[2]), (None, Some(all[1])));
    assert_eq!(shelves.beside(Shelf::Latest), (None, Some(all[6])));
}

#[test]
fn a_full_day_has_pages_counted_from_its_first_item() {
    let days = days(&["2013-03-05"; 5]);
    let shelves = shelves(&days, 2);
    let all = shelves.all();
    let of_day: Vec<_> = all.iter().rev().take(3).rev().copied().collect();
    assert_eq!(
        addresses(&of_day),
        ["2013/03/05/", "2013/03/05/page/2/", "2013/03/05/page/3/"]
    );
    let shown: Vec<_> = of_day.iter().map(|s| shelves.shown(*s)).collect();
    assert_eq!(shown, [0..2, 2..4, 4..5]);
    assert_eq!(
        shelves.beside(of_day[1]),
        (Some(of_day[2]), Some(of_day[0]))
    );
}

#[test]
fn stretches_end_where_the_next_begins() {
    let mut day: Date = "2011-12-25".parse().unwrap();
    while day.year() < 2013 {
        for size in [
            Size::Year,
            Size::Half,
            Size::Quarter,
            Size::Month,
            Size::Third,
            Size::Day,
        ] {
            let stretch = Stretch::around(size, day);
            assert!((stretch.first..=stretch.last()).contains(&day));
            let next = stretch.last().saturating_add(1.day());
            assert_eq!(Stretch::around(size, next).first, next);
            assert!(stretch.date().is_some(), "{}", stretch.address());
        }
        day = day.saturating_add(1.day());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_item_stands_on_one_page_beside_the_first(
        mut offsets in prop::collection::vec(0_i32..1500, 1..120),
        per_page in 1_usize..20,
    ) {
        offsets.sort_unstable();
        let day = |offset: &i32| jiff::civil::date(2010, 1, 1).saturating_add(offset.days());
        let days: Vec<Date> = offsets.iter().map(day).collect();
        let shelves = shelves(&days, per_page);
        let all = shelves.all();
        let distinct: std::collections::BTreeSet<String> = addresses(&all).into_iter().collect();
        prop_assert_eq!(distinct.len(), all.len());
        let mut seen = vec![0; days.len()];
        for shelf in &all[1..] {
            let shown = shelves.shown(*shelf);
            prop_assert!(shown.len() <= per_page);
            // What shows nothing leads on to what does.
            prop_assert!(shown.is_empty() != shelves.leads_to(*shelf).is_empty());
            for at in shown {
                seen[at] += 1;
            }
            let (later, earlier) = shelves.beside(*shelf);
            for to in later.into_iter().chain(earlier) {
                prop_assert!(all.contains(&to));
            }
        }
        let expected = usize::from(days.len() > per_page);
        prop_assert!(seen.iter().all(|n| *n == expected));
    }

    #[test]
    fn one_item_more_changes_pages_of_its_day_alone(
        mut offsets in prop::collection::vec(0_i32..1500, 30..120),
        more in 0_i32..1500,
    ) {
        offsets.sort_unstable();
        let day = |offset: &i32| jiff::civil::date(2010, 1, 1).saturating_add(offset.days());
        let before: Vec<Date> = offsets.iter().map(day).collect();
        let new = day(&more);
        let mut after = before.clone();
        after.insert(before.partition_point(|d| *d <= new), new);
        let shown = |days: &[Date]| -> Vec<(String, Vec<Date>)> {
            let shelves = shelves(days, 10);
            let all = shelves.all();
            all.iter().map(|s| (s.address(), days[shelves.shown(*s)].to_vec())).collect()
        };
        let (old, new_pages) = (shown(&before), shown(&after));
        for (address, days) in &old[1..] {
            let now = new_pages.iter().find(|(a, _)| a == address).map(|(_, days)| days);
            // No address goes away.
            let Some(now) = now else { return Err(TestCaseError::fail(address.clone())) };
            prop_assert!(now == days || now.contains(&new) || now.is_empty(), "{}", address);
        }
    }
}
