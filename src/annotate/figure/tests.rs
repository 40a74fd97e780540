use super::*;
use crate::annotate::sentence::{paragraphs, sentences};
use crate::annotate::token::tokens;

fn read(text: &str, taken: &[Range<u32>]) -> Vec<Figure> {
    figures(
        text,
        &tokens(text),
        &sentences(text, &paragraphs(text)),
        taken,
    )
}

fn slice<'t>(text: &'t str, range: &Range<u32>) -> &'t str {
    &text[range.start as usize..range.end as usize]
}

/// A figure in one line: `about 53,000 =53000 [North Korean workers]`.
fn line(text: &str, figure: &Figure) -> String {
    let hedge = match figure.hedge {
        Hedge::Exact => "",
        Hedge::About => "~",
        Hedge::AtLeast => ">",
        Hedge::UpTo => "<",
    };
    let kind = match &figure.kind {
        Kind::Cardinal => String::new(),
        Kind::Ordinal => " nth".into(),
        Kind::Percent => " %".into(),
        Kind::Money { currency } => format!(" {currency}"),
        Kind::Measure { unit } => format!(" {unit}"),
    };
    let value = match (figure.min, figure.max) {
        (Some(a), Some(b)) if a == b => format!("{a}"),
        (min, max) => {
            let show = |x: Option<f64>| x.map_or(String::new(), |x| format!("{x}"));
            format!("{}..{}", show(min), show(max))
        }
    };
    let counted = figure
        .counted
        .as_ref()
        .map_or(String::new(), |c| format!(" [{}]", slice(text, &c.range)));
    format!(
        "{}: {hedge}{value}{kind}{counted}",
        slice(text, &figure.range)
    )
}

fn lines(text: &str) -> Vec<String> {
    read(text, &[]).iter().map(|f| line(text, f)).collect()
}

fn check(cases: &[(&str, &[&str])]) {
    for (text, wanted) in cases {
        assert_eq!(&lines(text), wanted, "{text}");
    }
}

#[test]
fn cardinals_and_what_they_count() {
    check(&[
        (
            "The union speaks for 48 Estonian ferry operators today.",
            &["48: 48 [Estonian ferry operators]"],
        ),
        (
            "The 61,000 river workers will return.",
            &["61,000: 61000 [river workers]"],
        ),
        ("Twenty-six boats left.", &["Twenty-six: 26 [boats]"]),
        (
            "It shelters two hundred and five orphans.",
            &["two hundred and five: 205 [orphans]"],
        ),
        (
            "About 4 million trees burned.",
            &["4 million: ~4000000 [trees]"],
        ),
        (
            "They met 12 other asylum-seekers there.",
            &["12: 12 [asylum-seekers]"],
        ),
        (
            "Another five Latvians sought refuge.",
            &["five: 5 [Latvians]"],
        ),
        (
            "It holds 300 and 900 tracks.",
            &["300: 300 [tracks]", "900: 900 [tracks]"],
        ),
        (
            "Nine of the 20 members voted.",
            &["Nine: 9 [members]", "20: 20 [members]"],
        ),
        (
            "The clinic turned back one Latvian in May.",
            &["one: 1 [Latvian]"],
        ),
        (
            "Three central and western African states agreed.",
            &["Three: 3 [central and western African states]"],
        ),
        (
            "The number of boat refugees is put at 8,000.",
            &["8,000: 8000 [boat refugees]"],
        ),
        (
            "Officials put the death toll at 58, up from 12.",
            &["58: 58 [death toll]", "12: 12 [death toll]"],
        ),
        (
            "The toll rose to 61; a death toll of 64 is feared.",
            &["61: 61 [toll]", "64: 64 [death toll]"],
        ),
        ("They sent two dozen nurses.", &["two dozen: 24 [nurses]"]),
        ("A third of the voters stayed away.", &[]),
        (
            "One third of the voters stayed away.",
            &["One third: 0.3333333333333333 [voters]"],
        ),
        ("The storm left 31 dead.", &["31: 31 [dead]"]),
        (
            "About 3 in 10 sailors agree, and one in five ports.",
            &["3 in 10: ~0.3 [sailors]", "one in five: 0.2 [ports]"],
        ),
        (
            "Her level was .41, and she drank 1/2 litre of milk.",
            &[".41: 0.41", "1/2 litre: 0.5 litre [milk]"],
        ),
        ("They met at 5: 30 for 2 1/2 hours on 3/4/2008.", &[]),
        ("While the two pour, rain falls.", &["two: 2"]),
        (
            "Over half of the world's 22 open ports are here.",
            &[
                "half: >0.5.. [world's 22 open ports]",
                "22: 22 [open ports]",
            ],
        ),
        (
            "It froze at 25°F or -4 degrees Celsius.",
            &[
                "25°F: 25 degree-fahrenheit",
                "-4 degrees Celsius: -4 degree-celsius",
            ],
        ),
        (
            "It takes 40% of government spending on ports.",
            &["40%: 40 % [government spending]"],
        ),
        ("The sea rose to -36 that day.", &["-36: -36"]),
    ]);
}

#[test]
fn hedges_open_or_blur_the_bounds() {
    check(&[
        ("Some 200 Latvians found work.", &["200: ~200 [Latvians]"]),
        ("At least 38 boats sank.", &["38: >38.. [boats]"]),
        (
            "It has more than 10,000 readers.",
            &["10,000: >10000.. [readers]"],
        ),
        (
            "It can hold up to 70 prisoners.",
            &["70: <..70 [prisoners]"],
        ),
        ("It takes as many as 40 boats.", &["40: <..40 [boats]"]),
        (
            "The index fell below the 5000 mark.",
            &["5000: <..5000 [mark]"],
        ),
        (
            "It holds up to 160GB or 40,000 songs.",
            &["160GB: <..160 gigabyte", "40,000: <..40000 [songs]"],
        ),
        ("It sank 30 boats or more.", &["30: >30.. [boats]"]),
        ("A crowd of 500 or so gathered.", &["500: ~500"]),
    ]);
}

#[test]
fn words_that_name_a_magnitude_have_conventional_bounds() {
    check(&[
        ("Dozens of boats sank.", &["Dozens: ~24..99 [boats]"]),
        (
            "Thousands of Latvians left.",
            &["Thousands: ~2000..9999 [Latvians]"],
        ),
        (
            "It feeds tens of thousands of elderly people.",
            &["tens of thousands: ~20000..99999 [elderly people]"],
        ),
        (
            "Hundreds of thousands of them crossed.",
            &["Hundreds of thousands: ~200000..999999"],
        ),
        (
            "Several hundred dockers struck.",
            &["Several hundred: ~300..900 [dockers]"],
        ),
        (
            "Estimates range from tens of thousands to 300,000.",
            &["tens of thousands to 300,000: ~20000..300000"],
        ),
        (
            "It would buy billions of dollars of bad loans.",
            &["billions of dollars: ~2000000000..9999999999 USD [bad loans]"],
        ),
    ]);
}

#[test]
fn ranges_and_changes() {
    check(&[
        ("It needs 10 to 15 nurses.", &["10 to 15: 10..15 [nurses]"]),
        ("It needs 10-15 nurses.", &["10-15: 10..15 [nurses]"]),
        ("Two or three boats left.", &["Two or three: 2..3 [boats]"]),
        (
            "It costs between $5 and $7 million.",
            &["$5 and $7 million: 5000000..7000000 USD"],
        ),
        (
            "Losses of between three and seven percent followed.",
            &["three and seven percent: 3..7 %"],
        ),
        (
            "It rose from 5 percent to 7 percent.",
            &["5 percent: 5 %", "7 percent: 7 %"],
        ),
        (
            "The index fell 30 points to 980.",
            &["30: 30 [points]", "980: 980"],
        ),
        // Of the far end only the last digits, and the greater end first.
        (
            "It has 1950-52 hectares of wood.",
            &["1950-52 hectares: 1950..1952 hectare [wood]"],
        ),
        ("It is 30-5 km away.", &["30-5 km: 5..30 kilometre"]),
    ]);
}

#[test]
fn money_shares_and_measures() {
    check(&[
        (
            "It earns $2 billion in trade.",
            &["$2 billion: 2000000000 USD [trade]"],
        ),
        (
            "They have lost about $1 billion since then.",
            &["$1 billion: ~1000000000 USD"],
        ),
        (
            "A fine of US$ 299 or €1.5m was due.",
            &["US$ 299: 299 USD", "€1.5m: 1500000 EUR"],
        ),
        ("It pays 26 cents per share.", &["26 cents: 0.26 USD"]),
        (
            "It pays 500 Canadian dollars.",
            &["500 Canadian dollars: 500 CAD"],
        ),
        ("They paid 92.27 yen.", &["92.27 yen: 92.27 JPY"]),
        (
            "A $5 million reward stands.",
            &["$5 million: 5000000 USD [reward]"],
        ),
        (
            "It is 100 percent certain of 70% of all record sales.",
            &["100 percent: 100 % [certain]", "70%: 70 % [record sales]"],
        ),
        ("It lost half a percent.", &["half a percent: 0.5 %"]),
        (
            "It lies 10 kilometers north of the dam.",
            &["10 kilometers: 10 kilometre"],
        ),
        (
            "They burned 40 square miles of pine forest.",
            &["40 square miles: 40 square-mile [pine forest]"],
        ),
        (
            "A 3.5-inch screen and a 17\" one were shown.",
            &["3.5-inch: 3.5 inch [screen]", "17\": 17 inch"],
        ),
        (
            "A 9.0 magnitude earthquake struck.",
            &["9.0 magnitude: 9 magnitude [earthquake]"],
        ),
        ("It is four times faster.", &["four times: 4 times"]),
    ]);
}

#[test]
fn ordinals_count_or_are_left() {
    check(&[
        (
            "They met for a seventh round of talks.",
            &["seventh: 7 nth [round]"],
        ),
        ("It was the 21st such lawsuit.", &["21st: 21 nth [lawsuit]"]),
        (
            "The first round failed on the first try.",
            &["first: 1 nth [round]"],
        ),
        ("They crossed the 38th parallel.", &[]),
        ("He fought in the Second World War.", &[]),
        (
            "It is the third largest port and the second-biggest city.",
            &[],
        ),
        ("They fled to a third country.", &[]),
        ("It was a 19th century house.", &[]),
    ]);
}

#[test]
fn what_is_no_figure() {
    let texts = [
        "It began in 2004 and ended in 2010-12.",
        "They met on March 3 at 14:48 and at 0800 UTC.",
        "Kim, 45, and Park (52), aged 9 then, agreed.",
        "Mann, 49, had left at the age of 61.",
        "They won 3-1 after a 2-2 draw.",
    ];
    for text in texts {
        assert_eq!(lines(text), Vec::<String>::new(), "{text}");
    }
    check(&[
        ("Flight 93 met a Boeing 747 over Route 66.", &[]),
        ("The iPhone 4 runs iOS 4 and the FTSE 100 fell.", &[]),
        (
            "The Nikkei 225 stock index and the S&P 500 index fell.",
            &[],
        ),
        ("He lives at 10 Downing Street, call 555-1234.", &[]),
        ("It is No. 1 and version 10.4 of it, file 7/8.", &[]),
        ("No one saw one of them at one point.", &[]),
        ("1. The first point is this.", &[]),
        ("It lasted three hours and six straight days.", &[]),
        ("2000 soldiers came in 2000.", &["2000: 2000 [soldiers]"]),
        ("The agreement of 1991 replaced the 1988 accord.", &[]),
    ]);
}

#[test]
fn leaves_alone_what_is_taken() {
    let text = "In 30 days 30 boats of Group Twelve left.";
    let days = 3..10;
    let found = read(text, &[33..35, days.clone(), days]);
    let found: Vec<_> = found.iter().map(|f| line(text, f)).collect();
    assert_eq!(
        found,
        ["30: 30 [boats]", "Twelve: 12"].map(String::from)[..1]
    );
}

#[test]
fn names_the_noun_and_the_words() {
    let text = "About five hundred shipping companies owe at least 20 ministers.";
    let found = read(text, &[]);
    let nouns: Vec<_> = found
        .iter()
        .filter_map(|f| f.counted.as_ref())
        .map(|c| c.noun.as_str())
        .collect();
    assert_eq!(nouns, ["company", "minister"]);
    assert_eq!(
        found.iter().map(|f| f.words).collect::<Vec<_>>(),
        [true, false]
    );
    let hedges: Vec<_> = found
        .iter()
        .filter_map(|f| f.hedged.as_ref())
        .map(|h| slice(text, h))
        .collect();
    assert_eq!(hedges, ["About", "at least"]);
}

#[test]
fn a_figure_holds_at_the_nearest_time() {
    let text = "In 2002 it had 40 boats, but as of May it has 55 boats.";
    let found = read(text, &[]);
    let all = sentences(text, &paragraphs(text));
    let times = [3..7, 35..38];
    let at: Vec<_> = found.iter().map(|f| as_of(f, &all[0], &times)).collect();
    assert_eq!(at, [Some(0), Some(1)]);
    assert_eq!(as_of(&found[0], &all[0], &[]), None);
}

/// Texts put together from pieces that matter to the readers, the same on every run.
pub(in crate::annotate) fn odd_texts(pieces: &[&str], count: usize) -> Vec<String> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 33) as usize
    };
    (0..count)
        .map(|_| {
            let length = next() % 14;
            (0..length)
                .map(|_| pieces[next() % pieces.len()])
                .collect::<Vec<_>>()
                .join(["", " "][next() % 2])
        })
        .collect()
}

#[test]
fn survives_odd_input_and_keeps_its_order() {
    let pieces = [
        "5",
        "-",
        "to",
        "million",
        "of",
        "$",
        "US",
        "%",
        ",",
        "tens",
        "thousands",
        "half",
        "a",
        "the",
        "1950",
        "7th",
        "\"",
        "km",
        "é",
        "between",
        "and",
        "12m",
        "per",
        "cent",
        "’s",
        "(",
        ")",
        "third",
        "hundred",
        ". ",
        "number",
        "dollars",
        "\n",
        "９",
        "billion",
        "0",
        "one",
        "or more",
        "people",
    ];
    for text in odd_texts(&pieces, 6000) {
        let found = read(&text, std::slice::from_ref(&(2..5)));
        for figure in &found {
            let slice = text.get(figure.range.start as usize..figure.range.end as usize);
            assert!(slice.is_some_and(|s| !s.is_empty()), "{text:?}");
            assert!(figure.min.is_none_or(f64::is_finite) && figure.max.is_none_or(f64::is_finite));
            assert!(figure.range.end <= 2 || figure.range.start >= 5, "{text:?}");
        }
        assert!(
            found.windows(2).all(|w| w[0].range.end <= w[1].range.start),
            "{text:?}: {found:?}"
        );
    }
}
