//! Where everything on the site stands, and links from one page to another.

use std::collections::BTreeMap;

use super::reads::{Index, Map, Reads, Window};
use crate::base::OutPath;
use crate::model::{EntityType, Id, Kind, Ref, Site};

/// The addresses of everything that has a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Addresses(BTreeMap<Ref, String>);

impl Addresses {
    /// The addresses of a site's things: `articles/SLUG/` and so on. Protected entities have none.
    pub fn of(site: &Site) -> Self {
        let mut all = BTreeMap::new();
        let mut add = |kind, id: &Id, address: String| all.insert(Ref::new(kind, id), address);
        for (id, article) in &site.articles {
            add(
                Kind::Article,
                id,
                format!("articles/{}/", article.common.slug.value),
            );
        }
        for (id, topic) in &site.topics {
            add(
                Kind::Topic,
                id,
                format!("topics/{}/", topic.common.slug.value),
            );
        }
        for (id, event) in &site.events {
            add(
                Kind::Event,
                id,
                format!("events/{}/", event.common.slug.value),
            );
        }
        for (id, entity) in site.entities.iter().filter(|(_, e)| !e.protect) {
            let folder = entity.entity_type.folder();
            add(
                Kind::Entity,
                id,
                format!("{folder}/{}/", entity.common.slug.value),
            );
        }
        for (id, measure) in &site.measures {
            add(
                Kind::Measure,
                id,
                format!("measures/{}/", measure.common.slug.value),
            );
        }
        for (id, page) in &site.pages {
            add(Kind::Page, id, format!("{}/", page.common.slug.value));
        }
        Self(all)
    }

    pub(super) fn all(&self) -> &BTreeMap<Ref, String> {
        &self.0
    }
}

/// The addresses of everything, as one view sees them.
#[derive(Debug, Clone, Copy)]
pub struct AddressWindow<'a>(Window<'a, Ref, String>);

impl<'a> AddressWindow<'a> {
    pub(super) fn new(
        addresses: &'a Addresses,
        reads: Option<&'a Reads>,
        index: Option<&'a Index<'a, Ref, String>>,
    ) -> Self {
        Self(Window::new(&addresses.0, Map::Addresses, reads).by(index))
    }

    /// The address of one thing, below the root, ending in `/`.
    pub fn get(&self, kind: Kind, id: &Id) -> Option<&'a str> {
        self.of_ref(&Ref::new(kind, id))
    }

    /// The address of what a reference names.
    pub fn of_ref(&self, to: &Ref) -> Option<&'a str> {
        self.0.get(to).map(String::as_str)
    }
}

/// Makes links from one page.
#[derive(Debug, Clone)]
pub struct Linker<'a> {
    addresses: AddressWindow<'a>,
    /// From the page to the site's root: empty, `../`, `../../`, or an absolute path.
    pub root: String,
}

impl<'a> Linker<'a> {
    /// Links from the page at `path`.
    pub fn from(addresses: AddressWindow<'a>, path: &OutPath) -> Self {
        Self {
            addresses,
            root: "../".repeat(path.as_str().matches('/').count()),
        }
    }

    /// Links that hold at any address, from the path part of the base URL.
    pub fn absolute(addresses: AddressWindow<'a>, base_path: &str) -> Self {
        Self {
            addresses,
            root: base_path.to_owned(),
        }
    }

    /// The link to the home page.
    pub fn home(&self) -> String {
        self.to_address("")
    }

    /// The link to an address below the root.
    pub fn to_address(&self, address: &str) -> String {
        match (self.root.as_str(), address) {
            ("", "") => "./".into(),
            (root, address) => [root, address].concat(),
        }
    }

    /// The link to a thing's page; none where it has none.
    pub fn to(&self, kind: Kind, id: &Id) -> Option<String> {
        self.addresses.get(kind, id).map(|a| self.to_address(a))
    }

    /// The link to what a reference names.
    pub fn to_ref(&self, to: &Ref) -> Option<String> {
        self.to(to.kind, &to.id)
    }

    /// The link to a place on a thing's page.
    pub fn to_place(&self, kind: Kind, id: &Id, fragment: &str) -> Option<String> {
        let address = self.addresses.get(kind, id)?;
        Some([self.root.as_str(), address, "#", fragment].concat())
    }
}

/// The class of an entity type's marks.
pub fn class(entity_type: EntityType) -> &'static str {
    match entity_type {
        EntityType::Person => "person",
        EntityType::Organization => "org",
        EntityType::Place => "place",
        EntityType::Term => "term",
    }
}
