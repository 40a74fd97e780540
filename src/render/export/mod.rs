//! Data beside the pages: what the pages say, for programs, in `data/`.
//!
//! 1. [`table`] says what a table is; [`tables`] are those that there are, each with its columns and records.
//! 2. [`mod@write`] writes records as JSON and CSV; [`schema`] says what they hold, as JSON Schemas and for the documentation.
//! 3. [`related`]: the related articles of every article, and the groups that tell one story, in JSON of their own shape.
//! 4. [`catalogue`] lists the files.
//!
//! Each [`Part`] is made by itself, so that the others can stay as they were.
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

/// Data that is made at a time.
#[derive(Clone, Copy)]
pub struct Part(Is);

#[derive(Clone, Copy)]
enum Is {
    /// The related articles of every article.
    Related,
    /// The groups that tell one story.
    Stories,
    /// The records of a table.
    Table(&'static AnyTable),
}

impl Part {
    /// All of a site's data.
    pub fn all(briefing: &Briefing) -> Vec<Self> {
        let tables = TABLES.iter().filter(|table| is_written(briefing, table));
        let tables = tables.filter(|_| briefing.site.config.data.tables);
        [Is::Related, Is::Stories]
            .into_iter()
            .chain(tables.map(Is::Table))
            .map(Self)
            .collect()
    }

    /// What it is called. No two parts have the same name.
    pub fn name(&self) -> &'static str {
        match self.0 {
            Is::Related => "related",
            Is::Stories => "stories",
            // There is a table of related articles too.
            Is::Table(table) if !table.json => "pairs",
            Is::Table(table) => table.name,
        }
    }

    /// Makes its files, and hands each to `take` before it makes the next: they are large. What lists tell of them comes back.
    pub fn make(
        self,
        briefing: &Briefing,
        workers: &impl Workers,
        mut take: impl FnMut(Artifact),
    ) -> Vec<Told> {
        let mut add = |path: &str, bytes| take_file(path, bytes, &mut take);
        match self.0 {
            Is::Related => add("data/related.json", related::related(briefing, workers)),
            Is::Stories => add("data/stories.json", related::stories(briefing).into_bytes()),
            Is::Table(table) => {
                let mut told = Vec::new();
                for sheet in sheets(briefing, table, workers) {
                    told.push(sheet.told());
                    for (path, bytes) in sheet.files() {
                        add(&path, bytes);
                    }
                }
                return told;
            }
        }
        Vec::new()
    }
}

/// The list of all files, and the schemas of those in JSON; none where the site has no tables.
pub fn lists(briefing: &Briefing, told: &[&Told]) -> Vec<Artifact> {
    let mut artifacts = Vec::new();
    if briefing.site.config.data.tables {
        let mut take = |artifact| artifacts.push(artifact);
        let index = catalogue::index(briefing, told);
        take_file("data/index.json", index.into_bytes(), &mut take);
        for (path, bytes) in schemas(briefing) {
            take_file(&path, bytes, &mut take);
        }
    }
    artifacts
}

fn take_file(path: &str, bytes: Vec<u8>, take: &mut impl FnMut(Artifact)) {
    if let Ok(path) = OutPath::new(path) {
        let origin = format!("the data file ‘{path}’");
        take(Artifact::new(path, bytes, Class::Index, origin));
    }
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
    file: Name,
    pieces: Vec<Written>,
}

/// Of which table, and of which month, a file has the records.
struct Name {
    table: &'static AnyTable,
    /// The month, `2013-08`, where there is a file for each.
    month: Option<String>,
}

impl Name {
    /// The path of the file.
    fn path(&self, extension: &str) -> String {
        let name = self.table.name;
        match &self.month {
            Some(month) => format!("data/{name}/{month}.{extension}"),
            None => format!("data/{name}.{extension}"),
        }
    }
}

/// What the list of files tells of a table, or of a month of it.
#[derive(Debug)]
pub struct Told {
    name: &'static str,
    json: Option<String>,
    csv: String,
    records: usize,
}

impl Sheet {
    fn told(&self) -> Told {
        let table = self.file.table;
        Told {
            name: table.name,
            json: table.json.then(|| self.file.path("json")),
            csv: self.file.path("csv"),
            records: self.pieces.iter().map(|p| p.records).sum(),
        }
    }

    /// Its files, by path.
    fn files(self) -> Vec<(String, Vec<u8>)> {
        let Self { file, pieces } = self;
        let names = (file.table.fields)().into_iter().map(|f| f.name);
        let mut csv = write::header(names);
        let mut json = b"[\n".to_vec();
        csv.reserve_exact(pieces.iter().map(|p| p.csv.len()).sum());
        json.reserve_exact(pieces.iter().map(|p| p.json.len()).sum::<usize>() + 2);
        // Each piece goes as soon as it is copied, so that the records are hardly ever there twice.
        for piece in pieces {
            csv.extend_from_slice(&piece.csv);
            json.extend_from_slice(&piece.json);
        }
        // Behind the last record stands no comma.
        if json.ends_with(b",\n") {
            json.truncate(json.len() - 2);
            json.push(b'\n');
        }
        json.extend_from_slice(b"]\n");
        let json = file.table.json.then(|| (file.path("json"), json));
        json.into_iter().chain([(file.path("csv"), csv)]).collect()
    }
}

/// Writes a table. What is written at a time depends on nothing but the site, whoever writes it.
fn sheets(briefing: &Briefing, table: &'static AnyTable, workers: &impl Workers) -> Vec<Sheet> {
    let groups: Vec<(Option<String>, Vec<&Id>)> = grouped(briefing, table).into_iter().collect();
    let pieces: Vec<(usize, &[&Id])> = groups
        .iter()
        .enumerate()
        .flat_map(|(i, (_, ids))| ids.chunks(PIECE).map(move |piece| (i, piece)))
        .collect();
    let written = workers.each(pieces.len(), |i| {
        let (group, ids) = pieces.get(i)?;
        Some((*group, (table.write)(briefing, ids)))
    });
    let sheets = groups.iter().map(|(month, _)| Sheet {
        file: Name {
            table,
            month: month.clone(),
        },
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
