//! Fuzzes quotations: `cargo fuzz run quotations`.

#![no_main]

#[allow(dead_code, reason = "the bodies of all targets stand together")]
#[path = "../bodies/mod.rs"]
mod bodies;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    assert_eq!(bodies::reading::quotations(data), Ok(()));
});
