//! What is said about the partner and the other phone, as far as no values stand in it. The words follow
//! P1, P5, P13 and P14.

use super::word::messages;

messages! {
    /// A text about the partner or the other phone.
    AboutPartner {
        NotPaired = "partner-not_paired",
        NotMet = "partner-not_met",
        SyncPaused = "partner-sync_paused",
        TogetherNow = "partner-together_now",
        ErasedOnBoth = "partner-erased_on_both",
        NewPhone = "partner-new_phone",
        ClockDiffers = "partner-clock_differs",
        RoundInvitesYou = "partner-round_invites_you",
        RoundClosed = "partner-round_closed",
        RoundBothReachedOut = "partner-round_both_reached_out",
        RoundSaidOk = "partner-round_said_ok",
        RoundLimitIsPrivate = "partner-round_limit_is_private",
        PledgeCheckedIn = "partner-pledge_checked_in",
        PledgeMoved = "partner-pledge_moved",
        PledgeAsPlanned = "partner-pledge_as_planned",
        ReturnItCameBack = "partner-return_it_came_back",
        SharedWithMe = "partner-shared_with_me",
        WhatTheOtherGets = "partner-what_the_other_gets",
        FromNewerVersion = "partner-from_newer_version",
        BelongsToPartner = "partner-belongs_to_partner",
        BothReady = "partner-both_ready",
        RepairTheirs = "partner-repair_theirs",
        TurnSpeaks = "partner-turn_speaks",
        TurnListens = "partner-turn_listens",
    }
}
