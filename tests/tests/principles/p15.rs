//! P15: one's own data exports whole; what the partner shared is included only when ticked.

use std::fs;

use serde_json::json;

use crate::people::{Person, Two};

/// Own words of every kind that has some, the partner's beside them.
fn written(two: &mut Two) -> Vec<String> {
    let bodies = [
        json!({"kind": "check_in", "state": "mixed", "activation": 6, "note": "own note"}),
        json!({"kind": "moment", "urge": "fix", "situation": "own situation", "need": "own wish"}),
        json!({"kind": "sentence", "feeling": "own feeling", "need": "own lack"}),
        json!({"kind": "appreciation", "text": "own thanks"}),
        json!({"kind": "worry", "text": "own worry"}),
        json!({"kind": "need", "text": "own need"}),
        json!({"kind": "request", "text": "own request"}),
        json!({"kind": "strength", "whose": "mine", "text": "own strength"}),
        json!({"kind": "savour", "text": "own lake"}),
        json!({"kind": "loop_half", "text": "own half"}),
        json!({"kind": "calm_place", "text": "own bench"}),
        json!({"kind": "support_person", "name": "own friend"}),
        json!({"kind": "weekly", "worry": "own week"}),
    ];
    for body in &bodies {
        two.ada.logs(body.clone(), false);
    }
    let due = "2026-03-02T12:00:00+01:00";
    two.ada.makes("pledge.make", json!({"due": due, "how": "own way"}));
    two.bob.logs(json!({"kind": "worry", "text": "canary of a worry"}), true);
    two.bob.logs(json!({"kind": "weekly", "appreciation": "canary of a week", "shared": ["appreciation"]}), false);
    two.bob.makes("pledge.make", json!({"due": due, "how": "canary of a pledge", "sentence": "canary of a sentence"}));
    two.meet();
    let own = bodies.iter().flat_map(|body| body.as_object().unwrap().values());
    let own = own.filter_map(|text| text.as_str().filter(|text| text.starts_with("own ")));
    own.map(str::to_owned).chain(["own way".to_owned()]).collect()
}

/// The files of an export, by their ends.
fn export(person: &mut Person, with_the_partners: bool) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().unwrap();
    person.does(
        "export",
        json!({"folder": folder.path(), "from": "2026-03-01", "to": "2026-03-31",
            "include_shared_with_me": with_the_partners}),
    );
    let files = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path());
    files.map(|file| (file.display().to_string(), fs::read_to_string(&file).unwrap())).collect()
}

#[test]
fn own_words_are_all_in_it_and_the_partners_only_when_ticked() {
    let mut two = Two::paired(150);
    let own = written(&mut two);
    assert!(own.len() > 14);
    for ticked in [false, true] {
        let files = export(&mut two.ada, ticked);
        let json = files.iter().find(|(name, _)| name.ends_with(".json")).unwrap();
        for text in &own {
            assert!(json.1.contains(text), "{text}");
        }
        assert!(files.len() > 2);
        if ticked {
            assert!(json.1.contains("canary of a worry") && json.1.contains("canary of a week"));
        } else {
            for (name, text) in files {
                assert!(!text.contains("canary"), "{name}");
            }
        }
    }
}
