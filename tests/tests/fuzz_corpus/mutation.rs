//! Mutations of inputs, as fuzzers make them, repeatable from a number.

/// Makes inputs out of others. The same number makes the same inputs.
pub(crate) struct Mutator(u64);

/// No input grows beyond this, in bytes.
const LONGEST: usize = 70_000;

/// Bytes at which decoders like to go wrong: ends of ranges, heads of CBOR's long and endless forms.
const TELLING: [u8; 16] = [0, 1, 0x17, 0x18, 0x1b, 0x3b, 0x5b, 0x5f, 0x7b, 0x7f, 0x80, 0x9b, 0x9f, 0xbb, 0xbf, 0xff];

impl Mutator {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A few mutations of one of the inputs, or noise where there is none.
    pub(crate) fn mutate(&mut self, inputs: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = match inputs.len() {
            0 => self.noise(64),
            many => inputs[self.below(many)].clone(),
        };
        for _ in 0..=self.below(5) {
            self.step(&mut bytes, inputs);
        }
        bytes.truncate(LONGEST);
        bytes
    }

    fn step(&mut self, bytes: &mut Vec<u8>, inputs: &[Vec<u8>]) {
        let at = self.below(bytes.len() + 1);
        let to = at + self.below(bytes.len() - at + 1).min(32);
        match self.below(9) {
            0 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
            1 if at < bytes.len() => bytes[at] = TELLING[self.below(TELLING.len())],
            2 if at < bytes.len() => bytes[at] = bytes[at].wrapping_add([1, 255][self.below(2)]),
            3 => bytes.truncate(at),
            4 => drop(bytes.drain(at..to)),
            5 => drop(bytes.splice(at..at, self.noise(16))),
            6 => {
                let again = bytes[at..to].repeat(1 + self.below(40));
                drop(bytes.splice(at..at, again));
            }
            7 => drop(bytes.splice(at..to, vec![TELLING[self.below(TELLING.len())]; to - at])),
            _ if !inputs.is_empty() => {
                let other = &inputs[self.below(inputs.len())];
                let from = self.below(other.len() + 1);
                drop(bytes.splice(at.., other[from..].iter().copied()));
            }
            _ => {}
        }
    }

    fn noise(&mut self, most: usize) -> Vec<u8> {
        (0..self.below(most + 1)).map(|_| self.next().to_le_bytes()[0]).collect()
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end).unwrap()).unwrap()
    }

    /// SplitMix64.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}
