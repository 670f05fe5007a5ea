//! First messages of handshakes, remembered so that a recording of one gets no answer.

use super::{Store, StoreError};

impl Store {
    /// Remembers a first message, durably; whether it is new.
    pub fn remember_first_message(&mut self, tag: [u8; 16]) -> Result<bool, StoreError> {
        let sql = "INSERT OR IGNORE INTO first_message(tag) VALUES (?1)";
        self.write(|writing| Ok(writing.transaction.prepare_cached(sql)?.execute([tag])? == 1))
    }
}
