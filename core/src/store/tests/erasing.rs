//! Erasing is real: the text is in no page, no free page and no frame of the log, in no form.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::pages::{all_pages, holding};
use super::*;
use crate::store::log::Log;

/// Words that occur nowhere else, with what else the entry says.
fn secret(n: usize) -> String {
    format!("qzx{n}vkwjhym the neighbours {} heard it jqxz{n}wvkyp", "all ".repeat(n % 7))
}

/// What would give the entry away: its words, as written and as the index has them.
fn traces(n: usize) -> Vec<Vec<u8>> {
    // Without their beginnings, which the index shares between words.
    vec![format!("x{n}vkwjhym").into_bytes(), format!("xz{n}wvkyp").into_bytes()]
}

/// How long a piece of a document is that cannot be in two places by chance.
const PIECE: usize = 24;

/// All runs of so many bytes in what a column holds.
fn runs(me: &mut Person, length: usize, sql: &str) -> BTreeSet<Vec<u8>> {
    let mut statement = me.store().connection.prepare(sql).unwrap();
    let blobs: Vec<Vec<u8>> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    blobs.iter().flat_map(|blob| blob.windows(length)).map(<[u8]>::to_vec).collect()
}

const DOCUMENTS: &str = "SELECT bytes FROM private_chunk UNION ALL SELECT bytes FROM shared_chunk
    UNION ALL SELECT change FROM private_entry WHERE change IS NOT NULL
    UNION ALL SELECT change FROM shared_entry WHERE change IS NOT NULL";
const VALUES: &str = "SELECT value FROM private_entry UNION ALL SELECT value FROM shared_entry";

/// Pieces of all documents, in whatever form, compressed ones too.
fn pieces_of_documents(me: &mut Person) -> BTreeSet<Vec<u8>> {
    runs(me, PIECE, DOCUMENTS)
}

fn assert_gone(me: &mut Person, erased: &[usize], before: &BTreeSet<Vec<u8>>) {
    let pages = all_pages(&me.file(), &KEY);
    for n in erased {
        for trace in traces(*n) {
            assert_eq!(holding(&pages, &trace), 0, "{} is still there", String::from_utf8_lossy(&trace));
        }
    }
    // A piece that begins or ends as something does that was kept is no trace: what follows a text in a
    // page may by chance follow it in a document too.
    let (documents, kept) = (pieces_of_documents(me), runs(me, PIECE / 2, VALUES));
    let is_kept = |piece: &[u8]| documents.contains(piece) || piece.chunks(PIECE / 2).any(|half| kept.contains(half));
    let in_pages: BTreeSet<&[u8]> = pages.iter().flat_map(|page| page.windows(PIECE)).collect();
    let left = before.iter().filter(|piece| in_pages.contains(piece.as_slice()) && !is_kept(piece)).count();
    assert_eq!(left, 0, "pieces of former documents are still there");
}

#[test]
fn the_pages_of_a_file_are_read_rightly() {
    let mut me = Person::new(1);
    me.worry(&secret(5));
    let pages = all_pages(&me.file(), &KEY);
    assert!(holding(&pages, &traces(5)[0]) > 0);
    assert_eq!(holding(&all_pages(&me.file(), &[9; 32]), &traces(5)[0]), 0);
}

#[test]
fn an_erased_entry_is_in_no_page_of_the_file_nor_of_its_log() {
    let mut me = Person::paired(1);
    let mut ids = Vec::new();
    for n in 0..260 {
        let text = if n % 5 == 0 { format!("{} {}", secret(n), "long ".repeat(n * 10)) } else { secret(n) };
        ids.push(if n % 2 == 0 { me.worry(&text) } else { me.share(&text) });
        if n == 100 {
            // Some are in snapshots and in the index, some are not.
            while me.store().tidy().unwrap().more {}
        }
        if n == 200 {
            me.store().search("nothing", None, 1).unwrap();
        }
    }
    let before = pieces_of_documents(&mut me);
    let erased: Vec<usize> = (0..260).filter(|n| n % 13 == 3 || n % 10 == 0 || *n >= 250).collect();
    for audience in [Audience::OnlyMe, Audience::Both] {
        let odd = usize::from(audience == Audience::Both);
        let of_log: Vec<_> = erased.iter().filter(|n| *n % 2 == odd).map(|n| ids[*n]).collect();
        me.erase(audience, &of_log);
    }
    assert_gone(&mut me, &erased, &before);
    assert_eq!(me.texts().iter().filter(|text| text.contains("neighbours")).count(), 260 - erased.len());
    let kept: Vec<usize> = (0..260).filter(|n| !erased.contains(n)).collect();
    let pages = all_pages(&me.file(), &KEY);
    assert!(kept.iter().all(|n| holding(&pages, &traces(*n)[0]) > 0), "the others are still there");
    me.reopen();
    me.worry("goes on");
    me.store().rebuild_read_model().unwrap();
    while me.store().tidy().unwrap().more {}
    assert_gone(&mut me, &erased, &BTreeSet::new());
}

#[test]
fn an_erased_entry_leaves_nothing_of_its_change_that_waited_in_its_row() {
    let mut me = Person::paired(1);
    let mut ids = Vec::new();
    for n in 0..40 {
        let text = format!("{} {}", secret(n), "long ".repeat(n * 10));
        ids.push(if n % 2 == 0 { me.worry(&text) } else { me.share(&text) });
    }
    assert_eq!(changes_that_wait(&mut me), 40);
    let before = pieces_of_documents(&mut me);
    for (audience, odd) in [(Audience::OnlyMe, 0), (Audience::Both, 1)] {
        let half: Vec<_> = ids.iter().skip(odd).step_by(2).copied().collect();
        me.erase(audience, &half);
    }
    assert_gone(&mut me, &Vec::from_iter(0..40), &before);
    assert_eq!(me.texts(), ["erase", "erase"]);
}

#[test]
fn an_erase_that_was_cut_before_the_log_was_emptied_is_finished_on_opening() {
    let mut me = Person::new(1);
    let id = me.worry(&secret(1));
    me.store().tidy().unwrap();
    let erase = me.record(Audience::OnlyMe, Erase { ids: vec![id] }, None);
    // All of it but the last step, as a kill between the two leaves it.
    me.store()
        .try_write(|writing| {
            writing.transaction.execute("INSERT INTO setting VALUES ('x', zeroblob(10))", [])?;
            writing.erase_own(Log::Private, &[id])
        })
        .unwrap();
    assert!(holding(&all_pages(&me.file(), &KEY), &traces(1)[0]) > 0, "the log still has it");
    me.reopen();
    assert_eq!(holding(&all_pages(&me.file(), &KEY), &traces(1)[0]), 0);
    assert_eq!(me.store().append(&[(Audience::OnlyMe, erase)]), Ok(()));
}

#[test]
fn a_destroyed_setting_is_in_no_page_either_and_nor_are_its_former_values() {
    let mut me = Person::new(1);
    me.store().put_setting("bond", b"former secret key").unwrap();
    me.store().put_setting("bond", b"newer secret key!").unwrap();
    assert!(holding(&all_pages(&me.file(), &KEY), b"former secret key") > 0);
    me.store().remove_setting("bond").unwrap();
    let pages = all_pages(&me.file(), &KEY);
    assert_eq!(holding(&pages, b"former secret key") + holding(&pages, b"newer secret key!"), 0);
}

#[test]
fn only_own_entries_of_the_same_log_are_erased() {
    let mut me = Person::paired(1);
    let (private, shared) = (me.worry("private"), me.share("shared"));
    me.erase(Audience::Both, &[private]);
    me.erase(Audience::OnlyMe, &[shared]);
    assert_eq!(me.texts(), ["erase", "erase", "shared", "private"]);
    // What was shared under an earlier pairing is on this phone alone.
    me.store().end_pairing(&[]).unwrap();
    me.erase(Audience::OnlyMe, &[shared]);
    assert_eq!(me.texts(), ["erase", "erase", "erase", "private"]);
    me.store().rebuild_read_model().unwrap();
    assert_eq!(me.texts(), ["erase", "erase", "erase", "private"]);
}

#[test]
fn what_erases_cannot_be_erased() {
    let mut me = Person::new(1);
    let id = me.worry("a");
    let erase = me.erase(Audience::OnlyMe, &[id]);
    me.erase(Audience::OnlyMe, &[erase]);
    assert_eq!(me.texts(), ["erase", "erase"]);
    let before = me.store().dump().unwrap();
    me.store().rebuild_read_model().unwrap();
    assert_eq!(me.store().dump().unwrap(), before);
}

#[test]
fn an_edit_stays_where_only_its_first_form_was_erased() {
    let mut me = Person::new(1);
    let first = me.worry("first");
    let form = me.record(Audience::OnlyMe, worry("second"), Some(first));
    me.store().append(&[(Audience::OnlyMe, form.clone())]).unwrap();
    me.erase(Audience::OnlyMe, &[first]);
    assert_eq!(me.store().entry(first), Ok(None));
    assert_eq!(me.store().referring_to(first).unwrap()[0].id, form.id);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Whatever the sizes and the order: nothing of what was erased is left anywhere.
    #[test]
    fn nothing_is_left_whatever_was_erased(
        sizes in prop::collection::vec((0_usize..4000, any::<bool>()), 20..80),
        order in any::<u64>(),
        tidied in 0_usize..80,
    ) {
        let mut me = Person::new(order);
        let mut ids = Vec::new();
        for (n, (size, _)) in sizes.iter().enumerate() {
            ids.push(me.worry(&format!("{} {}", secret(n), "z".repeat(*size))));
            if n == tidied {
                while me.store().tidy().unwrap().more {}
            }
        }
        let erased: Vec<usize> = (0..sizes.len()).filter(|n| sizes[*n].1).collect();
        let before = pieces_of_documents(&mut me);
        for part in erased.chunks(3) {
            let ids: Vec<_> = part.iter().map(|n| ids[*n]).collect();
            me.erase(Audience::OnlyMe, &ids);
        }
        assert_gone(&mut me, &erased, &before);
    }
}
