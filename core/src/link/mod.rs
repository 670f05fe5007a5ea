//! Moves bytes between two phones, and knows nothing of their meaning.
//!
//! A [`Transport`] is a connection: TCP, dialled ([`dial`]) or accepted ([`TcpListenerLink`]), or what a
//! shell brings ([`BytePipe`]). A [`Driver`] runs one
//! [`Machine`] over it on threads of its own, so that no peer, however slow, silent or hostile, holds anybody up.
//! A [`Gate`] limits the strangers at the door, and [`choose()`] decides between two connections to the same partner.

mod admission;
mod choose;
mod driver;
mod end;
mod handle;
mod inbox;
mod limits;
mod machine;
mod outbox;
mod pipe;
mod tcp;
mod transport;

pub use admission::{Admission, Gate, MOST_STRANGERS, STRANGERS_PATIENCE};
pub use choose::{Choice, Contender, SIMULTANEOUS, choose};
pub use driver::{Driver, Observer};
pub use end::LinkEnd;
pub use handle::DriverHandle;
pub use limits::LinkLimits;
pub use machine::Machine;
pub use pipe::{BytePipe, PipeError, PipeInput, PushError};
pub use tcp::{DIAL_TIMEOUT, DialError, MOST_CANDIDATES, TcpListenerLink, dial};
pub use transport::Transport;

#[cfg(test)]
mod tests;
