//! What we wrote: the manifest of a finished build, and the intent of one under way.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Error, Plan};
use crate::base::{Hash128, OutPath};
use crate::render::Artifact;

/// The manifest's name in the output folder.
pub const MANIFEST: &str = ".dateline-manifest.json";

/// The version of the manifest's form.
const VERSION: u32 = 1;

/// The files that the last finished build left in the output folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// What all of it was made from; none where that is not to be relied on.
    pub inputs: Option<Hash128>,
    /// Each file by its path.
    pub files: BTreeMap<OutPath, Entry>,
}

/// One file as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// A hash of its bytes.
    pub hash: Hash128,
    /// Its size in bytes.
    pub size: u64,
    /// For each named part that went into it the first eight hexadecimal digits of the part's hash.
    pub parts: BTreeMap<String, String>,
}

impl Entry {
    pub(super) fn of(artifact: &Artifact) -> Self {
        let part = |(name, hash): &(&str, Hash128)| ((*name).to_owned(), short(*hash));
        Self {
            hash: artifact.hash,
            size: artifact.size,
            parts: artifact.parts.iter().map(part).collect(),
        }
    }

    /// The names of the parts in which two entries differ, in order.
    pub(super) fn changed_parts(&self, new: &Self) -> Vec<String> {
        let names: BTreeSet<&String> = self.parts.keys().chain(new.parts.keys()).collect();
        names
            .into_iter()
            .filter(|name| self.parts.get(*name) != new.parts.get(*name))
            .cloned()
            .collect()
    }
}

/// The first eight hexadecimal digits, which tell that a part changed without saying anything else of it.
fn short(hash: Hash128) -> String {
    hash.hex().chars().take(8).collect()
}

#[derive(Serialize, Deserialize)]
struct EntryForm {
    hash: String,
    size: u64,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    parts: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct ManifestForm {
    version: u32,
    #[serde(default)]
    inputs: Option<String>,
    files: BTreeMap<String, EntryForm>,
}

impl Manifest {
    /// The manifest of a plan that has been carried out.
    pub fn of(plan: &Plan) -> Self {
        let entry = |file: &Artifact| (file.path.clone(), Entry::of(file));
        Self {
            inputs: plan.inputs,
            files: plan.files().map(entry).collect(),
        }
    }

    /// The manifest in `out`; an empty one where there is none.
    ///
    /// # Errors
    /// It cannot be read or is damaged.
    pub fn read(out: &Path) -> Result<Self, Error> {
        let path = out.join(MANIFEST);
        match read_file(&path)? {
            None => Ok(Self::default()),
            Some(bytes) => Self::parse(&bytes).map_err(|why| Error::Manifest { path, why }),
        }
    }

    /// Reads what [`to_json`](Self::to_json) made. It may have been tampered with: a path that leads out of the
    /// output folder is refused like any other fault.
    fn parse(bytes: &[u8]) -> Result<Self, String> {
        let form: ManifestForm = serde_json::from_slice(bytes).map_err(|e| e.to_string())?;
        if form.version != VERSION {
            return Err(format!("it is of version {}, not {VERSION}", form.version));
        }
        let mut files = BTreeMap::new();
        for (path, entry) in form.files {
            let out_path = OutPath::new(&path).map_err(|e| format!("‘{path}’ {e}"))?;
            let hash = Hash128::parse(&entry.hash)
                .ok_or_else(|| format!("the hash of ‘{path}’ is not a hash"))?;
            let entry = Entry {
                hash,
                size: entry.size,
                parts: entry.parts,
            };
            files.insert(out_path, entry);
        }
        Ok(Self {
            inputs: form.inputs.as_deref().and_then(Hash128::parse),
            files,
        })
    }

    /// The manifest as JSON, a line for each file so that version control shows what changed.
    pub fn to_json(&self) -> String {
        let inputs = self
            .inputs
            .map(|hash| format!(",\"inputs\":\"{}\"", hash.hex()));
        let inputs = inputs.unwrap_or_default();
        let mut json = format!("{{\"version\":{VERSION}{inputs},\"files\":{{");
        for (i, (path, entry)) in self.files.iter().enumerate() {
            let form = EntryForm {
                hash: entry.hash.hex(),
                size: entry.size,
                parts: entry.parts.clone(),
            };
            json.push_str(if i == 0 { "\n" } else { ",\n" });
            json.push_str(&json_of(&path.as_str()));
            json.push(':');
            json.push_str(&json_of(&form));
        }
        json.push_str("\n}}\n");
        json
    }
}

/// Strings, numbers and maps of strings always have a JSON form.
fn json_of(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// What a build is about to put in place, written before it does. A file that stands on disk with one of these hashes
/// is ours although no manifest lists it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Intent {
    /// The hashes that each path may have been given, by this build or by interrupted ones before it.
    pub(super) files: BTreeMap<OutPath, BTreeSet<Hash128>>,
}

impl Intent {
    /// The name within the staging folder.
    pub(super) const NAME: &str = "intent.json";

    /// The intent in the staging folder. It is renamed into place whole, so one that cannot be understood was not
    /// written by us and says nothing.
    pub(super) fn read(staging: &Path) -> Result<Self, Error> {
        let bytes = read_file(&staging.join(Self::NAME))?.unwrap_or_default();
        let form: BTreeMap<String, Vec<String>> =
            serde_json::from_slice(&bytes).unwrap_or_default();
        let mut files = BTreeMap::new();
        for (path, hashes) in form {
            if let Ok(path) = OutPath::new(&path) {
                files.insert(
                    path,
                    hashes.iter().filter_map(|h| Hash128::parse(h)).collect(),
                );
            }
        }
        Ok(Self { files })
    }

    /// Adds a file that is about to be put in place.
    pub(super) fn add(&mut self, artifact: &Artifact) {
        self.files
            .entry(artifact.path.clone())
            .or_default()
            .insert(artifact.hash);
    }

    /// Whether a file of this hash may have been put there by an interrupted build.
    pub(super) fn has(&self, path: &OutPath, hash: Hash128) -> bool {
        self.files
            .get(path)
            .is_some_and(|hashes| hashes.contains(&hash))
    }

    pub(super) fn to_json(&self) -> String {
        let form: BTreeMap<&str, Vec<String>> = self
            .files
            .iter()
            .map(|(path, hashes)| (path.as_str(), hashes.iter().map(|h| h.hex()).collect()))
            .collect();
        json_of(&form)
    }
}

/// The bytes of a plain file; none where there is no file. Links are not followed.
fn read_file(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    let fail = |source| Error::io("read", path, source);
    match std::fs::symlink_metadata(path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(fail(e)),
        Ok(meta) if !meta.is_file() => Err(fail(io::Error::other("it is not a plain file"))),
        Ok(_) => std::fs::read(path).map(Some).map_err(fail),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::Class;

    fn plan_of(path: &str) -> Plan {
        let path = OutPath::new(path).unwrap();
        let mut artifact = Artifact::new(path, b"abc".as_slice(), Class::Page, "test");
        artifact.parts = vec![("text", Hash128::of(b"t")), ("theme", Hash128::of(b"u"))];
        crate::output::plan(vec![artifact]).value
    }

    #[test]
    fn written_and_read_back() {
        let manifest = Manifest::of(&plan_of("a/개성.html"));
        let json = manifest.to_json();
        assert_eq!(
            json,
            "{\"version\":1,\"files\":{\n\"a/개성.html\":{\"hash\":\"6437b3ac38465133ffb63b75273a8db5\",\"size\":3,\
             \"parts\":{\"text\":\"05386614\",\"theme\":\"135e48e7\"}}\n}}\n"
        );
        assert_eq!(Manifest::parse(json.as_bytes()), Ok(manifest));
    }

    #[test]
    fn a_manifest_that_leads_outside_is_refused() {
        let json = Manifest::of(&plan_of("a")).to_json();
        assert!(Manifest::parse(json.replace("\"a\"", "\"../a\"").as_bytes()).is_err());
        assert!(Manifest::parse(json.replace("6437", "xx").as_bytes()).is_err());
        assert!(
            Manifest::parse(json.replace("\"version\":1", "\"version\":2").as_bytes()).is_err()
        );
        assert!(Manifest::parse(b"").is_err());
    }

    #[test]
    fn parts_that_differ_are_named() {
        let old = Manifest::of(&plan_of("a"))
            .files
            .into_values()
            .next()
            .unwrap();
        let mut new = old.clone();
        new.parts.remove("theme");
        new.parts.insert("related".into(), "00000000".into());
        assert_eq!(old.changed_parts(&new), ["related", "theme"]);
    }
}
