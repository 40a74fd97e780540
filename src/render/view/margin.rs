//! Room in the margin: how tall things are, about, and what is done where notes are taller than the text beside them.
//!
//! A page is not measured here, so heights are guessed from numbers of characters at the theme's widest layout. A wrong guess
//! costs white space and no more: nothing ever overlaps.

use super::types::{BlockView, MarginView, NoteView};

/// Characters on a line, and its height in pixels, in the text and in the margin.
const TEXT: (usize, usize) = (58, 30);
const MARGIN: (usize, usize) = (44, 21);

/// White space below a block and below a note, in pixels.
const BELOW_BLOCK: usize = 22;
const BELOW_NOTE: usize = 10;

/// The most rows of the grid that a margin may take.
const ROWS: usize = 3;

/// Gives every margin its rows. A tall one reaches into the rows of following blocks that have none; if the next block has
/// one with room in it, a last note moves there.
pub(super) fn settle(blocks: &mut [BlockView]) {
    // Only blocks that a margin stands beside, or may reach, are measured.
    let mut beside = 0;
    let heights = blocks.iter().map(|block| {
        beside = if block.margin.is_some() {
            ROWS
        } else {
            beside.saturating_sub(1)
        };
        if beside > 0 {
            text_height(&block.html)
        } else {
            0
        }
    });
    let heights: Vec<usize> = heights.collect();
    for i in 0..blocks.len() {
        hand_on(blocks, &heights, i);
        let Some(needed) = blocks
            .get(i)
            .and_then(|b| b.margin.as_ref())
            .map(margin_height)
        else {
            continue;
        };
        let height = |row: usize| heights.get(row).copied().unwrap_or(0);
        let free = |row: usize| blocks.get(row).is_some_and(|b| b.margin.is_none());
        let (mut rows, mut room) = (1, height(i));
        while room < needed && rows < ROWS && free(i + rows) {
            room += height(i + rows);
            rows += 1;
        }
        if let Some(margin) = blocks.get_mut(i).and_then(|b| b.margin.as_mut()) {
            margin.rows = rows;
        }
    }
}

/// Moves last notes of a margin that is too tall to that of the next block, as long as they fit there better.
fn hand_on(blocks: &mut [BlockView], heights: &[usize], i: usize) {
    let Some([here, next]) = blocks.get_mut(i..i + 2) else {
        return;
    };
    let (Some(here), Some(next)) = (here.margin.as_mut(), next.margin.as_mut()) else {
        return;
    };
    let room = |row: usize| heights.get(row).copied().unwrap_or(0);
    while here.notes.len() > 1 && margin_height(here) > room(i) + MARGIN.1 {
        let fits = here
            .notes
            .last()
            .is_some_and(|note| margin_height(next) + note_height(note) <= room(i + 1) + MARGIN.1);
        match here.notes.pop() {
            Some(note) if fits => next.notes.insert(0, note),
            note => {
                here.notes.extend(note);
                return;
            }
        }
    }
}

fn margin_height(margin: &MarginView) -> usize {
    let notes: usize = margin.notes.iter().map(note_height).sum();
    margin.glosses.len() * MARGIN.1 + notes
}

fn note_height(note: &NoteView) -> usize {
    let lines = note.title.chars().count().div_ceil(MARGIN.0) + lines(&note.html, MARGIN.0);
    lines * MARGIN.1 + BELOW_NOTE
}

fn text_height(html: &str) -> usize {
    lines(html, TEXT.0) * TEXT.1 + BELOW_BLOCK
}

/// About how many lines of so many characters the words of a piece of HTML fill.
fn lines(html: &str, width: usize) -> usize {
    let (mut shown, mut in_tag) = (0, false);
    for byte in html.bytes() {
        in_tag |= byte == b'<';
        let begins_character = byte & 0xc0 != 0x80;
        shown += usize::from(!in_tag & begins_character);
        in_tag &= byte != b'>';
    }
    shown.div_ceil(width)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A block of so many lines with notes of so many lines each beside it.
    fn block(text: usize, notes: &[usize]) -> BlockView {
        let note = |lines: &usize| NoteView {
            n: *lines,
            title: "Title".into(),
            html: "x".repeat((lines - 1) * MARGIN.0),
            id: "n1".into(),
            back: None,
            by: None,
            verdict: None,
        };
        let margin = MarginView {
            notes: notes.iter().map(note).collect(),
            ..MarginView::default()
        };
        BlockView {
            html: format!("<p>{}</p>", "x".repeat(text * TEXT.0)),
            margin: (!notes.is_empty()).then_some(margin),
        }
    }

    fn settled(mut blocks: Vec<BlockView>) -> Vec<(usize, usize)> {
        settle(&mut blocks);
        let of = |b: &BlockView| {
            b.margin
                .as_ref()
                .map_or((0, 0), |m| (m.rows, m.notes.len()))
        };
        blocks.iter().map(of).collect()
    }

    #[test]
    fn tall_margins_take_free_rows() {
        let blocks = vec![
            block(3, &[20]),
            block(3, &[]),
            block(3, &[]),
            block(3, &[]),
            block(9, &[3]),
        ];
        assert_eq!(settled(blocks), [(3, 1), (0, 0), (0, 0), (0, 0), (1, 1)]);
    }

    #[test]
    fn last_notes_move_where_there_is_room() {
        let blocks = vec![block(3, &[4, 6]), block(8, &[3])];
        assert_eq!(settled(blocks), [(1, 1), (1, 2)]);
        let full = vec![block(3, &[4, 6]), block(3, &[4])];
        assert_eq!(settled(full), [(1, 2), (1, 1)]);
    }

    #[test]
    fn heights_are_guessed_from_what_is_seen() {
        assert_eq!(lines("<p class=\"very long attribute\">ab</p>", 2), 1);
        assert_eq!(lines("<b>개성</b> is &gt; <br>", 1), 11);
        assert_eq!(lines("", 10), 0);
    }
}
