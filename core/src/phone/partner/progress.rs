//! How far a catch-up is, for whoever shows it.

use super::Partner;
use super::conversation::Conversation;

/// How far catching up is, on the connection that is open. None of the numbers ever falls while it is; it
/// is done where `received + sent == total`, and what is written meanwhile raises the total again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct CatchUp {
    /// The partner's entries that came, and own ones that came back.
    pub received: u64,
    /// Own entries that went and were acknowledged.
    pub sent: u64,
    /// All that is known to have to come or to go.
    pub total: u64,
    /// All bytes on the socket, in.
    pub bytes_in: u64,
    /// All bytes on the socket, out.
    pub bytes_out: u64,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Partner {
    /// How far catching up is; `None` while the phones are not together.
    pub fn progress(&self) -> Option<CatchUp> {
        self.company.lock().meetings.values().find(|meeting| meeting.ready).map(|meeting| meeting.progress)
    }
}

impl Conversation {
    /// How far it is.
    pub(super) fn catch_up(&self) -> CatchUp {
        let (progress, report) = (self.session().progress(), self.report());
        let (bytes_in, bytes_out) = (report.bytes_in, report.bytes_out);
        CatchUp { received: progress.received, sent: progress.sent, total: progress.total, bytes_in, bytes_out }
    }
}
