//! All data of an app, which the operations work on.

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

/// The app: its users, its tasks, and what is needed to make more of them.
///
/// What is skipped here belongs to the emulator rather than to the app: it is not saved, and an app that is restored
/// takes on what the emulator has.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct World {
    #[serde(skip)]
    pub(crate) choices: Choices,
    /// How single hooks write times, by their address, where it is not how all others do.
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
    /// Who is connected. Connections end with the emulator.
    #[serde(skip)]
    pub(crate) connections: Connections,
    /// What time it is in the request that is being answered: bans and mutes end by it.
    #[serde(skip)]
    pub(crate) now: Timestamp,
    pub(crate) ids: Ids,
    /// What there is to tell about the request that is being answered.
    #[serde(skip)]
    pub(crate) notes: Notes,
    /// Signs the tokens of guests. A secret does not belong in a file.
    #[serde(skip, default = "no_key")]
    pub(crate) signing_key: SigningKey,
}

/// What operations take from the app even before they know whether they will succeed.
#[derive(Debug)]
pub(crate) struct Supplies {
    clock: Clock,
    ids: Ids,
}

/// Stands in for the key of a world that was read and has not been taken over by an emulator yet.
fn no_key() -> SigningKey {
    SigningKey::new("")
}

impl World {
    /// An app that knows nothing. What is random in it follows from `seed`.
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

    /// The same app in the hands of the emulator that `self` belongs to.
    pub(crate) fn replaced_by(&self, other: Self) -> Self {
        let (limiter, signing_key) = (self.limiter.clone(), self.signing_key.clone());
        let webhook_times_by_url = self.webhook_times_by_url.clone();
        let mut connections = self.connections.clone();
        connections.close_all("the app is another one now");
        let mut world =
            Self { choices: self.choices, webhook_times_by_url, limiter, signing_key, connections, ..other };
        world.tasks.set_duration(self.tasks.duration());
        world
    }

    /// The times and ids that come next.
    pub(crate) fn supplies(&self) -> Supplies {
        Supplies { clock: self.clock.clone(), ids: self.ids.clone() }
    }

    /// Hands times and ids out again that an operation took before it was refused, so that what happens afterwards does
    /// not depend on it.
    pub(crate) fn put_back(&mut self, Supplies { clock, ids }: Supplies) {
        self.clock = clock;
        self.ids = ids;
    }

    /// What differs before and after whatever a request may change without being a success: the time of the latest
    /// change, the ids, the tasks that wait.
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
