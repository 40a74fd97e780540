//! Data beside the pages: what the pages say, for programs, in `data/`.
//!
//! 1. [`table`] says what a table is; [`tables`] are those that there are, each with its columns and records.
//! 2. [`mod@write`] writes records as JSON and CSV; [`schema`] says what they hold, as JSON Schemas and for the documentation.
//! 3. [`related`]: the related articles of every article, and the groups that tell one story, in JSON of their own shape.
//! 4. [`catalogue`] lists the files.
//!
//! Annotations are many, more than the pages themselves: sites of more articles than `[data] whole` write them only if asked to,
//! in a file for each month of publication, so that none grows without end and a word that is mended in one article changes little.
//!
//! Invariant: nothing is in the data that no page may show. Keys stand in a fixed order, one record on each line, so that what
//! changes from one build to the next can be read.

mod catalogue;
mod related;
mod schema;
mod table;
mod tables;
mod write;

pub(crate) use catalogue::{Listed, dataset, listing};
pub use schema::reference;

use std::collections::BTreeMap;

use super::{Artifact, Class};
use crate::base::OutPath;
use crate::link::Workers;
use crate::model::Id;
use crate::render::view::Briefing;
use tables::{AnyTable, TABLES};
use write::Written;

/// Things whose records one worker writes at a time.
const PIECE: usize = 64;

/// The data files of a site.
pub fn data(briefing: &Briefing, workers: &impl Workers) -> Vec<Artifact> {
    let mut files = vec![
        (
            "data/related.json".to_owned(),
            related::related(briefing, workers).into_bytes(),
        ),
        (
            "data/stories.json".to_owned(),
            related::stories(briefing).into_bytes(),
        ),
    ];
    if briefing.site.config.data.tables {
        let sheets = sheets(briefing, workers);
        let index = catalogue::index(briefing, &sheets);
        files.push(("data/index.json".to_owned(), index.into_bytes()));
        files.extend(schemas(briefing));
        files.extend(sheets.into_iter().flat_map(Sheet::files));
    }
    // One after the other, so that of these files, which are large, one at a time is there twice.
    let made = files.into_iter().filter_map(|(path, bytes)| {
        let path = OutPath::new(&path).ok()?;
        let origin = format!("the data file ‘{path}’");
        Some(Artifact::new(path, bytes, Class::Index, origin))
    });
    made.collect()
}

/// The schemas of all JSON files.
fn schemas(briefing: &Briefing) -> Vec<(String, Vec<u8>)> {
    let own = [
        ("related", related::related_schema()),
        ("stories", related::stories_schema()),
    ];
    let own = own.map(|(name, schema)| (name, schema::finished(briefing, name, schema)));
    let tables = TABLES.iter().filter(|t| t.json && is_written(briefing, t));
    let tables = tables.map(|table| (table.name, schema::of_table(briefing, table)));
    let all = own.into_iter().chain(tables);
    all.map(|(name, text)| (format!("data/schema/{name}.json"), text.into_bytes()))
        .collect()
}

/// A table's records, or those of a month, written.
struct Sheet {
    table: &'static AnyTable,
    /// The month, `2013-08`, where there is a file for each.
    month: Option<String>,
    pieces: Vec<Written>,
}

impl Sheet {
    /// The path of one of its files.
    fn path(&self, extension: &str) -> String {
        let name = self.table.name;
        match &self.month {
            Some(month) => format!("data/{name}/{month}.{extension}"),
            None => format!("data/{name}.{extension}"),
        }
    }

    fn records(&self) -> usize {
        self.pieces.iter().map(|p| p.records).sum()
    }

    /// Its files, by path.
    fn files(self) -> Vec<(String, Vec<u8>)> {
        let names = (self.table.fields)().into_iter().map(|f| f.name);
        let mut csv = write::header(names);
        let mut json = b"[\n".to_vec();
        for piece in &self.pieces {
            csv.extend_from_slice(&piece.csv);
            json.extend_from_slice(&piece.json);
        }
        // Behind the last record stands no comma.
        if json.ends_with(b",\n") {
            json.truncate(json.len() - 2);
            json.push(b'\n');
        }
        json.extend_from_slice(b"]\n");
        let json = self.table.json.then(|| (self.path("json"), json));
        json.into_iter().chain([(self.path("csv"), csv)]).collect()
    }
}

/// Writes every table. What is written at a time depends on nothing but the site, whoever writes it.
fn sheets(briefing: &Briefing, workers: &impl Workers) -> Vec<Sheet> {
    let groups: Vec<(&AnyTable, Option<String>, Vec<&Id>)> = TABLES
        .iter()
        .filter(|table| is_written(briefing, table))
        .flat_map(|table| {
            let by_month = grouped(briefing, table);
            by_month
                .into_iter()
                .map(move |(month, ids)| (table, month, ids))
        })
        .collect();
    let pieces: Vec<(usize, &[&Id])> = groups
        .iter()
        .enumerate()
        .flat_map(|(i, (_, _, ids))| ids.chunks(PIECE).map(move |piece| (i, piece)))
        .collect();
    let written = workers.each(pieces.len(), |i| {
        let (group, ids) = pieces.get(i)?;
        let (table, ..) = groups.get(*group)?;
        Some((*group, (table.write)(briefing, ids)))
    });
    let sheets = groups.iter().map(|(table, month, _)| Sheet {
        table,
        month: month.clone(),
        pieces: Vec::new(),
    });
    let mut sheets: Vec<Sheet> = sheets.collect();
    for (group, written) in written.into_iter().flatten() {
        if let Some(sheet) = sheets.get_mut(group) {
            sheet.pieces.push(written);
        }
    }
    sheets
}

/// Whether the site has more articles than fit into one file with all that there is in them.
fn is_large(briefing: &Briefing) -> bool {
    briefing.site.articles.len() > briefing.site.config.data.whole
}

/// Whether a table is written.
fn is_written(briefing: &Briefing, table: &AnyTable) -> bool {
    let asked = briefing.site.config.data.annotations;
    !table.many || asked.unwrap_or(!is_large(briefing))
}

/// Whether a table stands in a file for each month.
fn is_split(briefing: &Briefing, table: &AnyTable) -> bool {
    table.many && is_large(briefing)
}

/// The things that a table's records belong to, by file.
fn grouped<'b>(briefing: &'b Briefing, table: &AnyTable) -> BTreeMap<Option<String>, Vec<&'b Id>> {
    let ids = (table.ids)(briefing);
    if !is_split(briefing, table) {
        return BTreeMap::from([(None, ids)]);
    }
    let mut by_month: BTreeMap<Option<String>, Vec<&Id>> = BTreeMap::new();
    for id in ids {
        let article = briefing.site.articles.get(id);
        // Only dated articles are published.
        let Some(day) = article.and_then(|a| a.published) else {
            continue;
        };
        let month = day.strftime("%Y-%m").to_string();
        by_month.entry(Some(month)).or_default().push(id);
    }
    by_month
}
