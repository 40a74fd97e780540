use super::*;

#[test]
fn rarity_comes_in_buckets() {
    let cases = [
        (5, 5, 0),
        (5, 2, 2),
        (8, 4, 2),
        (8, 1, 4),
        (10_000, 3, 12),
        (0, 0, 0),
    ];
    for (total, df, expected) in cases {
        assert_eq!(rarity(total, df), expected, "{df} of {total}");
    }
}

#[test]
fn nearness_alone_is_no_link() {
    let id = Id::new("x");
    assert_eq!(
        finish(
            &id,
            vec![(Reason::Days(1), 3), (Reason::SameTopic(vec![]), 2)]
        ),
        None
    );
    let place = Reason::SamePlace(Id::new("kaesong"));
    let related = finish(&id, vec![(Reason::Days(1), 3), (place.clone(), 4)]).unwrap();
    assert_eq!(related.points, 7);
    assert_eq!(related.reasons[0], (place, 4));
}
