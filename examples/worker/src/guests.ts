// Guests: people without an account, who may look around.
import { json, Refusal } from "./answer";
import type { Env } from "./env";
import { objectOf, text, textOf } from "./input";
import { stream } from "./stream";

/** The period in wrangler.jsonc. */
const PERIOD_S = 60;

/** Creates a guest, unless its address has made enough of them. */
export async function createGuest(request: Request, env: Env): Promise<Response> {
  if (!isAllowed(request, env)) throw new Refusal(403, "forbidden", "this page may not make guests");
  const { success } = await env.GUEST_LIMIT.limit({ key: networkOf(request.headers.get("cf-connecting-ip")) });
  if (!success) throw new Refusal(429, "too_many", "too many guests from here", { "retry-after": String(PERIOD_S) });

  const name = text(objectOf(await textOf(request)), "name", 100);
  const { user, access_token } = await stream(env).createGuest({ user: { id: crypto.randomUUID(), name } });
  return json(201, { api_key: env.STREAM_API_KEY, user_id: user.id, token: access_token });
}

/**
 * Whether no page asks, or one that you named, or the Worker's own. Browsers send a POST of plain text wherever a page
 * says, so a page elsewhere would make guests from its visitors' addresses though it could not read the answers.
 */
function isAllowed(request: Request, env: Env): boolean {
  const origin = request.headers.get("origin");
  return origin === null || origin === new URL(request.url).origin || origin === env.ALLOWED_ORIGIN;
}

/** What is counted as one visitor: an address, or the 64 bits of an IPv6 address that its provider gives out as one. */
function networkOf(address: string | null): string {
  if (!address?.includes(":")) return address ?? "unknown";
  // The URL parser writes every address in one way, with at most one run of zeros left out.
  const written = new URL(`http://[${address}]`).hostname.slice(1, -1);
  // An IPv4 address in IPv6's clothes.
  if (written.startsWith("::ffff:")) return written;
  const [start = "", end] = written.split("::");
  const groups = (text: string | undefined) => (text ? text.split(":") : []);
  const [before, after] = [groups(start), groups(end)];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  return [...before, ...(end === undefined ? [] : zeros), ...after].slice(0, 4).join(":");
}

/** Lets the page of another origin read the answer, if it is the one you named. */
export function shareWithPage(response: Response, request: Request, env: Env): Response {
  const origin = request.headers.get("origin");
  response.headers.append("vary", "origin");
  if (env.ALLOWED_ORIGIN && origin === env.ALLOWED_ORIGIN) {
    response.headers.set("access-control-allow-origin", origin);
    response.headers.set("access-control-expose-headers", "retry-after");
  }
  return response;
}

/** Answers a browser that asks before it sends JSON. */
export async function mayAskForGuest(): Promise<Response> {
  const headers = { "access-control-allow-methods": "POST", "access-control-allow-headers": "content-type" };
  return new Response(null, { status: 204, headers: { ...headers, "access-control-max-age": "86400" } });
}
