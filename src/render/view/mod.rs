//! From linked data to what templates see.

mod types;

pub use types::*;
