//! Values in, artifacts out.

mod artifact;
pub mod code;
pub mod export;
pub mod feed;
mod json;
pub mod strings;
pub mod theme;
pub mod view;
pub mod weave;

pub use artifact::{Artifact, Class};
