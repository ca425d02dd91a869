//! Devices that receive push notifications.

use getstream_users::model::DeviceResponse;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// The most devices of a user; one more removes the oldest. Both are seen in SDK tests, as is the order.
const MOST: usize = 25;

/// The devices of all users. A device belongs to the user who registered it last.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Devices {
    /// The devices of each user by id, in the order of registration.
    by_user: IndexMap<String, IndexMap<String, DeviceResponse>>,
    /// The user of each device.
    owners: IndexMap<String, String>,
}

impl Devices {
    /// Adds a device; it replaces the one with the same id.
    pub(crate) fn put(&mut self, device: DeviceResponse) {
        let owner = self.owners.insert(device.id.clone(), device.user_id.clone());
        if let Some(owner) = owner.filter(|owner| *owner != device.user_id) {
            self.take(&owner, &device.id);
        }
        let devices = self.by_user.entry(device.user_id.clone()).or_default();
        devices.shift_remove(&device.id);
        devices.insert(device.id.clone(), device);
        let surplus = devices.len() > MOST;
        if let Some((oldest, _)) = surplus.then(|| devices.shift_remove_index(0)).flatten() {
            self.owners.shift_remove(&oldest);
        }
    }

    /// A user's devices, latest first.
    pub(crate) fn of(&self, user_id: &str) -> impl Iterator<Item = &DeviceResponse> {
        self.by_user.get(user_id).into_iter().flat_map(|devices| devices.values().rev())
    }

    /// Removes a user's device; false if the user has no such device.
    pub(crate) fn remove(&mut self, user_id: &str, id: &str) -> bool {
        let removed = self.take(user_id, id);
        if removed {
            self.owners.shift_remove(id);
        }
        removed
    }

    /// Removes all devices of a user.
    pub(crate) fn remove_all(&mut self, user_id: &str) {
        for id in self.by_user.shift_remove(user_id).iter().flat_map(IndexMap::keys) {
            self.owners.shift_remove(id);
        }
    }

    fn take(&mut self, user_id: &str, id: &str) -> bool {
        self.by_user.get_mut(user_id).and_then(|devices| devices.shift_remove(id)).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn device(id: &str, user_id: &str) -> DeviceResponse {
        DeviceResponse { id: id.to_owned(), user_id: user_id.to_owned(), ..DeviceResponse::default() }
    }

    fn ids<'a>(devices: &'a Devices, user_id: &str) -> Vec<&'a str> {
        devices.of(user_id).map(|device| device.id.as_str()).collect()
    }

    #[test]
    fn a_device_belongs_to_the_user_who_registered_it_last() {
        let mut devices = Devices::default();
        for (id, user_id) in [("x", "a"), ("y", "a"), ("x", "b"), ("y", "a")] {
            devices.put(device(id, user_id));
        }
        assert_eq!((ids(&devices, "a"), ids(&devices, "b")), (vec!["y"], vec!["x"]));
        assert!(!devices.remove("a", "x"));
        assert!(devices.remove("b", "x"));
        assert!(!devices.remove("b", "x"));
    }

    #[test]
    fn the_latest_devices_are_kept_and_come_first() {
        let mut devices = Devices::default();
        for number in 0..27 {
            devices.put(device(&number.to_string(), "a"));
        }
        devices.put(device("5", "a"));
        let kept = ids(&devices, "a");
        assert_eq!((kept.len(), kept.first(), kept.last()), (25, Some(&"5"), Some(&"2")));
        assert_eq!(devices.owners.len(), 25);
    }

    #[test]
    fn a_user_without_devices_has_no_entry() {
        let mut devices = Devices::default();
        devices.put(device("x", "a"));
        devices.remove_all("a");
        devices.remove_all("a");
        assert_eq!((devices.by_user.len(), devices.owners.len()), (0, 0));
    }
}
