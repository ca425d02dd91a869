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
  createHmac(algorithm: string, secret: string): { update(json: Json): { digest(): Uint8Array } };
}

/** A text stands for its bytes in UTF-8. */
type Json = string | Uint8Array;

/** Whether one of the client's secrets signed the JSON. */
export function isSigned(core: Core, json: Json, signature: string): boolean {
  return secretsOf(core).some((secret, place) =>
    isSame(nodeCode(secret, json) ?? wasmCode(core, place, json), signature),
  );
}

/** {@link isSigned}, for those who can wait. */
export async function isSignedSoon(core: Core, json: Uint8Array, signature: string): Promise<boolean> {
  for (const [place, secret] of secretsOf(core).entries()) {
    const code = nodeCode(secret, json) ?? (await subtleCode(secret, json)) ?? wasmCode(core, place, json);
    if (isSame(code, signature)) return true;
  }
  return false;
}

/** Some hosts hand out a module that only throws. */
function nodeCode(secret: string, json: Json): Uint8Array | undefined {
  try {
    const { process } = globalThis as Host;
    return process?.getBuiltinModule?.("node:crypto")?.createHmac("sha256", secret).update(json).digest();
  } catch {
    return undefined;
  }
}

/** It is missing where a page did not come over HTTPS. */
async function subtleCode(secret: string, json: Uint8Array): Promise<Uint8Array | undefined> {
  if (json.length < SUBTLE_FROM_BYTES) return undefined;
  try {
    const { subtle } = crypto;
    const key = await subtle.importKey("raw", bytesIn(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    return new Uint8Array(await subtle.sign("HMAC", key, bytesIn(json)));
  } catch {
    return undefined;
  }
}

function wasmCode(core: Core, place: number, json: Json): Uint8Array {
  return guarded(() => core.webhookCode(place, bytesIn(json)));
}

/** The client's secrets: the app's, then those that it had before. Each would take 0.4 µs to ask for. */
function secretsOf(core: Core & { secrets?: readonly string[] }): readonly string[] {
  const known = core.secrets;
  if (known !== undefined) return known;
  const secrets: string[] = [];
  for (;;) {
    const secret = core.webhookSecret(secrets.length);
    if (secret === undefined) break;
    secrets.push(secret);
  }
  // It says that a client of another kind has none.
  if (secrets.length === 0) wasmCode(core, 0, "");
  core.secrets = secrets;
  return secrets;
}

function bytesIn(json: Json): Uint8Array<ArrayBuffer> {
  return bytesOf(json) as Uint8Array<ArrayBuffer>;
}

/** Whether a signature is that of the code. Takes the same time for every signature of the right length. */
function isSame(code: Uint8Array, signature: string): boolean {
  let difference = (signature.length ^ 64) | (code.length ^ 32);
  for (let at = 0; at < 64; at++) {
    const four = ((code[at >> 1] ?? 0) >> (at & 1 ? 0 : 4)) & 15;
    difference |= signature.charCodeAt(at) ^ (four + (four < 10 ? 48 : 87));
  }
  return difference === 0;
}
