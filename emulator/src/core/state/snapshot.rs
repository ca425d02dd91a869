//! Saving an app as JSON, and restoring it.
//!
//! A snapshot contains its type and version, so that other files are rejected at once. An error names the path of the
//! invalid value, because "line 1, column 48193" is no help in a file of one line.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::world::World;

const FORMAT: &str = "getstream-users-emulator state";
const VERSION: u64 = 1;

/// The deepest nesting that is read. Custom data can have at most half of it, however it was written.
const MAX_DEPTH: usize = 500;

/// All data of an app, at one moment. Serialize it as JSON; [`Emulator::restore`] reads that.
///
/// [`Emulator::restore`]: crate::Emulator::restore
#[derive(Debug, Clone, Serialize)]
pub struct Snapshot {
    format: &'static str,
    version: u64,
    app: World,
}

impl Snapshot {
    pub(crate) fn of(world: &World) -> Self {
        Self { format: FORMAT, version: VERSION, app: world.clone() }
    }
}

/// Why an app could not be restored. Nothing has changed then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RestoreError {
    /// It is not JSON; the text says why.
    NotJson(String),
    /// It is JSON, but not the state of an emulator.
    NotASnapshot,
    /// It has this version, which the emulator cannot read.
    Version(u64),
    /// A value is missing or invalid.
    Damaged {
        /// The path of the value: `app.users.ann.created_at`.
        path: String,
        /// What is wrong with it.
        problem: String,
    },
}

impl fmt::Display for RestoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson(problem) => write!(f, "the state is not JSON: {problem}"),
            Self::NotASnapshot => {
                write!(f, "the JSON is not the state of an emulator: it does not say \"format\": \"{FORMAT}\"")
            }
            Self::Version(found) => {
                write!(f, "the state has version {found}; this emulator reads version {VERSION}")
            }
            Self::Damaged { path, problem } => write!(f, "the state is damaged at {path}: {problem}"),
        }
    }
}

impl std::error::Error for RestoreError {}

/// The fields of every version.
#[derive(Debug, Deserialize)]
struct Header {
    #[serde(default)]
    format: Option<serde_json::Value>,
    #[serde(default)]
    version: Option<serde_json::Value>,
}

#[derive(Debug, Deserialize)]
struct Content {
    app: World,
}

/// Reads a serialized [`Snapshot`].
///
/// # Errors
/// If the JSON is anything else.
pub(crate) fn read(json: &[u8]) -> Result<World, RestoreError> {
    let mut scan = Scan::default();
    scan.run(json);
    if scan.too_deep() {
        return Err(RestoreError::NotJson(format!("it is nested deeper than {MAX_DEPTH} levels")));
    }
    check_header(json)?;
    let mut reader = serde_json::Deserializer::from_slice(json);
    // The scan has checked the depth.
    reader.disable_recursion_limit();
    let Content { app } = Content::deserialize(&mut reader).map_err(|error| damaged(json, &error))?;
    Ok(app)
}

fn check_header(json: &[u8]) -> Result<(), RestoreError> {
    let header: Header = serde_json::from_slice(json).map_err(|error| {
        if error.is_data() { RestoreError::NotASnapshot } else { RestoreError::NotJson(error.to_string()) }
    })?;
    if header.format.is_none_or(|format| format != FORMAT) {
        return Err(RestoreError::NotASnapshot);
    }
    match header.version.and_then(|version| version.as_u64()) {
        Some(VERSION) => Ok(()),
        Some(other) => Err(RestoreError::Version(other)),
        None => Err(RestoreError::Damaged { path: "version".to_owned(), problem: "it is not a number".to_owned() }),
    }
}

fn damaged(json: &[u8], error: &serde_json::Error) -> RestoreError {
    let mut scan = Scan::default();
    scan.run(before(json, error.line(), error.column()));
    let text = error.to_string();
    let problem = text.split(" at line ").next().unwrap_or_default().to_owned();
    RestoreError::Damaged { path: scan.path(), problem }
}

/// The bytes before a position that serde_json reports. Its lines and columns count from one.
fn before(json: &[u8], line: usize, column: usize) -> &[u8] {
    let lines = json.split_inclusive(|byte| *byte == b'\n').take(line.saturating_sub(1));
    let start: usize = lines.map(<[u8]>::len).sum();
    json.get(..start.saturating_add(column)).unwrap_or(json)
}

/// The scan's position in an array or object.
#[derive(Debug)]
enum Step {
    Key(String),
    Index(usize),
}

/// Scans JSON and tracks the path of its position. It does not validate the JSON.
#[derive(Debug, Default)]
struct Scan {
    steps: Vec<Step>,
    /// The string read last: a key, if a colon follows.
    text: String,
}

impl Scan {
    fn run(&mut self, json: &[u8]) {
        let mut bytes = json.iter().copied();
        while let Some(byte) = bytes.next().filter(|_| !self.too_deep()) {
            match byte {
                b'"' => self.text = text(&mut bytes),
                b'{' => self.steps.push(Step::Key(String::new())),
                b'[' => self.steps.push(Step::Index(0)),
                b'}' | b']' => drop(self.steps.pop()),
                b':' | b',' => self.go_on(byte),
                _ => {}
            }
        }
    }

    /// Ends the scan here.
    fn too_deep(&self) -> bool {
        self.steps.len() > MAX_DEPTH
    }

    fn go_on(&mut self, byte: u8) {
        match self.steps.last_mut() {
            Some(Step::Key(key)) if byte == b':' => *key = std::mem::take(&mut self.text),
            Some(Step::Index(index)) if byte == b',' => *index += 1,
            _ => {}
        }
    }

    fn path(&self) -> String {
        let mut path = String::new();
        for step in &self.steps {
            match step {
                Step::Key(key) if path.is_empty() => path.push_str(key),
                Step::Key(key) => path.extend([".", key]),
                Step::Index(index) => path.push_str(&format!("[{index}]")),
            }
        }
        if path.is_empty() { "the top".to_owned() } else { path }
    }
}

/// Reads to the end of a string. Escapes are kept: the path is for people to read.
fn text(bytes: &mut impl Iterator<Item = u8>) -> String {
    let mut text = Vec::new();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => break,
            b'\\' => text.extend([Some(byte), bytes.next()].into_iter().flatten()),
            _ => text.push(byte),
        }
    }
    String::from_utf8_lossy(&text).into_owned()
}
