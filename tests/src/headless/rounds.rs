//! Rounds and the own limit.

use attune_core::journal::{Cap, RoundInvite};
use attune_core::phone::RoundView;
use attune_core::practice::round::Said;
use serde_json::{Value, json};

use super::answer::{Answer, Fault, id, word};
use super::arguments::Arguments;
use super::done;
use super::opening::Opened;

impl Opened {
    pub(super) fn round_invite(&mut self, mut arguments: Arguments) -> Answer {
        let max_s = arguments.whole("max_s")?;
        let open_until = arguments.time("open_until")?;
        let round_kind = arguments.word("round_kind")?;
        arguments.done()?;
        id(self.phone.rounds().invite(RoundInvite { max_s, open_until, round_kind })?)
    }

    pub(super) fn round_accept(&mut self, mut arguments: Arguments) -> Answer {
        let (round, max_s) = (arguments.id("id")?, arguments.whole("max_s")?);
        arguments.done()?;
        self.phone.rounds().accept(round, max_s)?;
        done()
    }

    pub(super) fn round_not_now(&mut self, mut arguments: Arguments) -> Answer {
        let round = arguments.id("id")?;
        let say = match arguments.maybe_text("say")?.as_deref() {
            None => None,
            Some("ok") => Some(Said::Ok),
            Some(_) => return Err(Fault::bad("\"say\" is neither null nor \"ok\"")),
        };
        arguments.done()?;
        self.phone.rounds().not_now(round, say)?;
        done()
    }

    pub(super) fn round_later(&mut self, mut arguments: Arguments) -> Answer {
        let round = arguments.id("id")?;
        let mut pledge = arguments.object("pledge")?;
        arguments.done()?;
        let (due, how) = (pledge.time("due")?, pledge.text("how")?);
        pledge.done()?;
        id(self.phone.rounds().later(round, due, how)?)
    }

    pub(super) fn round_withdraw(&mut self, mut arguments: Arguments) -> Answer {
        let round = arguments.only_id()?;
        self.phone.rounds().withdraw(round)?;
        done()
    }

    pub(super) fn round_start(&mut self, mut arguments: Arguments) -> Answer {
        let round = arguments.only_id()?;
        self.phone.rounds().start(round)?;
        done()
    }

    pub(super) fn round_release(&mut self, mut arguments: Arguments) -> Answer {
        let round = arguments.only_id()?;
        self.phone.rounds().release(round)?;
        done()
    }

    pub(super) fn round_leave(&mut self, mut arguments: Arguments) -> Answer {
        let round = arguments.only_id()?;
        self.phone.rounds().leave(round)?;
        done()
    }

    pub(super) fn round_reflect(&mut self, mut arguments: Arguments) -> Answer {
        let round = arguments.id("id")?;
        let (safety, activation) = (arguments.maybe_scale("safety")?, arguments.maybe_scale("activation")?);
        let (cue, word) = (arguments.maybe_text("cue")?, arguments.maybe_text("word")?);
        arguments.done()?;
        self.phone.rounds().reflect(round, safety, activation, cue, word)?;
        done()
    }

    pub(super) fn round_skip(&mut self, mut arguments: Arguments) -> Answer {
        let round = arguments.only_id()?;
        self.phone.rounds().skip(round)?;
        done()
    }

    pub(super) fn round_log(&mut self, mut arguments: Arguments) -> Answer {
        let (length_s, round_kind) = (arguments.whole("length_s")?, arguments.word("round_kind")?);
        arguments.done()?;
        id(self.phone.rounds().log(length_s, round_kind)?)
    }

    pub(super) fn caps_set(&mut self, mut arguments: Arguments) -> Answer {
        let invites_per_day = u8::try_from(arguments.whole("invites_per_day")?).unwrap_or(u8::MAX);
        let kinds = arguments.maybe_words("kinds")?;
        arguments.done()?;
        self.phone.rounds().set_caps(invites_per_day, kinds)?;
        done()
    }

    pub(super) fn limit_take_offer(&mut self, arguments: Arguments) -> Answer {
        arguments.done()?;
        self.phone.limit().take_offer()?;
        done()
    }

    pub(super) fn limit_lower(&mut self, mut arguments: Arguments) -> Answer {
        let to_s = arguments.whole("to_s")?;
        arguments.done()?;
        self.phone.limit().lower(to_s)?;
        done()
    }

    pub(super) fn show_round(&self, mut arguments: Arguments) -> Answer {
        let round = arguments.only_id()?;
        Ok(view(&self.phone.rounds().view(round)?))
    }

    pub(super) fn show_rounds(&self, arguments: Arguments) -> Answer {
        arguments.done()?;
        Ok(self.phone.rounds().list()?.iter().map(view).collect())
    }

    pub(super) fn show_may_invite(&self, arguments: Arguments) -> Answer {
        arguments.done()?;
        let may = self.phone.rounds().may_invite()?;
        Ok(json!({"may": may.why.is_none(), "why": may.why.map(|why| format!("{why:?}")), "from": may.from}))
    }

    pub(super) fn show_limit(&self, arguments: Arguments) -> Answer {
        arguments.done()?;
        let limit = self.phone.limit().view()?;
        Ok(json!({"seconds": limit.seconds, "ease_run": limit.ease_run, "offer_s": limit.offer_s}))
    }

    pub(super) fn show_caps(&self, arguments: Arguments) -> Answer {
        arguments.done()?;
        let cap = |cap: &Cap| json!({"invites_per_day": cap.invites_per_day});
        let caps = self.phone.rounds().caps()?;
        Ok(json!({"to_me": cap(&caps.to_me), "to_partner": cap(&caps.to_partner)}))
    }
}

fn view(round: &RoundView) -> Value {
    json!({
        "id": round.id,
        "state": word(round.state),
        "by_me": round.by_me,
        "open_until": round.open_until,
        "length_s": round.length_s,
        "both_reached_out": round.both_reached_out,
        "said": round.said.map(word),
        "reflected": round.reflected,
    })
}
