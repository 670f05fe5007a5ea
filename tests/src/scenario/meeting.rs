//! Two phones meet: they connect over TCP on loopback, catch up, and part or stay.

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::cutting::{CutWire, Cutter};
use super::file::Two;
use super::line::Reply;
use super::options::Hardships;
use super::trouble::Trouble;
use super::world::World;

pub(super) const HOST: &str = "127.0.0.1";

/// A meeting with little to say moves some 3,000 bytes each way; where more is to be said, or less, the
/// wire is cut early, or only when the phones have caught up.
const WITHIN: u64 = 6_000;

/// How meetings are made harder, and from which seed.
pub(super) struct Meetings<'a> {
    pub(super) hardships: Hardships,
    pub(super) cutter: &'a dyn Cutter,
    /// The scenario and the step: where a connection is cut follows from it.
    pub(super) seed: String,
}

impl Meetings<'_> {
    /// The two meet, as often and with as many cut connections as they must.
    pub(super) fn meet(&self, world: &mut World<'_>, two: &Two, stay: bool) -> Result<(), Trouble> {
        leave(world, two)?;
        let times = if self.hardships.twice { 2 } else { 1 };
        for time in 1..=times {
            if self.hardships.cut {
                self.cut_short(world, two, time)?;
            }
            connect(world, two)?;
            if time == times && stay {
                world.together.push(two.clone());
            } else {
                both_ok(world, two, &json!({"op": "meet.end"}))?;
            }
        }
        Ok(())
    }

    /// A connection that is cut at some byte. How much came across is open; that nothing worse than an
    /// interruption is said is not.
    fn cut_short(&self, world: &mut World<'_>, two: &Two, time: u32) -> Result<(), Trouble> {
        let port = listen(world, &two.0)?;
        let wire = self.wire(port, &time.to_string(), WITHIN)?;
        let dialled = world.ask(&two.1, &dial(wire.port()))?;
        let settled = match &dialled {
            Reply::Ok(_) => Some(world.ask(&two.1, &json!({"op": "meet.settle"}))?),
            _ => None,
        };
        wire.cut();
        world.ask_both(two, &json!({"op": "meet.end"}))?;
        // Cut before the listener's first word, it looks as if the listener knew nobody.
        match settled.unwrap_or(dialled) {
            Reply::Ok(_) => Ok(()),
            Reply::Error(code, _) if code == "Interrupted" || code == "NotYours" => Ok(()),
            reply => Err(Trouble::reply("no worse than \"Interrupted\" when a connection is cut", &reply)),
        }
    }

    /// A wire that is cut after fewer than `within` bytes; how many follows from the step and from `which`.
    pub(super) fn wire(&self, port: u16, which: &str, within: u64) -> Result<Box<dyn CutWire>, Trouble> {
        let drawn = Sha256::digest(format!("attune cut\n{}\n{which}", self.seed));
        let drawn = drawn.iter().take(8).fold(0, |drawn: u64, byte| drawn << 8 | u64::from(*byte));
        self.cutter.between(port, drawn, within).map_err(|error| Trouble::new("a wire that can be cut", error))
    }
}

/// The two try, either way round, and neither may report that they met.
pub(super) fn cannot_meet(world: &mut World<'_>, two: &Two) -> Result<(), Trouble> {
    leave(world, two)?;
    let before = (last_met(world, &two.0)?, last_met(world, &two.1)?);
    for two in [two.clone(), Two(two.1.clone(), two.0.clone())] {
        let listened = world.ask(&two.0, &json!({"op": "meet.listen"}))?;
        let port = match &listened {
            Reply::Ok(result) => port(result)?,
            _ => dead_port().map_err(|error| Trouble::new("a port where nobody listens", error))?,
        };
        let dialled = world.ask(&two.1, &dial(port))?;
        world.ask_both(&two, &json!({"op": "meet.end"}))?;
        if let Reply::Ok(_) = dialled {
            return Err(Trouble::new(format!("{} not to reach {}", two.1, two.0), dialled));
        }
    }
    let after = (last_met(world, &two.0)?, last_met(world, &two.1)?);
    if after == before {
        Ok(())
    } else {
        let met = |(first, second): (Value, Value)| format!("last met {first} and {second}");
        Err(Trouble::new(met(before), met(after)))
    }
}

/// A kept connection ends.
pub(super) fn part(world: &mut World<'_>, two: &Two) -> Result<(), Trouble> {
    let kept = world.together.iter().position(|kept| *kept == *two || (&kept.0, &kept.1) == (&two.1, &two.0));
    let Some(kept) = kept else { return leave(world, two) };
    world.together.remove(kept);
    both_ok(world, two, &json!({"op": "meet.end"})).map(|_| ())
}

/// Everyone who stayed together has caught up.
pub(super) fn settle(world: &mut World<'_>) -> Result<(), Trouble> {
    for two in world.together.clone() {
        settle_both(world, &two)?;
    }
    Ok(())
}

/// A phone went away: whoever stayed with it is alone again. A phone that was killed has nothing to end.
pub(super) fn gone(world: &mut World<'_>, name: &str, is_there: bool) -> Result<(), Trouble> {
    let (ended, kept): (Vec<_>, _) = world.together.drain(..).partition(|two| two.0 == name || two.1 == name);
    world.together = kept;
    for two in ended {
        for left in [&two.0, &two.1].into_iter().filter(|left| is_there || left.as_str() != name) {
            // Where the connection has ended by itself, this is no more than that.
            world.ask(left, &json!({"op": "meet.end"}))?;
        }
    }
    Ok(())
}

/// Ends every kept connection of the two, for they are about to do something else.
pub(super) fn leave(world: &mut World<'_>, two: &Two) -> Result<(), Trouble> {
    gone(world, &two.0, true)?;
    gone(world, &two.1, true)
}

/// The second dials the first; where it finds somebody it does not know, the first dials the second: a phone
/// that follows a lost one must dial before it is known.
fn connect(world: &mut World<'_>, two: &Two) -> Result<(), Trouble> {
    let port = listen(world, &two.0)?;
    let mut dialled = world.ask(&two.1, &dial(port))?;
    if matches!(&dialled, Reply::Error(code, _) if code == "NotYours") {
        world.ask_both(two, &json!({"op": "meet.end"}))?;
        let port = listen(world, &two.1)?;
        dialled = world.ask(&two.0, &dial(port))?;
    }
    let met = match dialled {
        Reply::Ok(_) => settle_both(world, two),
        reply => Err(Trouble::reply(format!("{} to reach {}", two.1, two.0), &reply)),
    };
    if met.as_ref().is_err_and(|trouble| !trouble.broken) {
        world.ask_both(two, &json!({"op": "meet.end"}))?;
    }
    met
}

fn settle_both(world: &mut World<'_>, two: &Two) -> Result<(), Trouble> {
    let (first, second) = both_ok(world, two, &json!({"op": "meet.settle"}))?;
    for (name, settled) in [(&two.0, first), (&two.1, second)] {
        if settled.get("caught_up") != Some(&Value::Bool(true)) {
            return Err(Trouble::new(format!("{name} to have caught up"), settled));
        }
    }
    Ok(())
}

fn listen(world: &mut World<'_>, name: &str) -> Result<u16, Trouble> {
    port(&ok(world, name, &json!({"op": "meet.listen"}))?)
}

fn dial(port: u16) -> Value {
    json!({"op": "meet.dial", "host": HOST, "port": port})
}

fn last_met(world: &mut World<'_>, name: &str) -> Result<Value, Trouble> {
    let partner = ok(world, name, &json!({"op": "show", "view": "partner"}))?;
    partner.get("last_met").cloned().ok_or_else(|| Trouble::new("a \"last_met\"", &partner))
}

pub(super) fn ok(world: &mut World<'_>, name: &str, request: &Value) -> Result<Value, Trouble> {
    let reply = world.ask(name, request)?;
    done(name, request, reply)
}

pub(super) fn both_ok(world: &mut World<'_>, two: &Two, request: &Value) -> Result<(Value, Value), Trouble> {
    let (first, second) = world.ask_both(two, request)?;
    Ok((done(&two.0, request, first)?, done(&two.1, request, second)?))
}

pub(super) fn done(name: &str, request: &Value, reply: Reply) -> Result<Value, Trouble> {
    match reply {
        Reply::Ok(result) => Ok(result),
        reply => {
            let op = request.get("op").and_then(Value::as_str).unwrap_or_default();
            Err(Trouble::reply(format!("`{op}` to succeed on {name}"), &reply))
        }
    }
}

pub(super) fn port(result: &Value) -> Result<u16, Trouble> {
    let port = result.get("port").and_then(Value::as_u64).and_then(|port| port.try_into().ok());
    port.filter(|port| *port != 0).ok_or_else(|| Trouble::new("a port", result))
}

/// A port that was free a moment ago.
fn dead_port() -> std::io::Result<u16> {
    Ok(std::net::TcpListener::bind((HOST, 0))?.local_addr()?.port())
}
