// Checks the emulator's guesses against a real app.

import { randomBytes } from "node:crypto";
import { contextOf } from "../context.mjs";
import { callerOf, objection } from "./guard.mjs";
import { remove, trace } from "./made.mjs";
import { paced } from "./pace.mjs";

/** Long enough for the windows of several limits to pass. */
const CALL_TIMEOUT_MS = 300_000;
const FACT_TIMEOUT_MS = 600_000;
const POLL_EVERY_MS = 500;
/** Longest reason that is kept. */
const SAID_CHARS = 300;

/** Why something was not asked. */
class NotAsked extends Error {}
class TookTooLong extends Error {}

/**
 * @typedef {object} Answer
 * @property {import("../fact.mjs").Fact} fact
 * @property {"held" | "not held" | "not asked" | "no answer"} outcome
 * @property {string} [said] what spoke against it, or why it was not asked
 */

/**
 * Shows facts on an app and takes away what that has made. Whatever is sent passes the guard; what it objects to is not sent.
 *
 * @param {{ url: string, apiKey: string, apiSecret: string }} app
 * @param {import("../fact.mjs").Fact[]} facts
 * @param {object} how
 * @param {(milliseconds: number) => Promise<unknown>} how.sleep
 * @param {(answer: Answer) => void} [how.onAnswer]
 * @param {AbortSignal} [how.signal] ends it after the fact that is under way
 */
export async function ask(app, facts, { sleep, onAnswer = () => {}, signal }) {
  const network = globalThis.fetch;
  const prefix = `parity-${randomBytes(4).toString("hex")}-`;
  const made = trace(prefix);
  const base = app.url.replace(/\/?$/, "/");
  const send = paced(network, { sleep });
  /** What keeps the fact under way from being shown. */
  let obstacle;

  globalThis.fetch = async (input, init = {}) => {
    if (input instanceof Request)
      throw new TypeError("what is sent has to be looked at, which a Request does not allow");
    const url = new URL(input);
    const { method = "GET", body } = init;
    const authorization = new Headers(init.headers).get("authorization") ?? undefined;
    const reason = objection({ method, url, authorization, body }, { base, isOwn: made.isOwn });
    if (reason !== undefined) {
      obstacle ??= { outcome: "not asked", said: reason };
      throw new NotAsked(reason);
    }
    const answer = await send(url.href, init).catch((error) => {
      obstacle ??= { outcome: "no answer", said: error.cause?.message ?? error.message };
      throw error;
    });
    if (answer.status === 429 || answer.status >= 500) {
      obstacle ??= { outcome: "no answer", said: `status ${answer.status}` };
    }
    const caller = callerOf(authorization);
    made.saw({ method, path: url.pathname, caller, body, answer: await answer.clone().text() });
    return answer;
  };

  class WebSocket {
    constructor() {
      throw new NotAsked("it connects a user, and the guard looks at requests alone");
    }
  }
  const address = { url: base.slice(0, -1), prefix, WebSocket };
  const asked = { ...app, ...address, pollEvery: POLL_EVERY_MS, timeout: CALL_TIMEOUT_MS };
  const context = contextOf(asked, () => {
    throw new NotAsked("it needs an app whose settings and clock it may change");
  });
  const readable = (text) => {
    const words = text.replaceAll(app.apiSecret, "<secret>").replaceAll(app.apiKey, "<key>").replaceAll(prefix, "");
    return words.replaceAll(/\s+/g, " ").slice(0, SAID_CHARS);
  };
  const answers = [];
  try {
    for (const fact of facts) {
      obstacle = undefined;
      const shown = Promise.resolve(context).then(fact.run);
      const failure = await within(FACT_TIMEOUT_MS, shown).then(
        () => undefined,
        (error) => error,
      );
      const answer = { fact, ...(obstacle ?? outcomeOf(failure)) };
      if (answer.said !== undefined) answer.said = readable(answer.said);
      answers.push(answer);
      onAnswer(answer);
      // A fact that goes on would be taken for the next one.
      if (signal?.aborted || failure instanceof TookTooLong) break;
    }
    // The guard is about facts; what is deleted now is what they made.
    globalThis.fetch = send;
    return { prefix, answers, removed: await remove(made, { sdk: context.server(), sleep }) };
  } finally {
    globalThis.fetch = network;
  }
}

function outcomeOf(failure) {
  if (failure === undefined) return { outcome: "held" };
  if (failure instanceof NotAsked) return { outcome: "not asked", said: failure.message };
  if (failure instanceof TookTooLong) return { outcome: "no answer", said: failure.message };
  return { outcome: "not held", said: failure.message };
}

async function within(milliseconds, work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new TookTooLong(`it took longer than ${milliseconds / 1000} s`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
