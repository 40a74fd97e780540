//! Stretches of texts that others hold as well.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

/// A stretch of a text, which is kept once for everybody who holds a part of it. It is compared and used as the text that it is.
#[derive(Clone)]
pub struct SharedStr {
    whole: Arc<str>,
    /// On the borders of characters, within the whole.
    range: Range<usize>,
}

impl SharedStr {
    /// The bytes of a range of a text; nothing of it where the range is not one of whole characters within the text.
    pub fn part(whole: &Arc<str>, range: Range<usize>) -> Self {
        let range = whole.get(range.clone()).map_or(0..0, |_| range);
        Self {
            whole: Arc::clone(whole),
            range,
        }
    }
}

impl Deref for SharedStr {
    type Target = str;

    fn deref(&self) -> &str {
        self.whole.get(self.range.clone()).unwrap_or_default()
    }
}

impl<T: Into<Arc<str>>> From<T> for SharedStr {
    fn from(text: T) -> Self {
        let whole = text.into();
        let range = 0..whole.len();
        Self { whole, range }
    }
}

impl PartialEq for SharedStr {
    fn eq(&self, other: &Self) -> bool {
        // Mostly both are of one text.
        let one = Arc::ptr_eq(&self.whole, &other.whole) && self.range == other.range;
        one || **self == **other
    }
}

impl Eq for SharedStr {}

impl fmt::Debug for SharedStr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_what_it_has() {
        let whole: Arc<str> = "개성 talks".into();
        assert_eq!(&*SharedStr::part(&whole, 7..12), "talks");
        assert_eq!(SharedStr::part(&whole, 7..12), SharedStr::from("talks"));
        for wrong in [1..7, 7..13, 90..99] {
            assert_eq!(&*SharedStr::part(&whole, wrong), "");
        }
    }
}
