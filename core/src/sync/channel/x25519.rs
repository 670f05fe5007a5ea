//! The Diffie-Hellman of snow's handshakes by the curve that this room's keys use; snow's own would bring a second one.

use snow::types::{Dh, Random};
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

/// A key pair of X25519.
#[derive(Default)]
pub(super) struct X25519 {
    secret: Zeroizing<[u8; 32]>,
    public: [u8; 32],
}

impl X25519 {
    fn secret(&self) -> StaticSecret {
        StaticSecret::from(*self.secret)
    }

    fn derive_public(&mut self) {
        self.public = PublicKey::from(&self.secret()).to_bytes();
    }
}

impl Dh for X25519 {
    fn name(&self) -> &'static str {
        "25519"
    }

    fn pub_len(&self) -> usize {
        self.public.len()
    }

    fn priv_len(&self) -> usize {
        self.secret.len()
    }

    /// snow gives a key of [`Dh::priv_len`].
    fn set(&mut self, secret: &[u8]) {
        self.secret.iter_mut().zip(secret).for_each(|(to, from)| *to = *from);
        self.derive_public();
    }

    fn generate(&mut self, randomness: &mut dyn Random) -> Result<(), snow::Error> {
        randomness.try_fill_bytes(&mut *self.secret)?;
        self.derive_public();
        Ok(())
    }

    fn pubkey(&self) -> &[u8] {
        &self.public
    }

    fn privkey(&self) -> &[u8] {
        &*self.secret
    }

    fn dh(&self, public: &[u8], out: &mut [u8]) -> Result<(), snow::Error> {
        let public = public.first_chunk::<32>().ok_or(snow::Error::Dh)?;
        let shared = self.secret().diffie_hellman(&PublicKey::from(*public));
        let out = out.first_chunk_mut::<32>().ok_or(snow::Error::Dh)?;
        *out = shared.to_bytes();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_sides_agree_on_what_rfc_7748_says() {
        let side = |secret: &str| {
            let mut side = X25519::default();
            side.set(&hex::decode(secret).unwrap());
            side
        };
        let alice = side("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
        let bob = side("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
        for (one, other) in [(&alice, &bob), (&bob, &alice)] {
            let mut shared = [0; 32];
            one.dh(other.pubkey(), &mut shared).unwrap();
            assert_eq!(hex::encode(shared), "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
        }
    }

    #[test]
    fn too_few_bytes_are_no_key() {
        assert!(X25519::default().dh(&[9; 31], &mut [0; 32]).is_err());
    }
}
