// Sends a request in the emulator's log again, as the same caller.

import type { EmulatorRequest } from "getstream-users/emulator";
import { asUser } from "../client/connect.ts";
import { send } from "../client/signed.ts";
import { asServer, type Target } from "../client/target.ts";
import { targetFetch } from "./emulator.ts";
import { readAll } from "./follow.ts";
import { target } from "./target.ts";

/** The placeholder of a secret in the log. */
const HIDDEN = "***";
/** Parameters that identify the caller: the request gets new ones. */
const CREDENTIALS = ["api_key", "authorization", "stream-auth-type", "connection_id"];

/** Why a request cannot be sent again as it was. */
export function obstacle({ operation, caller, user_id, body, query = "" }: EmulatorRequest): string | undefined {
  if (operation === "Connect") return "A socket, which is opened under Online.";
  if (caller === "none") return "Who sent it could not be made out.";
  if (caller === "user" && user_id === undefined) return "Who sent it is not known.";
  if (typeof body === "string") return "Its body is not in the log as a whole.";
  const rest = new URLSearchParams(query);
  for (const name of CREDENTIALS) rest.delete(name);
  if (JSON.stringify([body ?? null, rest.toString()]).includes(HIDDEN)) return "It held a secret, which no log has.";
  return undefined;
}

/** Returns the status of the response. */
export async function replay(request: EmulatorRequest): Promise<number> {
  const { method, path, query = "", body } = request;
  const rest = new URLSearchParams(query);
  for (const name of CREDENTIALS) rest.delete(name);
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const { status } = await send(callerOf(request), targetFetch.peek(), `${path}?${rest}`, init);
  readAll();
  return status;
}

function callerOf({ caller, user_id = "" }: EmulatorRequest): Target {
  const server = asServer(target.peek());
  if (caller === "server") return server;
  if (caller === "anonymous") return { ...server, access: { kind: "anonymous" } };
  const secret = server.access.kind === "server" ? server.access.secret : "";
  return { ...server, access: asUser(secret, user_id) };
}
