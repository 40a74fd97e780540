//! Carries out a plan.
//!
//! The order of steps is what makes a build safe to interrupt at any of them:
//!
//! 1. compare, reading only; anything foreign in the way ends the build here;
//! 2. write changed files into the staging folder, those that do not wait there already ([`Staging`]);
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
use std::path::{Path, PathBuf};

use super::compare::{Difference, Stamp, compare};
use super::manifest::Intent;
use super::plan::{folded, folders};
use super::staging::{Opened, Staging};
use super::{Disk, Error, MANIFEST, Manifest, Plan, STAGING, Seen, Why};
use crate::base::OutPath;
use crate::render::Artifact;

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

/// Makes the output folder hold exactly the files of `plan` beside whatever is not ours. What waits in `staging` is put in place from there.
///
/// `seen` spares reading files that the last commit of this process has seen; start with an empty one.
///
/// # Errors
/// See [`Error`]. Where files we did not write are in the way, where the folder is refused or locked, and where staging
/// fails, the site stands as it was.
pub fn commit(plan: &Plan, mut staging: Staging<'_>, seen: &mut Seen) -> Result<Report, Error> {
    let mut opened = staging.opened()?;
    let staging = &staging;
    seen.turn_to(&staging.out);
    let difference = what_to_do(plan, staging, &opened, seen)
        .inspect_err(|_| staging.clear_unless_intended())?;
    let new = Manifest::of(plan);
    let idle =
        difference.is_empty() && new == opened.manifest && staging.out.join(MANIFEST).exists();
    if !idle {
        let staged = fill(staging, &mut opened, &difference, &new, seen)
            .inspect_err(|_| staging.clear_unless_intended())?;
        for path in &difference.stale {
            seen.forget(path);
        }
        put_in_place(staging.disk, &staging.out, &difference, staged)?;
    }
    staging.clear()?;
    Ok(report(difference))
}

/// What has to be done, if it can be.
fn what_to_do<'p>(
    plan: &'p Plan,
    staging: &Staging<'_>,
    opened: &Opened,
    seen: &mut Seen,
) -> Result<Difference<'p>, Error> {
    let out = &staging.out;
    let difference = compare(plan, out, &opened.manifest, &opened.intent, seen)?;
    if !difference.foreign.is_empty() {
        return Err(Error::Foreign {
            out: out.clone(),
            paths: difference.foreign,
        });
    }
    let is_lost = |file: &Artifact| file.bytes.is_none() && opened.place_of(file).is_none();
    match difference.write.iter().find(|(file, _)| is_lost(file)) {
        Some((lost, _)) => Err(Error::NotKept {
            path: out.join(lost.path.as_str()),
        }),
        None => Ok(difference),
    }
}

/// Writes the changed files that do not wait yet, the new manifest and last the intent.
fn fill<'p>(
    staging: &Staging<'_>,
    opened: &mut Opened,
    difference: &Difference<'p>,
    manifest: &Manifest,
    seen: &mut Seen,
) -> Result<Staged<'p>, Error> {
    staging.prepare(opened)?;
    let mut staged = Vec::new();
    for (artifact, _) in &difference.write {
        let path = match opened.place_of(artifact) {
            Some(path) => path.to_owned(),
            None => {
                let path = staging.place_for(opened, artifact)?;
                staging.write(&path, artifact.bytes.as_deref().unwrap_or_default())?;
                path
            }
        };
        match fs::symlink_metadata(&path) {
            Ok(meta) => seen.keep(&artifact.path, Stamp::of(&meta), artifact.hash),
            Err(_) => seen.forget(&artifact.path),
        }
        opened.intent.add(artifact);
        staged.push((path, *artifact));
    }
    let record = |name: &str, json: String| {
        let path = staging.path.join(name);
        staging.write(&path, json.as_bytes()).map(|()| path)
    };
    record("manifest.json", manifest.to_json())?;
    let draft = record("intent.part", opened.intent.to_json())?;
    let name = staging.path.join(Intent::NAME);
    staging
        .disk
        .rename(&draft, &name)
        .map_err(|e| Error::io("write", &name, e))?;
    Ok(staged)
}

/// A staged file and where it goes.
type Staged<'p> = Vec<(PathBuf, &'p Artifact)>;

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
