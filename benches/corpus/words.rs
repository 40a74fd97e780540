//! Phrases from `words.toml`: slots are filled until none is left.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::dice::Dice;

/// The lists by name.
#[derive(Debug)]
pub(crate) struct Words(BTreeMap<String, Vec<String>>);

/// Who fills slots that are no lists: with the names and dates of an article, say.
pub(crate) trait Scene {
    /// What stands in a slot; nothing where the scene does not know it.
    fn fill(&mut self, slot: &str, dice: &mut Dice, words: &Words) -> Option<String>;
}

impl Words {
    pub(crate) fn new() -> Self {
        #[derive(Deserialize)]
        struct Lists {
            words: BTreeMap<String, String>,
            phrases: BTreeMap<String, Vec<String>>,
        }
        let lists: Lists =
            toml::from_str(include_str!("words.toml")).expect("words.toml is well formed");
        let words = lists.words.into_iter().map(|(name, list)| {
            let list = list.split_whitespace().map(str::to_owned).collect();
            (name, list)
        });
        Self(words.chain(lists.phrases).collect())
    }

    pub(crate) fn list(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// Something from a list, its slots filled. `{Name}` is `{name}` with a capital.
    pub(crate) fn make(&self, name: &str, scene: &mut dyn Scene, dice: &mut Dice) -> String {
        let template = dice.pick(self.list(name)).as_str();
        let mut out = String::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let (slot, after) = after.split_once('}').expect("a slot is closed");
            out.push_str(before);
            let low = slot.to_lowercase();
            let filled = match scene.fill(&low, dice, self) {
                Some(filled) => filled,
                None => self.make(&low, scene, dice),
            };
            let filled = if low == slot {
                filled
            } else {
                capital(&filled)
            };
            let article = out.ends_with(" a ") || out == "a ";
            if article && filled.starts_with(['a', 'e', 'i', 'o', 'u']) {
                out.insert(out.len() - 1, 'n');
            }
            out.push_str(&filled);
            rest = after;
        }
        out.push_str(rest);
        out
    }
}

/// With a capital letter first, also after a quotation mark.
pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(mark @ '“') => format!("{mark}{}", capital(chars.as_str())),
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}
