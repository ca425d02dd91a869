//! The configuration of an emulator.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

pub use crate::core::state::{Choices, RateLimits};

/// The default secret.
const PUBLIC_SECRET: &str = "devsecret";

/// The settings of an emulator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The app's API key.
    pub api_key: String,
    /// The secret that signs the app's tokens. The default is public, so with it a web page from another machine cannot
    /// call as the server.
    pub api_secret: String,
    /// How long a task takes. It is pending for the first half of that time and running for the second half.
    pub task_duration: Duration,
    /// The seed of every id that the server generates: the same seed and the same requests give the same ids.
    pub seed: u64,
    /// How many requests are allowed per minute.
    pub rate_limits: RateLimits,
    /// What the emulator does where the API's behaviour is unknown.
    pub choices: Choices,
    /// Host names of the emulator, in addition to this machine's names, IP addresses and names without a dot. A web
    /// page can make any other name resolve to this machine, so a request with another name can neither use the
    /// controls nor call as the server with the default secret.
    pub allowed_hosts: Vec<String>,
    /// The longest request body, in bytes.
    pub max_body_bytes: usize,
    /// The emulator's page; empty if there is none.
    pub ui: Ui,
}

/// The file that a browser loads first.
const FIRST: &str = "index.html";

/// The files of the emulator's page, by name: `index.html`, `main.js`.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Ui(Arc<BTreeMap<String, Vec<u8>>>);

impl Ui {
    /// Whether there is a page.
    #[must_use]
    pub fn is_there(&self) -> bool {
        self.0.contains_key(FIRST)
    }

    /// The name and the content of a file; an empty name means the first file.
    pub(crate) fn file<'a>(&'a self, name: &'a str) -> Option<(&'a str, &'a [u8])> {
        let name = if name.is_empty() { FIRST } else { name };
        self.0.get(name).map(|bytes| (name, bytes.as_slice()))
    }
}

impl FromIterator<(String, Vec<u8>)> for Ui {
    fn from_iter<T: IntoIterator<Item = (String, Vec<u8>)>>(files: T) -> Self {
        Self(Arc::new(files.into_iter().collect()))
    }
}

impl fmt::Debug for Ui {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.0.keys()).finish()
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            api_key: "devkey".to_owned(),
            api_secret: PUBLIC_SECRET.to_owned(),
            task_duration: Duration::from_millis(50),
            seed: 0,
            rate_limits: RateLimits::default(),
            choices: Choices::default(),
            allowed_hosts: Vec::new(),
            // A full batch of users with the largest custom data takes a quarter of this.
            max_body_bytes: 2 * 1024 * 1024,
            ui: Ui::default(),
        }
    }
}

impl Config {
    /// Whether the secret is the public default.
    pub(crate) fn has_public_secret(&self) -> bool {
        self.api_secret == PUBLIC_SECRET
    }
}
