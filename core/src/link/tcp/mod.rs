//! TCP on the local network.
//!
//! Every connection sends at once (`TCP_NODELAY`: a live round is many small messages) and is watched by keepalive:
//! a probe after 10 s of silence, then every 5 s, lost after three. Phones vanish without a word when they leave a
//! room, and a keepalive finds it in some 25 s. It costs a packet each 10 s while both apps are open and nothing
//! else is said, and the kernel does it without waking the app. On Linux and Android unanswered *data* ends a
//! connection after the same time, instead of a quarter of an hour.

mod dial;
mod listen;
pub(super) mod socket;

pub use dial::{DIAL_TIMEOUT, DialError, MOST_CANDIDATES, dial};
pub use listen::TcpListenerLink;
