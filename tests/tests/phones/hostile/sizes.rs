//! More than there may be, more than was announced, values that are none, and years that are far.

use std::fs;
use std::path::Path;
use std::time::Duration;

use attune_core::journal::{Body, DeviceId, DocumentName, Entry, LocalTime, Month};
use attune_core::sync::lying;

use super::{BATCH, HELD, WANT, acquainted, assert_all_refused, assert_refused};
use crate::couple::Owner;

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
        exchange.start(Duration::ZERO, &mut liar.shelf);
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
    let newer = |entry: &&Entry| matches!(entry.body, Body::Newer(_));
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
