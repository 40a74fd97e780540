//! What text the inline elements of a document hold.

use crate::model::{Document, Op};

/// An inline element of the Markdown: what text it holds.
#[derive(Clone, Copy, Default)]
pub(super) struct Extent {
    pub(super) start: u32,
    pub(super) end: u32,
    /// It is a link or holds one.
    pub(super) link: bool,
}

/// What text each inline element of the Markdown holds, in the order in which they begin.
pub(super) fn extents(document: &Document) -> Vec<Extent> {
    let mut extents: Vec<Extent> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for op in &document.ops {
        match op {
            Op::OpenInline { .. } | Op::OpenLink(_) | Op::Link(_) => {
                open.push(extents.len());
                let link = !matches!(op, Op::OpenInline { .. });
                extents.push(Extent {
                    start: u32::MAX,
                    end: 0,
                    link,
                });
            }
            Op::Text(range) => {
                if let Some(extent) = open.last().and_then(|index| extents.get_mut(*index)) {
                    extent.start = extent.start.min(range.start);
                    extent.end = extent.end.max(range.end);
                }
            }
            Op::CloseInline(_) => {
                let inner = open.pop().and_then(|index| extents.get(index).copied());
                let outer = open.last().and_then(|index| extents.get_mut(*index));
                if let (Some(inner), Some(outer)) = (inner, outer) {
                    outer.start = outer.start.min(inner.start);
                    outer.end = outer.end.max(inner.end);
                    outer.link |= inner.link;
                }
            }
            _ => {}
        }
    }
    extents
}
