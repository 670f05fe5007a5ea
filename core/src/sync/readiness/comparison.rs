//! One comparison, as one side runs it.

use curve25519_dalek::ristretto::{CompressedRistretto, RistrettoPoint};
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::IsIdentity;
use sha2::{Digest, Sha256, Sha512};
use zeroize::Zeroizing;

use crate::journal::EntryId;
use crate::random::{Randomness, Stream};

/// What the first message of a comparison holds: one point.
pub(super) type Offer = [u8; 32];

/// What the second message of a comparison holds.
pub(super) type Tag = [u8; 32];

/// Which side of the connection this is; it keeps a tag from being sent back as one's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The one who called.
    Dialler,
    /// The one who was called.
    Listener,
}

impl Role {
    fn other(self) -> Self {
        match self {
            Self::Dialler => Self::Listener,
            Self::Listener => Self::Dialler,
        }
    }

    fn label(self) -> &'static [u8] {
        match self {
            Self::Dialler => b"dialler",
            Self::Listener => b"listener",
        }
    }
}

/// The partner's point cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a point that can be compared with")]
pub(super) struct ComparisonError;

/// One comparison about one repair, from this side.
pub(super) struct Comparison {
    role: Role,
    context: [u8; 32],
    scalar: Zeroizing<Scalar>,
    ready: bool,
    offer: Offer,
}

impl Comparison {
    /// Begins the comparison with this number, about this repair, in the session with this handshake
    /// hash. No two comparisons have the same number, repair and session.
    pub(super) fn begin(
        role: Role,
        repair: EntryId,
        session: &[u8; 32],
        number: u32,
        ready: bool,
        randomness: &dyn Randomness,
    ) -> Self {
        let context = context(repair, session, number);
        // Both are made and one is taken, so that readiness changes neither the work nor what is drawn.
        let scalar = Zeroizing::new(Scalar::from_bytes_mod_order_wide(&draw(randomness)));
        let agreed = RistrettoPoint::from_uniform_bytes(&Sha512::digest(context).into());
        let random = RistrettoPoint::from_uniform_bytes(&draw(randomness));
        let point = if ready { agreed } else { random };
        let offer = (point * *scalar).compress().to_bytes();
        Self { role, context, scalar, ready, offer }
    }

    /// What the partner is sent first.
    pub(super) fn offer(&self) -> Offer {
        self.offer
    }

    /// What the partner is sent in answer to its offer. Fails for what is no point, or the identity.
    pub(super) fn tag(&self, theirs: &Offer) -> Result<Tag, ComparisonError> {
        Ok(self.tag_of(self.role, &self.shared(theirs)?, theirs))
    }

    /// Whether both are ready, as the partner's offer and tag tell. Always false for one who is not.
    pub(super) fn is_match(&self, theirs: &Offer, tag: &Tag) -> Result<bool, ComparisonError> {
        let expected = self.tag_of(self.role.other(), &self.shared(theirs)?, theirs);
        let differences = expected.iter().zip(tag).fold(0, |all, (a, b)| all | (a ^ b));
        Ok(self.ready & (differences == 0))
    }

    fn shared(&self, theirs: &Offer) -> Result<[u8; 32], ComparisonError> {
        let point = CompressedRistretto(*theirs).decompress().ok_or(ComparisonError)?;
        if point.is_identity() || *theirs == self.offer {
            return Err(ComparisonError);
        }
        Ok((point * *self.scalar).compress().to_bytes())
    }

    fn tag_of(&self, role: Role, shared: &[u8; 32], theirs: &Offer) -> Tag {
        let (dialler, listener) = match self.role {
            Role::Dialler => (&self.offer, theirs),
            Role::Listener => (theirs, &self.offer),
        };
        let mut hash = Sha256::new();
        hash.update(b"attune readiness tag");
        hash.update(role.label());
        hash.update(self.context);
        hash.update(dialler);
        hash.update(listener);
        hash.update(shared);
        hash.finalize().into()
    }
}

fn context(repair: EntryId, session: &[u8; 32], number: u32) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(b"attune readiness");
    hash.update(repair.as_bytes());
    hash.update(session);
    hash.update(number.to_be_bytes());
    hash.finalize().into()
}

fn draw(randomness: &dyn Randomness) -> Zeroizing<[u8; 64]> {
    let mut bytes = Zeroizing::new([0; 64]);
    randomness.fill(Stream::Wire, bytes.as_mut());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SeededRandomness;
    use proptest::prelude::*;

    const REPAIR: EntryId = EntryId::from_bytes([4; 16]);

    fn pair(a_ready: bool, b_ready: bool, seed: u64) -> (Comparison, Comparison) {
        let (a, b) = (SeededRandomness::new(seed, 1), SeededRandomness::new(seed, 2));
        let side = |role, ready, random| Comparison::begin(role, REPAIR, &[9; 32], 1, ready, random);
        (side(Role::Dialler, a_ready, &a), side(Role::Listener, b_ready, &b))
    }

    fn outcome((a, b): &(Comparison, Comparison)) -> (bool, bool) {
        let (to_b, to_a) = (a.tag(&b.offer()).unwrap(), b.tag(&a.offer()).unwrap());
        (a.is_match(&b.offer(), &to_a).unwrap(), b.is_match(&a.offer(), &to_b).unwrap())
    }

    proptest! {
        #[test]
        fn both_learn_that_both_are_ready_and_otherwise_nobody_learns_anything(
            a in any::<bool>(), b in any::<bool>(), seed in any::<u64>()
        ) {
            prop_assert_eq!(outcome(&pair(a, b, seed)), (a && b, a && b));
        }

        #[test]
        fn hostile_offers_and_tags_are_refused_or_match_nothing(offer in any::<[u8; 32]>(), tag in any::<[u8; 32]>()) {
            let (a, _) = pair(true, true, 1);
            prop_assert_ne!(a.is_match(&offer, &tag), Ok(true));
        }
    }

    #[test]
    fn the_identity_and_an_echo_are_refused() {
        let (a, _) = pair(true, true, 1);
        assert_eq!(a.tag(&[0; 32]), Err(ComparisonError));
        assert_eq!(a.tag(&a.offer()), Err(ComparisonError));
    }

    #[test]
    fn an_echoed_tag_does_not_make_a_match() {
        let (a, b) = pair(true, true, 1);
        let own = a.tag(&b.offer()).unwrap();
        assert_eq!(a.is_match(&b.offer(), &own), Ok(false));
    }

    #[test]
    fn what_is_drawn_does_not_depend_on_readiness() {
        let (ready, unready) = (SeededRandomness::new(1, 1), SeededRandomness::new(1, 1));
        Comparison::begin(Role::Dialler, REPAIR, &[9; 32], 1, true, &ready);
        Comparison::begin(Role::Dialler, REPAIR, &[9; 32], 1, false, &unready);
        assert_eq!(draw(&ready), draw(&unready));
    }

    #[test]
    fn another_number_session_or_repair_does_not_match() {
        let random = SeededRandomness::new(1, 1);
        let a = Comparison::begin(Role::Dialler, REPAIR, &[9; 32], 1, true, &random);
        for b in [
            Comparison::begin(Role::Listener, REPAIR, &[9; 32], 2, true, &random),
            Comparison::begin(Role::Listener, REPAIR, &[8; 32], 1, true, &random),
            Comparison::begin(Role::Listener, EntryId::from_bytes([5; 16]), &[9; 32], 1, true, &random),
        ] {
            assert_eq!(outcome(&(a_again(&a), b)), (false, false));
        }
    }

    fn a_again(a: &Comparison) -> Comparison {
        Comparison { role: a.role, context: a.context, scalar: a.scalar.clone(), ready: a.ready, offer: a.offer }
    }
}
