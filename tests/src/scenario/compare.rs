//! Does an answer match what a scenario expects?
//!
//! An object matches if it has the given keys with matching values; others may exist. A list is compared
//! in full, unless the expectation is one of `{"has": X}`, `{"none": X}` and `{"count": n}`. Times are
//! compared as instants.

use chrono::DateTime;
use serde_json::Value;

/// Where an answer differs, and how.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Difference {
    /// The way there, such as `body.words[1]`; empty for the whole answer.
    pub(super) at: String,
    /// What was expected there.
    pub(super) expected: String,
    /// What stood there.
    pub(super) seen: String,
}

/// Compares by subset; the first difference, where there is one.
pub(super) fn matches(expected: &Value, seen: &Value) -> Result<(), Difference> {
    walk(expected, seen, &mut Vec::new())
}

/// Compares two whole answers, apart from some keys, however deep.
pub(super) fn same(expected: &Value, seen: &Value, apart_from: &[String]) -> Result<(), Difference> {
    let (expected, seen) = (without(expected, apart_from), without(seen, apart_from));
    equal(&expected, &seen, &mut Vec::new())
}

/// Looks for keys that must not be there, however deep.
pub(super) fn lacks(keys: &[String], seen: &Value) -> Result<(), Difference> {
    let children: Vec<&Value> = match seen {
        Value::Object(object) => {
            if let Some(key) = keys.iter().find(|key| object.contains_key(*key)) {
                return Err(Difference {
                    at: String::new(),
                    expected: format!("no key \"{key}\" at any depth"),
                    seen: seen.to_string(),
                });
            }
            object.values().collect()
        }
        Value::Array(list) => list.iter().collect(),
        _ => Vec::new(),
    };
    children.into_iter().try_for_each(|child| lacks(keys, child))
}

fn walk(expected: &Value, seen: &Value, path: &mut Vec<Part>) -> Result<(), Difference> {
    match (expected, seen) {
        (Value::Object(wanted), Value::Object(there)) => wanted.iter().try_for_each(|(key, wanted)| {
            let Some(there) = there.get(key) else {
                return Err(differs(path, format!("key \"{key}\": {wanted}"), seen));
            };
            at(path, Part::Key(key.clone()), |path| walk(wanted, there, path))
        }),
        (Value::Object(wanted), Value::Array(list))
            if !wanted.is_empty() && wanted.keys().all(|key| is_about_lists(key)) =>
        {
            wanted.iter().try_for_each(|(how, wanted)| {
                if about_list(how, wanted, list) { Ok(()) } else { Err(differs(path, expected, seen)) }
            })
        }
        (Value::Array(wanted), Value::Array(there)) => {
            if wanted.len() != there.len() {
                return Err(differs(path, format!("{} in a list: {expected}", wanted.len()), seen));
            }
            wanted
                .iter()
                .zip(there)
                .enumerate()
                .try_for_each(|(index, (wanted, there))| at(path, Part::Index(index), |path| walk(wanted, there, path)))
        }
        _ if same_scalar(expected, seen) => Ok(()),
        _ => Err(differs(path, expected, seen)),
    }
}

fn equal(expected: &Value, seen: &Value, path: &mut Vec<Part>) -> Result<(), Difference> {
    match (expected, seen) {
        (Value::Object(wanted), Value::Object(there)) => {
            if let Some(key) =
                wanted.keys().chain(there.keys()).find(|key| wanted.get(*key).is_none() || there.get(*key).is_none())
            {
                return Err(differs(path, format!("the same keys, also \"{key}\": {expected}"), seen));
            }
            wanted.iter().zip(there.values()).try_for_each(|((key, wanted), there)| {
                at(path, Part::Key(key.clone()), |path| equal(wanted, there, path))
            })
        }
        (Value::Array(wanted), Value::Array(there)) if wanted.len() == there.len() => {
            wanted.iter().zip(there).enumerate().try_for_each(|(index, (wanted, there))| {
                at(path, Part::Index(index), |path| equal(wanted, there, path))
            })
        }
        _ if same_scalar(expected, seen) => Ok(()),
        _ => Err(differs(path, expected, seen)),
    }
}

fn is_about_lists(key: &str) -> bool {
    matches!(key, "has" | "none" | "count")
}

fn about_list(how: &str, wanted: &Value, list: &[Value]) -> bool {
    let some = || list.iter().any(|element| matches(wanted, element).is_ok());
    match how {
        "has" => some(),
        "none" => !some(),
        _ => same_scalar(wanted, &Value::from(list.len())),
    }
}

fn same_scalar(expected: &Value, seen: &Value) -> bool {
    match (expected, seen) {
        (Value::String(a), Value::String(b)) => a == b || instant(a).is_some_and(|a| Some(a) == instant(b)),
        (Value::Number(a), Value::Number(b)) => a == b || (a.as_f64() == b.as_f64() && (a.is_f64() || b.is_f64())),
        _ => expected == seen,
    }
}

fn instant(text: &str) -> Option<DateTime<chrono::FixedOffset>> {
    DateTime::parse_from_rfc3339(text).ok()
}

fn without(value: &Value, keys: &[String]) -> Value {
    match value {
        Value::Object(object) => {
            let kept = object.iter().filter(|(key, _)| !keys.contains(key));
            kept.map(|(key, value)| (key.clone(), without(value, keys))).collect()
        }
        Value::Array(list) => list.iter().map(|value| without(value, keys)).collect(),
        _ => value.clone(),
    }
}

enum Part {
    Key(String),
    Index(usize),
}

fn at<T>(path: &mut Vec<Part>, part: Part, look: impl FnOnce(&mut Vec<Part>) -> T) -> T {
    path.push(part);
    let found = look(path);
    path.pop();
    found
}

fn differs(path: &[Part], expected: impl ToString, seen: &Value) -> Difference {
    let mut at = String::new();
    for part in path {
        match part {
            Part::Key(key) if at.is_empty() => at.push_str(key),
            Part::Key(key) => at.extend([".", key]),
            Part::Index(index) => at.push_str(&format!("[{index}]")),
        }
    }
    Difference { at, expected: expected.to_string(), seen: seen.to_string() }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn is(expected: Value, seen: Value) -> bool {
        matches(&expected, &seen).is_ok()
    }

    #[test]
    fn an_object_matches_by_the_keys_that_are_given() {
        assert!(is(json!({"a": 1}), json!({"a": 1, "b": 2})));
        assert!(is(json!({}), json!({"a": 1})));
        assert!(is(json!({"a": {"b": 1}}), json!({"a": {"b": 1, "c": 2}})));
        assert!(!is(json!({"a": 1, "b": 2}), json!({"a": 1})));
        assert!(!is(json!({"a": 1}), json!({"a": 2})));
        assert!(!is(json!({"a": null}), json!({})), "null is a value that must be there");
        assert!(!is(json!({}), json!(null)));
        assert!(!is(json!({}), json!([])), "no list is an object");
    }

    #[test]
    fn a_list_is_compared_in_full_and_in_order() {
        assert!(is(json!([{"a": 1}, 2]), json!([{"a": 1, "b": 1}, 2])));
        assert!(!is(json!([1]), json!([1, 2])));
        assert!(!is(json!([1, 2]), json!([1])));
        assert!(!is(json!([1, 2]), json!([2, 1])));
        assert!(is(json!([]), json!([])));
    }

    #[test]
    fn a_list_has_some_or_none_or_so_many() {
        let list = json!([{"a": 1, "b": 1}, {"a": 2}]);
        assert!(is(json!({"has": {"a": 2}}), list.clone()));
        assert!(!is(json!({"has": {"a": 3}}), list.clone()));
        assert!(is(json!({"has": {}}), list.clone()));
        assert!(!is(json!({"has": {}}), json!([])));
        assert!(is(json!({"none": {"a": 3}}), list.clone()));
        assert!(!is(json!({"none": {"b": 1}}), list.clone()));
        assert!(is(json!({"count": 2}), list.clone()));
        assert!(!is(json!({"count": 1}), list.clone()));
        assert!(is(json!({"list": {"count": 2}}), json!({"list": list})));
    }

    #[test]
    fn words_about_lists_are_plain_keys_of_an_object() {
        assert!(is(json!({"count": 2}), json!({"count": 2, "dates": []})));
        assert!(!is(json!({"count": 2}), json!({"count": 3})));
    }

    #[test]
    fn times_are_compared_as_instants() {
        assert!(is(json!("2026-03-02T08:00:00+01:00"), json!("2026-03-02T07:00:00Z")));
        assert!(is(json!("2026-03-02T08:00:00+01:00"), json!("2026-03-02T08:00:00.000+01:00")));
        assert!(!is(json!("2026-03-02T08:00:00+01:00"), json!("2026-03-02T08:00:00Z")));
        assert!(!is(json!("2026-03-02"), json!("2026-03-02T00:00:00Z")));
        assert!(is(json!(5), json!(5.0)));
        assert!(!is(json!(5), json!("5")));
    }

    #[test]
    fn a_difference_names_its_place() {
        let found = matches(&json!({"a": [{"b": 1}]}), &json!({"a": [{"b": 2}]})).unwrap_err();
        assert_eq!(found, Difference { at: "a[0].b".into(), expected: "1".into(), seen: "2".into() });
    }

    #[test]
    fn keys_are_missed_at_any_depth() {
        let keys = ["late".to_owned()];
        assert!(lacks(&keys, &json!({"a": [{"b": "late"}]})).is_ok(), "a value is no key");
        assert!(lacks(&keys, &json!({"a": [{"late": 1}]})).is_err());
        assert!(lacks(&keys, &json!({"late": null})).is_err());
    }

    #[test]
    fn whole_answers_are_equal_apart_from_named_keys() {
        let (a, b) =
            (json!([{"id": 1, "x": "2026-03-02T08:00:00+01:00"}]), json!([{"id": 2, "x": "2026-03-02T07:00:00Z"}]));
        assert!(same(&a, &b, &[]).is_err());
        assert!(same(&a, &b, &["id".into()]).is_ok());
        assert!(same(&json!({"a": 1}), &json!({"a": 1, "b": 2}), &[]).is_err(), "no key may be added");
        assert!(same(&json!({"a": 1, "b": 2}), &json!({"a": 1}), &[]).is_err(), "and none may go");
        assert!(same(&json!([1]), &json!([1, 2]), &[]).is_err());
    }
}
