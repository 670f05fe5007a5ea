//! The main job, as anybody can watch it: two phones, each a process of its own with an encrypted file,
//! pair, live a fortnight apart, meet, disagree, lose a phone in the middle, and erase.

#![expect(clippy::indexing_slicing, reason = "a JSON value answers null for a key that it lacks")]

mod fortnight;
mod phone;
mod telling;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::proxy::{After, Cut, CutProxy, Manner};
use crate::scenario::{PLAY_A_PHONE, tell};
use fortnight::{Who, fortnight};
use phone::{Phone, Stopped};
use telling::Telling;

/// What Ada writes for herself and later wants gone.
const REGRETTED: &str = "a sentence that Ada takes back";

/// Plays the demo. Exit code 0 only if everything that it claims was checked and held.
pub fn run(arguments: &[String]) -> ExitCode {
    if arguments.first().is_some_and(|first| first == PLAY_A_PHONE) {
        return crate::headless::run();
    }
    let mut telling = Telling::new(arguments.iter().any(|argument| argument == "--json"));
    let stopped = play(&mut telling).err();
    if let Some(Stopped(why)) = &stopped {
        eprintln!("\nThe demo stops: {why}");
    }
    let done = stopped.is_none();
    telling.conclude(stopped.as_ref());
    if done { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn play(telling: &mut Telling) -> Result<(), Stopped> {
    let run = tempfile::tempdir().map_err(|error| Stopped(error.to_string()))?;
    let mut two = Two {
        ada: Phone::start("ada", run.path(), 11, &time(0, (7, 0)))?,
        ben: Phone::start("ben", run.path(), 12, &time(0, (7, 0)))?,
    };
    telling.say("Ada and Ben have a phone each: two processes, two encrypted files, no server.");
    pair(telling, &mut two)?;
    live_apart(telling, &mut two)?;
    catch_up(telling, &mut two)?;
    disagree(telling, &mut two)?;
    die_in_the_middle(telling, &mut two)?;
    erase(telling, &mut two)?;
    side_by_side(telling, &mut two)?;
    story(telling, "A fortnight of catch and release", "catch_release")?;
    story(telling, "A fortnight of space, and of repair", "pledge_repair")
}

/// Plays a scenario on two phones more, and tells it day by day.
fn story(telling: &mut Telling, title: &str, scenario: &str) -> Result<(), Stopped> {
    telling.chapter(title);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(scenario).with_extension("json");
    let played = tell(&path, &mut |line| telling.say(line)).map_err(Stopped)?;
    telling.say("");
    if let Some(trouble) = played.trouble {
        return Err(Stopped(trouble));
    }
    telling.measure(scenario, json!({"steps": played.steps, "checked_to_be_absent": played.absences}));
    let what =
        format!("all {} steps came out so, and {} times a thing was rightly not shown", played.steps, played.absences);
    telling.check(&what, true)?;
    telling.check("no private word of either was on the other's phone at any time", true)
}

/// The two phones.
struct Two {
    ada: Phone,
    ben: Phone,
}

impl Two {
    fn now(&mut self, at: &str) -> Result<(), Stopped> {
        self.ada.ask("now", json!({"at": at}))?;
        self.ben.ask("now", json!({"at": at})).map(drop)
    }

    /// They meet: Ben dials Ada, both catch up, both part. What Ben's phone counted.
    fn meet(&mut self) -> Result<Value, Stopped> {
        let port = self.ada.ask("meet.listen", json!({}))?["port"].clone();
        self.ben.ask("meet.dial", json!({"host": "127.0.0.1", "port": port}))?;
        self.ada.ask("meet.settle", json!({}))?;
        let settled = self.ben.ask("meet.settle", json!({}))?;
        self.ada.ask("meet.end", json!({}))?;
        self.ben.ask("meet.end", json!({}))?;
        Ok(settled)
    }
}

fn pair(telling: &mut Telling, two: &mut Two) -> Result<(), Stopped> {
    telling.chapter("They pair, by a code that Ben types");
    let offer = two.ada.ask("pair.offer", json!({}))?;
    let code = offer["code"].as_str().unwrap_or_default().to_owned();
    telling.say(&format!("  Ada's phone shows {code}"));
    two.ben.ask("pair.join", json!({"offer": code, "host": "127.0.0.1", "port": offer["port"]}))?;
    let numbers = (two.ada.ask("pair.number", json!({}))?, two.ben.ask("pair.number", json!({}))?);
    telling.check(&format!("both screens show {}", numbers.0["number"]), numbers.0 == numbers.1)?;
    two.ada.ask("pair.confirm", json!({}))?;
    two.ben.ask("pair.confirm", json!({}))?;
    two.meet()?;
    let states = (partner(&mut two.ada)?, partner(&mut two.ben)?);
    telling.check("both phones are paired and have met", states.0["state"] == "met" && states.1["state"] == "met")
}

fn live_apart(telling: &mut Telling, two: &mut Two) -> Result<(), Stopped> {
    telling.chapter("A fortnight apart, without any network");
    let mut written = [(Who::Ada, fortnight(Who::Ada)), (Who::Ben, fortnight(Who::Ben))]
        .into_iter()
        .flat_map(|(who, entries)| entries.into_iter().map(move |entry| (who, entry)))
        .collect::<Vec<_>>();
    written.sort_by_key(|(_, entry)| (entry.day, entry.at));
    let (mut private, mut shared) = (0, 0);
    let began = Instant::now();
    for (done, (who, entry)) in written.iter().enumerate() {
        telling.bar("writing", done, written.len());
        two.now(&time(entry.day + 1, entry.at))?;
        let phone = if *who == Who::Ada { &mut two.ada } else { &mut two.ben };
        phone.ask("log", json!({"body": entry.body, "share": entry.share}))?;
        *(if entry.share { &mut shared } else { &mut private }) += 1;
    }
    telling.bar("writing", written.len(), written.len());
    let each = began.elapsed().as_secs_f64() * 1000.0 / written.len() as f64;
    telling
        .say(&format!("  {private} entries for themselves, {shared} shared; {each:.1} ms each, durable and encrypted"));
    telling.measure("entries_private", private);
    telling.measure("entries_shared", shared);
    telling.measure("ms_per_entry", each);
    let before = (count(&mut two.ada, "shared_with_me")?, count(&mut two.ben, "shared_with_me")?);
    telling.check("neither phone holds anything of the other's yet", before == (0, 0))?;
    let plain = b"the kitchen, after the children slept";
    let leaks = |phone: &Phone| -> Result<bool, Stopped> {
        Ok(phone.files()?.iter().any(|file| file.windows(plain.len()).any(|window| window == plain)))
    };
    let any = leaks(&two.ada)? || leaks(&two.ben)?;
    telling.check("no sentence of theirs stands in any file in clear", !any)
}

fn catch_up(telling: &mut Telling, two: &mut Two) -> Result<(), Stopped> {
    telling.chapter("They meet, and the phones catch up");
    two.now(&time(15, (18, 0)))?;
    let began = Instant::now();
    let settled = two.meet()?;
    let took = began.elapsed().as_secs_f64() * 1000.0;
    telling.say(&format!(
        "  Ben's phone sent {} entries and received {}: {} bytes out, {} in, {} round trip(s), {took:.0} ms in all",
        settled["sent"], settled["received"], settled["bytes_out"], settled["bytes_in"], settled["round_trips"]
    ));
    telling.measure("catch_up", settled.clone());
    telling.measure("catch_up_ms", took);
    let (ada, ben) = (count(&mut two.ada, "shared_with_me")?, count(&mut two.ben, "shared_with_me")?);
    telling.check("what each shared is on the other phone", settled["sent"] == ada && settled["received"] == ben)?;
    telling.check("one round trip was enough", settled["round_trips"] == 1)?;
    let again = two.meet()?;
    telling.check("meeting again moves nothing", again["sent"] == 0 && again["received"] == 0)
}

fn disagree(telling: &mut Telling, two: &mut Two) -> Result<(), Stopped> {
    telling.chapter("Both change the ritual while apart");
    two.ada.ask("together.set", json!({"field": "ritual", "value": "tea, then talk"}))?;
    two.ben.ask("together.set", json!({"field": "ritual", "value": "a walk, then tea"}))?;
    two.meet()?;
    let (ada, ben) = (together(&mut two.ada)?, together(&mut two.ben)?);
    telling.say(&format!("  shown: {}   also: {}", ada["ritual"]["value"], ada["ritual"]["other_versions"]));
    let both = ada["ritual"]["other_versions"].as_array().map(Vec::len) == Some(1);
    telling.check("both versions stand, and both phones show the same one", both && ada == ben)?;
    two.ben.ask("together.pick", json!({"field": "ritual", "value": "tea, then talk"}))?;
    two.meet()?;
    let (ada, ben) = (together(&mut two.ada)?, together(&mut two.ben)?);
    let settled = ada["ritual"] == json!({"value": "tea, then talk", "other_versions": []});
    telling.check("Ben picked, and one version is left on both", settled && ada == ben)
}

fn die_in_the_middle(telling: &mut Telling, two: &mut Two) -> Result<(), Stopped> {
    const MANY: usize = 60;
    telling.chapter("Ben's phone is killed in the middle of catching up");
    for number in 0..MANY {
        telling.bar("writing", number, MANY);
        let text = format!("appreciation {number}: {}", "you stayed, and it was quiet. ".repeat(12));
        let body = json!({"kind": "appreciation", "text": text});
        two.ada.ask("log", json!({"body": body, "share": true}))?;
    }
    telling.bar("writing", MANY, MANY);
    let before = count(&mut two.ben, "shared_with_me")?;
    let port = two.ada.ask("meet.listen", json!({}))?["port"].as_u64().and_then(|port| u16::try_from(port).ok());
    let target = SocketAddr::from((Ipv4Addr::LOCALHOST, port.unwrap_or_default()));
    let frozen = Cut { after: After::Back(1_500), manner: Manner::Freeze };
    let proxy = CutProxy::start(target, vec![Some(frozen)]).map_err(|error| Stopped(error.to_string()))?;
    two.ben.send("meet.dial", json!({"host": "127.0.0.1", "port": proxy.address().port()}))?;
    let reached = proxy.wait_until(Duration::from_secs(20), |counts| counts.cut > 0);
    telling.check("the connection stands still in the middle of Ada's entries", reached)?;
    let now = time(15, (19, 0));
    two.ben.kill_and_reopen(&now)?;
    drop(proxy);
    two.ada.ask("meet.end", json!({}))?;
    let kept = count(&mut two.ben, "shared_with_me")?;
    telling.check("the killed phone opens again and has lost nothing", kept >= before)?;
    two.now(&now)?;
    two.meet()?;
    let after = count(&mut two.ben, "shared_with_me")?;
    telling.check(&format!("the next meeting brings all {MANY}"), after == before + MANY)
}

fn erase(telling: &mut Telling, two: &mut Two) -> Result<(), Stopped> {
    telling.chapter("Ada erases something that she shared");
    let body = json!({"kind": "worry", "text": REGRETTED});
    let source = two.ada.ask("log", json!({"body": body}))?["id"].clone();
    two.ada.ask("share", json!({"id": source}))?;
    two.meet()?;
    telling.check("it had arrived on Ben's phone", holds(&mut two.ben, REGRETTED)?)?;
    two.ada.ask("erase", json!({"ids": [source]}))?;
    two.meet()?;
    let left = holds(&mut two.ada, REGRETTED)? || holds(&mut two.ben, REGRETTED)?;
    telling.check("after the next meeting neither phone holds it, in entries or documents", !left)
}

fn side_by_side(telling: &mut Telling, two: &mut Two) -> Result<(), Stopped> {
    telling.chapter("What each phone can see");
    let mut rows: Vec<(&str, usize, usize)> = Vec::new();
    for (what, view) in [("own entries", "entries"), ("shared by the partner", "shared_with_me")] {
        rows.push((what, count(&mut two.ada, view)?, count(&mut two.ben, view)?));
    }
    telling.say(&format!("  {:<24}{:>8}{:>8}", "", "Ada", "Ben"));
    for (what, ada, ben) in &rows {
        telling.say(&format!("  {what:<24}{ada:>8}{ben:>8}"));
        telling.measure(&what.replace(' ', "_"), json!({"ada": ada, "ben": ben}));
    }
    let private = holds(&mut two.ada, "an hour to myself")? || holds(&mut two.ben, "a word that we are all right")?;
    telling.check("neither phone holds a private line of the other's", !private)
}

fn partner(phone: &mut Phone) -> Result<Value, Stopped> {
    phone.ask("show", json!({"view": "partner"}))
}

fn together(phone: &mut Phone) -> Result<Value, Stopped> {
    phone.ask("show", json!({"view": "together"}))
}

fn count(phone: &mut Phone, view: &str) -> Result<usize, Stopped> {
    Ok(phone.ask("show", json!({"view": view}))?.as_array().map_or(0, Vec::len))
}

/// Whether anything that the phone holds contains this text.
fn holds(phone: &mut Phone, text: &str) -> Result<bool, Stopped> {
    Ok(phone.ask("dump", json!({}))?.to_string().contains(text))
}

/// A time of the fortnight, which begins on Monday, 2 March 2026.
fn time(day: u32, (hour, minute): (u32, u32)) -> String {
    format!("2026-03-{:02}T{hour:02}:{minute:02}:00+01:00", day + 2)
}
