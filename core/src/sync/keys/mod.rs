//! The keys: of a person, of a device, of a couple.
//!
//! A person has one [`PersonSeed`], which a backup holds. It certifies the [`DeviceKey`] of each phone
//! that the person uses, so that a restored phone can prove whose it is. Two phones that pair make a
//! [`CoupleSecret`], from which everything that only the two may know is derived under a label of its
//! own. What a phone keeps of the other side is [`Pinned`]. Secrets are zeroized, show nothing when
//! printed, and are read from and written to the encrypted store as bytes.

mod certificate;
mod couple;
mod credentials;
mod device;
mod person;
mod pinned;
mod secret;

pub use certificate::Certificate;
pub use couple::{CoupleId, CoupleSecret};
pub use credentials::Credentials;
pub use device::{DeviceKey, DevicePublic};
pub use person::{PersonKey, PersonSeed};
pub use pinned::Pinned;
pub use secret::Secret;

pub(in crate::sync) use secret::derive;

/// Why bytes are no key, or a certificate proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not the form that this value has.
    #[error("malformed key material")]
    Malformed,
    /// A certificate that the expected person did not sign, or that speaks of something else.
    #[error("the certificate does not hold")]
    NotCertified,
}
