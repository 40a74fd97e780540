//! What a reader would call a name, rule by rule, on sentences of our own.

use super::*;
use crate::annotate::{sentence, token};

/// Names of `text` as `P:Jane Roe`, in order.
fn told(text: &str) -> Vec<String> {
    found(text, &[]).iter().map(|n| show(text, n)).collect()
}

fn found(text: &str, taken: &[Range<u32>]) -> Vec<UnlistedName> {
    let tokens = token::tokens(text);
    let sentences = sentence::sentences(text, &sentence::paragraphs(text));
    names(text, &tokens, &sentences, taken)
}

fn show(text: &str, name: &UnlistedName) -> String {
    let kind = match name.kind {
        NameKind::Person => "P",
        NameKind::Organization => "O",
        NameKind::Place => "L",
    };
    format!(
        "{kind}:{}",
        &text[name.range.start as usize..name.range.end as usize]
    )
}

/// Asserts the names of each text, separated by `|`.
fn check(cases: &[(&str, &str)]) {
    for (text, wanted) in cases {
        let wanted: Vec<&str> = wanted.split('|').filter(|w| !w.is_empty()).collect();
        assert_eq!(told(text), wanted, "{text}");
    }
}

#[test]
fn titles_and_roles_make_people() {
    check(&[
        ("The talks were led by Gen. Orvalt Tresk.", "P:Orvalt Tresk"),
        (
            "Japanese Foreign Minister Haruto Kisaragi left early.",
            "P:Haruto Kisaragi",
        ),
        (
            "Secretary of State Alden B. Farrow III spoke.",
            "P:Alden B. Farrow III",
        ),
        (
            "Unification Minister, Chung Min-seo, agreed.",
            "P:Chung Min-seo",
        ),
        ("It was signed by spokesman Tolvan.", "P:Tolvan"),
        (
            "The rule pleased Ilvara Quent, the mayor of the town.",
            "P:Ilvara Quent",
        ),
        (
            "The driver, Dovik Marrish, 49, was unhurt.",
            "P:Dovik Marrish",
        ),
        ("The Prime Minister said nothing.", ""),
    ]);
}

#[test]
fn what_stands_before_a_title_is_no_person() {
    check(&[
        (
            "Veltrix CEO Mara Dunning resigned.",
            "O:Veltrix|P:Mara Dunning",
        ),
        (
            "Bank of Japan Governor Kenji Mizuhara spoke.",
            "O:Bank of Japan|P:Kenji Mizuhara",
        ),
        (
            "Tokyo Governor Emi Hanabusa spoke.",
            "L:Tokyo|P:Emi Hanabusa",
        ),
        ("U.S. President Carl Oswin spoke.", "L:U.S.|P:Carl Oswin"),
    ]);
}

#[test]
fn shapes_of_names_from_many_places() {
    check(&[
        ("It was Kim Hyung-suk who came.", "P:Kim Hyung-suk"),
        ("The note was from Shen Dingwei.", "P:Shen Dingwei"),
        (
            "He met Abdul Karim al-Zahawi there.",
            "P:Abdul Karim al-Zahawi",
        ),
        ("He thanked Ursula von der Hagen.", "P:Ursula von der Hagen"),
        ("It was drawn by J. R. Pellworth.", "P:J. R. Pellworth"),
        ("They buried Ormund II there.", "P:Ormund II"),
        (
            "It was told to Padraig O'Shaughnessy.",
            "P:Padraig O'Shaughnessy",
        ),
    ]);
}

#[test]
fn heads_and_suffixes_make_organisations() {
    check(&[
        (
            "He works for the Ministry of Trade, Industry and Energy.",
            "O:Ministry of Trade, Industry and Energy",
        ),
        (
            "The Food and Drug Administration agreed.",
            "O:Food and Drug Administration",
        ),
        (
            "A suit by Brellman & Hoyt Inc. was dropped.",
            "O:Brellman & Hoyt Inc.",
        ),
        (
            "She teaches at Ostrava Technical University.",
            "O:Ostrava Technical University",
        ),
        (
            "The Boston Harriers lost to the Leeds Rovers.",
            "O:Boston Harriers|O:Leeds Rovers",
        ),
        ("An analyst at Corvane said so.", "O:Corvane"),
        ("The carmaker Ostrix fell.", "O:Ostrix"),
    ]);
}

#[test]
fn places_by_their_words_and_neighbours() {
    check(&[
        ("They met in Grelmouth.", "L:Grelmouth"),
        (
            "It sank in Lake Orven, near Tilsport.",
            "L:Lake Orven|L:Tilsport",
        ),
        ("The city of Varnholt is quiet.", "L:Varnholt"),
        ("He lives in Dunmere, Ohio.", "L:Dunmere|L:Ohio"),
        ("A Zelmont-based firm won.", "L:Zelmont"),
        ("It lies in the Gulf of Mexico.", "L:Gulf of Mexico"),
        ("The U.S.-South Korea drills began.", "L:U.S.|L:South Korea"),
    ]);
}

#[test]
fn a_city_may_be_its_team_and_still_a_city() {
    let text =
        "Liverpool striker Owen Tarrow scored. It was a rout in Liverpool. They beat Liverpool.";
    assert_eq!(
        told(text),
        ["O:Liverpool", "P:Owen Tarrow", "L:Liverpool", "O:Liverpool"]
    );
    let names = found(text, &[]);
    assert!(names[0].group == names[3].group && names[0].group != names[2].group);
    check(&[("The Philadelphia 76ers won.", "O:Philadelphia 76ers")]);
}

#[test]
fn ordinary_words_at_the_start_of_a_sentence_are_none() {
    check(&[
        (
            "Police said it was over. Police said little. Police said no more.",
            "",
        ),
        ("Acquisition was slow. Literacy had been lost.", ""),
        ("Using Alvarado's map, they won.", ""),
        ("Organisers state that it rained.", ""),
        ("House prices rose.", ""),
    ]);
}

#[test]
fn datelines() {
    check(&[
        (
            "GRELMOUTH, Dec 5 (Reuters) - The strike ended.",
            "L:GRELMOUTH|O:Reuters",
        ),
        (
            "Seoul (KoreaWire) – The talks failed.",
            "L:Seoul|O:KoreaWire",
        ),
        ("BEIJING — China agreed.", "L:BEIJING|L:China"),
    ]);
}

#[test]
fn neither_peoples_nor_days_nor_works_are_names() {
    check(&[
        ("The North Koreans left on Monday.", ""),
        ("A Japanese official said in May that it was over.", ""),
        ("Many read the Treaty of Aldmoor.", ""),
        ("She wrote \"The Lamplighter\" in March.", ""),
        ("The Winter Games begin soon.", ""),
        ("Analysts say GDP and TV sales rose.", ""),
        ("Talks with Democrats and Republicans failed.", ""),
    ]);
}

#[test]
fn a_full_name_types_its_parts() {
    let text = "Ministry spokesman Kim Hyung-suk was dismissive. He left. Kim said no more.";
    let names = found(text, &[]);
    assert_eq!(told(text), ["P:Kim Hyung-suk", "P:Kim"]);
    assert_eq!(names[0].group, names[1].group);
    assert_eq!(names[1].why, Why::PartOfName);
}

#[test]
fn spaced_out_text_reads_the_same() {
    check(&[
        ("Corvane Group 's shares fell .", "O:Corvane Group"),
        (
            "The People 's Liberation Army moved .",
            "O:People 's Liberation Army",
        ),
        (
            "GRELMOUTH ( Reuters ) - It ended .",
            "L:GRELMOUTH|O:Reuters",
        ),
    ]);
}

#[test]
fn an_acronym_shares_the_group_of_what_it_stands_for() {
    let text = "The Veltran Grain Board (VGB) met. It was long. The VGB agreed with Osborne Lind.";
    let names = found(text, &[]);
    assert_eq!(
        told(text),
        ["O:Veltran Grain Board", "O:VGB", "O:VGB", "P:Osborne Lind"]
    );
    assert!(names[0].group == names[1].group && names[1].group == names[2].group);
    assert_ne!(names[2].group, names[3].group);
    assert_eq!(told("It relies on process automation (RPA) now."), [""; 0]);
}

#[test]
fn headlines_borrow_from_the_prose() {
    let text = "Orvalt Tresk Wins Grelmouth Vote Again\n\nOrvalt Tresk, the former mayor, won the vote in Grelmouth on Sunday.\n\nHe was glad.";
    assert_eq!(
        told(text),
        [
            "P:Orvalt Tresk",
            "L:Grelmouth",
            "P:Orvalt Tresk",
            "L:Grelmouth"
        ]
    );
    let shouted = "NORTH KOREA FIRES MISSILE OVER JAPAN\n\nIt fell into the sea.";
    assert_eq!(told(shouted), ["L:NORTH KOREA", "L:JAPAN"]);
}

#[test]
fn leaves_alone_what_is_taken() {
    let text = "Mara Dunmoor met Dovik Marrish, 49, in Paris.";
    let names = found(text, &[0..12, 40..45]);
    assert_eq!(
        names.iter().map(|n| show(text, n)).collect::<Vec<_>>(),
        ["P:Dovik Marrish"]
    );
    let all = std::slice::from_ref(&(0..text.len() as u32)).to_vec();
    assert!(found(text, &all).is_empty());
    assert_eq!(found(text, &[7..7, 900..901]).len(), 3);
}

#[test]
fn certainty_follows_the_evidence() {
    let sure = found("Gen. John Albury, 49, said so.", &[]);
    let unsure = found("He had once seen Tolvan Vrask there.", &[]);
    assert_eq!(sure[0].certainty, Certainty::High);
    assert!(unsure.iter().all(|n| n.certainty < Certainty::High));
}

#[test]
fn long_rows_of_capitals_do_no_harm() {
    for word in [
        "Japanese", "Chief", "King", "Kim", "New York", "Bank of", "Trade,", "J.", "al-Kim",
        "Ltd &", "X (X)",
    ] {
        let text = format!(
            "{} {}",
            format!("{word} ").repeat(4000),
            "then it was over again ".repeat(2000)
        );
        assert!(found(&text, &[]).len() <= 8000, "{word}");
    }
}

#[test]
fn a_country_is_none_of_its_offices() {
    check(&[
        (
            "The US president met US lawmakers. The US leader said US executives came.",
            "L:US|L:US|L:US|L:US",
        ),
        ("He met the president of Qatar.", "L:Qatar"),
        (
            "Orvalt Hoxen, Albania's foreign minister, objected.",
            "P:Orvalt Hoxen|L:Albania",
        ),
        (
            "Irvan Tolbar, Reuters' bureau chief in Cairo, agreed.",
            "P:Irvan Tolbar|O:Reuters|L:Cairo",
        ),
    ]);
}

#[test]
fn nouns_of_place_beside_a_name_make_it_one() {
    check(&[
        ("Rain fell in the Velmont region.", "L:Velmont"),
        ("It shook the Shevlenko district.", "L:Shevlenko"),
        ("The Ammorite city burnt.", ""),
        (
            "They left the village of Ulma al-Zarqan.",
            "L:Ulma al-Zarqan",
        ),
        ("They stopped at the Line of Control.", ""),
        (
            "She works at Velmost, the company behind the port.",
            "O:Velmost",
        ),
    ]);
}

#[test]
fn names_keep_what_belongs_to_them() {
    check(&[
        (
            "Quorvex Widgets, Inc., lost money.",
            "O:Quorvex Widgets, Inc.",
        ),
        ("Quorvex Widgets, LLC lost money.", "O:Quorvex Widgets, LLC"),
        ("Quorvex.com Inc lost money.", "O:Quorvex.com Inc"),
        (
            "She leads the Dunmere Institute for Near East Policy.",
            "O:Dunmere Institute for Near East Policy",
        ),
        (
            "She studied at the University of Wisconsin-Madison.",
            "O:University of Wisconsin-Madison",
        ),
        (
            "He sued in the Eastvale Magistrates' Court.",
            "O:Eastvale Magistrates' Court",
        ),
        (
            "Leaders of the Southern African Development Community met.",
            "O:Southern African Development Community",
        ),
        (
            "It runs the National Institute of Allergy and Infectious Diseases.",
            "O:National Institute of Allergy and Infectious Diseases",
        ),
        (
            "Dorim El Savari saw it. El Savari left.",
            "P:Dorim El Savari|P:El Savari",
        ),
        (
            "Secretary for Security Tom Arliss resigned.",
            "P:Tom Arliss",
        ),
        ("Son Heung-soo scored twice.", "P:Son Heung-soo"),
    ]);
}

#[test]
fn words_that_only_lead_up_to_a_name_are_none_of_it() {
    check(&[
        ("Hosts Villarreal drew again.", "O:Villarreal"),
        (
            "Senators Susan Quell and Mark Orde spoke.",
            "P:Susan Quell|P:Mark Orde",
        ),
        ("She wore the glittering Imperial Crown.", ""),
        ("It was drawn in Group K.", ""),
        ("They flew the Orvane jets.", ""),
        ("An IOU was signed.", ""),
        (
            "U.S. GDP rose as UK MPs and EU MEPs met.",
            "L:U.S.|L:UK|O:EU",
        ),
        ("Ordinary workers were angry.", ""),
        (
            "Secretary of the Interior Dolm Tarvey left.",
            "P:Dolm Tarvey",
        ),
        ("He posted the President's Order.", ""),
        ("The report tells of damage. TOTAL DAMAGE was told.", ""),
    ]);
}

#[test]
fn sports_pages_and_tickers_are_read_too() {
    check(&[
        (
            "Browns DL Sheldon Orvane was fined.",
            "O:Browns|P:Sheldon Orvane",
        ),
        ("Wild 4, Sabres 1: the Wild won.", "O:Wild|O:Sabres|O:Wild"),
        (
            "It owns the Denver Post and the Baltimore Sun.",
            "O:Denver Post|O:Baltimore Sun",
        ),
        ("They go into Path A.", ""),
        ("Gold XAU= rose as the index .DXY fell.", ""),
        (
            "FRANCE WINS\n\nIt rained in the hills for days.",
            "L:FRANCE",
        ),
        ("A US Orvane helicopter crashed.", "L:US"),
        (
            "(Reporting by Will Dunmore; Editing by Tom Ashe)",
            "P:Will Dunmore|P:Tom Ashe",
        ),
        ("“Thought I did it,” said Tom Ashe.", "P:Tom Ashe"),
        ("They met Dr. Patrick Soon-Velmar.", "P:Patrick Soon-Velmar"),
    ]);
}

#[test]
fn bodies_are_known_in_other_spellings() {
    check(&[
        (
            "It asked the World Health Organization (WHO).",
            "O:World Health Organization|O:WHO",
        ),
        ("Who asked Nato and Unesco?", "O:Nato|O:Unesco"),
        (
            "The Christian Democrats (CDU) lost.",
            "O:Christian Democrats|O:CDU",
        ),
        ("VelmarMedia said so.", "O:VelmarMedia"),
        ("It lent money to PT Orvane Listrik.", "O:PT Orvane Listrik"),
        ("It lent money to Grupo Orvane.", "O:Grupo Orvane"),
        (
            "Interim leader Tom Arliss quit near Plaza Orvo.",
            "P:Tom Arliss|L:Plaza Orvo",
        ),
        (
            "The Chair of the Local Government Association spoke.",
            "O:Local Government Association",
        ),
        (
            "They met in Playa del Orvo, Mexico.",
            "L:Playa del Orvo|L:Mexico",
        ),
        (
            "By Jane Dowlan and John Rovik\n\nIt rained in the hills for days.",
            "P:Jane Dowlan|P:John Rovik",
        ),
        ("A draw came for PROK Linz.", "O:PROK Linz"),
        (
            "(Reporting by Ann Low and Jan Orde in Paris; Editing by Tom Ashe)",
            "P:Ann Low|P:Jan Orde|L:Paris|P:Tom Ashe",
        ),
    ]);
}

mod any_input {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn keeps_the_invariant(words in prop::collection::vec(prop::sample::select(vec![
            "Kim", "Jong", "-", "un", " ", "of", "the", "The", ".", ",", "(", ")", "Inc", "Ministry", "U.S.", "'s", "President", "and",
            "al", "de", "&", "“", "”", "—", "SEOUL", "in", "Łódź", "É", "II", "Jr", "\n\n", "김", "May", "5", "$", "New", "York", "Mr", "said", "for",
        ]), 0..60), glue in any::<u64>(), taken in prop::collection::vec((0u32..200, 0u32..20), 0..4)) {
            let mut text = String::new();
            for (i, word) in words.iter().enumerate() {
                text.push_str(word);
                if glue >> (i % 64) & 1 == 0 { text.push(' '); }
            }
            let taken: Vec<Range<u32>> = taken.iter().map(|&(s, l)| s..s + l).collect();
            let mut at = 0;
            for name in found(&text, &taken) {
                prop_assert!(name.range.start >= at && name.range.start < name.range.end);
                prop_assert!(text.get(name.range.start as usize..name.range.end as usize).is_some());
                prop_assert!(taken.iter().all(|t| t.is_empty() || t.end <= name.range.start || t.start >= name.range.end));
                at = name.range.end;
            }
        }

        #[test]
        fn survives_odd_text(text in "\\PC{0,200}") {
            found(&text, &[]);
        }
    }
}
