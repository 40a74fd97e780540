//! The gazetteer: people, organisations, places and terms.

use super::{Common, Id, Names};
use crate::base::{Edtf, Spanned};

/// A person, organisation, place or term.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// Id, slug, body (the profile) and the like.
    pub common: Common,
    /// Which of the four it is.
    pub entity_type: EntityType,
    /// Its name.
    pub name: Spanned<String>,
    /// Other full names.
    pub aliases: Vec<Spanned<String>>,
    /// Names that count only after a full mention in the same article.
    pub weak_aliases: Vec<Spanned<String>>,
    /// Adjectives and people of a country; their plurals match too.
    pub demonyms: Vec<Spanned<String>>,
    /// Phrases that look alike and are not it.
    pub never: Vec<String>,
    /// Context words, one of which must be in the article.
    pub needs: Vec<String>,
    /// Ignore case when matching.
    pub fold: bool,
    /// Names in other languages; matched too.
    pub names: Names,
    /// A sentence or two for the card.
    pub description: Option<String>,
    /// Office or position.
    pub role: Option<String>,
    /// Offices that it held at known times.
    pub roles: Vec<Office>,
    /// What it is: `city`, `ministry`.
    pub kind: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// The organisation that a person speaks for.
    pub affiliation: Option<Spanned<Id>>,
    /// Latitude and longitude in degrees.
    pub coordinates: Option<(f64, f64)>,
    /// The same thing elsewhere.
    pub same_as: Vec<String>,
    /// For a term, others that are used for the same people or thing. One side of a tie is enough.
    pub contested_with: Vec<Spanned<Id>>,
    /// For a capital, the government that it may stand for.
    pub metonym: Option<String>,
    /// The name is kept out of all output.
    pub protect: bool,
    /// What is printed instead of a protected name.
    pub replacement: Option<String>,
}

/// An office or position, and when it was held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// What it was.
    pub role: String,
    /// When it began; from any time on where that is not said.
    pub from: Option<Edtf>,
    /// When it ended; still held where that is not said.
    pub until: Option<Edtf>,
}

impl Entity {
    /// The first of its offices that it held at a time, or at some of it where it is not known finely.
    pub fn role_at(&self, when: &Edtf) -> Option<&str> {
        let held = |office: &&Office| {
            let begun = office
                .from
                .as_ref()
                .is_none_or(|from| from.earliest() <= when.latest());
            let lasting = office
                .until
                .as_ref()
                .is_none_or(|until| when.earliest() <= until.latest());
            begun && lasting
        };
        self.roles
            .iter()
            .find(held)
            .map(|office| office.role.as_str())
    }

    /// The id.
    pub fn id(&self) -> &Id {
        &self.common.id
    }
}

/// What an entity is; its folder says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum EntityType {
    /// A human being.
    Person,
    /// An organisation.
    Organization,
    /// A place.
    Place,
    /// A term, a programme, a war, a law.
    Term,
}

impl EntityType {
    /// Every type, in the order in which they are listed.
    pub const ALL: [Self; 4] = [Self::Person, Self::Organization, Self::Place, Self::Term];

    /// The folder under `content/` and the first part of the address.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Person => "people",
            Self::Organization => "organizations",
            Self::Place => "places",
            Self::Term => "terms",
        }
    }

    /// The word for it in the singular, as in class names and data.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Place => "place",
            Self::Term => "term",
        }
    }
}
