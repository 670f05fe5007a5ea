//! Full-text search over entries. Indexed when idle and before a search, never on the way of a tap.

use rusqlite::{Connection, OptionalExtension, params};

use super::rows::Stored;
use super::tables::PRIVATE;
use super::{Store, StoreError};
use crate::journal::{Body, EntryId, is_item};

impl Store {
    /// The ids of private entries in which every word of `text` occurs, or a word that begins with it;
    /// newest first.
    pub fn search(&mut self, text: &str, limit: u32) -> Result<Vec<EntryId>, StoreError> {
        while self.index_some(1_000)? {}
        let Some(query) = match_expression(text) else { return Ok(Vec::new()) };
        let sql = "SELECT s.entry FROM search JOIN searchable s ON s.row = search.rowid
                   WHERE search MATCH ?1 ORDER BY s.entry DESC LIMIT ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let ids = statement.query_map(params![query, limit], |row| row.get(0))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// Indexes at most `most` more entries; whether there may be more still.
    pub(super) fn index_some(&mut self, most: u32) -> Result<bool, StoreError> {
        let transaction = self.connection.transaction()?;
        let last: Option<EntryId> =
            transaction.prepare_cached("SELECT max(entry) FROM searchable")?.query_row([], |row| row.get(0))?;
        let last = last.unwrap_or(EntryId::from_bytes([0; 16]));
        let sql = format!("{} WHERE id > ?1 ORDER BY id LIMIT ?2", PRIVATE.select_entries);
        let pending: Vec<Stored> = transaction
            .prepare_cached(&sql)?
            .query_map(params![last, most], Stored::read)?
            .collect::<Result<_, _>>()?;
        for stored in &pending {
            let entry = stored.to_entry(PRIVATE.audience);
            let sql = "INSERT INTO searchable(entry) VALUES (?1)";
            transaction.prepare_cached(sql)?.execute([stored.record.id])?;
            let row = transaction.last_insert_rowid();
            if let Some(text) = text_of(&entry.body) {
                let sql = "INSERT INTO search(rowid, text) VALUES (?1, ?2)";
                transaction.prepare_cached(sql)?.execute(params![row, text])?;
            }
        }
        transaction.commit()?;
        Ok(u32::try_from(pending.len()).is_ok_and(|indexed| indexed == most))
    }
}

/// Takes an entry out of the index.
pub(super) fn forget(from: &Connection, id: EntryId, body: &Body) -> Result<(), StoreError> {
    let row = from
        .prepare_cached("SELECT row FROM searchable WHERE entry = ?1")?
        .query_row([id], |row| row.get::<_, i64>(0))
        .optional()?;
    let Some(row) = row else { return Ok(()) };
    if let Some(text) = text_of(body) {
        let sql = "INSERT INTO search(search, rowid, text) VALUES ('delete', ?1, ?2)";
        from.prepare_cached(sql)?.execute(params![row, text])?;
    }
    // The row stays where it is the newest, so that the index knows how far it has come.
    from.prepare_cached("DELETE FROM searchable WHERE row = ?1")?.execute([row])?;
    Ok(())
}

/// All texts of an item, in one; `None` for what is no item.
fn text_of(body: &Body) -> Option<String> {
    if !is_item(body.kind()) {
        return None;
    }
    let mut text = String::new();
    collect(&serde_json::to_value(body).ok()?, &mut text);
    Some(text)
}

fn collect(value: &serde_json::Value, text: &mut String) {
    match value {
        serde_json::Value::String(found) => {
            text.push_str(found);
            text.push('\n');
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| collect(item, text)),
        serde_json::Value::Object(fields) => fields.values().for_each(|field| collect(field, text)),
        _ => {}
    }
}

/// The words of `text`, each as the beginning of a word; `None` where there are none.
fn match_expression(text: &str) -> Option<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let quoted: Vec<String> = words.map(|word| format!("\"{word}\"*")).collect();
    if quoted.is_empty() { None } else { Some(quoted.join(" ")) }
}
