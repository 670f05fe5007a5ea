//! Pairing with the partner's phone, meeting it, and leaving it.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use serde_json::json;

use super::answer::{Answer, Fault};
use super::arguments::Arguments;
use super::done;
use super::opening::Opened;

/// Headless phones are heard on this machine and nowhere else.
const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

impl Opened {
    pub(super) fn pair_offer(&mut self, arguments: Arguments) -> Answer {
        arguments.done()?;
        let shown = self.phone.partner().offer(HERE, &[HERE])?;
        Ok(json!({"qr": shown.qr, "code": shown.code, "port": shown.port}))
    }

    pub(super) fn pair_join(&mut self, mut arguments: Arguments) -> Answer {
        let offer = arguments.text("offer")?;
        let address = address(&mut arguments)?;
        arguments.done()?;
        self.phone.partner().join(&offer, &[address])?;
        done()
    }

    pub(super) fn pair_number(&mut self, arguments: Arguments) -> Answer {
        arguments.done()?;
        Ok(json!({"number": self.phone.partner().pairing_number()?}))
    }

    pub(super) fn pair_confirm(&mut self, arguments: Arguments) -> Answer {
        arguments.done()?;
        self.phone.partner().confirm_pairing()?;
        done()
    }

    pub(super) fn pair_cancel(&mut self, arguments: Arguments) -> Answer {
        arguments.done()?;
        self.phone.partner().cancel_pairing()?;
        done()
    }

    pub(super) fn meet_listen(&mut self, arguments: Arguments) -> Answer {
        arguments.done()?;
        Ok(json!({"port": self.phone.partner().listen(HERE)?}))
    }

    pub(super) fn meet_dial(&mut self, mut arguments: Arguments) -> Answer {
        let address = address(&mut arguments)?;
        arguments.done()?;
        self.phone.partner().dial(&[address])?;
        done()
    }

    pub(super) fn meet_settle(&mut self, arguments: Arguments) -> Answer {
        arguments.done()?;
        let settled = self.phone.partner().settle()?;
        Ok(json!({
            "caught_up": true,
            "sent": settled.sent,
            "received": settled.received,
            "bytes_out": settled.bytes_out,
            "bytes_in": settled.bytes_in,
            "round_trips": settled.round_trips,
        }))
    }

    pub(super) fn meet_end(&mut self, arguments: Arguments) -> Answer {
        arguments.done()?;
        self.phone.partner().end()?;
        done()
    }

    pub(super) fn meet_pause(&mut self, arguments: Arguments) -> Answer {
        arguments.done()?;
        self.phone.partner().pause()?;
        done()
    }

    pub(super) fn meet_resume(&mut self, arguments: Arguments) -> Answer {
        arguments.done()?;
        self.phone.partner().resume()?;
        done()
    }

    pub(super) fn unlink(&mut self, mut arguments: Arguments) -> Answer {
        let last_erase = arguments.flag("last_erase")?;
        arguments.done()?;
        self.phone.partner().unlink(last_erase)?;
        done()
    }
}

fn address(arguments: &mut Arguments) -> Result<SocketAddr, Fault> {
    let (host, port) = (arguments.text("host")?, arguments.port("port")?);
    let host = host.parse().map_err(|_| Fault::bad("\"host\" is no address"))?;
    Ok(SocketAddr::new(host, port))
}
