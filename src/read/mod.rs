//! The only reader of sources.

pub mod markdown;
