//! Noise handshakes, by `snow`, with randomness that comes from outside.
//!
//! No detail of a failure leaves this file: whoever fails to prove something is told nothing, and what
//! nobody is told needs no name.

use std::sync::Arc;

use snow::params::{CipherChoice, DHChoice, HashChoice};
use snow::resolvers::{CryptoResolver, DefaultResolver};
use snow::types::{Cipher, Dh, Hash, Random};
use snow::{Builder, HandshakeState, TransportState};

use super::frame::MAX_FRAME;
use super::x25519::X25519;
use crate::random::{Randomness, Stream};
use crate::sync::keys::{DeviceKey, DevicePublic, Secret};

/// What authentication adds to a ciphertext, in bytes.
pub(in crate::sync) const TAG: usize = 16;

/// The most plaintext that one frame can carry.
pub(in crate::sync) const MAX_PLAINTEXT: usize = MAX_FRAME - TAG;

/// The length of the first message of every handshake here: an ephemeral key and an empty payload.
pub(in crate::sync) const FIRST_MESSAGE: usize = 32 + TAG;

/// The number of the form of handshakes, frozen for years: phones with other numbers cannot even tell
/// each other so. Everything that may change has a version inside the channel.
const HANDSHAKE_FORMAT: u8 = 1;

/// What both sides must have meant before the first byte: this app, this form of handshake, its purpose
/// and, in `more`, what the purpose is about.
pub(in crate::sync) fn prologue(purpose: &str, more: &[&[u8]]) -> Vec<u8> {
    let mut prologue = b"attune".to_vec();
    prologue.push(HANDSHAKE_FORMAT);
    // No purpose is the beginning of another, and what follows has a fixed length for each.
    prologue.extend_from_slice(purpose.as_bytes());
    more.iter().for_each(|part| prologue.extend_from_slice(part));
    prologue
}

/// Who speaks first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sync) enum Side {
    Dialler,
    Listener,
}

/// A handshake did not go on: the bytes prove nothing, or the cryptography failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sync) struct HandshakeFailed;

/// What a handshake begins with.
pub(in crate::sync) struct Setup<'a> {
    pub(in crate::sync) side: Side,
    pub(in crate::sync) device: &'a DeviceKey,
    /// The other's key, where it is known: `KKpsk0`; without it, `XXpsk0`.
    pub(in crate::sync) partner: Option<DevicePublic>,
    pub(in crate::sync) psk: &'a Secret,
    pub(in crate::sync) prologue: &'a [u8],
    pub(in crate::sync) randomness: &'a Arc<dyn Randomness>,
}

/// A handshake under way.
pub(in crate::sync) struct Handshake(Box<HandshakeState>);

impl Handshake {
    pub(in crate::sync) fn begin(setup: &Setup<'_>) -> Result<Self, HandshakeFailed> {
        let name = match setup.partner {
            Some(_) => "Noise_KKpsk0_25519_ChaChaPoly_BLAKE2s",
            None => "Noise_XXpsk0_25519_ChaChaPoly_BLAKE2s",
        };
        let resolver = Resolver(Arc::clone(setup.randomness));
        let mut builder = Builder::with_resolver(name.parse()?, Box::new(resolver))
            .local_private_key(setup.device.as_bytes())?
            .psk(0, setup.psk.as_bytes())?
            .prologue(setup.prologue)?;
        if let Some(partner) = &setup.partner {
            builder = builder.remote_public_key(&partner.0)?;
        }
        Ok(Self(Box::new(match setup.side {
            Side::Dialler => builder.build_initiator()?,
            Side::Listener => builder.build_responder()?,
        })))
    }

    /// The next message, with this payload.
    pub(in crate::sync) fn write(&mut self, payload: &[u8]) -> Result<Vec<u8>, HandshakeFailed> {
        // Ephemeral key, static key, and a tag for each of static key and payload at most.
        let mut message = vec![0; payload.len() + 32 + 32 + TAG + TAG];
        let len = self.0.write_message(payload, &mut message)?;
        message.truncate(len);
        Ok(message)
    }

    /// The payload of the other's message.
    pub(in crate::sync) fn read(&mut self, message: &[u8]) -> Result<Vec<u8>, HandshakeFailed> {
        let mut payload = vec![0; message.len()];
        let len = self.0.read_message(message, &mut payload)?;
        payload.truncate(len);
        Ok(payload)
    }

    /// The other's static key, as proven or as yet only claimed.
    pub(in crate::sync) fn partner(&self) -> Option<DevicePublic> {
        self.0.get_remote_static().and_then(|key| key.try_into().ok()).map(DevicePublic)
    }

    /// The keys and the handshake's hash, once the last message was written or read.
    pub(in crate::sync) fn finish(self) -> Result<(Transport, [u8; 32]), HandshakeFailed> {
        let hash = self.0.get_handshake_hash().try_into().map_err(|_| HandshakeFailed)?;
        Ok((Transport(self.0.into_transport_mode()?), hash))
    }
}

/// The keys that a handshake left, one for each direction.
pub(in crate::sync) struct Transport(TransportState);

impl Transport {
    /// Encrypts at most [`MAX_PLAINTEXT`] bytes for a frame.
    pub(in crate::sync) fn seal(&mut self, plaintext: &[u8]) -> Result<Vec<u8>, HandshakeFailed> {
        let mut ciphertext = vec![0; plaintext.len() + TAG];
        let len = self.0.write_message(plaintext, &mut ciphertext)?;
        ciphertext.truncate(len);
        Ok(ciphertext)
    }

    /// Decrypts the next frame of the other side; any other frame fails.
    pub(in crate::sync) fn open(&mut self, ciphertext: &[u8]) -> Result<Vec<u8>, HandshakeFailed> {
        let mut plaintext = vec![0; ciphertext.len()];
        let len = self.0.read_message(ciphertext, &mut plaintext)?;
        plaintext.truncate(len);
        Ok(plaintext)
    }
}

impl From<snow::Error> for HandshakeFailed {
    fn from(_: snow::Error) -> Self {
        Self
    }
}

/// snow's own cipher and hash, with our curve and our randomness.
struct Resolver(Arc<dyn Randomness>);

impl CryptoResolver for Resolver {
    fn resolve_rng(&self) -> Option<Box<dyn Random>> {
        Some(Box::new(Wire(Arc::clone(&self.0))))
    }

    fn resolve_dh(&self, choice: &DHChoice) -> Option<Box<dyn Dh>> {
        match choice {
            DHChoice::Curve25519 => Some(Box::new(X25519::default())),
            _ => None,
        }
    }

    fn resolve_hash(&self, choice: &HashChoice) -> Option<Box<dyn Hash>> {
        DefaultResolver.resolve_hash(choice)
    }

    fn resolve_cipher(&self, choice: &CipherChoice) -> Option<Box<dyn Cipher>> {
        DefaultResolver.resolve_cipher(choice)
    }
}

struct Wire(Arc<dyn Randomness>);

impl Random for Wire {
    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), snow::Error> {
        self.0.fill(Stream::Wire, out);
        Ok(())
    }
}
