//! From rows to entries and back.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::StoreError;
use super::tables::Tables;
use crate::journal::{Audience, DeviceId, Entry, EntryId, Envelope, LocalTime, Month, Record, Whose};

/// An entry's row.
pub(super) struct Stored {
    pub(super) record: Record,
    pub(super) whose: Whose,
    pub(super) document: i64,
}

impl Stored {
    /// Reads `id, whose, written, offset_min, value, document`.
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let (written, offset_min) = (row.get(2)?, row.get(3)?);
        let written = LocalTime::new(written, offset_min).map_err(|error| {
            rusqlite::Error::FromSqlConversionFailure(2, rusqlite::types::Type::Integer, error.into())
        })?;
        let record = Record { id: row.get(0)?, written, value: row.get(4)? };
        Ok(Self { record, whose: row.get(1)?, document: row.get(5)? })
    }

    pub(super) fn to_entry(&self, audience: Audience) -> Entry {
        self.record.to_entry(self.whose, audience)
    }
}

/// Writes the row of an entry, and what it refers to.
pub(super) fn insert_entry(
    to: &Connection,
    tables: &Tables,
    document: i64,
    whose: Whose,
    record: &Record,
    envelope: &Envelope,
) -> Result<(), StoreError> {
    to.prepare_cached(tables.insert_entry)?.execute(params![
        record.id,
        document,
        whose,
        record.written.unix_ms(),
        record.written.offset_min(),
        record.written.local_day(),
        envelope.body.kind(),
        envelope.supersedes.is_some(),
        record.value,
    ])?;
    for target in references(envelope) {
        to.prepare_cached(tables.insert_reference)?.execute(params![target, record.id])?;
    }
    Ok(())
}

/// What an entry refers to, and what it supersedes.
pub(super) fn references(envelope: &Envelope) -> impl Iterator<Item = EntryId> {
    envelope.body.refers_to().into_iter().chain(envelope.supersedes)
}

/// The row of an entry.
pub(super) fn find_entry(from: &Connection, tables: &Tables, id: EntryId) -> Result<Option<Stored>, StoreError> {
    Ok(from.prepare_cached(tables.find_entry)?.query_row([id], Stored::read).optional()?)
}

/// Whether an entry was erased.
pub(super) fn is_erased(from: &Connection, tables: &Tables, id: EntryId) -> Result<bool, StoreError> {
    Ok(from.prepare_cached(tables.is_erased)?.exists([id])?)
}

impl ToSql for EntryId {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Blob(self.as_bytes())))
    }
}

impl FromSql for EntryId {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        <[u8; 16]>::column_result(value).map(Self::from_bytes)
    }
}

impl ToSql for DeviceId {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Blob(&self.0)))
    }
}

impl FromSql for DeviceId {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        <[u8; 16]>::column_result(value).map(Self)
    }
}

impl ToSql for Month {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.into())
    }
}

impl FromSql for Month {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        u32::column_result(value).map(Self)
    }
}

impl ToSql for Whose {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(i64::from(*self == Self::Theirs).into())
    }
}

impl FromSql for Whose {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match i64::column_result(value)? {
            0 => Ok(Self::Mine),
            1 => Ok(Self::Theirs),
            other => Err(FromSqlError::OutOfRange(other)),
        }
    }
}
