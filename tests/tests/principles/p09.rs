//! P9: nobody sets, edits or infers another person's state. A log belongs to its author; a change to it by
//! anyone else is refused on arrival. (Entries under an id that is not the sender's, and bytes that are none, are
//! refused in the tests of two phones over sockets.)

use attune_core::journal::{
    Body, Cap, EntryId, Erase, Limit, LimitChange, LimitStep, LocalTime, PledgeCheckIn, PledgeMove, PledgeWithdraw,
    RoundReflect, Whose,
};
use attune_core::phone::Refusal;
use serde_json::json;

use crate::couple::Owner;
use crate::liar::Liar;
use crate::people::Two;

fn at(time: &str) -> LocalTime {
    LocalTime::parse(time).unwrap()
}

/// A phone, its pledge, and a partner's phone that keeps to no rule.
fn acquainted(seed: u64) -> (Owner, Liar, EntryId) {
    let owner = Owner::new(seed);
    let mut liar = Liar::pair_with(&owner, seed + 1);
    let pledge = owner.phone.pledges().make(at("2026-03-02T20:00:00+01:00"), "kitchen".into(), None).unwrap();
    owner.share("an evening");
    liar.meet_honestly(&owner);
    (owner, liar, pledge)
}

#[test]
fn what_a_partner_forges_in_its_own_log_about_the_log_of_another_changes_nothing_of_it() {
    let (owner, mut liar, pledge) = acquainted(90);
    let shared: Vec<EntryId> = owner.shared(Whose::Mine).iter().map(|record| record.id).collect();
    let before = (
        owner.phone.pledges().view(pledge).unwrap(),
        owner.phone.limit().view().unwrap(),
        owner.phone.rounds().caps().unwrap().to_me,
        owner.shared(Whose::Mine),
    );
    let skipped = RoundReflect {
        round: pledge,
        safety: Some(0),
        activation: Some(10),
        cue: None,
        word: None,
        actual_s: Some(1),
        full_length: false,
        skipped: false,
    };
    let forged: Vec<Body> = vec![
        PledgeCheckIn { pledge }.into(),
        PledgeMove { pledge, due: at("2026-03-09T20:00:00+01:00") }.into(),
        PledgeWithdraw { pledge }.into(),
        LimitChange { how: LimitStep::Begin, to_s: Limit::LONGEST_S }.into(),
        LimitChange { how: LimitStep::Lower, to_s: Limit::SHORTEST_S }.into(),
        LimitChange { how: LimitStep::TakeOffer, to_s: Limit::LONGEST_S }.into(),
        skipped.into(),
        Cap { invites_per_day: 100, kinds: None }.into(),
        Erase { ids: shared.clone() }.into(),
    ];
    for body in forged {
        liar.shelf.write(at("2026-03-02T09:00:00+01:00"), &body);
        liar.meet_honestly(&owner);
        let after = (
            owner.phone.pledges().view(pledge).unwrap(),
            owner.phone.limit().view().unwrap(),
            owner.phone.rounds().caps().unwrap().to_me,
            owner.shared(Whose::Mine),
        );
        assert_eq!(after, before, "{}", body.kind());
    }
}

#[test]
fn every_act_on_what_is_the_partners_is_refused() {
    let mut two = Two::paired(94);
    let due = "2026-03-02T20:00:00+01:00";
    let pledge = two.bob.makes("pledge.make", json!({"due": due, "how": "kitchen"}));
    let worry = two.bob.logs(json!({"kind": "worry", "text": "the trip"}), true);
    two.meet();
    let (before, bobs) = (two.ada.dump(), two.bob.dump());
    for (op, arguments) in [
        ("pledge.move", json!({"id": pledge, "due": due})),
        ("pledge.check_in", json!({"id": pledge})),
        ("pledge.withdraw", json!({"id": pledge})),
        ("edit", json!({"id": worry, "body": {"kind": "worry", "text": "mine now"}})),
        ("share", json!({"id": worry})),
        ("erase", json!({"ids": [worry]})),
        ("erase", json!({"ids": [pledge]})),
    ] {
        assert_eq!(two.ada.may_not(op, arguments), format!("{:?}", Refusal::NotOwner), "{op}");
    }
    assert_eq!(two.ada.dump(), before);
    assert_eq!(two.bob.dump(), bobs);
}
