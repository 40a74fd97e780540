//! From linked data to what templates see.

pub mod chart;
mod types;

pub use types::*;
