//! Published test vectors, through the very functions that SQLCipher calls.

use core::ffi::c_int;

use super::*;

fn hex(text: &str) -> Vec<u8> {
    hex::decode(text).unwrap()
}

fn hmac(key: &[u8], first: &[u8], second: &[u8]) -> String {
    let mut out = [0; 64];
    // SAFETY: pointers and lengths of live slices, and 64 bytes of room.
    let code = unsafe {
        let (k, a, b) = (key.as_ptr(), first.as_ptr(), second.as_ptr());
        attune_crypto_hmac_sha512(k, key.len(), a, first.len(), b, second.len(), out.as_mut_ptr())
    };
    assert_eq!(code, DONE);
    hex::encode(out)
}

fn pbkdf2(password: &[u8], salt: &[u8], rounds: u32, len: usize) -> Result<String, c_int> {
    let mut out = vec![0; len];
    // SAFETY: pointers and lengths of live slices.
    let code = unsafe {
        let (p, s) = (password.as_ptr(), salt.as_ptr());
        attune_crypto_pbkdf2_sha512(p, password.len(), s, salt.len(), rounds, out.as_mut_ptr(), len)
    };
    if code == DONE { Ok(hex::encode(&out)) } else { Err(code) }
}

fn aes(encrypt: bool, key: &[u8; 32], iv: &[u8; 16], input: &[u8]) -> Result<Vec<u8>, c_int> {
    let mut out = vec![0; input.len()];
    // SAFETY: arrays of the right sizes, and an output as long as the input.
    let code = unsafe {
        let (k, v, i) = (key.as_ptr(), iv.as_ptr(), input.as_ptr());
        attune_crypto_aes256_cbc(c_int::from(encrypt), k, v, i, input.len(), out.as_mut_ptr())
    };
    if code == DONE { Ok(out) } else { Err(code) }
}

/// NIST SP 800-38A, F.2.5 and F.2.6: CBC-AES256.
mod sp_800_38a {
    pub(super) const KEY: &str = "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4";
    pub(super) const IV: &str = "000102030405060708090a0b0c0d0e0f";
    pub(super) const PLAIN: &str = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51\
                                    30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";
    pub(super) const CIPHER: &str = "f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d\
                                     39f23369a9d9bacfa530e26304231461b2eb05e2c39be9fcda6c19078c6a9d1b";
}

#[test]
fn aes_256_cbc_agrees_with_sp_800_38a() {
    let key = hex(sp_800_38a::KEY).try_into().unwrap();
    let iv = hex(sp_800_38a::IV).try_into().unwrap();
    let (plain, cipher) = (hex(sp_800_38a::PLAIN), hex(sp_800_38a::CIPHER));
    assert_eq!(aes(true, &key, &iv, &plain), Ok(cipher.clone()));
    assert_eq!(aes(false, &key, &iv, &cipher), Ok(plain));
}

#[test]
fn aes_works_in_place() {
    let (key, iv) = (hex(sp_800_38a::KEY), hex(sp_800_38a::IV));
    let mut page = hex(sp_800_38a::PLAIN);
    // SAFETY: 32, 16 and `page.len()` bytes; input and output are one buffer, which is allowed.
    let code = unsafe {
        let buffer = page.as_mut_ptr();
        attune_crypto_aes256_cbc(1, key.as_ptr(), iv.as_ptr(), buffer, page.len(), buffer)
    };
    assert_eq!(code, DONE);
    assert_eq!(page, hex(sp_800_38a::CIPHER));
}

#[test]
fn aes_refuses_a_part_of_a_block() {
    for len in [1, 15, 17, 4095] {
        assert!(aes(true, &[1; 32], &[2; 16], &vec![3; len]).is_err(), "{len}");
    }
    assert_eq!(aes(true, &[1; 32], &[2; 16], &[]), Ok(vec![]));
}

/// RFC 4231, cases 1 to 4, 6 and 7 (5 is about truncation): key, data, HMAC-SHA-512.
fn rfc_4231() -> Vec<(Vec<u8>, Vec<u8>, &'static str)> {
    vec![
        (
            vec![0x0b; 20],
            b"Hi There".to_vec(),
            "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde\
             daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854",
        ),
        (
            b"Jefe".to_vec(),
            b"what do ya want for nothing?".to_vec(),
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554\
             9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
        ),
        (
            vec![0xaa; 20],
            vec![0xdd; 50],
            "fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39\
             bf3e848279a722c806b485a47e67c807b946a337bee8942674278859e13292fb",
        ),
        (
            (1..=25).collect(),
            vec![0xcd; 50],
            "b0ba465637458c6990e5a8c5f61d4af7e576d97ff94b872de76f8050361ee3db\
             a91ca5c11aa25eb4d679275cc5788063a5f19741120c4f2de2adebeb10a298dd",
        ),
        (
            vec![0xaa; 131],
            b"Test Using Larger Than Block-Size Key - Hash Key First".to_vec(),
            "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352\
             6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598",
        ),
        (
            vec![0xaa; 131],
            b"This is a test using a larger than block-size key and a larger than block-size data. The key needs to \
              be hashed before being used by the HMAC algorithm."
                .to_vec(),
            "e37b6a775dc87dbaa4dfa9f96e5e3ffddebd71f8867289865df5a32d20cdc944\
             b6022cac3c4982b10d5eeb55c3e4de15134676fb6de0446065c97440fa8c6a58",
        ),
    ]
}

#[test]
fn hmac_sha512_agrees_with_rfc_4231_wherever_the_data_is_cut() {
    for (key, data, tag) in rfc_4231() {
        for cut in 0..=data.len() {
            let (first, second) = data.split_at(cut);
            assert_eq!(hmac(&key, first, second), tag);
        }
    }
}

/// RFC 6070's inputs with HMAC-SHA-512; the answers are those that OpenSSL (Python's `hashlib.pbkdf2_hmac`) gives.
#[test]
fn pbkdf2_sha512_agrees_with_the_usual_vectors() {
    let cases = [
        (
            1,
            "867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252\
             c02d470a285a0501bad999bfe943c08f050235d7d68b1da55e63f73b60a57fce",
        ),
        (
            2,
            "e1d9c16aa681708a45f5c7c4e215ceb66e011a2e9f0040713f18aefdb866d53c\
             f76cab2868a39b9f7840edce4fef5a82be67335c77a6068e04112754f27ccf4e",
        ),
        (
            4096,
            "d197b1b33db0143e018b12f3d1d1479e6cdebdcc97c5c0f87f6902e072f457b5\
             143f30602641b3d55cd335988cb36b84376060ecd532e039b742a239434af2d5",
        ),
    ];
    for (rounds, derived) in cases {
        assert_eq!(pbkdf2(b"password", b"salt", rounds, 64).as_deref(), Ok(derived));
        assert_eq!(pbkdf2(b"password", b"salt", rounds, 32).as_deref(), Ok(&derived[..64]));
    }
}

#[test]
fn pbkdf2_refuses_more_than_one_block() {
    assert!(pbkdf2(b"password", b"salt", 1, 65).is_err());
}

#[test]
fn random_bytes_fill_the_whole_buffer_and_differ() {
    let draw = |len: usize| {
        let mut out = vec![0; len];
        // SAFETY: a live buffer of that length.
        assert_eq!(unsafe { attune_crypto_random(out.as_mut_ptr(), len) }, DONE);
        out
    };
    let (one, other) = (draw(4096), draw(4096));
    assert_ne!(one, other);
    // A run of 16 zeros has a chance of about 2^-115.
    assert!(!one.windows(16).any(|part| part == [0; 16]));
    assert_eq!(draw(0), []);
}
