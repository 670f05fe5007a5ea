//! Rounds by example: the numbers that the rules give.

use attune_core::journal::{
    EntryId, LimitChange, LimitStep, RoundAccept, RoundAct, RoundInvite, RoundKind, RoundStep, Shorter, Whose,
};
use attune_core::practice::limit::{LimitRefused, OwnLimit};
use attune_core::practice::round::{
    Contact, InviteContext, InviteRefused, Reflection, Round, RoundRefused, RoundState, Rounds, cap_of, invited_on,
};
use attune_core::practice::{Act, pledge};

use crate::world::{Who, World, at};
use Who::{A, B};

fn invite(world: &World, who: Who, max_s: u32, open_until: &str) -> Result<Act, InviteRefused> {
    let entries = world.of(who);
    let rounds = Rounds::fold(entries);
    let now = world.clock(who);
    let pledges = pledge::fold_pledges(entries);
    let context = InviteContext {
        rounds: &rounds,
        contact: None,
        cap: &cap_of(Whose::Theirs, entries),
        partner_has_active_pledge: pledge::has_active(Whose::Theirs, &pledges, now),
        invited_today: invited_on(now.local_day(), entries),
        now,
    };
    context.invite(RoundInvite { max_s, open_until: at(open_until), round_kind: RoundKind::SitQuietly })
}

fn round(world: &World, who: Who, id: EntryId) -> Round {
    Rounds::fold(world.of(who)).get(id).unwrap().clone()
}

fn state(world: &World, who: Who, id: EntryId) -> RoundState {
    round(world, who, id).state(world.clock(who), None)
}

fn limit(world: &World, who: Who) -> OwnLimit {
    OwnLimit::fold(world.of(who))
}

fn rate(world: &mut World, who: Who, id: EntryId, safety: u8, activation: u8, actual_s: u32, full_length: bool) {
    let reflection = Reflection {
        safety: Some(safety),
        activation: Some(activation),
        actual_s: Some(actual_s),
        full_length,
        ..Reflection::default()
    };
    let act = round(world, who, id).reflect(reflection, world.clock(who), None).unwrap();
    world.write(who, act);
}

/// A round from A to B that lasts for `max_s`, from `time` on; its id.
fn round_of(world: &mut World, time: &str, max_s: u32) -> EntryId {
    world.set(time);
    let open_until = world.now.plus(chrono::TimeDelta::hours(1)).to_string();
    let id = world.write(A, invite(world, A, 600, &open_until).unwrap());
    world.meet();
    let own = limit(world, B).seconds;
    let accept = round(world, B, id).accept(max_s, own, world.now, None).unwrap();
    world.write(B, accept);
    let start = round(world, B, id).start(world.now, None, true).unwrap().unwrap();
    world.write(B, start);
    world.meet();
    world.pass(i64::from(max_s));
    id
}

#[test]
fn an_acceptance_tells_the_length_and_who_took_it_but_not_what_was_typed() {
    let mut world = World::at("2026-03-06T18:00:00+01:00");
    world.write(A, Act::private(LimitChange { how: LimitStep::Begin, to_s: 600 }));
    let id = world.write(B, invite(&world, B, 120, "2026-03-06T19:00:00+01:00").unwrap());
    world.meet();
    assert_eq!(round(&world, B, id).accept(60, 120, world.now, None), Err(RoundRefused::NotInvitee));
    assert_eq!(round(&world, A, id).accept(605, 600, world.now, None), Err(RoundRefused::AboveOwnLimit));
    let accept = round(&world, A, id).accept(300, 600, world.now, None).unwrap();
    assert_eq!(accept, Act::shared(RoundAccept { round: id, length_s: 120, shorter: Shorter::Other }));
    world.write(A, accept);
    let start = round(&world, A, id).start(world.now, None, true).unwrap().unwrap();
    world.write(A, start);
    world.meet();
    let contact = Some(Contact { round: id });
    assert_eq!(round(&world, B, id).state(world.now, contact), RoundState::Connecting);
    world.pass(120);
    assert_eq!((state(&world, A, id), state(&world, B, id)), (RoundState::Released, RoundState::Released));

    // B offered less and may go on at once; A rests for 20 minutes from the end of the contact.
    let until = at("2026-03-06T18:22:00+01:00");
    assert_eq!(invite(&world, A, 60, "2026-03-06T20:00:00+01:00"), Err(InviteRefused::Resting(until)));
    assert!(invite(&world, B, 60, "2026-03-06T20:00:00+01:00").is_ok());
    world.now = until;
    assert!(invite(&world, A, 60, "2026-03-06T20:00:00+01:00").is_ok());
}

#[test]
fn the_own_limit_grows_by_ease_and_a_tap_and_shrinks_at_once() {
    let mut world = World::at("2026-03-02T08:00:00+01:00");
    world.write(B, limit(&world, B).begin(120, true).unwrap());
    for (day, run) in [("2026-03-02", 1), ("2026-03-03", 2), ("2026-03-04", 3)] {
        let id = round_of(&mut world, &format!("{day}T19:00:00+01:00"), 120);
        rate(&mut world, B, id, 7, 3, 120, true);
        assert_eq!((limit(&world, B).ease_run, limit(&world, B).offer(world.now)), (run, None));
    }
    world.set("2026-03-05T08:00:00+01:00");
    assert_eq!(limit(&world, B).offer(world.now), Some(150));
    assert_eq!(limit(&world, B).seconds, 120);
    world.write(B, limit(&world, B).take_offer(world.now).unwrap());
    assert_eq!((limit(&world, B).seconds, limit(&world, B).ease_run), (150, 0));
    assert_eq!(limit(&world, B).take_offer(world.now), Err(LimitRefused::NoOffer));

    let id = round_of(&mut world, "2026-03-05T19:00:00+01:00", 150);
    rate(&mut world, B, id, 3, 8, 40, false);
    assert_eq!(limit(&world, B).seconds, 40);
    assert_eq!(limit(&world, B).lower(40), Err(LimitRefused::NotLower));
    assert_eq!(limit(&world, B).lower(29), Err(LimitRefused::OutOfRange));
}

#[test]
fn two_who_reached_out_while_apart_have_one_round_under_either_id() {
    let mut world = World::at("2026-03-14T20:00:00+01:00");
    let a = world.write(A, invite(&world, A, 600, "2026-03-15T21:00:00+01:00").unwrap());
    world.pass(5);
    let b = world.write(B, invite(&world, B, 40, "2026-03-15T20:00:00+01:00").unwrap());
    world.meet();
    for who in Who::BOTH {
        let round = round(&world, who, b);
        assert!(round.both_reached_out());
        assert_eq!((round.id, round.open_until), (a, at("2026-03-15T20:00:00+01:00")));
    }
    assert_eq!(round(&world, A, a).start(world.now, None, true), Err(RoundRefused::NotReady));
    let accept = round(&world, A, a).accept(600, 600, world.now, None).unwrap();
    world.write(A, accept);
    let accept = round(&world, B, b).accept(40, 40, world.now, None).unwrap();
    world.write(B, accept);
    world.meet();
    assert_eq!((state(&world, A, b), round(&world, A, b).length_s()), (RoundState::Ready, Some(40)));
}

#[test]
fn an_acceptance_that_claims_more_than_was_offered_gets_what_was_offered() {
    let mut world = World::at("2026-03-06T18:00:00+01:00");
    let id = world.write(A, invite(&world, A, 60, "2026-03-06T19:00:00+01:00").unwrap());
    world.meet();
    world.write(B, Act::shared(RoundAccept { round: id, length_s: 1200, shorter: Shorter::Equal }));
    world.meet();
    assert_eq!(round(&world, A, id).length_s(), Some(60));
}

#[test]
fn a_contact_that_the_other_one_released_is_over_although_the_own_timer_runs() {
    let mut world = World::at("2026-03-06T18:00:00+01:00");
    let id = round_of(&mut world, "2026-03-06T18:00:00+01:00", 60);
    world.set("2026-03-06T18:00:30+01:00");
    let contact = Some(Contact { round: id });
    let release = round(&world, B, id).release(world.now, contact).unwrap().unwrap();
    world.write(B, release);
    world.meet();
    assert_eq!(round(&world, A, id).state(world.now, contact), RoundState::Released);
    assert_eq!(round(&world, A, id).release(world.now, contact), Ok(None));
}

#[test]
fn the_longest_of_several_rests_counts() {
    let mut world = World::at("2026-03-06T18:00:00+01:00");
    round_of(&mut world, "2026-03-06T18:00:00+01:00", 120);
    // B, who accepted less, reaches out at once; of that one, both take the same.
    world.set("2026-03-06T18:05:00+01:00");
    let id = world.write(B, invite(&world, B, 120, "2026-03-06T19:00:00+01:00").unwrap());
    world.meet();
    let accept = round(&world, A, id).accept(120, 120, world.now, None).unwrap();
    world.write(A, accept);
    let start = round(&world, A, id).start(world.now, None, true).unwrap().unwrap();
    world.write(A, start);
    world.meet();
    world.set("2026-03-06T18:25:00+01:00");
    let until = at("2026-03-06T18:27:00+01:00");
    assert_eq!(invite(&world, A, 60, "2026-03-06T20:00:00+01:00"), Err(InviteRefused::Resting(until)));
}

#[test]
fn the_first_reflection_on_a_round_counts_and_no_other() {
    let mut world = World::at("2026-03-06T18:00:00+01:00");
    let id = round_of(&mut world, "2026-03-06T18:00:00+01:00", 120);
    rate(&mut world, B, id, 8, 2, 120, true);
    assert_eq!(round(&world, B, id).skip(world.now, None), Err(RoundRefused::RoundClosed));
    let again = world.of(B).last().unwrap().clone();
    world.write(B, Act { audience: again.audience, body: again.body });
    assert_eq!(limit(&world, B).ease_run, 1);
}

#[test]
fn an_invitation_taken_back_before_the_other_was_known_leaves_the_other_one_standing() {
    let mut world = World::at("2026-03-06T18:00:00+01:00");
    let a = world.write(A, invite(&world, A, 60, "2026-03-06T20:00:00+01:00").unwrap());
    world.pass(60);
    let b = world.write(B, invite(&world, B, 60, "2026-03-06T20:00:00+01:00").unwrap());
    world.pass(60);
    let withdraw = round(&world, A, a).withdraw(world.now, None).unwrap();
    assert_eq!(withdraw, Act::shared(RoundAct { round: a, step: RoundStep::Withdraw }));
    world.write(A, withdraw);
    world.meet();
    for who in Who::BOTH {
        assert_eq!((state(&world, who, a), state(&world, who, b)), (RoundState::Closed, RoundState::Invited));
        assert!(!round(&world, who, b).both_reached_out());
    }
}

#[test]
fn the_cap_counts_the_senders_local_dates_and_starts_anew_at_midnight() {
    let mut world = World::at("2026-03-06T23:00:00+01:00");
    for _ in 0..3 {
        let id = world.write(A, invite(&world, A, 60, "2026-03-07T20:00:00+01:00").unwrap());
        let withdraw = round(&world, A, id).withdraw(world.now, None).unwrap();
        world.write(A, withdraw);
        world.pass(60);
    }
    let midnight = at("2026-03-07T00:00:00+01:00");
    assert_eq!(invite(&world, A, 60, "2026-03-07T20:00:00+01:00"), Err(InviteRefused::Cap(midnight)));
    world.now = midnight;
    assert!(invite(&world, A, 60, "2026-03-07T20:00:00+01:00").is_ok());
    assert_eq!(invite(&world, A, 60, "2026-03-07T00:00:00+01:00"), Err(InviteRefused::OutOfRange));
    assert_eq!(invite(&world, A, 29, "2026-03-07T20:00:00+01:00"), Err(InviteRefused::OutOfRange));
}
