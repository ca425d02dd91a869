//! Builds messages with as little code as possible.
//!
//! Messages are concatenated and not formatted with `format!`: they are the least used lines of the client, and
//! formatting was half of its wasm (floats alone 18 kB, quoting with `{:?}` another 5).

use alloc::borrow::ToOwned;
use alloc::string::String;

/// Concatenates strings. This is one function for all messages, because `concat` would be inlined into each.
#[inline(never)]
pub(crate) fn concat(parts: &[&str]) -> String {
    let mut out = String::with_capacity(parts.iter().map(|part| part.len()).sum());
    for part in parts {
        out.push_str(part);
    }
    out
}

/// Builds a message from a template: the next text replaces each `$`, and the next number each `#`. A template is one
/// constant and one call; concatenating the parts of all messages was 0.6 kB gz more.
#[inline(never)]
pub(crate) fn say(template: &'static str, texts: &[&str], numbers: &[usize]) -> String {
    let (mut texts, mut numbers) = (texts.iter(), numbers.iter());
    let mut out = String::new();
    for character in template.chars() {
        match character {
            '$' => out.push_str(texts.next().copied().unwrap_or_default()),
            '#' => push_digits(&mut out, numbers.next().copied().unwrap_or_default() as u64),
            _ => out.push(character),
        }
    }
    out
}

/// The number of characters of a text. The standard library counts several at a time, which takes 1 kB.
pub(crate) fn count_characters(text: &str) -> usize {
    let continues = |byte: u8| byte & 0b1100_0000 == 0b1000_0000;
    text.bytes().fold(0, |length, byte| if continues(byte) { length } else { length + 1 })
}

/// The number as an integer, if a JavaScript number represents it exactly.
#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "compared with what it came from")]
pub(crate) fn as_integer(number: f64) -> Option<i64> {
    let whole = number as i64;
    (whole as f64 == number && whole.unsigned_abs() < 1 << 53).then_some(whole)
}

/// A number for a message: integers in digits, others described in words.
pub(crate) fn describe_number(number: f64) -> String {
    match as_integer(number) {
        Some(integer) => signed_decimal(integer),
        None if number.is_nan() => "NaN".to_owned(),
        None if number > -9e15 && number < 9e15 => "a fraction".to_owned(),
        None => "out of range".to_owned(),
    }
}

/// A whole number in figures.
pub(crate) fn signed_decimal(number: i64) -> String {
    let mut digits = String::with_capacity(20);
    push_signed_decimal(&mut digits, number);
    digits
}

/// Appends a whole number in figures.
pub(crate) fn push_signed_decimal(out: &mut String, number: i64) {
    if number < 0 {
        out.push('-');
    }
    push_digits(out, number.unsigned_abs());
}

fn push_digits(out: &mut String, number: u64) {
    if number >= 10 {
        push_digits(out, number / 10);
    }
    #[allow(clippy::cast_possible_truncation, reason = "a digit is below 10")]
    out.push(char::from(b'0' + (number % 10) as u8));
}

/// A character's number in hexadecimal, with at least four digits.
pub(crate) fn hexadecimal(character: char) -> String {
    let number = u32::from(character);
    let mut digits = String::with_capacity(6);
    for place in (0..6).rev() {
        #[allow(clippy::cast_possible_truncation, reason = "the mask leaves four bits")]
        let four_bits = (number >> (place * 4) & 15) as u8;
        if place < 4 || !digits.is_empty() || four_bits != 0 {
            digits.push(digit(four_bits));
        }
    }
    digits
}

/// The hexadecimal digit of four bits.
pub(crate) fn digit(four_bits: u8) -> char {
    char::from(if four_bits < 10 { b'0' + four_bits } else { b'A' + (four_bits - 10) })
}

/// A text in quotation marks, escaped as JSON does it.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    push_quoted(&mut out, text);
    out
}

/// Appends a text in quotation marks, escaped as JSON does it.
pub(crate) fn push_quoted(out: &mut String, text: &str) {
    out.push('"');
    if text.bytes().any(|byte| byte < b' ' || byte == b'"' || byte == b'\\') {
        text.chars().for_each(|character| push_escaped(out, character));
    } else {
        out.push_str(text);
    }
    out.push('"');
}

fn push_escaped(out: &mut String, character: char) {
    if character < ' ' {
        out.push_str("\\u");
        return out.push_str(&hexadecimal(character));
    }
    if character == '"' || character == '\\' {
        out.push('\\');
    }
    out.push(character);
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use alloc::string::ToString;
    use proptest::prelude::*;

    #[test]
    fn says_numbers() {
        let cases = [
            (3000.0, "3000"),
            (0.0, "0"),
            (-1.0, "-1"),
            (1.5, "a fraction"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "out of range"),
            (2_147_483_648.0, "2147483648"),
        ];
        for (number, words) in cases {
            assert_eq!(describe_number(number), words);
        }
    }

    #[test]
    fn fills_templates() {
        assert_eq!(say("$ of # is $", &["all", "$ #"], &[7]), "all of 7 is $ #");
        assert_eq!(say("no more", &["a"], &[1]), "no more");
    }

    proptest! {
        #[test]
        fn says_them_as_the_standard_library_does(number: i64, size: usize, code: char) {
            prop_assert_eq!(signed_decimal(number), number.to_string());
            prop_assert_eq!(say("#", &[], &[size]), size.to_string());
            prop_assert_eq!(count_characters(&code.to_string().repeat(3)), 3);
            prop_assert_eq!(hexadecimal(code), format!("{:04X}", u32::from(code)));
        }

        #[test]
        fn quotes_as_json_does(text: String) {
            let parsed: Result<String, _> = serde_json::from_str(&quoted(&text));
            prop_assert_eq!(parsed.ok(), Some(text));
        }
    }
}
