//! Writing, looking up, settings.

use rusqlite::StatementStatus;

use super::*;
use crate::journal::{DocumentName, Month, Need, PledgeMove, Request, SharedAs, Whose};
use crate::store::entries::one_kind;
use crate::store::log::Log;

fn kinds<'a>(kinds: &'a [&'a str]) -> EntryQuery<'a> {
    EntryQuery { kinds, ..EntryQuery::default() }
}

#[test]
fn what_was_appended_is_there_newest_first_before_and_after_reopening() {
    let mut me = Person::paired(1);
    // More than may wait unsettled, in both logs.
    for n in 0..150 {
        let audience = if n % 3 == 0 { Audience::Both } else { Audience::OnlyMe };
        me.write(audience, worry(&n.to_string()));
    }
    let expected: Vec<String> = (0..150).rev().map(|n| n.to_string()).collect();
    assert_eq!(me.texts(), expected);
    let before = me.entries();
    me.reopen();
    assert_eq!(me.entries(), before);
    for entry in before {
        assert_eq!(me.store().entry(entry.id), Ok(Some(entry)));
    }
}

#[test]
fn entries_are_found_by_kind_audience_day_and_page() {
    let mut me = Person::paired(1);
    for day in 1..=28 {
        me.at(&format!("2026-02-{day:02}T23:30:00-05:00"));
        me.worry(&format!("w{day}"));
        me.write(Audience::Both, crate::journal::Need { text: format!("n{day}") });
        me.write(Audience::OnlyMe, crate::journal::Belief { strength: 3 });
    }
    for round in 0..2 {
        if round == 1 {
            me.store().write(|w| Log::BOTH.into_iter().try_for_each(|log| w.settle(log))).unwrap();
        }
        let store = me.store();
        let count = |query: &EntryQuery<'_>| store.entries(query).unwrap().len();
        assert_eq!(count(&EntryQuery::default()), 84);
        assert_eq!(count(&kinds(&["worry"])), 28);
        assert_eq!(count(&kinds(&["worry", "need"])), 56);
        assert_eq!(count(&EntryQuery { audience: Some(Audience::Both), ..EntryQuery::default() }), 28);
        assert_eq!(count(&EntryQuery { whose: Some(Whose::Theirs), ..EntryQuery::default() }), 0);
        let day = LocalTime::parse("2026-02-10T00:00:00-05:00").unwrap().local_day();
        let week = EntryQuery { from_day: Some(day), to_day: Some(day + 6), ..kinds(&["worry"]) };
        let texts: Vec<_> = store.entries(&week).unwrap().iter().map(text_of).collect();
        assert_eq!(texts, ["w16", "w15", "w14", "w13", "w12", "w11", "w10"]);
        // Page by page.
        let (mut pages, mut before) = (Vec::new(), None);
        loop {
            let page = store.entries(&EntryQuery { before, limit: Some(10), ..EntryQuery::default() }).unwrap();
            let Some(last) = page.last() else { break };
            before = Some(last.id);
            pages.extend(page);
        }
        assert_eq!(pages, store.entries(&EntryQuery::default()).unwrap());
        let newer = EntryQuery { after: Some(pages[3].id), ..EntryQuery::default() };
        assert_eq!(store.entries(&newer).unwrap(), pages[..3]);
    }
}

#[test]
fn what_refers_to_an_entry_is_found_by_it() {
    let mut me = Person::paired(1);
    let first = me.worry("first");
    let form = me.record(Audience::OnlyMe, worry("second"), Some(first));
    me.store().append(&[(Audience::OnlyMe, form.clone())]).unwrap();
    let snapshot = me.share("copy");
    let note = me.write(Audience::OnlyMe, SharedAs { source: first, snapshot });
    let moved = me.write(Audience::Both, PledgeMove { pledge: first, due: LocalTime::default() });
    for _ in 0..2 {
        let referring = me.store().referring_to(first).unwrap();
        assert_eq!(referring.iter().map(|entry| entry.id).collect::<Vec<_>>(), [form.id, note, moved]);
        assert_eq!(me.store().referring_to(snapshot).unwrap()[0].id, note);
        let firsts = me.store().entries(&EntryQuery { firsts_only: true, ..kinds(&["worry"]) }).unwrap();
        assert_eq!(firsts.iter().map(|entry| entry.id).collect::<Vec<_>>(), [snapshot, first]);
        for _ in 0..70 {
            me.worry("x");
        }
        for _ in 0..70 {
            me.share("x");
        }
        me.store().tidy().unwrap();
        (0..140).for_each(|n| {
            let query = EntryQuery { before: None, limit: Some(1), ..EntryQuery::default() };
            assert_eq!(me.store().entries(&query).unwrap().len(), 1, "{n}");
        });
        let new: Vec<_> = me.entries().iter().filter(|e| text_of(e) == "x").map(|e| e.id).collect();
        for part in new.chunks(Erase::MOST) {
            let (shared, private): (Vec<_>, Vec<_>) =
                part.iter().partition(|id| me.store().is_in_current_pairing(**id).unwrap());
            me.erase(Audience::Both, &shared);
            me.erase(Audience::OnlyMe, &private);
        }
    }
}

#[test]
fn each_device_audience_and_month_has_a_document_of_its_own() {
    let mut me = Person::paired(1);
    me.at("2026-01-31T23:59:00+01:00").worry("january");
    me.at("2026-02-01T00:01:00+01:00").worry("february");
    let late = me.at("2026-01-31T23:59:30-05:00").worry("january again, after a journey");
    me.share("shared");
    me.erase(Audience::OnlyMe, &[late]);
    let (private, shared) = (me.store().device(Audience::OnlyMe), me.store().shared_device());
    assert_ne!(private, shared);
    let documents = me.store().dump().unwrap().documents;
    let months: Vec<_> = documents.iter().map(|d| (d.audience, d.name.month.to_string(), d.records.len())).collect();
    assert_eq!(
        months,
        [
            (Audience::OnlyMe, "2026-01".to_owned(), 1),
            (Audience::OnlyMe, "2026-02".to_owned(), 1),
            (Audience::OnlyMe, "erasures".to_owned(), 1),
            (Audience::Both, "2026-01".to_owned(), 1)
        ]
    );
    assert!(documents.iter().all(|d| d.name.device == if d.audience == Audience::Both { shared } else { private }));
    let name = DocumentName { device: private, month: Month::of(me.now) };
    assert!(documents.iter().any(|d| d.name == name));
}

#[test]
fn an_append_is_whole_or_not_at_all() {
    let mut me = Person::new(1);
    let (private, shared) =
        (me.record(Audience::OnlyMe, worry("a"), None), me.record(Audience::Both, worry("b"), None));
    let both = [(Audience::OnlyMe, private.clone()), (Audience::Both, shared)];
    assert_eq!(me.store().append(&both), Err(StoreError::NotPaired));
    assert!(me.entries().is_empty());
    me.store().append(&both[..1]).unwrap();
    assert_eq!(me.store().append(&both[..1]), Err(StoreError::IdTaken));
    let next = me.record(Audience::OnlyMe, worry("c"), None);
    let twice = [(Audience::OnlyMe, next.clone()), (Audience::OnlyMe, next)];
    assert_eq!(me.store().append(&twice), Err(StoreError::IdTaken));
    me.worry("d");
    assert_eq!(me.texts(), ["d", "a"]);
    me.reopen();
    assert_eq!(me.texts(), ["d", "a"]);
}

#[test]
fn ids_must_rise() {
    let mut me = Person::new(1);
    let (early, late) =
        (me.record(Audience::OnlyMe, worry("early"), None), me.record(Audience::OnlyMe, worry("late"), None));
    me.store().append(&[(Audience::OnlyMe, late.clone())]).unwrap();
    assert_eq!(me.store().append(&[(Audience::OnlyMe, early)]), Err(StoreError::IdTaken));
    assert_eq!(me.store().last_own_ids(), Ok((None, Some(late.id))));
}

#[test]
fn settings_change_together_and_can_be_destroyed() {
    let mut me = Person::new(1);
    assert_eq!(me.store().setting("a"), Ok(None));
    me.store().put_setting("a", b"1").unwrap();
    me.store().change_settings(&[("a", Some(b"2")), ("b", Some(b""))]).unwrap();
    me.reopen();
    assert_eq!(me.store().setting("a"), Ok(Some(b"2".to_vec())));
    assert_eq!(me.store().setting("b"), Ok(Some(vec![])));
    me.store().remove_setting("a").unwrap();
    me.reopen();
    assert_eq!(me.store().setting("a"), Ok(None));
}

#[test]
fn a_first_message_is_new_only_once_ever() {
    let mut me = Person::new(1);
    assert_eq!(me.store().remember_first_message([1; 16]), Ok(true));
    assert_eq!(me.store().remember_first_message([1; 16]), Ok(false));
    me.reopen();
    assert_eq!(me.store().remember_first_message([1; 16]), Ok(false));
    assert_eq!(me.store().remember_first_message([2; 16]), Ok(true));
}

#[test]
fn a_new_pairing_begins_with_an_empty_log_and_the_old_one_stays_readable() {
    let mut me = Person::paired(1);
    let old = me.share("old");
    me.store().end_pairing(&[]).unwrap();
    assert_eq!(me.try_write(Audience::Both, worry("nobody")), Err(StoreError::NotPaired));
    assert!(me.store().shared_log().is_err());
    assert_eq!(me.store().begin_pairing(COUPLE, &[]), Err(StoreError::NotPaired));
    me.store().begin_pairing([2; 16], &[("bond", Some(b"keys"))]).unwrap();
    me.reopen();
    assert_eq!(me.store().setting("bond"), Ok(Some(b"keys".to_vec())));
    let new = me.share("new");
    assert_eq!(me.texts(), ["new", "old"]);
    let current = EntryQuery { current_pairing: true, ..EntryQuery::default() };
    assert_eq!(me.store().entries(&current).unwrap().len(), 1);
    assert_eq!(me.store().is_in_current_pairing(old), Ok(false));
    assert_eq!(me.store().is_in_current_pairing(new), Ok(true));
    // New keys after a theft: the logs go on.
    me.store().continue_pairing([3; 16], &[]).unwrap();
    assert_eq!(me.store().is_in_current_pairing(new), Ok(true));
    assert_eq!(me.store().begin_pairing([3; 16], &[]), Ok(()));
    assert_eq!(me.store().is_in_current_pairing(new), Ok(true));
}

#[test]
fn rebuilding_makes_the_same_read_model() {
    let mut me = Person::paired(1);
    let ids: Vec<_> = (0..100).map(|n| if n % 2 == 0 { me.worry("a") } else { me.share("b") }).collect();
    me.store().tidy().unwrap();
    me.erase(Audience::OnlyMe, &ids[10..11]);
    me.erase(Audience::Both, &ids[11..12]);
    let (before, referring) = (me.store().dump().unwrap(), me.store().referring_to(ids[0]).unwrap());
    me.store().rebuild_read_model().unwrap();
    assert_eq!(me.store().dump().unwrap(), before);
    assert_eq!(me.store().referring_to(ids[0]).unwrap(), referring);
    me.worry("goes on");
    me.reopen();
    assert_eq!(me.entries().len(), before.entries.len() + 1);
}

/// What lies in the file alone.
fn without_its_log(me: &Person) -> Person {
    let copy = copy_of(me.folder());
    fs::remove_file(copy.path().join("attune.db-wal")).unwrap();
    let mut copy = Person::in_folder(copy, 1);
    copy.reopen();
    copy
}

#[test]
fn tidying_compacts_and_changes_nothing() {
    let mut me = Person::paired(1);
    for n in 0..200 {
        if n % 2 == 0 {
            me.worry(&n.to_string())
        } else {
            me.share(&n.to_string())
        };
    }
    let before = me.store().dump().unwrap();
    let chunks = |me: &mut Person| -> i64 {
        let sql = "SELECT (SELECT count(*) FROM private_chunk) + (SELECT count(*) FROM shared_chunk)
                       + (SELECT count(change) FROM private_entry) + (SELECT count(change) FROM shared_entry)";
        me.store().connection.query_row(sql, [], |row| row.get(0)).unwrap()
    };
    assert_eq!(chunks(&mut me), 200);
    while me.store().tidy().unwrap().more {}
    assert_eq!(chunks(&mut me), 2);
    assert_eq!(me.store().dump().unwrap(), before);
    assert_eq!(without_its_log(&me).store().dump().unwrap(), before);
    assert_eq!(me.store().documents_loaded(), 2);
    // Where they end is known still, and the next change goes on there.
    me.worry("on top");
    assert_eq!(me.store().documents_loaded(), 2);
    me.reopen();
    me.worry("and on");
    assert_eq!(me.entries().len(), 202);
    assert_eq!(me.store().dump().unwrap().documents[0].records.len(), 102);
}

#[test]
fn no_document_is_loaded_to_look_and_one_to_write() {
    let mut me = Person::new(1);
    for month in 1..=12 {
        me.at(&format!("2025-{month:02}-05T08:00:00+01:00")).worry("w");
    }
    me.reopen();
    assert_eq!(me.entries().len(), 12);
    assert_eq!(me.store().documents_loaded(), 0);
    me.worry("w");
    assert_eq!(me.store().documents_loaded(), 1);
    me.worry("w");
    assert_eq!(me.store().documents_loaded(), 1);
}

#[test]
fn every_crowded_document_is_compacted_and_crowded_ones_again() {
    let mut me = Person::new(1);
    let tidied = |me: &mut Person| {
        let mut documents = 0;
        while let tidied = me.store().tidy().unwrap()
            && tidied.more
        {
            documents += tidied.documents;
        }
        documents
    };
    let fill = |me: &mut Person, months: std::ops::RangeInclusive<u32>| {
        for month in months {
            me.at(&format!("2025-{month:02}-05T08:00:00+01:00"));
            (0..70).for_each(|_| _ = me.worry("w"));
        }
    };
    fill(&mut me, 1..=5);
    me.reopen();
    assert_eq!(tidied(&mut me), 5);
    assert_eq!(me.store().documents_loaded(), 5);
    assert_eq!(tidied(&mut me), 0);
    fill(&mut me, 5..=6);
    assert_eq!(tidied(&mut me), 2);
    assert_eq!(me.entries().len(), 7 * 70);
}

#[test]
fn the_newest_of_several_kinds_are_the_first_of_all_of_them() {
    let mut me = Person::paired(1);
    for n in 0..150_u32 {
        let audience = if n % 3 == 0 { Audience::Both } else { Audience::OnlyMe };
        match n * n % 7 {
            0 | 1 => me.write(audience, worry("a")),
            2 => me.write(audience, Need { text: "b".into() }),
            _ => me.write(audience, Request { text: "c".into() }),
        };
    }
    let query = EntryQuery { kinds: &["need", "worry", "request"], ..EntryQuery::default() };
    let all = me.store().entries(&query).unwrap();
    assert_eq!(all.len(), 150);
    for limit in [0, 1, 2, 7, 40, 149, 150, 151] {
        let newest = me.store().entries(&EntryQuery { limit: Some(limit), ..query }).unwrap();
        assert_eq!(newest, all[..all.len().min(limit as usize)], "{limit}");
        let before = Some(all[20].id);
        let page = me.store().entries(&EntryQuery { limit: Some(limit), before, ..query }).unwrap();
        assert_eq!(page, all[21..all.len().min(21 + limit as usize)], "{limit} before");
    }
}

#[test]
fn asking_for_another_number_of_entries_parses_nothing_anew() {
    let mut me = Person::paired(1);
    me.worry("the trip");
    for limit in [1, 20, 5] {
        me.store().entries(&EntryQuery { limit: Some(limit), ..kinds(&["worry"]) }).unwrap();
    }
    for log in Log::BOTH {
        let statement = me.store().connection.prepare_cached(one_kind(log)).unwrap();
        assert_eq!(statement.get_status(StatementStatus::RePrepare), 0);
    }
}
