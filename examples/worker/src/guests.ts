// Guests: visitors without an account.
import { json, Refusal } from "./answer";
import type { Env } from "./env";
import { objectOf, text, textOf } from "./input";
import { stream } from "./stream";

/** The period of the limit in wrangler.jsonc. */
const PERIOD_S = 60;

/** Creates a guest, unless the address has created too many. */
export async function createGuest(request: Request, env: Env): Promise<Response> {
  if (!isAllowed(request, env)) throw new Refusal(403, "forbidden", "this page may not make guests");
  const { success } = await env.GUEST_LIMIT.limit({ key: networkOf(request.headers.get("cf-connecting-ip")) });
  if (!success) throw new Refusal(429, "too_many", "too many guests from here", { "retry-after": String(PERIOD_S) });

  const name = text(objectOf(await textOf(request)), "name", 100);
  const { user, access_token } = await stream(env).createGuest({ user: { id: crypto.randomUUID(), name } });
  return json(201, { api_key: env.STREAM_API_KEY, user_id: user.id, token: access_token });
}

/**
 * Whether the request does not come from a page, or comes from an allowed page or the Worker's own. Browsers send a POST of
 * plain text to any origin, so any page could create guests from its visitors' addresses, even if it cannot read the responses.
 */
function isAllowed(request: Request, env: Env): boolean {
  const origin = request.headers.get("origin");
  return origin === null || origin === new URL(request.url).origin || origin === env.ALLOWED_ORIGIN;
}

/** The key that counts as one visitor: an IPv4 address, or the first 64 bits of an IPv6 address, which providers assign as a unit. */
function networkOf(address: string | null): string {
  if (!address?.includes(":")) return address ?? "unknown";
  // The URL parser normalizes addresses, with at most one run of zeros left out.
  const written = new URL(`http://[${address}]`).hostname.slice(1, -1);
  // An IPv4-mapped IPv6 address.
  if (written.startsWith("::ffff:")) return written;
  const [start = "", end] = written.split("::");
  const groups = (text: string | undefined) => (text ? text.split(":") : []);
  const [before, after] = [groups(start), groups(end)];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  return [...before, ...(end === undefined ? [] : zeros), ...after].slice(0, 4).join(":");
}

/** Lets a page of another origin read the response, if it is the allowed one. */
export function shareWithPage(response: Response, request: Request, env: Env): Response {
  const origin = request.headers.get("origin");
  response.headers.append("vary", "origin");
  if (env.ALLOWED_ORIGIN && origin === env.ALLOWED_ORIGIN) {
    response.headers.set("access-control-allow-origin", origin);
    response.headers.set("access-control-expose-headers", "retry-after");
  }
  return response;
}

/** Responds to a CORS preflight request. */
export async function mayAskForGuest(): Promise<Response> {
  const headers = { "access-control-allow-methods": "POST", "access-control-allow-headers": "content-type" };
  return new Response(null, { status: 204, headers: { ...headers, "access-control-max-age": "86400" } });
}
