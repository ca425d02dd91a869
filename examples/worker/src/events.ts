// What Stream tells of users.
import {
  isAuthenticationError,
  isResponseError,
  isUserEvent,
  type StreamClient,
  type UserEvent,
} from "getstream-users";
import { Refusal } from "./answer";
import type { Env } from "./env";
import { stream } from "./stream";

/**
 * Takes an event. An answer of 500 or more, or 429, makes Stream call again, so what happens here must bear to happen
 * twice.
 */
export async function fromStream(request: Request, env: Env): Promise<Response> {
  const client = stream(env);
  const event = await verified(client, request);
  if (isUserEvent(event)) await react(client, event);
  return new Response();
}

async function verified(client: StreamClient, request: Request) {
  try {
    return await client.verifyAndParseWebhook(request);
  } catch (error) {
    if (isAuthenticationError(error)) throw new Refusal(401, "unauthorized", error.message);
    if (isResponseError(error)) throw new Refusal(400, "invalid_input", error.message);
    throw error;
  }
}

/** Revokes the tokens that a user had at a time, unless younger ones are revoked already: events come late, and twice. */
async function revokeTokens(client: StreamClient, id: string, before: Date): Promise<void> {
  const { users } = await client.queryUsers({
    payload: { filter_conditions: { id }, include_deactivated_users: true },
  });
  const revoked = users[0]?.revoke_tokens_issued_before;
  if (revoked === undefined || revoked === null || revoked < before) await client.revokeUserToken(id, before);
}

async function react(client: StreamClient, event: UserEvent): Promise<void> {
  switch (event.type) {
    case "user.banned":
      // A ban from the whole app ends the user's sessions; the backend decides who gets another token. Of a shadow ban the
      // user is to notice nothing.
      if (event.cid === undefined && !event.shadow) await revokeTokens(client, event.user.id, event.created_at);
      break;
    case "user.deleted":
    case "user.deactivated":
    case "user.reactivated":
      // Here your own database would hear of it.
      console.log(JSON.stringify({ message: event.type, at: event.created_at }));
      break;
  }
}
