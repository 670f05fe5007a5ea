//! The shared log of the pairing in force, as the exchange sees it. Nothing here names a private table.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::append::{find_document, find_or_make_document};
use super::chunk::{Chunk as Piece, push_chunk, replace_chunks, write_batch};
use super::document::Document;
use super::erase::{self, Dirty, document_records};
use super::rows::{Stored, find_entry, insert_entry, is_erased};
use super::tables::SHARED;
use super::{Store, StoreError};
use crate::journal::{Audience, Chain, DocumentName, EntryId, Envelope, Record, Whose};
use crate::sync::{DocumentState, ManifestDigest, Received, Seal, Shelf, ShelfError, Standing};

/// The shared log of the pairing in force.
pub struct SharedLog<'a> {
    store: &'a mut Store,
    pairing: i64,
}

impl Store {
    /// The shared log of the pairing in force. Fails with `NotPaired`.
    pub fn shared_log(&mut self) -> Result<SharedLog<'_>, StoreError> {
        let pairing = self.pairing.ok_or(StoreError::NotPaired)?.row;
        Ok(SharedLog { store: self, pairing })
    }
}

/// Adds entries to the end of a document's chain.
pub(super) fn extend_chain(to: &Connection, document: i64, records: &[Record]) -> Result<(), StoreError> {
    let (chain, bytes) = chain_of(to, document)?;
    let chain = records.iter().fold(chain, Chain::then);
    let last = records.last().map(|record| record.id);
    write_chain(to, document, chain, last, bytes + bytes_of(records))
}

/// Sets the chain of a document that was made anew of these entries.
pub(super) fn set_chain(to: &Connection, document: i64, chain: Chain, records: &[Record]) -> Result<(), StoreError> {
    write_chain(to, document, chain, records.last().map(|record| record.id), bytes_of(records))
}

fn chain_of(from: &Connection, document: i64) -> Result<(Chain, u64), StoreError> {
    let sql = "SELECT length, head, bytes FROM shared_chain WHERE document = ?1";
    let read =
        |row: &Row<'_>| Ok((Chain { length: row.get(0)?, head: row.get(1)? }, row.get::<_, i64>(2)?.unsigned_abs()));
    Ok(from.prepare_cached(sql)?.query_row([document], read).optional()?.unwrap_or((Chain::EMPTY, 0)))
}

fn write_chain(
    to: &Connection,
    document: i64,
    chain: Chain,
    last: Option<EntryId>,
    bytes: u64,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO shared_chain(document, length, head, last, bytes) VALUES (?1, ?2, ?3, ?4, ?5)
               ON CONFLICT(document) DO UPDATE SET length = ?2, head = ?3, last = ?4, bytes = ?5";
    let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
    to.prepare_cached(sql)?.execute(params![document, chain.length, chain.head, last, bytes])?;
    Ok(())
}

fn bytes_of(records: &[Record]) -> u64 {
    records.iter().map(|record| u64::try_from(record.value.len()).unwrap_or(u64::MAX)).sum()
}

impl SharedLog<'_> {
    fn all_documents(&self, whose: Whose) -> Result<Vec<DocumentState>, StoreError> {
        let sql = "SELECT d.device, d.month, c.length, c.head, c.last, c.bytes, c.confirmed
                   FROM shared_document d JOIN shared_chain c ON c.document = d.id
                   WHERE d.pairing = ?1 AND d.whose = ?2 ORDER BY d.device, d.month";
        let read = |row: &Row<'_>| {
            Ok(DocumentState {
                name: DocumentName { device: row.get(0)?, month: row.get(1)? },
                chain: Chain { length: row.get(2)?, head: row.get(3)? },
                last: row.get(4)?,
                bytes: row.get::<_, i64>(5)?.unsigned_abs(),
                confirmed: row.get(6)?,
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
        let Some(document) = find_document(from, SHARED, self.pairing, whose, name)? else { return Ok(Vec::new()) };
        let sql = "SELECT id, whose, written, offset_min, value, document FROM shared_entry
                   WHERE document = ?1 AND id > ?2 ORDER BY id";
        let after = after.map_or_else(Vec::new, |id| id.as_bytes().to_vec());
        let mut statement = from.prepare_cached(sql)?;
        let mut rows = statement.query(params![document, after])?;
        let (mut records, mut bytes) = (Vec::new(), 0_usize);
        while let Some(row) = rows.next()? {
            let record = Stored::read(row)?.record;
            bytes = bytes.saturating_add(record.value.len());
            if bytes > most_bytes && !records.is_empty() {
                break;
            }
            records.push(record);
        }
        Ok(records)
    }

    fn find(&self, whose: Whose, ids: &[EntryId]) -> Result<Vec<(EntryId, DocumentName)>, StoreError> {
        let sql = "SELECT d.device, d.month FROM shared_entry e JOIN shared_document d ON d.id = e.document
                   WHERE e.id = ?1 AND d.pairing = ?2 AND d.whose = ?3";
        let mut statement = self.store.connection.prepare_cached(sql)?;
        let mut found = Vec::new();
        for id in ids {
            let read = |row: &Row<'_>| Ok(DocumentName { device: row.get(0)?, month: row.get(1)? });
            let name = statement.query_row(params![id, self.pairing, whose], read).optional()?;
            found.extend(name.map(|name| (*id, name)));
        }
        Ok(found)
    }

    fn stood(&self) -> Result<Standing, StoreError> {
        let sql = "SELECT own_counter, confirmed_counter, confirmed_digest, held_counter, held_mac
                   FROM pairing WHERE id = ?1";
        let counter = |value: i64| value.unsigned_abs();
        let read = |row: &Row<'_>| {
            let confirmed: (Option<i64>, Option<ManifestDigest>) = (row.get(1)?, row.get(2)?);
            let held: (Option<i64>, Option<[u8; 32]>) = (row.get(3)?, row.get(4)?);
            Ok(Standing {
                own_counter: counter(row.get(0)?),
                confirmed: confirmed.0.map(counter).zip(confirmed.1),
                held: held.0.map(counter).zip(held.1).map(|(counter, mac)| Seal { counter, mac }),
            })
        };
        Ok(self.store.connection.prepare_cached(sql)?.query_row([self.pairing], read)?)
    }

    fn reserve(&mut self, above: u64, count: u32) -> Result<u64, StoreError> {
        let first = self.stood()?.own_counter.max(above).saturating_add(1);
        let last = i64::try_from(first.saturating_add(u64::from(count) - 1)).map_err(|_| StoreError::Io)?;
        let sql = "UPDATE pairing SET own_counter = ?2 WHERE id = ?1";
        self.store.connection.prepare_cached(sql)?.execute(params![self.pairing, last])?;
        Ok(first)
    }

    fn keep_confirmed(
        &mut self,
        counter: u64,
        digest: ManifestDigest,
        documents: &[(DocumentName, Option<EntryId>)],
    ) -> Result<(), StoreError> {
        let transaction = self.store.connection.transaction()?;
        for (name, last) in documents {
            if let Some(document) = find_document(&transaction, SHARED, self.pairing, Whose::Mine, *name)? {
                let sql = "UPDATE shared_chain SET confirmed = ?2 WHERE document = ?1";
                transaction.prepare_cached(sql)?.execute(params![document, last])?;
            }
        }
        let sql = "UPDATE pairing SET confirmed_counter = ?2, confirmed_digest = ?3 WHERE id = ?1";
        let counter = i64::try_from(counter).map_err(|_| StoreError::Io)?;
        transaction.prepare_cached(sql)?.execute(params![self.pairing, counter, digest])?;
        Ok(transaction.commit()?)
    }

    fn keep(&mut self, received: &Received) -> Result<bool, StoreError> {
        let pairing = self.pairing;
        let Store { connection, loaded, .. } = &mut *self.store;
        let transaction = connection.transaction()?;
        let mut dirty = Dirty::default();
        erase::erase(&transaction, SHARED, Whose::Theirs, &received.erased, &mut dirty)?;
        for part in &received.documents {
            let document = find_or_make_document(&transaction, SHARED, pairing, Whose::Theirs, part.name)?;
            if part.records.is_empty() {
                continue; // Its entries were only erased; it is made anew below.
            }
            for record in &part.records {
                must_be_free(&transaction, record.id)?;
                insert_entry(&transaction, SHARED, document, Whose::Theirs, record, &Envelope::read(&record.value))?;
            }
            push_chunk(&transaction, SHARED, document, Piece::Received, &write_batch(&part.records)?)?;
            extend_chain(&transaction, document, &part.records)?;
            loaded.forget(Audience::Both, document);
        }
        let erased = dirty.rebuild(&transaction, loaded)?;
        for part in &received.documents {
            let document = find_or_make_document(&transaction, SHARED, pairing, Whose::Theirs, part.name)?;
            if chain_of(&transaction, document)?.0 != part.chain {
                return Err(StoreError::Damaged);
            }
        }
        let counter = i64::try_from(received.seal.counter).map_err(|_| StoreError::Io)?;
        let sql = "UPDATE pairing SET held_counter = ?2, held_mac = ?3 WHERE id = ?1";
        transaction.prepare_cached(sql)?.execute(params![pairing, counter, received.seal.mac])?;
        transaction.commit()?;
        Ok(erased)
    }

    fn restore(&mut self, name: DocumentName, records: &[Record], counter: u64) -> Result<(), StoreError> {
        let pairing = self.pairing;
        let stray = self.strays(name, records)?;
        let device =
            if !stray.is_empty() || name.device != self.store.shared_device() { None } else { Some(name.device) };
        let fresh = match device {
            None if name.device == self.store.shared_device() => Some(self.store.renew_shared_device()?),
            _ => None,
        };
        let Store { connection, loaded, .. } = &mut *self.store;
        let transaction = connection.transaction()?;
        let document = find_or_make_document(&transaction, SHARED, pairing, Whose::Mine, name)?;
        for record in &stray {
            transaction.prepare_cached(SHARED.drop_entry)?.execute([record.id])?;
        }
        for record in records {
            if is_erased(&transaction, SHARED, record.id)? || find_entry(&transaction, SHARED, record.id)?.is_some() {
                continue;
            }
            insert_entry(&transaction, SHARED, document, Whose::Mine, record, &Envelope::read(&record.value))?;
        }
        let whole = document_records(&transaction, SHARED, document)?;
        replace_chunks(&transaction, SHARED, document, &Document::of(name.device, &whole)?.save())?;
        set_chain(&transaction, document, Chain::over(&whole), &whole)?;
        loaded.forget(Audience::Both, document);
        let mut moved: BTreeMap<DocumentName, Vec<Record>> = BTreeMap::new();
        for record in stray {
            let body = Envelope::read(&record.value).body;
            let device = fresh.unwrap_or(name.device);
            moved.entry(DocumentName::of(device, record.written, &body)).or_default().push(record);
        }
        for (name, records) in moved {
            let document = find_or_make_document(&transaction, SHARED, pairing, Whose::Mine, name)?;
            for record in &records {
                insert_entry(&transaction, SHARED, document, Whose::Mine, record, &Envelope::read(&record.value))?;
            }
            push_chunk(&transaction, SHARED, document, Piece::Received, &write_batch(&records)?)?;
            extend_chain(&transaction, document, &records)?;
            loaded.forget(Audience::Both, document);
        }
        let counter = i64::try_from(counter).map_err(|_| StoreError::Io)?;
        let sql = "UPDATE pairing SET own_counter = max(own_counter, ?2) WHERE id = ?1";
        transaction.prepare_cached(sql)?.execute(params![pairing, counter])?;
        Ok(transaction.commit()?)
    }

    /// Own entries of a document that are not among those that were returned.
    fn strays(&self, name: DocumentName, returned: &[Record]) -> Result<Vec<Record>, StoreError> {
        let from = &self.store.connection;
        let Some(document) = find_document(from, SHARED, self.pairing, Whose::Mine, name)? else {
            return Ok(Vec::new());
        };
        let mut own = document_records(from, SHARED, document)?;
        own.retain(|record| returned.iter().all(|other| other.id != record.id));
        Ok(own)
    }
}

/// An entry that comes from the partner must not have an id that is taken or erased.
fn must_be_free(connection: &Connection, id: EntryId) -> Result<(), StoreError> {
    if is_erased(connection, SHARED, id)? { Err(StoreError::IdTaken) } else { Ok(()) }
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
        if self.keep(&received)? {
            self.store.truncate_wal()?;
        }
        Ok(())
    }

    fn take_back(&mut self, name: DocumentName, records: Vec<Record>, counter: u64) -> Result<(), ShelfError> {
        Ok(self.restore(name, &records, counter)?)
    }
}
