// Guests: people without an account, who may look around.
import { json, Refusal } from "./answer";
import type { Env } from "./env";
import { objectOf, text, textOf } from "./input";
import { stream } from "./stream";

/** The period in wrangler.jsonc. */
const PERIOD_S = 60;

/** Creates a guest, unless its address has made enough of them. */
export async function createGuest(request: Request, env: Env): Promise<Response> {
  const { success } = await env.GUEST_LIMIT.limit({ key: request.headers.get("cf-connecting-ip") ?? "unknown" });
  if (!success) throw new Refusal(429, "too_many", "too many guests from here", { "retry-after": String(PERIOD_S) });

  const name = text(objectOf(await textOf(request)), "name", 100);
  const { user, access_token } = await stream(env).createGuest({ user: { id: crypto.randomUUID(), name } });
  return json(201, { api_key: env.STREAM_API_KEY, user_id: user.id, token: access_token });
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
