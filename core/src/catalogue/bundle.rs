//! The files, read once for each language.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::Language;
use super::message::{Message, Value};

type Bundle = FluentBundle<FluentResource>;

static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| read(Language::English));
static SPANISH: LazyLock<Bundle> = LazyLock::new(|| read(Language::Spanish));

/// Every file by its name, in both languages, so that none can exist in only one of them.
macro_rules! files {
    ($($name:literal,)*) => {
        /// The name and the text of every file of a language.
        pub(super) const fn files(language: Language) -> &'static [(&'static str, &'static str)] {
            match language {
                Language::English => {
                    &[$(($name, include_str!(concat!("../../catalogue/en/", $name, ".ftl"))),)*]
                }
                Language::Spanish => {
                    &[$(($name, include_str!(concat!("../../catalogue/es/", $name, ".ftl"))),)*]
                }
            }
        }
    };
}

files! {
    "about_partner",
    "cards",
    "counts",
    "cues",
    "dates",
    "emotions",
    "evidence",
    "exercises",
    "export",
    "fields",
    "help",
    "kinds",
    "leaning",
    "notifications",
    "notifications_detailed",
    "presence",
    "programme_closeness",
    "programme_distance",
    "reasons",
    "rounds",
    "safety",
    "screens/afterwards",
    "screens/breathe",
    "screens/contact",
    "screens/general",
    "screens/insights",
    "screens/invitation",
    "screens/journal",
    "screens/me",
    "screens/practise",
    "screens/reach_out",
    "screens/repair",
    "screens/space",
    "screens/today",
    "screens/together",
    "screens/turn",
    "situations",
    "states",
    "strategies",
    "urges",
    "welcome",
}

/// A message in a language; `None` where it is not there or cannot be put together.
pub(super) fn say(language: Language, message: &Message) -> Option<String> {
    let bundle: &Bundle = match language {
        Language::English => &ENGLISH,
        Language::Spanish => &SPANISH,
    };
    let (name, part) = message.id.split();
    let found = bundle.get_message(name)?;
    let pattern = match part {
        None => found.value()?,
        Some(part) => found.get_attribute(part)?.value(),
    };
    let mut arguments = FluentArgs::with_capacity(message.values.len());
    for (name, value) in &message.values {
        let value = match value {
            Value::Number(number) => FluentValue::from(*number),
            Value::Plain(text) => FluentValue::from(text.as_str()),
            Value::Said(message) => FluentValue::from(say(language, message)?),
        };
        arguments.set(*name, value);
    }
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&arguments), &mut errors);
    errors.is_empty().then(|| text.into_owned())
}

fn read(language: Language) -> Bundle {
    let identifier = language.tag().parse::<LanguageIdentifier>().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![identifier]);
    // Fluent would wrap every value in invisible marks that keep text of the other direction apart. All
    // our languages run the same way, and the marks would end up in exports, in searches and in tests.
    bundle.set_use_isolating(false);
    for (_, text) in files(language) {
        // What could be read is taken even where a line is wrong; the tests take nothing that is wrong.
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, _)| resource);
        let _twice = bundle.add_resource(resource);
    }
    bundle
}
