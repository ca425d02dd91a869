// The emulator over HTTP, on `node:http`, with the same responses as the native server.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import type { Answer, Head, ServedEmulator } from "./core.js";
import type { RequestLog } from "./request-log.js";
import { type Sockets, socketsOf } from "./sockets.js";

// The limits of the native server: SDKs keep idle connections for up to a minute.
const HEAD_TIME_MS = 75_000;
const BODY_TIME_MS = 30_000;
const HEAD_BYTES = 64 * 1024;
/** How long a request may take to arrive while the server stops. */
const STOP_PAUSE_MS = 50;
/** How long a response may take then. */
const STOP_TIME_MS = 1_000;

/** As with Stream, any page may call; credentials are never in cookies. */
const ANY_PAGE = { "access-control-allow-origin": "*" };

export interface Running {
  /** The server's URL: `http://127.0.0.1:8737`. */
  url: string;
  /** Completes the requests under way, and stops. */
  stop(): Promise<void>;
}

/** @throws the system's error when it cannot listen at the address */
export async function serve(emulator: ServedEmulator, host: string, port: number, log: RequestLog): Promise<Running> {
  const sockets = socketsOf(emulator.sockets);
  emulator.dispatcher.with(sockets.flush);
  const server = createServer(
    { keepAliveTimeout: HEAD_TIME_MS, headersTimeout: HEAD_TIME_MS, maxHeaderSize: HEAD_BYTES, requestTimeout: 0 },
    (request, response) => {
      handle(emulator, request, response, log).catch((error) => {
        // Otherwise a defect of the server would go unnoticed.
        process.stderr.write(`error: ${error instanceof Error ? error.message : error}\n`);
        request.socket.destroy();
      });
    },
  );
  server.on("clientError", (error, socket) => refuse(emulator, error, socket as Socket, log));
  server.on("upgrade", (request, connection, rest) => {
    const head = headOf(request);
    if (!sockets.isAskedFor(request, head[2])) {
      if (TAKES_BACK) return answerWithoutUpgrade(server, request, connection, rest);
      return refuse(emulator, new Error("another protocol"), connection as Socket, log);
    }
    log.add(head[0], head[2], SWITCHING, 0);
    sockets.accept(request, connection, rest, head);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const { address, family, port: taken } = server.address() as AddressInfo;
  const url = `http://${family === "IPv6" ? `[${address}]` : address}:${taken}`;
  return { url, stop: () => stopped(server, sockets) };
}

/** Whether a server accepts a connection again after an upgrade event: those of Deno 2.9 and Bun 1.4 never read it again. */
const TAKES_BACK = process.versions.deno === undefined && process.versions.bun === undefined;

/** The log entry of an opened socket. */
const SWITCHING: Answer = {
  status: 101,
  headers: [],
  bytes: new Uint8Array(),
  delay: 0,
  ending: "whole",
  isUnlogged: false,
};

/**
 * Answers a request that asks for an unsupported protocol as if it had not asked, which HTTP allows: Java's client asks for
 * HTTP/2 with every request. Node has detached such a connection, including its body, so the server gets it again as a new
 * one that begins with the same request, without the upgrade header.
 */
function answerWithoutUpgrade(server: Server, request: IncomingMessage, connection: Duplex, rest: Buffer): void {
  const { method, url, httpVersion, rawHeaders } = request;
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const isWish = ["upgrade", "connection"].includes(rawHeaders[index]?.toLowerCase() ?? "");
    if (!isWish) lines.push(`${rawHeaders[index]}: ${rawHeaders[index + 1]}`);
  }
  // Node reads header fields as Latin-1.
  connection.unshift(Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), rest]));
  server.emit("connection", connection);
}

async function handle(
  emulator: ServedEmulator,
  request: IncomingMessage,
  response: ServerResponse,
  log: RequestLog,
): Promise<void> {
  const begun = performance.now();
  if (request.method === "OPTIONS" && request.headers["access-control-request-method"] !== undefined) {
    const isPrivate = request.headers["access-control-request-private-network"] === "true";
    const network = isPrivate ? { "access-control-allow-private-network": "true" } : {};
    response.writeHead(200, { ...ANY_PAGE, ...emulator.preflight, ...network, "content-length": "0" }).end();
    return;
  }
  const head = headOf(request);
  const body = await bodyOf(request, emulator.bodyLimit(head) + 1);
  const answer = body instanceof Uint8Array ? emulator.answer(head, body) : emulator.refusal(body);
  if (!(body instanceof Uint8Array)) response.setHeader("connection", "close");
  emulator.dispatcher.dispatch();
  if (answer.delay > 0) await pause(answer.delay);
  if (answer.waitsFor !== undefined) {
    const gone = new AbortController();
    response.on("close", () => gone.abort());
    answer.bytes = (await emulator.sockets.polls.events(answer.waitsFor, gone.signal)) ?? answer.bytes;
  }
  log.add(head[0], head[2], answer, performance.now() - begun);
  send(answer, request, response);
}

function headOf(request: IncomingMessage): Head {
  const { method = "GET", url = "/", rawHeaders } = request;
  const [path = "/", query = ""] = split(url, "?");
  const headers: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.push([rawHeaders[index]?.toLowerCase() ?? "", rawHeaders[index + 1] ?? ""]);
  }
  const { localAddress, localPort } = request.socket;
  const host = request.headers.host || `${localAddress}:${localPort}`;
  return [method, `http://${host}`, path, query, JSON.stringify(headers)];
}

/** The text before and after the first separator. */
function split(text: string, separator: string): [string, string?] {
  const index = text.indexOf(separator);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}

/** The body, or the part that shows that it is too long; or why it cannot be read. */
function bodyOf(request: IncomingMessage, most: number): Promise<Uint8Array | "malformed" | "too-slow"> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const timer = setTimeout(() => end("too-slow"), BODY_TIME_MS);
    const end = (result: Uint8Array | "malformed" | "too-slow") => {
      clearTimeout(timer);
      resolve(result);
    };
    request.on("data", (chunk: Buffer) => {
      if (length >= most) return;
      chunks.push(chunk.subarray(0, most - length));
      length += chunk.length;
      if (length >= most) end(Buffer.concat(chunks));
    });
    request.on("end", () => end(Buffer.concat(chunks)));
    request.on("error", () => end("malformed"));
    request.on("close", () => end("malformed"));
  });
}

function send({ status, headers, bytes, ending }: Answer, request: IncomingMessage, response: ServerResponse): void {
  if (ending === "dropped") {
    request.socket.destroy();
    return;
  }
  response.sendDate = true;
  for (const [name, value] of headers) response.appendHeader(name, value);
  for (const [name, value] of Object.entries(ANY_PAGE)) response.setHeader(name, value);
  if (!response.hasHeader("content-length") && status !== 204) response.setHeader("content-length", bytes.length);
  response.writeHead(status);
  if (ending === "whole") {
    response.end(request.method === "HEAD" ? undefined : bytes);
    return;
  }
  // The announced length is never sent.
  response.flushHeaders();
  response.write(bytes.subarray(0, ending), () => request.socket.destroySoon());
}

/** Answers a malformed request with the API's error envelope. */
function refuse(emulator: ServedEmulator, error: NodeJS.ErrnoException, socket: Socket, log: RequestLog): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  if (error.code === "ERR_HTTP_REQUEST_TIMEOUT" && socket.bytesRead === 0) {
    socket.destroy();
    return;
  }
  const reasons = { HPE_HEADER_OVERFLOW: "head-too-large", ERR_HTTP_REQUEST_TIMEOUT: "too-slow" } as const;
  const answer = emulator.refusal(reasons[error.code as keyof typeof reasons] ?? "malformed");
  log.add("-", "-", answer, 0);
  const fields = [...answer.headers, ...Object.entries(ANY_PAGE), ["content-length", String(answer.bytes.length)]];
  const lines = [`HTTP/1.1 ${answer.status} `, ...fields.map((field) => field.join(": ")), "connection: close"];
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  socket.end(answer.bytes);
}

/**
 * Lets requests under way complete for a moment. A request that was just sent on a connection that counts as idle would get
 * a reset, so the server closes only after a pause.
 */
async function stopped(server: Server, sockets: Sockets): Promise<void> {
  await pause(STOP_PAUSE_MS);
  sockets.close("the server stops");
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const timer = setTimeout(() => server.closeAllConnections(), STOP_TIME_MS);
  await closed;
  clearTimeout(timer);
}
