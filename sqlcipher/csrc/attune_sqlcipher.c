/*
** The SQLCipher amalgamation (with the three repairs that build.rs explains), and after it what Attune adds. Both are
** one translation unit on purpose: the compiler then checks every callback against the real declaration of
** sqlcipher_provider, so a change of it upstream breaks the build instead of the program, and the internals that the
** checked rekey needs are in reach.
**
** There is no cryptography in this file: all of it is in src/provider.rs.
*/

/* Asked by the repaired read of a page: was this page refused? */
static int attune_refused(void *codec, unsigned int page_number);

#include "sqlcipher.c"

/* src/provider.rs. Each returns 0 for success. */
extern int attune_crypto_random(unsigned char *out, size_t out_len);
extern int attune_crypto_hmac_sha512(
  const unsigned char *key, size_t key_len,
  const unsigned char *first, size_t first_len,
  const unsigned char *second, size_t second_len,
  unsigned char *out /* 64 bytes */
);
extern int attune_crypto_pbkdf2_sha512(
  const unsigned char *password, size_t password_len,
  const unsigned char *salt, size_t salt_len,
  unsigned int rounds,
  unsigned char *out, size_t out_len
);
extern int attune_crypto_aes256_cbc(
  int encrypt,
  const unsigned char *key /* 32 bytes */,
  const unsigned char *iv /* 16 bytes */,
  const unsigned char *in, size_t len,
  unsigned char *out
);

#define ATTUNE_KEY_SIZE 32
#define ATTUNE_BLOCK_SIZE 16
#define ATTUNE_HMAC_SIZE 64

static int attune_result(int failed) {
  return failed ? SQLITE_ERROR : SQLITE_OK;
}

/* ---- What the provider is ---------------------------------------------------------------------------------- */

static const char *attune_name(void *ctx) { (void)ctx; return "rustcrypto"; }
static const char *attune_version(void *ctx) { (void)ctx; return ATTUNE_PROVIDER_VERSION; }
static const char *attune_cipher_name(void *ctx) { (void)ctx; return "aes-256-cbc"; }
static int attune_key_size(void *ctx) { (void)ctx; return ATTUNE_KEY_SIZE; }
static int attune_iv_size(void *ctx) { (void)ctx; return ATTUNE_BLOCK_SIZE; }
static int attune_block_size(void *ctx) { (void)ctx; return ATTUNE_BLOCK_SIZE; }
static int attune_fips(void *ctx) { (void)ctx; return 0; }

/* It keeps no state. */
static int attune_ctx_init(void **ctx) { *ctx = NULL; return SQLITE_OK; }
static int attune_ctx_free(void **ctx) { *ctx = NULL; return SQLITE_OK; }

/* ---- What it computes -------------------------------------------------------------------------------------- */

/* The operating system's generator wants no seed from us. */
static int attune_add_random(void *ctx, const void *bytes, int len) {
  (void)ctx; (void)bytes; (void)len;
  return SQLITE_OK;
}

static int attune_random(void *ctx, void *out, int len) {
  (void)ctx;
  if( out == NULL || len < 0 ) return SQLITE_ERROR;
  return attune_result(attune_crypto_random(out, (size_t)len));
}

/*
** SHA-512 alone, which is what SQLCipher 4 uses. With another algorithm the calls below refuse, so every page
** operation fails: never a page without its authentication.
*/
static int attune_hmac_size(void *ctx, int algorithm) {
  (void)ctx;
  return algorithm == SQLCIPHER_HMAC_SHA512 ? ATTUNE_HMAC_SIZE : 0;
}

static int attune_hmac(
  void *ctx, int algorithm,
  const unsigned char *key, int key_len,
  const unsigned char *first, int first_len,
  const unsigned char *second, int second_len,
  unsigned char *out
){
  (void)ctx;
  if( algorithm != SQLCIPHER_HMAC_SHA512 ) return SQLITE_ERROR;
  if( key == NULL || first == NULL || out == NULL ) return SQLITE_ERROR;
  if( key_len < 0 || first_len < 0 || second_len < 0 ) return SQLITE_ERROR;
  if( second == NULL ) second_len = 0;
  return attune_result(attune_crypto_hmac_sha512(
    key, (size_t)key_len, first, (size_t)first_len, second, (size_t)second_len, out
  ));
}

static int attune_kdf(
  void *ctx, int algorithm,
  const unsigned char *password, int password_len,
  const unsigned char *salt, int salt_len,
  int rounds, int out_len, unsigned char *out
){
  (void)ctx;
  if( algorithm != SQLCIPHER_PBKDF2_HMAC_SHA512 ) return SQLITE_ERROR;
  if( password == NULL || salt == NULL || out == NULL ) return SQLITE_ERROR;
  if( password_len < 0 || salt_len < 0 || out_len < 0 || rounds < 1 ) return SQLITE_ERROR;
  return attune_result(attune_crypto_pbkdf2_sha512(
    password, (size_t)password_len, salt, (size_t)salt_len, (unsigned int)rounds, out, (size_t)out_len
  ));
}

static int attune_cipher(
  void *ctx, int mode,
  const unsigned char *key, int key_len,
  const unsigned char *iv,
  const unsigned char *in, int len,
  unsigned char *out
){
  (void)ctx;
  if( key == NULL || iv == NULL || in == NULL || out == NULL ) return SQLITE_ERROR;
  if( key_len != ATTUNE_KEY_SIZE || len < 0 || len % ATTUNE_BLOCK_SIZE != 0 ) return SQLITE_ERROR;
  return attune_result(attune_crypto_aes256_cbc(mode == SQLCIPHER_ENCRYPT, key, iv, in, (size_t)len, out));
}

/* Named by SQLCIPHER_CRYPTO_CUSTOM in build.rs. SQLCipher owns the table and hands it in zeroed or not: fill all. */
int attune_provider_setup(sqlcipher_provider *p) {
  memset(p, 0, sizeof(*p));
  p->get_provider_name = attune_name;
  p->get_provider_version = attune_version;
  p->get_cipher = attune_cipher_name;
  p->get_key_sz = attune_key_size;
  p->get_iv_sz = attune_iv_size;
  p->get_block_sz = attune_block_size;
  p->get_hmac_sz = attune_hmac_size;
  p->fips_status = attune_fips;
  p->ctx_init = attune_ctx_init;
  p->ctx_free = attune_ctx_free;
  p->add_random = attune_add_random;
  p->random = attune_random;
  p->hmac = attune_hmac;
  p->kdf = attune_kdf;
  p->cipher = attune_cipher;
  return SQLITE_OK;
}

/* ---- Reading a page ---------------------------------------------------------------------------------------- */

static int attune_refused(void *codec, unsigned int page_number) {
  return codec != NULL && page_number != 1 && ((codec_ctx*)codec)->error != SQLITE_OK;
}

/* ---- Changing the key -------------------------------------------------------------------------------------- */

/*
** sqlite3_rekey_v2 for "main", except that a failure leaves the connection with its old key. SQLCipher 4.20.0 sets the
** new key for writing before it has the write lock, and does not take it back: after SQLITE_BUSY the connection would
** go on to write pages under a key that nobody holds.
*/
int attune_rekey(sqlite3 *db, const void *key, int key_len) {
  unsigned char salt[FILE_HEADER_SZ];
  int rc, had_salt;
  Pager *pager;
  codec_ctx *codec;

  sqlite3_mutex_enter(db->mutex);
  pager = sqlite3BtreePager(db->aDb[0].pBt);
  codec = (codec_ctx*)sqlcipherPagerGetCodec(pager);
  if( codec == NULL || codec->error != SQLITE_OK || sqlite3_txn_state(db, "main") != SQLITE_TXN_NONE ){
    sqlite3_mutex_leave(db->mutex);
    return SQLITE_MISUSE;
  }
  had_salt = SQLCIPHER_FLAG_GET(codec->flags, CIPHER_FLAG_HAS_KDF_SALT);
  memcpy(salt, codec->kdf_salt, sizeof(salt));

  rc = sqlite3_rekey_v2(db, "main", key, key_len);
  if( rc != SQLITE_OK ){
    int restored = sqlcipher_codec_key_copy(codec, CIPHER_READ_CTX);
    if( had_salt ) memcpy(codec->kdf_salt, salt, sizeof(salt));
    if( restored != SQLITE_OK ) sqlite3pager_error(pager, restored); /* out of memory: better unusable */
  }
  sqlite3_mutex_leave(db->mutex);
  return rc;
}
