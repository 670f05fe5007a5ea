//! Two phones without storage or network: what each has written, and what each holds of the other.

use attune_core::journal::{Audience, Entry, EntryId, EntryIds, FoldVersion, LocalTime, Whose};
use attune_core::practice::Act;
use chrono::TimeDelta;

/// One of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Who {
    A,
    B,
}

impl Who {
    pub(crate) const BOTH: [Self; 2] = [Self::A, Self::B];

    pub(crate) fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }
}

/// What one phone holds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Log {
    pub(crate) entries: Vec<Entry>,
    ids: EntryIds,
    written: u8,
}

/// Two phones and the time.
#[derive(Debug, Clone)]
pub(crate) struct World {
    logs: [Log; 2],
    pub(crate) now: LocalTime,
    /// How far B's clock is ahead of A's.
    pub(crate) b_ahead: TimeDelta,
}

impl World {
    pub(crate) fn at(time: &str) -> Self {
        Self { logs: [Log::default(), Log::default()], now: at(time), b_ahead: TimeDelta::zero() }
    }

    /// What the phone of `who` holds.
    pub(crate) fn of(&self, who: Who) -> &[Entry] {
        &self.log(who).entries
    }

    /// The time as the phone of `who` has it.
    pub(crate) fn clock(&self, who: Who) -> LocalTime {
        match who {
            Who::A => self.now,
            Who::B => self.now.plus(self.b_ahead),
        }
    }

    pub(crate) fn pass(&mut self, seconds: i64) {
        self.now = self.now.plus(TimeDelta::seconds(seconds));
    }

    pub(crate) fn set(&mut self, time: &str) {
        self.now = at(time);
    }

    pub(crate) fn write(&mut self, who: Who, act: Act) -> EntryId {
        self.append(who, act, None)
    }

    /// Writes a newer form of an own item.
    pub(crate) fn write_edit(&mut self, who: Who, first: EntryId, act: Act) -> EntryId {
        self.append(who, act, Some(first))
    }

    fn append(&mut self, who: Who, act: Act, supersedes: Option<EntryId>) -> EntryId {
        let written = self.clock(who);
        let log = &mut self.logs[who as usize];
        log.written += 1;
        let id = log.ids.next(act.audience, written.unix_ms(), [who as u8, log.written, 0, 0, 0, 0]);
        log.entries.push(Entry {
            id,
            whose: Whose::Mine,
            audience: act.audience,
            written,
            supersedes,
            needs: FoldVersion::CURRENT,
            body: act.body,
        });
        id
    }

    pub(crate) fn log(&self, who: Who) -> &Log {
        &self.logs[who as usize]
    }

    /// Both phones meet: each takes what the other has for both.
    pub(crate) fn meet(&mut self) {
        for who in Who::BOTH {
            let theirs: Vec<Entry> = self.of(who.other()).iter().filter_map(as_received).collect();
            let log = &mut self.logs[who as usize];
            log.entries.retain(|entry| entry.whose == Whose::Mine);
            log.entries.extend(theirs);
        }
    }
}

/// An own entry as it arrives at the partner's phone, if it does.
pub(crate) fn as_received(entry: &Entry) -> Option<Entry> {
    let travels = entry.whose == Whose::Mine && entry.audience == Audience::Both;
    travels.then(|| Entry { whose: Whose::Theirs, ..entry.clone() })
}

pub(crate) fn at(time: &str) -> LocalTime {
    LocalTime::parse(time).unwrap()
}
