// What the dialog about the target holds while it is filled in, and the target that comes of it.

import { StreamClient } from "getstream-users";
import {
  type Access,
  EMULATOR_IN_PAGE,
  EMULATOR_KEY,
  EMULATOR_SECRET,
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
  where: "page",
  kind: "server",
  url: "http://127.0.0.1:8737",
  apiKey: "",
  token: "",
  userId: "visitor",
  secret: "",
  accepted: false,
};

/** What the dialog begins with the next time: the target in force, and what was typed, but no secret of a target left. */
export function choiceOf({ where, url, access }: Target, typed: Choice): Choice {
  const own: Access = where === "page" ? { kind: "anonymous" } : access;
  return {
    ...typed,
    where,
    url: where === "url" ? url : typed.url,
    kind: access.kind,
    token: own.kind === "token" ? own.token : "",
    secret: own.kind === "server" ? own.secret : "",
    accepted: own.kind === "server",
  };
}

/** A choice with a change. A token and a secret are for one place: they do not come along to another. */
export function changed(choice: Choice, more: Partial<Choice>): Choice {
  const next = { ...choice, ...more };
  const stays = next.where === choice.where && next.url === choice.url;
  return stays ? next : { ...next, token: "", secret: "", accepted: false };
}

/** What has to be filled in before the choice can be used. */
export function missing({ where, kind, url, apiKey, token, userId, secret, accepted }: Choice): string | undefined {
  const wrong = where === "url" ? problemOfUrl(url.trim()) : undefined;
  if (wrong !== undefined) return wrong;
  if (where === "stream" && apiKey.trim() === "") return "Your app’s key is missing.";
  if (kind === "guest" && userId.trim() === "") return "The guest needs an id.";
  if (kind === "token") {
    if (where === "page") return userId.trim() === "" ? "Which user?" : undefined;
    return token.trim() === "" ? "The user’s token is missing." : undefined;
  }
  if (kind === "server" && where === "stream") {
    if (!accepted) return "A secret needs your word that you have read the warning.";
    if (secret.trim() === "") return "The secret is missing.";
  }
  return undefined;
}

function problemOfUrl(url: string): string | undefined {
  if (!/^https?:\/\/[^/]/i.test(url)) return "The address has to begin with http:// or https://.";
  if (!URL.canParse(url)) return "The address cannot be read.";
  const { username, password } = new URL(url);
  return username + password === "" ? undefined : "A name and a password do not belong into the address.";
}

export function targetOf(choice: Choice): Target {
  const { where, url } = choice;
  if (where === "page") return { ...EMULATOR_IN_PAGE, access: accessOf(choice) };
  const apiKey = choice.apiKey.trim() || EMULATOR_KEY;
  return { where, url: url.trim(), apiKey, access: accessOf(choice) };
}

function accessOf({ where, kind, token, userId, secret }: Choice): Access {
  switch (kind) {
    case "server":
      return { kind, secret: where === "page" ? EMULATOR_SECRET : secret.trim() || EMULATOR_SECRET };
    case "token":
      return { kind, token: where === "page" ? tokenInPage(userId.trim()) : token.trim() };
    case "guest":
      return { kind, id: userId.trim() };
    case "anonymous":
      return { kind };
  }
}

/** The emulator in the page has a secret that everybody knows, so its tokens can be minted here. */
function tokenInPage(user_id: string): string {
  const server = new StreamClient(EMULATOR_KEY, EMULATOR_SECRET, { dangerouslyAllowBrowser: true });
  return server.generateUserToken({ user_id });
}
