//! Fuzz targets of this room, and of the rooms within it.

pub(crate) use super::channel::fuzzing::{
    channel_partner, channel_record_seeds, channel_records, channel_stranger, hello, hello_seeds, stranger_seeds,
    stream_seeds,
};
pub(crate) use super::exchange::fuzzing::{
    exchange_column_seeds, exchange_columns, exchange_message, exchange_message_seeds, exchange_packed,
    exchange_packed_seeds, exchange_partner, exchange_partner_seeds,
};
pub(crate) use super::pairing::fuzzing::{
    pairing_message, pairing_message_seeds, pairing_partner, pairing_partner_seeds, pairing_stranger,
    pairing_stranger_seeds, qr_text, qr_text_seeds, typed_code, typed_code_seeds,
};
pub(crate) use super::readiness::fuzzing::{readiness, readiness_seeds};
pub(crate) use super::session::fuzzing::{session_partner, session_partner_seeds};
use super::{Certificate, CoupleId, DevicePublic, PersonSeed};
use crate::fuzzing::Seed;
use crate::journal::DeviceId;

/// Whatever is read is written again in the same bytes, and proves nothing of a stranger.
pub(crate) fn certificate(data: &[u8]) -> bool {
    let Ok(certificate) = Certificate::from_bytes(data) else { return false };
    assert_eq!(certificate.to_bytes(), data, "a certificate changes when it is written again");
    let (couple, device) = (CoupleId::from_bytes([5; 16]), DevicePublic([7; 32]));
    let stranger = PersonSeed::from_bytes([2; 32]).public();
    assert!(certificate.verify(&stranger, couple, device).is_err(), "a certificate was forged");
    true
}

pub(crate) fn certificate_seeds() -> Vec<Seed> {
    let (couple, device) = (CoupleId::from_bytes([5; 16]), DevicePublic([7; 32]));
    let seed = PersonSeed::from_bytes([1; 32]);
    vec![("plain", Certificate::issue(&seed, couple, DeviceId([6; 16]), device).to_bytes())]
}
