//! Connections that can be cut, for `--cut`.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use crate::proxy::{Cut, CutProxy};

/// Puts a wire that can be cut before a phone that listens.
pub(super) trait Cutter {
    /// A wire to a port on loopback, which is cut after fewer than `within` bytes. How many follows from
    /// `drawn`.
    fn between(&self, port: u16, drawn: u64, within: u64) -> io::Result<Box<dyn CutWire>>;
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

impl Cutter for Loopback {
    fn between(&self, port: u16, drawn: u64, within: u64) -> io::Result<Box<dyn CutWire>> {
        let target = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        Ok(Box::new(CutProxy::start(target, vec![Some(Cut::drawn(drawn, within))])?))
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
