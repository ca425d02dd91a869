// What a receiver of webhooks knows of an event. Nothing here is run.

import {
  type EventUser,
  isUserEvent,
  type OtherEvent,
  type StreamClient,
  type UserEvent,
  type WebhookEvent,
} from "getstream-users";
import { expect, type Same } from "./expect.js";

declare const client: StreamClient;

export async function received(request: Request, body: Uint8Array): Promise<string | undefined> {
  const event = await client.verifyAndParseWebhook(request);
  expect<Same<typeof event, WebhookEvent>>();
  await client.verifyAndParseWebhook(body, request.headers.get("x-signature"));
  const [queued, notified] = [await client.parseSqs(""), await client.parseSns("")];
  expect<Same<typeof queued | typeof notified, WebhookEvent>>();
  // @ts-expect-error a body without a signature proves nothing
  client.verifyAndParseWebhook(body);
  // @ts-expect-error the body as it came
  client.verifyAndParseWebhook({ type: "user.updated" }, "");

  if (!isUserEvent(event)) {
    expect<Same<typeof event, OtherEvent>>();
    expect<Same<(typeof event)["message"], unknown>>();
    return event.type;
  }
  // The type tells them apart.
  switch (event.type) {
    case "user.updated":
      expect<Same<typeof event.user, EventUser>>();
      expect<Same<typeof event.created_at, Date>>();
      return event.user.id;
    case "user.banned":
      expect<Same<typeof event.expiration, Date | undefined>>();
      return event.reason;
    case "user_group.created":
    case "user_group.deleted":
      return event.user_group?.name;
    case "export.users.success":
      // @ts-expect-error an export has no user
      event.user;
      return event.url;
    default:
      return event.created_at.toISOString();
  }
}

export async function another(request: Request): Promise<string> {
  type MessageNew = { type: "message.new"; message: { text: string } };
  const event = await client.verifyAndParseWebhook<MessageNew, { color: string }>(request);
  if (isUserEvent(event)) return event.type === "user.updated" ? (event.user.custom?.color ?? "") : "";
  return event.type;
}

/** Every user event is told apart, so that a switch can be complete. */
export function named(event: UserEvent): string {
  switch (event.type) {
    case "export.users.success":
    case "export.users.error":
      return event.task_id;
    case "user_group.created":
    case "user_group.updated":
    case "user_group.deleted":
    case "user_group.member_added":
    case "user_group.member_removed":
    case "user.unread_message_reminder":
      return event.user?.id ?? "";
    case "user.updated":
    case "user.deleted":
    case "user.deactivated":
    case "user.reactivated":
    case "user.banned":
    case "user.unbanned":
    case "user.muted":
    case "user.unmuted":
    case "user.flagged":
    case "user.messages.deleted":
      return event.user.id;
  }
}
