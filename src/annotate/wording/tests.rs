use super::*;
use crate::annotate::fixture::Text;

fn read(title: &str, paragraphs: &[&str], language: &str) -> (Wording, String) {
    let text = Text::new(paragraphs);
    let plain = text.document.text.to_string();
    let (wording, _) = wording(&mut Stems::new(), title, &plain, &text.sentences, language);
    (wording, plain)
}

fn surfaces(title: &str, paragraphs: &[&str], language: &str) -> Vec<String> {
    let (wording, text) = read(title, paragraphs, language);
    let words = wording.terms.iter();
    let mut words: Vec<String> = words
        .filter_map(|t| wording.surface(t, title, &text))
        .map(str::to_owned)
        .collect();
    words.sort();
    words
}

#[test]
fn forms_of_a_word_are_one_term_and_neighbours_another() {
    let words = surfaces(
        "Ferry sinks",
        &["A ferry is sinking.", "    code is not read"],
        "en",
    );
    assert_eq!(words, ["A", "Ferry", "Ferry sinks", "is", "sinks"]);
    // No rule for the language: each form by itself.
    let words = surfaces("", &["Lodě lodí."], "cs");
    assert_eq!(words, ["Lodě", "Lodě lodí", "lodí"]);
}

#[test]
fn dense_scripts_are_read_by_two_characters() {
    let key = |text: &str| {
        read("", &[text], "ko")
            .0
            .terms
            .iter()
            .map(|t| t.key)
            .collect::<Vec<_>>()
    };
    let (government, subject) = (key("정부"), key("정부는"));
    assert_eq!(government.len(), 1);
    assert!(subject.contains(&government[0]));
    // Both of its terms are shown as the whole word, of which two are told as one.
    let words = surfaces("", &["정부는 안"], "ko");
    assert_eq!(words, ["안", "정부는", "정부는"]);
}

#[test]
fn names_numbers_and_the_head_weigh_more() {
    let filler = "so it is as it was ".repeat(20);
    let (wording, text) = read(
        "",
        &[&format!(
            "Early words here. {filler}. Later came Sorok and 53 boats."
        )],
        "en",
    );
    let weight = |word: &str| {
        let at = |t: &&Term| wording.surface(t, "", &text) == Some(word);
        wording.terms.iter().find(at).map(|t| t.weight)
    };
    assert!(weight("Early") > weight("Later"));
    assert!(weight("Sorok") > weight("boats") && weight("53") == weight("Sorok"));
}

#[test]
fn eleven_words_in_a_row_are_always_seen() {
    let run = "the harbour office counted eleven boats and two barges on Friday";
    let (mine, here) = read("", &[&format!("Yesterday {run} at last.")], "en");
    let (theirs, _) = read(
        "",
        &[&format!("He wrote that “{run}”, no more."), "Other."],
        "en",
    );
    let keys = mine.runs.keys().iter().copied();
    let both: Vec<u64> = keys
        .filter(|key| theirs.runs.word(*key).is_some())
        .collect();
    let (range, count) = stretch(&mine, &here, &theirs, &both).unwrap();
    assert_eq!((range.of(&here), count), (run, 11));
    assert_eq!(mine.whole.is_some(), mine.whole != theirs.whole);
}

proptest::proptest! {
    #[test]
    fn any_text_has_a_wording(title in ".{0,40}", text in "\\PC{0,200}", language in "[a-z]{2}") {
        let (wording, plain) = read(&title, &[&text], &language);
        for term in &wording.terms {
            let surface = wording.surface(term, &title, &plain);
            proptest::prop_assert!(surface.is_some_and(|s| !s.is_empty()));
            proptest::prop_assert!((1..=HEAVIEST).contains(&term.weight));
        }
        proptest::prop_assert!(wording.terms.is_sorted_by(|a, b| a.key < b.key));
    }
}
