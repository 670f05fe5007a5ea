//! Two invitations that crossed are one round: both reached out (spec §4).

use std::collections::BTreeMap;

use super::fold::Invitation;
use crate::journal::EntryId;

/// Which invitations are one round: for each that crossed another, the other one.
///
/// Two of different authors cross where the times in which they stood overlap and neither was accepted
/// before the other was made. Each crosses at most one other: the earliest that it can.
///
/// An invitation that its inviter took back crosses none: it ends alone, and what the other one offered
/// stands. (Whoever takes back an invitation that is known to have crossed leaves the round instead.)
pub(super) fn crossings(invitations: &BTreeMap<EntryId, Invitation<'_>>) -> BTreeMap<EntryId, EntryId> {
    let mut crossed = BTreeMap::new();
    for (id, invitation) in invitations {
        if crossed.contains_key(id) {
            continue;
        }
        let later = invitations.range(id..).skip(1);
        let other = later
            .filter(|(other, _)| !crossed.contains_key(*other))
            .find(|(other, candidate)| invitation.crosses(*id, candidate, **other));
        if let Some((other, _)) = other {
            crossed.extend([(*id, *other), (*other, *id)]);
        }
    }
    crossed
}

impl Invitation<'_> {
    fn crosses(&self, id: EntryId, other: &Self, other_id: EntryId) -> bool {
        self.by != other.by
            && !self.taken_back
            && !other.taken_back
            && self.stands_at_some_time_of(other)
            && other.stands_at_some_time_of(self)
            && self.accepted.is_none_or(|accepted| accepted > other_id)
            && other.accepted.is_none_or(|accepted| accepted > id)
    }

    fn stands_at_some_time_of(&self, other: &Self) -> bool {
        let open_until = other.invite.open_until;
        let until = other.ended.map_or(open_until, |ended| ended.min(open_until));
        self.written.unix_ms() < until.unix_ms()
    }
}
