//! The handshake of a channel: from the first byte to keys, or to silence.

use std::time::Duration;

use sha2::{Digest as _, Sha256};

use super::context::Context;
use super::io::Io;
use super::noise::{FIRST_MESSAGE, Handshake, HandshakeFailed, TAG, Transport};
use super::{ChannelEvent, CloseReason, FirstMessages};
use crate::sync::keys::{Certificate, DevicePublic, Pinned};

/// How long a handshake may take, from the moment the machine is made: that is when its pipe stands.
pub const HANDSHAKE_LIMIT: Duration = Duration::from_secs(5);

/// How far a handshake is.
pub(super) enum Opening {
    /// Listener: nothing came yet.
    Listening(Box<dyn FirstMessages>),
    /// Listener: a new device was answered, its certificate is to come.
    NewDeviceAnswered(Handshake),
    /// Dialler: the first message is out.
    Dialled(Handshake),
    /// Dialler with a new device: the first message is out.
    DialledAsNewDevice(Handshake),
}

/// What a message of the handshake led to.
pub(super) enum Step {
    Waiting(Opening),
    Done(Transport, [u8; 32]),
}

impl Opening {
    /// Sends the first message to the phone that is pinned.
    pub(super) fn dial(context: &Context, io: &mut Io) -> Result<Self, CloseReason> {
        let mut handshake = context.known("meeting", &[])?;
        io.send_handshake(&handshake.write(&[])?)?;
        Ok(Self::Dialled(handshake))
    }

    /// Sends the first message of a phone that the other does not know.
    pub(super) fn dial_as_new_device(context: &Context, io: &mut Io) -> Result<Self, CloseReason> {
        let mut handshake = context.new_device()?;
        io.send_handshake(&handshake.write(&[])?)?;
        Ok(Self::DialledAsNewDevice(handshake))
    }

    /// The length of the only message that can come next. Any other is refused before it is all there.
    pub(super) fn awaited_len(&self) -> usize {
        match self {
            Self::Listening(_) | Self::Dialled(_) => FIRST_MESSAGE,
            Self::DialledAsNewDevice(_) => 32 + (32 + TAG) + (Certificate::LEN + TAG),
            Self::NewDeviceAnswered(_) => (32 + TAG) + (Certificate::LEN + TAG),
        }
    }

    /// What it means when the awaited message proves nothing.
    pub(super) fn refusal(&self) -> CloseReason {
        match self {
            Self::Listening(_) | Self::NewDeviceAnswered(_) => CloseReason::Stranger,
            Self::Dialled(_) | Self::DialledAsNewDevice(_) => CloseReason::NotYours,
        }
    }

    /// What it means when the bytes end instead.
    pub(super) fn ended(&self) -> CloseReason {
        match self {
            Self::Listening(_) | Self::NewDeviceAnswered(_) => CloseReason::Interrupted,
            Self::Dialled(_) | Self::DialledAsNewDevice(_) => CloseReason::NotYours,
        }
    }

    pub(super) fn handle_message(
        self,
        context: &mut Context,
        io: &mut Io,
        message: &[u8],
    ) -> Result<Step, CloseReason> {
        let refusal = self.refusal();
        match self {
            Self::Listening(first_messages) => answer(context, io, first_messages, message),
            Self::NewDeviceAnswered(mut handshake) => {
                let payload = handshake.read(message).map_err(|_| refusal)?;
                accept_certificate(context, io, &handshake, &payload).ok_or(refusal)?;
                done(handshake)
            }
            Self::Dialled(mut handshake) => {
                handshake.read(message).map_err(|_| refusal)?;
                done(handshake)
            }
            Self::DialledAsNewDevice(mut handshake) => {
                let payload = handshake.read(message).map_err(|_| refusal)?;
                accept_certificate(context, io, &handshake, &payload).ok_or(refusal)?;
                io.send_handshake(&handshake.write(&context.credentials.certificate.to_bytes())?)?;
                done(handshake)
            }
        }
    }
}

/// Answers a first message, from the phone that is pinned or from a new one, if it was never heard.
fn answer(
    context: &Context,
    io: &mut Io,
    mut first_messages: Box<dyn FirstMessages>,
    message: &[u8],
) -> Result<Step, CloseReason> {
    let mut handshake = context.known("meeting", &[])?;
    let known = handshake.read(message).is_ok();
    if !known {
        handshake = context.new_device()?;
        handshake.read(message).map_err(|_| CloseReason::Stranger)?;
    }
    match first_messages.is_new(tag(message)) {
        Ok(true) => {}
        Ok(false) => return Err(CloseReason::Replayed),
        Err(_) => return Err(CloseReason::StorageFailed),
    }
    if known {
        io.send_handshake(&handshake.write(&[])?)?;
        done(handshake)
    } else {
        io.send_handshake(&handshake.write(&context.credentials.certificate.to_bytes())?)?;
        Ok(Step::Waiting(Opening::NewDeviceAnswered(handshake)))
    }
}

fn done(handshake: Handshake) -> Result<Step, CloseReason> {
    let (transport, hash) = handshake.finish()?;
    Ok(Step::Done(transport, hash))
}

/// Believes a phone that the pinned person certifies, and pins it where it is another than before.
fn accept_certificate(context: &mut Context, io: &mut Io, handshake: &Handshake, payload: &[u8]) -> Option<()> {
    let device: DevicePublic = handshake.partner()?;
    let known = &mut context.credentials.partner;
    let certificate = Certificate::from_bytes(payload).ok()?;
    let device_id = certificate.verify(&known.person, context.credentials.couple.id(), device).ok()?;
    let partner = Pinned { device, device_id, ..*known };
    if *known != partner {
        *known = partner;
        io.events.push_back(ChannelEvent::PartnerHasNewDevice(partner));
    }
    Some(())
}

/// What is remembered of a first message that proved something.
fn tag(message: &[u8]) -> [u8; 16] {
    let hash = Sha256::new().chain_update(b"attune first message").chain_update(message).finalize();
    let mut tag = [0; 16];
    tag.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
    tag
}

impl From<HandshakeFailed> for CloseReason {
    /// For the steps that take nothing from the other side and fail only if this phone does.
    fn from(_: HandshakeFailed) -> Self {
        Self::Failed
    }
}
