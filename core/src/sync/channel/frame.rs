//! Frames: two bytes of length, big-endian, and so many bytes.

/// The longest body of a frame, in bytes, which is also the longest message of Noise.
pub(in crate::sync) const MAX_FRAME: usize = 65_535;

/// What the length before a frame takes.
pub(in crate::sync) const HEADER: usize = 2;

/// Appends a frame with this body; `false`, and nothing appended, if it is too long for one.
#[must_use]
pub(in crate::sync) fn write_frame(out: &mut Vec<u8>, body: &[u8]) -> bool {
    let Ok(len) = u16::try_from(body.len()) else { return false };
    out.extend_from_slice(&len.to_be_bytes());
    out.extend_from_slice(body);
    true
}

/// Cuts frames out of bytes that arrive in arbitrary pieces. Never holds more than one frame beyond
/// what it was given at once.
#[derive(Default)]
pub(in crate::sync) struct FrameReader {
    buffer: Vec<u8>,
    read: usize,
}

impl FrameReader {
    /// Takes bytes as they came.
    pub(in crate::sync) fn push(&mut self, bytes: &[u8]) {
        self.buffer.drain(..self.read);
        self.read = 0;
        self.buffer.extend_from_slice(bytes);
    }

    /// The length that the next frame announces, once that is known.
    pub(in crate::sync) fn announced(&self) -> Option<usize> {
        self.rest().first_chunk().map(|len| usize::from(u16::from_be_bytes(*len)))
    }

    /// The body of the next frame, once all of it is there.
    pub(in crate::sync) fn next(&mut self) -> Option<Vec<u8>> {
        let end = HEADER + self.announced()?;
        let body = self.rest().get(HEADER..end)?.to_vec();
        self.read += end;
        Some(body)
    }

    fn rest(&self) -> &[u8] {
        self.buffer.get(self.read..).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn frames_come_out_whole_however_the_bytes_are_cut(
            bodies in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..300), 0..10),
            cuts in proptest::collection::vec(1..100_usize, 1..50),
        ) {
            let mut wire = Vec::new();
            for body in &bodies {
                prop_assert!(write_frame(&mut wire, body));
            }
            let (mut reader, mut read, mut rest, mut cuts) = (FrameReader::default(), vec![], &wire[..], cuts.iter().cycle());
            while !rest.is_empty() {
                let (piece, more) = rest.split_at(rest.len().min(*cuts.next().unwrap()));
                reader.push(piece);
                read.extend(std::iter::from_fn(|| reader.next()));
                rest = more;
            }
            prop_assert_eq!(read, bodies);
        }
    }

    #[test]
    fn a_body_that_is_too_long_is_not_written() {
        let mut out = Vec::new();
        assert!(!write_frame(&mut out, &vec![0; MAX_FRAME + 1]));
        assert!(out.is_empty());
        assert!(write_frame(&mut out, &vec![0; MAX_FRAME]));
    }
}
