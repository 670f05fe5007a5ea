//! What a phone shows.

use attune_core::journal::{Body, WeeklyLine, Whose};
use attune_core::phone::{Answered, Content, EntryFilter, JournalItem, PartnerState, SharedItem, Versions};
use serde_json::{Value, json};

use super::answer::{Answer, Fault};
use super::arguments::Arguments;
use super::opening::Opened;

impl Opened {
    pub(super) fn show(&mut self, mut arguments: Arguments) -> Answer {
        match arguments.text("view")?.as_str() {
            "entries" => self.entries(arguments),
            "partner" => self.partner(arguments),
            "shared_with_me" => self.shared_with_me(arguments),
            "together" => self.together(arguments),
            "round" => self.show_round(arguments),
            "rounds" => self.show_rounds(arguments),
            "may_invite" => self.show_may_invite(arguments),
            "limit" => self.show_limit(arguments),
            "caps" => self.show_caps(arguments),
            "pledge" => self.show_pledge(arguments),
            "repair" => self.show_repair(arguments),
            "turn" => self.show_turn(arguments),
            "insights" => self.show_insights(arguments),
            "moments" => self.show_moments(arguments),
            "returns" => self.show_returns(arguments),
            "toolkit" => self.show_toolkit(arguments),
            "suggestions" => self.show_suggestions(arguments),
            "help_offered" => self.show_help_offered(arguments),
            "upcoming" => self.show_upcoming(arguments),
            "programme" => self.show_programme(arguments),
            _ => Err(Fault::bad("no such view")),
        }
    }

    fn entries(&self, mut arguments: Arguments) -> Answer {
        let filter = EntryFilter {
            kind: arguments.maybe_text("kind")?,
            whose: whose(arguments.maybe_text("whose")?)?,
            from: arguments.maybe_date("from")?,
            to: arguments.maybe_date("to")?,
            ..EntryFilter::default()
        };
        arguments.done()?;
        if filter.kind.as_deref().is_some_and(|kind| !is_kind(kind)) {
            return Err(Fault::bad("no such kind"));
        }
        Ok(self.phone.journal().items(&filter)?.iter().map(item).collect())
    }

    fn partner(&self, arguments: Arguments) -> Answer {
        arguments.done()?;
        let status = self.phone.partner().status()?;
        let state = match status.state {
            PartnerState::NotPaired => "not_paired",
            PartnerState::NotMet => "not_met",
            PartnerState::Met => "met",
        };
        Ok(json!({
            "paired": status.state != PartnerState::NotPaired,
            "last_met": status.last_met,
            "state": state,
            "text": status.text,
            "sync_paused": status.sync_paused,
        }))
    }

    fn shared_with_me(&self, arguments: Arguments) -> Answer {
        arguments.done()?;
        Ok(self.phone.journal().shared_with_me()?.iter().map(shared).collect())
    }

    fn together(&self, arguments: Arguments) -> Answer {
        arguments.done()?;
        let view = self.phone.together().view()?;
        Ok(json!({
            "ritual": versions(&view.ritual),
            "phrases": versions(&view.phrases),
            "plan": versions(&view.plan),
        }))
    }

    /// Every view that needs nothing to look at, for the dump.
    pub(super) fn every_view(&self) -> Result<Vec<Value>, Fault> {
        let nothing = || Arguments::new(serde_json::Map::new());
        let theirs = EntryFilter { whose: Some(Whose::Theirs), ..EntryFilter::default() };
        let theirs: Value = self.phone.journal().items(&theirs)?.iter().map(item).collect();
        Ok(vec![
            json!({"view": "entries", "whose": "mine", "answer": self.entries(nothing())?}),
            json!({"view": "entries", "whose": "theirs", "answer": theirs}),
            json!({"view": "partner", "answer": self.partner(nothing())?}),
            json!({"view": "shared_with_me", "answer": self.shared_with_me(nothing())?}),
            json!({"view": "together", "answer": self.together(nothing())?}),
            json!({"view": "rounds", "answer": self.show_rounds(nothing())?}),
            json!({"view": "may_invite", "answer": self.show_may_invite(nothing())?}),
            json!({"view": "limit", "answer": self.show_limit(nothing())?}),
            json!({"view": "caps", "answer": self.show_caps(nothing())?}),
            json!({"view": "programme", "answer": self.show_programme(nothing())?}),
            json!({"view": "insights", "answer": self.show_insights(nothing())?}),
            json!({"view": "returns", "answer": self.show_returns(nothing())?}),
            json!({"view": "toolkit", "answer": self.show_toolkit(nothing())?}),
            json!({"view": "suggestions", "answer": self.show_suggestions(nothing())?}),
            json!({"view": "help_offered", "answer": self.show_help_offered(nothing())?}),
        ])
    }
}

fn item(item: &JournalItem) -> Value {
    let body = match &item.content {
        Content::Own(body) => json!(body),
        Content::AsShared(fields) => json!(fields),
        Content::Newer => json!({}),
    };
    json!({
        "id": item.id,
        "kind": item.kind,
        "mine": item.whose == Whose::Mine,
        "shared": item.shared,
        "written": item.written,
        "local_date": item.written.local_date().to_string(),
        "edits": item.edits,
        "body": body,
    })
}

fn shared(item: &SharedItem) -> Value {
    let body = match &item.content {
        Some(Answered::Copy(fields)) => json!(fields),
        Some(Answered::Answer(answer)) => json!(answer),
        None => json!({}),
    };
    json!({"id": item.id, "as_of": item.as_of, "kind": item.kind, "body": body})
}

fn versions(versions: &Versions) -> Value {
    json!({"value": versions.value, "other_versions": versions.other_versions})
}

fn whose(word: Option<String>) -> Result<Option<Whose>, Fault> {
    match word.as_deref() {
        None => Ok(None),
        Some("mine") => Ok(Some(Whose::Mine)),
        Some("theirs") => Ok(Some(Whose::Theirs)),
        Some(_) => Err(Fault::bad("\"whose\" is neither \"mine\" nor \"theirs\"")),
    }
}

/// Whether something is listed under this kind: an item, a shared line or a shared summary.
fn is_kind(kind: &str) -> bool {
    Body::KINDS.contains(&kind) || kind == "summary" || WeeklyLine::ALL.iter().any(|line| line.name() == kind)
}
