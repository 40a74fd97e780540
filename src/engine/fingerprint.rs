//! Hashes of values, taken as they are serialised: nothing of them is ever held as text.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};

use serde::Serialize;
use serde::ser::{self, Impossible, SerializeStruct};

use crate::base::{Hash128, Hasher};

/// The hash of a value.
pub(super) fn of(value: &impl Serialize) -> Hash128 {
    let mut sink = Sink::default();
    sink.take(value);
    sink.finish()
}

/// The hashes of the fields of a struct, those together that `part` gives one name, in order of the names.
pub(super) fn by_part(
    value: &impl Serialize,
    part: fn(&'static str) -> &'static str,
) -> Vec<(&'static str, Hash128)> {
    let mut fields = Fields {
        part,
        sinks: BTreeMap::new(),
    };
    // Nothing but a struct is refused, and views are structs.
    drop(value.serialize(&mut fields));
    let sinks = fields.sinks.into_iter();
    sinks.map(|(name, sink)| (name, sink.finish())).collect()
}

/// Hashes what is written to it, in pieces large enough to be worth a call.
struct Sink {
    waiting: Vec<u8>,
    hasher: Hasher,
}

/// Bytes that are gathered before they are hashed.
const PIECE: usize = 4096;

impl Default for Sink {
    fn default() -> Self {
        Self {
            waiting: Vec::with_capacity(PIECE),
            hasher: Hasher::default(),
        }
    }
}

impl Sink {
    /// Plain data can always be written as JSON, whose text tells apart whatever differs.
    fn take(&mut self, value: &(impl Serialize + ?Sized)) {
        drop(serde_json::to_writer(self, value));
    }

    fn finish(mut self) -> Hash128 {
        self.hasher.update(&self.waiting);
        self.hasher.finish()
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.waiting.len() + bytes.len() > PIECE {
            self.hasher.update(&self.waiting);
            self.waiting.clear();
        }
        if bytes.len() > PIECE {
            self.hasher.update(bytes);
        } else {
            self.waiting.extend_from_slice(bytes);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Takes a struct apart.
struct Fields {
    part: fn(&'static str) -> &'static str,
    sinks: BTreeMap<&'static str, Sink>,
}

impl SerializeStruct for &mut Fields {
    type Ok = ();
    type Error = NoStruct;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), NoStruct> {
        let sink = self.sinks.entry((self.part)(name)).or_default();
        sink.take(name);
        sink.take(value);
        Ok(())
    }

    fn end(self) -> Result<(), NoStruct> {
        Ok(())
    }
}

/// What was to be taken apart is no struct.
#[derive(Debug)]
struct NoStruct;

impl fmt::Display for NoStruct {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("only structs have parts")
    }
}

impl std::error::Error for NoStruct {}

impl ser::Error for NoStruct {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// Refuses values of some types.
macro_rules! refused {
    ($($name:ident($type:ty)),*) => {
        $(fn $name(self, _: $type) -> Result<(), NoStruct> {
            Err(NoStruct)
        })*
    };
}

impl ser::Serializer for &mut Fields {
    type Ok = ();
    type Error = NoStruct;
    type SerializeSeq = Impossible<(), NoStruct>;
    type SerializeTuple = Impossible<(), NoStruct>;
    type SerializeTupleStruct = Impossible<(), NoStruct>;
    type SerializeTupleVariant = Impossible<(), NoStruct>;
    type SerializeMap = Impossible<(), NoStruct>;
    type SerializeStruct = Self;
    type SerializeStructVariant = Impossible<(), NoStruct>;

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, NoStruct> {
        Ok(self)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), NoStruct> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), NoStruct> {
        value.serialize(self)
    }

    refused!(
        serialize_bool(bool),
        serialize_i8(i8),
        serialize_i16(i16),
        serialize_i32(i32),
        serialize_i64(i64),
        serialize_u8(u8),
        serialize_u16(u16),
        serialize_u32(u32),
        serialize_u64(u64),
        serialize_f32(f32),
        serialize_f64(f64),
        serialize_char(char),
        serialize_str(&str),
        serialize_bytes(&[u8]),
        serialize_unit_struct(&'static str)
    );

    fn serialize_none(self) -> Result<(), NoStruct> {
        Err(NoStruct)
    }

    fn serialize_unit(self) -> Result<(), NoStruct> {
        Err(NoStruct)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
    ) -> Result<(), NoStruct> {
        Err(NoStruct)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), NoStruct> {
        Err(NoStruct)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, NoStruct> {
        Err(NoStruct)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, NoStruct> {
        Err(NoStruct)
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, NoStruct> {
        Err(NoStruct)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, NoStruct> {
        Err(NoStruct)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, NoStruct> {
        Err(NoStruct)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, NoStruct> {
        Err(NoStruct)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct View {
        title: &'static str,
        lead: Option<&'static str>,
        list: Vec<u32>,
    }

    fn part(field: &'static str) -> &'static str {
        match field {
            "title" | "lead" => "title",
            _ => "content",
        }
    }

    #[test]
    fn a_part_changes_with_its_fields_alone() {
        let one = |lead, list| {
            let title = "A";
            by_part(&View { title, lead, list }, part)
        };
        let (old, new) = (one(None, vec![1]), one(Some("B"), vec![1]));
        assert_eq!(old.len(), 2);
        assert_eq!((old[0].0, old[1].0), ("content", "title"));
        assert_eq!(old[0], new[0]);
        assert_ne!(old[1], new[1]);
        assert_ne!(one(None, vec![1, 2])[0], one(None, vec![12])[0]);
    }

    #[test]
    fn long_values_count_to_the_end() {
        let long = "x".repeat(3 * PIECE);
        assert_eq!(of(&long), Hash128::of(format!("\"{long}\"").as_bytes()));
        assert_ne!(of(&long), of(&format!("{long}y")));
    }
}
