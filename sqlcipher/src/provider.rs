//! The cryptography that SQLCipher asks of its provider, called by the table in `csrc/attune_sqlcipher.c`.
//!
//! Every function returns 0 for success and anything else for failure, upon which SQLCipher fails the page. None of
//! them panics: that would end the process.

use core::ffi::c_int;

use aes::cipher::{Array, BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha512;
use zeroize::Zeroizing;

const DONE: c_int = 0;
const FAILED: c_int = 1;

/// Fills `out` from the operating system's generator: salts and initialisation vectors.
///
/// # Safety
///
/// `out` is writable for `out_len` bytes.
#[unsafe(no_mangle)]
unsafe extern "C" fn attune_crypto_random(out: *mut u8, out_len: usize) -> c_int {
    if out_len == 0 {
        return DONE;
    }
    // SAFETY: the caller's promise. Written first, as C may hand over memory that never was.
    let out = unsafe {
        out.write_bytes(0, out_len);
        core::slice::from_raw_parts_mut(out, out_len)
    };
    match getrandom::fill(out) {
        Ok(()) => DONE,
        Err(_) => FAILED,
    }
}

/// HMAC-SHA512 over `first ‖ second`: the authentication of a page and its number.
///
/// # Safety
///
/// The inputs are readable for their lengths, `out` is writable for 64 bytes; they may overlap.
#[unsafe(no_mangle)]
unsafe extern "C" fn attune_crypto_hmac_sha512(
    key: *const u8,
    key_len: usize,
    first: *const u8,
    first_len: usize,
    second: *const u8,
    second_len: usize,
    out: *mut u8,
) -> c_int {
    let tag = {
        // SAFETY: the caller's promise, passed on.
        let (key, first, second) =
            unsafe { (readable(key, key_len), readable(first, first_len), readable(second, second_len)) };
        let Ok(mut mac) = Hmac::<Sha512>::new_from_slice(key) else { return FAILED };
        mac.update(first);
        mac.update(second);
        mac.finalize().into_bytes()
    };
    // SAFETY: writable for 64 bytes by the caller's promise, and the borrows of the inputs have ended.
    unsafe { core::ptr::copy_nonoverlapping(tag.as_ptr(), out, tag.len()) };
    DONE
}

/// PBKDF2-HMAC-SHA512: the HMAC key from the raw key (two rounds), or a key from a passphrase.
///
/// # Safety
///
/// `password` and `salt` are readable for their lengths, `out` is writable for `out_len` bytes; they may overlap.
#[unsafe(no_mangle)]
unsafe extern "C" fn attune_crypto_pbkdf2_sha512(
    password: *const u8,
    password_len: usize,
    salt: *const u8,
    salt_len: usize,
    rounds: u32,
    out: *mut u8,
    out_len: usize,
) -> c_int {
    // One block of SHA-512; SQLCipher asks for 32 bytes.
    let mut derived = Zeroizing::new([0; 64]);
    let Some(derived) = derived.get_mut(..out_len) else { return FAILED };
    {
        // SAFETY: the caller's promise, passed on.
        let (password, salt) = unsafe { (readable(password, password_len), readable(salt, salt_len)) };
        pbkdf2::pbkdf2_hmac::<Sha512>(password, salt, rounds, derived);
    }
    // SAFETY: the caller's promise, and the borrows of the inputs have ended.
    unsafe { core::ptr::copy_nonoverlapping(derived.as_ptr(), out, out_len) };
    DONE
}

/// AES-256-CBC without padding, of `len` bytes, which must be a multiple of 16.
///
/// # Safety
///
/// `key`, `iv` and `input` are readable for 32, 16 and `len` bytes, `out` is writable for `len` bytes. `input` and
/// `out` may overlap; `key` lies outside `out`.
#[unsafe(no_mangle)]
unsafe extern "C" fn attune_crypto_aes256_cbc(
    encrypt: c_int,
    key: *const u8,
    iv: *const u8,
    input: *const u8,
    len: usize,
    out: *mut u8,
) -> c_int {
    // SAFETY: 32 and 16 readable bytes by the caller's promise; arrays of bytes have no alignment. The vector is
    // copied, the key borrowed: it is outside of what is written below.
    let (key, iv) = unsafe { (&*key.cast::<[u8; 32]>(), *iv.cast::<[u8; 16]>()) };
    if len == 0 {
        return DONE;
    }
    // SAFETY: readable and writable for `len` by the caller's promise; `copy` allows overlap. From here the work is
    // done in place, and `input` is not looked at again.
    let out = unsafe {
        core::ptr::copy(input, out, len);
        core::slice::from_raw_parts_mut(out, len)
    };
    let (blocks, rest) = Array::slice_as_chunks_mut(out);
    if !rest.is_empty() {
        return FAILED;
    }
    if encrypt != 0 {
        cbc::Encryptor::<aes::Aes256Enc>::new(key.into(), &iv.into()).encrypt_blocks(blocks);
    } else {
        cbc::Decryptor::<aes::Aes256Dec>::new(key.into(), &iv.into()).decrypt_blocks(blocks);
    }
    DONE
}

/// A slice of what C hands over, where no bytes may come as a null pointer.
///
/// # Safety
///
/// `len` is 0, or `start` is readable for `len` bytes that nobody writes during `'a`.
unsafe fn readable<'a>(start: *const u8, len: usize) -> &'a [u8] {
    if len == 0 {
        return &[];
    }
    // SAFETY: the caller's promise.
    unsafe { core::slice::from_raw_parts(start, len) }
}

#[cfg(test)]
mod known_answers;
