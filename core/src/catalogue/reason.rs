//! Why something was not done, so that a person can be told.

use super::word::messages;

messages! {
    /// A reason in words: what a practice rule says, or what went wrong. Whoever refuses or fails says
    /// which of these it is.
    Reason {
        AlreadySetUp = "reason-already_set_up",
        OutOfRange = "reason-out_of_range",
        AboveOwnLimit = "reason-above_own_limit",
        NotInvitee = "reason-not_invitee",
        RoundClosed = "reason-round_closed",
        NotReady = "reason-not_ready",
        NoOffer = "reason-no_offer",
        NotLower = "reason-not_lower",
        PledgeClosed = "reason-pledge_closed",
        InThePast = "reason-in_the_past",
        WrongStage = "reason-wrong_stage",
        AdviceLocked = "reason-advice_locked",
        NotYoursToDo = "reason-not_yours_to_do",
        NameOwnFeelingFirst = "reason-name_own_feeling_first",
        UnknownAction = "reason-unknown_action",
        WrongKey = "reason-wrong_key",
        Damaged = "reason-damaged",
        TooNew = "reason-too_new",
        StorageFull = "reason-storage_full",
        StorageFailed = "reason-storage_failed",
        Busy = "reason-busy",
        Closed = "reason-closed",
        WrongPassphrase = "reason-wrong_passphrase",
        BadArguments = "reason-bad_arguments",
        UnknownId = "reason-unknown_id",
        NotYourPartnersPhone = "partner-why_not_your_partners_phone",
        Interrupted = "reason-interrupted",
        VersionTooOld = "partner-why_version_too_old",
        VersionTooNew = "partner-why_version_too_new",
        BadCode = "reason-bad_code",
        OfferOver = "reason-offer_over",
        NumbersDiffer = "reason-numbers_differ",
        Unacceptable = "partner-why_unacceptable",
        PartnerStorageFull = "partner-why_storage_full",
        PartnerRefused = "partner-why_refused",
        NoPeer = "reason-no_peer",
        NoPermission = "reason-no_permission",
        Cap = "partner-why_cap",
        ActivePledge = "partner-why_active_pledge",
        Resting = "partner-why_resting",
        RoundOpen = "partner-why_round_open",
        NotTogether = "partner-why_not_together",
        NotPaired = "partner-why_not_paired",
        NotOwner = "partner-belongs_to_partner",
    }
}
