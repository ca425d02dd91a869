// A browser's `WebSocket` whose server is the emulator. Rust decides which frames to send; this file turns them into events.
//
// Everything arrives in microtasks, in order, so that tests can await it, with fake timers too. Only a delay that a fault sets
// needs a timer.

const CONNECTING = 0;
const OPEN = 1;
const CLOSING = 2;
const CLOSED = 3;
const STATES = { CONNECTING, OPEN, CLOSING, CLOSED };

/** The longest reason of a close frame, in bytes. */
const MAX_REASON = 123;

/**
 * @param open takes a URL and returns the number of a socket; undefined when no socket is served at its path
 * @param text takes the number of a socket and a text that its client sends
 * @param bytes takes the number of a socket whose client sends bytes
 * @param closed takes the number of a socket that has closed
 * @param take takes the number of a socket and returns its next frames, each a kind and its arguments
 * @param woken returns the numbers of the sockets that have frames
 * @param polls the long-polling clients
 */
export function webSockets({ open, text, bytes, closed, take, woken, polls }) {
  /** The open sockets, by number. */
  const sockets = new Map();

  const flush = () => {
    for (const number of woken()) {
      sockets.get(number)?.wake();
      polls.wake(number);
    }
  };

  /** The part of a socket that its owner must not access. */
  class Connection {
    number;
    #socket;
    #callbacks;
    #running = false;

    constructor(socket, callbacks) {
      this.#socket = socket;
      this.#callbacks = callbacks;
    }

    start(url) {
      this.number = open(url);
      if (this.number === undefined) return this.end(1006, "", false);
      sockets.set(this.number, this);
      this.#callbacks.opened();
      this.wake();
      flush();
    }

    wake() {
      if (this.#running) return;
      this.#running = true;
      queue(() => this.#run());
    }

    async #run() {
      for (let frames = take(this.number); frames.length > 0; frames = take(this.number)) {
        for (const [kind, ...content] of frames) {
          if (this.#socket.readyState === CLOSED) return;
          if (kind === "text") this.#callbacks.received(content[0]);
          else if (kind === "wait") await pause(content[0]);
          else if (kind === "close") this.end(content[0], content[1], true);
          else this.end(1006, "", false);
          await undefined;
        }
      }
      this.#running = false;
    }

    send(data) {
      if (!sockets.has(this.number)) return;
      if (typeof data === "string") text(this.number, data);
      else bytes(this.number);
      flush();
    }

    end(code, reason, wasClean) {
      if (this.#socket.readyState === CLOSED) return;
      this.#callbacks.closed(code, reason, wasClean);
      if (this.number === undefined) return;
      sockets.delete(this.number);
      closed(this.number);
      flush();
    }
  }

  class WebSocket extends EventTarget {
    onopen = null;
    onmessage = null;
    onerror = null;
    onclose = null;
    binaryType = "blob";
    #url;
    #state = CONNECTING;
    #connection;

    constructor(url, _protocols) {
      super();
      this.#url = address(url);
      this.#connection = new Connection(this, {
        opened: () => {
          this.#state = OPEN;
          this.#emit("open");
        },
        received: (data) => this.#state === OPEN && this.#emit("message", { data, origin: new URL(this.#url).origin }),
        closed: (code, reason, wasClean) => {
          this.#state = CLOSED;
          if (!wasClean) this.#emit("error", { message: "the connection broke" });
          this.#emit("close", { code, reason, wasClean });
        },
      });
      queue(() => {
        if (this.#state === CONNECTING) this.#connection.start(this.#url);
      });
    }

    get url() {
      return this.#url;
    }

    get readyState() {
      return this.#state;
    }

    get bufferedAmount() {
      return 0;
    }

    get protocol() {
      return "";
    }

    get extensions() {
      return "";
    }

    send(data) {
      if (this.#state === CONNECTING) throw new DOMException("the socket is not open yet", "InvalidStateError");
      if (this.#state === OPEN) queue(() => this.#connection.send(typeof data === "object" ? data : String(data)));
    }

    close(code, reason = "") {
      if (code !== undefined && code !== 1000 && !(code >= 3000 && code <= 4999)) {
        throw new DOMException("the code must be 1000, or from 3000 to 4999", "InvalidAccessError");
      }
      if (new TextEncoder().encode(reason).length > MAX_REASON) {
        throw new DOMException(`the reason must have at most ${MAX_REASON} bytes`, "SyntaxError");
      }
      if (this.#state >= CLOSING) return;
      const wasOpen = this.#state === OPEN;
      this.#state = CLOSING;
      queue(() => (wasOpen ? this.#connection.end(code ?? 1005, reason, true) : this.#connection.end(1006, "", false)));
    }

    #emit(type, fields = {}) {
      const event = new Event(type);
      for (const [name, value] of Object.entries(fields))
        Object.defineProperty(event, name, { value, enumerable: true });
      const handler = this[`on${type}`];
      // Registered as a listener, so that a handler that throws does not stop the others.
      if (typeof handler === "function") this.addEventListener(type, handler, { once: true });
      this.dispatchEvent(event);
      if (typeof handler === "function") this.removeEventListener(type, handler);
    }
  }

  for (const [name, value] of Object.entries(STATES)) {
    for (const place of [WebSocket, WebSocket.prototype])
      Object.defineProperty(place, name, { value, enumerable: true });
  }
  return { WebSocket, flush };
}

/** Queues a microtask. Fake timers replace `queueMicrotask`, but not promises. */
function queue(work) {
  Promise.resolve().then(work);
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Normalizes the URL of a socket, as browsers do. */
function address(text) {
  let url;
  try {
    url = new URL(text);
  } catch {
    throw new DOMException(`"${text}" is not a valid URL`, "SyntaxError");
  }
  url.protocol = { "http:": "ws:", "https:": "wss:" }[url.protocol] ?? url.protocol;
  if (!["ws:", "wss:"].includes(url.protocol))
    throw new DOMException("the URL must begin with ws:// or wss://", "SyntaxError");
  url.hash = "";
  return url.href;
}
