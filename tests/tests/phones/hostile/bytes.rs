//! Bytes that were changed, and bytes that were heard before.

use std::io::Write as _;

use attune_core::journal::Whose;
use attune_core::phone::PhoneError;

use super::{acquainted, assert_all_refused, assert_unchanged, honestly, lie_to};
use crate::line::{Line, all_it_says, connect};

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
    stream.write_all(&former.bytes).unwrap();
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
