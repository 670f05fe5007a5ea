//! Where a document ends: all that its next change depends on.
//!
//! A change puts one value under a key that is new, so it is made of the tip and the entry, without the
//! document: what an append costs does not grow with the month. It is the change that Automerge would make
//! in a transaction, byte for byte.

use std::num::NonZeroU64;

use automerge::legacy::{Key, ObjectId, Op, OpType, SortedVec};
use automerge::{ActorId, Change, ChangeHash, ExpandedChange, ScalarValue};

use super::StoreError;
use crate::journal::{EntryId, Record};

/// The end of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tip {
    pub(super) actor: ActorId,
    /// The hash of the last change.
    pub(super) head: Option<ChangeHash>,
    /// How many changes there are, of one operation each.
    pub(super) changes: u64,
    /// The last entry.
    pub(super) last: Option<EntryId>,
}

impl Tip {
    /// The change that adds an entry, which is the tip from then on. Entries come in order of their ids: fails
    /// with `IdTaken` for one that does not come after the last.
    pub(super) fn then(&mut self, record: &Record) -> Result<Change, StoreError> {
        if self.last >= Some(record.id) {
            return Err(StoreError::IdTaken);
        }
        let number = NonZeroU64::MIN.saturating_add(self.changes);
        let put = Op {
            action: OpType::Put(ScalarValue::Bytes(record.to_stored())),
            obj: ObjectId::Root,
            key: Key::Map(record.id.to_string().into()),
            pred: SortedVec::new(),
            insert: false,
        };
        let change = Change::from(ExpandedChange {
            operations: vec![put],
            actor_id: self.actor.clone(),
            hash: None,
            seq: number.get(),
            start_op: number,
            time: 0,
            message: None,
            deps: self.head.into_iter().collect(),
            extra_bytes: Vec::new(),
            author: None,
        });
        (self.head, self.changes, self.last) = (Some(change.hash()), number.get(), Some(record.id));
        Ok(change)
    }
}

#[cfg(test)]
mod tests {
    use automerge::transaction::{CommitOptions, Transactable};
    use automerge::{Automerge, ROOT};
    use proptest::prelude::*;

    use super::*;
    use crate::journal::LocalTime;

    fn in_a_transaction(document: &mut Automerge, record: &Record) -> Change {
        let mut transaction = document.transaction();
        transaction.put(ROOT, record.id.to_string(), ScalarValue::Bytes(record.to_stored())).unwrap();
        transaction.commit_with(CommitOptions::default().with_time(0));
        document.get_last_local_change().unwrap()
    }

    fn record(number: u8, value: Vec<u8>) -> Record {
        Record { id: EntryId::from_bytes([number; 16]), written: LocalTime::default(), value }
    }

    proptest! {
        #[test]
        fn a_change_is_the_one_that_automerge_makes_in_a_transaction(
            device in any::<[u8; 16]>(),
            values in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..600), 1..140),
        ) {
            let actor = ActorId::from(device);
            let mut document = Automerge::new().with_actor(actor.clone());
            let mut tip = Tip { actor, head: None, changes: 0, last: None };
            for (number, value) in (1..).zip(values) {
                let record = record(number, value);
                let change = tip.then(&record).unwrap();
                let other = in_a_transaction(&mut document, &record);
                prop_assert_eq!(change.raw_bytes(), other.raw_bytes());
            }
            prop_assert_eq!(document.get_heads(), Vec::from_iter(tip.head));
        }
    }

    #[test]
    fn an_entry_that_does_not_come_after_the_last_is_refused() {
        let mut tip = Tip { actor: ActorId::from([1; 16]), head: None, changes: 0, last: None };
        tip.then(&record(5, vec![])).unwrap();
        let before = tip.clone();
        for number in [5, 4] {
            assert_eq!(tip.then(&record(number, vec![])).err(), Some(StoreError::IdTaken));
        }
        assert_eq!(tip, before);
    }
}
