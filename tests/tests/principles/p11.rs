//! P11: no location, contacts, analytics or server; the only way out of a phone is the link to the other.

use std::fs;
use std::path::{Path, PathBuf};

use crate::keys::everything;

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// What talks to servers, reports, or finds out where one is.
const NO_DEPENDENCY: &[&str] = &[
    "http",
    "hyper",
    "reqwest",
    "ureq",
    "curl",
    "isahc",
    "surf",
    "h2",
    "quinn",
    "tungstenite",
    "tonic",
    "rustls",
    "openssl",
    "native-tls",
    "sentry",
    "opentelemetry",
    "metrics",
    "prometheus",
    "posthog",
    "segment",
    "amplitude",
    "hickory-resolver",
    "trust-dns-resolver",
    "mdns-sd",
    "geo",
    "geoip",
    "maxminddb",
    "gpsd",
    "tract",
    "ort",
    "candle-core",
    "llm",
];

#[test]
fn nothing_that_the_project_is_built_of_talks_to_a_server() {
    let lock = fs::read_to_string(project().join("Cargo.lock")).unwrap();
    let names: Vec<&str> = lock.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"')).collect();
    assert!(names.contains(&"automerge"), "the list is read");
    for name in names {
        let first = name.split('-').next().unwrap_or_default();
        let called = |forbidden: &&str| [name, first].contains(forbidden);
        assert!(!NO_DEPENDENCY.iter().any(called), "{name}");
    }
}

#[test]
fn sockets_are_opened_in_the_link_alone() {
    let mut of_sockets = Vec::new();
    sources(&project().join("core/src"), &mut |path, text| {
        let opens = ["TcpStream", "TcpListener", "UdpSocket", "UnixStream", "UnixListener", "socket2"];
        let names = text.split(|letter: char| !letter.is_alphanumeric());
        if names.into_iter().any(|name| opens.contains(&name)) {
            of_sockets.push(path.strip_prefix(project().join("core/src")).unwrap().to_owned());
        }
    });
    assert!(!of_sockets.is_empty());
    for path in of_sockets {
        assert!(path.starts_with("link"), "{}", path.display());
    }
}

fn sources(folder: &Path, see: &mut impl FnMut(&Path, &str)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, see);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            see(&path, &fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn no_field_says_where_or_who_someone_is_to_others() {
    let never = [
        "location",
        "latitude",
        "longitude",
        "position",
        "address",
        "phone",
        "email",
        "contact",
        "contacts",
        "account",
    ];
    for name in everything(110) {
        assert!(!crate::keys::words_of(&name).any(|word| never.contains(&word)), "{name}");
    }
}
