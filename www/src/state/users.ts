// What can be done with a single user of the emulator, as the app's server.

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

/** The id of the user that is opened. */
export const openUser = signal<string | undefined>(undefined);

/** What may be changed of a user. An empty text takes a field away. */
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

/** Sends what differs from what the user is, and nothing when nothing does. */
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
  // What belongs to a user that is gone for good goes with it.
  const answer = await client.deleteUsers({ user_ids: [id], user: mode });
  follow(client, "deleteUsers", { ...answer });
  readAll();
}

export async function setActive(id: string, isActive: boolean): Promise<void> {
  await asAppServer<unknown>((client) =>
    isActive ? client.reactivateUser({ user_id: id }) : client.deactivateUser({ user_id: id }),
  );
}

/** Calls go on as this user. */
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
