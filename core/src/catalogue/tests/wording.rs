//! How the texts speak: what never stands in them, in any language.

use std::collections::BTreeSet;

use super::files::written;
use crate::catalogue::{Catalogue, Label, Language, every_message};

/// Words and phrases that no text of the app holds. P14 asks it of texts about the partner alone; the app
/// can do without them everywhere, and so none can reach the partner by a detour.
const NEVER: [(Language, &[&str]); 2] = [
    (
        Language::English,
        &[
            "late",
            "missed",
            "ignored",
            "declined",
            "refused",
            "failed",
            "streak",
            "avoidant",
            "anxious",
            "you should",
            // Their kin.
            "overdue",
            "delayed",
            "ignores",
            "ignoring",
            "declines",
            "refuses",
            "refusing",
            "rejected",
            "rejects",
            "rejection",
            "fails",
            "failure",
            "streaks",
            "anxiously",
            "dismissive",
            "clingy",
            "needy",
            "should",
            "must",
            "have to",
            "ought to",
            "supposed to",
            // P1: nothing about an answer that did not come.
            "not answered",
            "unanswered",
            "no answer",
            "no reply",
            "unread",
            "has not seen",
            "last seen",
            "last active",
            "online",
            "offline since",
            "is typing",
            "waiting for your partner",
            // Nobody's nerves are measured, and no outcome is promised.
            "vagus",
            "vagal",
            "polyvagal",
            "parasympathetic",
            "nervous system",
            "cortisol",
            "proven",
            "guaranteed",
            "guarantee",
            "will heal",
            "cure",
            "cures",
        ],
    ),
    (
        Language::Spanish,
        &[
            "tarde",
            "tardanza",
            "tardó",
            "retraso",
            "retrasado",
            "retrasada",
            "retrasó",
            "atraso",
            "atrasado",
            "atrasada",
            "faltó",
            "falta",
            "perdió",
            "perdido",
            "perdida",
            "ignoró",
            "ignorado",
            "ignorada",
            "ignora",
            "ignorar",
            "rechazó",
            "rechazado",
            "rechazada",
            "rechazo",
            "rechaza",
            "rechazar",
            "declinó",
            "declinado",
            "declinada",
            "se negó",
            "negarse",
            "negativa",
            "falló",
            "fallado",
            "fallo",
            "falla",
            "fallida",
            "fallido",
            "fracasó",
            "fracaso",
            "fracasado",
            "racha",
            "rachas",
            "evitativo",
            "evitativa",
            "evasivo",
            "evasiva",
            "ansioso",
            "ansiosa",
            "ansiedad",
            "incumplió",
            "incumplido",
            "incumplida",
            "plantón",
            "deberías",
            "debería",
            "debes",
            "debe",
            "deben",
            "deberían",
            "tienes que",
            "tiene que",
            "hay que",
            "conviene que",
            // P1.
            "no contestó",
            "no ha contestado",
            "no respondió",
            "no ha respondido",
            "sin respuesta",
            "sin leer",
            "no ha visto",
            "visto por última vez",
            "última conexión",
            "en línea",
            "escribiendo",
            // No nerves, no promises.
            "vago",
            "vagal",
            "polivagal",
            "parasimpático",
            "sistema nervioso",
            "cortisol",
            "demostrado",
            "garantizado",
            "garantiza",
            "curar",
            "cura",
        ],
    ),
];

/// The text as words between single spaces, so that only whole words are found.
fn as_words(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    format!(" {} ", words.collect::<Vec<_>>().join(" "))
}

fn found(text: &str, words: &[&'static str]) -> Vec<&'static str> {
    let text = as_words(text);
    words.iter().copied().filter(|word| text.contains(&as_words(word))).collect()
}

#[test]
fn no_text_holds_a_word_that_judges_presses_or_tells_on_somebody() {
    assert_eq!(NEVER.iter().map(|(language, _)| *language).collect::<Vec<_>>(), Language::ALL);
    for (language, words) in NEVER {
        for (id, message) in written(language) {
            let found = found(&message.text, words);
            assert!(found.is_empty(), "{language:?} {id}: {found:?}");
        }
    }
}

#[test]
fn a_forbidden_word_is_found_in_any_case_and_only_whole() {
    assert_eq!(found("Too LATE.", NEVER[0].1), ["late"]);
    assert_eq!(found("You  should rest", NEVER[0].1), ["you should", "should"]);
    assert_eq!(found("Later, or on a plate", NEVER[0].1), [] as [&str; 0]);
    assert_eq!(found("Llegó TARDE", NEVER[1].1), ["tarde"]);
}

/// What a lock screen must not give away: that somebody else, a feeling or a plan is involved.
const TELLING: [(Language, &[&str]); 2] = [
    (
        Language::English,
        &[
            "partner",
            "couple",
            "relationship",
            "love",
            "feel",
            "feeling",
            "feelings",
            "calm",
            "breathe",
            "breathing",
            "promise",
            "pledge",
            "plan",
            "planned",
            "check",
            "round",
            "repair",
            "space",
            "together",
            "return",
            "how are you",
            "emotion",
            "practise",
            "invitation",
        ],
    ),
    (
        Language::Spanish,
        &[
            "pareja",
            "relación",
            "amor",
            "siento",
            "sientes",
            "sentir",
            "sentimiento",
            "sentimientos",
            "calma",
            "respira",
            "respirar",
            "respiración",
            "promesa",
            "plan",
            "planeado",
            "ronda",
            "reparación",
            "espacio",
            "juntos",
            "volver",
            "cómo estás",
            "emoción",
            "practicar",
            "práctica",
            "invitación",
            "contacto",
        ],
    ),
];

#[test]
fn a_lock_screen_gives_nothing_away_and_has_room_for_it() {
    for (language, words) in TELLING {
        let shown: Vec<_> =
            written(language).into_iter().filter(|(_, message)| message.file == "notifications").collect();
        assert!(!shown.is_empty());
        for (id, message) in shown {
            assert_eq!(found(&message.text, words), [] as [&str; 0], "{language:?} {id}");
            assert!(message.text.chars().count() <= 40, "{language:?} {id}");
        }
        let detailed = written(language).into_iter().filter(|(_, message)| message.file == "notifications_detailed");
        for (id, message) in detailed {
            assert!(message.text.chars().count() <= 80, "{language:?} {id}");
        }
    }
    assert!(!Label::NotificationPlain.id().is_about_partner());
}

#[test]
fn labels_fit_on_a_phone() {
    for language in Language::ALL {
        for message in every_message() {
            let id = message.id().to_string();
            let text = Catalogue::new(*language).text(message);
            let most = if id.ends_with(".text") || id.starts_with("help-") { 480 } else { 240 };
            assert!(text.chars().count() <= most, "{language:?} {id}: {}", text.chars().count());
            assert!(!text.trim().is_empty() && text.trim() == text, "{language:?} {id}");
        }
    }
}

#[test]
fn every_text_about_the_partner_can_be_listed() {
    for language in Language::ALL {
        let written = written(*language).into_values().filter(|message| message.file == "about_partner").count();
        let listed = Catalogue::new(*language).about_partner();
        assert_eq!(listed.len(), written, "{language:?}");
        assert_eq!(listed.iter().collect::<BTreeSet<_>>().len(), listed.len(), "{language:?}: twice the same text");
    }
}
