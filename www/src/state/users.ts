// Actions on a single user of the emulator, as the app's server.

import { signal } from "@preact/signals";
import type { StreamClient } from "getstream-users";
import { asUser, connect } from "../client/connect.ts";
import { asServer } from "../client/target.ts";
import type { Person } from "../dock/world.ts";
import { announce } from "./announce.ts";
import { targetFetch } from "./emulator.ts";
import { readAll } from "./follow.ts";
import { target } from "./target.ts";
import { follow } from "./tasks.ts";
import { world } from "./world.ts";

/** The id of the open user. */
export const openUser = signal<string | undefined>(undefined);

/** The editable fields of a user. An empty text removes a field. */
export interface Change {
  name: string;
  role: string;
  language: string;
  image: string;
}

export function userOf(id: string): Person | undefined {
  const { value } = world;
  return value.status === "known" ? value.people.find((person) => person.id === id) : undefined;
}

/** Sends the changed fields, if there are any. */
export async function changeUser(person: Person, change: Change & { custom: Record<string, unknown> }): Promise<void> {
  const names = ["name", "role", "language", "image"] as const;
  const fields = names.filter((name) => change[name] !== person[name]);
  const { custom } = change;
  const kept = Object.entries(custom).filter(([name, value]) => !same(value, person.custom[name]));
  const set = {
    ...Object.fromEntries(fields.filter((name) => change[name] !== "").map((name) => [name, change[name]])),
    ...Object.fromEntries(kept),
  };
  const unset = [
    ...fields.filter((name) => change[name] === ""),
    ...Object.keys(person.custom).filter((name) => !Object.hasOwn(custom, name)),
  ];
  if (Object.keys(set).length + unset.length === 0) return;
  await asAppServer((client) => client.updateUsersPartial({ users: [{ id: person.id, set, unset }] }));
}

export async function deleteUser(id: string, mode: "soft" | "hard"): Promise<void> {
  const client = connect(asServer(target.peek()), targetFetch.peek());
  // Deleting a user permanently also deletes its data.
  const answer = await client.deleteUsers({ user_ids: [id], user: mode });
  follow(client, "deleteUsers", { ...answer });
  readAll();
}

export async function setActive(id: string, isActive: boolean): Promise<void> {
  await asAppServer<unknown>((client) =>
    isActive ? client.reactivateUser({ user_id: id }) : client.deactivateUser({ user_id: id }),
  );
}

/** Makes this user the caller. */
export function actAs(id: string): void {
  const place = target.peek();
  const server = asServer(place);
  const secret = server.access.kind === "server" ? server.access.secret : "";
  target.value = { ...place, secret, access: asUser(secret, id) };
  announce(`Calls go out as ${id}`);
}

async function asAppServer<T>(work: (client: StreamClient) => Promise<T>): Promise<void> {
  await work(connect(asServer(target.peek()), targetFetch.peek()));
  readAll();
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
