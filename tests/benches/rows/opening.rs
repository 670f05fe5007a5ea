//! Opening a phone of many years and showing the last entries, and the first write after that.

use std::path::Path;

use attune_core::journal::{Body, Worry};
use attune_core::phone::EntryFilter;
use attune_core::store::EntryQuery;
use serde_json::json;

use crate::bench::{Child, Report, Row, Samples, Stage, open_phone, open_store, peak_memory, wall};

/// How often, each time in a process of its own.
const TIMES: u32 = 15;

pub(crate) fn measure(report: &mut Report, stage: &Stage) {
    for years in super::AGES {
        let folder = stage.phone_of_years(years);
        let (mut open, mut write, mut memory) = (Samples::default(), Samples::default(), Vec::new());
        for _ in 0..TIMES {
            let mut child = Child::start("open", &[folder.to_str().unwrap()]);
            let told = child.hear();
            child.finish();
            let millis = |name: &str| std::time::Duration::from_secs_f64(told[name].as_f64().unwrap());
            open.push(millis("open"));
            write.push(millis("write"));
            memory.push(told["memory"].as_u64().unwrap());
        }
        memory.sort_unstable();
        let goals = years == 10;
        let with_goal = |row: Row, goal: f64| if goals { row.goal(goal) } else { row };
        let name = format!("open {years} years and show 20 entries");
        report.add(with_goal(Row::millis(name.clone(), open.median()), 5.0));
        report.add(with_goal(Row::megabytes(format!("{name}, more memory"), memory[memory.len() / 2]), 10.0));
        report.add(with_goal(Row::count(format!("{name}, loads"), documents(&folder), "documents"), 0.0));
        report.add(with_goal(Row::millis(format!("first write after opening {years} years"), write.median()), 8.0));
    }
}

/// How many documents opening and looking at the last entries loads.
fn documents(folder: &Path) -> u64 {
    let store = open_store(folder);
    let query = EntryQuery { limit: Some(20), ..EntryQuery::default() };
    assert_eq!(store.entries(&query).unwrap().len(), 20);
    let loaded = store.documents_loaded();
    store.close().unwrap();
    loaded
}

/// Opens the phone, shows the last 20 entries, writes one.
pub(crate) fn child(arguments: &[String]) {
    let folder = Path::new(&arguments[0]);
    let before = peak_memory();
    let (open, phone) = wall(|| {
        let phone = open_phone(folder);
        let last = EntryFilter { limit: Some(20), ..EntryFilter::default() };
        assert_eq!(phone.journal().items(&last).unwrap().len(), 20);
        phone
    });
    let memory = peak_memory() - before;
    let body: Body = Worry { text: "The first words after opening.".into() }.into();
    let (write, _) = wall(|| phone.journal().log(body, false).unwrap());
    Child::say(&json!({"open": open.as_secs_f64(), "write": write.as_secs_f64(), "memory": memory}));
    phone.close().unwrap();
}
