//! Pages of what the partner shared.

use super::onlooker::meet;
use super::*;
use crate::journal::{EntryId, Need, Whose};
use crate::phone::EntryFilter;

#[test]
fn a_page_of_one_kind_is_full_although_newer_copies_are_of_another() {
    let (a, b) = (TestPhone::new(1), TestPhone::new(2));
    pair(&a, &b);
    let need = |text: &str| a.phone.journal().log(Body::from(Need { text: text.into() }), true).unwrap();
    let needs: Vec<EntryId> = ["quiet", "a walk", "to be heard"].map(need).into();
    (0..5).for_each(|number| a.log(&format!("worry {number}"), true));
    meet(&a, &b);
    let page = |before: Option<EntryId>, kind: &str| -> Vec<EntryId> {
        let (kind, whose) = (Some(kind.to_owned()), Some(Whose::Theirs));
        let filter = EntryFilter { kind, whose, before, limit: Some(2), ..EntryFilter::default() };
        b.phone.journal().items(&filter).unwrap().iter().map(|item| item.id).collect()
    };
    assert_eq!(page(None, "need"), [needs[2], needs[1]]);
    assert_eq!(page(Some(needs[1]), "need"), [needs[0]]);
    assert_eq!(page(Some(needs[0]), "need"), []);
    assert_eq!(page(None, "worry").len(), 2);
}
