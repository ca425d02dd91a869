// What is optional takes `undefined`, also under `exactOptionalPropertyTypes`, and other `fetch`es fit.

import { type FetchFunction, StreamClient } from "getstream-users";

declare const given: { name?: string | undefined; timeout: number | undefined };
const client = new StreamClient("key", "secret", { timeout: given.timeout, retry: undefined, logger: undefined });
client.upsertUsers([{ id: "ann", name: given.name, custom: undefined }], { timeout: given.timeout, signal: undefined });
client.deleteUsers({ user_ids: ["ann"], user: undefined });
client.queryUsers({ payload: { filter_conditions: {}, limit: undefined } });

/** As much of undici's and node-fetch's types as differs from the platform's. */
declare class OtherHeaders {
  get(name: string): string | null;
  raw(): Record<string, string[]>;
}
declare class OtherResponse {
  readonly ok: boolean;
  readonly status: number;
  readonly statusText: string;
  readonly headers: OtherHeaders;
  readonly body: unknown;
  json(): Promise<unknown>;
  text(): Promise<string>;
}
interface OtherInit {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array | null;
  redirect?: "follow" | "error" | "manual";
  signal?: AbortSignal | null;
  dispatcher?: object;
}
declare function otherFetch(input: string | URL, init?: OtherInit): Promise<OtherResponse>;
export const functions: FetchFunction[] = [fetch, otherFetch];
