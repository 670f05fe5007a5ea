//! The partner's phone has proven itself, and lies. Whatever it says, this phone keeps what it had, says
//! why the meeting ended, and meets an honest partner afterwards.

use std::fs;
use std::path::Path;

use attune_core::journal::{DeviceId, DocumentName, LocalTime, Month, Record, Whose};
use attune_core::phone::PhoneError;
use attune_core::store::Dump;
use attune_core::sync::{Ended, lying};

use crate::couple::Owner;
use crate::liar::{Liar, Outcome};
use crate::line::{Line, all_it_says, connect};

/// What messages of the exchange begin with.
const BATCH: u8 = 2;
const HELD: u8 = 4;
const WANT: u8 = 5;
const RETURNED: u8 = 6;

/// A phone and a liar who have met once.
fn acquainted(seed: u64) -> (Owner, Liar) {
    let owner = Owner::new(seed);
    let mut liar = Liar::pair_with(&owner, seed + 1);
    owner.share("an evening");
    liar.write("a morning");
    liar.meet_honestly(&owner);
    (owner, liar)
}

fn honestly(message: Vec<u8>) -> Vec<Vec<u8>> {
    vec![message]
}

fn lie_to(owner: &Owner, liar: &mut Liar, lie: impl FnMut(Vec<u8>) -> Vec<Vec<u8>>) -> Outcome {
    let mut line = liar.dial(owner.listen());
    line.be_impatient();
    liar.meet_on(line, lie)
}

/// A meeting that the phone must end, saying so, without having kept anything.
fn assert_refused(owner: &Owner, liar: &mut Liar, lie: impl FnMut(Vec<u8>) -> Vec<Vec<u8>>) -> Outcome {
    let before = owner.dump();
    let outcome = lie_to(owner, liar, lie);
    assert_eq!(owner.settle(), Err(PhoneError::PartnerMisbehaved));
    assert_eq!(owner.phone.partner().why_broken_off(), Some(PhoneError::PartnerMisbehaved));
    assert_unchanged(owner, &before);
    outcome
}

/// The same with nothing but these messages, or with bytes that are no record.
fn assert_all_refused(owner: &Owner, liar: &Liar, say: impl Fn(&mut Line)) {
    let before = owner.dump();
    let mut line = liar.dial(owner.listen());
    say(&mut line);
    line.flush();
    line.wait_for_the_end();
    assert_eq!(owner.settle(), Err(PhoneError::PartnerMisbehaved));
    assert_unchanged(owner, &before);
}

fn assert_unchanged(owner: &Owner, before: &Dump) {
    assert_eq!(owner.dump(), *before);
}

#[test]
fn an_honest_partner_is_met() {
    let (owner, mut liar) = acquainted(10);
    owner.share("more");
    liar.write("more as well");
    liar.meet_honestly(&owner);
    assert_eq!((owner.shared(Whose::Mine).len(), owner.shared(Whose::Theirs).len()), (2, 2));
}

#[test]
fn an_entry_under_an_id_of_this_phone_is_refused() {
    let (owner, mut liar) = acquainted(20);
    let honest = liar.shelf.clone();
    let mut own = owner.shared(Whose::Mine).pop_first().unwrap();
    own.value = vec![0xa0];
    let name = *liar.shelf.log(Whose::Mine).first_key_value().unwrap().0;
    liar.shelf.insert(name, own);
    assert_refused(&owner, &mut liar, honestly);
    liar.shelf = honest;
    liar.meet_honestly(&owner);
}

#[test]
fn a_document_that_says_to_be_of_this_phones_device_is_the_partners_all_the_same() {
    let (owner, mut liar) = acquainted(30);
    let (own, shared) = (owner.shared(Whose::Mine), owner.dump().documents);
    let name = shared.iter().find(|document| document.whose == Whose::Mine && !document.records.is_empty());
    let name =
        shared.iter().find(|document| own.iter().any(|own| document.records.contains(own))).or(name).unwrap().name;
    liar.shelf.write_value(name, LocalTime::parse("2026-03-02T09:00:00+01:00").unwrap(), vec![0xa0]);
    liar.meet_honestly(&owner);
    assert_eq!(owner.shared(Whose::Mine), own);
    owner.share("goes on");
    liar.meet_honestly(&owner);
}

#[test]
fn words_that_this_phone_never_wrote_do_not_come_back_to_it_after_a_restore() {
    let (mut owner, mut liar) = acquainted(40);
    let copy = owner.copy();
    owner.share("after the copy");
    owner.share("and more");
    liar.meet_honestly(&owner);
    let all = owner.shared(Whose::Mine);
    owner.restore(&copy);
    let (own, honest) = (owner.shared(Whose::Mine), liar.shelf.clone());
    assert_eq!((all.len(), own.len()), (3, 1));

    let forged = |records: &mut Vec<Record>| records.last_mut().unwrap().value = vec![0xa0];
    let added = |records: &mut Vec<Record>| records.push(Record { id: last_id(), ..records[0].clone() });
    let shortened = |records: &mut Vec<Record>| drop(records.pop());
    for change in [forged, added, shortened] {
        let returned = |message: Vec<u8>| {
            let changed = (message[0] == RETURNED).then(|| {
                lying::with_entries(&message, |parts| parts.iter_mut().for_each(|(_, records)| change(records)))
            });
            vec![changed.flatten().unwrap_or(message)]
        };
        let outcome = assert_refused(&owner, &mut liar, returned);
        assert!(outcome.sent.iter().any(|message| message[0] == RETURNED));
        liar.shelf = honest.clone();
    }
    // What the liar says it holds: counter, seal, manifest.
    let outcome = liar.meet(owner.listen(), honestly);
    assert!(outcome.settled);
    let held = outcome.sent.iter().find(|message| message[0] == HELD).unwrap().len();
    owner.restore(&copy);
    liar.shelf = honest.clone();
    for byte in (2..held).step_by(7) {
        assert_refused(&owner, &mut liar, |mut message| {
            if message[0] == HELD {
                message[byte] ^= 1;
            }
            vec![message]
        });
        assert_eq!(owner.shared(Whose::Mine), own);
        liar.shelf = honest.clone();
    }
    liar.meet_honestly(&owner);
    assert_eq!(owner.shared(Whose::Mine), all);
}

fn last_id() -> attune_core::journal::EntryId {
    attune_core::journal::EntryId::from_bytes([0xee; 16])
}

#[test]
fn a_byte_changed_anywhere_in_what_a_partner_says_is_never_half_believed() {
    let (owner, mut liar) = acquainted(50);
    let own = owner.shared(Whose::Mine);
    let mut at = 0;
    loop {
        let (before, honest) = (owner.shared(Whose::Theirs), liar.shelf.clone());
        liar.write("words");
        let mut said = 0;
        let outcome = lie_to(&owner, &mut liar, |mut message| {
            if let Some(byte) = message.get_mut(usize::wrapping_sub(at, said)) {
                *byte ^= 0x55;
            }
            said += message.len();
            vec![message]
        });
        if outcome.settled && said <= at {
            break;
        }
        let after = owner.shared(Whose::Theirs);
        assert_eq!(owner.shared(Whose::Mine), own);
        assert!(after == before || after == liar.log(Whose::Mine), "byte {at}");
        if after == before {
            liar.shelf = honest;
        }
        at += 3;
    }
    assert!(at > 150);
    liar.meet_honestly(&owner);
}

#[test]
fn a_byte_changed_on_the_wire_ends_the_meeting() {
    let (owner, mut liar) = acquainted(60);
    let before = owner.dump();
    let first = liar.meet_honestly(&owner).bytes;
    // The first message and its length, then the frame of the first flight, in places.
    let length = usize::from(u16::from_be_bytes([first[0], first[1]])) + 2;
    for at in [0, 1, 2, length / 2, length - 1, length, length + 1, length + 2, length + 700, length + 4000] {
        liar.write("words");
        let honest = liar.shelf.clone();
        let line = Line::dial(owner.listen(), liar.channel(), Some(at));
        if at < length {
            assert!(!line.channel.is_ready(), "a stranger was answered");
        } else {
            let outcome = liar.meet_on(line, honestly);
            assert!(!outcome.settled);
            // A length that grew is waited for until the partner gives up; everything else is noticed at once.
            assert!(matches!(owner.settle(), Err(PhoneError::PartnerMisbehaved | PhoneError::Interrupted)));
        }
        assert_eq!(owner.dump(), before, "byte {at}");
        liar.shelf = honest;
    }
    liar.meet_honestly(&owner);
}

#[test]
fn a_former_meeting_played_again_changes_nothing() {
    let (owner, mut liar) = acquainted(70);
    liar.write("words");
    let former = liar.meet_honestly(&owner);
    liar.write("more words");
    liar.meet_honestly(&owner);
    let before = owner.dump();

    // All its bytes: the first message was heard before.
    let mut stream = connect(owner.listen());
    std::io::Write::write_all(&mut stream, &former.bytes).unwrap();
    assert!(all_it_says(&mut stream).is_empty());
    assert_unchanged(&owner, &before);

    // What followed its handshake, after a new one.
    let handshake = usize::from(u16::from_be_bytes([former.bytes[0], former.bytes[1]])) + 2;
    assert_all_refused(&owner, &liar, |line| line.write(&former.bytes[handshake..]));

    // What it said, under the keys of this meeting.
    let mut line = liar.dial(owner.listen());
    former.sent.iter().for_each(|message| line.send(message));
    line.flush();
    line.wait_for_the_end();
    assert!(owner.settle().is_err());
    assert_unchanged(&owner, &before);
    liar.meet_honestly(&owner);
}

#[test]
fn a_partner_that_shortens_its_own_history_does_not_shorten_it_here() {
    let (owner, mut liar) = acquainted(80);
    let older = liar.shelf.clone();
    liar.write("said");
    liar.write("and said");
    liar.meet_honestly(&owner);
    let (before, honest) = (owner.dump(), std::mem::replace(&mut liar.shelf, older));
    // It goes on from the older state, and does not take back what it is told that it lost.
    liar.write("said something else");
    let outcome = lie_to(&owner, &mut liar, |message| match message[0] {
        WANT => vec![vec![7, 1]],
        _ => vec![message],
    });
    assert!(!outcome.settled);
    assert_unchanged(&owner, &before);
    // One that holds less of this phone's log than it acknowledged is told the rest again.
    liar.shelf = honest;
    liar.meet_honestly(&owner);
    assert_eq!(owner.shared(Whose::Theirs).len(), 3);
}

#[test]
fn a_batch_that_cannot_be_unpacked_is_refused() {
    let (owner, mut liar) = acquainted(90);
    let saved = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/exchange_packed");
    let bombs = ["zeros-of-a-gigabyte", "a-window-of-128-mebibytes", "too-many-entries", "a-value-too-long"];
    let bombs = bombs.map(|name| fs::read(saved.join(name)).unwrap());
    // One document with one entry, in a stream that says to be of 4 GiB, and one that is none.
    let announced = [&[1, 0][..], &[9; 16], &[1, 1, 1, 2, 3, 4, 5, 6, 7, 8], &zstd_of_4_gib()].concat();
    for packed in bombs.into_iter().chain([announced, vec![], vec![0xff; 100]]) {
        liar.write("words");
        let honest = liar.shelf.clone();
        let outcome = assert_refused(&owner, &mut liar, |message| {
            vec![lying::with_packed(&message, packed.clone()).unwrap_or(message)]
        });
        assert!(outcome.sent.iter().any(|message| message[0] == BATCH));
        liar.shelf = honest;
    }
    liar.meet_honestly(&owner);
}

/// The header of a zstd frame: no checksum, a window of 1 KiB, eight bytes of content size.
fn zstd_of_4_gib() -> Vec<u8> {
    [&[0x28, 0xb5, 0x2f, 0xfd, 0xc0, 0x00][..], &(4_u64 << 30).to_le_bytes(), &[0x03, 0, 0]].concat()
}

#[test]
fn what_announces_gigabytes_is_refused_before_they_come() {
    let (owner, mut liar) = acquainted(200);
    let billions = [0xff, 0xff, 0xff, 0xff, 0x0f];
    let held = [&[HELD, 0][..], &billions].concat();
    let want = [&[WANT][..], &billions].concat();
    let batch = [&[BATCH, 0][..], &[0; 8], &[1], &[0; 32], &[0; 16], &[0], &billions].concat();
    let opening = {
        let mut exchange = liar.exchange();
        exchange.start(std::time::Duration::ZERO, &mut liar.shelf);
        exchange.poll_message().unwrap()
    };
    for message in [held, want, batch] {
        assert_all_refused(&owner, &liar, |line| {
            line.send(&opening);
            line.send(&message);
        });
    }
    // A record of 16 MiB in the channel, and one of a kind that there is not.
    for record in [[2, 0xff, 0xff, 0xff], [0x77, 0, 0, 1]] {
        assert_all_refused(&owner, &liar, |line| {
            line.flush();
            line.channel.send_plaintext(&record).unwrap();
        });
    }
    liar.meet_honestly(&owner);
}

#[test]
fn broken_values_and_entries_of_far_years_are_kept_and_break_no_view() {
    let (owner, mut liar) = acquainted(210);
    let name = DocumentName { device: DeviceId([3; 16]), month: Month(24_315) };
    let now = LocalTime::parse("2026-03-02T08:00:00+01:00").unwrap();
    let deep = [vec![0x81; 16_000], vec![0]].concat();
    for value in [vec![], vec![0xff], b"no CBOR at all".to_vec(), vec![0xa0], deep, vec![0xbf; 300]] {
        liar.shelf.write_value(name, now, value);
    }
    let far = LocalTime::parse("9999-12-30T00:00:00+14:00").unwrap();
    liar.shelf.write_value(DocumentName { month: Month(1), ..name }, far, vec![0xa0]);
    let early = LocalTime::parse("0001-01-01T00:00:00-12:00").unwrap();
    liar.shelf.write_value(DocumentName { month: Month::ERASURES, ..name }, early, vec![0xa0]);
    liar.meet_honestly(&owner);

    let journal = owner.phone.journal();
    let newer = |entry: &&attune_core::journal::Entry| matches!(entry.body, attune_core::journal::Body::Newer(_));
    assert_eq!(owner.dump().entries.iter().filter(newer).count(), 8);
    journal.items(&Default::default()).unwrap();
    journal.shared_with_me().unwrap();
    journal.search("words", 10).unwrap();
    owner.phone.together().view().unwrap();
    while owner.phone.tidy().unwrap() {}
    owner.share("goes on");
    liar.write("goes on");
    liar.meet_honestly(&owner);
}

#[test]
fn a_partner_whose_clock_is_wrong_by_years_is_met_and_both_are_told() {
    let (owner, mut liar) = acquainted(220);
    let difference = |owner: &Owner| owner.phone.partner().status().unwrap().clock_difference_ms;
    assert_eq!(difference(&owner), None);
    let right = liar.clock_ms;
    for wrong in ["1987-01-01T00:00:00Z", "2150-01-01T00:00:00Z"] {
        liar.clock_ms = LocalTime::parse(wrong).unwrap().unix_ms();
        liar.write("dated wrongly");
        liar.meet_honestly(&owner);
        // Some of what is seen is the time that the greeting took.
        let seen = difference(&owner).unwrap();
        assert!((seen - (liar.clock_ms - right)).abs() < 60_000, "{seen}");
    }
    for extreme in [i64::MIN, i64::MAX] {
        liar.clock_ms = extreme;
        let mut line = liar.dial(owner.listen());
        line.hang_up();
    }
    liar.clock_ms = right;
    liar.meet_honestly(&owner);
    assert_eq!(difference(&owner), None);
}

#[test]
fn a_partner_that_cannot_take_what_was_sent_is_told_from_one_that_misbehaves() {
    let (owner, mut liar) = acquainted(230);
    owner.share("one more");
    let before = owner.dump();
    for (says, seen) in [(9, PhoneError::PartnerStorageFull), (1, PhoneError::PartnerRefused)] {
        let mut line = liar.dial(owner.listen());
        line.send(&[11, says]);
        line.flush();
        line.wait_for_the_end();
        assert_eq!(owner.settle(), Err(seen));
    }
    liar.shelf.room = Some(0);
    let outcome = liar.meet(owner.listen(), honestly);
    assert_eq!(outcome.ended, Some(Ended::StorageFull));
    assert_eq!(owner.settle(), Err(PhoneError::PartnerStorageFull));
    assert_unchanged(&owner, &before);
    liar.shelf.room = None;
    liar.meet_honestly(&owner);
}
