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

/// The files of a language, packed together by `build.rs`.
macro_rules! packed {
    ($folder:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $folder, ".ftl.zst"))
    };
}

fn packed(language: Language) -> &'static [u8] {
    match language {
        Language::English => packed!("en"),
        Language::Spanish => packed!("es"),
    }
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
    // What could be read is taken even where a line is wrong; the tests take nothing that is wrong.
    let text = zstd::decode_all(packed(language)).ok().and_then(|text| String::from_utf8(text).ok());
    let resource = FluentResource::try_new(text.unwrap_or_default()).unwrap_or_else(|(resource, _)| resource);
    let _twice = bundle.add_resource(resource);
    bundle
}
