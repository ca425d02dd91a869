// The message of a failed `fetch`: the host and the system's reason, which runtimes nest in the error's causes.

import { messageOf, read } from "../errors.js";

/** Codes of failures before anything is sent: the connection was refused, or the name did not resolve. */
const BEFORE_SENDING: readonly unknown[] = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ConnectionRefused"];

/** More causes than any runtime nests. */
const MOST_CAUSES = 5;

export interface NetworkFailure {
  readonly words: string;
  readonly beforeSending: boolean;
}

/** @param token - the value of the `authorization` header, which no message may repeat */
export function networkFailure(cause: unknown, url: string, token: string | undefined): NetworkFailure {
  const reasons: string[] = [];
  const codes: unknown[] = [];
  for (let error = cause, depth = 0; depth < MOST_CAUSES && (depth === 0 || error !== undefined); depth++) {
    const reason = messageOf(withoutUrl(error), token);
    const code = read(error, "code");
    if (reasons.at(-1) !== reason) reasons.push(reason);
    if (typeof code === "string" && /^\w{1,64}$/.test(code)) codes.push(code);
    // When a host has several addresses, `errors` has one error for each.
    error = read(error, "cause") ?? read(read(error, "errors"), 0);
  }
  const said = reasons.join(": ");
  const code = codes.find((code) => !said.includes(String(code)));
  return {
    words: `${hostOf(url)}: ${said}${code === undefined ? "" : ` (${code})`}`,
    beforeSending: codes.some((code) => BEFORE_SENDING.includes(code)),
  };
}

/** A message without the URL that Deno puts into it in parentheses. */
function withoutUrl(error: unknown): unknown {
  const message = read(error, "message");
  return typeof message === "string" ? message.replace(/ for url \([^\s()]*\)/, "") : error;
}

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return "Stream";
  }
}
