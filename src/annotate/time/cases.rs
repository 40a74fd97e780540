//! More of what the engine reads: expressions that complete each other, orders of dates, ages, the
//! day of an undated report, and readings a reader may doubt.

use super::tests::{DAY, check, read, read_in};
use super::*;
use crate::annotate::{sentence, token};

/// The only expression of a text.
fn only(text: &str, context: &TimeContext) -> Time {
    let tokens = token::tokens(text);
    let sentences = sentence::sentences(text, &sentence::paragraphs(text));
    let found = times(text, &tokens, &sentences, context);
    assert_eq!(found.len(), 1, "{text}");
    found.into_iter().next().expect("one was counted")
}

#[test]
fn halves_of_a_stretch_share_what_one_of_them_says() {
    check(
        DAY,
        &[
            (
                "They met on 12-14 July 2013.",
                &["12 = 2013-07-12", "14 July 2013 = 2013-07-14"],
            ),
            (
                "It ran from May 15 to August 16, 1988.",
                &["May 15 = 1988-05-15", "August 16, 1988 = 1988-08-16"],
            ),
            (
                "It ran from November to January 2013.",
                &["November = 2012-11", "January 2013 = 2013-01"],
            ),
            (
                "It was fought in 499-493 BC.",
                &["499 = BC0499", "493 BC = BC0493"],
            ),
            (
                "It sold less in the second and fourth quarters of 2012.",
                &["second = 2012-Q2", "fourth quarters of 2012 = 2012-Q4"],
            ),
            ("The 1950/51 season", &["1950 = 1950", "51 = 1951"]),
            (
                "It broke out at 10:35 a.m. (0735 GMT) Friday.",
                &[
                    "10:35 a.m. = 2014-02-21T10:35",
                    "0735 GMT = 2014-02-21T07:35Z",
                    "Friday = 2014-02-21",
                ],
            ),
            (
                "Profit fell in the quarter ended Sept. 30.",
                &["the quarter = 2013-Q3", "Sept. 30 = 2013-09-30"],
            ),
        ],
    );
}

#[test]
fn unusual_years_count_where_others_stand_near_them() {
    check(
        DAY,
        &[
            ("The 1777 campaign was long.", &[]),
            (
                "It began in 1775. The 1777 campaign was long.",
                &["1775 = 1775", "1777 = 1777"],
            ),
            ("In 1975, some 1500 infantry came.", &["1975 = 1975"]),
        ],
    );
}

#[test]
fn dates_in_other_orders() {
    check(
        DAY,
        &[
            ("Signed on 24-Feb-2014.", &["24-Feb-2014 = 2014-02-24"]),
            ("Signed on 1953 July 27.", &["1953 July 27 = 1953-07-27"]),
            ("Signed in 02/2014.", &["02/2014 = 2014-02"]),
            (
                "Signed on June 20 of 1992.",
                &["June 20 of 1992 = 1992-06-20"],
            ),
            (
                "They vote on the second Tuesday in November 2013.",
                &["the second Tuesday in November 2013 = 2013-11-12"],
            ),
            (
                "It fell on the last Friday of May 2013.",
                &["the last Friday of May 2013 = 2013-05-31"],
            ),
            (
                "It came on the 3rd of last month.",
                &["the 3rd of last month = 2014-01-03"],
            ),
            (
                "Sales rose in Q3 2013 and H1 2012.",
                &["Q3 2013 = 2013-Q3", "H1 2012 = 2012-H1"],
            ),
            ("A 4th century BC vase", &["4th century BC = BC03"]),
            (
                "It was freed on Liberation Day.",
                &["Liberation Day = 2013-08-15"],
            ),
        ],
    );
}

#[test]
fn ages_are_lengths_and_say_so() {
    check(
        DAY,
        &[
            ("The 42-year-old man", &["42-year-old = P42Y"]),
            ("He is 42 years old.", &["42 years old = P42Y"]),
            ("She, aged 9, came.", &["aged 9 = P9Y"]),
            ("She is in her 30s.", &[]),
            ("Rock aged 12 million", &[]),
        ],
    );
    let age = only("The 42-year-old man", &TimeContext::published(DAY));
    assert_eq!((age.kind, age.why), (Kind::Duration, Why::Age));
}

#[test]
fn plurals_repeat_and_newspapers_do_not() {
    check(
        DAY,
        &[
            (
                "It leaves on Tuesday nights and on Mondays.",
                &["Tuesday nights = XXXX-WXX-2TNI", "Mondays = XXXX-WXX-1"],
            ),
            ("It shuts on weekends.", &["weekends = XXXX-WXX-WE"]),
            ("The daily said so.", &[]),
            ("It owns the weekly, which sells.", &[]),
            ("The daily count goes on.", &["daily = P1D"]),
        ],
    );
}

#[test]
fn plans_lie_ahead() {
    check(
        DAY,
        &[
            ("It is expected in December.", &["December = 2014-12"]),
            (
                "He spoke of rules to be published in April.",
                &["April = 2014-04"],
            ),
            (
                "It gave them until Monday to sign.",
                &["Monday = 2014-03-03"],
            ),
            ("They agreed in June to meet.", &["June = 2013-06"]),
            (
                "It could come as soon as Tuesday.",
                &["Tuesday = 2014-03-04"],
            ),
        ],
    );
}

#[test]
fn neighbours_of_the_date_named_last() {
    check(
        DAY,
        &[
            (
                "It closed on Friday, May 4, 2012. It had gained the previous Friday.",
                &[
                    "Friday, May 4, 2012 = 2012-05-04",
                    "the previous Friday = 2012-04-27",
                ],
            ),
            (
                "He came on May 3, 2012. A week after, he left.",
                &["May 3, 2012 = 2012-05-03", "A week after = 2012-W19"],
            ),
            (
                "He came on May 3, 2012. The day before, she had left.",
                &["May 3, 2012 = 2012-05-03", "The day before = 2012-05-02"],
            ),
            (
                "He came on May 3, 2012. In the morning he slept.",
                &["May 3, 2012 = 2012-05-03", "the morning = 2012-05-03TMO"],
            ),
            ("The talks come a week after it agreed.", &["a week = P1W"]),
            (
                "The meeting comes a week after it agreed.",
                &["a week = P1W"],
            ),
        ],
    );
}

#[test]
fn the_last_month_is_a_length_that_may_be_a_month() {
    let context = TimeContext::published(jiff::civil::date(2004, 8, 31));
    let found = only("Relations have worsened in the last month.", &context);
    assert_eq!(found.value, "P1M");
    assert_eq!(found.alternative.as_deref(), Some("2004-07"));
    assert_eq!(found.why.key(), "stretch");
    let week = only("It closed in the last week of the strike.", &context);
    assert_eq!((week.value.as_str(), week.alternative), ("P1W", None));
}

#[test]
fn a_report_tells_its_own_day() {
    let context = TimeContext::default();
    let cases = [
        (
            "Talks in March\n\nPublished: Feb 27, 2014 - 21:36\n\nOfficials said Thursday that they would meet.",
            "Thursday = 2014-02-27",
        ),
        (
            "08/31/2004, 00.00\n\nThe two sides were to meet today.",
            "today = 2004-08-31",
        ),
        (
            "SEOUL, Feb. 27, 2014 (Agency) - Officials left on Tuesday.",
            "Tuesday = 2014-02-25",
        ),
        (
            "The accord of 27 July 1953 ended the war in the peninsula. They met on Tuesday.",
            "Tuesday = XXXX-WXX-2",
        ),
        ("It opened in 2004.\n\nIt shut in April.", "April = XXXX-04"),
    ];
    for (text, wanted) in cases {
        let found = read_in(text, &context);
        assert_eq!(found.last().map(String::as_str), Some(wanted), "{text}");
    }
}

#[test]
fn a_history_does_not_go_on_from_a_source() {
    let text = "The war began in 1936 and ended in 1939. In 1937 it spread. By 1938 it was lost, as a book of 1996 has it. \
                In May the last town fell. It was 1938 still.";
    assert!(read(text, DAY).contains(&"May = 1938-05".to_owned()));
}

#[test]
fn feasts_that_go_by_the_moon() {
    check(
        DAY,
        &[
            ("The families met after Seollal.", &["Seollal = 2014-01-31"]),
            (
                "They will meet again at Chuseok.",
                &["Chuseok = 2014-09-08"],
            ),
            (
                "It was held on Lunar New Year 2013.",
                &["Lunar New Year 2013 = 2013-02-10"],
            ),
            (
                "It fell before Tet in 1968.",
                &["Tet = 2014-01-31", "1968 = 1968"],
            ),
            ("The Tet Offensive failed.", &[]),
            (
                "Shops will close for Eid al-Fitr.",
                &["Eid al-Fitr = 2014-07-28"],
            ),
            (
                "They fasted in Ramadan and rested at the end of Ramadan 2012.",
                &[
                    "Ramadan = 2013-07-09",
                    "the end of Ramadan 2012 = 2012-08-18 END",
                ],
            ),
            ("It will open at Passover.", &["Passover = 2014-04-15"]),
            (
                "It opened on Yom Kippur 1973.",
                &["Yom Kippur 1973 = 1973-10-06"],
            ),
            ("Lamps were lit on Diwali.", &["Diwali = 2013-11-03"]),
            (
                "They will march on Orthodox Easter.",
                &["Orthodox Easter = 2014-04-20"],
            ),
        ],
    );
}

#[test]
fn weeks_after_the_next_of_a_weekday() {
    check(
        DAY,
        &[
            (
                "The talks open on Monday week.",
                &["Monday week = 2014-03-10"],
            ),
            (
                "They will meet a week on Tuesday.",
                &["a week on Tuesday = 2014-03-11"],
            ),
            (
                "They will meet a week from Thursday.",
                &["a week from Thursday = 2014-03-06"],
            ),
            (
                "The vote is due Tuesday fortnight.",
                &["Tuesday fortnight = 2014-03-18"],
            ),
            (
                "It fell to its lowest in over a year on Tuesday.",
                &["over a year = P1Y MORE_THAN", "Tuesday = 2014-02-25"],
            ),
            (
                "They resumed after a week on Tuesday.",
                &["a week = P1W", "Tuesday = 2014-02-25"],
            ),
        ],
    );
}

#[test]
fn plans_lie_ahead_and_so_does_what_comes_before_a_day() {
    check(
        DAY,
        &[
            ("It cut the line in March.", &["March = 2013-03"]),
            (
                "One man is reported to have been turned away by guards at the gates in March.",
                &["March = 2013-03"],
            ),
            (
                "They signed an agreement to open the line in May.",
                &["May = 2014-05"],
            ),
            (
                "It rose ahead of Tuesday's vote.",
                &["Tuesday = 2014-03-04"],
            ),
            (
                "They will stand in Sunday's election.",
                &["Sunday = 2014-03-02"],
            ),
            ("They read Wednesday's ruling.", &["Wednesday = 2014-02-26"]),
            (
                "It fell to the market in the week of March 3.",
                &["the week of March 3 = 2014-W10"],
            ),
        ],
    );
}

#[test]
fn counted_parts_of_a_year_are_lengths() {
    check(
        DAY,
        &[
            (
                "It sold less in the first nine months of 2013.",
                &["the first nine months = P9M", "2013 = 2013"],
            ),
            (
                "It sold less in the first two quarters of 2013.",
                &["the first two quarters of 2013 = 2013-H1"],
            ),
            (
                "It has grown in recent years.",
                &["recent years = PAST_REF"],
            ),
            (
                "It flies on Monday and Tuesday nights.",
                &["Monday = XXXX-WXX-1TNI", "Tuesday nights = XXXX-WXX-2TNI"],
            ),
        ],
    );
}

#[test]
fn anniversaries_count_from_the_date_they_are_of() {
    check(
        DAY,
        &[
            (
                "It marked the 50th anniversary of the 1953 armistice.",
                &["the 50th anniversary = 2003", "1953 = 1953"],
            ),
            (
                "It marked the fifth anniversary of the Feb. 17, 2008, declaration.",
                &[
                    "the fifth anniversary = 2013-02-17",
                    "Feb. 17, 2008 = 2008-02-17",
                ],
            ),
            (
                "It fell on the anniversary of July 27, 1953.",
                &["the anniversary = 2013-07-27", "July 27, 1953 = 1953-07-27"],
            ),
            ("It kept the 50th anniversary of the armistice.", &[]),
        ],
    );
}
