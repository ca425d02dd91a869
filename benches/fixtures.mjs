// Users of a typical size: about 0.6 kB to write and 1.2 kB to read, with devices, mutes, custom data and non-ASCII letters.

const at = (index) => 1767225600123456000 + index * 1_000_000;

export function user(index) {
  return {
    id: `user-${index}`,
    role: "user",
    name: `Jörg Müller ${index}`,
    image: `https://example.com/avatars/user-${index}.png`,
    language: "de",
    teams: ["blue", "green"],
    custom: {
      color: index % 2 === 0 ? "red" : "blue",
      score: index * 17,
      premium: index % 3 === 0,
      bio: "Writes about mountains, maps and the weather; lives in Zürich with two cats and a bicycle.",
      address: { street: "Langstrasse 42", city: "Zürich", zip: "8004", location: { lat: 47.3769, lng: 8.5417 } },
      tags: ["hiking", "maps", "cats", "weather"],
      preferences: { theme: "dark", notifications: { email: true, push: false }, locale: "de-CH" },
    },
    privacy_settings: { typing_indicators: { enabled: true }, read_receipts: { enabled: false } },
  };
}

function response(index) {
  const { privacy_settings, ...rest } = user(index);
  return {
    ...rest,
    banned: false,
    shadow_banned: false,
    online: index % 2 === 0,
    invisible: false,
    blocked_user_ids: [],
    created_at: at(index),
    updated_at: at(index + 1),
    last_active: at(index + 2),
  };
}

export function fullUser(index) {
  const devices = [
    { id: `device-${index}`, push_provider: "firebase", user_id: `user-${index}`, created_at: at(index) },
  ];
  const mutes = [{ user: response(index), target: response(index + 1), created_at: at(index), updated_at: at(index) }];
  return {
    ...response(index),
    privacy_settings: user(index).privacy_settings,
    devices: index % 2 === 0 ? devices : [],
    mutes: index % 10 === 0 ? mutes : [],
    channel_mutes: [],
    total_unread_count: index,
    unread_count: index,
    unread_channels: 0,
    unread_threads: 0,
  };
}
