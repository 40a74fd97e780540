//! Places and marks.

use super::places::Places;

#[test]
fn code_points_before_a_byte() {
    let text = format!("{}é개😀end", "한a".repeat(300));
    let places = Places::of(&text);
    for (count, (byte, _)) in text.char_indices().enumerate() {
        assert_eq!(places.at(byte as u32), count, "byte {byte}");
    }
    assert_eq!(places.at(text.len() as u32), text.chars().count());
    assert_eq!(places.at(u32::MAX), text.chars().count());
    assert_eq!(Places::of("").at(0), 0);
}
