//! The list of the files: `data/index.json`, and what the page on them tells.

use serde_json::{Value, json};

use super::Told;
use super::tables::TABLES;
use crate::render::view::Briefing;

/// A sort of data, with where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listed {
    /// The name of its files.
    pub(crate) name: &'static str,
    /// How many records there are.
    pub(crate) records: usize,
    /// The address of its JSON; none where there is none, or many files.
    pub(crate) json: Option<String>,
    /// The address of its CSV; none where there is none, or many files.
    pub(crate) csv: Option<String>,
    /// The address of the schema of its JSON.
    pub(crate) schema: Option<String>,
    /// There is a file for each month of publication, in a folder of its name.
    pub(crate) split: bool,
}

/// Every sort of data, in the order in which they are told of.
pub(crate) fn listing(briefing: &Briefing) -> Vec<Listed> {
    let address = |name: &str, extension: &str| format!("data/{name}.{extension}");
    let schema = |name: &str| format!("data/schema/{name}.json");
    let mut all: Vec<Listed> = Vec::new();
    for table in &TABLES {
        let split = super::is_split(briefing, table);
        let written = super::is_written(briefing, table);
        // The one JSON file of related articles is always there.
        if !written && table.json {
            continue;
        }
        all.push(Listed {
            name: table.name,
            records: (table.count)(briefing, &(table.ids)(briefing)),
            json: (!table.json || !split).then(|| address(table.name, "json")),
            csv: (written && !split).then(|| address(table.name, "csv")),
            schema: Some(schema(table.name)),
            split: written && split,
        });
    }
    all.push(Listed {
        name: "stories",
        records: briefing.links.stories().len(),
        json: Some(address("stories", "json")),
        csv: None,
        schema: Some(schema("stories")),
        split: false,
    });
    all
}

/// The site's data as a schema.org `Dataset`, without its files.
pub(crate) fn dataset(briefing: &Briefing) -> Value {
    let config = &briefing.site.config;
    let mut set = json!({
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": briefing.strings.format("data.of", &[("title", &config.title)]),
        "description": config.description.as_ref().unwrap_or(&config.title),
        "url": briefing.outside().to_address("data/"),
        "inLanguage": config.language,
        "isAccessibleForFree": true,
    });
    let optional = [
        ("license", &config.data.license),
        ("copyrightNotice", &config.rights.statement),
    ];
    for (key, value) in optional {
        if let Some(value) = value {
            set[key] = value.as_str().into();
        }
    }
    if let Some(publisher) = &config.publisher {
        set["publisher"] = json!({ "@type": "Organization", "name": publisher });
    }
    set
}

/// The list of all files: a schema.org `Dataset` with a `DataDownload` for each, and besides, how many `records` it has and which
/// `schema` it follows.
pub(super) fn index(briefing: &Briefing, sheets: &[&Told]) -> String {
    let outside = briefing.outside();
    let download = |name: &str, path: String, records: usize, schema: Option<&str>| {
        let format = match path.ends_with(".csv") {
            true => "text/csv",
            false => "application/json",
        };
        let mut file = json!({
            "@type": "DataDownload",
            "name": name,
            "contentUrl": outside.to_address(&path),
            "encodingFormat": format,
            "records": records,
        });
        if let Some(name) = schema {
            file["schema"] = outside
                .to_address(&format!("data/schema/{name}.json"))
                .into();
        }
        file
    };
    let mut files: Vec<Value> = Vec::new();
    for sheet in sheets {
        let (name, records) = (sheet.name, sheet.records);
        if let Some(path) = &sheet.json {
            files.push(download(name, path.clone(), records, Some(name)));
        }
        files.push(download(name, sheet.csv.clone(), records, None));
    }
    let own = [
        ("related", briefing.site.articles.len()),
        ("stories", briefing.links.stories().len()),
    ];
    for (name, records) in own {
        let path = format!("data/{name}.json");
        files.push(download(name, path, records, Some(name)));
    }
    let mut set = dataset(briefing);
    set["distribution"] = files.into();
    let text = crate::render::json::without_markup(&format!("{set:#}"));
    format!("{text}\n")
}
