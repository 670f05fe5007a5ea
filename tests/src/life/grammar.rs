//! Sentences from a grammar of word lists (`grammar.txt`): plain English that reads like a journal, with
//! about as much chance in it as people's own words have, so that sizes and compression mean something.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::dice::Dice;

type Rules = HashMap<&'static str, Vec<&'static str>>;

fn rules() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    RULES.get_or_init(|| {
        let mut rules = Rules::new();
        let mut current = "";
        for line in include_str!("grammar.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let ways = match line.split_once(": ") {
                Some((name, ways)) if !line.starts_with(' ') => {
                    current = name;
                    ways
                }
                _ => line,
            };
            let ways = ways.split('|').map(str::trim).filter(|way| !way.is_empty());
            rules.entry(current).or_default().extend(ways);
        }
        rules
    })
}

/// One way to say `rule`, and after it `more` sentences about anything; `{name}` is the partner.
/// Nothing is said twice in the same words while there are others.
pub(super) fn say(rule: &str, more: u32, partner: &str, dice: &mut Dice) -> String {
    let mut speech = Speech { partner, dice, used: HashSet::new(), text: String::new() };
    speech.expand(rule);
    for _ in 0..more {
        speech.text.push(' ');
        speech.expand("said");
    }
    speech.text
}

struct Speech<'a> {
    partner: &'a str,
    dice: &'a mut Dice,
    used: HashSet<&'static str>,
    text: String,
}

impl Speech<'_> {
    fn expand(&mut self, rule: &str) {
        if rule == "name" {
            self.text.push_str(self.partner);
            return;
        }
        let mut rest = self.way(rule);
        while let Some((before, inside)) = rest.split_once('{') {
            let (slot, after) = inside.split_once('}').unwrap_or((inside, ""));
            self.text.push_str(before);
            let start = self.text.len();
            self.expand(slot);
            self.begin_with_a_capital(start);
            rest = after;
        }
        self.text.push_str(rest);
    }

    fn way(&mut self, rule: &str) -> &'static str {
        let ways = rules().get(rule).map(Vec::as_slice).unwrap_or_default();
        let mut way = "";
        for _ in 0..6 {
            way = self.dice.pick(ways).copied().unwrap_or_default();
            if self.used.insert(way) {
                break;
            }
        }
        way
    }

    /// A slot that stands first in a sentence begins with a capital.
    fn begin_with_a_capital(&mut self, start: usize) {
        let opens = self
            .text
            .get(..start)
            .is_some_and(|before| before.ends_with([' ']) && before.trim_end().ends_with(['.', '?']));
        if opens && let Some(first) = self.text.get_mut(start..=start) {
            first.make_ascii_uppercase();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slot_of_the_grammar_is_a_rule() {
        for (name, ways) in rules() {
            assert!(!ways.is_empty(), "{name} says nothing");
            for way in ways {
                for slot in way.split('{').skip(1).map(|rest| rest.split_once('}').unwrap().0) {
                    assert!(slot == "name" || rules().contains_key(slot), "{name} asks for {slot}");
                }
            }
        }
    }

    #[test]
    fn a_thousand_texts_hardly_repeat_and_hold_no_empty_slot() {
        let mut dice = Dice::new(1, 1);
        let texts: std::collections::BTreeSet<_> = (0..1000).map(|_| say("said", 2, "Alex", &mut dice)).collect();
        assert!(texts.len() == 1000, "{} of 1000 differ", texts.len());
        assert!(texts.iter().all(|text| !text.contains(['{', '}', '|']) && !text.contains("  ")));
    }
}
