// WebSockets on `node:http`: the upgrade, and the frames in both directions, like the native server. The core decides
// what is sent; every wait has a limit.

import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { type ServerOptions, type WebSocket, WebSocketServer } from "ws";
import type { Head, ServedSockets } from "./core.js";

// The limits of the native server.
/** How long a client may take to read what is sent. A slower client is disconnected. */
const WRITE_TIME_MS = 10_000;
/** How long a client may take to close its side. */
const CLOSE_TIME_MS = 1_000;

const GOING_AWAY = 1001;

export interface Sockets {
  /** Whether a request asks for a WebSocket, and its path serves one. */
  isAskedFor(request: IncomingMessage, path: string): boolean;
  /** Upgrades the connection to a WebSocket. `rest` is what the client has sent since its request. */
  accept(request: IncomingMessage, connection: Duplex, rest: Buffer, head: Head): void;
  /** Called after everything that may have created events. */
  flush(): void;
  /** Closes all of them. */
  close(reason: string): void;
}

export function socketsOf(core: ServedSockets): Sockets {
  // The library's types do not have the last option yet.
  const options: ServerOptions & { closeTimeout: number } = {
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: core.messageBytes,
    closeTimeout: CLOSE_TIME_MS,
  };
  const server = new WebSocketServer(options);
  const lines = new Map<number, Line>();
  const flush = () => {
    for (const number of core.woken()) {
      lines.get(number)?.wake();
      core.polls.wake(number);
    }
  };
  return {
    isAskedFor({ method, headers }, path) {
      const asks = headers.upgrade?.toLowerCase() === "websocket" && headers["sec-websocket-version"] === "13";
      return asks && method === "GET" && headers["sec-websocket-key"] !== undefined && core.isAt(path);
    },
    accept(request, connection, rest, head) {
      server.handleUpgrade(request, connection, rest, (socket) => {
        const number = core.open(head);
        if (number === undefined) return socket.terminate();
        lines.set(number, new Line(number, socket, core, flush, () => lines.delete(number)));
        flush();
      });
    },
    flush,
    close(reason) {
      for (const line of lines.values()) line.close(GOING_AWAY, reason);
    },
  };
}

/** One open socket. */
class Line {
  readonly #number: number;
  readonly #socket: WebSocket;
  readonly #core: ServedSockets;
  /** Closes the socket when the client is silent; at first, when it sends no first message. */
  #silence: NodeJS.Timeout;
  #isGreeted = false;
  #isWriting = false;

  constructor(number: number, socket: WebSocket, core: ServedSockets, flush: () => void, ended: () => void) {
    this.#number = number;
    this.#socket = socket;
    this.#core = core;
    this.#silence = this.#closeAfter(core.greeting);
    socket.on("message", (data, isBinary) => {
      this.#heard();
      if (isBinary) core.bytes(number);
      else core.text(number, String(data));
      flush();
    });
    socket.on("ping", () => this.#heard());
    socket.on("pong", () => this.#heard());
    // The library closes the socket with the code for invalid frames, invalid text or long messages; `close` follows.
    socket.on("error", () => undefined);
    socket.on("close", () => {
      clearTimeout(this.#silence);
      ended();
      core.closed(number);
      flush();
    });
  }

  /** Writes the waiting frames. New frames wait in the core, which limits them. */
  wake(): void {
    if (this.#isWriting) return;
    this.#isWriting = true;
    // The client does not read, or has disconnected.
    this.#write().catch(() => this.#socket.terminate());
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  async #write(): Promise<void> {
    for (let frames = this.#core.take(this.#number); frames.length > 0; frames = this.#core.take(this.#number)) {
      for (const frame of frames) {
        if (this.#socket.readyState !== this.#socket.OPEN) return;
        if (frame[0] === "text") await this.#send(frame[1]);
        else if (frame[0] === "wait") await pause(frame[1]);
        else if (frame[0] === "close") this.close(frame[1], frame[2]);
        else this.#socket.terminate();
      }
    }
    this.#isWriting = false;
  }

  #send(text: string): Promise<void> {
    if (!this.#isGreeted) {
      this.#isGreeted = true;
      clearTimeout(this.#silence);
      this.#silence = this.#closeAfter(this.#core.idle);
    }
    return new Promise((resolve, reject) => {
      const late = setTimeout(reject, WRITE_TIME_MS);
      this.#socket.send(text, (error) => {
        clearTimeout(late);
        if (error) reject(error);
        else resolve();
      });
    });
  }

  #heard(): void {
    if (this.#isGreeted) this.#silence.refresh();
  }

  #closeAfter(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => this.close(GOING_AWAY, "nothing was heard for too long"), milliseconds);
  }
}
