// Handles Stream's events about users.
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
 * Handles an event. Stream retries after status 429, 500 or more, so everything here may run twice.
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

/** Revokes a user's tokens up to a time, unless later ones are already revoked: events arrive late, and twice. */
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
      // A ban from the whole app ends the user's sessions; the backend decides who gets another token. A shadow ban must stay
      // hidden from the user.
      if (event.cid === undefined && !event.shadow) await revokeTokens(client, event.user.id, event.created_at);
      break;
    case "user.deleted":
    case "user.deactivated":
    case "user.reactivated":
      // Update your own database here.
      console.log(JSON.stringify({ message: event.type, at: event.created_at }));
      break;
  }
}
