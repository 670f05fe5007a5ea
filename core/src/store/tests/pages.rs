//! A file as someone sees it who has the key and looks at every byte: pages in use, free pages, and the
//! frames of the write-ahead log.

use std::path::Path;

use aes::cipher::{BlockModeDecrypt, KeyIvInit};

const PAGE: usize = 4096;
/// SQLCipher 4 keeps an initialisation vector and an HMAC at the end of each page.
const RESERVED: usize = 80;

/// Every page of the database and every frame of its log, decrypted.
pub(super) fn all_pages(database: &Path, key: &[u8; 32]) -> Vec<Vec<u8>> {
    let main = std::fs::read(database).unwrap();
    assert_eq!(main.len() % PAGE, 0);
    let mut pages: Vec<_> = main.chunks(PAGE).enumerate().map(|(index, page)| decrypt(page, key, index == 0)).collect();
    let log = std::fs::read(database.with_extension("db-wal")).unwrap_or_default();
    for frame in log.get(32..).unwrap_or_default().chunks_exact(24 + PAGE) {
        pages.push(decrypt(&frame[24..], key, frame[..4] == [0, 0, 0, 1]));
    }
    pages
}

/// How many of the pages hold these bytes.
pub(super) fn holding(pages: &[Vec<u8>], bytes: &[u8]) -> usize {
    pages.iter().filter(|page| page.windows(bytes.len()).any(|window| window == bytes)).count()
}

fn decrypt(page: &[u8], key: &[u8; 32], first: bool) -> Vec<u8> {
    let (mut content, rest) = (page[..PAGE - RESERVED].to_vec(), &page[PAGE - RESERVED..]);
    let from = if first { 16 } else { 0 };
    let mut cipher = cbc::Decryptor::<aes::Aes256>::new_from_slices(key, &rest[..16]).unwrap();
    content[from..].chunks_exact_mut(16).for_each(|block| cipher.decrypt_block(block.try_into().unwrap()));
    content
}
