//! A table that a spreadsheet opens: a row for each entry as it says now, a column for each field (RFC 4180).
//! It is for people: headings and words of the lists are in the language that the phone speaks.

use std::collections::BTreeSet;

use chrono::Timelike as _;

use super::reading::value_reads;
use super::{Material, fields, newest_forms};
use crate::catalogue::{self, Catalogue, Label, Word};
use crate::journal::{Audience, Entry};

/// Without it, some spreadsheets take UTF-8 for another encoding and spoil every accent.
const BYTE_ORDER_MARK: &str = "\u{feff}";

pub(super) fn write(material: &Material, catalogue: Catalogue) -> String {
    let own = newest_forms(&material.entries);
    let rows: Vec<(Label, &Entry)> = own
        .iter()
        .map(|entry| (Label::ExportMine, entry))
        .chain(material.shared_with_me.iter().flatten().map(|entry| (Label::ExportPartners, entry)))
        .collect();
    let names: BTreeSet<String> =
        rows.iter().flat_map(|(_, entry)| fields(entry).into_iter().map(|(name, _)| name)).collect();
    let heading = |name: &String| word(catalogue::fields(), name, catalogue);
    let fixed = ["date", "time", "offset", "whose", "kind", "audience"].map(str::to_owned);
    let mut table = BYTE_ORDER_MARK.to_owned() + &line(fixed.iter().chain(&names).map(heading));
    for (whose, entry) in rows {
        let when = entry.written.to_chrono();
        let audience = if entry.audience == Audience::Both { Label::GeneralBoth } else { Label::GeneralOnlyMe };
        let kind = word(catalogue::kinds(), entry.body.kind(), catalogue);
        let when = [
            entry.written.local_date().to_string(),
            format!("{:02}:{:02}:{:02}", when.hour(), when.minute(), when.second()),
            format!("UTC{}", when.offset()),
        ];
        let mut fields = fields(entry);
        let read = |name: &String| fields.remove(name).map(|value| value_reads(name, &value, catalogue));
        let values = names.iter().map(read).map(Option::unwrap_or_default);
        let row = when.into_iter().chain([catalogue.text(whose), kind, catalogue.text(audience)]).chain(values);
        table.push_str(&line(row));
    }
    table
}

/// How a word of a list reads; as it is stored, where the list has none.
pub(super) fn word(list: &[Word], id: &str, catalogue: Catalogue) -> String {
    list.iter().find(|word| word.id == id).map_or_else(|| id.to_owned(), |word| catalogue.text(word.text()))
}

fn line(cells: impl Iterator<Item = String>) -> String {
    cells.map(|text| cell(&text)).collect::<Vec<_>>().join(",") + "\r\n"
}

/// One cell. A text that a spreadsheet would take for a formula is marked as text.
fn cell(text: &str) -> String {
    let text = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\r', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_hold_any_text_and_no_formula() {
        assert_eq!(cell("plain"), "plain");
        assert_eq!(cell("a \"word\", two"), "\"a \"\"word\"\", two\"");
        assert_eq!(cell("two\nlines"), "\"two\nlines\"");
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("@SUM(A1)"), "'@SUM(A1)");
    }
}
