//! Records: what the frames carry once they are decrypted.
//!
//! The plaintexts of one side's frames are one stream. In it a record is a byte of kind, three bytes of
//! length, big-endian, and so many bytes; zero bytes between records are padding. A record may run
//! over several frames.

/// The longest message that a channel carries, in bytes (2 MiB).
pub const MAX_MESSAGE: usize = 2 * 1024 * 1024;

/// The longest record of any other kind.
const MAX_CONTROL: usize = 1024;

const HEADER: usize = 4;

/// What a record is. Kinds are never reused for something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The greeting; the first record, and only that.
    Hello,
    /// A message of the owner.
    Message,
    /// From here on messages are in the agreed version.
    Agreed,
    /// First message of a handshake for new keys.
    Rekey,
    /// Second message of it. What its sender sends next is under the new keys.
    RekeyAnswer,
    /// What its sender sends next is under the new keys.
    RekeyDone,
    /// The sender closes in good order.
    Bye,
}

impl Kind {
    const ALL: [(u8, Self); 7] = [
        (1, Self::Hello),
        (2, Self::Message),
        (3, Self::Agreed),
        (4, Self::Rekey),
        (5, Self::RekeyAnswer),
        (6, Self::RekeyDone),
        (7, Self::Bye),
    ];

    fn of(byte: u8) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == byte).map(|(_, kind)| *kind)
    }

    fn byte(self) -> u8 {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or(0, |(byte, _)| *byte)
    }

    fn max_len(self) -> usize {
        if self == Self::Message { MAX_MESSAGE } else { MAX_CONTROL }
    }
}

/// One record as read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) kind: Kind,
    pub(super) body: Vec<u8>,
}

/// Not a record: an unknown kind, or longer than its kind may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Malformed;

/// Appends a record; `false`, and nothing appended, if the body is too long for its kind.
#[must_use]
pub(super) fn write_record(out: &mut Vec<u8>, kind: Kind, body: &[u8]) -> bool {
    if body.len() > kind.max_len() {
        return false;
    }
    let Ok(len) = u32::try_from(body.len()) else { return false };
    let [_, a, b, c] = len.to_be_bytes();
    out.extend_from_slice(&[kind.byte(), a, b, c]);
    out.extend_from_slice(body);
    true
}

/// How long the record of a body of this length is.
pub(super) fn record_len(body: usize) -> usize {
    HEADER + body
}

/// Cuts records out of plaintexts. Holds at most one record, and takes memory only for what arrived.
#[derive(Default)]
pub(super) struct RecordReader {
    buffer: Vec<u8>,
    read: usize,
    padding: usize,
}

impl RecordReader {
    /// Takes the plaintext of the next frame.
    pub(super) fn push(&mut self, plaintext: &[u8]) {
        self.buffer.drain(..self.read);
        self.read = 0;
        self.buffer.extend_from_slice(plaintext);
    }

    /// The next record, once all of it is there.
    pub(super) fn next(&mut self) -> Result<Option<Record>, Malformed> {
        let rest = self.buffer.get(self.read..).unwrap_or_default();
        let padding = rest.iter().position(|byte| *byte != 0).unwrap_or(rest.len());
        self.read += padding;
        self.padding += padding;
        let rest = rest.get(padding..).unwrap_or_default();
        let Some((&kind, _)) = rest.split_first() else { return Ok(None) };
        let kind = Kind::of(kind).ok_or(Malformed)?;
        let Some([_, a, b, c]) = rest.first_chunk() else { return Ok(None) };
        let len = usize::try_from(u32::from_be_bytes([0, *a, *b, *c])).map_err(|_| Malformed)?;
        if len > kind.max_len() {
            return Err(Malformed);
        }
        let Some(body) = rest.get(HEADER..HEADER + len) else { return Ok(None) };
        let body = body.to_vec();
        self.read += HEADER + len;
        Ok(Some(Record { kind, body }))
    }

    /// How much padding was skipped since this was last asked, in bytes.
    pub(super) fn take_padding(&mut self) -> usize {
        std::mem::take(&mut self.padding)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn records_come_out_whole_however_frames_cut_them(
            records in proptest::collection::vec((0..7_usize, proptest::collection::vec(any::<u8>(), 0..300), 0..50_usize), 0..10),
            cut in 1..200_usize,
        ) {
            let (mut stream, mut sent, mut padding) = (Vec::new(), Vec::new(), 0);
            for (kind, body, zeros) in records {
                let kind = Kind::ALL[kind].1;
                prop_assert!(write_record(&mut stream, kind, &body));
                stream.extend(vec![0; zeros]);
                padding += zeros;
                sent.push(Record { kind, body });
            }
            let (mut reader, mut read, mut skipped) = (RecordReader::default(), Vec::new(), 0);
            for piece in stream.chunks(cut) {
                reader.push(piece);
                while let Some(record) = reader.next().unwrap() {
                    read.push(record);
                }
                skipped += reader.take_padding();
            }
            prop_assert_eq!(read, sent);
            prop_assert_eq!(skipped, padding);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let mut reader = RecordReader::default();
            reader.push(&bytes);
            while let Ok(Some(record)) = reader.next() {
                prop_assert!(record.body.len() <= MAX_MESSAGE);
            }
        }
    }

    #[test]
    fn a_record_that_is_too_long_is_neither_written_nor_awaited() {
        let mut out = Vec::new();
        assert!(write_record(&mut out, Kind::Message, &vec![1; MAX_MESSAGE]));
        let longest = out.len();
        assert!(!write_record(&mut out, Kind::Message, &vec![1; MAX_MESSAGE + 1]));
        assert!(!write_record(&mut out, Kind::Hello, &[1; MAX_CONTROL + 1]));
        assert_eq!(out.len(), longest);
        for (kind, len) in [(2, MAX_MESSAGE + 1), (1, MAX_CONTROL + 1)] {
            let mut reader = RecordReader::default();
            let [_, a, b, c] = u32::try_from(len).unwrap().to_be_bytes();
            reader.push(&[kind, a, b, c]);
            assert_eq!(reader.next(), Err(Malformed));
        }
    }

    #[test]
    fn an_unknown_kind_is_refused_at_its_first_byte() {
        let mut reader = RecordReader::default();
        reader.push(&[0, 0, 8]);
        assert_eq!(reader.next(), Err(Malformed));
    }
}
