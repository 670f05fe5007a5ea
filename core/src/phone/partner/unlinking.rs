//! Unlinking: the keys are destroyed, here and now, with or without the other phone (P13).

use super::Partner;
use crate::journal::{Audience, Erase, Whose};
use crate::phone::keeping::Open;
use crate::phone::{PhoneError, Refusal};
use crate::store::EntryQuery;

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Partner {
    /// Ends the pairing. What was shared stays where it is; for the partner it looks like not having met
    /// since. With `last_erase` everything that this person shared is first erased on both phones, which
    /// takes an open connection: no key is kept to do it later (`docs/adr/0006-no-key-outlives-a-pairing.md`).
    ///
    /// Fails with `NotPaired`, `NotTogether`, or the reason for which the last erasing did not get through;
    /// the phones are then still paired, and what was erased here is erased there when they meet again.
    pub fn unlink(&self, last_erase: bool) -> Result<(), PhoneError> {
        self.await_pairing();
        if !self.keeping.with(|open| open.is_paired())? {
            return Err(Refusal::NotPaired.into());
        }
        if last_erase {
            if !self.company.is_together() {
                return Err(Refusal::NotTogether.into());
            }
            self.keeping.with(Open::erase_all_shared)?;
            self.company.local_change();
            self.settle()?;
        }
        self.company.disperse();
        self.keeping.with(Open::drop_bond)
    }
}

impl Open {
    /// Erases everything that this person shared under the pairing in force.
    fn erase_all_shared(&mut self) -> Result<(), PhoneError> {
        let query = EntryQuery { whose: Some(Whose::Mine), audience: Some(Audience::Both), ..EntryQuery::default() };
        let mut ids = Vec::new();
        for entry in self.store.entries(&query)? {
            if self.store.is_in_current_pairing(entry.id)? && entry.body.kind() != "erase" {
                ids.push(entry.id);
            }
        }
        let mut draft = self.draft();
        for part in ids.chunks(Erase::MOST) {
            self.add(&mut draft, Audience::Both, Erase { ids: part.to_vec() }, None)?;
        }
        self.commit(&draft)
    }
}
