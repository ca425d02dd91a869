//! Instructions of WebAssembly that JavaScript does not have, and for which `wasm2js` writes long code.
//!
//! Unaligned reads and writes of 32 bits are written byte by byte everywhere: 67 reads and 38 writes in the client. As
//! two functions, they take a kilobyte less of gzip, and engines inline them.
//!
//! Rotations are calls of a function with unnecessary masks. Engines recognise the usual two shifts and compile them to
//! one instruction; hashing consists of rotations, and a token takes a quarter less time with these.

use anyhow::{Context, Result, ensure};

const FUNCTIONS: &str = "
 function read32(at) {
  return HEAPU8[at] | HEAPU8[at + 1 | 0] << 8 | (HEAPU8[at + 2 | 0] << 16 | HEAPU8[at + 3 | 0] << 24);
 }

 function write32(at, value) {
  HEAP8[at] = value;
  HEAP8[at + 1 | 0] = value >>> 8;
  HEAP8[at + 2 | 0] = value >>> 16;
  HEAP8[at + 3 | 0] = value >>> 24;
 }
";

/// The direction of a rotation, with its shift and the opposite one.
struct Rotation {
    /// The beginning of its function in the text.
    function: &'static str,
    call: &'static str,
    there: &'static str,
    back: &'static str,
}

const ROTATIONS: [Rotation; 2] = [
    Rotation {
        function: " function __wasm_rotl_i32($0_1, $1_1) {",
        call: "__wasm_rotl_i32($",
        there: "<<",
        back: ">>>",
    },
    Rotation {
        function: " function __wasm_rotr_i32($0_1, $1_1) {",
        call: "__wasm_rotr_i32($",
        there: ">>>",
        back: "<<",
    },
];

/// Shortens these instructions in the module's function.
pub(super) fn shorten(module: &str) -> Result<String> {
    let module = ROTATIONS.iter().try_fold(module.to_owned(), |module, rotation| rotation.shorten(&module))?;
    let (module, reads) = replaced(&module, "HEAP", read);
    let (module, writes) = replaced(&module, "HEAP", write);
    ensure!(
        reads > 0 && writes > 0,
        "wasm2js spells reads and writes of 32 bits out in another way: {reads}, {writes}"
    );
    let (head, functions) = module.split_once("\n function ").context("wasm2js puts its functions into one")?;
    Ok(format!("{head}\n{FUNCTIONS}\n function {functions}"))
}

impl Rotation {
    /// Writes the function with two shifts, and inlines rotations of a variable: a hash has more of them than an engine
    /// inlines into one function.
    fn shorten(&self, module: &str) -> Result<String> {
        let Self { function, call, there, back } = self;
        let (before, from) = module.split_once(function).with_context(|| format!("wasm2js has no{function}"))?;
        let (_, behind) = from.split_once("\n }").context("wasm2js ends functions in a line of their own")?;
        let body = format!("\n  return $0_1 {there} $1_1 | $0_1 {back} 32 - $1_1;");
        let (before, calls) = replaced(before, call, |text| self.inlined(text));
        ensure!(calls > 0, "wasm2js writes rotations in another way than {call}");
        Ok(format!("{before}{function}{body}\n }}{behind}"))
    }

    /// `$1 << 7 | $1 >>> 25`, for the call with such a variable and number.
    fn inlined<'a>(&self, text: &'a str) -> Option<(String, &'a str)> {
        let (given, behind) = text.strip_prefix(self.call)?.split_once(')')?;
        let (name, count) = given.split_once(", ")?;
        let count: u32 = count.parse().ok()?;
        let Self { there, back, .. } = self;
        is_name(name).then(|| (format!("(${name} {there} {count} | ${name} {back} {})", 32 - count), behind))
    }
}

/// Whether this is a variable, so that it can be evaluated twice.
fn is_name(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'$' | b'_'))
}

/// Replaces every match of `find`, and counts them. `find` is called wherever the text has `start`, and returns the
/// replacement and the text after the match.
fn replaced<'a>(text: &'a str, start: &str, find: impl Fn(&'a str) -> Option<(String, &'a str)>) -> (String, usize) {
    let (mut written, mut count, mut rest) = (String::with_capacity(text.len()), 0, text);
    while let Some(at) = rest.find(start) {
        let (before, from) = rest.split_at(at);
        written.push_str(before);
        if let Some((replacement, behind)) = find(from) {
            written.push_str(&replacement);
            count += 1;
            rest = behind;
        } else {
            let (name, behind) = from.split_at(start.len());
            written.push_str(name);
            rest = behind;
        }
    }
    written.push_str(rest);
    (written, count)
}

/// `HEAPU8[a] | HEAPU8[a + 1] << 8 | (HEAPU8[a + 2] << 16 | HEAPU8[a + 3] << 24)`, as `wasm2js` writes it.
fn read(text: &str) -> Option<(String, &str)> {
    let (first, text) = element(text, "HEAPU8[")?;
    let (second, text) = element(text, " | HEAPU8[")?;
    let (third, text) = element(text, " << 8 | (HEAPU8[")?;
    let (fourth, text) = element(text, " << 16 | HEAPU8[")?;
    let text = text.strip_prefix(" << 24)")?;
    are_neighbours([first, second, third, fourth]).then(|| (format!("read32({first})"), text))
}

/// The same for four statements that write the bytes of a variable, up to the last semicolon.
fn write(text: &str) -> Option<(String, &str)> {
    let (first, text) = element(text, "HEAP8[")?;
    let (value, text) = text.strip_prefix(" = ")?.split_once(';')?;
    if !is_name(value) {
        return None;
    }
    let next = |text, shift| -> Option<_> {
        let (place, text) = element(str::trim_start(text), "HEAP8[")?;
        Some((place, text.strip_prefix(&format!(" = {value} >>> {shift}"))?))
    };
    let (second, text) = next(text, 8)?;
    let (third, text) = next(text.strip_prefix(';')?, 16)?;
    let (fourth, text) = next(text.strip_prefix(';')?, 24)?;
    are_neighbours([first, second, third, fourth]).then(|| (format!("write32({first}, {value})"), text))
}

/// The text in the brackets that `start` opens, and the text after them.
fn element<'a>(text: &'a str, start: &str) -> Option<(&'a str, &'a str)> {
    text.strip_prefix(start)?.split_once(']')
}

/// Whether these addresses are consecutive.
fn are_neighbours(places: [&str; 4]) -> bool {
    let [first, following @ ..] = places.map(place);
    let Some((base, offset)) = first else { return false };
    following.into_iter().zip(1..).all(|(place, further)| place == Some((base, offset + further)))
}

/// `base + 4 | 0` as base and number.
fn place(text: &str) -> Option<(&str, u32)> {
    let sum = text.strip_suffix(" | 0")?;
    match sum.rsplit_once(" + ") {
        Some((base, offset)) => Some((base, offset.parse().ok()?)),
        None => Some((sum, 0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_spelled_out_becomes_a_call_and_a_rotation_two_shifts() -> Result<()> {
        let given = "function asmFunc(imports) {
 var HEAPU8 = 0;
 function $0($0_1) {
  $1_1 = HEAPU8[$0_1 | 0] | HEAPU8[$0_1 + 1 | 0] << 8 | (HEAPU8[$0_1 + 2 | 0] << 16 | HEAPU8[$0_1 + 3 | 0] << 24);
  HEAP8[$0_1 + 7 | 0] = $1_1;
  HEAP8[$0_1 + 8 | 0] = $1_1 >>> 8;
  HEAP8[$0_1 + 9 | 0] = $1_1 >>> 16;
  HEAP8[$0_1 + 10 | 0] = $1_1 >>> 24;
  $2_1 = __wasm_rotl_i32($1_1, 7) ^ __wasm_rotr_i32($1_1, 1) ^ __wasm_rotl_i32($1_1 & 3, 8);
 }
 function __wasm_rotl_i32($0_1, $1_1) {
  var $2_1 = 0;
 }
 function __wasm_rotr_i32($0_1, $1_1) {
  var $2_1 = 0;
 }
}";
        let text = shorten(given)?;
        let expected = " function $0($0_1) {
  $1_1 = read32($0_1 | 0);
  write32($0_1 + 7 | 0, $1_1);
  $2_1 = ($1_1 << 7 | $1_1 >>> 25) ^ ($1_1 >>> 1 | $1_1 << 31) ^ __wasm_rotl_i32($1_1 & 3, 8);
 }
 function __wasm_rotl_i32($0_1, $1_1) {
  return $0_1 << $1_1 | $0_1 >>> 32 - $1_1;
 }
 function __wasm_rotr_i32($0_1, $1_1) {
  return $0_1 >>> $1_1 | $0_1 << 32 - $1_1;
 }
}";
        assert!(text.ends_with(expected), "{text}");
        assert!(text.starts_with("function asmFunc(imports) {\n var HEAPU8 = 0;\n\n function read32(at) {"), "{text}");
        assert!(shorten("function asmFunc() {\n function $0() {}\n}").is_err());
        Ok(())
    }

    #[test]
    fn bytes_that_are_no_neighbours_stay_as_they_are() {
        for text in [
            "HEAPU8[$0 | 0] | HEAPU8[$0 + 1 | 0] << 8 | (HEAPU8[$0 + 2 | 0] << 16 | HEAPU8[$0 + 4 | 0] << 24)",
            "HEAPU8[$0 | 0] | HEAPU8[$1 + 1 | 0] << 8 | (HEAPU8[$0 + 2 | 0] << 16 | HEAPU8[$0 + 3 | 0] << 24)",
            "HEAPU8[$0 | 0] | HEAPU8[$0 + 1 | 0] << 8",
        ] {
            assert_eq!(replaced(text, "HEAP", read), (text.to_owned(), 0));
        }
        for text in [
            "HEAP8[$0 | 0] = $1;\nHEAP8[$0 + 1 | 0] = $1 >>> 8;\nHEAP8[$0 + 2 | 0] = $1 >>> 16;\nHEAP8[$0 + 3 | 0] = $2 >>> 24;",
            "HEAP8[$0 | 0] = f();\nHEAP8[$0 + 1 | 0] = f() >>> 8;\nHEAP8[$0 + 2 | 0] = f() >>> 16;\nHEAP8[$0 + 3 | 0] = f() >>> 24;",
        ] {
            assert_eq!(replaced(text, "HEAP", write), (text.to_owned(), 0));
        }
    }
}
