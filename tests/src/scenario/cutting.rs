//! Connections that can be cut, for `--cut`.

use std::io;

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

impl Cutter for Loopback {
    fn between(&self, _: u16, _: u64) -> io::Result<Box<dyn CutWire>> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
