//! Plain lists of words.

use super::word::{Word, words};

/// What a body may show before one knows what one feels (spec §9).
pub fn cues() -> &'static [Word] {
    words!["cue-";
        jaw_tension impatience restlessness tight_chest heat numbness
        shallow_breath pounding_heart knot_in_stomach lump_in_throat raised_shoulders clenched_hands
        cold_hands trembling heavy_limbs foggy_head tears_near far_away
    ]
}

/// Where hard moments tend to happen (spec §10).
pub fn situations() -> &'static [Word] {
    words!["situation-";
        morning coming_home parting mealtime bedtime after_work waiting messages on_the_phone disagreement
        hearing_a_complaint being_asked being_close being_alone intimacy plans money chores children family
        in_company tiredness screens travel
    ]
}

/// What a listener may offer: presence, never a fix (spec §7).
pub fn presence() -> &'static [Word] {
    words!["presence-";
        i_am_here a_hand tea quiet listening no_hurry thank_you with_you makes_sense stay_or_go
    ]
}

/// What can be written down or shared, by kind (spec §3).
pub fn kinds() -> &'static [Word] {
    words!["kind-";
        check_in moment sentence appreciation worry need request answer weekly alone expectation return
        exercise leaning strength savour loop_half calm_place support_person belief trigger wish_together
        wish_alone summary round pledge repair turn programme limit newer
    ]
}

/// The parts of entries, as headings and columns.
pub fn fields() -> &'static [Word] {
    words!["field-";
        state words cues activation safety note urge situation cue emotion need feeling text said_aloud
        sureness seconds activation_before activation_after calm_before calm_after energy_before energy_after
        alone_kind began ended name how belief date time audience offset whose kind
    ]
}

/// The series that insights are made of (spec §16).
pub fn series() -> &'static [Word] {
    words!["series-";
        state activation_by_exercise cues words situations by_hour by_weekday vocabulary limit pledges_kept
        pledges_moved pledges_after pauses returns repair_time alone_calm
    ]
}
