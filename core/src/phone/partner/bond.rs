//! What a phone keeps of its pairing: the keys, encrypted with everything else, gone when it unlinks.

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::journal::LocalTime;
use crate::phone::PhoneError;
use crate::phone::keeping::Open;
use crate::sync::{CoupleSecret, Credentials, DeviceKey, PersonSeed, Pinned};

const SEED: &str = "person seed";
const BOND: &str = "bond";
const LAST_MET: &str = "last met";
const PAUSED: &str = "sync paused";

/// The keys of one pairing.
pub(super) struct Bond {
    /// The key of this phone in this pairing.
    pub(super) device: DeviceKey,
    /// What the two agreed on.
    pub(super) couple: CoupleSecret,
    /// The partner, as known now.
    pub(super) partner: Pinned,
}

/// A bond as stored.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct Stored {
    device: [u8; 32],
    couple: [u8; 32],
    #[zeroize(skip)]
    partner: Pinned,
}

impl Bond {
    fn to_stored(&self) -> Result<Zeroizing<Vec<u8>>, PhoneError> {
        let (device, couple) = (*self.device.as_bytes(), *self.couple.as_bytes());
        let stored = Stored { device, couple, partner: self.partner };
        // Room for all of it, so that no copy is left behind by growing.
        let mut bytes = Zeroizing::new(Vec::with_capacity(512));
        ciborium::into_writer(&stored, &mut *bytes).map_err(|_| PhoneError::StorageFailed)?;
        Ok(bytes)
    }
}

impl Open {
    /// The person's seed; made on first use.
    pub(super) fn person_seed(&mut self) -> Result<PersonSeed, PhoneError> {
        if let Some(bytes) = self.store.setting(SEED)? {
            let bytes = Zeroizing::new(bytes);
            let seed = <[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| PhoneError::Damaged)?;
            return Ok(PersonSeed::from_bytes(seed));
        }
        let seed = PersonSeed::generate(&*self.environment.randomness);
        self.store.put_setting(SEED, seed.as_bytes())?;
        Ok(seed)
    }

    /// The keys of the pairing that is in force.
    pub(super) fn bond(&self) -> Result<Option<Bond>, PhoneError> {
        let Some(bytes) = self.store.setting(BOND)? else { return Ok(None) };
        let bytes = Zeroizing::new(bytes);
        let stored: Stored = ciborium::from_reader(bytes.as_slice()).map_err(|_| PhoneError::Damaged)?;
        Ok(Some(Bond {
            device: DeviceKey::from_bytes(stored.device),
            couple: CoupleSecret::from_bytes(stored.couple),
            partner: stored.partner,
        }))
    }

    /// Keeps the keys of the pairing that is in force.
    pub(super) fn put_bond(&mut self, bond: &Bond) -> Result<(), PhoneError> {
        Ok(self.store.put_setting(BOND, &bond.to_stored()?)?)
    }

    /// Begins a pairing, with an empty shared log, and keeps its keys: both or nothing.
    pub(super) fn begin_pairing(&mut self, bond: &Bond) -> Result<(), PhoneError> {
        let stored = bond.to_stored()?;
        Ok(self.store.begin_pairing(*bond.couple.id().as_bytes(), &[(BOND, Some(&stored))])?)
    }

    /// The partner has another phone now.
    pub(super) fn repin(&mut self, partner: Pinned) -> Result<(), PhoneError> {
        match self.bond()? {
            Some(bond) => self.put_bond(&Bond { partner, ..bond }),
            None => Ok(()),
        }
    }

    /// Destroys the keys of the pairing.
    pub(super) fn drop_bond(&mut self) -> Result<(), PhoneError> {
        Ok(self.store.end_pairing(&[(BOND, None), (LAST_MET, None)])?)
    }

    /// What this phone brings to a meeting.
    pub(super) fn credentials(&mut self) -> Result<Option<Credentials>, PhoneError> {
        let Some(Bond { device, couple, partner }) = self.bond()? else { return Ok(None) };
        let seed = self.person_seed()?;
        Ok(Some(Credentials::new(&seed, device, self.store.shared_device(), couple, partner)))
    }

    /// When the two phones last caught up.
    pub(in crate::phone) fn last_met(&self) -> Result<Option<LocalTime>, PhoneError> {
        let Some(bytes) = self.store.setting(LAST_MET)? else { return Ok(None) };
        ciborium::from_reader(bytes.as_slice()).map(Some).map_err(|_| PhoneError::Damaged)
    }

    /// Notes that the two phones have caught up just now.
    pub(super) fn note_met(&mut self) -> Result<(), PhoneError> {
        let mut bytes = Vec::new();
        let now = self.environment.clock.wall();
        ciborium::into_writer(&now, &mut bytes).map_err(|_| PhoneError::StorageFailed)?;
        Ok(self.store.put_setting(LAST_MET, &bytes)?)
    }

    /// Whether this person has paused meeting. Nobody else is told (P13).
    pub(super) fn is_paused(&self) -> Result<bool, PhoneError> {
        Ok(self.store.setting(PAUSED)?.is_some())
    }

    pub(super) fn set_paused(&mut self, paused: bool) -> Result<(), PhoneError> {
        match paused {
            true => Ok(self.store.put_setting(PAUSED, &[])?),
            false => Ok(self.store.remove_setting(PAUSED)?),
        }
    }
}
