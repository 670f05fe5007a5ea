//! Connections that can be cut, for `--cut`.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use crate::proxy::{Cut, CutProxy};

/// Puts a wire that can be cut before a phone that listens.
pub(super) trait Cutter {
    /// A wire to a port on loopback. Which byte it is cut at follows from `drawn`.
    fn between(&self, port: u16, drawn: u64) -> io::Result<Box<dyn CutWire>>;
}

/// A wire between two phones.
pub(super) trait CutWire {
    /// Where to dial instead.
    fn port(&self) -> u16;
    /// Cuts it now, unless it was cut already; it is dead when this returns.
    fn cut(self: Box<Self>);
}

/// Wires on loopback.
pub(super) struct Loopback;

/// A meeting with little to say moves some 3,000 bytes each way; where more is to be said, or less, the
/// wire is cut early, or only when the phones have caught up.
const WITHIN: u64 = 6_000;

impl Cutter for Loopback {
    fn between(&self, port: u16, drawn: u64) -> io::Result<Box<dyn CutWire>> {
        let target = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        Ok(Box::new(CutProxy::start(target, vec![Some(Cut::drawn(drawn, WITHIN))])?))
    }
}

impl CutWire for CutProxy {
    fn port(&self) -> u16 {
        self.address().port()
    }

    fn cut(mut self: Box<Self>) {
        CutProxy::cut(&mut self);
    }
}
