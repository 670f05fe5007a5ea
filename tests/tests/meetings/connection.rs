//! One connection between the two phones, and what goes wrong with it.

use std::time::Duration;

use attune_core::sync::Session;

use super::dice::Dice;

/// Which phone: 0 or 1.
pub(crate) type Who = usize;

/// A connection. Bytes of one direction arrive in order, in whatever pieces; bytes of two connections
/// overtake each other.
pub(crate) struct Connection {
    pub(crate) sessions: [Option<Session>; 2],
    /// When the last piece for each phone arrives.
    arrives: [Duration; 2],
    faults: Faults,
}

/// What goes wrong.
struct Faults {
    /// The slowest that a piece may be, in microseconds.
    slowest: u64,
    /// The connection dies after so many bytes in all.
    dies_after: Option<u64>,
    /// Bytes for this phone vanish from the beginning, and nobody is told.
    deaf: Option<Who>,
    /// When it dies, this phone is not told.
    not_told: [bool; 2],
}

/// A piece on its way, or the news that no more will come.
pub(crate) enum Sent {
    Piece(Duration, Vec<u8>),
    Lost,
    /// The connection died; these phones hear of it.
    Dead([Option<Duration>; 2]),
}

impl Connection {
    pub(crate) fn new(sessions: [Session; 2], faultless: bool, dice: &mut Dice) -> Self {
        let none = Faults { slowest: 500, dies_after: None, deaf: None, not_told: [false; 2] };
        let faults = if faultless { none } else { Self::faults(dice) };
        Self { sessions: sessions.map(Some), arrives: [Duration::ZERO; 2], faults }
    }

    fn faults(dice: &mut Dice) -> Faults {
        Faults {
            slowest: [500, 20_000, 3_000_000][dice.index(3)],
            dies_after: dice.percent(60).then(|| dice.below(25_000)),
            deaf: dice.percent(8).then(|| dice.index(2)),
            not_told: [dice.percent(30), dice.percent(30)],
        }
    }

    /// Sends bytes to a phone, in pieces.
    pub(crate) fn send(&mut self, now: Duration, to: Who, mut bytes: &[u8], dice: &mut Dice) -> Vec<Sent> {
        let mut sent = Vec::new();
        while !bytes.is_empty() {
            let (piece, rest) = bytes.split_at(bytes.len().min(1 + dice.index(9000)));
            bytes = rest;
            if let Some(left) = &mut self.faults.dies_after {
                let Some(more) = left.checked_sub(piece.len() as u64) else {
                    // What fits still arrives: a cut falls on any byte.
                    let fits = usize::try_from(*left).unwrap();
                    let piece = piece[..fits].to_vec();
                    sent.push(Sent::Piece(self.arrival(now, to, dice), piece));
                    let told = |who: Who, dice: &mut Dice| {
                        (!self.faults.not_told[who])
                            .then(|| self.arrives[who] + Duration::from_micros(dice.below(2_000_000)))
                    };
                    sent.push(Sent::Dead([told(0, dice), told(1, dice)]));
                    return sent;
                };
                *left = more;
            }
            if self.faults.deaf == Some(to) {
                sent.push(Sent::Lost);
                continue;
            }
            sent.push(Sent::Piece(self.arrival(now, to, dice), piece.to_vec()));
        }
        sent
    }

    /// When something that is sent now arrives: never before what was sent earlier.
    pub(crate) fn arrival(&mut self, now: Duration, to: Who, dice: &mut Dice) -> Duration {
        let delay = Duration::from_micros(100 + dice.below(self.faults.slowest));
        self.arrives[to] = self.arrives[to].max(now + delay);
        self.arrives[to]
    }
}
