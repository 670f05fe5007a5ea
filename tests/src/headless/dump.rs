//! Everything that a phone holds or could show, so that a scenario can look for what must not be there.

use serde_json::{Map, json};

use super::answer::{Answer, Fault};
use super::arguments::Arguments;
use super::opening::Opened;

impl Opened {
    pub(super) fn dump(&mut self, arguments: Arguments) -> Answer {
        arguments.done()?;
        let held = serde_json::from_str(&self.phone.dump_json()?);
        let mut dump: Map<_, _> = held.map_err(|_| Fault::error("Damaged", "what the phone holds is no JSON"))?;
        dump.insert("views".to_owned(), self.every_view()?.into());
        dump.insert("texts".to_owned(), self.texts()?);
        Ok(dump.into())
    }

    /// The texts that the app itself writes, and whether they are about the partner (P14).
    fn texts(&self) -> Answer {
        let mut texts = self.phone.catalogue().about_partner();
        texts.push(self.phone.partner().status()?.text);
        Ok(texts.into_iter().map(|text| json!({"text": text, "about_partner": true})).collect())
    }
}
