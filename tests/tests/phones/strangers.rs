//! Whoever is not the partner hears nothing, and keeps nobody out for long.

use std::io::Write as _;
use std::net::TcpStream;

use crate::couple::{Owner, assert_level, couple, meet};
use crate::liar::Liar;
use crate::line::{Line, all_it_says, connect};

#[test]
fn junk_is_not_answered_and_leaves_nothing() {
    let (ada, bob) = couple(300);
    ada.share("an evening");
    let before = ada.dump();
    let port = ada.listen();
    let long = vec![0x41; 100_000];
    let http = b"GET / HTTP/1.1\r\nHost: attune\r\n\r\n";
    let zeros = [0; 4096];
    for junk in [&long[..], http, &zeros, &[0xff, 0xff], &[0, 96]] {
        let mut stream = connect(port);
        let _ = stream.write_all(junk);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        assert!(all_it_says(&mut stream).is_empty());
    }
    assert_eq!(ada.dump(), before);
    meet(&ada, &bob);
    assert_level(&ada, &bob);
}

#[test]
fn junk_at_an_offer_leaves_it_as_it_is() {
    let owner = Owner::new(340);
    let mut liar = Liar::pair_with_after(&owner, 341, |port| {
        for junk in [&[0; 300][..], &[0, 96], &[7; 70_000]] {
            let mut stream = connect(port);
            let _ = stream.write_all(junk);
            let _ = stream.shutdown(std::net::Shutdown::Write);
            assert!(all_it_says(&mut stream).is_empty());
        }
    });
    liar.meet_honestly(&owner);
}

#[test]
fn somebody_elses_partner_is_not_answered() {
    let (ada, bob) = couple(310);
    let carol = Owner::new(320);
    let dave = Liar::pair_with(&carol, 321);
    let line = Line::dial(ada.listen(), dave.channel(), None);
    assert!(!line.channel.is_ready());
    assert_eq!(line.heard, 0);
    meet(&ada, &bob);
}

#[test]
fn eight_may_stand_at_the_door_and_none_of_them_for_long() {
    let (ada, bob) = couple(330);
    let port = ada.listen();
    let mut at_the_door: Vec<TcpStream> = (0..8).map(|_| connect(port)).collect();
    at_the_door[0].write_all(&[0]).unwrap();
    // One more is turned away while the eight are still there, which they are until five seconds are over.
    assert!(all_it_says(&mut connect(port)).is_empty());
    at_the_door[0].set_nonblocking(true).unwrap();
    let mut byte = [0];
    let waits = std::io::Read::read(&mut at_the_door[0], &mut byte).unwrap_err();
    assert_eq!(waits.kind(), std::io::ErrorKind::WouldBlock);
    at_the_door[0].set_nonblocking(false).unwrap();
    for stream in &mut at_the_door {
        assert!(all_it_says(stream).is_empty());
    }
    meet(&ada, &bob);
}
