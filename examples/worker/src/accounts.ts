// Handles calls from your backend about accounts.
import type { DeleteUsersResponse, DeleteUsersResult, StartedTask, StreamClient } from "getstream-users";
import { json } from "./answer";
import type { Env } from "./env";
import { fromBackend } from "./hook";
import { text, userId } from "./input";
import { stream } from "./stream";

const TOKEN_VALIDITY_S = 60 * 60;
/** Cloudflare lets a Worker run for 30 s after its response. */
const WATCH_MS = 25_000;

/** Creates the user of a new account, and returns what its app needs to connect. A repeated call does no harm. */
export async function signUp(request: Request, env: Env): Promise<Response> {
  const input = await fromBackend(request, env);
  const user = { id: userId(input), name: text(input, "name", 255), image: text(input, "image", 2048) };
  const client = stream(env);
  await client.upsertUsers([user]);
  return json(201, ticket(client, env, user.id));
}

/** Returns a new token for a user who is signed in. Nothing is sent. */
export async function signIn(request: Request, env: Env): Promise<Response> {
  const id = userId(await fromBackend(request, env));
  return json(200, ticket(stream(env), env, id));
}

function ticket(client: StreamClient, env: Env, user_id: string) {
  const token = client.generateUserToken({ user_id, validity_in_seconds: TOKEN_VALIDITY_S });
  return { api_key: env.STREAM_API_KEY, user_id, token, expires_in: TOKEN_VALIDITY_S };
}

/** Deletes the user of an account, with messages and files. The response does not wait for the task. */
export async function accountDeleted(request: Request, env: Env, context: ExecutionContext): Promise<Response> {
  const id = userId(await fromBackend(request, env));
  const deletion = await stream(env).deleteUsers({
    user_ids: [id],
    user: "hard",
    messages: "hard",
    conversations: "hard",
    files: true,
  });
  context.waitUntil(tellOfEnd(deletion));
  return json(202, { task_id: deletion.task_id });
}

/** The task continues without the Worker; the log has its id, so that it can be checked later. */
async function tellOfEnd(deletion: StartedTask<DeleteUsersResponse, DeleteUsersResult>): Promise<void> {
  const { task_id } = deletion;
  try {
    const { result } = await deletion.wait({ timeout: WATCH_MS });
    const left = Object.values(result).find(({ status }) => status !== "ok");
    if (left) throw new Error(left.error ?? left.status);
    console.log(JSON.stringify({ message: "user deleted", task_id }));
  } catch (error) {
    console.error(JSON.stringify({ message: "deletion has not ended well", task_id, error: String(error) }));
  }
}
