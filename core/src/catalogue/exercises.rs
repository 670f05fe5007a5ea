//! The toolkit (spec §9, §12).

use super::message::MessageId;
use crate::journal::FeltState;

/// An exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exercise {
    /// What entries hold. Never changes.
    pub id: &'static str,
    /// How long it may take, in seconds; the first is suggested.
    pub lengths_s: &'static [u32],
    /// The states that it may suit.
    pub suits: &'static [FeltState],
    /// Whether it takes two.
    pub for_two: bool,
    message: &'static str,
    steps: usize,
}

impl Exercise {
    /// Its name.
    pub const fn name(&self) -> MessageId {
        MessageId::of(self.message)
    }

    /// What it is for, said modestly.
    pub const fn why(&self) -> MessageId {
        MessageId::part(self.message, "why")
    }

    /// What to do, one thing after the other.
    pub fn steps(&self) -> Vec<MessageId> {
        STEPS.iter().take(self.steps).map(|step| MessageId::part(self.message, step)).collect()
    }
}

const STEPS: &[&str] = &["step-1", "step-2", "step-3", "step-4"];

macro_rules! exercise {
    ($id:ident, $for_two:literal, $steps:literal, $lengths:expr, [$($state:ident),*]) => {
        Exercise {
            id: stringify!($id),
            lengths_s: &$lengths,
            suits: &[$(FeltState::$state),*],
            for_two: $for_two,
            message: concat!("exercise-", stringify!($id)),
            steps: $steps,
        }
    };
}

/// Every exercise. Where several suit a state, the first ones are suggested first.
pub fn exercises() -> &'static [Exercise] {
    const ALL: &[Exercise] = &[
        exercise!(slow_breathing, false, 4, [60, 180, 300], [Activated, Mixed, Unsure]),
        exercise!(warm_hands, false, 3, [120], [ShutDown]),
        exercise!(name_it, false, 3, [60], [Settled, Mixed, Unsure]),
        exercise!(savour, false, 3, [60], [Settled]),
        exercise!(longer_out_breath, false, 3, [60, 180], [Activated]),
        exercise!(feet_on_floor, false, 3, [60], [Activated, Mixed]),
        exercise!(one_small_choice, false, 3, [60], [ShutDown]),
        exercise!(blanket, false, 3, [300, 600], [ShutDown]),
        exercise!(unclench, false, 3, [60], [Activated]),
        exercise!(let_the_urge_pass, false, 4, [180], [Activated]),
        exercise!(hand_on_chest, false, 3, [60], [Activated, ShutDown, Mixed]),
        exercise!(where_in_the_body, false, 3, [120], [Mixed, Unsure]),
        exercise!(look_around, false, 4, [90], [Activated, Mixed, Unsure]),
        exercise!(cold_water, false, 3, [60], [Activated]),
        exercise!(push_the_wall, false, 3, [60], [Activated]),
        exercise!(shake_it_out, false, 3, [60], [Activated, ShutDown]),
        exercise!(slow_walk, false, 3, [300, 600], [Activated, ShutDown, Mixed]),
        exercise!(remember_a_return, false, 3, [60], [Activated, Settled]),
        exercise!(window, false, 3, [120], [ShutDown, Unsure]),
        exercise!(humming, false, 3, [60], [ShutDown, Activated]),
        exercise!(gentle_stretch, false, 3, [120], [ShutDown, Mixed]),
        exercise!(one_song, false, 3, [240], [ShutDown, Mixed, Unsure]),
        exercise!(three_lines, false, 3, [180], [Mixed, Unsure, Activated]),
        exercise!(calm_place, false, 3, [120], [Settled, Activated, Mixed]),
        exercise!(breathe_together, true, 3, [60, 180, 300], [Settled, Activated]),
        exercise!(back_to_back, true, 3, [120, 300], [Settled, ShutDown]),
    ];
    ALL
}
