// Sends requests that are not a method of the client, as the same caller.

import { connect } from "./connect.ts";
import type { PageFetch } from "./fetch.ts";
import type { Target } from "./target.ts";

/** Sends a request to the API of a target, with the key and the token of its caller. The path begins with a slash. */
export async function send(target: Target, fetch: PageFetch, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = await headersOf(target, fetch);
  const url = new URL(`${baseOf(target)}${path}`);
  url.searchParams.set("api_key", target.apiKey);
  if (init.body !== undefined) headers.set("content-type", "application/json");
  return fetch(url.href, { ...init, headers });
}

/** The base URL of a target. For an emulator in the page, it is a name to which nothing is sent. */
export function baseOf({ where, url }: Target): string {
  return where === "url" ? url.replace(/\/$/, "") : "https://emulator.invalid";
}

/** The headers that identify the caller: the client makes a request, which is intercepted before it is sent. */
async function headersOf(target: Target, fetch: PageFetch): Promise<Headers> {
  if (target.access.kind === "anonymous") return new Headers({ "stream-auth-type": "anonymous" });
  let caught = new Headers();
  const catching: PageFetch = async (url, init) => {
    // A guest is created before its first call.
    if (new URL(url).pathname.endsWith("/guest")) return fetch(url, init);
    caught = new Headers(init?.headers);
    return new Response("{}", { headers: { "content-type": "application/json" } });
  };
  // The result does not matter, because there was no response.
  await connect(target, catching)
    .getApp()
    .catch(() => undefined);
  const names = ["authorization", "stream-auth-type"];
  return new Headers(names.map((name): [string, string] => [name, caught.get(name) ?? ""]));
}
