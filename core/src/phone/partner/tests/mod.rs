//! Phones whose keys were put there by hand.

mod bytes;
mod listing;
mod onlooker;
mod two_connections;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tempfile::TempDir;

use crate::journal::{Body, LocalTime, Worry};
use crate::phone::{Clock, Environment, Phone};
use crate::random::SeededRandomness;
use crate::sync::{CoupleSecret, DeviceKey, Paired, Pinned, Purpose};

/// A clock that stands still until it is moved.
struct Stopped(Mutex<LocalTime>);

impl Clock for Stopped {
    fn wall(&self) -> LocalTime {
        *self.0.lock().unwrap()
    }

    fn monotonic(&self) -> Duration {
        Duration::ZERO
    }
}

struct TestPhone {
    phone: Phone,
    _folder: TempDir,
}

impl TestPhone {
    fn new(seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(Stopped(Mutex::new(LocalTime::parse("2026-03-02T08:00:00+01:00").unwrap())));
        let environment = Environment { clock, randomness: Arc::new(SeededRandomness::new(seed, 0)) };
        Self { phone: Phone::open(folder.path(), &[7; 32], environment).unwrap(), _folder: folder }
    }

    fn log(&self, text: &str, share: bool) {
        self.phone.journal().log(Body::from(Worry { text: text.into() }), share).unwrap();
    }

    fn pinned(&self, device: &DeviceKey) -> Pinned {
        let opened = |open: &mut crate::phone::keeping::Open| {
            Ok(Pinned {
                person: open.person_seed()?.public(),
                device: device.public(),
                device_id: open.store.shared_device(),
            })
        };
        self.phone.keeping.with(opened).unwrap()
    }
}

fn pair(a: &TestPhone, b: &TestPhone) {
    let devices = [DeviceKey::from_bytes([3; 32]), DeviceKey::from_bytes([4; 32])];
    let couple = CoupleSecret::from_bytes([5; 32]);
    for (phone, own, other, its) in [(a, &devices[0], b, &devices[1]), (b, &devices[1], a, &devices[0])] {
        let (couple, partner, device) = (couple.clone(), other.pinned(its), own.clone());
        let paired = Paired { couple, partner, device, purpose: Purpose::New };
        phone.phone.keeping.with(|open| open.begin_bond(&paired, false)).unwrap();
    }
}
