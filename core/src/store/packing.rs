//! A store's content as the items of a backup, and in slices, so that nobody who writes meanwhile has to wait.

use rusqlite::{OptionalExtension, Row, params};

use super::chunk::records_of;
use super::loaded::{DocumentRow, all_documents};
use super::log::Log;
use super::open::DEVICES;
use super::{Store, StoreError};
use crate::backup::{CarriedDocument, CarriedPairing, CarriedSetting, Item};
use crate::journal::{EntryId, Record};

/// How far a store was packed.
#[derive(Debug)]
pub struct Packing {
    documents: std::vec::IntoIter<DocumentRow>,
    upheavals: u64,
}

/// What a slice of packing came to.
#[derive(Debug)]
pub enum Packed {
    /// The next items. There may be more.
    Some(Vec<Item>),
    /// There is nothing more.
    All,
    /// What was packed so far is no longer how things stand: something was erased, say. Begin again.
    Stale,
}

impl Store {
    /// Begins to pack: first come the settings, the pairings, and the first messages that were heard. What
    /// this installation writes under is not among them.
    ///
    /// Own entries written from now on may be in what is packed, or not. After anything else that happens to
    /// the logs, what was packed is stale.
    pub fn begin_packing(&self) -> Result<(Packing, Vec<Item>), StoreError> {
        let mut items = Vec::new();
        let mut statement =
            self.connection.prepare("SELECT name, value FROM setting WHERE name <> ?1 ORDER BY name")?;
        for setting in statement.query_map([DEVICES], |row| Ok((row.get(0)?, row.get(1)?)))? {
            let (name, value) = setting?;
            items.push(Item::Setting(CarriedSetting { name, value }));
        }
        let sql = "SELECT id, couple, ended, own_counter, confirmed_counter, confirmed_digest, held_counter, held_mac
                   FROM pairing ORDER BY id";
        let mut statement = self.connection.prepare(sql)?;
        for pairing in statement.query_map([], read_pairing)? {
            items.push(Item::Pairing(pairing?));
        }
        let mut statement = self.connection.prepare("SELECT tag FROM first_message")?;
        let tags: Vec<[u8; 16]> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        items.extend(tags.chunks(Item::ENOUGH / 16).map(|tags| Item::FirstMessages(tags.to_vec())));
        let mut documents = Vec::new();
        for log in Log::BOTH {
            documents.extend(all_documents(&self.connection, log)?);
        }
        Ok((Packing { documents: documents.into_iter(), upheavals: self.memory.upheavals }, items))
    }

    /// Packs one more document. Takes milliseconds.
    pub fn pack(&self, packing: &mut Packing) -> Result<Packed, StoreError> {
        if packing.upheavals != self.memory.upheavals {
            return Ok(Packed::Stale);
        }
        let Some(DocumentRow { id, owner, name }) = packing.documents.next() else { return Ok(Packed::All) };
        let (audience, pairing, whose) = (owner.log.audience(), owner.pairing, owner.whose);
        let confirmed = match owner.log {
            Log::Private => None,
            Log::Shared => self.confirmed_in(id)?,
        };
        let mut items = vec![Item::Document(CarriedDocument { audience, pairing, whose, name, confirmed })];
        let records = records_of(&self.connection, self.memory.tail(owner.log), id, name.device)?;
        let mut part: Vec<Record> = Vec::new();
        let mut bytes = 0;
        for record in records {
            bytes += record.value.len();
            part.push(record);
            if bytes >= Item::ENOUGH {
                bytes = 0;
                items.push(Item::Records(std::mem::take(&mut part)));
            }
        }
        if !part.is_empty() {
            items.push(Item::Records(part));
        }
        Ok(Packed::Some(items))
    }

    fn confirmed_in(&self, document: i64) -> Result<Option<EntryId>, StoreError> {
        let sql = "SELECT confirmed FROM shared_chain WHERE document = ?1";
        let confirmed = self.connection.prepare_cached(sql)?.query_row(params![document], |row| row.get(0));
        Ok(confirmed.optional()?.flatten())
    }
}

fn read_pairing(row: &Row<'_>) -> rusqlite::Result<CarriedPairing> {
    let (confirmed, digest): (Option<i64>, _) = (row.get(4)?, row.get::<_, Option<Vec<u8>>>(5)?);
    let (held, mac): (Option<i64>, _) = (row.get(6)?, row.get::<_, Option<[u8; 32]>>(7)?);
    Ok(CarriedPairing {
        number: row.get(0)?,
        couple: row.get(1)?,
        ended: row.get(2)?,
        own_counter: row.get::<_, i64>(3)?.unsigned_abs(),
        confirmed: confirmed.map(i64::unsigned_abs).zip(digest),
        held: held.map(i64::unsigned_abs).zip(mac),
    })
}
