//! What the files hold, for programs and for people: JSON Schemas, and the tables of the documentation.

use serde_json::{Map, Value, json};

use super::table::{Field, Holds};
use super::tables::{AnyTable, TABLES};
use crate::render::view::Briefing;

/// The version of JSON Schema that is used.
const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of a table's JSON files.
pub(super) fn of_table(briefing: &Briefing, table: &AnyTable) -> String {
    let fields = (table.fields)();
    let names: Vec<&str> = fields.iter().map(|f| f.name).collect();
    let properties: Map<String, Value> = fields
        .iter()
        .map(|f| (f.name.to_owned(), of_field(f)))
        .collect();
    let schema = json!({
        "type": "array",
        "items": {
            "description": table.record,
            "type": "object",
            "required": names,
            "additionalProperties": false,
            "properties": properties,
        },
    });
    finished(briefing, table.name, schema)
}

/// A schema as a file: with its version, its own address where the site knows its own, and its title.
pub(super) fn finished(briefing: &Briefing, name: &str, schema: Value) -> String {
    let mut whole = Map::new();
    whole.insert("$schema".into(), DRAFT.into());
    if let Some(base_url) = briefing.base_url {
        let id = format!("{base_url}data/schema/{name}.json");
        whole.insert("$id".into(), id.into());
    }
    whole.insert("title".into(), name.into());
    if let Value::Object(rest) = schema {
        whole.extend(rest);
    }
    format!("{:#}\n", Value::Object(whole))
}

/// The schema of a field.
fn of_field(field: &Field) -> Value {
    let mut schema = match field.holds {
        Holds::Id(_) | Holds::Sentence => json!({ "type": "string", "minLength": 1 }),
        Holds::Ids(_) => {
            json!({ "type": "array", "items": { "type": "string", "minLength": 1 }, "uniqueItems": true })
        }
        Holds::Url => json!({ "type": "string", "format": "iri-reference" }),
        Holds::Urls => {
            json!({ "type": "array", "items": { "type": "string", "format": "iri-reference" } })
        }
        Holds::Text => json!({ "type": "string" }),
        Holds::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        Holds::Names => json!({ "type": "object", "additionalProperties": { "type": "string" } }),
        Holds::Language => {
            json!({ "type": "string", "pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$" })
        }
        Holds::Day => json!({ "type": "string", "format": "date" }),
        Holds::Edtf => json!({ "type": "string", "minLength": 4 }),
        Holds::OneOf(words) => json!({ "type": "string", "enum": words }),
        Holds::SomeOf(words) => json!({ "type": "array", "items": { "enum": words } }),
        Holds::Whole => json!({ "type": "integer", "minimum": 0 }),
        Holds::Number => json!({ "type": "number" }),
        Holds::Degrees(most) => {
            json!({ "type": "number", "minimum": -i32::from(most), "maximum": most })
        }
        Holds::Flag => json!({ "type": "boolean" }),
    };
    if let Some(schema) = schema.as_object_mut() {
        let about = match field.holds {
            Holds::Id(table) | Holds::Ids(table) => format!("{} (`{table}`)", field.about),
            _ => field.about.to_owned(),
        };
        schema.insert("description".into(), about.into());
        if field.optional {
            or_nothing(schema);
        }
    }
    schema
}

/// Allows a value to be null.
fn or_nothing(schema: &mut Map<String, Value>) {
    if let Some(single) = schema.get_mut("type") {
        *single = json!([single.take(), "null"]);
    }
    if let Some(Value::Array(words)) = schema.get_mut("enum") {
        words.push(Value::Null);
    }
}

/// The part of the documentation that follows from the tables: a heading for each, what a record is, and every field.
pub fn reference() -> String {
    let sections = TABLES.iter().map(|table| {
        let files = match table.json {
            true => format!("`{0}.json`, `{0}.csv`", table.name),
            false => format!("`{}.csv`", table.name),
        };
        let rows = (table.fields)().into_iter().map(|field| {
            let (name, kind) = (field.name, in_words(field));
            format!("| `{name}` | {kind} | {} |\n", field.about)
        });
        let rows: String = rows.collect();
        format!(
            "### {files}\n\n{}.\n\n| Field | Type | Meaning |\n| --- | --- | --- |\n{rows}",
            table.record
        )
    });
    sections.collect::<Vec<_>>().join("\n")
}

/// The type of a field, for people.
fn in_words(field: Field) -> String {
    let words = |words: &[&str]| {
        let words: Vec<String> = words.iter().map(|w| format!("`{w}`")).collect();
        words.join(", ")
    };
    let kind = match field.holds {
        Holds::Id(table) => format!("id in `{table}`"),
        Holds::Ids(table) => format!("list of ids in `{table}`"),
        Holds::Sentence => "id of a sentence".into(),
        Holds::Url => "URL".into(),
        Holds::Urls => "list of URLs".into(),
        Holds::Text => "text".into(),
        Holds::Texts => "list of texts".into(),
        Holds::Names => "texts by language tag".into(),
        Holds::Language => "language tag (BCP 47)".into(),
        Holds::Day => "day (ISO 8601)".into(),
        Holds::Edtf => "date (EDTF)".into(),
        Holds::OneOf(all) => format!("one of {}", words(all)),
        Holds::SomeOf(all) => format!("list of {}", words(all)),
        Holds::Whole => "whole number, 0 or more".into(),
        Holds::Number => "number".into(),
        Holds::Degrees(most) => format!("number, −{most} to {most}"),
        Holds::Flag => "true or false".into(),
    };
    match field.optional {
        true => format!("{kind}; may be missing"),
        false => kind,
    }
}
