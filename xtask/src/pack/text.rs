//! A module as text, for entries that contain it in their code, and the small module that decodes such a text.
//!
//! In base64 each byte spans two characters, so gzip finds no repetitions: 53 kB of wasm are 25.9 kB gz as they are,
//! and 32.8 in base64. Here a frequent byte is one character and each of the others always the same two: 25.8 kB gz.
//! Decoding it in JavaScript takes 2 ms, because engines interpret a loop at first; decoding it in wasm takes 0.1 ms.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use anyhow::{Context, Result};
use base64ct::{Base64, Encoding};
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, DataSection, ExportKind, ExportSection, Function, FunctionSection, Instruction,
    MemArg, MemorySection, MemoryType, Module, TypeSection, ValType,
};

/// A module as text.
pub(super) struct Text {
    /// ASCII without characters that a JavaScript string or a `<script>` would have to escape.
    pub(super) text: String,
    /// The module that decodes it, in base64. Its function `decode` takes the length of the text, which is in its
    /// `memory` at [`PLACE`], overwrites it with the bytes, and returns their number.
    pub(super) decoder: String,
}

/// The address of the text in the decoder's memory.
pub(super) const PLACE: usize = TABLES * 128;

/// The tables from characters to bytes: the first for single characters, the others for those after the first and the
/// second of [`PREFIXES`].
const TABLES: usize = 3;
/// These two say that the next character is in another table.
const PREFIXES: [u8; 2] = [b'}', b'~'];
/// Whether the character needs no escape.
fn is_plain(character: u8) -> bool {
    (b' '..PREFIXES[0]).contains(&character) && !b"\"'`\\$<".contains(&character)
}

/// Encodes a module.
pub(super) fn of(wasm: &[u8]) -> Result<Text> {
    let codes = codes(wasm);
    let mut text = String::with_capacity(wasm.len() + wasm.len() / 8);
    for byte in wasm {
        let Code { prefix, character } = codes.get(byte).context("a byte without a code")?;
        text.extend(prefix.and_then(|group| PREFIXES.get(usize::from(group))).map(|prefix| char::from(*prefix)));
        text.push(char::from(*character));
    }
    let decoder = decoder(&table(&codes), PLACE + text.len());
    Ok(Text { text, decoder: Base64::encode_string(&decoder) })
}

/// The encoding of a byte.
struct Code {
    /// The index in [`PREFIXES`] of the character before it, if there is one.
    prefix: Option<u8>,
    character: u8,
}

impl Code {
    /// Its address in the decoder's tables.
    fn place(&self) -> usize {
        self.prefix.map_or(0, |group| usize::from(group) + 1) * 128 + usize::from(self.character)
    }
}

/// The codes of all bytes; the most frequent ones have the shortest.
fn codes(wasm: &[u8]) -> BTreeMap<u8, Code> {
    let mut counts: BTreeMap<u8, usize> = (0..=255).map(|byte| (byte, 0)).collect();
    for byte in wasm {
        *counts.entry(*byte).or_default() += 1;
    }
    let mut bytes: Vec<u8> = counts.keys().copied().collect();
    bytes.sort_by_key(|byte| Reverse(counts.get(byte)));

    let characters = || (0..128).filter(|character| is_plain(*character));
    let groups = [None, Some(0), Some(1)].into_iter();
    let codes = groups.flat_map(|prefix| characters().map(move |character| Code { prefix, character }));
    bytes.into_iter().zip(codes).collect()
}

fn table(codes: &BTreeMap<u8, Code>) -> Vec<u8> {
    let mut table = vec![0; PLACE];
    for (byte, code) in codes {
        if let Some(entry) = table.get_mut(code.place()) {
            *entry = *byte;
        }
    }
    table
}

/// The decoder for a text that ends at this address of its memory.
fn decoder(table: &[u8], end: usize) -> Vec<u8> {
    use Instruction::{
        Block, Br, BrIf, End, I32Add, I32Const, I32GeU, I32Load8U, I32Mul, I32Store8, I32Sub, If, LocalGet, LocalSet,
        LocalTee, Loop,
    };
    let (mut types, mut functions, mut memories, mut exports, mut code, mut data) = (
        TypeSection::new(),
        FunctionSection::new(),
        MemorySection::new(),
        ExportSection::new(),
        CodeSection::new(),
        DataSection::new(),
    );
    types.ty().function([ValType::I32], [ValType::I32]);
    functions.function(0);
    let minimum = end.div_ceil(65_536) as u64;
    memories.memory(MemoryType { minimum, maximum: None, memory64: false, shared: false, page_size_log2: None });
    exports.export("memory", ExportKind::Memory, 0).export("decode", ExportKind::Func, 0);

    let prefix = i32::from(PREFIXES[0]);
    let at = |offset: usize| MemArg { offset: offset as u64, align: 0, memory_index: 0 };
    let (tables, text) = (at(0), at(PLACE));
    // The first local is the parameter. Bytes are written over characters that were already read, because the text is
    // never shorter than the bytes.
    let (length, from, to, character) = (0, 1, 2, 3);
    let mut function = Function::new([(3, ValType::I32)]);
    for instruction in [
        Block(BlockType::Empty),
        Loop(BlockType::Empty),
        // while (from < length)
        LocalGet(from),
        LocalGet(length),
        I32GeU,
        BrIf(1),
        // character = text[from]
        LocalGet(from),
        I32Load8U(text),
        LocalTee(character),
        // if (character >= prefix) character = (character - prefix + 1) * 128 + text[++from]
        I32Const(prefix),
        I32GeU,
        If(BlockType::Empty),
        LocalGet(character),
        I32Const(prefix - 1),
        I32Sub,
        I32Const(128),
        I32Mul,
        LocalGet(from),
        I32Const(1),
        I32Add,
        LocalTee(from),
        I32Load8U(text),
        I32Add,
        LocalSet(character),
        End,
        // text[to++] = tables[character]
        LocalGet(to),
        LocalGet(character),
        I32Load8U(tables),
        I32Store8(text),
        LocalGet(to),
        I32Const(1),
        I32Add,
        LocalSet(to),
        // from++
        LocalGet(from),
        I32Const(1),
        I32Add,
        LocalSet(from),
        Br(0),
        End,
        End,
        LocalGet(to),
        End,
    ] {
        function.instruction(&instruction);
    }
    code.function(&function);
    data.active(0, &ConstExpr::i32_const(0), table.iter().copied());

    let mut module = Module::new();
    module.section(&types).section(&functions).section(&memories).section(&exports).section(&code).section(&data);
    module.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The decoder, in Rust.
    fn decoded(text: &str, table: &[u8]) -> Vec<u8> {
        let mut characters = text.bytes();
        let mut bytes = Vec::new();
        while let Some(character) = characters.next() {
            let place = match PREFIXES.iter().position(|prefix| *prefix == character) {
                Some(group) => (group + 1) * 128 + usize::from(characters.next().unwrap()),
                None => usize::from(character),
            };
            bytes.push(*table.get(place).unwrap());
        }
        bytes
    }

    #[test]
    fn every_byte_comes_back_and_usual_ones_take_one_character() {
        let bytes: Vec<u8> = (0..=255).chain([0; 1000]).chain(0..=255).collect();
        let Text { text, .. } = of(&bytes).unwrap();
        assert_eq!(decoded(&text, &table(&codes(&bytes))), bytes);
        assert!(text.len() < bytes.len() + 400, "{}", text.len());
        assert!(text.bytes().all(|character| is_plain(character) || PREFIXES.contains(&character)), "{text}");
    }

    #[test]
    fn the_decoder_has_room_for_the_text() {
        let Text { decoder, .. } = of(&[7; 200_000]).unwrap();
        let decoder = Base64::decode_vec(&decoder).unwrap();
        let pages = wasmparser::Parser::new(0).parse_all(&decoder).find_map(|part| match part.unwrap() {
            wasmparser::Payload::MemorySection(memories) => Some(memories.into_iter().next().unwrap().unwrap().initial),
            _ => None,
        });
        assert_eq!(pages, Some(4));
    }
}
