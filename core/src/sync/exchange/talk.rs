//! What each message of the partner's phone leads to.

use super::event::{Ended, ExchangeEvent, Objection};
use super::incoming::Outcome;
use super::limits::RECONCILIATIONS;
use super::machine::{Exchange, Phase};
use super::manifest::LogId;
use super::message::{Batch, Held, Message, Open};
use super::pack::unpack;
use super::recovery::{Recovery, Step};
use crate::sync::Shelf;

impl Exchange {
    pub(super) fn handle(&mut self, message: Message, shelf: &mut dyn Shelf) -> Result<(), Ended> {
        match (message, &self.phase) {
            (Message::Goodbye, _) => Err(Ended::PartnerLeft),
            (Message::Refused(code), _) => Err(Ended::RefusedByPartner(Objection::from_code(code))),
            (Message::Open(open), Phase::Opening { .. }) => self.opened(open, shelf),
            (Message::Open(_), _) | (_, Phase::Opening { .. }) => Err(Objection::OutOfTurn.into()),
            (Message::Batch(batch), _) => self.batch(batch, shelf),
            (Message::Ack(counter), Phase::Flowing) => self.acknowledged(counter, shelf),
            (Message::Held(held), _) => self.held(held, shelf),
            // Who wants more has read what it wanted before.
            (Message::Want(_), _) if self.giving_back => Err(Objection::OutOfTurn.into()),
            (Message::Want(wanted), _) => {
                let packed = self.incoming.give_back(&wanted, shelf)?;
                self.giving_back = true;
                self.send(&Message::Returned(packed));
                Ok(())
            }
            (Message::Returned(packed), Phase::Recovering(_)) => self.returned(&packed, shelf),
            (Message::Ack(_) | Message::Returned(_), _) => Err(Objection::OutOfTurn.into()),
            (Message::Agreed(entries), _) => Ok(self.incoming.agreed(entries)?),
            (Message::Settle(number), _) => {
                self.settling.to_answer = Some(number);
                Ok(())
            }
            (Message::Settled(number), _) if number > self.settling.asked => Err(Objection::OutOfTurn.into()),
            (Message::Settled(number), _) => {
                self.settling.answered = self.settling.answered.max(number);
                Ok(())
            }
            (Message::Other(kind, bytes), _) => {
                self.tell(ExchangeEvent::Other { kind, bytes });
                Ok(())
            }
        }
    }

    /// Both phones compare the same two pairs of states, and so draw the same conclusions.
    fn opened(&mut self, open: Open, shelf: &mut dyn Shelf) -> Result<(), Ended> {
        let Phase::Opening { confirmed, held } = self.phase else {
            return Err(Objection::OutOfTurn.into());
        };
        self.tell(ExchangeEvent::Started);
        self.incoming.remaining = open.entries;
        self.outgoing.widen();
        self.phase = if open.held == confirmed {
            Phase::Flowing
        } else {
            self.outgoing.abandon();
            self.counters.round_trips += 1;
            Phase::AwaitingHeld
        };
        if open.confirmed == held { Ok(()) } else { self.say_what_is_held(shelf) }
    }

    fn batch(&mut self, batch: Batch, shelf: &mut dyn Shelf) -> Result<(), Ended> {
        match self.incoming.batch(batch, shelf)? {
            Outcome::Kept { counter, event, entries } => {
                self.counters.entries_received += entries;
                self.send(&Message::Ack(counter));
                self.tell(event);
            }
            Outcome::Dropped { entries } => self.counters.entries_dropped += entries,
            Outcome::Misfit { entries } => {
                self.counters.entries_dropped += entries;
                self.say_what_is_held(shelf)?;
            }
        }
        Ok(())
    }

    fn say_what_is_held(&mut self, shelf: &mut dyn Shelf) -> Result<(), Ended> {
        let held = self.incoming.reconcile(shelf)?;
        self.counters.round_trips += 1;
        self.send(&Message::Held(held));
        Ok(())
    }

    fn acknowledged(&mut self, counter: u64, shelf: &mut dyn Shelf) -> Result<(), Ended> {
        let entries = self.outgoing.acknowledged(counter, shelf)?.ok_or(Objection::OutOfTurn)?;
        self.recoveries = 0;
        self.tell(ExchangeEvent::Sent { entries });
        Ok(())
    }

    fn held(&mut self, held: Held, shelf: &mut dyn Shelf) -> Result<(), Ended> {
        if self.recoveries >= RECONCILIATIONS {
            return Err(Objection::DoesNotFit.into());
        }
        self.recoveries += 1;
        self.outgoing.abandon();
        let log = LogId { pairing: self.config.pairing, owner: self.config.me };
        let recovery = Recovery::new(held, &log, &self.config.seal_key, shelf)?;
        self.recover(Box::new(recovery), shelf)
    }

    fn returned(&mut self, packed: &[u8], shelf: &mut dyn Shelf) -> Result<(), Ended> {
        let Phase::Recovering(mut recovery) = std::mem::replace(&mut self.phase, Phase::AwaitingHeld) else {
            return Err(Objection::OutOfTurn.into());
        };
        let parts = unpack(packed).map_err(Objection::from)?;
        for event in recovery.take(parts, shelf)? {
            self.tell(event);
        }
        self.recover(recovery, shelf)
    }

    fn recover(&mut self, mut recovery: Box<Recovery>, shelf: &mut dyn Shelf) -> Result<(), Ended> {
        match recovery.step(shelf)? {
            Step::Want(wanted) => {
                self.counters.round_trips += 1;
                self.send(&Message::Want(wanted));
                self.phase = Phase::Recovering(recovery);
            }
            Step::Agreed(agreed) => {
                self.outgoing.resume(agreed, shelf)?;
                self.phase = Phase::Flowing;
                self.send(&Message::Agreed(self.outgoing.remaining()));
            }
        }
        Ok(())
    }
}
