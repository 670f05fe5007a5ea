//! What the exchange tells the layer above: that something happened, how far it is, and why it ended.

use crate::journal::DocumentName;
use crate::sync::ShelfError;

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExchangeEvent {
    /// The partner's phone answered.
    Started,
    /// How far catching up is.
    Progress(Progress),
    /// Entries of the partner were kept.
    Received {
        /// The documents that changed.
        documents: Vec<DocumentName>,
        /// How many entries are new.
        entries: u64,
        /// How many ids the partner erased with them.
        erased: u64,
    },
    /// The partner's phone acknowledged own entries.
    Sent {
        /// How many.
        entries: u64,
    },
    /// An own document came back from the partner's phone, after this phone had lost some of it.
    TakenBack {
        /// Which one.
        document: DocumentName,
        /// How many entries it has now.
        entries: u64,
    },
    /// Both phones have everything that was there when they said so.
    CaughtUp,
    /// What [`super::Exchange::settle`] asked for has come about.
    Settled,
    /// A message for the layer above, of one of its own kinds.
    Other {
        /// 0 to 31.
        kind: u8,
        /// What it says.
        bytes: Vec<u8>,
    },
    /// The exchange is over; nothing follows.
    Ended(Ended),
}

/// How far catching up is, in entries. None of the three ever falls; the exchange is done where
/// `received + sent == total`, and new entries on either side may raise the total again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Entries that came.
    pub received: u64,
    /// Entries that went and were acknowledged.
    pub sent: u64,
    /// All that is known of, on both sides.
    pub total: u64,
}

/// What went over the wire so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ExchangeCounters {
    /// Entries that were sent, whether acknowledged or not.
    pub entries_sent: u64,
    /// Entries that were received and kept.
    pub entries_received: u64,
    /// Documents that came back, after this phone had lost some of them.
    pub documents_taken_back: u64,
    /// Entries that came in vain: sent by a partner who did not know yet what this phone holds.
    pub entries_dropped: u64,
    /// Bytes of messages that were sent.
    pub bytes_sent: u64,
    /// Bytes of messages that were received.
    pub bytes_received: u64,
    /// How often this side had to wait for an answer before it could go on: 1 where the two phones
    /// stood where they thought they stood.
    pub round_trips: u32,
}

/// Why an exchange ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// This phone said goodbye.
    Done,
    /// The partner's phone said goodbye.
    PartnerLeft,
    /// The connection was lost.
    Interrupted,
    /// The partner's phone did not answer in time.
    Silent,
    /// The partner's phone sent what cannot be taken; nothing of it was kept.
    Refused(Objection),
    /// The partner's phone could not take what was sent.
    RefusedByPartner(Objection),
    /// No space is left on this phone; nothing was lost.
    StorageFull,
    /// The store of this phone failed; nothing was lost.
    StorageFailed,
    /// The pairing ended meanwhile.
    Unpaired,
}

/// Why a message cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Objection {
    /// It is no message of this version.
    Malformed,
    /// It does not belong here.
    OutOfTurn,
    /// A batch, a value or an inflated batch is too large.
    TooLarge,
    /// The log has too many documents, entries or bytes.
    TooMuch,
    /// Entries of a document do not stand in order, or a document is named twice.
    OutOfOrder,
    /// An entry has an id that is another's, or was erased.
    IdTaken,
    /// The entries do not fit the chains, and the chains cannot be made to fit.
    DoesNotFit,
    /// What came back is not what was sealed.
    NotSealed,
    /// The partner's storage is full.
    StorageFull,
    /// The partner's storage failed.
    StorageFailed,
    /// Not known to this version.
    Unknown(u8),
}

impl Objection {
    pub(super) fn code(self) -> u8 {
        match self {
            Self::Malformed => 1,
            Self::OutOfTurn => 2,
            Self::TooLarge => 3,
            Self::TooMuch => 4,
            Self::OutOfOrder => 5,
            Self::IdTaken => 6,
            Self::DoesNotFit => 7,
            Self::NotSealed => 8,
            Self::StorageFull => 9,
            Self::StorageFailed => 10,
            Self::Unknown(code) => code,
        }
    }

    pub(super) fn from_code(code: u8) -> Self {
        match code {
            1 => Self::Malformed,
            2 => Self::OutOfTurn,
            3 => Self::TooLarge,
            4 => Self::TooMuch,
            5 => Self::OutOfOrder,
            6 => Self::IdTaken,
            7 => Self::DoesNotFit,
            8 => Self::NotSealed,
            9 => Self::StorageFull,
            10 => Self::StorageFailed,
            code => Self::Unknown(code),
        }
    }
}

impl Ended {
    /// What the partner is told, where there is something to tell.
    pub(super) fn told(self) -> Option<Objection> {
        match self {
            Self::Refused(objection) => Some(objection),
            Self::StorageFull => Some(Objection::StorageFull),
            Self::StorageFailed => Some(Objection::StorageFailed),
            Self::Done | Self::PartnerLeft | Self::Interrupted | Self::Silent => None,
            Self::RefusedByPartner(_) | Self::Unpaired => None,
        }
    }
}

impl From<ShelfError> for Ended {
    fn from(error: ShelfError) -> Self {
        match error {
            ShelfError::Full => Self::StorageFull,
            ShelfError::IdTaken => Self::Refused(Objection::IdTaken),
            ShelfError::Unpaired => Self::Unpaired,
            ShelfError::Failed => Self::StorageFailed,
        }
    }
}

impl From<Objection> for Ended {
    fn from(objection: Objection) -> Self {
        Self::Refused(objection)
    }
}
