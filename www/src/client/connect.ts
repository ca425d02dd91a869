// Makes the client for a target.

import { StreamClient, type StreamClientOptions } from "getstream-users";
import type { PageFetch } from "./fetch.ts";
import { type Access, EMULATOR_KEY, type Target } from "./target.ts";

/** The tokens of guests that were created. */
const guests = new WeakMap<Target, Promise<string>>();

export function connect(target: Target, fetch: PageFetch, hooks: StreamClientOptions = {}): StreamClient {
  const { apiKey, access } = target;
  const options = { ...hooks, ...baseOf(target), fetch };
  switch (access.kind) {
    case "server":
      // `target/AccessFields.tsx` has asked whether to allow the secret here.
      return new StreamClient(apiKey, access.secret, { ...options, dangerouslyAllowBrowser: true });
    case "token":
      return StreamClient.withToken(apiKey, access.token, options);
    case "guest":
      return StreamClient.withToken(apiKey, () => guestToken(target, access.id, fetch), options);
    case "anonymous":
      return StreamClient.anonymous(apiKey, options);
  }
}

/** A user of an emulator whose secret is known, so that the page can sign its tokens. */
export function asUser(secret: string, userId: string): Access {
  const server = new StreamClient(EMULATOR_KEY, secret, { dangerouslyAllowBrowser: true });
  return { kind: "token", token: server.generateUserToken({ user_id: userId }), userId };
}

function baseOf(target: Target): StreamClientOptions {
  return target.where === "url" ? { basePath: target.url } : {};
}

/** A guest is created once per target, with the first call. */
function guestToken(target: Target, id: string, fetch: PageFetch): Promise<string> {
  const known = guests.get(target);
  if (known !== undefined) return known;
  const visitor = StreamClient.anonymous(target.apiKey, { ...baseOf(target), fetch });
  const token = visitor.createGuest({ user: { id } }).then((guest) => guest.access_token);
  guests.set(target, token);
  token.catch(() => guests.delete(target));
  return token;
}
