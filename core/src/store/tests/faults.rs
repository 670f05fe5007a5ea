//! Acknowledged means durable: calls that change the disk are, one after another, the last, the torn or the
//! failing one, in each kind of work that the store does.
//!
//! The work is done by a child: this test binary again, with the name of one ignored test. What it should
//! come to is told by the same work without a fault.

use std::collections::BTreeSet;
use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::process::Command;

use attune_sqlcipher::faults::{self, Action};

use super::pages::{all_pages, holding};
use super::shelving::{batch, name};
use super::*;
use crate::journal::{Chain, DeviceId, Whose};
use crate::store::Dump;
use crate::sync::{Shelf, ShelfError, Standing};

/// A word that occurs in what is erased, and nowhere else.
const SECRET: &str = "qzxvkwjhym";

/// Where the keys of a pairing are kept.
const BOND: &str = "bond";

/// One kind of work: how the file stood before, and the steps, each of which is whole or not at all.
struct Work {
    name: &'static str,
    before: fn(&mut Person),
    steps: &'static [Step],
    /// What is nowhere in the file after each of the first steps.
    erased: &'static [&'static [u8]],
}

type Step = fn(&mut Person) -> Result<(), StoreError>;

const WORKS: [Work; 8] = [
    Work {
        name: "a new file",
        before: |_| {},
        steps: &[|me| me.store().begin_pairing(COUPLE, &[]), |me| me.try_worry("first")],
        erased: &[],
    },
    Work {
        name: "appending",
        // A few more, and the newest rows settle.
        before: |me| (0..61).for_each(|n| me.try_worry(&format!("before {n}")).unwrap()),
        steps: &[
            |me| me.try_worry("private"),
            |me| me.try_share("shared"),
            |me| {
                let together = [Audience::Both, Audience::OnlyMe, Audience::OnlyMe];
                let records = together.map(|audience| (audience, me.record(audience, worry("one of three"), None)));
                me.store().append(&records)
            },
            |me| me.at("2026-05-01T08:00:00+02:00").try_worry("another month"),
            |me| me.try_worry(&"long ".repeat(2000)),
        ],
        erased: &[],
    },
    Work {
        name: "settling",
        before: |me| (0..63).for_each(|n| me.try_share(&format!("before {n}")).unwrap()),
        steps: &[|me| me.try_share("waits"), |me| me.try_share("settles all"), |me| me.try_share("waits again")],
        erased: &[],
    },
    Work {
        name: "tidying",
        before: |me| {
            for n in 0..70 {
                me.try_worry(&format!("private {n}")).unwrap();
                me.try_share(&format!("shared {n}")).unwrap();
            }
        },
        steps: &[tidy, |me| me.try_worry("goes on"), tidy],
        erased: &[],
    },
    Work {
        name: "receiving",
        before: |me| me.try_share("own").unwrap(),
        steps: &[|me| receive(me, 0..2, &[]), |me| receive(me, 2..30, &[]), |me| receive(me, 30..31, &[7])],
        erased: &[],
    },
    Work {
        name: "erasing",
        before: |me| {
            for n in 0..12 {
                me.try_worry(&format!("private {n} {SECRET}")).unwrap();
                me.try_share(&format!("shared {n} {SECRET}")).unwrap();
            }
            tidy(me).unwrap();
        },
        steps: &[|me| erase(me, Audience::OnlyMe), |me| erase(me, Audience::Both)],
        erased: &[b"ivate 3 qzxvkwjhym", b"ared 3 qzxvkwjhym"],
    },
    Work {
        name: "taking back",
        before: |me| (0..5).for_each(|n| me.try_share(&format!("own {n}")).unwrap()),
        steps: &[take_back, |me| me.try_share("goes on"), |me| me.store().rebuild_read_model()],
        erased: &[],
    },
    Work {
        name: "new keys",
        before: |me| (0..3).for_each(|n| me.try_share(&format!("shared {n}")).unwrap()),
        // The keys and the pairing's name change together, and again, and the log goes on.
        steps: &[|me| new_keys(me, 3), |me| new_keys(me, 4), |me| me.try_share("shared under the new keys")],
        erased: &[],
    },
];

fn new_keys(me: &mut Person, number: u8) -> Result<(), StoreError> {
    me.store().continue_pairing([number; 16], &[(BOND, Some(&[number])), ("new phone", Some(&[number]))])
}

fn tidy(me: &mut Person) -> Result<(), StoreError> {
    while me.store().tidy()?.more {}
    Ok(())
}

/// The partner's entries, from one number up to another, and the numbers of those to be erased.
fn receive(me: &mut Person, which: std::ops::Range<usize>, erased: &[usize]) -> Result<(), StoreError> {
    let mut partner = Person::in_folder(place(), 2);
    let all: Vec<_> =
        (0..which.end).map(|n| partner.record(Audience::Both, worry(&format!("theirs {n}")), None)).collect();
    let name = name(9, &all[0]);
    let erased: Vec<_> = erased.iter().map(|n| all[*n].id).collect();
    let before: Vec<_> = all[..which.start].iter().filter(|record| !erased.contains(&record.id)).collect();
    let received = batch(name, Chain::over(before), &all[which], &erased);
    me.store().shared_log()?.receive(received).map_err(|error| match error {
        ShelfError::Full => StoreError::Full,
        _ => StoreError::Io,
    })
}

fn erase(me: &mut Person, audience: Audience) -> Result<(), StoreError> {
    let log = me.entries().into_iter().filter(|entry| entry.audience == audience && text_of(entry).contains(SECRET));
    let ids = log.map(|entry| entry.id).collect();
    let record = me.record(audience, Erase { ids }, None);
    me.store().append(&[(audience, record)])
}

/// Comes back as it was after the third entry, with one more that was lost since.
fn take_back(me: &mut Person) -> Result<(), StoreError> {
    let mut log = me.store().shared_log()?;
    let state = log.documents(Whose::Mine).unwrap()[0];
    let mut records = log.records(Whose::Mine, state.name, None, usize::MAX).unwrap();
    records.truncate(3);
    records.push(me.record(Audience::Both, worry("lost"), None));
    let pairing = me.store().memory.pairing.unwrap();
    me.store().write(|writing| writing.take_back(pairing, state.name, &records, 7))
}

#[test]
fn a_kill_at_any_call_loses_nothing_and_leaves_nothing_half_done() {
    at_many_calls("kill", 1);
}

#[test]
fn a_kill_in_the_middle_of_any_write_loses_nothing_and_leaves_nothing_half_done() {
    at_many_calls("torn", 2);
}

#[test]
fn a_power_cut_at_any_call_loses_nothing_and_leaves_nothing_half_done() {
    at_many_calls("power", 3);
}

#[test]
fn a_disk_that_fails_at_any_call_is_an_error_and_the_work_goes_on_when_it_is_sound() {
    at_many_calls("io", 1);
}

#[test]
fn a_disk_that_is_full_at_any_call_is_an_error_and_the_work_goes_on_when_there_is_room() {
    at_many_calls("full", 2);
}

/// All that a file says, to whoever may look.
#[derive(Debug, PartialEq)]
struct Look {
    dump: Dump,
    /// The name of the pairing in force, and its keys.
    keys: (Option<Vec<u8>>, Option<Vec<u8>>),
    standing: Option<Standing>,
    found: BTreeSet<EntryId>,
}

impl Person {
    fn try_worry(&mut self, text: &str) -> Result<(), StoreError> {
        self.try_write(Audience::OnlyMe, worry(text)).map(drop)
    }

    fn try_share(&mut self, text: &str) -> Result<(), StoreError> {
        self.try_write(Audience::Both, worry(text)).map(drop)
    }

    fn look(&mut self) -> Look {
        let standing = self.store().shared_log().ok().map(|mut log| log.standing().unwrap());
        let found = ["private", "shared", "theirs", "long", SECRET].map(|word| self.store().search(word, None, 500));
        let mut dump = self.store().dump().unwrap();
        // Work that was done twice has drawn another device.
        dump.documents.iter_mut().for_each(|document| document.name.device = DeviceId([0; 16]));
        dump.documents.sort_by_key(|document| {
            (document.audience == Audience::Both, document.records.first().map(|record| record.id))
        });
        let couple = "SELECT couple FROM pairing WHERE ended = 0";
        let couple = self.store().connection.query_row(couple, [], |row| row.get(0)).ok();
        let keys = (couple, self.store().setting(BOND).unwrap());
        Look { dump, keys, standing, found: found.into_iter().flat_map(Result::unwrap).collect() }
    }

    /// A step of some work, with ids and texts that depend on nothing but which one it is.
    fn step(&mut self, work: &Work, at: usize) -> Result<(), StoreError> {
        self.random = (at as u64 + 1) << 16;
        let (shared, private) = self.store().last_own_ids()?;
        self.ids = EntryIds::after(shared, private);
        self.now = LocalTime::parse(MORNING).unwrap();
        work.steps[at](self)
    }
}

/// At every third call, or at every one where `ATTUNE_FAULTS` is set.
fn at_many_calls(action: &str, first: u64) {
    let (first, stride) = if std::env::var_os("ATTUNE_FAULTS").is_some() { (1, 1) } else { (first, 3) };
    for work in &WORKS {
        let (folder, mut at) = (prepared(work), first);
        let states = states(work, &folder);
        while ends_at(work, &folder, &states, action, at) {
            at += stride;
        }
        assert!(at > 10, "{} makes only {at} calls", work.name);
    }
}

/// A folder as the work finds it.
fn prepared(work: &Work) -> tempfile::TempDir {
    let mut me = Person::in_folder(place(), 1);
    if work.name != WORKS[0].name {
        // Randomness of its own: what is drawn in the work is drawn alike by whoever does it.
        me.epoch = 5;
        me.reopen();
        me.store().begin_pairing(COUPLE, &[]).unwrap();
        (work.before)(&mut me);
        me.store.take().unwrap().close().unwrap();
    }
    me.folder
}

/// What the file says after so many steps, where nothing goes wrong.
fn states(work: &Work, folder: &tempfile::TempDir) -> Vec<Look> {
    let mut me = Person::in_folder(copy_of(folder.path()), 1);
    me.reopen();
    let mut states = vec![me.look()];
    for at in 0..work.steps.len() {
        me.step(work, at).unwrap();
        states.push(me.look());
    }
    states
}

/// Lets the call go wrong; returns whether there was such a call.
fn ends_at(work: &Work, folder: &tempfile::TempDir, states: &[Look], action: &str, at: u64) -> bool {
    let folder = copy_of(folder.path());
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "--nocapture", "--test-threads=1", "store::tests::faults::the_child_works"])
        .env("ATTUNE_FAULT", format!("{}|{action}|{at}", work.name))
        .env("ATTUNE_FAULT_FOLDER", folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let done = said.lines().filter(|line| line.contains("acknowledged")).count();
    let killed = output.status.signal() == Some(9);
    let told = || format!("{}, {action} at {at}, after {done} steps", work.name);
    assert!(killed || output.status.success(), "{}: {}", told(), String::from_utf8_lossy(&output.stderr));
    let mut me = Person::in_folder(folder, 1);
    me.reopen();
    let seen = me.look();
    // The step that was under way may be done or not.
    let reached = (done..=done + usize::from(killed)).find(|at| states.get(*at) == Some(&seen));
    let Some(reached) = reached else { panic!("{}: {seen:#?}", told()) };
    for text in &work.erased[..reached.min(work.erased.len())] {
        assert_eq!(holding(&all_pages(&me.file(), &KEY), text), 0, "{}: what was erased is still there", told());
    }
    me.store().rebuild_read_model().unwrap();
    assert_eq!(me.look(), seen, "{}: another read model", told());
    for step in reached..work.steps.len() {
        me.step(work, step).unwrap_or_else(|error| panic!("{}: it cannot go on: {error}", told()));
    }
    assert_eq!(Some(&me.look()), states.last(), "{}: it went on elsewhere", told());
    said.lines().any(|line| line.contains("went wrong")) || killed
}

#[test]
#[ignore = "runs in a process of its own, started by the tests above"]
fn the_child_works() {
    let Ok(fault) = std::env::var("ATTUNE_FAULT") else { return };
    let [work, action, at] = fault.split('|').collect::<Vec<_>>().try_into().unwrap();
    let work = WORKS.iter().find(|known| known.name == work).unwrap();
    let action = match action {
        "kill" => Action::Kill,
        "torn" => Action::TornKill,
        "power" => Action::PowerCut,
        "io" => Action::IoError,
        "full" => Action::Full,
        other => panic!("no action {other}"),
    };
    let at = at.parse().unwrap();
    let folder = PathBuf::from(std::env::var_os("ATTUNE_FAULT_FOLDER").unwrap());
    faults::register_as_default().unwrap();
    faults::arm(at, action);
    let went_wrong = || {
        faults::disarm();
        writeln!(std::io::stdout(), "went wrong").unwrap();
    };
    let store = open(&folder, 1, 1).unwrap_or_else(|error| {
        assert!(matches!(error, StoreError::Io | StoreError::Full), "{error:?}");
        went_wrong();
        open(&folder, 1, 1).unwrap()
    });
    let mut me = Person { store: Some(store), ..Person::in_folder(place(), 1) };
    for step in 0..work.steps.len() {
        let before = me.store().dump().unwrap();
        if let Err(error) = me.step(work, step) {
            assert!(matches!(error, StoreError::Io | StoreError::Full), "{error:?}");
            went_wrong();
            assert!(me.store().dump().unwrap() == before, "what failed has changed something");
            me.step(work, step).unwrap();
        }
        writeln!(std::io::stdout(), "acknowledged").unwrap();
    }
    if faults::calls() >= at {
        writeln!(std::io::stdout(), "went wrong, and nobody had to know").unwrap();
    }
    faults::disarm();
}
