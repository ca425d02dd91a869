// What the tests in Chromium drive: the SDKs behind one face, whatever each calls the same thing.

import { FeedsClient } from "@stream-io/feeds-client";
import { StreamVideoClient } from "@stream-io/video-client";
import { StreamChat } from "stream-chat";

const { apiKey, baseURL } = Object.fromEntries(new URLSearchParams(location.search));

const chat = () => {
  const client = new StreamChat(apiKey, { baseURL });
  return {
    client,
    connect: (user, token) => client.connectUser(user, token),
    guest: (user) => client.setGuestUser(user),
    anonymous: async () => (await client.connectAnonymousUser()).me.role,
    watch: (id) => client.queryUsers({ id }, [], { presence: true }),
    id: () => client.userID,
  };
};

const feeds = () => {
  const client = new FeedsClient(apiKey, { base_url: baseURL });
  return {
    client,
    connect: (user, token) => client.connectUser(user, token),
    guest: (user) => client.connectGuest({ user }),
    watch: (id) => client.queryUsers({ payload: { filter_conditions: { id }, presence: true } }),
    id: () => client.state.getLatestValue().connected_user.id,
  };
};

const video = () => {
  const client = new StreamVideoClient({ apiKey, options: { baseURL: `${baseURL}/video`, logLevel: "silent" } });
  return {
    client,
    connect: (user, token) => client.connectUser(user, token),
    guest: (user) => client.connectUser({ ...user, type: "guest" }),
    watch: (id) =>
      client.streamClient.get("/users", { payload: JSON.stringify({ filter_conditions: { id }, presence: true }) }),
    id: () => client.state.connectedUser.id,
  };
};

const made = { chat, feeds, video };
let current;

window.sdk = {
  make(kind) {
    current = made[kind]();
  },
  /** Calls something of the current SDK's face. What it returns may be too much for the way back. */
  async call(what, ...given) {
    const result = await current[what](...given);
    return typeof result === "string" ? result : undefined;
  },
  /** Waits for an event, without holding up the caller. */
  expect(type) {
    window.expected = new Promise((resolve) => {
      const off = current.client.on(type, (event) => {
        (off.unsubscribe ?? off)();
        resolve({ id: event.user.id, online: event.user.online });
      });
    });
  },
  expected: () => window.expected,
  leave: () => current.client.disconnectUser(),
};
