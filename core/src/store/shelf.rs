//! The shared log of the pairing in force, as the exchange sees it. Nothing here names a private table
//! (P16).

use rusqlite::{Row, params};

use super::chain::ChainEnd;
use super::loaded::{find_document, find_or_make_document};
use super::log::Log;
use super::rows::{Owner, Stored, find_row, read_row};
use super::{Store, StoreError};
use crate::journal::{Chain, DocumentName, EntryId, Record, Whose};
use crate::sync::{DocumentState, ManifestDigest, Received, Seal, Shelf, ShelfError, Standing};

/// The shared log of the pairing in force.
pub struct SharedLog<'a> {
    pub(super) store: &'a mut Store,
    pub(super) pairing: i64,
}

impl Store {
    /// The shared log of the pairing in force. Fails with `NotPaired`.
    ///
    /// What comes back from the partner's phone through it may raise [`Store::last_own_ids`].
    pub fn shared_log(&mut self) -> Result<SharedLog<'_>, StoreError> {
        let pairing = self.memory.pairing.ok_or(StoreError::NotPaired)?;
        Ok(SharedLog { store: self, pairing })
    }
}

impl SharedLog<'_> {
    fn all_documents(&self, whose: Whose) -> Result<Vec<DocumentState>, StoreError> {
        let sql = "SELECT d.device, d.month, c.confirmed, d.id, c.length, c.head, c.last, c.bytes
                   FROM shared_document d JOIN shared_chain c ON c.document = d.id
                   WHERE d.pairing = ?1 AND d.whose = ?2 ORDER BY d.device, d.month";
        let tail = self.store.memory.tail(Log::Shared);
        let read = |row: &Row<'_>| {
            let end = tail.end(row.get(3)?).map_or_else(|| ChainEnd::read(row, 4), |end| Ok(*end))?;
            Ok(DocumentState {
                name: DocumentName { device: row.get(0)?, month: row.get(1)? },
                chain: end.chain,
                last: end.last,
                bytes: end.bytes,
                confirmed: row.get(2)?,
            })
        };
        let mut statement = self.store.connection.prepare_cached(sql)?;
        let rows = statement.query_map(params![self.pairing, whose], read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn some_records(
        &self,
        whose: Whose,
        name: DocumentName,
        after: Option<EntryId>,
        most_bytes: usize,
    ) -> Result<Vec<Record>, StoreError> {
        let from = &self.store.connection;
        let owner = Owner::shared(self.pairing, whose);
        let Some(document) = find_document(from, owner, name)? else { return Ok(Vec::new()) };
        let sql = "SELECT id, written, offset_min, value, whose, pairing, document FROM shared_entry
                   WHERE settled = 1 AND document = ?1 AND id > ?2 ORDER BY id";
        let after_all = after.map_or_else(Vec::new, |id| id.as_bytes().to_vec());
        let (mut records, mut bytes) = (Vec::new(), 0_usize);
        let mut fits = |record: Record| {
            bytes = bytes.saturating_add(record.value.len());
            let fits = bytes <= most_bytes || records.is_empty();
            if fits {
                records.push(record);
            }
            fits
        };
        let mut statement = from.prepare_cached(sql)?;
        let mut rows = statement.query(params![document, after_all])?;
        while let Some(row) = rows.next()? {
            if !fits(Stored::read(row)?.record) {
                return Ok(records);
            }
        }
        // Within a document entries arrive in order, so what has not settled comes after what has.
        let waiting = self.store.memory.tail(Log::Shared).rows();
        for waiting in waiting.filter(|row| row.document == document && Some(row.id) > after) {
            if !fits(read_row(from, Log::Shared, waiting.row)?.record) {
                break;
            }
        }
        Ok(records)
    }

    fn find(&self, whose: Whose, ids: &[EntryId]) -> Result<Vec<(EntryId, DocumentName)>, StoreError> {
        let from = &self.store.connection;
        let sql = "SELECT d.device, d.month FROM shared_entry e JOIN shared_document d ON d.id = e.document
                   WHERE e.row = ?1 AND d.pairing = ?2 AND d.whose = ?3";
        let mut statement = from.prepare_cached(sql)?;
        let mut found = Vec::new();
        for id in ids {
            let Some(row) = find_row(from, Log::Shared, self.store.memory.tail(Log::Shared), *id)? else { continue };
            let mut rows = statement.query(params![row, self.pairing, whose])?;
            if let Some(row) = rows.next()? {
                found.push((*id, DocumentName { device: row.get(0)?, month: row.get(1)? }));
            }
        }
        Ok(found)
    }

    fn stood(&self) -> Result<Standing, StoreError> {
        let sql = "SELECT own_counter, confirmed_counter, confirmed_digest, held_counter, held_mac
                   FROM pairing WHERE id = ?1";
        let read = |row: &Row<'_>| {
            let confirmed: (Option<i64>, Option<ManifestDigest>) = (row.get(1)?, row.get(2)?);
            let held: (Option<i64>, Option<[u8; 32]>) = (row.get(3)?, row.get(4)?);
            Ok(Standing {
                own_counter: from_column(row.get(0)?),
                confirmed: confirmed.0.map(from_column).zip(confirmed.1),
                held: held.0.map(from_column).zip(held.1).map(|(counter, mac)| Seal { counter, mac }),
            })
        };
        Ok(self.store.connection.prepare_cached(sql)?.query_row([self.pairing], read)?)
    }

    fn reserve(&mut self, above: u64, count: u32) -> Result<u64, StoreError> {
        let before = self.stood()?.own_counter.max(above);
        let (first, last) = (before.saturating_add(1), before.saturating_add(u64::from(count.max(1))));
        let (pairing, last) = (self.pairing, to_column(last)?);
        self.store.write(|writing| {
            let sql = "UPDATE pairing SET own_counter = ?2 WHERE id = ?1";
            writing.transaction.prepare_cached(sql)?.execute([pairing, last])?;
            Ok(first)
        })
    }

    fn keep_confirmed(
        &mut self,
        counter: u64,
        digest: ManifestDigest,
        documents: &[(DocumentName, Option<EntryId>)],
    ) -> Result<(), StoreError> {
        let (pairing, counter) = (self.pairing, to_column(counter)?);
        self.store.write(|writing| {
            let transaction = &writing.transaction;
            for (name, last) in documents {
                // Also for a document that this phone lost and the partner did not: it is empty here.
                let document = find_or_make_document(transaction, Owner::shared(pairing, Whose::Mine), *name)?;
                let sql = "INSERT INTO shared_chain(document, length, head, bytes, confirmed) VALUES (?1, 0, ?2, 0, ?3)
                           ON CONFLICT(document) DO UPDATE SET confirmed = ?3";
                transaction.prepare_cached(sql)?.execute(params![document, Chain::EMPTY.head, last])?;
            }
            let sql = "UPDATE pairing SET confirmed_counter = ?2, confirmed_digest = ?3 WHERE id = ?1";
            transaction.prepare_cached(sql)?.execute(params![pairing, counter, digest])?;
            Ok(())
        })
    }
}

/// Counters are never negative in the file.
fn from_column(counter: i64) -> u64 {
    counter.unsigned_abs()
}

/// Fails for a counter that no phone reaches in its life.
pub(super) fn to_column(counter: u64) -> Result<i64, StoreError> {
    i64::try_from(counter).map_err(|_| StoreError::Io)
}

impl Shelf for SharedLog<'_> {
    fn documents(&mut self, whose: Whose) -> Result<Vec<DocumentState>, ShelfError> {
        Ok(self.all_documents(whose)?)
    }

    fn records(
        &mut self,
        whose: Whose,
        name: DocumentName,
        after: Option<EntryId>,
        most_bytes: usize,
    ) -> Result<Vec<Record>, ShelfError> {
        Ok(self.some_records(whose, name, after, most_bytes)?)
    }

    fn locate(&mut self, whose: Whose, ids: &[EntryId]) -> Result<Vec<(EntryId, DocumentName)>, ShelfError> {
        Ok(self.find(whose, ids)?)
    }

    fn standing(&mut self) -> Result<Standing, ShelfError> {
        Ok(self.stood()?)
    }

    fn reserve_counters(&mut self, above: u64, count: u32) -> Result<u64, ShelfError> {
        Ok(self.reserve(above, count)?)
    }

    fn confirm(
        &mut self,
        counter: u64,
        digest: ManifestDigest,
        documents: &[(DocumentName, Option<EntryId>)],
    ) -> Result<(), ShelfError> {
        Ok(self.keep_confirmed(counter, digest, documents)?)
    }

    fn receive(&mut self, received: Received) -> Result<(), ShelfError> {
        let pairing = self.pairing;
        Ok(self.store.write(|writing| writing.receive(pairing, &received))?)
    }

    fn take_back(&mut self, name: DocumentName, records: Vec<Record>, counter: u64) -> Result<(), ShelfError> {
        let pairing = self.pairing;
        Ok(self.store.write(|writing| writing.take_back(pairing, name, &records, counter))?)
    }
}
