//! Compiles the SQLCipher amalgamation together with the provider table in `csrc/attune_sqlcipher.c`, after three repairs.

use std::error::Error;
use std::path::PathBuf;

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
    "SQLITE_OMIT_AUTHORIZATION",
    // With it SQLCipher would accept a page of zeros.
    "SQLITE_OMIT_AUTOVACUUM",
    "SQLITE_OMIT_COMPLETE",
    "SQLITE_OMIT_DATETIME_FUNCS",
    "SQLITE_OMIT_DEPRECATED",
    "SQLITE_OMIT_DESERIALIZE",
    "SQLITE_OMIT_GET_TABLE",
    "SQLITE_OMIT_JSON",
    "SQLITE_OMIT_LOAD_EXTENSION",
    "SQLITE_OMIT_PROGRESS_CALLBACK",
    "SQLITE_OMIT_SHARED_CACHE",
    "SQLITE_OMIT_TCL_VARIABLE",
    "SQLITE_OMIT_TRACE",
    "SQLITE_OMIT_UTF16",
    "SQLITE_UNTESTABLE",
    "HAVE_ISNAN",
    "HAVE_STDINT_H=1",
    "HAVE_USLEEP=1",
    "_POSIX_THREAD_SAFE_FUNCTIONS",
];

/// What SQLCipher 4.20.0, or SQLite in it, does about three things, and what it does here instead.
const REPAIRS: &[(&str, &str)] = &[
    // Reading a page goes on when decryption fails, with a page of zeros: a table's page is then noticed to be none,
    // but a long value that continues on the page simply reads as zeros, without an error. Page 1 keeps the way it
    // was, because it gives the usual "not a database" for a wrong key. A page that could not be read at all is not
    // decrypted, which would make a passing fault a lasting one.
    (
        "\
  CODEC1(pPager, pPg->pData, pPg->pgno, 3, rc = SQLITE_NOMEM_BKPT);
",
        "\
  if( rc==SQLITE_OK ){ CODEC1(pPager, pPg->pData, pPg->pgno, 3, rc = SQLITE_NOMEM_BKPT); }
  if( rc==SQLITE_OK && attune_refused(pPager->pCodec, pPg->pgno) ) rc = SQLITE_CORRUPT_BKPT;
",
    ),
    // Changing the key ends with a commit whose result is ignored: on a full disk it says that all went well, and who
    // then throws the old key away has lost the file.
    (
        "\
        sqlite3BtreeCommit(pDb->pBt);
        sqlcipher_codec_key_copy(ctx, CIPHER_WRITE_CTX);
",
        "\
        rc = sqlite3BtreeCommit(pDb->pBt);
        if( rc==SQLITE_OK ) rc = sqlcipher_codec_key_copy(ctx, CIPHER_WRITE_CTX);
        else sqlite3BtreeRollback(pDb->pBt, SQLITE_ABORT_ROLLBACK, 0);
",
    ),
    // `secure_delete` overwrites a cell where it is deleted, but not the copy that stays behind in a page whose cells
    // were laid out anew when its tree was balanced: who erases that cell later erases it where it is now.
    (
        "\
  /* The pPg->nFree field is now set incorrectly. The caller will fix it. */
  assert( nCell < 10922 );
",
        "\
  if( pPg->pBt->btsFlags & BTS_FAST_SECURE ) memset(pCellptr, 0, pData - pCellptr);
  /* The pPg->nFree field is now set incorrectly. The caller will fix it. */
  assert( nCell < 10922 );
",
    ),
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=csrc");
    let os = std::env::var("CARGO_CFG_TARGET_OS")?;
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    std::fs::write(out.join("sqlcipher.c"), repaired_amalgamation()?)?;

    let mut build = cc::Build::new();
    build.file("csrc/attune_sqlcipher.c").include(&out).include(sqlcipher_src::source_dir()).warnings(false);
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
    if std::env::var_os("CARGO_FEATURE_FAULTS").is_some() && std::env::var_os("CARGO_CFG_UNIX").is_some() {
        build.file("csrc/faults.c");
    }
    build.compile("attune_sqlcipher");
    Ok(())
}

/// The source with its repairs. Another version of it, where such a place has moved or was mended, fails the build.
fn repaired_amalgamation() -> Result<String, Box<dyn Error>> {
    let mut source = std::fs::read_to_string(sqlcipher_src::source_dir().join(sqlcipher_src::SOURCE_FILE))?;
    for (found, instead) in REPAIRS {
        match source.matches(found).count() {
            1 => source = source.replace(found, instead),
            times => return Err(format!("this stands {times} times in the amalgamation, not once:\n{found}").into()),
        }
    }
    Ok(source)
}
