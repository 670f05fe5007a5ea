//! The rows, in groups.

mod append;
mod backup;
mod fill;
mod languages;
mod live;
mod opening;
mod practices;
mod size;
mod week;

use crate::bench::{Report, Role, Stage};

/// Measures the rows of one group.
type Measure = fn(&mut Report, &Stage);

/// Every group.
pub(crate) const GROUPS: &[(&str, Measure)] = &[
    ("append", append::measure),
    ("open", opening::measure),
    ("week", week::measure),
    ("fill", fill::measure),
    ("live", live::measure),
    ("practices", practices::measure),
    ("backup", backup::measure),
    ("languages", languages::measure),
    ("size", size::measure),
];

/// What processes of their own do for the rows.
pub(crate) const CHILDREN: &[Role] = &[
    ("open", opening::child),
    ("fill-sender", fill::sender),
    ("fill-receiver", fill::receiver),
    ("search", fill::search),
    ("backup", backup::back_up),
    ("restore", backup::restore),
];

/// The ages, in years, at which growth is shown.
const AGES: [u32; 3] = [1, 3, 10];
