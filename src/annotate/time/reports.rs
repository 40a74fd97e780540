//! What the engine reads in reports of companies, in histories, and in words that only look like dates.

use super::tests::{DAY, check, read};

#[test]
fn the_month_to_come_is_not_that_of_last_year() {
    check(
        DAY,
        &[
            (
                "Farmers spoke to all of the papers of a far smaller harvest in March.",
                &["March = 2014-03"],
            ),
            ("The March harvest will be smaller.", &["March = 2014-03"]),
            ("It cut the harvest in March.", &["March = 2013-03"]),
            ("Prices have risen since March.", &["March = 2013-03"]),
            ("In March, she resigned.", &["March = 2013-03"]),
            ("The talks in March collapsed.", &["March = 2013-03"]),
            ("Farmers spoke of a poor May.", &["May = 2013-05"]),
            (
                "They extended the loan through April.",
                &["April = 2014-04"],
            ),
            ("The ship sailed through April.", &["April = 2013-04"]),
        ],
    );
    let eve = jiff::civil::date(2013, 12, 20);
    check(
        eve,
        &[("The mayor was elected in January.", &["January = 2013-01"])],
    );
}

#[test]
fn quarters_only_compared_with_are_not_the_one_spoken_of() {
    check(
        DAY,
        &[
            (
                "Profit rose in the fourth quarter of 2013. After a weak third quarter, sales were higher than a year ago.",
                &[
                    "the fourth quarter of 2013 = 2013-Q4",
                    "third quarter = 2013-Q3",
                    "a year ago = 2012-Q4",
                ],
            ),
            (
                "Profit rose in the fourth quarter. It hopes for a good first quarter. Sales were higher than a year ago.",
                &[
                    "the fourth quarter = 2013-Q4",
                    "first quarter = 2014-Q1",
                    "a year ago = 2012-Q4",
                ],
            ),
            (
                "Profit fell in the third quarter. In the nine months it lost more than in the 2012 period.",
                &[
                    "the third quarter = 2013-Q3",
                    "the nine months = P9M",
                    "the 2012 period = 2012",
                ],
            ),
            (
                "Sales rose in the December quarter.",
                &["the December quarter = 2013-Q4"],
            ),
            (
                "It lost money in FY2012 and in the 2013 fiscal year.",
                &["FY2012 = 2012", "the 2013 fiscal year = 2013"],
            ),
        ],
    );
}

#[test]
fn stretches_before_and_after_something_are_lengths() {
    check(
        DAY,
        &[
            (
                "He was seen there in the weeks before the vote.",
                &["the weeks = PXW"],
            ),
            ("It sank days after it was launched.", &["days = PXD"]),
            ("It sank hours after it was launched.", &[]),
            ("It lay still for hours before it sank.", &["hours = PTXH"]),
            ("Months later it was raised.", &["Months = PXM"]),
            (
                "In the years that followed, it rusted.",
                &["the years = PXY"],
            ),
            ("It was a matter of days before it sank.", &[]),
            ("It will one day be raised.", &["one day = FUTURE_REF"]),
            ("It was raised in one day.", &["one day = P1D"]),
            (
                "It will cost more in future years.",
                &["future years = FUTURE_REF"],
            ),
        ],
    );
}

#[test]
fn words_for_the_present_age_are_no_dates() {
    check(
        DAY,
        &[
            ("It puzzles today's youth.", &[]),
            ("She scored twice in the second half.", &[]),
            (
                "They kicked off at 4:25 and won with 2:55 remaining.",
                &["4:25 = 2014-02-27T04:25"],
            ),
            ("It stood in today's paper.", &["today = 2014-02-27"]),
            ("They are the people of tomorrow.", &[]),
            (
                "It stood in the Mountain Daily and the People's Daily.",
                &[],
            ),
            ("Daily flights leave.", &["Daily = P1D"]),
            ("It was shown on '60 Minutes.'", &[]),
            (
                "It fell in the early morning hours of Feb. 3.",
                &["the early morning hours of Feb. 3 = 2014-02-03TMO START"],
            ),
            (
                "It fell on Christmas night.",
                &["Christmas night = 2013-12-25TNI"],
            ),
            (
                "It cost less this time last year.",
                &["this time last year = 2013"],
            ),
        ],
    );
}

#[test]
fn histories_keep_to_their_own_years() {
    let told = "The war began in 1921. The city fell in 1922. A second army came in 1923. By 1924 it held the coast, and in \
                1925 the hills.";
    let last = |more: &str| {
        let read = read(&format!("{told} {more}"), DAY);
        read.last().cloned().unwrap_or_default()
    };
    assert_eq!(last("It left in May."), "May = 1925-05");
    assert_eq!(
        last(
            "Papers found in 2004 and a song of 1812 tell of it. In 1925 peace came. It left in May."
        ),
        "May = 1925-05"
    );
    assert_eq!(
        last("A census was planned for 1926. It left in May."),
        "May = 1925-05"
    );
    // What looks ahead is no history.
    assert_eq!(
        last("It will fall in 2030, in 2040 or in 2050. It left in May."),
        "May = 2013-05"
    );
    assert_eq!(
        last("It was to stay until 1927. It left in May."),
        "May = 1925-05"
    );
}

#[test]
fn a_weekday_after_another_is_the_next_one() {
    check(
        DAY,
        &[
            (
                "Storms are likely Thursday and Saturday.",
                &["Thursday = 2014-02-27", "Saturday = 2014-03-01"],
            ),
            (
                "Warm weather Thursday and Saturday",
                &["Thursday = 2014-02-27", "Saturday = 2014-03-01"],
            ),
            (
                "He spoke on Tuesday and Monday.",
                &["Tuesday = 2014-02-25", "Monday = 2014-02-24"],
            ),
        ],
    );
}

#[test]
fn the_verb_that_counts_is_the_one_that_governs() {
    check(
        DAY,
        &[
            (
                "Asked to comment on the findings in December, the firm said no.",
                &["December = 2013-12"],
            ),
            (
                "It is about the man who set himself on fire Sunday to protest.",
                &["Sunday = 2014-02-23"],
            ),
            (
                "He set the alarm on Tuesday to wake them.",
                &["Tuesday = 2014-02-25"],
            ),
            ("It fell in the year after the flood.", &["the year = P1Y"]),
            (
                "If he were around today, he would laugh.",
                &["today = 2014-02-27"],
            ),
            ("It rose to the low 40s in the hills.", &[]),
        ],
    );
}
