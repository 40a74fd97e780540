//! What differs between a plan and the output folder. Reads only.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::manifest::{Entry, Intent, Manifest};
use super::plan::{folded, folders};
use super::{Error, Plan};
use crate::base::{Hash128, OutPath};
use crate::render::Artifact;

/// Why a file was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It was not there before.
    New,
    /// We had written it, and somebody has removed it.
    Missing,
    /// We had written it, and somebody has altered it.
    Altered,
    /// What it is made from changed: the names of the parts that differ, in order. None where the file tells no parts.
    Changed(Vec<String>),
}

/// What the last commit of this process saw, so that the next one need not read files that nobody has touched since.
///
/// It lives in memory and never on disk: times of modification in the manifest would make equal sites differ.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    out: PathBuf,
    files: BTreeMap<OutPath, (Stamp, Hash128)>,
}

impl Seen {
    /// Forgets everything if it was gathered in another folder.
    pub(super) fn turn_to(&mut self, out: &Path) {
        if self.out != out {
            *self = Self {
                out: out.to_owned(),
                files: BTreeMap::new(),
            };
        }
    }

    pub(super) fn keep(&mut self, path: &OutPath, stamp: Stamp, hash: Hash128) {
        self.files.insert(path.clone(), (stamp, hash));
    }

    pub(super) fn forget(&mut self, path: &OutPath) {
        self.files.remove(path);
    }
}

/// What tells a touched file from one that is as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
    id: (u64, u64),
}

impl Stamp {
    pub(super) fn of(meta: &Metadata) -> Self {
        #[cfg(unix)]
        let id = {
            use std::os::unix::fs::MetadataExt;
            (meta.dev(), meta.ino())
        };
        #[cfg(not(unix))]
        let id = (0, 0);
        Self {
            size: meta.len(),
            modified: meta.modified().ok(),
            id,
        }
    }
}

/// What stands at a path of the output folder; links are not followed.
enum Found {
    Nothing,
    File(Metadata),
    /// A link, a pipe, a device.
    Odd,
    Folder,
    /// This path above it is not a folder.
    Behind(OutPath),
}

/// What a commit has to do.
#[derive(Debug, Default)]
pub(super) struct Difference<'p> {
    /// Files to write.
    pub(super) write: Vec<(&'p Artifact, Why)>,
    /// How many files are right as they are.
    pub(super) unchanged: usize,
    /// Our files that the plan no longer has.
    pub(super) stale: Vec<OutPath>,
    /// Our files that the plan no longer has and that are gone already; their folders may be left.
    pub(super) gone: Vec<OutPath>,
    /// Folders, innermost first, that stand where a file goes and hold nothing but our stale files.
    pub(super) hollow: Vec<PathBuf>,
    /// What is not ours and stands where our files go, in order.
    pub(super) foreign: Vec<OutPath>,
}

impl Difference<'_> {
    /// Whether every file of the plan is right and nothing of ours is left beside it.
    pub(super) fn is_empty(&self) -> bool {
        self.write.is_empty() && self.stale.is_empty() && self.gone.is_empty()
    }
}

/// Compares `plan` with what stands in `out`.
pub(super) fn compare<'p>(
    plan: &'p Plan,
    out: &Path,
    manifest: &Manifest,
    intent: &Intent,
    seen: &mut Seen,
) -> Result<Difference<'p>, Error> {
    let mut look = Look {
        out,
        manifest,
        intent,
        seen,
        folders: BTreeMap::new(),
        respelled: BTreeMap::new(),
    };
    let mut difference = Difference::default();
    look.stale(plan, &mut difference)?;
    for artifact in plan.files() {
        match look.verdict(artifact, &mut difference)? {
            Verdict::Right => difference.unchanged += 1,
            Verdict::Write(why) => difference.write.push((artifact, why)),
            Verdict::Foreign(path) => difference.foreign.push(path),
        }
    }
    difference.foreign.sort();
    difference.foreign.dedup();
    Ok(difference)
}

enum Verdict {
    Right,
    Write(Why),
    Foreign(OutPath),
}

struct Look<'a> {
    out: &'a Path,
    manifest: &'a Manifest,
    intent: &'a Intent,
    seen: &'a mut Seen,
    /// For each folder asked for: whether it is there; `None` where something else is.
    folders: BTreeMap<String, Option<bool>>,
    /// Stale paths by their folded form.
    respelled: BTreeMap<String, OutPath>,
}

impl Look<'_> {
    /// Finds our files that the plan does not have.
    fn stale(&mut self, plan: &Plan, difference: &mut Difference<'_>) -> Result<(), Error> {
        let (manifest, intent) = (self.manifest, self.intent);
        let mut listed: Vec<&OutPath> = manifest.files.keys().chain(intent.files.keys()).collect();
        listed.sort();
        listed.dedup();
        for path in listed.into_iter().filter(|path| plan.get(path).is_none()) {
            match self.find(path)? {
                Found::Nothing | Found::Folder => {
                    difference.gone.push(path.clone());
                    continue;
                }
                // What is above it may be a link to somewhere else, where nothing is ours.
                Found::Behind(_) => continue,
                found if !self.is_ours(path, &found)? => continue,
                _ => difference.stale.push(path.clone()),
            }
            self.respelled.insert(folded(path.as_str()), path.clone());
        }
        Ok(())
    }

    fn verdict(
        &mut self,
        artifact: &Artifact,
        difference: &mut Difference<'_>,
    ) -> Result<Verdict, Error> {
        let path = &artifact.path;
        let entry = self.manifest.files.get(path);
        let absent = match entry {
            Some(_) => Why::Missing,
            None => Why::New,
        };
        Ok(match self.find(path)? {
            Found::Nothing => Verdict::Write(absent),
            Found::Behind(above) => match self.find(&above)? {
                found if self.is_ours(&above, &found)? => Verdict::Write(absent),
                _ => Verdict::Foreign(above),
            },
            Found::Folder => match self.foreign_within(path, &mut difference.hollow)? {
                Some(foreign) => Verdict::Foreign(foreign),
                None => Verdict::Write(absent),
            },
            Found::Odd if entry.is_some() => Verdict::Write(Why::Altered),
            Found::Odd => Verdict::Foreign(path.clone()),
            // On a disk that ignores case this is our own stale file, which is removed before this one goes in.
            Found::File(_) if self.is_respelled(path) => Verdict::Write(Why::New),
            Found::File(meta) => self.verdict_on_file(artifact, entry, &meta)?,
        })
    }

    /// Compares a file's bytes, reading them only where nothing else decides.
    fn verdict_on_file(
        &mut self,
        artifact: &Artifact,
        entry: Option<&Entry>,
        meta: &Metadata,
    ) -> Result<Verdict, Error> {
        let path = &artifact.path;
        let stamp = Stamp::of(meta);
        let known = self
            .seen
            .files
            .get(path)
            .filter(|(s, _)| *s == stamp)
            .map(|(_, h)| *h);
        let hash = match (known, entry) {
            (Some(hash), _) => hash,
            (None, Some(entry)) if meta.len() != entry.size && meta.len() != artifact.size => {
                return Ok(Verdict::Write(Why::Altered));
            }
            (None, _) => match fs::read(self.out.join(path.as_str())) {
                Ok(bytes) if Some(&*bytes) == artifact.bytes.as_deref() => artifact.hash,
                Ok(bytes) => Hash128::of(&bytes),
                // It is ours and will be replaced, so it does not matter what is in it.
                Err(_) if entry.is_some() => return Ok(Verdict::Write(Why::Altered)),
                Err(e) => return Err(Error::io("read", &self.out.join(path.as_str()), e)),
            },
        };
        if hash == artifact.hash {
            self.seen.keep(path, stamp, hash);
            return Ok(Verdict::Right);
        }
        Ok(match entry {
            Some(entry) if entry.hash == hash => {
                Verdict::Write(Why::Changed(entry.changed_parts(&Entry::of(artifact))))
            }
            _ if self.intent.has(path, hash) => Verdict::Write(Why::Changed(Vec::new())),
            Some(_) => Verdict::Write(Why::Altered),
            None => Verdict::Foreign(path.clone()),
        })
    }

    /// Whether what stands at `path` was put there by us: the manifest lists it, or an interrupted build meant to write
    /// these very bytes.
    fn is_ours(&self, path: &OutPath, found: &Found) -> Result<bool, Error> {
        if self.manifest.files.contains_key(path) {
            return Ok(true);
        }
        if !self.intent.files.contains_key(path) || !matches!(found, Found::File(_)) {
            return Ok(false);
        }
        let full = self.out.join(path.as_str());
        let bytes = fs::read(&full).map_err(|e| Error::io("read", &full, e))?;
        Ok(self.intent.has(path, Hash128::of(&bytes)))
    }

    /// Whether the file at `path` is also found under the other spelling of a stale one.
    fn is_respelled(&self, path: &OutPath) -> bool {
        if self.respelled.is_empty() {
            return false;
        }
        let real = |path: &OutPath| self.out.join(path.as_str()).canonicalize().ok();
        self.respelled
            .get(&folded(path.as_str()))
            .is_some_and(|stale| real(stale).is_some() && real(stale) == real(path))
    }

    /// The first thing in the folder at `path` that is not ours. Where there is none, the folder and those in it are
    /// added to `hollow`, innermost first.
    fn foreign_within(
        &mut self,
        path: &OutPath,
        hollow: &mut Vec<PathBuf>,
    ) -> Result<Option<OutPath>, Error> {
        let top = self.out.join(path.as_str());
        let mut inside = Vec::new();
        for entry in walkdir::WalkDir::new(&top)
            .contents_first(true)
            .sort_by_file_name()
        {
            let entry = entry.map_err(|e| Error::io("read", &top, e.into()))?;
            if entry.file_type().is_dir() {
                inside.push(entry.into_path());
                continue;
            }
            let name = entry.path().strip_prefix(self.out).unwrap_or(entry.path());
            let parts: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
            let Ok(name) = OutPath::new(&parts.join("/")) else {
                return Ok(Some(path.clone()));
            };
            let found = self.find(&name)?;
            if !self.is_ours(&name, &found)? {
                return Ok(Some(name));
            }
        }
        hollow.append(&mut inside);
        Ok(None)
    }

    /// What stands at `path`.
    fn find(&mut self, path: &OutPath) -> Result<Found, Error> {
        for folder in folders(path.as_str()) {
            let state = match self.folders.get(folder) {
                Some(state) => *state,
                None => {
                    let state = self
                        .stat(folder)?
                        .map_or(Some(false), |meta| meta.is_dir().then_some(true));
                    self.folders.insert(folder.to_owned(), state);
                    state
                }
            };
            match state {
                Some(true) => {}
                Some(false) => return Ok(Found::Nothing),
                // What is above an output path is one as well.
                None => return Ok(OutPath::new(folder).map_or(Found::Nothing, Found::Behind)),
            }
        }
        Ok(match self.stat(path.as_str())? {
            None => Found::Nothing,
            Some(meta) if meta.is_file() => Found::File(meta),
            Some(meta) if meta.is_dir() => Found::Folder,
            Some(_) => Found::Odd,
        })
    }

    fn stat(&self, path: &str) -> Result<Option<Metadata>, Error> {
        let full = self.out.join(path);
        match fs::symlink_metadata(&full) {
            Ok(meta) => Ok(Some(meta)),
            Err(e)
                if matches!(
                    e.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
                ) =>
            {
                Ok(None)
            }
            Err(e) => Err(Error::io("read", &full, e)),
        }
    }
}
