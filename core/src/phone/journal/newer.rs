//! What a newer version of the app wrote is kept, and shown as that.
//!
//! The backup in `data` was written by the ignored test below. The packages in other languages restore it too.

use std::path::Path;

use ciborium::Value;

use super::{Content, EntryFilter};
use crate::backup::Cost;
use crate::journal::{Audience, Body, EntryId, LocalTime, Record, Worry};
use crate::phone::{Environment, Phone, Work};

const BACKUP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/phone/journal/data/from_a_newer_app.attune");
const PASSPHRASE: &str = "a passphrase";

#[test]
fn a_kind_a_value_and_a_field_of_a_newer_version_break_no_list() {
    let folder = tempfile::tempdir().unwrap();
    let environment = Environment::of_this_machine();
    let phone = Phone::restore(Path::new(BACKUP), PASSPHRASE, folder.path(), &[1; 32], environment).unwrap();
    let journal = phone.journal();
    let items = journal.items(&EntryFilter::default()).unwrap();
    let shown: Vec<_> = items.into_iter().map(|item| (item.kind, item.content)).collect();
    let worry = Body::Worry(Worry { text: "the trip".into() });
    assert_eq!(shown, [("worry".to_owned(), Content::Own(worry)), ("check_in".to_owned(), Content::Newer)]);
    let dreams = journal.items(&EntryFilter { kind: Some("dream".into()), ..EntryFilter::default() }).unwrap();
    assert!(matches!(&*dreams, [dream] if dream.content == Content::Newer), "{dreams:?}");
    let kinds: Vec<_> = phone.dump().unwrap().entries.iter().map(|entry| entry.body.kind().to_owned()).collect();
    assert_eq!(kinds, ["worry", "check_in", "dream"]);
}

#[test]
#[ignore = "writes the file anew"]
fn freeze() {
    let folder = tempfile::tempdir().unwrap();
    let phone = Phone::open(folder.path(), &[1; 32], Environment::of_this_machine()).unwrap();
    let map = |fields: &[(&str, Value)]| {
        Value::Map(fields.iter().map(|(name, value)| ((*name).into(), value.clone())).collect())
    };
    let values = [
        map(&[("k", "dream".into()), ("b", map(&[("text", "of the sea".into())]))]),
        map(&[("k", "check_in".into()), ("b", map(&[("state", "luminous".into()), ("activation", 3.into())]))]),
        map(&[("k", "worry".into()), ("b", map(&[("text", "the trip".into()), ("colour", "grey".into())]))]),
    ];
    let written = LocalTime::parse("2026-03-02T08:00:00+01:00").unwrap();
    let records = (1..).zip(&values).map(|(number, content)| {
        let mut value = Vec::new();
        ciborium::into_writer(content, &mut value).unwrap();
        (Audience::OnlyMe, Record { id: EntryId::from_bytes([number; 16]), written, value })
    });
    phone.keeping.with(|open| Ok(open.store.append(&records.collect::<Vec<_>>())?)).unwrap();
    phone.back_up_at(Cost::NEXT_TO_NOTHING, Path::new(BACKUP), PASSPHRASE, &Work::new()).unwrap();
}
