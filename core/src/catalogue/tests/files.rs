//! The files against the code, and against each other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fluent_syntax::ast::{self, Entry, Expression, InlineExpression, PatternElement};
use fluent_syntax::parser;

use crate::catalogue::message::Value;
use crate::catalogue::{Catalogue, Language, Message, every_message};

/// A message or a part of one, as it stands in a file.
pub(super) struct Written {
    pub(super) file: String,
    pub(super) text: String,
    values: BTreeSet<String>,
    refers_to: BTreeSet<String>,
}

/// Every file of a language: its name, below the language's folder, and its text.
fn files(language: Language) -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("catalogue").join(language.tag());
    let mut files = BTreeMap::new();
    let mut open = vec![folder.clone()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            let name = path.strip_prefix(&folder).unwrap().with_extension("").display().to_string();
            files.insert(name, fs::read_to_string(path).unwrap());
        }
    }
    files
}

/// Every message and part of a language by its id.
pub(super) fn written(language: Language) -> BTreeMap<String, Written> {
    let mut all = BTreeMap::new();
    let mut add = |id: String, file: &str, pattern: &ast::Pattern<&str>| {
        let mut one =
            Written { file: file.to_owned(), text: String::new(), values: BTreeSet::new(), refers_to: BTreeSet::new() };
        read_pattern(pattern, &mut one);
        assert!(all.insert(id.clone(), one).is_none(), "{id} is there twice");
    };
    for (file, text) in &files(language) {
        let resource = parser::parse(text.as_str()).unwrap_or_else(|(_, errors)| panic!("{file}: {errors:?}"));
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let value = message.value.as_ref().unwrap_or_else(|| panic!("{} has no text", message.id.name));
            add(message.id.name.to_owned(), file, value);
            for part in &message.attributes {
                add(format!("{}.{}", message.id.name, part.id.name), file, &part.value);
            }
        }
    }
    all
}

fn read_pattern(pattern: &ast::Pattern<&str>, into: &mut Written) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => into.text.push_str(value),
            PatternElement::Placeable { expression } => read_expression(expression, into),
        }
    }
}

fn read_expression(expression: &Expression<&str>, into: &mut Written) {
    match expression {
        Expression::Inline(inline) => read_inline(inline, into),
        Expression::Select { selector, variants } => {
            read_inline(selector, into);
            for variant in variants {
                // A word border, for the tests that look for words.
                into.text.push('\n');
                read_pattern(&variant.value, into);
            }
        }
    }
}

fn read_inline(inline: &InlineExpression<&str>, into: &mut Written) {
    match inline {
        InlineExpression::VariableReference { id } => drop(into.values.insert(id.name.to_owned())),
        InlineExpression::MessageReference { id, attribute: None } => {
            into.refers_to.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => read_expression(expression, into),
        other => panic!("texts keep to messages and values: {other:?}"),
    }
}

/// The values of a message, and of those that it refers to.
fn values(id: &str, all: &BTreeMap<String, Written>) -> BTreeSet<String> {
    let message = &all[id];
    let referred = message.refers_to.iter().flat_map(|other| values(other, all));
    message.values.iter().cloned().chain(referred).collect()
}

#[test]
fn every_message_that_the_code_names_can_be_said_in_every_language() {
    for language in Language::ALL {
        let all = written(*language);
        for message in every_message() {
            let id = message.id().to_string();
            assert!(all.contains_key(&id), "{id} is not there in {language:?}");
            let given: BTreeSet<_> = message.values.iter().map(|(name, _)| (*name).to_owned()).collect();
            assert_eq!(values(&id, &all), given, "{id} takes other values in {language:?}");
            assert_ne!(Catalogue::new(*language).text(message), id);
        }
    }
}

#[test]
fn no_file_holds_a_message_that_nobody_uses() {
    for language in Language::ALL {
        let all = written(*language);
        let mut used: BTreeSet<_> = every_message().into_iter().map(|message| message.id().to_string()).collect();
        let mut open: Vec<_> = used.iter().cloned().collect();
        while let Some(id) = open.pop() {
            let referred = all.get(&id).map(|message| message.refers_to.clone()).unwrap_or_default();
            open.extend(referred.into_iter().filter(|other| used.insert(other.clone())));
        }
        let unused: Vec<_> = all.keys().filter(|id| !used.contains(*id)).collect();
        assert!(unused.is_empty(), "nobody uses {unused:?} in {language:?}");
    }
}

#[test]
fn the_languages_hold_the_same_messages_in_the_same_files() {
    let english: Vec<_> = written(Language::English).into_iter().map(|(id, message)| (id, message.file)).collect();
    for language in Language::ALL {
        let other: Vec<_> = written(*language).into_iter().map(|(id, message)| (id, message.file)).collect();
        for (one, two) in english.iter().zip(&other) {
            assert_eq!(one, two, "{language:?}");
        }
        assert_eq!(english.len(), other.len(), "{language:?}");
    }
}

/// What reads alike in every language: the product's name.
const THE_SAME: &[&str] = &["general-cover", "notification-title"];

#[test]
fn nothing_was_left_untranslated() {
    let english = written(Language::English);
    for language in Language::ALL.iter().filter(|language| **language != Language::English) {
        for (id, message) in written(*language).into_iter().filter(|(id, _)| !THE_SAME.contains(&id.as_str())) {
            assert_ne!(message.text.to_lowercase(), english[&id].text.to_lowercase(), "{language:?} {id}");
        }
    }
}

#[test]
fn what_is_about_the_partner_stands_in_one_file_and_nothing_else_does() {
    for language in Language::ALL {
        for (id, message) in written(*language) {
            assert_eq!(id.starts_with("partner-"), message.file == "about_partner", "{id}");
        }
    }
}

#[test]
fn values_inside_values_are_said_in_the_same_language() {
    let period = every_message().into_iter().find(|message| message.id().to_string() == "export-period").unwrap();
    let is_said = |(_, value): &(_, Value)| if let Value::Said(message) = value { Some(message.clone()) } else { None };
    let days: Vec<Message> = period.values.iter().filter_map(is_said).collect();
    assert_eq!(days.len(), 2);
    for language in Language::ALL {
        let catalogue = Catalogue::new(*language);
        let whole = catalogue.text(period.clone());
        assert!(days.iter().all(|day| whole.contains(&catalogue.text(day.clone()))), "{whole}");
    }
}
