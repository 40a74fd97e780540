//! Content hashes.

/// The first 128 bits of a BLAKE3, as a content hash. It is quick on any processor, and no text can be made to have the hash of another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Hash128(pub [u8; 16]);

impl Hash128 {
    /// The hash of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self::first_of(blake3::hash(bytes))
    }

    fn first_of(hash: blake3::Hash) -> Self {
        let mut out = [0; 16];
        out.copy_from_slice(&hash.as_bytes()[..16]);
        Self(out)
    }

    /// The hash in 32 hexadecimal digits.
    pub fn hex(self) -> String {
        let digits = self.0.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let digit = |value| char::from_digit(u32::from(value), 16).unwrap_or_default();
        digits.map(digit).collect()
    }

    /// Reads what [`hex`](Self::hex) wrote.
    pub fn parse(hex: &str) -> Option<Self> {
        let digits = hex.as_bytes();
        if digits.len() != 32 {
            return None;
        }
        let digit = |d: u8| {
            char::from(d)
                .to_digit(16)
                .and_then(|n| u8::try_from(n).ok())
        };
        let mut out = [0; 16];
        for (byte, pair) in out.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Some(Self(out))
    }
}

/// Takes the hash of bytes that come in pieces.
#[derive(Clone, Default)]
pub struct Hasher(blake3::Hasher);

impl Hasher {
    /// Adds bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The hash of all that was added.
    pub fn finish(self) -> Hash128 {
        Hash128::first_of(self.0.finalize())
    }
}

impl std::fmt::Debug for Hash128 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.hex())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_and_back() {
        let hash = Hash128::of(b"dateline");
        assert_eq!(Hash128::parse(&hash.hex()), Some(hash));
        assert_eq!(Hash128::parse("xyz"), None);
        assert_eq!(Hash128::parse(&"é".repeat(16)), None);
    }
}
