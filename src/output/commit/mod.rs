//! Carries out a plan.
//!
//! The order of steps is what makes a build safe to interrupt at any of them:
//!
//! 1. compare, reading only; anything foreign in the way ends the build here;
//! 2. write changed files into the staging folder;
//! 3. write the intent, that is every path and hash about to be put in place, and rename it to its name;
//! 4. remove stale files that are in the way of new ones;
//! 5. rename the staged files in: assets, pages, indexes;
//! 6. remove the other stale files, and folders that this left empty;
//! 7. rename the new manifest in;
//! 8. remove the intent and the staging folder.
//!
//! Until 3 the site is untouched. From 3 to 7 the old manifest still lists what is stale and the intent knows what is
//! new, so the next build recognises both whatever it wants to write itself. An intent is replaced only by one that
//! contains it. Loss of power may leave files that are short: contents are compared anew in each process, so the next
//! build mends them.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::compare::{Difference, Stamp, compare};
use super::disk::RealDisk;
use super::lock::Lock;
use super::manifest::Intent;
use super::plan::{folded, folders};
use super::{Disk, Error, MANIFEST, Manifest, Plan, STAGING, Seen, Why, place};
use crate::base::OutPath;
use crate::render::Artifact;

/// What a commit needs to know besides the plan.
#[derive(Debug, Clone)]
pub struct Options {
    /// The site's root; its sources are never written to.
    pub root: PathBuf,
}

/// What a commit did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The files written, in order of their paths, and why.
    pub written: Vec<(OutPath, Why)>,
    /// The stale files removed, in order.
    pub removed: Vec<OutPath>,
    /// How many files were right as they were.
    pub unchanged: usize,
    /// How many bytes were written, without our own records.
    pub bytes: u64,
}

/// Makes the output folder `out` hold exactly the files of `plan` beside whatever is not ours.
///
/// `seen` spares reading files that the last commit of this process has seen; start with an empty one.
///
/// # Errors
/// See [`Error`]. Where files we did not write are in the way, where the folder is refused or locked, and where staging
/// fails, the site stands as it was.
pub fn commit(
    plan: &Plan,
    out: &Path,
    options: &Options,
    seen: &mut Seen,
) -> Result<Report, Error> {
    commit_on(&RealDisk, plan, out, options, seen)
}

fn commit_on(
    disk: &dyn Disk,
    plan: &Plan,
    out: &Path,
    options: &Options,
    seen: &mut Seen,
) -> Result<Report, Error> {
    place::check(out, &options.root)?;
    place::make(disk, out)?;
    let _lock = Lock::take(out)?;
    let staging = Staging::of(disk, out)?;
    let manifest = Manifest::read(out)?;
    let intent = Intent::read(&staging.path)?;
    seen.turn_to(out);
    let difference = compare(plan, out, &manifest, &intent, seen)?;
    if !difference.foreign.is_empty() {
        return Err(Error::Foreign {
            out: out.to_owned(),
            paths: difference.foreign,
        });
    }
    if let Some((lost, _)) = difference
        .write
        .iter()
        .find(|(file, _)| file.bytes.is_none())
    {
        return Err(Error::NotKept {
            path: out.join(lost.path.as_str()),
        });
    }
    let new = Manifest::of(plan);
    let idle = difference.is_empty() && new == manifest && out.join(MANIFEST).exists();
    if !idle {
        let staged = staging
            .fill(&difference, intent, &new, seen)
            .inspect_err(|_| staging.clear_unless_intended())?;
        for path in &difference.stale {
            seen.forget(path);
        }
        put_in_place(disk, out, &difference, staged)?;
    }
    staging.clear()?;
    Ok(report(difference))
}

fn report(difference: Difference<'_>) -> Report {
    let mut removed = difference.stale;
    removed.sort();
    Report {
        bytes: difference.write.iter().map(|(file, _)| file.size).sum(),
        written: difference
            .write
            .into_iter()
            .map(|(file, why)| (file.path.clone(), why))
            .collect(),
        removed,
        unchanged: difference.unchanged,
    }
}

/// The folder in which changed files wait.
struct Staging<'d> {
    disk: &'d dyn Disk,
    path: PathBuf,
}

/// A staged file and where it goes.
type Staged<'p> = Vec<(PathBuf, &'p Artifact)>;

impl<'d> Staging<'d> {
    fn of(disk: &'d dyn Disk, out: &Path) -> Result<Self, Error> {
        let path = out.join(STAGING);
        if fs::symlink_metadata(&path).is_ok_and(|meta| !meta.is_dir()) {
            return Err(Error::NotAFolder { path });
        }
        Ok(Self { disk, path })
    }

    /// Writes the changed files, the new manifest and last the intent.
    fn fill<'p>(
        &self,
        difference: &Difference<'p>,
        mut intent: Intent,
        manifest: &Manifest,
        seen: &mut Seen,
    ) -> Result<Staged<'p>, Error> {
        self.disk
            .make_folder(&self.path)
            .map_err(|e| Error::io("make the folder", &self.path, e))?;
        self.clear_but(&[Intent::NAME])?;
        let mut staged = Vec::new();
        for (i, (artifact, _)) in difference.write.iter().enumerate() {
            let bytes = artifact.bytes.as_deref().unwrap_or_default();
            let path = self.write(&i.to_string(), bytes)?;
            match fs::symlink_metadata(&path) {
                Ok(meta) => seen.keep(&artifact.path, Stamp::of(&meta), artifact.hash),
                Err(_) => seen.forget(&artifact.path),
            }
            intent.add(artifact);
            staged.push((path, *artifact));
        }
        self.write("manifest.json", manifest.to_json().as_bytes())?;
        let draft = self.write("intent.part", intent.to_json().as_bytes())?;
        let name = self.path.join(Intent::NAME);
        self.disk
            .rename(&draft, &name)
            .map_err(|e| Error::io("write", &name, e))?;
        Ok(staged)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, Error> {
        let path = self.path.join(name);
        match self.disk.write(&path, bytes) {
            Ok(()) => Ok(path),
            Err(e) => Err(Error::io("write", &path, e)),
        }
    }

    /// Removes the folder: the intent first, since what it says is now in the manifest.
    fn clear(&self) -> Result<(), Error> {
        let intent = self.path.join(Intent::NAME);
        self.disk
            .remove_file(&intent)
            .map_err(|e| Error::io("remove", &intent, e))?;
        self.clear_but(&[])?;
        self.disk
            .remove_empty_folder(&self.path)
            .map(drop)
            .map_err(|e| Error::io("remove", &self.path, e))
    }

    /// After staging has failed: gives the space back. The first fault is the one to report, so one here is passed over.
    fn clear_unless_intended(&self) {
        drop(self.clear_but(&[Intent::NAME]));
        drop(self.disk.remove_empty_folder(&self.path));
    }

    fn clear_but(&self, kept: &[&str]) -> Result<(), Error> {
        let fail = |e| Error::io("read", &self.path, e);
        let entries = match fs::read_dir(&self.path) {
            Ok(entries) => entries,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(e) => return Err(fail(e)),
        };
        for entry in entries {
            let entry = entry.map_err(fail)?;
            if !kept.iter().any(|name| entry.file_name() == *name) {
                let path = entry.path();
                self.disk
                    .remove_file(&path)
                    .map_err(|e| Error::io("remove", &path, e))?;
            }
        }
        Ok(())
    }
}

/// Steps 4 to 7.
fn put_in_place(
    disk: &dyn Disk,
    out: &Path,
    difference: &Difference<'_>,
    mut staged: Staged<'_>,
) -> Result<(), Error> {
    let remove = |path: &OutPath| {
        let full = out.join(path.as_str());
        disk.remove_file(&full)
            .map_err(|e| Error::io("remove", &full, e))
    };
    let (early, late) = in_the_way(difference);
    for path in early {
        remove(path)?;
    }
    for folder in &difference.hollow {
        disk.remove_empty_folder(folder)
            .map_err(|e| Error::io("remove", folder, e))?;
    }
    staged.sort_by(|(_, a), (_, b)| (a.class, &a.path).cmp(&(b.class, &b.path)));
    let mut made = BTreeSet::new();
    for (from, artifact) in staged {
        for folder in folders(artifact.path.as_str()) {
            if made.insert(folder) {
                let full = out.join(folder);
                disk.make_folder(&full)
                    .map_err(|e| Error::io("make the folder", &full, e))?;
            }
        }
        let to = out.join(artifact.path.as_str());
        disk.rename(&from, &to)
            .map_err(|e| Error::io("write", &to, e))?;
    }
    for path in late {
        remove(path)?;
    }
    prune(disk, out, difference)?;
    let (draft, name) = (out.join(STAGING).join("manifest.json"), out.join(MANIFEST));
    disk.rename(&draft, &name)
        .map_err(|e| Error::io("write", &name, e))
}

/// Divides the stale files into those that must go before new files come in (a file where a folder is needed, a folder
/// where a file is, another spelling of the same name), and those that go afterwards, when no page refers to them any more.
fn in_the_way<'d>(difference: &'d Difference<'_>) -> (Vec<&'d OutPath>, Vec<&'d OutPath>) {
    if difference.stale.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let mut files = BTreeSet::new();
    let mut needed = BTreeSet::new();
    for (artifact, _) in &difference.write {
        let path = artifact.path.as_str();
        files.insert(folded(path));
        needed.extend(folders(path).map(folded));
    }
    difference.stale.iter().partition(|path| {
        let key = folded(path.as_str());
        files.contains(&key)
            || needed.contains(&key)
            || folders(&key).any(|folder| files.contains(folder))
    })
}

/// Removes the folders that stale files have left empty.
fn prune(disk: &dyn Disk, out: &Path, difference: &Difference<'_>) -> Result<(), Error> {
    let emptied: BTreeSet<&str> = difference
        .stale
        .iter()
        .chain(&difference.gone)
        .flat_map(|path| folders(path.as_str()))
        .collect();
    // In reverse, a folder comes after those in it.
    for folder in emptied.into_iter().rev() {
        let full = out.join(folder);
        disk.remove_empty_folder(&full)
            .map_err(|e| Error::io("remove", &full, e))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
