// `webhook`: a receiver on this machine, and verification of one body.

import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { StreamClient, UpdateAppRequest } from "getstream-users";
import { type CredentialOptions, clientOf } from "../credentials.js";
import { EXIT, Failure } from "../exit.js";
import { interruption } from "../interrupt.js";
import { err, out, plain, print, printJson, tell } from "../terminal.js";

interface ListenOptions extends CredentialOptions {
  port: string;
  json?: boolean;
  register?: boolean;
}

/** The longest body that is read: the client's limit for decompressed bodies. */
const MOST_BYTES = 10 * 1024 * 1024;

export async function listen(options: ListenOptions): Promise<void> {
  const port = Number(options.port);
  if (!/^\d{1,5}$/.test(options.port) || port > 65_535) throw new Failure(`--port: ${options.port} is not a port`);
  const client = await clientOf(options);
  const signal = interruption();
  const server = createServer(async (request, response) => {
    const status = await received(client, request, options.json === true);
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(new Failure(`cannot listen: ${error.message}`, EXIT.incomplete)));
    server.listen(port, "127.0.0.1", resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const unregister = options.register ? await register(client, url) : async () => {};
  tell(`receiving at ${url}${options.register ? ", as a hook of the app" : ""}; Ctrl-C stops`);
  await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
  server.close();
  server.closeAllConnections();
  await unregister();
}

/** Prints an event. Returns the status for the sender. */
async function received(client: StreamClient, request: IncomingMessage, json: boolean): Promise<number> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MOST_BYTES) return 413;
    chunks.push(chunk);
  }
  try {
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
    const event = await client.verifyAndParseWebhook(Buffer.concat(chunks), headers);
    if (json) printJson(event);
    else {
      print(`${out.dim(new Date().toISOString())} ${out.bold(plain(event.type))}`);
      print(plain(JSON.stringify(event)));
    }
    return 200;
  } catch (error) {
    tell(`${err.red("refused:")} ${plain((error as Error).message)}`);
    return 401;
  }
}

type Hooks = NonNullable<UpdateAppRequest["event_hooks"]>;

/** Adds the receiver to the app's hooks. Returns a function that removes only this hook. */
async function register(client: StreamClient, url: string): Promise<() => Promise<void>> {
  const hooks = async () => ((await client.getApp()).app.event_hooks ?? []) as unknown as Hooks;
  const hook = { hook_type: "webhook", enabled: true, webhook_url: url } as Hooks[number];
  await client.updateApp({ event_hooks: [...(await hooks()), hook] });
  return async () => {
    const others = (await hooks()).filter((one) => one.webhook_url !== url);
    await client.updateApp({ event_hooks: others });
  };
}

interface VerifyOptions extends CredentialOptions {
  signature: string;
  json?: boolean;
}

export async function verify(file: string, options: VerifyOptions): Promise<void> {
  let body: Buffer;
  try {
    body = readFileSync(file === "-" ? 0 : file);
  } catch (error) {
    throw new Failure((error as Error).message);
  }
  const client = await clientOf(options);
  try {
    const event = await client.verifyAndParseWebhook(body, options.signature);
    if (options.json) printJson({ verified: true, event });
    else print(`valid: ${plain(event.type)}`);
  } catch (error) {
    const reason = (error as Error).message;
    if (options.json) printJson({ verified: false, reason });
    else print(`not valid: ${plain(reason)}`);
    process.exitCode = EXIT.incomplete;
  }
}
