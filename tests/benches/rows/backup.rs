//! A backup of many years, and a phone made of it, each in a process of its own. The passphrase is made a
//! key at next to no cost here: what that costs is a choice, and the same at any age.

use std::path::Path;
use std::time::Duration;

use attune_core::phone::Phone;
use serde_json::json;

use crate::bench::{Child, KEY, Report, Row, SetClock, Stage, environment, open_phone, peak_memory, process_cpu, wall};

const PASSPHRASE: &str = "correct horse battery staple";

pub(crate) fn measure(report: &mut Report, stage: &Stage) {
    for years in super::AGES {
        let (from, to) = (stage.phone_of_years(years), stage.folder());
        let file = to.join("backup.attune");
        let with_goal = |row: Row, goal: f64| if years == 10 { row.goal(goal) } else { row };
        for (role, what) in [("backup", "backup of"), ("restore", "restore of")] {
            let folder = if role == "backup" { from.clone() } else { to.join("restored") };
            let mut child = Child::start(role, &[folder.to_str().unwrap(), file.to_str().unwrap()]);
            let told = child.hear();
            child.finish();
            let time = |of: &str| Duration::from_secs_f64(told[of].as_f64().unwrap());
            report.add(with_goal(Row::millis(format!("{what} {years} years"), time("took")), 2000.0));
            report.add(Row::millis(format!("{what} {years} years, CPU"), time("cpu")));
            let memory = told["memory"].as_u64().unwrap();
            report.add(with_goal(Row::megabytes(format!("{what} {years} years, more memory"), memory), 32.0));
        }
    }
}

/// Opens a phone and backs it up.
pub(crate) fn back_up(arguments: &[String]) {
    let phone = open_phone(Path::new(&arguments[0]));
    let (before, cpu) = (peak_memory(), process_cpu());
    let (took, ()) = wall(|| phone.back_up_cheaply(Path::new(&arguments[1]), PASSPHRASE).unwrap());
    tell(took, process_cpu() - cpu, peak_memory() - before);
    phone.close().unwrap();
}

/// Makes a phone of a backup.
pub(crate) fn restore(arguments: &[String]) {
    let (folder, file) = (Path::new(&arguments[0]), Path::new(&arguments[1]));
    let environment = environment(SetClock::at(Default::default()));
    let (before, cpu) = (peak_memory(), process_cpu());
    let (took, phone) = wall(|| Phone::restore(file, PASSPHRASE, folder, &KEY, environment).unwrap());
    tell(took, process_cpu() - cpu, peak_memory() - before);
    phone.close().unwrap();
}

fn tell(took: Duration, cpu: Duration, memory: u64) {
    Child::say(&json!({"took": took.as_secs_f64(), "cpu": cpu.as_secs_f64(), "memory": memory}));
}
