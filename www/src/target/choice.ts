// The state of the target dialog, and the target it results in.

import { asUser } from "../client/connect.ts";
import {
  type Access,
  EMULATOR_IN_PAGE,
  EMULATOR_KEY,
  EMULATOR_SECRET,
  HOME,
  isOnThisMachine,
  type Target,
  type Where,
} from "../client/target.ts";

export interface Choice {
  where: Where;
  kind: Access["kind"];
  url: string;
  apiKey: string;
  token: string;
  /** The id of the user, in the page, or of the guest. */
  userId: string;
  secret: string;
  /** Whether the warning about secrets was accepted. */
  accepted: boolean;
}

export const beginning: Choice = {
  where: HOME.where,
  kind: "server",
  url: HOME.url || "http://127.0.0.1:8737",
  apiKey: "",
  token: "",
  userId: "visitor",
  secret: "",
  accepted: false,
};

/** The dialog's next initial state: the current target and what was typed, without secrets of earlier targets. */
export function choiceOf(target: Target, typed: Choice): Choice {
  const { where, url, apiKey, access, secret = "" } = target;
  const chosen = { ...typed, where, url: where === "url" ? url : typed.url, kind: access.kind };
  const known = access.kind === "server" ? access.secret : secret;
  return {
    ...chosen,
    apiKey: apiKey === EMULATOR_KEY ? typed.apiKey : apiKey,
    userId: access.kind === "token" ? (access.userId ?? typed.userId) : typed.userId,
    token: access.kind === "token" && !isOwn(chosen) ? access.token : "",
    // Public defaults need not be typed.
    secret: where === "page" || known === EMULATOR_SECRET ? "" : known,
    accepted: where !== "page" && access.kind === "server",
  };
}

/** A choice with a change. A token and a secret belong to one target and are dropped for another. */
export function changed(choice: Choice, more: Partial<Choice>): Choice {
  const next = { ...choice, ...more };
  const stays = next.where === choice.where && next.url === choice.url;
  return stays ? next : { ...next, token: "", secret: "", accepted: false };
}

/**
 * Whether the target is the visitor's own emulator: in this page, on this machine, or the one that serves the page. Its secret
 * protects nothing, and the page signs tokens with it.
 */
export function isOwn({ where, url }: Pick<Choice, "where" | "url">): boolean {
  return where === "page" || (where === "url" && (AT_EMULATOR || isOnThisMachine(url.trim())));
}

/** The fields that have to be filled in before the choice can be used. */
export function missing(choice: Choice): string | undefined {
  const { where, kind, url, apiKey, token, userId, secret, accepted } = choice;
  const wrong = where === "url" ? problemOfUrl(url.trim()) : undefined;
  if (wrong !== undefined) return wrong;
  if (where === "stream" && apiKey.trim() === "") return "Your app’s key is missing.";
  if (kind === "guest" && userId.trim() === "") return "The guest needs an id.";
  if (kind === "token") {
    if (isOwn(choice)) return userId.trim() === "" ? "Which user?" : undefined;
    return token.trim() === "" ? "The user’s token is missing." : undefined;
  }
  if (kind === "server" && !isOwn(choice)) {
    if (!accepted) return "A secret needs your word that you have read the warning.";
    if (secret.trim() === "" && where === "stream") return "The secret is missing.";
  }
  return undefined;
}

function problemOfUrl(url: string): string | undefined {
  if (!/^https?:\/\/[^/]/i.test(url)) return "The address has to begin with http:// or https://.";
  if (!URL.canParse(url)) return "The address cannot be read.";
  const { username, password } = new URL(url);
  return username + password === "" ? undefined : "A name and a password do not belong in the address.";
}

export function targetOf(choice: Choice): Target {
  const { where, url } = choice;
  const access = accessOf(choice);
  if (where === "page") return { ...EMULATOR_IN_PAGE, access };
  const place = { where, url: url.trim(), apiKey: choice.apiKey.trim() || HOME.apiKey, access };
  return where === "url" ? { ...place, secret: secretOf(choice) } : place;
}

/** The secret of an emulator: the typed one, or the default. */
function secretOf({ where, secret }: Choice): string {
  return where === "page" ? EMULATOR_SECRET : secret.trim() || EMULATOR_SECRET;
}

function accessOf(choice: Choice): Access {
  const { kind, token, userId } = choice;
  switch (kind) {
    case "server":
      return { kind, secret: secretOf(choice) };
    case "token":
      return isOwn(choice) ? asUser(secretOf(choice), userId.trim()) : { kind, token: token.trim() };
    case "guest":
      return { kind, id: userId.trim() };
    case "anonymous":
      return { kind };
  }
}
