//! The two logs, and the SQL that both have in common. The names of the tables are all that differs.

use crate::journal::Audience;

/// SQL on the tables of one log.
#[derive(Debug)]
pub(super) struct Tables {
    pub(super) audience: Audience,
    pub(super) find_document: &'static str,
    pub(super) insert_document: &'static str,
    pub(super) all_documents: &'static str,
    pub(super) insert_chunk: &'static str,
    pub(super) chunks: &'static str,
    pub(super) last_chunk: &'static str,
    pub(super) drop_chunks: &'static str,
    pub(super) crowded: &'static str,
    pub(super) insert_entry: &'static str,
    pub(super) find_entry: &'static str,
    pub(super) document_entries: &'static str,
    pub(super) drop_entry: &'static str,
    pub(super) insert_reference: &'static str,
    pub(super) references_to: &'static str,
    pub(super) drop_references: &'static str,
    pub(super) insert_erased: &'static str,
    pub(super) is_erased: &'static str,
    pub(super) select_entries: &'static str,
    pub(super) last_own_id: &'static str,
    pub(super) clear: &'static str,
}

macro_rules! tables {
    ($log:literal, $audience:ident) => {
        Tables {
            audience: Audience::$audience,
            find_document: concat!(
                "SELECT id FROM ", $log, "_document WHERE pairing = ?1 AND whose = ?2 AND device = ?3 AND month = ?4"
            ),
            insert_document: concat!("INSERT INTO ", $log, "_document(pairing, whose, device, month) VALUES (?1, ?2, ?3, ?4)"),
            all_documents: concat!("SELECT id, pairing, whose, device, month FROM ", $log, "_document ORDER BY id"),
            insert_chunk: concat!("INSERT INTO ", $log, "_chunk(document, seq, kind, bytes) VALUES (?1, ?2, ?3, ?4)"),
            chunks: concat!("SELECT kind, bytes FROM ", $log, "_chunk WHERE document = ?1 ORDER BY seq"),
            last_chunk: concat!("SELECT coalesce(max(seq), 0) FROM ", $log, "_chunk WHERE document = ?1"),
            drop_chunks: concat!("DELETE FROM ", $log, "_chunk WHERE document = ?1 AND seq <= ?2"),
            crowded: concat!(
                "SELECT document FROM ", $log, "_chunk GROUP BY document",
                " HAVING sum(kind <> 0) > ?1 OR sum(CASE kind WHEN 0 THEN 0 ELSE length(bytes) END) > ?2 OR max(kind) = 2"
            ),
            insert_entry: concat!(
                "INSERT INTO ", $log, "_entry(id, document, whose, written, offset_min, day, kind, edit, value)",
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
            ),
            find_entry: concat!("SELECT id, whose, written, offset_min, value, document FROM ", $log, "_entry WHERE id = ?1"),
            document_entries: concat!(
                "SELECT id, whose, written, offset_min, value, document FROM ", $log, "_entry WHERE document = ?1 ORDER BY id"
            ),
            drop_entry: concat!("DELETE FROM ", $log, "_entry WHERE id = ?1"),
            insert_reference: concat!("INSERT OR IGNORE INTO ", $log, "_reference(target, entry) VALUES (?1, ?2)"),
            references_to: concat!(
                "SELECT e.id, e.whose, e.written, e.offset_min, e.value, e.document FROM ", $log, "_reference r JOIN ",
                $log, "_entry e ON e.id = r.entry WHERE r.target = ?1 ORDER BY e.id"
            ),
            drop_references: concat!("DELETE FROM ", $log, "_reference WHERE target = ?1 AND entry = ?2"),
            insert_erased: concat!("INSERT OR IGNORE INTO ", $log, "_erased(id) VALUES (?1)"),
            is_erased: concat!("SELECT 1 FROM ", $log, "_erased WHERE id = ?1"),
            select_entries: concat!("SELECT id, whose, written, offset_min, value, document FROM ", $log, "_entry"),
            last_own_id: concat!("SELECT max(id) FROM ", $log, "_entry WHERE whose = 0"),
            clear: concat!("DELETE FROM ", $log, "_entry; DELETE FROM ", $log, "_reference; DELETE FROM ", $log, "_erased;"),
        }
    };
}

/// The private log.
pub(super) const PRIVATE: &Tables = &tables!("private", OnlyMe);
/// The shared log.
pub(super) const SHARED: &Tables = &tables!("shared", Both);

/// The log that entries of this audience stand in.
pub(super) fn of(audience: Audience) -> &'static Tables {
    match audience {
        Audience::OnlyMe => PRIVATE,
        Audience::Both => SHARED,
    }
}
