// The client. It keeps no state of a request, so all requests share one.
import { StreamClient } from "getstream-users";
import type { Env } from "./env";

/** Callers of this Worker wait, so an error in time is better than a late response. */
const PATIENCE = { timeout: 3000, deadline: 8000 };

let client: StreamClient | undefined;

export function stream(env: Env): StreamClient {
  client ??= new StreamClient(env.STREAM_API_KEY, env.STREAM_API_SECRET, {
    ...PATIENCE,
    basePath: env.STREAM_BASE_URL,
  });
  return client;
}
