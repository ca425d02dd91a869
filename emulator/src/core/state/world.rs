//! All data of an app, which the operations read and change.

use std::collections::BTreeMap;
use std::time::Duration;

use getstream_users::auth::SigningKey;
use getstream_users::model::Timestamp;
use serde::{Deserialize, Serialize};

use super::app::App;
use super::bans::Bans;
use super::block_lists::BlockLists;
use super::blocks::Blocks;
use super::choices::{Choices, WebhookTimes};
use super::clock::Clock;
use super::connections::Connections;
use super::deliveries::Deliveries;
use super::devices::Devices;
use super::exports::Exports;
use super::flags::Flags;
use super::groups::Groups;
use super::hooks::Hooks;
use super::ids::Ids;
use super::limits::Limiter;
use super::locations::Locations;
use super::mutes::Mutes;
use super::notes::Notes;
use super::push_preferences::PushPreferences;
use super::push_providers::PushProviders;
use super::roles::Roles;
use super::tasks::{Job, Tasks};
use super::users::Users;

/// The state of the app, and the generators that it needs.
///
/// Fields that serde skips belong to the emulator and not to the app: they are not saved, and restoring an app keeps
/// them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct World {
    #[serde(skip)]
    pub(crate) choices: Choices,
    /// The format of times for single hooks, by URL.
    #[serde(skip)]
    pub(crate) webhook_times_by_url: BTreeMap<String, WebhookTimes>,
    pub(crate) app: App,
    #[serde(skip)]
    pub(crate) limiter: Limiter,
    pub(crate) users: Users,
    pub(crate) blocks: Blocks,
    pub(crate) bans: Bans,
    pub(crate) mutes: Mutes,
    pub(crate) flags: Flags,
    pub(crate) roles: Roles,
    pub(crate) groups: Groups,
    pub(crate) devices: Devices,
    pub(crate) push_preferences: PushPreferences,
    #[serde(default)]
    pub(crate) push_providers: PushProviders,
    #[serde(default)]
    pub(crate) block_lists: BlockLists,
    pub(crate) locations: Locations,
    pub(crate) tasks: Tasks,
    pub(crate) exports: Exports,
    /// The app's hooks.
    pub(crate) hooks: Hooks,
    pub(crate) deliveries: Deliveries,
    pub(crate) clock: Clock,
    /// The connected clients. Connections end with the emulator.
    #[serde(skip)]
    pub(crate) connections: Connections,
    /// The time of the current request: bans and mutes expire by it.
    #[serde(skip)]
    pub(crate) now: Timestamp,
    pub(crate) ids: Ids,
    /// What the response to the current request reports.
    #[serde(skip)]
    pub(crate) notes: Notes,
    /// Signs the tokens of guests. It is not saved, because a secret must not be in a file.
    #[serde(skip, default = "no_key")]
    pub(crate) signing_key: SigningKey,
}

/// The generators that an operation may use before it fails.
#[derive(Debug)]
pub(crate) struct Supplies {
    clock: Clock,
    ids: Ids,
}

/// The key of a restored world, until the emulator replaces it.
fn no_key() -> SigningKey {
    SigningKey::new("")
}

impl World {
    /// An app without data. All its random values follow from `seed`.
    pub(crate) fn new(
        choices: Choices,
        limiter: Limiter,
        task_duration: Duration,
        seed: u64,
        signing_key: SigningKey,
    ) -> Self {
        Self {
            choices,
            webhook_times_by_url: BTreeMap::new(),
            app: App::default(),
            limiter,
            users: Users::default(),
            blocks: Blocks::default(),
            bans: Bans::default(),
            mutes: Mutes::default(),
            flags: Flags::default(),
            roles: Roles::default(),
            groups: Groups::default(),
            devices: Devices::default(),
            push_preferences: PushPreferences::default(),
            push_providers: PushProviders::default(),
            block_lists: BlockLists::default(),
            locations: Locations::default(),
            tasks: Tasks::new(task_duration),
            exports: Exports::default(),
            hooks: Hooks::default(),
            deliveries: Deliveries::new(seed),
            notes: Notes::default(),
            clock: Clock::default(),
            connections: Connections::default(),
            now: Timestamp::default(),
            ids: Ids::new(seed),
            signing_key,
        }
    }

    /// The other app, with what belongs to this emulator.
    pub(crate) fn replaced_by(&self, other: Self) -> Self {
        let (limiter, signing_key) = (self.limiter.clone(), self.signing_key.clone());
        let webhook_times_by_url = self.webhook_times_by_url.clone();
        let mut connections = self.connections.clone();
        connections.close_all("the app was restored from a snapshot");
        let mut world =
            Self { choices: self.choices, webhook_times_by_url, limiter, signing_key, connections, ..other };
        world.tasks.set_duration(self.tasks.duration());
        world
    }

    /// The current state of clock and ids.
    pub(crate) fn supplies(&self) -> Supplies {
        Supplies { clock: self.clock.clone(), ids: self.ids.clone() }
    }

    /// Restores the state of clock and ids after a rejected request, so that it has no influence on later requests.
    pub(crate) fn put_back(&mut self, Supplies { clock, ids }: Supplies) {
        self.clock = clock;
        self.ids = ids;
    }

    /// Changes whenever a rejected request has changed something: the time of the latest change, the ids, the queued
    /// tasks.
    pub(crate) fn mark(&self) -> (Timestamp, u64, usize) {
        (self.clock.latest(), self.ids.state(), self.tasks.waiting())
    }

    /// Starts a task and returns its id.
    pub(crate) fn start_task(&mut self, job: Job, now: Timestamp) -> String {
        let id = self.ids.uuid();
        let created_at = self.clock.stamp(now);
        self.tasks.add(id.clone(), job, now, created_at);
        id
    }
}
