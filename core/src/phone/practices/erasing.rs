//! What stays when entries are erased from which something follows.

use std::collections::BTreeSet;

use super::limit::LIMIT_KINDS;
use crate::journal::{Entry, EntryId, Path, Whose};
use crate::phone::PhoneError;
use crate::phone::keeping::Open;
use crate::practice::Act;
use crate::practice::limit::OwnLimit;
use crate::practice::programme::{TICKING, keep_ticks};
use crate::store::EntryQuery;

impl Open {
    /// What to write beside the erasing of these, so that the own limit does not rise by it (spec §4.1) and
    /// what was ticked stays ticked (spec §11).
    pub(in crate::phone) fn what_erasing_leaves(&self, erased: &BTreeSet<EntryId>) -> Result<Vec<Act>, PhoneError> {
        let mine = |kinds: &[&str]| {
            let query = EntryQuery { whose: Some(Whose::Mine), kinds, ..EntryQuery::default() };
            Ok::<_, PhoneError>(self.store.entries(&query)?)
        };
        let stays = |entry: &&Entry| !erased.contains(&entry.id);
        let limits = mine(LIMIT_KINDS)?;
        let (before, after) = (OwnLimit::fold(&limits), OwnLimit::fold(limits.iter().filter(stays)));
        let mut acts: Vec<Act> = after.held_at(&before).into_iter().collect();
        let mut ticking = mine(&["programme_act"])?;
        if !ticking.is_empty() {
            ticking.extend(mine(TICKING)?);
        }
        for path in [Path::Distance, Path::Closeness] {
            acts.extend(keep_ticks(path, &ticking, ticking.iter().filter(stays), self.now()));
        }
        Ok(acts)
    }
}
