// Verifies the signature of a webhook: the HMAC-SHA256 of its JSON with the app's secret, in lower-case hexadecimal digits.
//
// Three implementations compute the same code. `node:crypto`, which Node from 20.16, Deno and Bun provide without an import,
// takes strings and bytes directly: 3 µs for 500 bytes and 21 µs for 20 kB, where wasm takes 6 and 150. `crypto.subtle` is as
// fast, but asynchronous, which costs more than it saves for small bodies. wasm works everywhere.

import type { Core } from "getstream-users-core";
import { guarded } from "../guard.js";
import { bytesOf } from "../values.js";

/** From this size on, `crypto.subtle` is faster than wasm. */
const SUBTLE_FROM_BYTES = 4096;

/** The part of Node that is used here. */
interface Host {
  readonly process?: { getBuiltinModule?(name: string): NodeCrypto | undefined };
}

interface NodeCrypto {
  createHmac(algorithm: string, secret: string | undefined): { update(json: Json): { digest(form: "hex"): string } };
}

/** The code as bytes or hexadecimal digits: returning bytes takes Node 2 µs longer. */
type Code = string | Uint8Array;

/** A string stands for its bytes in UTF-8. */
type Json = string | Uint8Array;

/** Each client's current secret, for the implementations outside wasm. Only wasm has the previous secrets. */
const secrets = new WeakMap<Core, string>();

/** Stores the secret of a server's client, after Rust has checked it. */
export function storeSecret(core: Core, secret: string): void {
  secrets.set(core, secret);
}

/** Whether one of the client's secrets signed the JSON. */
export function isSigned(core: Core, json: Json, signature: string): boolean {
  return isRight(nodeCode(core, json), core, json, signature);
}

/** The asynchronous {@link isSigned}, faster for large bodies. */
export async function isSignedSoon(core: Core, json: Uint8Array, signature: string): Promise<boolean> {
  return isRight(nodeCode(core, json) ?? (await subtleCode(core, json)), core, json, signature);
}

/** @param code - the code for the current secret, if it was computed outside wasm */
function isRight(code: Code | undefined, core: Core, json: Json, signature: string): boolean {
  let made = code;
  for (let place = 0; ; made = undefined) {
    made ??= guarded(() => core.webhookCode(place, bytesIn(json)));
    if (made === undefined) return false;
    if (isSame(made, signature)) return true;
    place++;
  }
}

/** Undefined when `node:crypto` is missing or throws, as it does for a client without a secret. */
function nodeCode(core: Core, json: Json): Code | undefined {
  try {
    return nodeCrypto()?.createHmac("sha256", secrets.get(core)).update(json).digest("hex");
  } catch {
    return undefined;
  }
}

let host: Host["process"];
let hostCrypto: NodeCrypto | undefined;

/** Cached: Node synchronizes all exports of the module each time, which takes as long as the code of a small body. */
function nodeCrypto(): NodeCrypto | undefined {
  const { process } = globalThis as Host;
  if (process !== host) {
    host = process;
    hostCrypto = undefined;
    hostCrypto = process?.getBuiltinModule?.("node:crypto");
  }
  return hostCrypto;
}

/** Undefined for small bodies, and in pages without HTTPS, which have no `crypto.subtle`. */
async function subtleCode(core: Core, json: Uint8Array): Promise<Uint8Array | undefined> {
  if (json.length < SUBTLE_FROM_BYTES) return undefined;
  try {
    const { subtle } = crypto;
    const secret = bytesIn(secrets.get(core));
    const key = await subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    return new Uint8Array(await subtle.sign("HMAC", key, bytesIn(json)));
  } catch {
    return undefined;
  }
}

function bytesIn(json: Json | undefined): Uint8Array<ArrayBuffer> {
  return bytesOf(json) as Uint8Array<ArrayBuffer>;
}

/** Whether a signature equals the code. Takes constant time for every signature of the right length. */
function isSame(code: Code, signature: string): boolean {
  const isHex = typeof code === "string";
  let difference = (signature.length ^ 64) | (code.length ^ (isHex ? 64 : 32));
  for (let at = 0; at < 64; at++) {
    const digit = isHex ? code.charCodeAt(at) : digitIn(code, at);
    difference |= signature.charCodeAt(at) ^ digit;
  }
  return difference === 0;
}

function digitIn(code: Uint8Array, at: number): number {
  const four = ((code[at >> 1] ?? 0) >> (at & 1 ? 0 : 4)) & 15;
  return four + (four < 10 ? 48 : 87);
}
