//! What the engine reads in sentences of our own, table by table.

use jiff::civil::{Date, date};

use super::*;
use crate::annotate::{sentence, token};

/// Expressions of a text as `words = value`, with the modifier where there is one.
pub(super) fn read_in(text: &str, context: &TimeContext) -> Vec<String> {
    let tokens = token::tokens(text);
    let sentences = sentence::sentences(text, &sentence::paragraphs(text));
    times(text, &tokens, &sentences, context)
        .iter()
        .map(|t| {
            let words = &text[t.range.start as usize..t.range.end as usize];
            let modifier = t
                .modifier
                .map_or(String::new(), |m| format!(" {}", m.name()));
            format!("{words} = {}{modifier}", t.value)
        })
        .collect()
}

pub(super) fn read(text: &str, published: Date) -> Vec<String> {
    read_in(text, &TimeContext::published(published))
}

/// Checks rows of a text and what is read in it, one expression after another.
pub(super) fn check(published: Date, rows: &[(&str, &[&str])]) {
    for (text, wanted) in rows {
        assert_eq!(&read(text, published), wanted, "{text}");
    }
}

/// A Thursday.
pub(super) const DAY: Date = date(2014, 2, 27);

#[test]
fn dates_in_full_and_in_part() {
    check(
        DAY,
        &[
            ("It fell on 27 July 1953.", &["27 July 1953 = 1953-07-27"]),
            (
                "It fell on July 27, 1953, at last.",
                &["July 27, 1953 = 1953-07-27"],
            ),
            (
                "It fell on the 27th of July, 1953.",
                &["the 27th of July, 1953 = 1953-07-27"],
            ),
            (
                "Signed 2013-08-14 in Kaesong.",
                &["2013-08-14 = 2013-08-14"],
            ),
            (
                "Signed in August 2013 in Kaesong.",
                &["August 2013 = 2013-08"],
            ),
            ("They met in Sept. and left.", &["Sept. = 2013-09"]),
            ("They agreed to meet on March 3.", &["March 3 = 2014-03-03"]),
            (
                "They met on Monday, Feb. 24.",
                &["Monday, Feb. 24 = 2014-02-24"],
            ),
            ("The first since late 2010.", &["late 2010 = 2010 END"]),
            ("It is due in mid-2015.", &["mid-2015 = 2015 MID"]),
            ("They ruled in 44 BC.", &["44 BC = BC0044"]),
            ("Built by the end of 1990.", &["the end of 1990 = 1990 END"]),
            (
                "They met on April 24 and 25, 1998.",
                &["April 24 = 1998-04-24", "25, 1998 = 1998-04-25"],
            ),
        ],
    );
}

#[test]
fn weekdays_and_months_go_by_tense() {
    check(
        DAY,
        &[
            (
                "Officials said Thursday it had ended.",
                &["Thursday = 2014-02-27"],
            ),
            (
                "The reunions wrapped up on Tuesday.",
                &["Tuesday = 2014-02-25"],
            ),
            (
                "The two sides will meet on Tuesday.",
                &["Tuesday = 2014-03-04"],
            ),
            ("Japan to hold talks in March", &["March = 2014-03"]),
            ("It cut the line in March.", &["March = 2013-03"]),
            ("No sign of it came until Friday.", &["Friday = 2014-02-21"]),
            ("Markets stay shut until Friday.", &["Friday = 2014-02-28"]),
            ("They left last Friday.", &["last Friday = 2014-02-21"]),
            (
                "They will leave next Thursday.",
                &["next Thursday = 2014-03-06"],
            ),
            (
                "The dividend will be paid Dec. 14.",
                &["Dec. 14 = 2014-12-14"],
            ),
        ],
    );
}

#[test]
fn steps_from_publication() {
    check(
        DAY,
        &[
            ("It said so late last year.", &["late last year = 2013 END"]),
            (
                "It opened earlier this month.",
                &["earlier this month = 2014-02 START"],
            ),
            ("It opened two weeks ago.", &["two weeks ago = 2014-W07"]),
            (
                "It opened almost three years ago.",
                &["almost three years ago = 2011 LESS_THAN"],
            ),
            (
                "It opened yesterday morning.",
                &["yesterday morning = 2014-02-26TMO"],
            ),
            ("It opens tomorrow.", &["tomorrow = 2014-02-28"]),
            ("It opened last night.", &["last night = 2014-02-26TNI"]),
            ("It opened Monday night.", &["Monday night = 2014-02-24TNI"]),
            (
                "It rose in the third quarter.",
                &["the third quarter = 2013-Q3"],
            ),
            (
                "It fell this year's first quarter.",
                &["this year's first quarter = 2014-Q1"],
            ),
            ("It was hot last summer.", &["last summer = 2013-SU"]),
            (
                "It closed over the weekend.",
                &["the weekend = 2014-W08-WE"],
            ),
            ("It opened at Christmas.", &["Christmas = 2013-12-25"]),
            (
                "It shut in January last year.",
                &["January last year = 2013-01"],
            ),
        ],
    );
}

#[test]
fn steps_from_the_date_named_last() {
    check(
        DAY,
        &[
            (
                "They met on May 3, 2012. Talks failed later that year.",
                &["May 3, 2012 = 2012-05-03", "later that year = 2012 END"],
            ),
            (
                "He came on May 3, 2012. He left three days later.",
                &["May 3, 2012 = 2012-05-03", "three days later = 2012-05-06"],
            ),
            (
                "It rose in the third quarter of 2012. He left three days later.",
                &[
                    "the third quarter of 2012 = 2012-Q3",
                    "three days later = FUTURE_REF",
                ],
            ),
            (
                "It rose in May 2012. He left two months later.",
                &["May 2012 = 2012-05", "two months later = 2012-07"],
            ),
            (
                "He came on May 3, 2012. The following week he left.",
                &["May 3, 2012 = 2012-05-03", "The following week = 2012-W19"],
            ),
            (
                "He came on May 3, 2012, and left that day.",
                &["May 3, 2012 = 2012-05-03", "that day = 2012-05-03"],
            ),
        ],
    );
}

#[test]
fn lengths_and_repetitions() {
    check(
        DAY,
        &[
            (
                "They stay for up to four years.",
                &["up to four years = P4Y EQUAL_OR_LESS"],
            ),
            ("It came after ten days of silence.", &["ten days = P10D"]),
            ("The decade-long project", &["decade-long = P10Y"]),
            ("The talks come a week after it agreed.", &["a week = P1W"]),
            (
                "It took more than two and a half years.",
                &["more than two and a half years = P2Y6M MORE_THAN"],
            ),
            ("A 10-hour tour", &["10-hour = PT10H"]),
            ("The two-week-old strike", &["two-week-old = P2W"]),
            (
                "They met over the past two months.",
                &["the past two months = P2M"],
            ),
            ("For decades they waited.", &["decades = PXDE"]),
            (
                "It comes every Tuesday and every year.",
                &["every Tuesday = XXXX-WXX-2", "every year = P1Y"],
            ),
            ("It makes $2 billion a year.", &["a year = P1Y"]),
            ("It is published daily.", &["daily = P1D"]),
            ("It is now under way.", &["now = PRESENT_REF"]),
        ],
    );
}

#[test]
fn clock_times() {
    check(
        DAY,
        &[
            (
                "He died at 10 p.m. Wednesday.",
                &["10 p.m. Wednesday = 2014-02-26T22:00"],
            ),
            (
                "As of 14:48 UTC it was down.",
                &["14:48 UTC = 2014-02-27T14:48Z"],
            ),
            (
                "It ended at midnight Friday.",
                &["midnight Friday = 2014-02-21T24:00"],
            ),
            (
                "He left at 7:15 a.m. and slept.",
                &["7:15 a.m. = 2014-02-27T07:15"],
            ),
        ],
    );
}

#[test]
fn ranges_are_two_expressions() {
    check(
        DAY,
        &[
            ("the 1950-53 Korean War", &["1950 = 1950", "53 = 1953"]),
            (
                "from June to August 2013",
                &["June = 2013-06", "August 2013 = 2013-08"],
            ),
            (
                "decades and centuries: the 1990s, the 20th century",
                &[
                    "decades and centuries = PXDE",
                    "the 1990s = 199",
                    "the 20th century = 19",
                ],
            ),
        ],
    );
}

#[test]
fn what_only_looks_like_time() {
    let none = [
        "He may march on the second day-care centre.",
        "Mr. May resigned.",
        "Some 2000 soldiers marched.",
        "The Sunday Times reported it.",
        "The fall of the government.",
        "It cost $1999 on flight 1999.",
        "It sat in a Sun workstation.",
        "She is in her 30s.",
    ];
    for text in none {
        assert_eq!(read(text, DAY), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_numeric_date_and_a_clock_time_are_one() {
    for (text, wanted) in [
        ("08/31/2004 8am", "2004-08-31T08:00"),
        ("31/08/2004 14:48", "2004-08-31T14:48"),
        ("08/31/2004, 8:15 p.m.", "2004-08-31T20:15"),
        ("2004-08-31 14:48", "2004-08-31T14:48"),
    ] {
        assert_eq!(read(text, DAY), [format!("{text} = {wanted}")]);
    }
}

#[test]
fn numeric_dates_follow_the_documents_own_order() {
    let american = "Posted 08/31/2004. Changed 03/04/2005.";
    assert_eq!(
        read(american, DAY),
        ["08/31/2004 = 2004-08-31", "03/04/2005 = 2005-03-04"]
    );
    let british = "Posted 31/08/2004. Changed 03/04/2005.";
    assert_eq!(
        read(british, DAY),
        ["31/08/2004 = 2004-08-31", "03/04/2005 = 2005-04-03"]
    );
    let text = "Changed 03/04/2005.";
    let tokens = token::tokens(text);
    let found = times(
        text,
        &tokens,
        &sentence::sentences(text, &sentence::paragraphs(text)),
        &TimeContext::published(DAY),
    );
    assert_eq!(found[0].alternative.as_deref(), Some("2005-04-03"));
}

#[test]
fn without_a_day_of_publication_values_stay_open() {
    let context = TimeContext::default();
    let cases = [
        ("They met on May 23.", "May 23 = XXXX-05-23"),
        ("They met on Tuesday.", "Tuesday = XXXX-WXX-2"),
        ("They met last week.", "last week = XXXX-WXX"),
        ("They met in 2002.", "2002 = 2002"),
        ("They met at 14:48.", "14:48 = XXXX-XX-XXT14:48"),
    ];
    for (text, wanted) in cases {
        assert_eq!(read_in(text, &context), [wanted]);
    }
}

#[test]
fn a_history_keeps_to_the_year_named_last() {
    let text = "The war began in 1936 and ended in 1939. In 1937 it spread. By 1938 it was lost. In March 1939 Madrid fell. \
                The last troops left in April.";
    assert_eq!(
        read(text, DAY).last().map(String::as_str),
        Some("April = 1939-04")
    );
}

#[test]
fn odd_input_is_survived() {
    let odd = [
        "",
        "the",
        "in the",
        "- - -",
        "'",
        "1/2",
        "99999999999999999999 years ago",
        "9999-99-99",
        "32/13/2004",
        "00:00:00:00",
        "100000000 decades ago",
        "the year 0",
        "0 days",
        "half half half",
        "'99 '9s 10s 0s",
        "second seconds second",
        "every every",
        "가나다 2014년 2월 27일",
        "the 99th of May",
        "Feb. 30",
        "Feb. 29",
        "29 February 2013",
        "a million million million years later",
    ];
    for text in odd {
        for published in [Some(DAY), None, Some(Date::MIN), Some(Date::MAX)] {
            let context = TimeContext {
                published,
                ..TimeContext::default()
            };
            let _ = read_in(text, &context);
        }
    }
    // Ranges that do not belong to the text.
    let tokens = token::tokens("last Tuesday, two years ago");
    let _ = times(
        "é",
        &tokens,
        &[sentence::Sentence {
            range: 0..99,
            block: 0,
        }],
        &TimeContext::published(DAY),
    );
}

#[test]
fn reasons_are_told() {
    let text = "The reunions wrapped up on Tuesday.";
    let tokens = token::tokens(text);
    let found = times(
        text,
        &tokens,
        &sentence::sentences(text, &sentence::paragraphs(text)),
        &TimeContext::published(DAY),
    );
    assert_eq!(found[0].anchor, Anchor::Publication);
    assert!(found[0].why.words().ends_with("since the verb is past"));
}

#[test]
fn any_soup_of_words_keeps_the_invariant() {
    let words: Vec<&str> = "the a last next this that first second third half quarter year years month months week days \
        day hour minutes of in on at and to - , . / : ' 's \" ( ) 3 31 12/25/1999 1999 2004-08-31 99 1,000 2.5 2 1/2 '98 \
        1990s 20th 8am 10:30 p.m. GMT March May Tuesday Sun. summer ago later earlier two hundred thousand million several few \
        early late mid until since will said had been due night morning today tomorrow Christmas Easter decade century BC \
        every each daily fiscal ended 9999999999999 0 00 ½ é 가 \u{301} . . . ! ?\n\n"
        .split(' ')
        .collect();
    let mut state = 0x2545_f491_u32;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state as usize % below
    };
    for round in 0..4_000 {
        let mut text = String::new();
        for _ in 0..random(40) {
            text.push_str(words[random(words.len())]);
            if random(5) > 0 {
                text.push(' ');
            }
        }
        let published = [Some(DAY), None, Some(Date::MIN), Some(Date::MAX)][round % 4];
        let context = TimeContext {
            published,
            ..TimeContext::default()
        };
        let tokens = token::tokens(&text);
        let blocks = sentence::paragraphs(&text);
        let sentences = sentence::sentences(&text, &blocks);
        let mut end = 0;
        for found in times(&text, &tokens, &sentences, &context) {
            assert!(
                found.range.start >= end && found.range.end > found.range.start,
                "{text}"
            );
            end = found.range.end;
            assert!(
                tokens.iter().any(|t| t.start == found.range.start),
                "{text}"
            );
            assert!(tokens.iter().any(|t| t.end == found.range.end), "{text}");
            let inside = |s: &sentence::Sentence| {
                s.range.start <= found.range.start && found.range.end <= s.range.end
            };
            assert!(sentences.iter().any(inside), "{text}");
        }
    }
}
