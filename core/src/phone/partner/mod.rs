//! The partner: pairing, meeting, and how things stand between the two phones.

mod bond;
mod company;
mod conversation;
mod meeting;
mod pairing;
mod piping;
mod progress;
mod status;
#[cfg(test)]
mod tests;
mod unlinking;

use std::sync::Arc;

pub(super) use bond::{pack_setting, unpack_setting};
pub(super) use company::Company;
pub use meeting::{MEETING_PATIENCE, Settled};
pub use pairing::OfferShown;
pub use progress::CatchUp;
pub use status::{NewPhone, PartnerState, PartnerStatus};

use super::keeping::Keeping;

/// What concerns the partner's phone. Whatever waits for that phone is done on threads of its own; the
/// calls that say so wait for them, and nothing else does.
#[derive(Clone)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct Partner {
    pub(super) keeping: Arc<Keeping>,
    pub(super) company: Arc<Company>,
}
