//! Every file of the site by its path, before any is written.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::{LOCK, MANIFEST, STAGING};
use crate::base::{Code, Diagnostic, Hash128, OutPath, Outcome, Place, SitePath};
use crate::render::Artifact;

/// What GitHub Pages takes, in bytes.
const LIMIT: u64 = 1_000_000_000;

/// From here on a site is close enough to [`LIMIT`] to say so, in bytes.
const NEAR: u64 = 900_000_000;

/// The files of a site, each path claimed once.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    files: BTreeMap<OutPath, Artifact>,
    bytes: u64,
    /// A hash of all that the files were made from, where a build from the same need not be made again: nothing was wrong with it.
    pub inputs: Option<Hash128>,
}

impl Plan {
    /// The artifacts in order of their paths.
    pub fn files(&self) -> impl Iterator<Item = &Artifact> {
        self.files.values()
    }

    /// The artifact at `path`.
    pub fn get(&self, path: &OutPath) -> Option<&Artifact> {
        self.files.get(path)
    }

    /// The number of files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The size of all files together, in bytes.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }
}

/// Lays out artifacts by path.
///
/// Two artifacts clash where they have the same path, where their paths are the same to file systems that ignore case
/// or Unicode normalisation (macOS, Windows), and where one is a file at a path that the other needs as a folder. The
/// clash is reported once, and the first of them in order of path and origin stays in the plan.
pub fn plan(mut artifacts: Vec<Artifact>) -> Outcome<Plan> {
    artifacts.sort_by(|a, b| (&a.path, &a.origin).cmp(&(&b.path, &b.origin)));
    let mut layout = Layout::default();
    let mut plan = Plan::default();
    for artifact in artifacts {
        if layout.admit(&artifact) {
            plan.bytes += artifact.size;
            plan.files.insert(artifact.path.clone(), artifact);
        }
    }
    let mut diagnostics = layout.diagnostics;
    diagnostics.extend(size_warning(&plan));
    Outcome {
        value: plan,
        diagnostics,
    }
}

/// The form of a path under which case-insensitive and normalising file systems find it.
pub(super) fn folded(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    path.nfd().flat_map(char::to_lowercase).nfc().collect()
}

/// The folders above a path, outermost first: `a`, `a/b` of `a/b/c`.
pub(super) fn folders(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    path.match_indices('/').map(|(slash, _)| &path[..slash])
}

/// What is known of a path or folder, and who asked for it first.
struct Claim {
    spelling: String,
    is_file: bool,
    path: OutPath,
    origin: String,
    place: Option<Place>,
}

/// Every path and folder claimed so far, by its folded form.
#[derive(Default)]
struct Layout {
    claims: BTreeMap<String, Claim>,
    reported: BTreeMap<(String, String), ()>,
    diagnostics: Vec<Diagnostic>,
}

impl Layout {
    /// Claims the artifact's path and the folders above it; false, with a diagnostic, where another has them.
    fn admit(&mut self, artifact: &Artifact) -> bool {
        let path = artifact.path.as_str();
        if let Some(own) = [MANIFEST, STAGING, LOCK]
            .into_iter()
            .find(|own| folded(path.split('/').next().unwrap_or(path)) == *own)
        {
            self.diagnostics.push(
                clash(
                    artifact,
                    format!("{} would be written to ‘{path}’", artifact.origin),
                )
                .help(format!(
                    "‘{own}’ is where Dateline keeps its own records; choose another path"
                )),
            );
            return false;
        }
        let steps: Vec<(&str, bool)> = folders(path)
            .map(|folder| (folder, false))
            .chain([(path, true)])
            .collect();
        for &(step, is_file) in &steps {
            if let Some(claim) = self.claims.get(&folded(step))
                && (is_file || claim.is_file || claim.spelling != step)
            {
                self.report(&folded(step), step, is_file, artifact);
                return false;
            }
        }
        for (step, is_file) in steps {
            self.claims.entry(folded(step)).or_insert_with(|| Claim {
                spelling: step.to_owned(),
                is_file,
                path: artifact.path.clone(),
                origin: artifact.origin.clone(),
                place: artifact.place.clone(),
            });
        }
        true
    }

    /// Reports that `artifact` wants `step`, which an earlier claim has. A folder is reported once for each spelling,
    /// or a respelled folder would be reported for every page in it.
    fn report(&mut self, key: &str, step: &str, is_file: bool, artifact: &Artifact) {
        let Some(claim) = self.claims.get(key) else {
            return;
        };
        let folder_again = !is_file
            && self
                .reported
                .insert((key.to_owned(), step.to_owned()), ())
                .is_some();
        if folder_again {
            return;
        }
        let (new, old) = (&artifact.origin, &claim.origin);
        let (message, help) = if claim.spelling == step && is_file && claim.is_file {
            (
                format!("{new} and {old} would both be written to ‘{step}’"),
                match (&artifact.place, &claim.place) {
                    (Some(_), None) => own_page(new, old),
                    (None, Some(_)) => own_page(old, new),
                    _ => "give one of them another `slug`".to_owned(),
                },
            )
        } else if is_file == claim.is_file {
            (
                format!(
                    "{new} (‘{}’) and {old} (‘{}’) would be written to paths that differ only in capitals or accents",
                    artifact.path, claim.path
                ),
                "macOS and Windows take them for one file; spell the common part alike or give one of them another `slug`".to_owned(),
            )
        } else {
            (
                format!(
                    "{new} (‘{}’) and {old} (‘{}’) cannot both be written: one is a file where the other needs a folder",
                    artifact.path, claim.path
                ),
                "give one of them another `slug`".to_owned(),
            )
        };
        let mut diagnostic = clash(artifact, message).help(help);
        if let Some(place) = &claim.place {
            if artifact.place.is_some() {
                diagnostic = diagnostic.label(place.clone(), format!("{old} is written here"));
            } else {
                diagnostic.place = place.clone();
            }
        }
        self.diagnostics.push(diagnostic);
    }
}

/// What to do where `one` stands at the address of `page`, which no editor has chosen.
fn own_page(one: &str, page: &str) -> String {
    format!(
        "Dateline makes {page} itself and needs that address; give {one} another `slug` or alias"
    )
}

/// A clash at the artifact's place, or at the output itself where nobody wrote it.
fn clash(artifact: &Artifact, message: String) -> Diagnostic {
    let place = artifact
        .place
        .clone()
        .unwrap_or_else(|| Place::File(SitePath::new(format!("public/{}", artifact.path))));
    Diagnostic::at(Code::PathClash, place, message)
}

/// A warning when the site is near or over what GitHub Pages takes, naming its largest files.
fn size_warning(plan: &Plan) -> Option<Diagnostic> {
    let bytes = plan.bytes;
    if bytes < NEAR {
        return None;
    }
    let mut largest: Vec<(u64, &OutPath)> =
        plan.files().map(|file| (file.size, &file.path)).collect();
    largest.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    let names: Vec<String> = largest
        .iter()
        .take(3)
        .map(|(size, path)| format!("‘{path}’ ({})", megabytes(*size)))
        .collect();
    let message = if bytes > LIMIT {
        format!(
            "the site has {}, more than the 1 GB that GitHub Pages takes",
            megabytes(bytes)
        )
    } else {
        format!(
            "the site has {} and nears the 1 GB that GitHub Pages takes",
            megabytes(bytes)
        )
    };
    let diagnostic = Diagnostic::file(Code::SiteSize, &SitePath::new("public"), message);
    Some(match names.is_empty() {
        true => diagnostic,
        false => diagnostic.help(format!("its largest files are {}", names.join(", "))),
    })
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes.div_ceil(1_000_000))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Span;
    use crate::render::Class;

    fn artifact(path: &str, origin: &str) -> Artifact {
        Artifact::new(
            OutPath::new(path).unwrap(),
            b"x".as_slice(),
            Class::Page,
            origin,
        )
    }

    fn messages(paths: &[&str]) -> Vec<String> {
        let artifacts = paths.iter().map(|path| artifact(path, path)).collect();
        let outcome = plan(artifacts);
        outcome.diagnostics.into_iter().map(|d| d.message).collect()
    }

    #[test]
    fn sorted_and_summed() {
        let outcome = plan(vec![artifact("b", "b"), artifact("a/c", "c")]);
        assert!(outcome.diagnostics.is_empty());
        let paths: Vec<_> = outcome.value.files().map(|f| f.path.as_str()).collect();
        assert_eq!((paths, outcome.value.bytes()), (vec!["a/c", "b"], 2));
    }

    #[test]
    fn a_clash_names_both_origins_and_places() {
        let (one, two) = (SitePath::new("one.md"), SitePath::new("two.md"));
        let mut first = artifact("x/index.html", "the page one");
        first.place = Some(Place::Span(Span::new(&one, 4, 8)));
        let mut second = artifact("x/index.html", "the page two");
        second.place = Some(Place::File(two.clone()));
        let outcome = plan(vec![second, first]);
        let fault = &outcome.diagnostics[0];
        assert_eq!(
            fault.message,
            "the page two and the page one would both be written to ‘x/index.html’"
        );
        assert_eq!(fault.place, Place::File(two));
        assert_eq!(fault.labels[0].place, Place::Span(Span::new(&one, 4, 8)));
        let kept = outcome.value.get(&OutPath::new("x/index.html").unwrap());
        assert_eq!(kept.map(|a| a.origin.as_str()), Some("the page one"));
    }

    #[test]
    fn a_clash_without_a_place_of_its_own_points_at_the_other() {
        let mut first = artifact("x", "a");
        first.place = Some(Place::File(SitePath::new("one.md")));
        let outcome = plan(vec![first, artifact("x", "b")]);
        let fault = &outcome.diagnostics[0];
        assert_eq!(fault.place.path().as_str(), "one.md");
        let help = "Dateline makes b itself and needs that address; give a another `slug` or alias";
        assert_eq!(fault.help.as_deref(), Some(help));
    }

    #[test]
    fn capitals_and_normalisation_clash() {
        assert_eq!(messages(&["a/x", "a/X"]).len(), 1);
        assert_eq!(messages(&["caf\u{e9}", "cafe\u{301}"]).len(), 1);
        assert_eq!(messages(&["개성/a", "개성/b"]), Vec::<String>::new());
        // Decomposed Hangul is the same folder to macOS.
        assert_eq!(
            messages(&["개성/a", "\u{1100}\u{1162}\u{1109}\u{1165}\u{11bc}/b"]).len(),
            1
        );
        // One respelled folder is one fault, however many pages are in it.
        assert_eq!(messages(&["A/x", "a/y", "a/z"]).len(), 1);
    }

    #[test]
    fn a_file_where_a_folder_is_needed_clashes() {
        assert_eq!(
            messages(&["a", "a/b"]),
            [
                "a/b (‘a/b’) and a (‘a’) cannot both be written: one is a file where the other needs a folder"
            ]
        );
        assert_eq!(messages(&["a-b", "a/b", "a.b"]), Vec::<String>::new());
    }

    #[test]
    fn our_own_records_cannot_be_claimed() {
        assert_eq!(messages(&[MANIFEST]).len(), 1);
        assert_eq!(messages(&[".dateline-staging/x"]).len(), 1);
        assert_eq!(messages(&["x/.dateline-lock"]), Vec::<String>::new());
    }

    #[test]
    fn size_is_warned_of_near_and_over_the_limit() {
        let at = |bytes| {
            let plan = Plan {
                bytes,
                ..Plan::default()
            };
            size_warning(&plan).map(|d| d.message)
        };
        assert_eq!(at(NEAR - 1), None);
        assert_eq!(
            at(NEAR).as_deref(),
            Some("the site has 900 MB and nears the 1 GB that GitHub Pages takes")
        );
        assert_eq!(
            at(LIMIT + 1).as_deref(),
            Some("the site has 1001 MB, more than the 1 GB that GitHub Pages takes")
        );
    }
}
