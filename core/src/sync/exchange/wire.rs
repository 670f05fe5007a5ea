//! Reading and writing the few shapes of which messages are made. Numbers are LEB128, little end first;
//! lengths that a message announces are never allocated before their bytes were seen.

/// Bytes that are no such message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Malformed;

/// Appends to a message.
pub(super) trait Put {
    fn put_number(&mut self, number: u64);
    fn put_signed(&mut self, number: i64);
}

impl Put for Vec<u8> {
    fn put_number(&mut self, mut number: u64) {
        while number >= 0x80 {
            // The low seven bits, and a flag that more follow.
            self.push(0x80 | (number & 0x7f) as u8);
            number >>= 7;
        }
        self.push(number as u8);
    }

    /// Small numbers of either sign stay short: 0, −1, 1, −2, …
    fn put_signed(&mut self, number: i64) {
        self.put_number(((number << 1) ^ (number >> 63)) as u64);
    }
}

/// What is left to read of a message.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn byte(&mut self) -> Result<u8, Malformed> {
        self.array::<1>().map(|[byte]| byte)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        let (array, rest) = self.0.split_first_chunk::<N>().ok_or(Malformed)?;
        self.0 = rest;
        Ok(*array)
    }

    pub(super) fn bytes(&mut self, count: usize) -> Result<&'a [u8], Malformed> {
        let (bytes, rest) = self.0.split_at_checked(count).ok_or(Malformed)?;
        self.0 = rest;
        Ok(bytes)
    }

    pub(super) fn number(&mut self) -> Result<u64, Malformed> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if bits << shift >> shift != bits {
                return Err(Malformed);
            }
            number |= bits << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(Malformed)
    }

    pub(super) fn signed(&mut self) -> Result<i64, Malformed> {
        let number = self.number()?;
        Ok((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    /// A number that fits its type.
    pub(super) fn number_as<T: TryFrom<u64>>(&mut self) -> Result<T, Malformed> {
        T::try_from(self.number()?).map_err(|_| Malformed)
    }

    /// A count of things, each of which takes at least `least` of the bytes that are left.
    pub(super) fn count(&mut self, least: usize) -> Result<usize, Malformed> {
        let count = self.number_as::<usize>()?;
        if count <= self.0.len() / least.max(1) { Ok(count) } else { Err(Malformed) }
    }

    pub(super) fn end(self) -> Result<(), Malformed> {
        if self.0.is_empty() { Ok(()) } else { Err(Malformed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_read_back(a in any::<u64>(), b in any::<i64>()) {
            let mut bytes = Vec::new();
            bytes.put_number(a);
            bytes.put_signed(b);
            let mut reader = Reader(&bytes);
            prop_assert_eq!((reader.number(), reader.signed()), (Ok(a), Ok(b)));
            prop_assert_eq!(reader.end(), Ok(()));
        }
    }

    #[test]
    fn a_number_that_does_not_fit_is_malformed() {
        assert_eq!(Reader(&[0xff; 11]).number(), Err(Malformed));
        assert_eq!(Reader(&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02]).number(), Err(Malformed));
        assert_eq!(Reader(&[0x80]).number(), Err(Malformed));
        assert_eq!(Reader(&[200, 1]).number_as::<u8>(), Ok(200));
        assert_eq!(Reader(&[200, 2]).number_as::<u8>(), Err(Malformed));
    }

    #[test]
    fn a_count_that_the_bytes_cannot_hold_is_malformed() {
        assert_eq!(Reader(&[2, 0, 0, 0]).count(2), Err(Malformed));
        assert_eq!(Reader(&[2, 0, 0, 0, 0]).count(2), Ok(2));
    }
}
