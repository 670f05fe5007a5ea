//! A store made of the items of a backup: beside its place, and moved there when it is whole.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::{Connection, params};

use super::chain::{ChainEnd, write_chain};
use super::chunk::push_batch;
use super::loaded::{Loaded, find_or_make_document};
use super::log::Log;
use super::open::{DEVICES, own_devices};
use super::rows::Owner;
use super::settings::write_setting;
use super::shelf::to_column;
use super::tidy::Round;
use super::writing::{Memory, Writing};
use super::{Store, StoreError, file, pairing, schema};
use crate::backup::{CarriedDocument, CarriedPairing, Item};
use crate::journal::{DocumentName, Record};
use crate::random::Randomness;

impl Store {
    /// Makes a store in `folder` of the items that `next` gives until it gives none. It writes under new
    /// devices: the actor of a document that goes on from an older state could never agree with its former
    /// self.
    ///
    /// Fails with `Occupied` where there is a store already, with `Damaged` for items that do not fit
    /// together, or as `next` does. Then, and also when the process is killed, there is no store in the
    /// folder.
    pub fn unpack<E: From<StoreError>>(
        folder: &Path,
        key: &[u8; 32],
        randomness: Arc<dyn Randomness>,
        next: impl FnMut() -> Result<Option<Item>, E>,
    ) -> Result<(), E> {
        let new = NewFolder::of(folder);
        let lock = file::lock(folder)?;
        let place = file::path_in(folder);
        if file::is_there(&place) {
            return Err(StoreError::Occupied.into());
        }
        let part = file::unfinished(folder);
        let made = file::remove(&part).map_err(E::from).and_then(|()| build(&part, key, randomness, next));
        let done = made.and_then(|()| Ok(file::put_in_place(&part, &place)?));
        if done.is_err() {
            // Only what was made here goes; the next attempt would overwrite it anyhow.
            let _ = file::remove(&part);
            drop(lock);
            new.remove();
        }
        done
    }
}

/// The folder, where it was not there before.
struct NewFolder(Option<PathBuf>);

impl NewFolder {
    fn of(folder: &Path) -> Self {
        Self((!folder.exists()).then(|| folder.to_owned()))
    }

    fn remove(self) {
        if let Some(folder) = self.0 {
            let _ = file::remove_lock(&folder);
            let _ = fs::remove_dir(folder);
        }
    }
}

fn build<E: From<StoreError>>(
    part: &Path,
    key: &[u8; 32],
    randomness: Arc<dyn Randomness>,
    next: impl FnMut() -> Result<Option<Item>, E>,
) -> Result<(), E> {
    let mut store = begin(part, key, randomness)?;
    let mut outcome = Ok(());
    store.try_write(|writing| {
        outcome = writing.unpack(next);
        Ok(())
    })?;
    outcome?;
    Ok(store.close()?)
}

fn begin(part: &Path, key: &[u8; 32], randomness: Arc<dyn Randomness>) -> Result<Store, StoreError> {
    let mut connection = file::make(part, key)?;
    schema::migrate(&mut connection)?;
    let devices = own_devices(&connection, &*randomness)?;
    let memory = Memory::read(&connection, devices, pairing::current(&connection)?)?;
    Ok(Store {
        connection,
        memory,
        loaded: Loaded::default(),
        must_empty_log: false,
        untidy: true,
        round: Round::default(),
        randomness,
        _lock: None,
    })
}

/// The document that entries are being added to.
struct Filling {
    owner: Owner,
    name: DocumentName,
    id: i64,
    end: ChainEnd,
}

impl Writing<'_> {
    fn unpack<E: From<StoreError>>(&mut self, mut next: impl FnMut() -> Result<Option<Item>, E>) -> Result<(), E> {
        let mut filling = None;
        while let Some(item) = next()? {
            self.unpack_item(&mut filling, item)?;
        }
        self.end_document(filling.take())?;
        for log in Log::BOTH {
            self.keep_what_erases(log)?;
        }
        Ok(())
    }

    fn unpack_item(&mut self, filling: &mut Option<Filling>, item: Item) -> Result<(), StoreError> {
        match item {
            Item::Setting(setting) if setting.name == DEVICES => Err(StoreError::Damaged),
            Item::Setting(setting) => write_setting(&self.transaction, &setting.name, &setting.value),
            Item::Pairing(pairing) => write_pairing(&self.transaction, &pairing),
            Item::FirstMessages(tags) => tags.iter().try_for_each(|tag| {
                let sql = "INSERT OR IGNORE INTO first_message(tag) VALUES (?1)";
                self.transaction.prepare_cached(sql)?.execute([tag])?;
                Ok(())
            }),
            Item::Document(document) => {
                self.end_document(filling.take())?;
                *filling = Some(self.begin_document(&document)?);
                Ok(())
            }
            Item::Records(records) => {
                let filling = filling.as_mut().ok_or(StoreError::Damaged)?;
                self.fill_document(filling, &records)
            }
        }
    }

    fn begin_document(&self, document: &CarriedDocument) -> Result<Filling, StoreError> {
        let log = Log::of(document.audience);
        let owner = Owner { log, pairing: document.pairing, whose: document.whose };
        let fits = match log {
            Log::Private => owner == Owner::MYSELF,
            Log::Shared => {
                let sql = "SELECT 1 FROM pairing WHERE id = ?1";
                self.transaction.prepare_cached(sql)?.exists([document.pairing])?
            }
        };
        if !fits {
            return Err(StoreError::Damaged);
        }
        let id = find_or_make_document(&self.transaction, owner, document.name)?;
        if log == Log::Shared {
            write_chain(&self.transaction, id, &ChainEnd::default())?;
            let sql = "UPDATE shared_chain SET confirmed = ?2 WHERE document = ?1";
            self.transaction.prepare_cached(sql)?.execute(params![id, document.confirmed])?;
        }
        Ok(Filling { owner, name: document.name, id, end: ChainEnd::default() })
    }

    fn fill_document(&mut self, filling: &mut Filling, records: &[Record]) -> Result<(), StoreError> {
        for record in records {
            if filling.end.last >= Some(record.id) {
                return Err(StoreError::Damaged);
            }
            filling.end = filling.end.then(record);
        }
        push_batch(&self.transaction, filling.owner.log, filling.id, records)?;
        if filling.name.is_erasures() {
            self.note_erased(filling.owner, records)?;
        }
        self.insert_rows(filling.owner, filling.id, records, false).map_err(|error| match error {
            // An entry that stands twice.
            StoreError::IdTaken => StoreError::Damaged,
            other => other,
        })
    }

    fn end_document(&self, filling: Option<Filling>) -> Result<(), StoreError> {
        match filling {
            Some(filling) if filling.owner.log == Log::Shared => {
                write_chain(&self.transaction, filling.id, &filling.end)
            }
            _ => Ok(()),
        }
    }
}

fn write_pairing(to: &Connection, pairing: &CarriedPairing) -> Result<(), StoreError> {
    if pairing.number < 1 {
        return Err(StoreError::Damaged);
    }
    let sql = "INSERT INTO pairing(id, couple, ended, own_counter, confirmed_counter, confirmed_digest, held_counter,
               held_mac) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let column = |counter: Option<u64>| counter.map(to_column).transpose();
    to.prepare_cached(sql)?.execute(params![
        pairing.number,
        pairing.couple,
        pairing.ended,
        to_column(pairing.own_counter)?,
        column(pairing.confirmed.as_ref().map(|(counter, _)| *counter))?,
        pairing.confirmed.as_ref().map(|(_, digest)| digest),
        column(pairing.held.map(|(counter, _)| counter))?,
        pairing.held.map(|(_, mac)| mac),
    ])?;
    Ok(())
}
