//! Two phones pair: one shows an offer, the other takes it, both show the same number, both confirm.

use serde_json::{Value, json};

use super::file::{By, Two};
use super::line::Reply;
use super::meeting::{HOST, Meetings, both_ok, leave, ok, port};
use super::trouble::Trouble;
use super::world::World;

/// A pairing moves some 500 bytes each way, and most of them before the numbers are shown.
const WITHIN: u64 = 1_200;

impl Meetings<'_> {
    /// Pairs the two, then lets them meet.
    pub(super) fn pair(&self, world: &mut World<'_>, two: &Two, by: By, stay: bool) -> Result<(), Trouble> {
        leave(world, two)?;
        let mut offer = Some(ok(world, &two.0, &json!({"op": "pair.offer"}))?);
        let shown = match by {
            By::Qr => "qr",
            By::Code => "code",
        };
        if self.hardships.cut
            && let Some(first) = &offer
        {
            self.cut_short_pairing(world, two, first)?;
            offer = again(world, two, first, shown)?;
        }
        if let Some(offer) = offer {
            ok(world, &two.1, &join(&offer, shown, port(&offer)?)?)?;
            compare(world, two)?;
            both_ok(world, two, &json!({"op": "pair.confirm"}))?;
        }
        self.meet(world, two, stay)
    }

    /// A first connection that is cut at some byte, and at the latest when both have confirmed.
    fn cut_short_pairing(&self, world: &mut World<'_>, two: &Two, offer: &Value) -> Result<(), Trouble> {
        let wire = self.wire(port(offer)?, "pairing", WITHIN)?;
        // A QR text names where the other phone listens, past the wire.
        let joined = world.ask(&two.1, &join(offer, "code", wire.port())?)?;
        // Whoever joins sees the number last.
        if let Reply::Ok(_) = joined
            && let Reply::Ok(_) = world.ask(&two.1, &json!({"op": "pair.number"}))?
        {
            compare(world, two)?;
            world.ask_both(two, &json!({"op": "pair.confirm"}))?;
        }
        wire.cut();
        Ok(())
    }
}

/// Tries again with an offer whose connection was cut. Where a number could be seen already, that offer is
/// over, and another one is returned; nothing where the two are paired now, or perhaps, which their meeting
/// will show.
fn again(world: &mut World<'_>, two: &Two, offer: &Value, shown: &str) -> Result<Option<Value>, Trouble> {
    let over = ["Interrupted", "BadCode", "OfferOver"];
    let joined = match world.ask(&two.1, &join(offer, shown, port(offer)?)?)? {
        Reply::Ok(_) => world.ask(&two.1, &json!({"op": "pair.number"}))?,
        reply => reply,
    };
    match joined {
        Reply::Ok(_) => {
            compare(world, two)?;
            both_ok(world, two, &json!({"op": "pair.confirm"}))?;
            return Ok(None);
        }
        Reply::Error(code, _) if code == "Busy" => return Ok(None),
        Reply::Error(code, _) if over.contains(&code.as_str()) => {}
        reply => return Err(Trouble::reply("an offer that stands, or is over, when its connection was cut", &reply)),
    }
    match world.ask(&two.0, &json!({"op": "pair.offer"}))? {
        Reply::Ok(offer) => Ok(Some(offer)),
        Reply::Error(code, _) if code == "Busy" => Ok(None),
        reply => Err(Trouble::reply("another offer", &reply)),
    }
}

/// Both screens show the same number.
fn compare(world: &mut World<'_>, two: &Two) -> Result<(), Trouble> {
    let (first, second) = both_ok(world, two, &json!({"op": "pair.number"}))?;
    let (first, second) = (first.get("number"), second.get("number"));
    if first.is_none() || first != second {
        return Err(Trouble::new("the same number on both", format!("{first:?} and {second:?}")));
    }
    Ok(())
}

fn join(offer: &Value, shown: &str, port: u16) -> Result<Value, Trouble> {
    let text = offer.get(shown).and_then(Value::as_str);
    let text = text.ok_or_else(|| Trouble::new(format!("an offer with a text \"{shown}\""), offer))?;
    Ok(json!({"op": "pair.join", "offer": text, "host": HOST, "port": port}))
}
