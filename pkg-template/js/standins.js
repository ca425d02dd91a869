// Replacements for what engines without WebAssembly also lack, as far as this package uses it: Hermes has no `TextDecoder`,
// React Native's URL throws when it is read, Fastly has no `AbortController`, QuickJS has none of these. esbuild inserts them
// where the package uses those names. The engine's own classes take precedence, and the global object is not changed.

/** The engine's class, if `works` does not throw with it. */
function own(name, works) {
  try {
    return works(globalThis[name]) ? globalThis[name] : undefined;
  } catch {
    return undefined;
  }
}

/** Encodes and decodes UTF-8. */
class Encoder {
  encode(text) {
    const bytes = [];
    for (const character of text) {
      const point = character.codePointAt(0);
      // A lone surrogate becomes the replacement character.
      const code = point >= 0xd800 && point < 0xe000 ? 0xfffd : point;
      if (code < 0x80) bytes.push(code);
      else {
        const more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
        bytes.push(((0xff00 >> (more + 1)) & 0xff) | (code >> (6 * more)));
        for (let left = more - 1; left >= 0; left--) bytes.push(0x80 | ((code >> (6 * left)) & 0x3f));
      }
    }
    return Uint8Array.from(bytes);
  }
}

class Decoder {
  #fatal;
  #ignoreBOM;
  /** The bytes of an incomplete character. */
  #rest = [];
  #begun = false;

  constructor(_, { fatal = false, ignoreBOM = false } = {}) {
    this.#fatal = fatal;
    this.#ignoreBOM = ignoreBOM;
  }

  decode(bytes = [], { stream = false } = {}) {
    const all = this.#rest.length > 0 ? [...this.#rest, ...bytes] : bytes;
    this.#rest = [];
    let text = "";
    for (let at = 0; at < all.length; ) {
      const byte = all[at];
      // Most are.
      if (byte < 0x80) {
        text += String.fromCharCode(byte);
        at++;
        continue;
      }
      const [code, length] = pointAt(all, at);
      if (code === undefined && at + length === all.length && stream) {
        this.#rest = Array.from(all.slice(at));
        break;
      }
      if (this.#fatal && !(code >= 0)) throw new TypeError("the bytes are not UTF-8");
      text += String.fromCodePoint(code >= 0 ? code : 0xfffd);
      at += length;
    }
    const isMarked = !this.#begun && !this.#ignoreBOM && text.startsWith("\ufeff");
    this.#begun = stream && (this.#begun || text !== "");
    return isMarked ? text.slice(1) : text;
  }
}

/**
 * The code point of a multi-byte character, and its number of bytes: undefined if the bytes end in the middle; -1 if they are
 * invalid, with the number of bytes that one replacement character stands for
 * (https://encoding.spec.whatwg.org/#utf-8-decoder).
 */
function pointAt(bytes, at) {
  const lead = bytes[at];
  if (lead < 0xc2 || lead > 0xf4) return [-1, 1];
  const more = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
  // No overlong encoding, no surrogate, nothing beyond the last code point.
  let [low, high] = [
    lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80,
    lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf,
  ];
  let code = lead & (0x3f >> more);
  for (let next = 1; next <= more; next++) {
    if (at + next >= bytes.length) return [undefined, next];
    const byte = bytes[at + next];
    if (byte < low || byte > high) return [-1, next];
    code = (code << 6) | (byte & 0x3f);
    [low, high] = [0x80, 0xbf];
  }
  return [code, more + 1];
}

/** An http URL with host and path. A URL that is not normalized is refused. */
class PlainUrl {
  constructor(text) {
    const [, host, path] =
      /^https?:\/\/((?:[\w.-]+|\[[\da-f:.]+\])(?::\d+)?)(\/[\w./~!$&'()*+,;=:@%|[\]-]*)?$/.exec(text) ?? [];
    if (host === undefined || /\/(?:\.|%2e){1,2}(?:\/|$)/i.test(path)) throw new TypeError("Invalid URL");
    this.host = host;
    this.pathname = path ?? "/";
  }
}

/** Calls its abort listeners. A platform without the class ignores the `signal` of a request. */
class Controller {
  signal = {
    aborted: false,
    reason: undefined,
    listeners: new Set(),
    addEventListener(_, listener) {
      this.listeners.add(listener);
    },
    removeEventListener(_, listener) {
      this.listeners.delete(listener);
    },
  };

  abort(reason) {
    const { signal } = this;
    if (signal.aborted) return;
    Object.assign(signal, { aborted: true, reason });
    for (const listener of [...signal.listeners]) listener({ type: "abort" });
  }
}

const text = "\u00e4";
const TextEncoder = own("TextEncoder", (Own) => new Own().encode(text).length === 2) ?? Encoder;
const TextDecoder =
  own(
    "TextDecoder",
    (Own) => new Own("utf-8", { fatal: true, ignoreBOM: true }).decode(new Encoder().encode(text)) === text,
  ) ?? Decoder;
const URL =
  own("URL", (Own) => {
    const { host, pathname } = new Own("http://a/b");
    return host === "a" && pathname === "/b";
  }) ?? PlainUrl;
const AbortController = own("AbortController", (Own) => "signal" in new Own()) ?? Controller;

export { AbortController, TextDecoder, TextEncoder, URL };
