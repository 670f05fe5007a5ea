//! What goes into a backup comes out of it, in a file of its own; or there is no file.

use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::process::Command;

use attune_sqlcipher::faults::{self, Action};

use super::shelving::{batch, name};
use super::*;
use crate::backup::{CarriedDocument, CarriedPairing, CarriedSetting, Item};
use crate::journal::{Chain, DeviceId, DocumentName, Month, Whose};
use crate::store::{Packed, file};
use crate::sync::Shelf;

const OTHER_KEY: [u8; 32] = [8; 32];

impl Person {
    pub(super) fn packed(&mut self) -> Vec<Item> {
        let (mut packing, mut items) = self.store().begin_packing().unwrap();
        while let Packed::Some(more) = self.store().pack(&mut packing).unwrap() {
            items.extend(more);
        }
        items
    }

    /// The same person on a new phone.
    pub(super) fn carried(&mut self) -> Self {
        let mut new = Self::in_folder(place(), self.seed);
        (new.epoch, new.random, new.now) = (self.epoch + 100, self.random + (1 << 20), self.now);
        let randomness = Arc::new(SeededRandomness::new(new.seed, new.epoch));
        unpack(new.folder(), &KEY, randomness, self.packed()).unwrap();
        new.reopen();
        new
    }
}

fn unpack(
    folder: &Path,
    key: &[u8; 32],
    randomness: Arc<SeededRandomness>,
    items: Vec<Item>,
) -> Result<(), StoreError> {
    let mut items = items.into_iter();
    Store::unpack(folder, key, randomness, || Ok(items.next()))
}

fn randomness() -> Arc<SeededRandomness> {
    Arc::new(SeededRandomness::new(4, 4))
}

/// Some of everything that a store holds.
fn with_everything() -> Person {
    let mut me = Person::paired(1);
    me.store().put_setting("name", b"value").unwrap();
    me.store().remember_first_message([5; 16]).unwrap();
    let earlier = me.share("under an earlier pairing");
    me.store().begin_pairing([2; 16], &[]).unwrap();
    for n in 0..70 {
        me.worry(&format!("private {n}"));
    }
    let first = me.share("shared");
    let regretted = [me.share("regretted"), me.worry("regretted"), earlier];
    while me.store().tidy().unwrap().more {}
    let form = me.record(Audience::Both, worry("shared, better said"), Some(first));
    me.store().append(&[(Audience::Both, form)]).unwrap();
    me.erase(Audience::Both, &regretted[..1]);
    me.erase(Audience::OnlyMe, &regretted[1..]);
    me.at("2026-04-01T23:30:00-03:00").worry("another month");
    let mut partner = Person::in_folder(place(), 2);
    let theirs: Vec<_> = (0..30).map(|n| partner.record(Audience::Both, worry(&format!("theirs {n}")), None)).collect();
    let received = batch(name(9, &theirs[0]), Chain::EMPTY, &theirs, &[]);
    let mut log = me.store().shared_log().unwrap();
    log.receive(received).unwrap();
    log.reserve_counters(6, 10).unwrap();
    let own = log.documents(Whose::Mine).unwrap();
    let confirmed: Vec<_> = own.iter().map(|document| (document.name, document.last)).collect();
    log.confirm(5, [3; 32], &confirmed[..1]).unwrap();
    me
}

#[test]
fn a_store_that_was_carried_says_the_same_and_writes_under_new_devices() {
    let mut me = with_everything();
    let mut new = me.carried();
    assert_eq!(new.store().dump().unwrap(), me.store().dump().unwrap());
    for whose in [Whose::Mine, Whose::Theirs] {
        assert_eq!(new.documents(whose), me.documents(whose));
    }
    assert_eq!(new.standing(), me.standing());
    assert_eq!(new.store().setting("name"), Ok(Some(b"value".to_vec())));
    assert!(!new.store().remember_first_message([5; 16]).unwrap());
    assert_eq!(new.store().search("theirs", None, 99).unwrap().len(), 30);
    assert!(!format!("{:?}", new.texts()).contains("regretted"));
    for audience in [Audience::OnlyMe, Audience::Both] {
        assert_ne!(new.store().device(audience), me.store().device(audience));
    }
    let before = new.store().dump().unwrap();
    new.store().rebuild_read_model().unwrap();
    assert_eq!(new.store().dump().unwrap(), before);

    let documents = before.documents.len();
    new.worry("goes on");
    new.share("goes on");
    while new.store().tidy().unwrap().more {}
    new.reopen();
    assert_eq!(new.store().dump().unwrap().documents.len(), documents + 2);
}

#[test]
fn what_was_erased_is_not_packed_and_does_not_come_back() {
    let mut me = Person::paired(1);
    let id = me.worry("qzxvkwjhym");
    let kept = me.packed();
    me.erase(Audience::OnlyMe, &[id]);
    let packed = me.packed();
    assert!(format!("{packed:?}").len() < format!("{kept:?}").len() + 400);
    let holds = |items: &[Item]| {
        let records = items.iter().filter_map(|item| match item {
            Item::Records(records) => Some(records),
            _ => None,
        });
        records.flatten().any(|record| record.value.windows(10).any(|part| part == b"qzxvkwjhym"))
    };
    assert!(holds(&kept) && !holds(&packed));
    let mut new = me.carried();
    let again = Record { id, ..new.record(Audience::OnlyMe, worry("again"), None) };
    assert_eq!(new.store().append(&[(Audience::OnlyMe, again)]), Err(StoreError::IdTaken));
}

#[test]
fn what_is_packed_while_something_is_erased_or_received_is_stale_and_new_entries_do_not_matter() {
    let mut me = with_everything();
    let mut goes_stale = |upheaval: &dyn Fn(&mut Person)| {
        let (mut packing, _) = me.store().begin_packing().unwrap();
        assert!(matches!(me.store().pack(&mut packing), Ok(Packed::Some(_))));
        upheaval(&mut me);
        matches!(me.store().pack(&mut packing), Ok(Packed::Stale))
    };
    assert!(!goes_stale(&|me| {
        me.worry("new");
    }));
    assert!(!goes_stale(&|me| {
        me.share("new");
    }));
    assert!(goes_stale(&|me| {
        let id = me.worry("regretted");
        me.erase(Audience::OnlyMe, &[id]);
    }));
    assert!(goes_stale(&|me| {
        let mut partner = Person::in_folder(place(), 3);
        let theirs = [partner.record(Audience::Both, worry("theirs"), None)];
        let received = batch(name(8, &theirs[0]), Chain::EMPTY, &theirs, &[]);
        me.store().shared_log().unwrap().receive(received).unwrap();
    }));
    assert!(goes_stale(&|me| me.store().end_pairing(&[]).unwrap()));
}

#[test]
fn nothing_is_made_where_there_is_a_store_already() {
    let mut me = with_everything();
    let items = me.packed();
    let mut other = Person::new(2);
    other.worry("mine");
    other.store.take().unwrap().close().unwrap();
    let before = fs::read(other.file()).unwrap();
    assert_eq!(unpack(other.folder(), &KEY, randomness(), items.clone()), Err(StoreError::Occupied));
    assert_eq!(fs::read(other.file()).unwrap(), before);
    // Nor beside a log that would be taken for that of the new one.
    fs::rename(other.file(), other.folder().join("elsewhere")).unwrap();
    fs::write(other.folder().join("attune.db-wal"), b"log").unwrap();
    assert_eq!(unpack(other.folder(), &KEY, randomness(), items), Err(StoreError::Occupied));
}

#[test]
fn items_that_do_not_fit_together_are_refused_and_leave_no_folder() {
    let private = CarriedDocument {
        audience: Audience::OnlyMe,
        pairing: 0,
        whose: Whose::Mine,
        name: DocumentName { device: DeviceId([1; 16]), month: Month(24_301) },
        confirmed: None,
    };
    let document = Item::Document(private);
    let of_no_pairing = Item::Document(CarriedDocument { audience: Audience::Both, pairing: 3, ..private });
    let pairing =
        CarriedPairing { number: 1, couple: [1; 16], ended: false, own_counter: 0, confirmed: None, held: None };
    let mut me = Person::new(1);
    let [first, second] = ["a", "b"].map(|text| me.record(Audience::OnlyMe, worry(text), None));
    let records = |records: &[&Record]| Item::Records(records.iter().copied().cloned().collect());
    let devices = CarriedSetting { name: "devices".into(), value: vec![0; 32] };
    for wrong in [
        vec![records(&[&first])],
        vec![document.clone(), records(&[&second, &first])],
        vec![document.clone(), records(&[&first]), records(&[&first])],
        vec![document.clone(), records(&[&first]), document.clone(), records(&[&first])],
        vec![of_no_pairing],
        vec![Item::Document(CarriedDocument { whose: Whose::Theirs, ..private })],
        vec![Item::Pairing(CarriedPairing { number: 0, ..pairing.clone() })],
        vec![Item::Pairing(CarriedPairing { number: -1, ..pairing })],
        vec![Item::Setting(devices)],
    ] {
        let parent = place();
        let folder = parent.path().join("phone");
        assert_eq!(unpack(&folder, &KEY, randomness(), wrong.clone()), Err(StoreError::Damaged), "{wrong:?}");
        assert!(!folder.exists());
    }
}

#[test]
fn a_killed_full_or_failing_disk_leaves_no_store_and_the_next_attempt_makes_it() {
    let mut me = with_everything();
    let expected = me.store().dump().unwrap();
    for action in ["kill", "torn", "full", "io"] {
        let mut at = 1;
        loop {
            let parent = place();
            let folder = parent.path().join("phone");
            let output = Command::new(std::env::current_exe().unwrap())
                .args(["--ignored", "--exact", "--nocapture", "--test-threads=1"])
                .arg("store::tests::carrying::the_child_unpacks")
                .env("ATTUNE_FAULT", format!("{action}|{at}"))
                .env("ATTUNE_FAULT_FOLDER", &folder)
                .output()
                .unwrap();
            let said = String::from_utf8(output.stdout).unwrap();
            let killed = output.status.signal() == Some(9);
            assert!(killed || output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            let failed = said.contains("went wrong");
            assert_eq!(file::path_in(&folder).exists(), !killed && !failed, "{action} at {at}");
            assert!(!failed || !folder.exists(), "{action} at {at} leaves something");
            if killed || failed {
                unpack(&folder, &OTHER_KEY, randomness(), me.packed()).unwrap();
            }
            let key = if killed || failed { OTHER_KEY } else { KEY };
            let made = Store::open(&folder, &key, randomness()).unwrap();
            assert_eq!(made.dump().unwrap(), expected, "{action} at {at}");
            assert_eq!(fs::read_dir(&folder).unwrap().filter(|file| is_unfinished(file.as_ref().unwrap())).count(), 0);
            if !killed && !failed {
                assert!(at > 20, "only {at} calls");
                break;
            }
            at += 7;
        }
    }
}

fn is_unfinished(file: &fs::DirEntry) -> bool {
    file.file_name().to_string_lossy().contains("unfinished")
}

#[test]
#[ignore = "runs in a process of its own, started by the test above"]
fn the_child_unpacks() {
    let Ok(fault) = std::env::var("ATTUNE_FAULT") else { return };
    let (action, at) = fault.split_once('|').unwrap();
    let action = match action {
        "kill" => Action::Kill,
        "torn" => Action::TornKill,
        "full" => Action::Full,
        "io" => Action::IoError,
        other => panic!("no action {other}"),
    };
    let folder = PathBuf::from(std::env::var_os("ATTUNE_FAULT_FOLDER").unwrap());
    let items = with_everything().packed();
    faults::register_as_default().unwrap();
    faults::arm(at.parse().unwrap(), action);
    let done = unpack(&folder, &KEY, randomness(), items);
    faults::disarm();
    if let Err(error) = done {
        assert!(matches!(error, StoreError::Io | StoreError::Full), "{error:?}");
        writeln!(std::io::stdout(), "went wrong").unwrap();
    }
}
