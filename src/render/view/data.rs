//! The page that lists the files of data.

use super::Briefing;
use super::address::Linker;
use super::types::*;
use crate::render::export::{self, Listed};

impl Briefing<'_> {
    /// The view of the page on the data.
    pub(crate) fn data_view(&self, linker: &Linker) -> DataView {
        let s = self.strings;
        let config = &self.site.config;
        let list = export::listing(self);
        let license = config.data.license.as_ref().map(|terms| TextPart {
            text: terms.clone(),
            href: terms.starts_with("http").then(|| terms.clone()),
        });
        let terms = RecordLine {
            label: s.get("data.license").to_owned(),
            gap: license
                .is_none()
                .then(|| s.get("data.no_license").to_owned()),
            parts: license.into_iter().collect(),
            traces: Vec::new(),
            small: None,
            warn: None,
        };
        DataView {
            title: s.get("data.page").to_owned(),
            lead: s.get("data.lead").to_owned(),
            files: list.iter().map(|l| self.listed(linker, l)).collect(),
            terms: vec![terms],
            index: Link {
                href: linker.to_address("data/index.json"),
                text: s.get("data.index").to_owned(),
            },
        }
    }

    /// A line for one sort of data.
    fn listed(&self, linker: &Linker, listed: &Listed) -> RecordLine {
        let s = self.strings;
        let link = |address: &String, text: String| TextPart {
            text,
            href: Some(linker.to_address(address)),
        };
        let file = |address: &String| {
            let name = address.rsplit('/').next().unwrap_or(address);
            link(address, name.to_owned())
        };
        let files = [&listed.json, &listed.csv].into_iter().flatten().map(file);
        let folder = listed.split.then(|| TextPart {
            text: s.format(
                "data.months",
                &[("folder", &format!("data/{}/", listed.name))],
            ),
            href: None,
        });
        let schema = listed.schema.iter();
        let schema = schema.map(|address| link(address, s.get("data.schema").to_owned()));
        let key = format!("data.about.{}", listed.name);
        let about = s.get(&key);
        let records = s.count("data.records", listed.records);
        RecordLine {
            label: s.get(&format!("data.name.{}", listed.name)).to_owned(),
            parts: self.joined(files.chain(folder).chain(schema).collect()),
            gap: None,
            traces: Vec::new(),
            small: Some(s.format("evidence.and", &[("one", &records), ("other", about)])),
            warn: None,
        }
    }
}
