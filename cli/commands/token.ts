// `token`: mints, reads and verifies tokens. Nothing is sent.

import { readFileSync } from "node:fs";
import type { TokenClaims } from "getstream-users";
import { type CredentialOptions, clientOf } from "../credentials.js";
import { Failure } from "../exit.js";
import { print, printJson, tell } from "../terminal.js";

interface MintOptions extends CredentialOptions {
  for: string;
  permanent?: boolean;
  claim?: string[];
  json?: boolean;
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

export async function mint(user_id: string, options: MintOptions): Promise<void> {
  const claims = Object.fromEntries((options.claim ?? []).map(claimOf));
  const client = await clientOf(options);
  const token = options.permanent
    ? client.generatePermanentUserToken({ ...claims, user_id })
    : client.generateUserToken({ ...claims, user_id, validity_in_seconds: seconds(options.for) });
  if (options.json) printJson({ token, claims: client.verifyToken(token) });
  else {
    print(token);
    tell(described(client.verifyToken(token)));
  }
}

export async function inspect(text: string, options: { json?: boolean }): Promise<void> {
  const claims = claimsIn(given(text));
  if (options.json) printJson({ claims, verified: false });
  else {
    print(JSON.stringify(claims, null, 2));
    tell(`${described(claims)}; its signature was not checked`);
  }
}

export async function verify(text: string, options: CredentialOptions & { json?: boolean }): Promise<void> {
  const client = await clientOf(options);
  const claims = client.verifyToken(given(text));
  if (options.json) printJson({ claims, verified: true });
  else print(`valid: ${described(claims)}`);
}

function given(text: string): string {
  return (text === "-" ? readFileSync(0, "utf8") : text).trim();
}

function claimsIn(token: string): TokenClaims {
  const payload = token.split(".")[1];
  try {
    if (payload === undefined) throw new Error("no payload");
    return JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as TokenClaims;
  } catch {
    throw new Failure("not a token: a token has three parts separated by dots");
  }
}

function described({ user_id, server, exp }: TokenClaims): string {
  const bearer = user_id === undefined ? (server ? "a server" : "nobody") : `user ${user_id}`;
  if (typeof exp !== "number") return `for ${bearer}, never expires`;
  const verb = exp * 1000 < Date.now() ? "expired at" : "until";
  const time = new Date(exp * 1000);
  return `for ${bearer}, ${verb} ${Number.isNaN(time.getTime()) ? exp : time.toISOString()}`;
}

function claimOf(text: string): [string, unknown] {
  const split = text.indexOf("=");
  if (split <= 0) throw new Failure(`--claim: ${text} is not NAME=JSON`);
  const value = text.slice(split + 1);
  try {
    return [text.slice(0, split), JSON.parse(value)];
  } catch {
    return [text.slice(0, split), value];
  }
}

function seconds(text: string): number {
  const [, number, unit = "s"] = /^(\d+)([smhdw])?$/.exec(text) ?? [];
  const factor = UNITS[unit];
  if (number === undefined || factor === undefined)
    throw new Failure(`--for: ${text} is not a duration such as 90s, 15m, 1h or 7d`);
  return Number(number) * factor;
}
