//! The configuration of an emulator.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

pub use crate::core::state::{Choices, RateLimits};

/// The default secret.
const PUBLIC_SECRET: &str = "devsecret";

/// What can be chosen about an emulator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The app's API key.
    pub api_key: String,
    /// The secret that the app's tokens are signed with. Everybody knows the one that is there when none is chosen, so
    /// pages from other machines cannot call as a server with it.
    pub api_secret: String,
    /// How long a task takes. It is pending for the first half of that time and running for the second.
    pub task_duration: Duration,
    /// Decides every id that the server makes up: the same seed and the same requests give the same ids.
    pub seed: u64,
    /// How many requests are answered in a minute.
    pub rate_limits: RateLimits,
    /// What it does where the API's own behaviour is not known.
    pub choices: Choices,
    /// Names of hosts under which the emulator is reached, beside names of this machine, addresses and names without a dot.
    /// Under any other name a web page may have been made to point here, so such a request can neither use the controls nor
    /// call as a server with the secret that everybody knows.
    pub allowed_hosts: Vec<String>,
    /// The longest body that is read, in bytes.
    pub max_body_bytes: usize,
    /// Its page, if it has one.
    pub ui: Ui,
}

/// The file of a page that a browser begins with.
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

    /// The name and the content of a file; without a name, of the one that a browser begins with.
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
            // A full batch of users with as much custom data as they may have takes a quarter of it.
            max_body_bytes: 2 * 1024 * 1024,
            ui: Ui::default(),
        }
    }
}

impl Config {
    /// Whether the secret is the one that everybody knows.
    pub(crate) fn has_public_secret(&self) -> bool {
        self.api_secret == PUBLIC_SECRET
    }
}
