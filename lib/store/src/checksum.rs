//! The checksum of a row: CRC32 over its values, each with its type and length.

use rusqlite::types::ValueRef;

/// The CRC32 (IEEE) of a row's values in the order of their columns, without the column that holds the checksum.
///
/// Every value is preceded by its type and, where it has one, its length, so that no two rows are fed alike.
#[must_use]
pub fn of_row<'a>(values: impl IntoIterator<Item = ValueRef<'a>>) -> u32 {
    let mut crc = crc32fast::Hasher::new();
    for value in values {
        match value {
            ValueRef::Null => crc.update(&[0]),
            ValueRef::Integer(number) => {
                crc.update(&[1]);
                crc.update(&number.to_le_bytes());
            }
            ValueRef::Real(number) => {
                crc.update(&[2]);
                crc.update(&number.to_bits().to_le_bytes());
            }
            ValueRef::Text(text) => with_length(&mut crc, 3, text),
            ValueRef::Blob(bytes) => with_length(&mut crc, 4, bytes),
        }
    }
    crc.finalize()
}

fn with_length(crc: &mut crc32fast::Hasher, kind: u8, bytes: &[u8]) {
    crc.update(&[kind]);
    crc.update(&(bytes.len() as u64).to_le_bytes());
    crc.update(bytes);
}

/// The value of an optional text.
#[must_use]
pub fn text(value: Option<&str>) -> ValueRef<'_> {
    value.map_or(ValueRef::Null, |text| ValueRef::Text(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_border_between_two_texts_counts() {
        let one = of_row([text(Some("ab")), text(Some("c"))]);
        assert_ne!(one, of_row([text(Some("a")), text(Some("bc"))]));
        assert_ne!(of_row([text(Some(""))]), of_row([text(None)]));
    }

    proptest! {
        #[test]
        fn every_single_flipped_bit_changes_it(mut bytes in proptest::collection::vec(any::<u8>(), 1..200), place in any::<proptest::sample::Index>(), bit in 0..8_u8) {
            let before = of_row([ValueRef::Blob(&bytes)]);
            let place = place.index(bytes.len());
            bytes[place] ^= 1 << bit;
            prop_assert_ne!(before, of_row([ValueRef::Blob(&bytes)]));
        }
    }
}
