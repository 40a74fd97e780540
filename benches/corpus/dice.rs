//! Numbers that look random and follow from a seed.

/// A stream of numbers (SplitMix64, G. L. Steele, D. Lea, C. H. Flood, Fast splittable pseudorandom number generators,
/// 2014).
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    /// The stream of one thing: the same for the same seed, kind and number, whatever else is made.
    pub(crate) fn of(seed: u64, kind: &str, number: usize) -> Self {
        let start = kind.bytes().fold(seed, |sum, byte| {
            (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let mut dice = Self(start.wrapping_add((number as u64) << 32));
        dice.next();
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 where that is 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// A number below `end`, small ones more often, about as Zipf found words to be: 0 is as likely as 1 and 2 together,
    /// as 3 to 6 together, and so on.
    pub(crate) fn low(&mut self, end: usize) -> usize {
        let octaves = (end + 1).ilog2() as usize + usize::from(!(end + 1).is_power_of_two());
        loop {
            let first = 1 << self.below(octaves);
            let number = first + self.below(first) - 1;
            if number < end.max(1) {
                return number;
            }
        }
    }

    /// Whether something of that many chances in a hundred happens.
    pub(crate) fn percent(&mut self, chances: usize) -> bool {
        self.below(100) < chances
    }

    /// One of a list, which must not be empty.
    pub(crate) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}
