//! What the rows stand on: a stage with phones of any age, gauges, processes of their own, the report.

mod child;
mod couple;
mod gauge;
mod ledger;
mod report;
mod stage;

pub(crate) use child::{Child, Role, play_child};
pub(crate) use couple::{Couple, KEY, LOOPBACK, SetClock, environment, open_phone, open_store};
pub(crate) use gauge::{Samples, peak_memory, process_cpu, thread_cpu, wall};
pub(crate) use ledger::{keep_own, ledger};
pub(crate) use report::{Report, Row};
pub(crate) use stage::{Stage, copy_folder, file_bytes};
