//! What the exchange needs of the store: the shared documents of one pairing, and nothing else.
//!
//! There is no way through this trait to a private entry (P16).

use crate::journal::{Chain, DocumentName, EntryId, Record, Whose};

/// SHA-256 over a manifest: who owns which documents, and where their chains end.
pub type ManifestDigest = [u8; 32];

/// A document as it stands on this phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocumentState {
    /// Which document of its owner's log.
    pub name: DocumentName,
    /// Where its chain ends here.
    pub chain: Chain,
    /// The last entry here; `None` where all were erased.
    pub last: Option<EntryId>,
    /// The bytes of its values, for progress and for the caps.
    pub bytes: u64,
    /// Of an own document: the last entry that the partner has acknowledged, erased or not.
    pub confirmed: Option<EntryId>,
}

/// The owner's word for the state of a whole log, as the partner keeps it: opaque to everyone but its
/// owner, who alone can make and check it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seal {
    /// Rises with every seal.
    pub counter: u64,
    /// HMAC-SHA256 under the owner's seal key, over the manifest's digest.
    pub mac: [u8; 32],
}

/// Where the two phones stood when they last acknowledged each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// The highest counter that was ever reserved for an own seal.
    pub own_counter: u64,
    /// Counter and digest of the last own manifest that the partner acknowledged.
    pub confirmed: Option<(u64, ManifestDigest)>,
    /// The partner's newest seal, which covers exactly what this phone holds of the partner's log.
    pub held: Option<Seal>,
}

/// New entries of one document, and where its chain ends with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedDocument {
    /// Which document of the partner's log.
    pub name: DocumentName,
    /// Its new entries, in order, after the last one held; none where entries were only erased.
    pub records: Vec<Record>,
    /// The chain's end after erasing and appending, as checked.
    pub chain: Chain,
}

/// One batch of the partner's log, checked against its seal, to be kept in one transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Every document that changes, and no other.
    pub documents: Vec<ReceivedDocument>,
    /// Entries of the partner's log that are to be erased, wherever they stand, now and should they come
    /// later. Entries of an erasures document are never among them.
    pub erased: Vec<EntryId>,
    /// The seal that covers the log with this batch in it.
    pub seal: Seal,
}

/// Why the store could not do what the exchange asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ShelfError {
    /// No space left; nothing was changed.
    #[error("the storage is full")]
    Full,
    /// An entry has an id that was erased, or that of an entry that stands elsewhere, in either log;
    /// nothing was changed.
    #[error("an entry's id is taken")]
    IdTaken,
    /// The pairing ended meanwhile; nothing was changed.
    #[error("no longer paired")]
    Unpaired,
    /// The store failed; nothing was changed.
    #[error("the storage failed")]
    Failed,
}

/// The shared documents of one pairing. Every call that changes something is one durable transaction:
/// whole, or not at all. Nobody else changes the documents while a machine is at work on them, which is
/// for the length of one call of the machine; between two of them, anything may happen.
///
/// An own entry for both that is erased always leaves an [`crate::journal::Erase`] in the log of the
/// device that erases: whether it was sent already is known to the partner's phone alone.
pub trait Shelf {
    /// The documents of one log, sorted by name.
    fn documents(&mut self, whose: Whose) -> Result<Vec<DocumentState>, ShelfError>;

    /// Entries of a document in order, after `after`, at least one where there is one, and no more than
    /// fit `most_bytes` of values.
    fn records(
        &mut self,
        whose: Whose,
        name: DocumentName,
        after: Option<EntryId>,
        most_bytes: usize,
    ) -> Result<Vec<Record>, ShelfError>;

    /// Which of these entries stand in a log, and where.
    fn locate(&mut self, whose: Whose, ids: &[EntryId]) -> Result<Vec<(EntryId, DocumentName)>, ShelfError>;

    /// Where the two phones stood.
    fn standing(&mut self) -> Result<Standing, ShelfError>;

    /// Reserves `count` counters for own seals, at least one, and returns the first: all higher than any
    /// before, also after a kill, and higher than `above`.
    fn reserve_counters(&mut self, above: u64, count: u32) -> Result<u64, ShelfError>;

    /// The partner holds the own manifest with this counter and digest; counter 0 is that of an empty
    /// manifest. `documents` are those of which the partner's last entry became another one, possibly an
    /// earlier one where the partner's phone was restored; `None` where the partner holds nothing of it.
    fn confirm(
        &mut self,
        counter: u64,
        digest: ManifestDigest,
        documents: &[(DocumentName, Option<EntryId>)],
    ) -> Result<(), ShelfError>;

    /// Keeps a batch of the partner's log.
    fn receive(&mut self, received: Received) -> Result<(), ShelfError>;

    /// Takes back an own document that the partner held under an own seal with this counter, after this
    /// phone had lost some of it. The document then holds exactly these entries, less what was erased
    /// here; those that stood in another own document, where an earlier restore had put them, stand there
    /// no longer. Own entries of it that are not among them, written since on an older state, go on in the
    /// document of the same month of a device that has written nothing yet, whichever device this phone
    /// is. Where it is an erasures document, what its entries erase is erased here too, in whatever
    /// document it stands. Later own seals have higher counters than this one.
    fn take_back(&mut self, name: DocumentName, records: Vec<Record>, counter: u64) -> Result<(), ShelfError>;
}
