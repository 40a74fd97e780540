//! Where finished files wait until all are made, so that not all of them are in memory at once.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::disk::RealDisk;
use super::lock::Lock;
use super::manifest::Intent;
use super::{Disk, Error, Manifest, STAGING, place};
use crate::base::{Hash128, OutPath};
use crate::render::Artifact;

/// What takes finished files, in the midst of a build, on any of its threads.
pub trait Depot: Sync {
    /// Takes a file's bytes over, or leaves them with it.
    fn take(&self, file: Artifact) -> Artifact;

    /// Takes note that nothing of this build will be put in place.
    fn give_up(&self) {}
}

/// Leaves every file its bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct InMemory;

impl Depot for InMemory {
    fn take(&self, file: Artifact) -> Artifact {
        file
    }
}

/// Lets go of all bytes: for what is never written.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nowhere;

impl Depot for Nowhere {
    fn take(&self, mut file: Artifact) -> Artifact {
        file.bytes = None;
        file
    }
}

/// The folder inside the output folder in which changed files wait.
///
/// As a [`Depot`] it writes files as they come, but for those that stand already, and lets go of their bytes. The output folder is made and
/// locked with the first of them. What fails is told by [`commit`](fn@super::commit). Without a commit nothing is left of it.
pub struct Staging<'d> {
    pub(super) disk: &'d (dyn Disk + Sync),
    pub(super) out: PathBuf,
    pub(super) path: PathBuf,
    root: PathBuf,
    /// Whether a file that the manifest lists, and that has its size, is taken to stand.
    trusting: bool,
    state: Mutex<State>,
}

impl std::fmt::Debug for Staging<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Staging")
            .field("out", &self.out)
            .finish_non_exhaustive()
    }
}

#[derive(Default)]
struct State {
    /// Once somebody has asked for it.
    opened: Option<Opened>,
    /// What has failed first. Nothing more is written then.
    fault: Option<Error>,
    given_up: bool,
}

/// An output folder to which nobody else writes, and what waits in it.
pub(super) struct Opened {
    pub(super) manifest: Manifest,
    pub(super) intent: Intent,
    /// Whether the output folder was not there before.
    made: bool,
    /// Whether the staging folder is there, with nothing in it but what is ours and new.
    ready: bool,
    /// How many files have been given a place.
    number: usize,
    /// Where files wait, each with its hash, by where they go.
    files: HashMap<OutPath, (Hash128, PathBuf)>,
    _lock: Lock,
}

impl Opened {
    /// Where a file waits, if it does.
    pub(super) fn place_of(&self, file: &Artifact) -> Option<&Path> {
        let (hash, path) = self.files.get(&file.path)?;
        (*hash == file.hash).then_some(path)
    }
}

impl Staging<'static> {
    /// For the output folder `out` of the site in `root`, the sources of which are never written to. Nothing happens on the disk yet.
    pub fn new(out: &Path, root: &Path) -> Self {
        Self::on(&RealDisk, out, root)
    }
}

impl Depot for Staging<'_> {
    fn take(&self, mut file: Artifact) -> Artifact {
        if let Some(path) = self.admit(&file)
            && let Err(error) = self.write(&path, file.bytes.as_deref().unwrap_or_default())
        {
            self.state().fault.get_or_insert(error);
        }
        file.bytes = None;
        file
    }

    fn give_up(&self) {
        self.state().given_up = true;
    }
}

impl Drop for Staging<'_> {
    /// Takes back what was never put in place.
    fn drop(&mut self) {
        let state = self.state.get_mut();
        let opened = state.unwrap_or_else(PoisonError::into_inner).opened.take();
        let Some(opened) = opened else {
            return;
        };
        if opened.ready {
            self.clear_unless_intended();
        }
        let made = opened.made;
        drop(opened);
        if made {
            drop(self.disk.remove_empty_folder(&self.out));
        }
    }
}

impl<'d> Staging<'d> {
    pub(super) fn on(disk: &'d (dyn Disk + Sync), out: &Path, root: &Path) -> Self {
        Self {
            disk,
            out: out.to_owned(),
            path: out.join(STAGING),
            root: root.to_owned(),
            trusting: true,
            state: Mutex::default(),
        }
    }

    /// The same for another try, after files did not stand that should have: it writes every file.
    #[must_use]
    pub fn doubting(mut self) -> Self {
        self.trusting = false;
        self
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The output folder, for the one who puts the files in place and clears up behind.
    pub(super) fn opened(&mut self) -> Result<Opened, Error> {
        if let Some(fault) = self.state().fault.take() {
            return Err(fault);
        }
        let opened = self.state().opened.take();
        opened.map_or_else(|| self.open(), Ok)
    }

    /// Makes and locks the output folder, and reads what is known of it.
    fn open(&self) -> Result<Opened, Error> {
        place::check(&self.out, &self.root)?;
        let made = !self.out.exists();
        place::make(self.disk, &self.out)?;
        let lock = Lock::take(&self.out)?;
        if fs::symlink_metadata(&self.path).is_ok_and(|meta| !meta.is_dir()) {
            let path = self.path.clone();
            return Err(Error::NotAFolder { path });
        }
        Ok(Opened {
            manifest: Manifest::read(&self.out)?,
            intent: Intent::read(&self.path)?,
            made,
            ready: false,
            number: 0,
            files: HashMap::new(),
            _lock: lock,
        })
    }

    /// A place for a file; none if it is not wanted, or after a fault.
    fn admit(&self, file: &Artifact) -> Option<PathBuf> {
        let mut state = self.state();
        let State {
            opened,
            fault,
            given_up,
        } = &mut *state;
        if *given_up || fault.is_some() {
            return None;
        }
        let place = match opened {
            Some(opened) => self.wanted(opened, file),
            None => self
                .open()
                .and_then(|new| self.wanted(opened.insert(new), file)),
        };
        place.map_err(|error| *fault = Some(error)).ok().flatten()
    }

    /// A place for a file, unless it is taken to stand where it goes.
    fn wanted(&self, opened: &mut Opened, file: &Artifact) -> Result<Option<PathBuf>, Error> {
        let listed = opened.manifest.files.get(&file.path);
        let stands = self.trusting
            && listed.is_some_and(|entry| entry.hash == file.hash)
            && fs::symlink_metadata(self.out.join(file.path.as_str()))
                .is_ok_and(|meta| meta.is_file() && meta.len() == file.size);
        match stands {
            true => Ok(None),
            false => self.place_for(opened, file).map(Some),
        }
    }

    /// The next place, for a file. It has to be written there.
    pub(super) fn place_for(&self, opened: &mut Opened, file: &Artifact) -> Result<PathBuf, Error> {
        self.prepare(opened)?;
        let path = self.path.join(opened.number.to_string());
        opened.number += 1;
        let waiting = (file.hash, path.clone());
        opened.files.insert(file.path.clone(), waiting);
        Ok(path)
    }

    /// Makes the folder, once, and clears it of what another build has left.
    pub(super) fn prepare(&self, opened: &mut Opened) -> Result<(), Error> {
        if opened.ready {
            return Ok(());
        }
        self.disk
            .make_folder(&self.path)
            .map_err(|e| Error::io("make the folder", &self.path, e))?;
        self.clear_but(&[Intent::NAME])?;
        opened.ready = true;
        Ok(())
    }

    /// Writes a file in it.
    pub(super) fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), Error> {
        self.disk
            .write(path, bytes)
            .map_err(|e| Error::io("write", path, e))
    }

    /// Removes the folder: the intent first, since what it says is now in the manifest.
    pub(super) fn clear(&self) -> Result<(), Error> {
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
    pub(super) fn clear_unless_intended(&self) {
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
