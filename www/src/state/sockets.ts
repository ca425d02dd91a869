// The sockets that this page has opened to the target's emulator: their users and events.

import { effect, signal } from "@preact/signals";
import { asUser } from "../client/connect.ts";
import { baseOf, send } from "../client/signed.ts";
import type { Target } from "../client/target.ts";
import { readActivity } from "./activity.ts";
import { emulatorInPage, targetFetch } from "./emulator.ts";
import { target } from "./target.ts";
import { refresh, world } from "./world.ts";

export interface SocketEvent {
  id: number;
  at: Date;
  /** The user of the socket. */
  userId: string;
  /** Its type, or what happened to the socket: `opened`, `closed`. */
  type: string;
  content: unknown;
}

interface Open {
  userId: string;
  socket: WebSocket;
  beat: ReturnType<typeof setInterval>;
}

/** The number of events to keep. */
const MOST = 200;
/** The interval of health checks, in milliseconds, as in Stream's SDKs. */
const BEAT = 25_000;
/** The number of users whose presence is watched: the API's maximum per query. */
const WATCHED = 30;

/** The latest first. */
export const socketEvents = signal<readonly SocketEvent[]>([]);
/** The users that this page is connected as. */
export const connectedAs = signal<readonly string[]>([]);

let open: Open[] = [];
let count = 0;

/** Connects as a user of the emulator, and watches the presence of others. Returns the problem, if any. */
export async function connectAs(userId: string): Promise<void> {
  const goal = target.peek();
  const as: Target = { ...goal, access: asUser(goal.secret ?? "", userId) };
  const Socket = goal.where === "page" ? (await emulatorInPage()).WebSocket : WebSocket;
  const url = new URL(`${baseOf(goal).replace(/^http/, "ws")}/api/v2/connect`);
  url.searchParams.set("api_key", goal.apiKey);
  url.searchParams.set("stream-auth-type", "jwt");
  const socket = new Socket(url.href);
  const token = as.access.kind === "token" ? as.access.token : "";
  socket.addEventListener("open", () => {
    socket.send(JSON.stringify({ token, user_details: { id: userId } }));
    note(userId, "opened", { url: url.pathname });
  });
  socket.addEventListener("message", ({ data }) => {
    const event = parsed(String(data));
    note(userId, event.type ?? (event.error === undefined ? "message" : "error"), event);
    if (event.type === "connection.ok" && event.connection_id !== undefined) void watch(as, event.connection_id);
    void refresh();
    void readActivity();
  });
  socket.addEventListener("close", ({ code, reason }) => {
    const mine = open.find((one) => one.socket === socket);
    clearInterval(mine?.beat);
    keep(open.filter((one) => one !== mine));
    note(userId, "closed", { code, reason });
    void refresh();
    void readActivity();
  });
  const beat = setInterval(() => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify({ type: "health.check" }));
  }, BEAT);
  keep([...open, { userId, socket, beat }]);
}

export function disconnect(userId: string): void {
  for (const one of open.filter((one) => one.userId === userId)) one.socket.close(1000, "the visitor left");
}

export function forgetEvents(): void {
  socketEvents.value = [];
}

/** Watches the presence of other users over the connection. */
async function watch(as: Target, connectionId: string): Promise<void> {
  const { value } = world;
  const people = value.status === "known" ? value.people : [];
  const ids = people.filter(({ standing }) => standing !== "deleted").map(({ id }) => id);
  const payload = { filter_conditions: { id: { $in: ids.slice(0, WATCHED) } }, presence: true, limit: WATCHED };
  const query = new URLSearchParams({ payload: JSON.stringify(payload), connection_id: connectionId });
  await send(as, targetFetch.peek(), `/api/v2/users?${query}`).catch(() => undefined);
  void readActivity();
}

function keep(sockets: Open[]): void {
  open = sockets;
  connectedAs.value = [...new Set(open.map(({ userId }) => userId))];
}

function note(userId: string, type: string, content: unknown): void {
  count += 1;
  socketEvents.value = [{ id: count, at: new Date(), userId, type, content }, ...socketEvents.peek()].slice(0, MOST);
}

function parsed(text: string): { type?: string; error?: unknown; connection_id?: string } {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

// Sockets belong to one emulator: they close when the target changes.
let last: string | undefined;
effect(() => {
  const { where, url } = target.value;
  const place = `${where} ${url}`;
  if (last !== undefined && last !== place) for (const { socket } of open) socket.close(1000, "the visitor left");
  last = place;
});
