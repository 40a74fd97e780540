//! Fuzzes the weaver: `cargo fuzz run weave`.

#![no_main]

#[allow(dead_code, reason = "the bodies of all targets stand together")]
#[path = "../bodies/mod.rs"]
mod bodies;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    assert_eq!(bodies::weaving::weave_threads(data), Ok(()));
});
