//! The line to a headless phone: one JSON object goes out, one comes back, in order.

use serde_json::{Value, json};

/// A headless phone that can be spoken to. Several requests may be under way on different phones, so
/// sending and receiving are apart.
pub(crate) trait Line {
    /// Sends a request.
    fn send(&mut self, request: &Value) -> Result<(), Broken>;
    /// Waits for the answer to the earliest request that has none yet.
    fn receive(&mut self) -> Result<Value, Broken>;
    /// Ends the phone at once (SIGKILL); it is gone when this returns.
    fn kill(&mut self);
    /// Tells the phone that nothing more will come, and waits until it has ended.
    fn end(&mut self) -> Result<(), Broken>;
}

/// A phone that no longer answers, or answers what is no answer. Nothing can be learned from it any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Broken(pub(crate) String);

/// What a phone answered.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Reply {
    /// It was done; the result.
    Ok(Value),
    /// A practice rule said no: the code and its text.
    Refused(String, String),
    /// It failed: the code and its text.
    Error(String, String),
}

impl Reply {
    /// Reads an answer, which must be one of the three and hold nothing else.
    pub(super) fn read(answer: &Value) -> Result<Self, Broken> {
        let no_answer = || Broken(format!("this is no answer: {answer}"));
        let keys = answer.as_object().ok_or_else(no_answer)?;
        let text = |key: &str| keys.get(key).map(|text| text.as_str().map(str::to_owned).ok_or_else(no_answer));
        let said = text("text").transpose()?.unwrap_or_default();
        let (reply, others) = if let Some(result) = keys.get("ok") {
            (Self::Ok(result.clone()), 0)
        } else if let Some(code) = text("refused") {
            (Self::Refused(code?, said), usize::from(keys.contains_key("text")))
        } else if let Some(code) = text("error") {
            (Self::Error(code?, said), usize::from(keys.contains_key("text")))
        } else {
            return Err(no_answer());
        };
        if keys.len() == 1 + others { Ok(reply) } else { Err(no_answer()) }
    }
}

impl std::fmt::Display for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let shown = match self {
            Self::Ok(result) => json!({"ok": result}),
            Self::Refused(code, text) => json!({"refused": code, "text": text}),
            Self::Error(code, text) => json!({"error": code, "text": text}),
        };
        write!(f, "{shown}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_one_of_three() {
        assert_eq!(Reply::read(&json!({"ok": {"id": "x"}})), Ok(Reply::Ok(json!({"id": "x"}))));
        assert_eq!(Reply::read(&json!({"ok": null})), Ok(Reply::Ok(Value::Null)));
        let refused = json!({"refused": "Cap", "text": "enough for today"});
        assert_eq!(Reply::read(&refused), Ok(Reply::Refused("Cap".into(), "enough for today".into())));
        assert_eq!(Reply::read(&json!({"error": "Busy"})), Ok(Reply::Error("Busy".into(), String::new())));
        for wrong in
            [json!({}), json!([]), json!({"ok": {}, "error": "Busy"}), json!({"error": 1}), json!({"ok": 1, "x": 1})]
        {
            assert!(Reply::read(&wrong).is_err(), "{wrong}");
        }
    }
}
