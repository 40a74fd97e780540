//! The only writer of `public/`.
//!
//! 1. [`plan`](fn@plan) lays out every artifact by its path and reports paths that two of them claim.
//! 2. A [`Depot`] takes the bytes of files while others are still being made: the [`Staging`] folder, or memory.
//! 3. [`commit`](fn@commit) compares the plan with what stands on disk and with the [`Manifest`] of the last build, stages
//!    what differs, renames it into place, removes what has become stale, and writes the manifest last.
//!
//! [`draft`](fn@draft) writes what is suggested to an editor among the sources, where no file is yet.
//!
//! Invariant: at every moment each file in `public/` is whole, and is ours only if the manifest or the intent of an
//! interrupted build says so. Whatever is not ours is never changed, moved or removed. Nothing written depends on the
//! clock.

mod commit;
mod compare;
mod disk;
mod draft;
mod error;
mod lock;
mod manifest;
mod place;
mod plan;
mod staging;
mod standing;

pub use commit::{Report, commit};
pub use compare::{Seen, Why};
use disk::Disk;
pub use draft::draft;
pub use error::Error;
pub use manifest::{Entry, MANIFEST, Manifest};
pub use plan::{Plan, plan};
pub use staging::{Depot, InMemory, Nowhere, Staging};
pub use standing::{Standing, standing};

/// Where changed files wait inside the output folder. Inside it and not beside it: there they are sure to be on the
/// same file system, and need no right to write in the folder above.
const STAGING: &str = ".dateline-staging";

/// The file that keeps two builds from writing at once.
const LOCK: &str = ".dateline-lock";
