//! As much of JSON Schema as `docs/export.schema.json` uses; what it does not know it refuses.

use chrono::{DateTime, NaiveDate};
use serde_json::Value;

/// Where a value is not what a schema says, and what is wrong there.
pub(crate) fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    Checker { root: schema, found: &mut found }.check(schema, value, "");
    found
}

struct Checker<'a> {
    root: &'a Value,
    found: &'a mut Vec<String>,
}

impl Checker<'_> {
    fn check(&mut self, schema: &Value, value: &Value, at: &str) {
        for (keyword, asked) in schema.as_object().unwrap() {
            let holds = match keyword.as_str() {
                "$schema" | "$defs" | "title" => true,
                "$ref" => {
                    let place = asked.as_str().unwrap().strip_prefix('#').unwrap();
                    self.check(self.root.pointer(place).unwrap(), value, at);
                    true
                }
                "type" => is_of_type(value, asked.as_str().unwrap()),
                "const" => value == asked,
                "enum" => asked.as_array().unwrap().contains(value),
                "minimum" => value.as_i64() >= asked.as_i64(),
                "maximum" => value.as_i64() <= asked.as_i64(),
                "maxItems" => value.as_array().is_none_or(|items| items.len() as u64 <= asked.as_u64().unwrap()),
                "minProperties" => {
                    value.as_object().is_some_and(|fields| fields.len() as u64 >= asked.as_u64().unwrap())
                }
                "format" => value.as_str().is_some_and(|text| has_format(text, asked.as_str().unwrap())),
                "pattern" => {
                    assert_eq!(asked, "^[0-9a-v]{26}$", "the only pattern that is known");
                    value.as_str().is_some_and(|text| {
                        text.len() == 26 && text.chars().all(|c| c.is_ascii_digit() || ('a'..='v').contains(&c))
                    })
                }
                "required" => asked.as_array().unwrap().iter().all(|name| value.get(name.as_str().unwrap()).is_some()),
                "properties" => {
                    for (name, part) in asked.as_object().unwrap() {
                        value.get(name).into_iter().for_each(|field| self.check(part, field, &format!("{at}/{name}")));
                    }
                    true
                }
                "additionalProperties" => {
                    assert_eq!(asked, false);
                    let named = schema["properties"].as_object().unwrap();
                    let surprises =
                        value.as_object().into_iter().flatten().filter(|(name, _)| !named.contains_key(*name));
                    surprises.for_each(|(name, _)| self.found.push(format!("{at}/{name}: not named")));
                    true
                }
                "items" => {
                    let items = value.as_array().into_iter().flatten().enumerate();
                    items.for_each(|(n, item)| self.check(asked, item, &format!("{at}/{n}")));
                    true
                }
                "anyOf" => asked.as_array().unwrap().iter().any(|part| self.holds(part, value)),
                "allOf" => {
                    asked.as_array().unwrap().iter().for_each(|part| self.check(part, value, at));
                    true
                }
                "if" => {
                    if self.holds(asked, value) {
                        self.check(&schema["then"], value, at);
                    }
                    true
                }
                "then" => true,
                other => panic!("`{other}` is not known"),
            };
            if !holds {
                self.found.push(format!("{at}: not {keyword} {asked}"));
            }
        }
    }

    fn holds(&self, schema: &Value, value: &Value) -> bool {
        let mut found = Vec::new();
        Checker { root: self.root, found: &mut found }.check(schema, value, "");
        found.is_empty()
    }
}

fn is_of_type(value: &Value, name: &str) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "null" => value.is_null(),
        other => panic!("`{other}` is not known"),
    }
}

fn has_format(text: &str, name: &str) -> bool {
    match name {
        "date" => text.len() == 10 && text.parse::<NaiveDate>().is_ok(),
        "date-time" => DateTime::parse_from_rfc3339(text).is_ok(),
        other => panic!("`{other}` is not known"),
    }
}
