// Verifies that a call comes from your backend, signed according to the Standard Webhooks specification.
//
// The signature covers id, time and body: nobody can change a call, and a recorded call is refused after five minutes.
import { Refusal } from "./answer";
import type { Env } from "./env";
import { objectOf, textOf } from "./input";

const TOLERANCE_S = 5 * 60;
const PREFIX = "whsec_";

/** A verified call from the backend. */
export async function fromBackend(request: Request, env: Env): Promise<Readonly<Record<string, unknown>>> {
  const body = await textOf(request);
  if (!(await isSigned(request.headers, body, env.HOOK_SECRET))) {
    throw new Refusal(401, "unauthorized", "the call is not signed, or not with this secret, or too old");
  }
  return objectOf(body);
}

async function isSigned(headers: Headers, body: string, secret: string): Promise<boolean> {
  const [id, time, signatures] = ["id", "timestamp", "signature"].map((name) => headers.get(`webhook-${name}`));
  if (!id || !time || !signatures) return false;
  if (!(Math.abs(Date.now() / 1000 - Number(time)) <= TOLERANCE_S)) return false;

  const key = await keyOf(secret);
  const signed = new TextEncoder().encode(`${id}.${time}.${body}`);
  // There are several signatures while a secret is being rotated.
  for (const signature of signatures.split(" ")) {
    const [version, value = ""] = signature.split(",");
    const bytes = version === "v1" ? fromBase64(value) : undefined;
    // Constant time, unlike a comparison of strings.
    if (bytes && (await crypto.subtle.verify("HMAC", key, bytes, signed))) return true;
  }
  return false;
}

function keyOf(secret: string): Promise<CryptoKey> {
  const bytes = secret?.startsWith(PREFIX) ? fromBase64(secret.slice(PREFIX.length)) : undefined;
  if (!bytes || bytes.length < 24) throw new Error(`HOOK_SECRET must be ${PREFIX} and at least 24 bytes in base64`);
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
}

function fromBase64(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
