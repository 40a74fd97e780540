//! What must hold for any input. The fuzz targets and the tests `fuzzed` and `weave` check the same.
//!
//! Every body takes the bytes of a target and says what does not hold. Bytes choose what there is to choose; the rest is
//! text.

pub(crate) mod html;
pub(crate) mod reading;
pub(crate) mod sources;
pub(crate) mod weaving;

/// A body: the bytes of a target, and what does not hold for them.
pub(crate) type Body = fn(&[u8]) -> Result<(), String>;

/// Every target by its name.
pub(crate) const TARGETS: [(&str, Body); 11] = [
    ("annotate", sources::annotate),
    ("figures", reading::figures),
    ("front_matter", sources::front_matter),
    ("gazetteer", sources::gazetteer),
    ("markdown", weaving::markdown),
    ("quotations", reading::quotations),
    ("reading", reading::reading),
    ("times", reading::times),
    ("tokens", reading::tokens),
    ("unlisted", reading::unlisted),
    ("weave", weaving::weave_threads),
];

fn ensure(holds: bool, what: impl Fn() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(what()) }
}

/// The first byte and the text that follows.
fn divide(data: &[u8]) -> (u8, String) {
    let (first, rest) = data.split_first().unwrap_or((&0, &[]));
    (*first, String::from_utf8_lossy(rest).into_owned())
}
