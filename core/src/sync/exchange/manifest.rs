//! The manifest of a log: which documents its owner has, and where their chains end. Its owner seals it.

use std::collections::BTreeMap;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

use super::wire::{Malformed, Put as _, Reader};
use crate::journal::{Chain, DeviceId, DocumentName, Month};
use crate::sync::{CoupleId, ManifestDigest, PersonKey, Seal, Secret};

/// A state of a log: the counter and the digest of its manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Point {
    pub counter: u64,
    pub digest: ManifestDigest,
}

impl Point {
    /// Where a log begins: nothing was sealed yet.
    pub(super) const NOTHING: Self = Self { counter: 0, digest: [0; 32] };

    pub(super) fn put(&self, to: &mut Vec<u8>) {
        to.put_number(self.counter);
        if self.counter > 0 {
            to.extend_from_slice(&self.digest);
        }
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        match from.number()? {
            0 => Ok(Self::NOTHING),
            counter => Ok(Self { counter, digest: from.array()? }),
        }
    }
}

/// Where the chains of a log end, without documents that hold nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Manifest(BTreeMap<DocumentName, Chain>);

impl Manifest {
    pub(super) fn set(&mut self, name: DocumentName, chain: Chain) {
        if chain.length == 0 {
            self.0.remove(&name);
        } else {
            self.0.insert(name, chain);
        }
    }

    pub(super) fn get(&self, name: &DocumentName) -> Chain {
        self.0.get(name).copied().unwrap_or_default()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (DocumentName, Chain)> {
        self.0.iter().map(|(name, chain)| (*name, *chain))
    }

    pub(super) fn documents(&self) -> usize {
        self.0.len()
    }

    /// SHA-256 over everything that the seal vouches for.
    pub(super) fn digest(&self, log: &LogId, counter: u64) -> ManifestDigest {
        let mut hash = Sha256::new();
        hash.update(b"attune manifest 1");
        hash.update(log.pairing.as_bytes());
        hash.update(log.owner.as_bytes());
        hash.update(counter.to_be_bytes());
        for (name, chain) in &self.0 {
            hash.update(name.device.0);
            hash.update(name.month.0.to_be_bytes());
            hash.update(chain.length.to_be_bytes());
            hash.update(chain.head);
        }
        hash.finalize().into()
    }

    pub(super) fn put(&self, to: &mut Vec<u8>) {
        let mut names = Names::default();
        to.put_number(self.0.len() as u64);
        for (name, chain) in &self.0 {
            names.put(name, to);
            to.put_number(u64::from(chain.length));
            to.extend_from_slice(&chain.head);
        }
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        let mut names = Names::default();
        let mut manifest = Self::default();
        for _ in 0..from.count(36)? {
            let name = names.read(from)?;
            let chain = Chain { length: from.number_as()?, head: from.array()? };
            // In order and without empty ones: a manifest has one form.
            if chain.length == 0 || manifest.0.last_key_value().is_some_and(|(last, _)| *last >= name) {
                return Err(Malformed);
            }
            manifest.0.insert(name, chain);
        }
        Ok(manifest)
    }
}

/// Whose log under which pairing a manifest speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LogId {
    pub pairing: CoupleId,
    pub owner: PersonKey,
}

/// The owner's seal over a manifest's digest.
pub(super) fn seal(key: &Secret, point: Point) -> Seal {
    Seal { counter: point.counter, mac: keyed(key, point).finalize().into_bytes().into() }
}

/// Whether an own seal is genuine.
pub(super) fn is_sealed(key: &Secret, point: Point, mac: &[u8; 32]) -> bool {
    keyed(key, point).verify_slice(mac).is_ok()
}

fn keyed(key: &Secret, point: Point) -> Hmac<Sha256> {
    // HMAC itself fills a short key up with zeros; the digest covers the counter.
    let mut block = zeroize::Zeroizing::new([0; 64]);
    block.iter_mut().zip(key.as_bytes()).for_each(|(to, from)| *to = *from);
    Hmac::<Sha256>::new((&*block).into()).chain_update(b"attune seal 1").chain_update(point.digest)
}

/// Writes names of documents that follow each other: a device in full when it is first named, and then
/// by its number; months by their distance.
#[derive(Default)]
pub(super) struct Names {
    devices: Vec<DeviceId>,
    month: u32,
}

impl Names {
    pub(super) fn put(&mut self, name: &DocumentName, to: &mut Vec<u8>) {
        let known = self.devices.iter().position(|device| *device == name.device);
        to.put_number(known.unwrap_or(self.devices.len()) as u64);
        if known.is_none() {
            self.devices.push(name.device);
            to.extend_from_slice(&name.device.0);
        }
        to.put_signed(i64::from(name.month.0) - i64::from(self.month));
        self.month = name.month.0;
    }

    pub(super) fn read(&mut self, from: &mut Reader<'_>) -> Result<DocumentName, Malformed> {
        let number: usize = from.number_as()?;
        if number == self.devices.len() {
            self.devices.push(DeviceId(from.array()?));
        }
        let device = *self.devices.get(number).ok_or(Malformed)?;
        let month = i64::from(self.month).checked_add(from.signed()?).ok_or(Malformed)?;
        self.month = u32::try_from(month).map_err(|_| Malformed)?;
        Ok(DocumentName { device, month: Month(self.month) })
    }
}
