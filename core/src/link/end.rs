//! Why a connection is over.

/// Why a driver stopped. What it means for a meeting is for the machine's owner to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkEnd {
    /// The machine had finished, and all that it said was handed to the transport.
    Finished,
    /// Closed from this side, by [`close`](super::DriverHandle::close) or by dropping the handle.
    Closed,
    /// The peer ended the stream in an orderly way.
    PeerClosed,
    /// The transport broke: reset, network gone, or a pipe that failed.
    Broken,
    /// The peer, or the pipe, took nothing for [`LinkLimits::write_stall`](super::LinkLimits::write_stall).
    WriteStalled,
    /// Nothing came for [`LinkLimits::read_idle`](super::LinkLimits::read_idle).
    ReadIdle,
    /// The peer did not prove in time who it is.
    NotAdmitted,
    /// The machine, its owner's hook or a posted closure panicked. A bug, contained to this connection.
    Panicked,
}
