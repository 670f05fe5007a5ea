//! Which kinds of entry a person writes down as such, edits, searches and shares: the items. All other
//! kinds are acts and notes that flows and settings are made of.

/// Items, and whether a copy may be shared with the partner (spec §3, §13).
const ITEMS: &[(&str, bool)] = &[
    ("check_in", true),
    ("moment", true),
    ("sentence", true),
    ("appreciation", true),
    ("worry", true),
    ("need", true),
    ("request", true),
    ("weekly", false), // shared line by line, by naming the lines
    ("alone", true),
    ("expectation", false),
    ("return", false),
    ("exercise", true),
    ("leaning", false),
    ("strength", true),
    ("savour", true),
    ("loop_half", true),
    ("calm_place", false),
    ("support_person", false),
    ("belief", false),
];

/// Every kind of item.
pub fn item_kinds() -> impl Iterator<Item = &'static str> {
    ITEMS.iter().map(|(kind, _)| *kind)
}

/// Whether entries of this kind are items.
pub fn is_item(kind: &str) -> bool {
    item_kinds().any(|item| item == kind)
}

/// Whether a copy of an item of this kind may be shared.
pub fn can_be_shared(kind: &str) -> bool {
    ITEMS.contains(&(kind, true))
}
