//! Phones that meet over connections that their shells made.

use std::sync::{Arc, OnceLock};

use attune_core::link::{BytePipe, PipeError, PipeInput};
use attune_core::phone::PhoneError;

use crate::couple::{HERE, Owner, couple};

/// A pipe into the other phone, as a well-behaved shell would make it.
#[derive(Default)]
struct Across(OnceLock<PipeInput>);

impl BytePipe for Across {
    fn send(&self, bytes: Vec<u8>) -> Result<(), PipeError> {
        self.0.wait().push(&bytes).map_err(|_| PipeError::Lost)
    }

    fn close(&self) -> Result<(), PipeError> {
        self.0.wait().closed();
        Ok(())
    }
}

/// Two pipes, one into each phone, from how each side takes its own.
fn across(
    dials: impl FnOnce(Arc<Across>) -> Result<PipeInput, PhoneError>,
    answers: impl FnOnce(Arc<Across>) -> Result<PipeInput, PhoneError>,
) {
    let (to_the_answering, to_the_dialling) = (Arc::<Across>::default(), Arc::<Across>::default());
    let into_dialling = dials(to_the_answering.clone()).unwrap();
    let into_answering = answers(to_the_dialling.clone()).unwrap();
    assert!(to_the_answering.0.set(into_answering).is_ok() && to_the_dialling.0.set(into_dialling).is_ok());
}

#[test]
fn two_phones_pair_and_catch_up_over_pipes_alone() {
    let (one, other) = (Owner::new(1), Owner::new(2));
    let (a, b) = (one.phone.partner(), other.phone.partner());
    let offer = a.offer(HERE, &[HERE]).unwrap();
    across(|pipe| b.join_over(&offer.code, pipe), |pipe| a.answer_pipe(pipe));
    assert_eq!(a.pairing_number().unwrap(), b.pairing_number().unwrap());
    a.confirm_pairing().unwrap();
    b.confirm_pairing().unwrap();
    across(|pipe| b.meet_over(pipe), |pipe| a.answer_pipe(pipe));
    b.await_answer().unwrap();
    one.share("seen on both");
    assert_eq!((a.settle().unwrap().sent, b.settle().unwrap().received), (1, 1));
    assert_eq!(other.phone.journal().shared_with_me().unwrap().len(), 1);
    a.end().unwrap();
    b.end().unwrap();
    assert_eq!(b.await_answer(), Err(PhoneError::Interrupted), "nobody is there any more");
}

#[test]
fn a_couple_makes_its_keys_new_over_pipes_alone() {
    let (one, other) = couple(5);
    let (a, b) = (one.phone.partner(), other.phone.partner());
    let offer = a.offer_replacement(HERE, &[HERE]).unwrap();
    let pipe = Arc::<Across>::default();
    assert_eq!(b.join_over(&offer.qr, pipe).unwrap_err(), PhoneError::OtherPurpose);
    across(|pipe| b.join_replacement_over(&offer.qr, pipe), |pipe| a.answer_pipe(pipe));
    assert_eq!(a.pairing_number().unwrap(), b.pairing_number().unwrap());
    a.confirm_pairing().unwrap();
    b.confirm_pairing().unwrap();
    assert_eq!((a.pairing_outcome(), b.pairing_outcome()), (Ok(()), Ok(())));
    across(|pipe| b.meet_over(pipe), |pipe| a.answer_pipe(pipe));
    b.await_answer().unwrap();
}

#[test]
fn a_phone_that_is_not_paired_or_is_paused_answers_no_pipe() {
    let owner = Owner::new(1);
    let pipe = || Arc::<Across>::default();
    assert_eq!(owner.phone.partner().meet_over(pipe()).unwrap_err(), PhoneError::NotPaired);
    assert_eq!(owner.phone.partner().answer_pipe(pipe()).unwrap_err(), PhoneError::NotPaired);
}
