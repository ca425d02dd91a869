// What a receiver of webhooks knows of an event. Nothing here is run.

import {
  type EventUser,
  InvalidWebhookError,
  isUserEvent,
  type OtherEvent,
  type StreamClient,
  type UserEvent,
  type WebhookDelivery,
  type WebhookEvent,
  type WHEvent,
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

/** Headers in the forms that platforms have them, and what they say. */
export async function delivered(
  request: Request,
  node: { [name: string]: string | string[] | undefined },
  lambda: { [name: string]: string | undefined },
  lists: { [name: string]: string[] | undefined } | undefined,
): Promise<string | undefined> {
  const body = await request.text();
  for (const headers of [request.headers, node, lambda, lists, node["x-signature"]]) {
    await client.verifyAndParseWebhook(body, headers);
  }
  const event = client.parseWebhook(body, node);
  expect<Same<typeof event, WebhookEvent>>();
  expect<Same<typeof event.delivery, WebhookDelivery | undefined>>();
  if (isUserEvent(event)) expect<Same<typeof event.delivery, WebhookDelivery | undefined>>();
  // @ts-expect-error a request is read asynchronously
  client.parseWebhook(request, "");
  // @ts-expect-error a number is no signature
  client.parseWebhook(body, 7);
  return event.delivery?.id;
}

/** The name of the official SDK's type, and its error. */
export function handled(event: WHEvent, error: unknown): string {
  expect<Same<WHEvent, WebhookEvent>>();
  if (error instanceof InvalidWebhookError) return error.kind === "authentication" ? "401" : error.message;
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
