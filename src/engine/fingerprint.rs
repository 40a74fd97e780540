//! Hashes of what templates see.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher};

use foldhash::quality::{FixedState, FoldHasher};
use tera::Value;

use crate::base::Hash128;

/// The hash of a value.
pub(super) fn of(value: &Value) -> Hash128 {
    let mut sink = Sink::default();
    sink.take(value);
    sink.finish()
}

/// The hashes of the fields of a view, those together that `part` gives one name, in order of the names.
pub(super) fn by_part(
    view: &Value,
    part: fn(&str) -> &'static str,
) -> Vec<(&'static str, Hash128)> {
    let mut sinks: BTreeMap<&'static str, Sink> = BTreeMap::new();
    for (key, value) in view.as_map().into_iter().flatten() {
        let name = key.as_str().unwrap_or_default();
        let sink = sinks.entry(part(name)).or_default();
        sink.text(name);
        sink.take(value);
    }
    let sinks = sinks.into_iter();
    sinks.map(|(name, sink)| (name, sink.finish())).collect()
}

/// Hashes what is written to it: quickly, for there is much of it, and nobody gains by deceiving it.
struct Sink(FoldHasher<'static>);

impl Default for Sink {
    fn default() -> Self {
        Self(FixedState::with_seed(0).build_hasher())
    }
}

impl Sink {
    /// Takes a value in so that whatever differs is told apart: each kind begins with a letter of its own, and what has no fixed length
    /// with its length.
    fn take(&mut self, value: &Value) {
        if let Some(text) = value.as_str() {
            self.text(text);
        } else if let Some(map) = value.as_map() {
            self.head(b'm', map.len());
            for (key, value) in map {
                match key.as_str() {
                    Some(key) => self.text(key),
                    None => self.text(&key.to_string()),
                }
                self.take(value);
            }
        } else if let Some(array) = value.as_array() {
            self.head(b'a', array.len());
            array.iter().for_each(|item| self.take(item));
        } else if let Some(number) = value.as_u64() {
            self.0.write_u8(b'n');
            self.0.write_u64(number);
        } else if let Some(bytes) = value.as_bytes() {
            self.head(b'b', bytes.len());
            self.0.write(bytes);
        } else if value.is_none() {
            self.0.write_u8(b'0');
        } else if let Some(flag) = value.as_bool() {
            self.0.write_u8(if flag { b'+' } else { b'-' });
        } else {
            // What is left is rare: other numbers.
            self.0.write_u8(b'o');
            self.text(&format!("{:?} {value}", value.kind()));
        }
    }

    fn text(&mut self, text: &str) {
        self.head(b't', text.len());
        self.0.write(text.as_bytes());
    }

    fn head(&mut self, kind: u8, length: usize) {
        self.0.write_u8(kind);
        self.0.write_u64(length as u64);
    }

    fn finish(self) -> Hash128 {
        // In front, where short forms of hashes are taken from.
        Hash128((u128::from(self.0.finish()) << 64).to_be_bytes())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn part(field: &str) -> &'static str {
        match field {
            "title" | "lead" => "title",
            _ => "content",
        }
    }

    fn value(json: serde_json::Value) -> Value {
        Value::from_serializable(&json)
    }

    #[test]
    fn a_part_changes_with_its_fields_alone() {
        let one = |lead: Option<&str>, list: &[u32]| {
            let view = json!({ "title": "A", "lead": lead, "list": list });
            by_part(&value(view), part)
        };
        let (old, new) = (one(None, &[1]), one(Some("B"), &[1]));
        assert_eq!(old.len(), 2);
        assert_eq!((old[0].0, old[1].0), ("content", "title"));
        assert_eq!(old[0], new[0]);
        assert_ne!(old[1], new[1]);
        assert_ne!(one(None, &[1, 2])[0], one(None, &[12])[0]);
    }

    #[test]
    fn what_differs_is_told_apart() {
        let all = [
            json!(null),
            json!(true),
            json!(false),
            json!(""),
            json!("true"),
            json!(1),
            json!(-1),
            json!(1.5),
            json!("1"),
            json!([]),
            json!([""]),
            json!(["", ""]),
            json!([[""], []]),
            json!([[], [""]]),
            json!({}),
            json!({"a": "b"}),
            json!({"b": "a"}),
            json!({"a": null}),
            json!(["a", "b"]),
            json!("x".repeat(12_000)),
            json!("x".repeat(12_001)),
        ];
        let hashes = all.map(|json| of(&value(json)));
        for (i, hash) in hashes.iter().enumerate() {
            assert!(!hashes[..i].contains(hash), "{i}");
        }
    }
}
