// The routes for imports.
import type { Failure } from "./chunk";
import type { Env } from "./env";
import type { Format } from "./source";

type Handler = (request: Request, env: Env, id: string) => Promise<Response>;

const PATH = /^\/imports\/([\w-]{1,64})(\/failures|\/resume)?$/;
const ROUTES: Record<string, Handler> = {
  "PUT ": upload,
  "POST ": begin,
  "GET ": progress,
  "DELETE ": forget,
  "GET /failures": failures,
  "POST /resume": resume,
};
const PAGE = 500;

export async function route(request: Request, env: Env): Promise<Response> {
  if (!(await isAllowed(request, env.IMPORT_TOKEN))) return refusal(401, "the token is missing or wrong");
  const [, id, what = ""] = PATH.exec(new URL(request.url).pathname) ?? [];
  const handler = ROUTES[`${request.method} ${what}`];
  return id && handler ? handler(request, env, id) : refusal(404, "there is nothing here");
}

/** Compares digests, so that the time does not reveal the token. */
async function isAllowed(request: Request, token: string): Promise<boolean> {
  if (!token) return false;
  const given = request.headers.get("authorization")?.replace(/^Bearer /, "") ?? "";
  const [one, other] = await Promise.all([given, token].map(digest));
  return one !== undefined && other !== undefined && crypto.subtle.timingSafeEqual(one, other);
}

function digest(text: string): Promise<ArrayBuffer> {
  return crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
}

/** Stores the body as a file in R2 and starts to import it. */
async function upload(request: Request, env: Env, id: string): Promise<Response> {
  const type = request.headers.get("content-type")?.split(";")[0];
  const format = type === "text/csv" ? "csv" : type === "application/x-ndjson" ? "ndjson" : undefined;
  if (format === undefined) return refusal(415, "the body must be text/csv or application/x-ndjson");
  if (!request.body || !request.headers.has("content-length"))
    return refusal(411, "send a body, and its content-length");
  if ((await env.IMPORTS.getByName(id).progress()) !== undefined) return refusal(409, "there is an import of this id");

  // A unique name: of two concurrent uploads for one id, one starts, and the other does not overwrite its file.
  const object = `${uploadsOf(id)}${crypto.randomUUID()}`;
  await env.FILES.put(object, request.body);
  const begun = await beginWith(env, id, object, format);
  if (!begun.ok) await env.FILES.delete(object);
  return begun;
}

/** The prefix of uploaded files. */
function uploadsOf(id: string): string {
  return `imports/${id}/`;
}

/** Starts to import a file that is already in R2. */
async function begin(request: Request, env: Env, id: string): Promise<Response> {
  const body = await request.json<{ object?: unknown; format?: unknown } | null>().catch(() => null);
  const { object, format } = body ?? {};
  if (typeof object !== "string" || (format !== "csv" && format !== "ndjson")) {
    return refusal(400, "send object, the name of a file in R2, and format, csv or ndjson");
  }
  return beginWith(env, id, object, format);
}

async function beginWith(env: Env, id: string, object: string, format: Format): Promise<Response> {
  const file = await env.FILES.head(object);
  if (file === null) return refusal(404, "there is no such file");
  if (file.size === 0) return refusal(400, "the file is empty");
  const started = await env.IMPORTS.getByName(id).start(id, { object, etag: file.etag, format }, file.size);
  return started ? Response.json({ id }, { status: 202 }) : refusal(409, "there is an import of this id");
}

async function progress(_: Request, env: Env, id: string): Promise<Response> {
  const progress = await env.IMPORTS.getByName(id).progress();
  return progress ? Response.json(progress) : refusal(404, "there is no such import");
}

/** All users who were not imported, one per line. */
async function failures(_: Request, env: Env, id: string): Promise<Response> {
  const found = env.IMPORTS.getByName(id);
  const encoder = new TextEncoder();
  let after = 0;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const page = await found.failures(after, PAGE);
      const last = page.at(-1);
      if (last === undefined) return controller.close();
      after = last.row;
      controller.enqueue(encoder.encode(page.map(lineOf).join("")));
    },
  });
  return new Response(body, { headers: { "content-type": "application/x-ndjson" } });
}

function lineOf({ user, ...failure }: Failure): string {
  return `${JSON.stringify(user === undefined ? failure : { ...failure, user: JSON.parse(user) })}\n`;
}

async function resume(_: Request, env: Env, id: string): Promise<Response> {
  const resumed = await env.IMPORTS.getByName(id).resume();
  return resumed ? Response.json({ id }, { status: 202 }) : refusal(404, "there is no such import");
}

/** Ends an import, and deletes its state and the uploaded file. */
async function forget(_: Request, env: Env, id: string): Promise<Response> {
  const object = await env.IMPORTS.getByName(id).forget();
  if (object?.startsWith(uploadsOf(id))) await env.FILES.delete(object);
  return Response.json({ id });
}

function refusal(status: number, message: string): Response {
  return Response.json({ error: { message } }, { status });
}
