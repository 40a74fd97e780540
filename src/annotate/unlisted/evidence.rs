//! Points for and against each kind of name.

use super::NameKind;

/// The rule that weighed most for a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// A title right before it: `Gen. Park`.
    Title,
    /// A role noun beside it: `spokesman Kim`, `Kim, the mayor`.
    Role,
    /// A common given or family name in it.
    GivenName,
    /// The shape of a person's name: `Kim Jong-un`, `J. Doe`, `-enko`.
    NameShape,
    /// A word inside that makes names of its kind: `Ministry`, `University`, `River`.
    HeadNoun,
    /// A corporate suffix: `Inc`.
    Suffix,
    /// A place everybody knows.
    KnownPlace,
    /// An organisation everybody knows.
    KnownOrganization,
    /// Capital letters, or an acronym bound to what it stands for.
    Acronym,
    /// A dateline or a byline.
    Dateline,
    /// A preposition or a noun of place beside it: `in X`, `the city of X`.
    PlaceWord,
    /// A noun of organisations beside it: `carmaker X`, `X shares`.
    BodyWord,
    /// It speaks or acts: `X said`, `X, who`.
    Speech,
    /// An age after it: `X, 49,`.
    Age,
    /// A part of a fuller name elsewhere in the document.
    PartOfName,
    /// It stands in a row with names of that kind.
    Row,
    /// Two or three capitalised words that are no common words.
    Capitals,
}

/// What a candidate may be: the three kinds, or something else (a law, a work, a product).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Person = 0,
    Body = 1,
    Place = 2,
    Other = 3,
}

impl Sort {
    pub(super) const ALL: [Sort; 4] = [Sort::Person, Sort::Body, Sort::Place, Sort::Other];

    pub(super) fn kind(self) -> Option<NameKind> {
        match self {
            Sort::Person => Some(NameKind::Person),
            Sort::Body => Some(NameKind::Organization),
            Sort::Place => Some(NameKind::Place),
            Sort::Other => None,
        }
    }
}

/// Points per [`Sort`], ten to a point, with the heaviest reason of each.
#[derive(Clone, Copy, Debug)]
pub(super) struct Evidence {
    points: [i32; 4],
    reasons: [(i32, Why); 4],
}

impl Default for Evidence {
    fn default() -> Evidence {
        Evidence {
            points: [0; 4],
            reasons: [(0, Why::Capitals); 4],
        }
    }
}

impl Evidence {
    /// Adds `points` for `sort`.
    pub(super) fn add(&mut self, sort: Sort, points: i32, why: Why) {
        let i = sort as usize;
        self.points[i] += points;
        if points > self.reasons[i].0 {
            self.reasons[i] = (points, why);
        }
    }

    /// The points of `sort`.
    pub(super) fn of(&self, sort: Sort) -> i32 {
        self.points[sort as usize]
    }

    /// The heaviest reason for `sort`.
    pub(super) fn why(&self, sort: Sort) -> Why {
        self.reasons[sort as usize].1
    }

    /// The best sort, its points and its lead over the next.
    pub(super) fn best(&self) -> (Sort, i32, i32) {
        let mut best = (Sort::Other, i32::MIN);
        let mut next = i32::MIN;
        for sort in Sort::ALL {
            let points = self.of(sort);
            if points > best.1 {
                next = best.1;
                best = (sort, points);
            } else {
                next = next.max(points);
            }
        }
        (best.0, best.1, best.1.saturating_sub(next))
    }

    /// Adds what another mention of the same name says.
    pub(super) fn merge(&mut self, other: &Evidence) {
        for i in 0..4 {
            self.points[i] = (self.points[i] + other.points[i]).clamp(-500, 500);
            if other.reasons[i].0 > self.reasons[i].0 {
                self.reasons[i] = other.reasons[i];
            }
        }
    }

    /// Takes the stronger of two readings of the same words: the most for each kind, the least
    /// against all.
    pub(super) fn strongest(&mut self, other: &Evidence) {
        for i in 0..3 {
            if other.points[i] > self.points[i] {
                self.points[i] = other.points[i];
                self.reasons[i] = other.reasons[i];
            }
        }
        self.points[3] = self.points[3].min(other.points[3]);
    }
}
