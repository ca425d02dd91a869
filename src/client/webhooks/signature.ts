// The signature of a webhook: HMAC-SHA256 of its JSON with the app's secret, in lower-case hexadecimal digits.
//
// Three can make the code, and all make the same. `node:crypto`, which Node from 20.16, Deno and Bun hand out without an
// import, takes the string or the bytes as they are: 3 µs for 500 bytes and 21 µs for 20 kB, where wasm takes 6 and 150.
// `crypto.subtle` is as quick, but only for those who can wait, and each wait costs more than small bodies do. wasm is
// everywhere.

import type { Core } from "getstream-users-core";
import { guarded } from "../guard.js";
import { bytesOf } from "../values.js";

/** From here on `crypto.subtle` is quicker than wasm. */
const SUBTLE_FROM_BYTES = 4096;

/** As much of Node as is used here. */
interface Host {
  readonly process?: { getBuiltinModule?(name: string): NodeCrypto | undefined };
}

interface NodeCrypto {
  createHmac(algorithm: string, secret: string | undefined): { update(json: Json): { digest(form: "hex"): string } };
}

/** A code in bytes, or in digits: Node takes 2 µs longer to hand over bytes. */
type Code = string | Uint8Array;

/** A text stands for its bytes in UTF-8. */
type Json = string | Uint8Array;

/** The apps' secrets, for those who make codes outside wasm. Those that an app had before are known to wasm alone. */
const secrets = new WeakMap<Core, string>();

/** Notes the secret of a server's client, once Rust has checked it. */
export function keyed(core: Core, secret: string): void {
  secrets.set(core, secret);
}

/** Whether one of the client's secrets signed the JSON. */
export function isSigned(core: Core, json: Json, signature: string): boolean {
  return isRight(nodeCode(core, json), core, json, signature);
}

/** {@link isSigned}, for those who can wait. */
export async function isSignedSoon(core: Core, json: Uint8Array, signature: string): Promise<boolean> {
  return isRight(nodeCode(core, json) ?? (await subtleCode(core, json)), core, json, signature);
}

/** @param code - that of the app's secret, if somebody else than wasm has made it */
function isRight(code: Code | undefined, core: Core, json: Json, signature: string): boolean {
  let made = code;
  for (let place = 0; ; made = undefined) {
    made ??= guarded(() => core.webhookCode(place, bytesIn(json)));
    if (made === undefined) return false;
    if (isSame(made, signature)) return true;
    place++;
  }
}

/** Some hosts hand out a module that only throws; so does every host, for a client that has no secret. */
function nodeCode(core: Core, json: Json): Code | undefined {
  try {
    return nodeCrypto()?.createHmac("sha256", secrets.get(core)).update(json).digest("hex");
  } catch {
    return undefined;
  }
}

let host: Host["process"];
let hostCrypto: NodeCrypto | undefined;

/** It is asked for once: Node brings all exports of the module up to date each time, which takes as long as a small code. */
function nodeCrypto(): NodeCrypto | undefined {
  const { process } = globalThis as Host;
  if (process !== host) {
    host = process;
    hostCrypto = undefined;
    hostCrypto = process?.getBuiltinModule?.("node:crypto");
  }
  return hostCrypto;
}

/** It is missing where a page did not come over HTTPS. */
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

/** Whether a signature is that of the code. Takes the same time for every signature of the right length. */
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
