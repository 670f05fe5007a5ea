//! Everything, for programs: `docs/export-schema.md` says what is where.

use serde_json::{Value, json};

use super::{Material, fields};
use crate::journal::{Audience, Entry};

/// Rises when a reader must know better.
const VERSION: u32 = 1;

pub(super) fn write(material: &Material) -> String {
    let mut export = json!({
        "format": "attune-export",
        "version": VERSION,
        "exported": material.now.to_string(),
        "from": material.range.from.to_string(),
        "to": material.range.to.to_string(),
        "entries": material.entries.iter().map(entry).collect::<Vec<_>>(),
    });
    if let (Some(shared), Some(export)) = (&material.shared_with_me, export.as_object_mut()) {
        export.insert("shared_with_me".to_owned(), shared.iter().map(entry).collect());
    }
    format!("{export:#}\n")
}

fn entry(entry: &Entry) -> Value {
    json!({
        "id": entry.id.to_string(),
        "kind": entry.body.kind(),
        "written": entry.written.to_string(),
        "local_date": entry.written.local_date().to_string(),
        "audience": match entry.audience {
            Audience::OnlyMe => "only_me",
            Audience::Both => "both",
        },
        "supersedes": entry.supersedes.map(|id| id.to_string()),
        "body": fields(entry),
    })
}
