//! What one person writes down: items of every kind, in the proportions of a well-kept journal.

use attune_core::journal::{
    Alone, AloneKind, Appreciation, Belief, Body, CalmPlace, CheckIn, Exercise, Expectation, FeltState, Leaning,
    LocalTime, LoopHalf, Moment, Need, Request, Return, Savour, Sentence, Strength, SupportPerson, Weekly, WeeklyLine,
    WhoseStrength, Worry,
};
use chrono::TimeDelta;

use super::dice::Dice;
use super::grammar::say;
use super::words::{CUES, EXERCISES, MOOD_WORDS, SITUATIONS, STATES, URGES};

/// A pen in the hand of one person.
pub(super) struct Pen<'a> {
    /// Whom the writer lives with.
    pub(super) partner: &'a str,
    /// Whether the writer leans towards distance under stress; else towards closeness.
    pub(super) distant: bool,
    /// Chance.
    pub(super) dice: &'a mut Dice,
}

impl Pen<'_> {
    /// An item of a kind that comes up as often as it does in life. `now` is when it is written.
    pub(super) fn item(&mut self, now: LocalTime) -> Body {
        match self.dice.below(1000) {
            0..300 => self.check_in(),
            300..440 => self.moment(),
            440..540 => self.sentence(),
            540..660 => self.appreciation(),
            660..725 => Worry { text: self.tell("worry", 9) }.into(),
            725..785 => Need { text: self.tell("need", 9) }.into(),
            785..830 => Request { text: self.tell("request", 9) }.into(),
            830..895 => self.exercise(),
            895..945 => self.alone(now),
            945..957 => Expectation { sureness: self.dice.scale(2, 9) }.into(),
            957..969 => Return { expectation: None }.into(),
            969..984 => self.strength(),
            984..992 => Savour { text: self.tell("savour", 5) }.into(),
            992..994 => LoopHalf { text: self.tell("loop_half", 5) }.into(),
            994..996 => CalmPlace { text: self.tell("calm_place", 5) }.into(),
            996..997 => self.support_person(),
            997..999 => Belief { strength: self.dice.scale(3, 9) }.into(),
            _ => Leaning { closeness: self.dice.scale(1, 7), space: self.dice.scale(1, 7) }.into(),
        }
    }

    /// The weekly check-in, with the lines that are shared.
    pub(super) fn weekly(&mut self) -> Weekly {
        let mut weekly = Weekly {
            appreciation: Some(self.tell("appreciation", 2)),
            worry: self.maybe(80, "worry"),
            need: Some(self.tell("need", 2)),
            request: self.maybe(70, "request"),
            trigger: self.maybe(60, "trigger_line"),
            wish_together: Some(self.say("wish_line")),
            wish_alone: self.maybe(75, "wish_line"),
            ..Weekly::default()
        };
        weekly.shared = WeeklyLine::ALL.into_iter().filter(|line| weekly.line(*line).is_some()).collect();
        weekly.shared.retain(|_| self.dice.percent(55));
        weekly
    }

    /// One way to say `rule`.
    pub(super) fn say(&mut self, rule: &str) -> String {
        say(rule, 0, self.partner, self.dice)
    }

    /// The same, with up to `most` sentences more.
    pub(super) fn tell(&mut self, rule: &str, most: u32) -> String {
        let more = self.dice.between(0, most);
        say(rule, more, self.partner, self.dice)
    }

    pub(super) fn maybe(&mut self, of_hundred: u32, rule: &str) -> Option<String> {
        self.dice.percent(of_hundred).then(|| self.say(rule))
    }

    fn check_in(&mut self) -> Body {
        let state = self.dice.pick(&STATES).copied().unwrap_or(FeltState::Unsure);
        let (low, high) = match state {
            FeltState::Settled => (0, 3),
            FeltState::Activated => (6, 10),
            _ => (2, 7),
        };
        let words = (0..self.dice.between(0, 2)).filter_map(|_| self.dice.pick(&MOOD_WORDS)).map(ToString::to_string);
        let words = words.collect();
        let cues = (0..self.dice.between(0, 2)).filter_map(|_| self.dice.pick(&CUES)).map(ToString::to_string);
        let cues = cues.collect();
        let activation = self.dice.scale(low, high);
        let safety = self.dice.percent(60).then(|| self.dice.scale(2, 10));
        let note = self.dice.percent(92).then(|| self.tell("text", 10));
        CheckIn { state, words, cues, activation, safety, note }.into()
    }

    fn moment(&mut self) -> Body {
        let (away, towards) = URGES;
        let urges = if self.distant == self.dice.percent(80) { &away } else { &towards };
        let situation = match self.dice.percent(30) {
            true => self.dice.pick(&SITUATIONS).map(ToString::to_string),
            false => Some(self.tell("situation_line", 9)),
        };
        Moment {
            urge: self.dice.pick(urges).map(ToString::to_string).unwrap_or_default(),
            situation,
            cue: self.dice.percent(70).then(|| self.dice.pick(&CUES).map(ToString::to_string)).flatten(),
            emotion: self.maybe(75, "emotion"),
            need: self.maybe(70, "need_line"),
        }
        .into()
    }

    fn sentence(&mut self) -> Body {
        Sentence { feeling: self.tell("feeling_line", 6), need: self.tell("need_line", 2) }.into()
    }

    fn appreciation(&mut self) -> Body {
        Appreciation { text: self.tell("appreciation", 9), said_aloud: self.dice.percent(30) }.into()
    }

    fn exercise(&mut self) -> Body {
        let before = self.dice.scale(3, 9);
        Exercise {
            exercise: self.dice.pick(&EXERCISES).map(ToString::to_string).unwrap_or_default(),
            seconds: Some(self.dice.between(1, 10) * 30),
            activation_before: Some(before),
            activation_after: self.dice.percent(85).then(|| before.saturating_sub(self.dice.scale(0, 3))),
        }
        .into()
    }

    fn alone(&mut self, now: LocalTime) -> Body {
        let minutes = i64::from(self.dice.between(15, 180));
        let before = self.dice.scale(1, 7);
        Alone {
            alone_kind: if self.dice.percent(60) { AloneKind::SelfRegulation } else { AloneKind::AloneTime },
            began: Some(now.plus(TimeDelta::minutes(-minutes))),
            ended: self.dice.percent(90).then_some(now),
            calm_before: Some(before),
            calm_after: Some((before + self.dice.scale(0, 4)).min(10)),
            pledge: None,
        }
        .into()
    }

    fn strength(&mut self) -> Body {
        let whose = if self.dice.percent(60) { WhoseStrength::Yours } else { WhoseStrength::Mine };
        Strength { whose, text: self.tell("strength", 5) }.into()
    }

    fn support_person(&mut self) -> Body {
        SupportPerson { name: self.say("Person"), how: self.maybe(80, "how_helps") }.into()
    }
}
