//! Compiles the SQLCipher amalgamation together with the provider table in `csrc/attune_sqlcipher.c`.

/// SQLCipher's own switches.
const SQLCIPHER: &[&str] = &[
    "SQLITE_HAS_CODEC",
    "SQLITE_EXTRA_INIT=sqlcipher_extra_init",
    "SQLITE_EXTRA_SHUTDOWN=sqlcipher_extra_shutdown",
    "SQLCIPHER_CRYPTO_CUSTOM=attune_provider_setup",
    // Nothing about keys and pages on standard error, in logcat or in Apple's log.
    "SQLCIPHER_OMIT_LOG",
    "SQLCIPHER_OMIT_LOG_DEVICE",
    "SQLCIPHER_OMIT_DEFAULT_LOGGING",
    // The library that links this may have a DllMain of its own.
    "SQLCIPHER_OMIT_DLLMAIN",
    "ATTUNE_PROVIDER_VERSION=\"aes 0.9, sha2 0.11\"",
];

/// SQLite with what the product uses and little else.
const SQLITE: &[&str] = &[
    "SQLITE_CORE",
    "SQLITE_THREADSAFE=1",
    "SQLITE_ENABLE_FTS5",
    "SQLITE_ENABLE_API_ARMOR",
    "SQLITE_DEFAULT_FOREIGN_KEYS=1",
    "SQLITE_USE_URI",
    "SQLITE_USE_ALLOCA",
    "SQLITE_DQS=0",
    "SQLITE_DEFAULT_MEMSTATUS=0",
    "SQLITE_LIKE_DOESNT_MATCH_BLOBS",
    "SQLITE_MAX_EXPR_DEPTH=0",
    "SQLITE_OMIT_DEPRECATED",
    "SQLITE_OMIT_LOAD_EXTENSION",
    "SQLITE_OMIT_SHARED_CACHE",
    "HAVE_ISNAN",
    "HAVE_STDINT_H=1",
    "HAVE_USLEEP=1",
    "_POSIX_THREAD_SAFE_FUNCTIONS",
];

fn main() {
    println!("cargo::rerun-if-changed=csrc");
    let os = std::env::var("CARGO_CFG_TARGET_OS").unwrap_or_default();

    let mut build = cc::Build::new();
    build.file("csrc/attune_sqlcipher.c").include(sqlcipher_src::source_dir()).warnings(false);
    // This package is compiled at opt-level 3 in every profile, for its cryptography. SQLite gains nothing from that
    // but 0.9 MB.
    build.opt_level_str("s");
    for flag in SQLCIPHER.iter().chain(SQLITE) {
        match flag.split_once('=') {
            Some((name, value)) => build.define(name, value),
            None => build.define(flag, None),
        };
    }
    // Temporary tables and sorts hold readable rows: in memory unless asked otherwise, on Android always, which has
    // no directory for them.
    build.define("SQLITE_TEMP_STORE", if os == "android" { "3" } else { "2" });
    if os != "windows" {
        build.define("HAVE_LOCALTIME_R", None);
    }
    build.compile("attune_sqlcipher");
}
