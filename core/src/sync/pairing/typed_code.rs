//! The code to type.
//!
//! Eighteen symbols of Crockford's base32 in six groups: the version, 80 random bits, and a check
//! symbol. Case, spaces and hyphens do not matter; `O` reads as `0`, `I` and `L` as `1`. The check is a
//! weighted sum over GF(32) with a different weight at every place, so that it catches every single
//! wrong symbol and every two that are swapped, wherever they stand.

use zeroize::Zeroizing;

use super::{PAIRING_VERSION, PairingError};

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SYMBOLS: usize = 18;
const GROUP: usize = 3;

/// The random part of a typed code.
pub(super) type CodeSecret = Zeroizing<[u8; 10]>;

/// The text to read out or to type.
pub(super) fn code_text(secret: &[u8; 10]) -> String {
    let mut symbols = vec![PAIRING_VERSION & 31];
    let bits = secret.iter().fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
    symbols.extend((0..16).rev().map(|place| five_bits(bits >> (5 * place))));
    // The check symbol has weight 1, so it is the sum of all the others.
    symbols.push(0);
    let check = weighted_sum(&symbols);
    symbols.pop();
    symbols.push(check);
    let symbols: Vec<_> =
        symbols.iter().filter_map(|symbol| ALPHABET.get(usize::from(*symbol)).map(|byte| char::from(*byte))).collect();
    symbols.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// Reads a code as somebody typed it.
pub(super) fn parse_code(text: &str) -> Result<CodeSecret, PairingError> {
    let mut symbols = Zeroizing::new(Vec::with_capacity(SYMBOLS));
    for letter in text.chars().filter(|letter| !letter.is_whitespace() && !is_hyphen(*letter)) {
        if symbols.len() == SYMBOLS {
            return Err(PairingError::WrongLength);
        }
        symbols.push(symbol(letter).ok_or(PairingError::WrongSymbol)?);
    }
    if symbols.len() != SYMBOLS {
        return Err(PairingError::WrongLength);
    }
    if weighted_sum(&symbols) != 0 {
        return Err(PairingError::Mistyped);
    }
    let (Some((version, rest)), Some((_, _))) = (symbols.split_first(), symbols.split_last()) else {
        return Err(PairingError::WrongLength);
    };
    if *version > PAIRING_VERSION {
        return Err(PairingError::VersionTooNew);
    }
    if *version != PAIRING_VERSION {
        return Err(PairingError::Damaged);
    }
    let bits = rest.iter().take(16).fold(0_u128, |bits, symbol| bits << 5 | u128::from(*symbol));
    let mut secret = Zeroizing::new([0; 10]);
    secret.iter_mut().zip(bits.to_be_bytes().iter().skip(6)).for_each(|(to, from)| *to = *from);
    Ok(secret)
}

fn symbol(letter: char) -> Option<u8> {
    let letter = match letter.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        letter => letter,
    };
    ALPHABET.iter().position(|known| char::from(*known) == letter).and_then(|place| u8::try_from(place).ok())
}

/// The hyphen and what keyboards put in its place.
fn is_hyphen(letter: char) -> bool {
    matches!(letter, '-' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Sum over GF(32) of the symbols, the last with weight 1, each one before with x times the weight of
/// the next. Zero for a code that is whole: x has order 31, so all weights differ.
fn weighted_sum(symbols: &[u8]) -> u8 {
    symbols.iter().fold(0, |sum, symbol| times_x(sum) ^ symbol)
}

/// Multiplies by x modulo x⁵ + x² + 1, which is primitive.
fn times_x(element: u8) -> u8 {
    let shifted = element << 1;
    if shifted & 32 == 0 { shifted } else { (shifted ^ 0b10_0101) & 31 }
}

fn five_bits(bits: u128) -> u8 {
    u8::try_from(bits & 31).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn letters(code: &str) -> Vec<char> {
        code.chars().filter(|letter| *letter != '-').collect()
    }

    proptest! {
        #[test]
        fn a_code_reads_back_as_people_type_it(secret in any::<[u8; 10]>(), style in 0..5_u8) {
            let code = code_text(&secret);
            prop_assert_eq!(code.len(), 18 + 5);
            let typed = match style {
                0 => code,
                1 => code.to_lowercase(),
                2 => code.replace('-', " "),
                3 => code.replace('-', "\u{2013}").replace('0', "o").replace('1', "l"),
                _ => code.replace('-', "").replace('0', "O").replace('1', "I"),
            };
            prop_assert_eq!(*parse_code(&typed).unwrap(), secret);
        }

        #[test]
        fn any_single_wrong_symbol_is_caught(secret in any::<[u8; 10]>(), at in 0..SYMBOLS, by in 1..32_usize) {
            let mut letters = letters(&code_text(&secret));
            let right = usize::from(symbol(letters[at]).unwrap());
            letters[at] = char::from(ALPHABET[(right + by) % 32]);
            let typed: String = letters.into_iter().collect();
            prop_assert_eq!(parse_code(&typed).err(), Some(PairingError::Mistyped));
        }

        #[test]
        fn any_two_swapped_symbols_are_caught(secret in any::<[u8; 10]>(), one in 0..SYMBOLS, other in 0..SYMBOLS) {
            let mut letters = letters(&code_text(&secret));
            prop_assume!(letters[one] != letters[other]);
            letters.swap(one, other);
            let typed: String = letters.into_iter().collect();
            prop_assert_eq!(parse_code(&typed).err(), Some(PairingError::Mistyped));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,60}") {
            let _ = parse_code(&text);
        }

        #[test]
        fn any_symbols_are_read_or_refused(text in "[0-9A-Za-z -]{0,24}") {
            if let Ok(secret) = parse_code(&text) {
                prop_assert_eq!(parse_code(&code_text(&secret)).map(|again| *again), Ok(*secret));
            }
        }
    }

    #[test]
    fn what_is_no_code_is_told_apart() {
        let code = code_text(&[9; 10]);
        assert_eq!(parse_code("").err(), Some(PairingError::WrongLength));
        assert_eq!(parse_code(&code[..22]).err(), Some(PairingError::WrongLength));
        assert_eq!(parse_code(&format!("{code}0")).err(), Some(PairingError::WrongLength));
        assert_eq!(parse_code(&code.replacen('-', "U", 1)).err(), Some(PairingError::WrongSymbol));
        assert_eq!(parse_code("attune:1:AAAA").err(), Some(PairingError::WrongSymbol));
    }

    #[test]
    fn a_whole_code_of_a_newer_version_is_told_as_such() {
        let mut symbols = [0_u8; SYMBOLS];
        symbols[0] = PAIRING_VERSION + 1;
        symbols[SYMBOLS - 1] = weighted_sum(&symbols);
        let code: String = symbols.iter().map(|symbol| char::from(ALPHABET[usize::from(*symbol)])).collect();
        assert_eq!(parse_code(&code).err(), Some(PairingError::VersionTooNew));
    }

    #[test]
    fn x_has_order_31() {
        let powers: std::collections::BTreeSet<_> =
            std::iter::successors(Some(1), |power| Some(times_x(*power))).take(31).collect();
        assert_eq!(powers.len(), 31);
        assert!(!powers.contains(&0));
    }
}
