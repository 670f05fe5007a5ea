//! Filling an empty phone with everything that the partner ever shared, and indexing it for search.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use attune_core::journal::{Body, LocalTime, Record, Whose};
use attune_core::phone::{EntryFilter, Phone};
use attune_tests::life::{Author, Life};
use serde_json::{Value, json};

use crate::bench::{
    Child, Couple, LOOPBACK, Report, Row, Samples, Stage, copy_folder, keep_own, ledger, open_phone, open_store,
    peak_memory, process_cpu, thread_cpu, wall,
};

/// How often each fill is measured.
const TIMES: u32 = 3;

pub(crate) fn measure(report: &mut Report, stage: &Stage) {
    for years in super::AGES {
        fill(report, stage, years);
    }
    index(report, stage);
}

fn fill(report: &mut Report, stage: &Stage, years: u32) {
    let days = 365 * years;
    let entries =
        ledger(days, |start| Author::BOTH.map(|author| Life::new(6, author, start, days).all_shared()).into());
    let couple = Couple::pair(&stage.folder()).while_closed(|[sender, _]| {
        let mut store = open_store(sender);
        keep_own(&mut store, &entries);
        store.close().unwrap();
    });
    couple.phones.iter().for_each(|phone| phone.close().unwrap());
    let newest = entries.iter().rev().find_map(|(_, record)| copy_in(record)).unwrap();
    let (mut sent, mut received, mut took) = (Samples::default(), Samples::default(), Samples::default());
    let (mut usable, mut usable_from_dialling) = (Samples::default(), Samples::default());
    let mut memory = [0, 0];
    for round in 0..2 * TIMES {
        // Looking on while it fills costs the receiver something: that is done in rounds of their own.
        let watch = if round % 2 == 0 { "" } else { &newest };
        let [sender, receiver] = one_fill(&couple, stage, watch);
        if watch.is_empty() {
            sent.push(seconds(&sender["cpu"]));
            received.push(seconds(&receiver["cpu"]));
            took.push(seconds(&receiver["took"]));
            memory = [&sender, &receiver].map(|side| side["memory"].as_u64().unwrap());
        } else {
            usable.push(seconds(&receiver["usable"]));
            usable_from_dialling.push(seconds(&receiver["usable_from_dialling"]));
        }
    }
    let goals = years == 10;
    let with_goal = |row: Row, goal: f64| if goals { row.goal(goal) } else { row };
    let name = format!("fill with {years} years");
    let [sender, receiver] = memory;
    report.add(with_goal(Row::seconds(format!("{name}, sender's CPU"), sent.median()), 0.8));
    report
        .add(with_goal(Row::seconds(format!("{name}, receiver's CPU until all is readable"), received.median()), 1.5));
    report.add(Row::seconds(format!("{name}, on the clock"), took.median()));
    report.add(with_goal(Row::megabytes(format!("{name}, sender's memory"), sender), 32.0));
    report.add(with_goal(Row::megabytes(format!("{name}, receiver's memory"), receiver), 32.0));
    let row = Row::millis(format!("{name}, newest month usable, from the first byte on"), usable.median());
    report.add(with_goal(row, 20.0));
    let row = Row::millis(format!("{name}, newest month usable, from dialling on"), usable_from_dialling.median());
    report.add(row);
}

/// Fills a fresh copy of the empty phone from a fresh copy of the full one.
fn one_fill(couple: &Couple, stage: &Stage, watch: &str) -> [Value; 2] {
    let folders = couple.folders.each_ref().map(|from| {
        let folder = stage.folder();
        copy_folder(from, &folder);
        folder
    });
    let [from, to] = folders.each_ref().map(|folder| folder.to_str().unwrap());
    let mut sender = Child::start("fill-sender", &[from]);
    let port = sender.hear()["port"].to_string();
    let mut receiver = Child::start("fill-receiver", &[to, &port, watch]);
    let received = receiver.hear();
    sender.nudge();
    let sent = sender.hear();
    receiver.finish();
    sender.finish();
    folders.iter().for_each(|folder| std::fs::remove_dir_all(folder).unwrap());
    [sent, received]
}

/// The full phone: listens, and says what it cost once the other has everything.
pub(crate) fn sender(arguments: &[String]) {
    let phone = open_phone(Path::new(&arguments[0]));
    let port = phone.partner().listen(LOOPBACK).unwrap();
    let (memory, cpu) = (peak_memory(), process_cpu());
    Child::say(&json!({"port": port}));
    Child::wait();
    let (memory, cpu) = (peak_memory() - memory, process_cpu() - cpu);
    Child::say(&json!({"cpu": cpu.as_secs_f64(), "memory": memory}));
    phone.close().unwrap();
}

/// The empty phone: dials, and says what it cost until it had everything, or when the newest month was there.
pub(crate) fn receiver(arguments: &[String]) {
    let phone = open_phone(Path::new(&arguments[0]));
    let address = SocketAddr::new(LOOPBACK, arguments[1].parse().unwrap());
    let watching = Some(&arguments[2]).filter(|newest| !newest.is_empty()).map(|newest| {
        let (relay, first_byte) = relay(address);
        (relay, first_byte, watch(&phone, newest))
    });
    let dialled = watching.as_ref().map_or(address, |(relay, _, _)| *relay);
    let (memory, cpu, begun) = (peak_memory(), process_cpu(), Instant::now());
    phone.partner().dial(&[dialled]).unwrap();
    phone.partner().settle().unwrap();
    let (cpu, took, memory) = (process_cpu() - cpu, begun.elapsed(), peak_memory() - memory);
    let usable = watching.map(|(_, first_byte, watcher)| {
        let (first_byte, usable) = (first_byte.join().unwrap(), watcher.join().unwrap());
        [usable - first_byte, usable - begun].map(|took| took.as_secs_f64())
    });
    let [usable, usable_from_dialling] = usable.unwrap_or_default();
    Child::say(&json!({
        "cpu": cpu.as_secs_f64(), "took": took.as_secs_f64(), "memory": memory,
        "usable": usable, "usable_from_dialling": usable_from_dialling
    }));
    phone.close().unwrap();
}

/// Passes one connection on to `target`; the thread says when the first byte came back from there.
fn relay(target: SocketAddr) -> (SocketAddr, JoinHandle<Instant>) {
    let listener = TcpListener::bind(SocketAddr::new(LOOPBACK, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    let thread = std::thread::spawn(move || {
        let (near, _) = listener.accept().unwrap();
        let far = TcpStream::connect(target).unwrap();
        [&near, &far].iter().for_each(|stream| stream.set_nodelay(true).unwrap());
        let (mut first, mut from) = ([0], far.try_clone().unwrap());
        let mut to = near.try_clone().unwrap();
        std::thread::spawn(move || pass(near, far));
        from.read_exact(&mut first).unwrap();
        let came = Instant::now();
        to.write_all(&first).unwrap();
        std::thread::spawn(move || pass(from, to));
        came
    });
    (address, thread)
}

/// Passes bytes on until one end has closed.
fn pass(mut from: TcpStream, mut to: TcpStream) {
    let mut bytes = vec![0; 64 * 1024];
    while let Ok(count @ 1..) = from.read(&mut bytes) {
        if to.write_all(&bytes[..count]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Write);
}

/// Waits for the entry that comes last of the newest month, and says when it was there.
fn watch(phone: &Phone, newest: &str) -> JoinHandle<Instant> {
    let newest = LocalTime::parse(newest).unwrap();
    let phone = phone.clone();
    std::thread::spawn(move || {
        let filter = EntryFilter { whose: Some(Whose::Theirs), limit: Some(1), ..EntryFilter::default() };
        while phone.journal().items(&filter).unwrap().first().is_none_or(|item| item.written != newest) {
            std::thread::sleep(Duration::from_micros(200));
        }
        Instant::now()
    })
}

/// When an entry was written that the partner's phone lists: a copy of an item.
fn copy_in(record: &Record) -> Option<String> {
    let body = attune_core::journal::Envelope::read(&record.value).body;
    matches!(body, Body::Snapshot(_)).then(|| record.written.to_string())
}

fn seconds(value: &Value) -> Duration {
    Duration::from_secs_f64(value.as_f64().unwrap())
}

/// Indexes ten years of own entries, in slices.
fn index(report: &mut Report, stage: &Stage) {
    let folder = stage.folder();
    let days = 3650;
    let entries = ledger(days, |start| Author::BOTH.map(|author| Life::new(7, author, start, days)).into());
    let mut store = open_store(&folder);
    let private = |(_, record): &(_, Record)| (attune_core::journal::Audience::OnlyMe, record.clone());
    keep_own(&mut store, &entries.iter().map(private).collect::<Vec<_>>());
    store.close().unwrap();
    let mut child = Child::start("search", &[folder.to_str().unwrap()]);
    let told = child.hear();
    child.finish();
    report.add(Row::seconds("indexing 73,000 entries for search, CPU", seconds(&told["cpu"])).goal(1.5));
    report.add(Row::millis("indexing for search, longest slice", seconds(&told["longest"])));
    report.add(Row::megabytes("indexing for search, more memory", told["memory"].as_u64().unwrap()));
    report.add(Row::millis("a search over 73,000 entries", seconds(&told["search"])));
}

/// Indexes everything and looks for a word.
pub(crate) fn search(arguments: &[String]) {
    let mut store = open_store(Path::new(&arguments[0]));
    let (memory, cpu) = (peak_memory(), thread_cpu());
    let mut longest = Duration::ZERO;
    // A slice indexes as long as there is something to index; what comes after that is another row's.
    loop {
        let (took, tidied) = wall(|| store.tidy().unwrap());
        if tidied.indexed == 0 {
            break;
        }
        longest = longest.max(took);
    }
    let (memory, cpu) = (peak_memory() - memory, thread_cpu() - cpu);
    let (search, found) = wall(|| store.search("river", None, 20).unwrap());
    assert_eq!(found.len(), 20);
    Child::say(&json!({
        "cpu": cpu.as_secs_f64(), "longest": longest.as_secs_f64(), "memory": memory, "search": search.as_secs_f64()
    }));
    store.close().unwrap();
}
