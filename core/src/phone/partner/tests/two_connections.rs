//! Two connections between the same two phones, and a phone in the place of another.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use super::{TestPhone, pair};
use crate::journal::Whose;
use crate::link::Machine;
use crate::phone::partner::conversation::{Conversation, Standing};
use crate::sync::{Role, SessionEvent};

/// One end of a connection as the link drives it.
struct Side {
    conversation: Conversation,
    standing: Standing,
    started: bool,
}

impl Side {
    fn new(phone: &TestPhone, dials: bool) -> Self {
        let partner = phone.phone.partner();
        let standing = Standing::default();
        let session = partner.session(dials).unwrap().0;
        let role = if dials { Role::Dialler } else { Role::Listener };
        let conversation = Conversation::new(session, partner.keeping.clone(), standing.clone(), role);
        Self { conversation, standing, started: false }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.conversation.handle_input(Duration::ZERO, bytes);
        while let Some(event) = self.conversation.next_event() {
            if let SessionEvent::Ready { .. } = event {
                self.conversation.start(Duration::ZERO);
                self.started = true;
            }
        }
    }
}

/// Carries one flight each way; whether there was anything to carry.
fn exchange(a: &mut Side, b: &mut Side) -> bool {
    let to_b = a.conversation.poll_transmit();
    to_b.iter().for_each(|bytes| b.take(bytes));
    let to_a = b.conversation.poll_transmit();
    to_a.iter().for_each(|bytes| a.take(bytes));
    to_a.is_some() || to_b.is_some()
}

#[test]
fn of_two_connections_the_one_that_gave_way_touches_no_document_any_more() {
    let (a, b) = (TestPhone::new(1), TestPhone::new(2));
    pair(&a, &b);
    let (mut old_a, mut old_b) = (Side::new(&a, true), Side::new(&b, false));
    while exchange(&mut old_a, &mut old_b) {}
    b.log("said on the old connection", true);
    old_b.conversation.local_change(Duration::ZERO);
    let late = old_b.conversation.poll_transmit().unwrap();

    // Both dialled at once, and the other connection stays. What is still on its way on this one comes too late.
    let (mut new_a, mut new_b) = (Side::new(&a, false), Side::new(&b, true));
    while !(new_a.started && new_b.started) {
        exchange(&mut new_b, &mut new_a);
    }
    old_a.standing.lose();
    let before = a.phone.dump().unwrap();
    old_a.take(&late);
    assert!(old_a.conversation.is_finished());
    assert_eq!(a.phone.dump().unwrap(), before);
    while exchange(&mut new_a, &mut new_b) {}
    assert_eq!(a.phone.journal().shared_with_me().unwrap().len(), 1);
    assert_eq!(new_a.conversation.report().round_trips, 1, "the one that stays was not disturbed");
}

#[test]
fn a_phone_that_follows_a_lost_one_is_let_in_and_shown_on_both() {
    let (a, b) = (TestPhone::new(1), TestPhone::new(2));
    pair(&a, &b);
    let dial = |a: &TestPhone, b: &TestPhone| {
        let here = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let port = b.phone.partner().listen(here).unwrap();
        a.phone.partner().dial(&[SocketAddr::new(here, port)]).unwrap();
        a.phone.partner().settle().unwrap();
        a.phone.partner().end().unwrap();
        b.phone.partner().end().unwrap();
    };
    a.log("before", true);
    dial(&a, &b);
    a.phone.keeping.with(|open| open.follow_lost_phone()).unwrap();
    for phone in [&a, &b] {
        assert_eq!(phone.phone.partner().status().unwrap().new_phone, None);
    }
    a.log("on the new phone", true);
    dial(&a, &b);
    let shown = |phone: &TestPhone| phone.phone.partner().status().unwrap().new_phone.map(|new| new.whose);
    assert_eq!((shown(&a), shown(&b)), (Some(Whose::Mine), Some(Whose::Theirs)));
    assert_eq!(b.phone.journal().shared_with_me().unwrap().len(), 2);

    // From then on it is known, whoever dials.
    a.log("later", true);
    dial(&b, &a);
    assert_eq!(b.phone.journal().shared_with_me().unwrap().len(), 3);
}
