//! Two phones with encrypted files, over sockets: what a partner's phone that lies, a stranger, a restored
//! file, a wrong clock or two dials at once may do to a phone, and what they may not.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

mod at_once;
mod clock;
mod clocks;
mod couple;
mod frozen;
mod hostile;
mod liar;
mod line;
mod lost;
mod pairing;
mod piped;
mod replaced;
mod restored;
mod strangers;
