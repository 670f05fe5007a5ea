//! What a phone keeps of its pairing: the keys, encrypted with everything else, gone when it unlinks.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::backup::CarriedSetting;
use crate::journal::{LocalTime, Whose};
use crate::phone::PhoneError;
use crate::phone::keeping::Open;
use crate::random::Randomness;
use crate::sync::{CoupleId, CoupleSecret, Credentials, DeviceKey, Established, Paired, PersonSeed, Pinned};

const SEED: &str = "person seed";
const BOND: &str = "bond";
const LAST_MET: &str = "last met";
const NEW_PHONE: &str = "new phone";
const CLOCK_DIFFERENCE: &str = "clock difference";
const PAUSED: &str = "sync paused";

/// The keys of one pairing.
pub(super) struct Bond {
    /// The key of this phone in this pairing.
    pub(super) device: DeviceKey,
    /// What the two agreed on.
    pub(super) couple: CoupleSecret,
    /// Under which name the two seal their logs: the couple's when it began. It stays when the keys are
    /// replaced, so that what was sealed before still holds.
    pub(super) log: CoupleId,
    /// The partner, as known now.
    pub(super) partner: Pinned,
    /// What the first meeting has yet to settle.
    pub(super) unsettled: Unsettled,
}

/// What the two phones know of each other for certain only when they have met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Unsettled {
    /// The pairing's connection died before this phone knew that the other one knows.
    #[serde(default)]
    pub(super) perhaps: bool,
    /// The partner's phone does not know this device yet: it follows one that was lost.
    #[serde(default)]
    pub(super) new_device: bool,
}

/// A bond as stored.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct Stored {
    device: [u8; 32],
    couple: [u8; 32],
    /// Where it is another one than that of `couple`.
    #[zeroize(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    log: Option<[u8; 16]>,
    #[zeroize(skip)]
    partner: Pinned,
    #[zeroize(skip)]
    #[serde(default)]
    unsettled: Unsettled,
}

impl Bond {
    /// The keys of a pairing that begins.
    pub(super) fn new(paired: &Paired, unsettled: Unsettled) -> Self {
        let Paired { couple, partner, device, .. } = paired.clone();
        Self { device, log: couple.id(), couple, partner, unsettled }
    }

    fn to_stored(&self) -> Result<Zeroizing<Vec<u8>>, PhoneError> {
        let (device, couple) = (*self.device.as_bytes(), *self.couple.as_bytes());
        let log = (self.log != self.couple.id()).then_some(*self.log.as_bytes());
        let stored = Stored { device, couple, log, partner: self.partner, unsettled: self.unsettled };
        // Room for all of it, so that no copy is left behind by growing.
        let mut bytes = Zeroizing::new(Vec::with_capacity(512));
        ciborium::into_writer(&stored, &mut *bytes).map_err(|_| PhoneError::StorageFailed)?;
        Ok(bytes)
    }
}

/// A bond in a backup: without the key of this phone, which never leaves it.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct Carried {
    couple: [u8; 32],
    #[zeroize(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    log: Option<[u8; 16]>,
    #[zeroize(skip)]
    partner: Pinned,
    #[zeroize(skip)]
    #[serde(default)]
    perhaps: bool,
}

/// A setting as it goes into a backup; `None` for what is of this phone alone.
pub(in crate::phone) fn pack_setting(mut setting: CarriedSetting) -> Result<Option<CarriedSetting>, PhoneError> {
    match setting.name.as_str() {
        BOND => {
            let stored: Stored = ciborium::from_reader(setting.value.as_slice()).map_err(|_| PhoneError::Damaged)?;
            let (couple, log, partner) = (stored.couple, stored.log, stored.partner);
            let carried = Carried { couple, log, partner, perhaps: stored.unsettled.perhaps };
            setting.value.zeroize();
            setting.value = Vec::with_capacity(512);
            ciborium::into_writer(&carried, &mut setting.value).map_err(|_| PhoneError::StorageFailed)?;
            Ok(Some(setting))
        }
        NEW_PHONE | CLOCK_DIFFERENCE => Ok(None),
        _ => Ok(Some(setting)),
    }
}

/// A setting as it comes out of a backup. This phone follows another one of the same person: it gets a key of
/// its own, and until it has met the partner's phone it says so when it dials.
pub(in crate::phone) fn unpack_setting(
    mut setting: CarriedSetting,
    randomness: &dyn Randomness,
) -> Result<CarriedSetting, PhoneError> {
    if setting.name == BOND {
        let carried: Carried = ciborium::from_reader(setting.value.as_slice()).map_err(|_| PhoneError::Damaged)?;
        let couple = CoupleSecret::from_bytes(carried.couple);
        let bond = Bond {
            device: DeviceKey::generate(randomness),
            log: log_of(&couple, carried.log),
            couple,
            partner: carried.partner,
            unsettled: Unsettled { perhaps: carried.perhaps, new_device: true },
        };
        setting.value.zeroize();
        setting.value = bond.to_stored()?.to_vec();
    }
    Ok(setting)
}

fn log_of(couple: &CoupleSecret, log: Option<[u8; 16]>) -> CoupleId {
    log.map_or_else(|| couple.id(), CoupleId::from_bytes)
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
        let couple = CoupleSecret::from_bytes(stored.couple);
        Ok(Some(Bond {
            device: DeviceKey::from_bytes(stored.device),
            log: log_of(&couple, stored.log),
            couple,
            partner: stored.partner,
            unsettled: stored.unsettled,
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

    /// Goes on under new keys with the same partner, and shows whose phone is a new one: all of it or nothing.
    /// Fails with `NotPaired` where that partner is not the one who is pinned any more.
    pub(super) fn replace_pairing(&mut self, paired: &Paired) -> Result<(), PhoneError> {
        let before = self.bond()?.filter(|before| before.partner.person == paired.partner.person);
        let Some(before) = before else { return Err(PhoneError::NotPaired) };
        let bond = Bond { log: before.log, ..Bond::new(paired, Unsettled::default()) };
        let stored = bond.to_stored()?;
        let new_phone = if before.unsettled.new_device {
            Some(Whose::Mine)
        } else {
            (before.partner.device_id != bond.partner.device_id).then_some(Whose::Theirs)
        };
        let new_phone = new_phone.map(|whose| self.new_phone_setting(whose)).transpose()?;
        let mut settings = vec![(BOND, Some(&stored[..]))];
        settings.extend(new_phone.as_ref().map(|setting| (NEW_PHONE, Some(&setting[..]))));
        self.store.continue_pairing(*bond.couple.id().as_bytes(), &settings)?;
        // It is certain now that the partner holds the pairing.
        if before.unsettled.perhaps { self.bring_own_cap() } else { Ok(()) }
    }

    /// Whether the pairing in force has these keys.
    pub(super) fn is_bond_of(&self, couple: CoupleId) -> Result<bool, PhoneError> {
        Ok(self.bond()?.is_some_and(|bond| bond.couple.id() == couple))
    }

    /// The partner has another phone now, certified under these keys; it is shown. Where the keys were
    /// replaced meanwhile, it may be the stolen one.
    pub(super) fn repin(&mut self, couple: CoupleId, partner: Pinned) -> Result<(), PhoneError> {
        let Some(bond) = self.bond()?.filter(|bond| bond.couple.id() == couple) else { return Ok(()) };
        self.put_bond(&Bond { partner, ..bond })?;
        self.note_new_phone(Whose::Theirs)
    }

    /// This phone follows another one of the same person, as if it came out of a backup.
    #[cfg(test)]
    pub(super) fn follow_lost_phone(&mut self) -> Result<(), PhoneError> {
        let Some(value) = self.store.setting(BOND)? else { return Ok(()) };
        let packed = pack_setting(CarriedSetting { name: BOND.into(), value })?.ok_or(PhoneError::Damaged)?;
        let setting = unpack_setting(packed, &*self.environment.randomness)?;
        Ok(self.store.put_setting(BOND, &setting.value)?)
    }

    /// The partner has greeted: what was unsettled is settled, and the two clocks are compared.
    pub(super) fn note_greeting(&mut self, couple: CoupleId, established: &Established) -> Result<(), PhoneError> {
        if let Some(bond) = self.bond()?.filter(|bond| bond.couple.id() == couple)
            && bond.unsettled != Unsettled::default()
        {
            let Unsettled { perhaps, new_device } = bond.unsettled;
            self.put_bond(&Bond { unsettled: Unsettled::default(), ..bond })?;
            if new_device {
                self.note_new_phone(Whose::Mine)?;
            }
            if perhaps {
                self.bring_own_cap()?;
            }
        }
        if established.clocks_differ() {
            self.put_setting(CLOCK_DIFFERENCE, &established.clock_difference_ms)
        } else if self.store.setting(CLOCK_DIFFERENCE)?.is_some() {
            Ok(self.store.remove_setting(CLOCK_DIFFERENCE)?)
        } else {
            Ok(())
        }
    }

    /// By how many milliseconds the partner's clock was ahead when the two last met, where that is so much
    /// that they should know.
    pub(super) fn clock_difference_ms(&self) -> Result<Option<i64>, PhoneError> {
        self.read_setting(CLOCK_DIFFERENCE)
    }

    /// Whose phone was last replaced, and when this phone learnt of it.
    pub(super) fn new_phone(&self) -> Result<Option<(Whose, LocalTime)>, PhoneError> {
        let read: Option<(bool, LocalTime)> = self.read_setting(NEW_PHONE)?;
        Ok(read.map(|(mine, at)| (if mine { Whose::Mine } else { Whose::Theirs }, at)))
    }

    fn note_new_phone(&mut self, whose: Whose) -> Result<(), PhoneError> {
        let setting = self.new_phone_setting(whose)?;
        Ok(self.store.put_setting(NEW_PHONE, &setting)?)
    }

    fn new_phone_setting(&self, whose: Whose) -> Result<Vec<u8>, PhoneError> {
        as_setting(&(whose == Whose::Mine, self.environment.clock.wall()))
    }

    /// Destroys the keys of the pairing.
    pub(super) fn drop_bond(&mut self) -> Result<(), PhoneError> {
        Ok(self.store.end_pairing(&[(BOND, None), (LAST_MET, None), (NEW_PHONE, None), (CLOCK_DIFFERENCE, None)])?)
    }

    /// What this phone brings to a meeting.
    pub(super) fn credentials(&mut self) -> Result<Option<Credentials>, PhoneError> {
        let Some(Bond { device, couple, partner, .. }) = self.bond()? else { return Ok(None) };
        let seed = self.person_seed()?;
        Ok(Some(Credentials::new(&seed, device, self.store.shared_device(), couple, partner)))
    }

    /// When the two phones last caught up.
    pub(in crate::phone) fn last_met(&self) -> Result<Option<LocalTime>, PhoneError> {
        self.read_setting(LAST_MET)
    }

    /// Notes that the two phones have caught up just now.
    pub(super) fn note_met(&mut self) -> Result<(), PhoneError> {
        let now = self.environment.clock.wall();
        self.put_setting(LAST_MET, &now)
    }

    fn read_setting<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, PhoneError> {
        let Some(bytes) = self.store.setting(name)? else { return Ok(None) };
        ciborium::from_reader(bytes.as_slice()).map(Some).map_err(|_| PhoneError::Damaged)
    }

    fn put_setting(&mut self, name: &str, value: &impl Serialize) -> Result<(), PhoneError> {
        Ok(self.store.put_setting(name, &as_setting(value)?)?)
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

fn as_setting(value: &impl Serialize) -> Result<Vec<u8>, PhoneError> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).map_err(|_| PhoneError::StorageFailed)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::DeviceId;
    use crate::random::SeededRandomness;

    #[test]
    fn a_backup_holds_no_key_of_this_phone_and_the_next_phone_has_its_own() {
        let randomness = SeededRandomness::new(1, 1);
        let device = DeviceKey::generate(&randomness);
        let person = PersonSeed::generate(&randomness).public();
        let partner = Pinned { person, device: device.public(), device_id: DeviceId([6; 16]) };
        let couple = CoupleSecret::from_bytes([5; 32]);
        let log = CoupleId::from_bytes([8; 16]);
        let bond = Bond { device: device.clone(), couple, log, partner, unsettled: Unsettled::default() };
        let setting = CarriedSetting { name: BOND.into(), value: bond.to_stored().unwrap().to_vec() };
        // A byte of the key may stand there as itself or after a byte that announces it.
        let holds = |bytes: &[u8]| {
            let plain: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0x18).collect();
            let key: Vec<u8> = device.as_bytes().iter().copied().filter(|byte| *byte != 0x18).collect();
            plain.windows(key.len()).any(|part| part == key)
        };
        assert!(holds(&setting.value));
        let packed = pack_setting(setting).unwrap().unwrap();
        assert!(!holds(&packed.value));
        let unpacked = unpack_setting(packed, &randomness).unwrap();
        let stored: Stored = ciborium::from_reader(unpacked.value.as_slice()).unwrap();
        assert_ne!(stored.device, *device.as_bytes());
        assert_eq!((stored.couple, stored.partner), ([5; 32], partner));
        assert!(stored.unsettled.new_device);
        assert_eq!(stored.log, Some([8; 16]), "what was sealed under it still holds");
    }

    #[test]
    fn what_is_of_this_phone_alone_stays_here() {
        let pack = |name: &str| pack_setting(CarriedSetting { name: name.into(), value: vec![] }).unwrap();
        assert_eq!([pack(NEW_PHONE), pack(CLOCK_DIFFERENCE)], [None, None]);
        assert!(pack(SEED).is_some() && pack(PAUSED).is_some());
    }
}
