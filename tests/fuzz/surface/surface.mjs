// One call of the package with valid arguments except in a few places, and the properties that must hold for any values there.

import assert from "node:assert/strict";
import fc from "fast-check";
import { StreamClient, StreamError } from "getstream-users";
import { emulator, KEY, reset, SECRET } from "./app.mjs";
import { CALLS } from "./calls.mjs";
import { HOSTILE, PLACED, THROWN, WRAPPED } from "./values.mjs";

/** Longer than any of these calls may take, in milliseconds. */
const HUNG = 60_000;
const hung = Symbol("it has not ended");

/** A value: one of the hostile ones, plain JSON, or one of these in the cover of something else. */
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { arbitrary: fc.record({ hostile: fc.constantFrom(...Object.keys(HOSTILE)) }), weight: 6 },
    { arbitrary: fc.record({ json: fc.jsonValue({ maxDepth: 3, stringUnit: "binary" }) }), weight: 2 },
    { arbitrary: fc.record({ wrapped: fc.constantFrom(...Object.keys(WRAPPED)), value: tie("value") }), weight: 1 },
  ),
}));

const place = fc.nat(200);
/** A change of one place: what is there is replaced, removed or wrapped. */
const change = fc.oneof(
  { arbitrary: fc.record({ place, how: fc.constantFrom(...Object.keys(PLACED)), value }), weight: 6 },
  { arbitrary: fc.record({ place, wrap: fc.constantFrom(...Object.keys(WRAPPED)) }), weight: 1 },
  { arbitrary: fc.record({ place, remove: fc.constant(true) }), weight: 1 },
);

/** What is tried: plain data, so that it can be printed when it fails. */
export const trial = fc.record({
  call: fc.constantFrom(...Object.keys(CALLS)),
  changes: fc.array(change, { minLength: 1, maxLength: 3 }),
});

function made(description) {
  if ("hostile" in description) return HOSTILE[description.hostile]();
  if ("json" in description) return description.json;
  return WRAPPED[description.wrapped](made(description.value));
}

/** Every place below the list of arguments, the arguments themselves first. */
function placesIn(root) {
  const places = [];
  const objects = [root];
  for (const object of objects) {
    for (const name of Object.keys(object)) {
      places.push([object, name]);
      if (hasPlaces(object[name])) objects.push(object[name]);
    }
  }
  return places;
}

function hasPlaces(part) {
  return Array.isArray(part) || (Object(part) === part && Object.getPrototypeOf(part) === Object.prototype);
}

function changed(given, changes) {
  // All are found before the first is changed, since what is hostile cannot be walked.
  const places = placesIn(given);
  if (places.length === 0) return given;
  for (const { place, how, value, wrap, remove } of changes) {
    const [object, name] = places[place % places.length];
    try {
      if (remove) delete object[name];
      // An argument itself is a value by the time that it is passed.
      else if (wrap === undefined) PLACED[object === given ? "plainly" : how](object, name, made(value));
      else PLACED.plainly(object, name, WRAPPED[wrap](object[name]));
    } catch {
      // What is frozen takes no change, and not everything can be covered by everything.
    }
  }
  return given;
}

/** What was sent since the last reset, with what came back. */
let sent = [];
async function fetch(url, init) {
  const { method, body } = init;
  const response = await emulator.fetch(url, init);
  const refusal = response.ok ? undefined : await response.clone().json();
  sent.push({ url: String(url), method, body, status: response.status, refusal });
  return response;
}
/** For clients whose options lost their own; nothing of this leaves the process. */
globalThis.fetch = fetch;

/** Tries one call. */
export async function check({ call: name, changes }) {
  const { outcome, requests } = await attempt(name, changes);
  const error = failure(CALLS[name].answers, outcome);
  if (error !== undefined) checkError(error);
  checkRequests(requests, error, name);
  assert.deepEqual(Object.keys(Object.prototype), [], "a prototype was changed");
}

/** Makes a call, and one that is right after it: the module, which all clients of the process share, goes on to work. */
export async function attempt(name, changes) {
  reset();
  sent = [];
  const client = new StreamClient(KEY, SECRET, { fetch, retry: false });
  const { given, run } = CALLS[name];
  const args = changed(given(), changes);
  const outcome = await ended(() => run(client, args));
  const requests = sent;
  reset();
  sent = [];
  await client.getApp();
  return { outcome, requests };
}

/** The error that a call ended with, if it ended in one of the ways that it may. */
function failure(answers, outcome) {
  const { isAtOnce, value, error } = outcome;
  const isThrown = "error" in outcome;
  assert.notEqual(value, hung, "it does not end");
  switch (answers) {
    case "later":
      assert.ok(!(isThrown && isAtOnce), `it throws in place of rejecting: ${words(error)}`);
      break;
    case "a result":
      assert.ok(!isThrown, `it throws in place of a result: ${words(error)}`);
      // Whatever a function of the caller's throws is the cause of an error of this kind.
      return value.error?.kind === "aborted" ? value.error.cause : value.error;
    case "yes or no":
      assert.equal(typeof value, "boolean", words(error));
      break;
  }
  return isThrown ? (error ?? "nothing") : undefined;
}

function checkError(error) {
  if (!(error instanceof StreamError)) {
    // A signal's reason, and what the caller's own iterators throw, come as they are.
    return assert.ok(
      THROWN.some((one) => one(error)),
      `a foreign error: ${words(error)}`,
    );
  }
  const { kind, message } = error;
  assert.ok(KINDS.includes(kind), `of kind ${kind}: ${message}`);
  assert.match(message, /\S \S/, "a message without words");
  assert.ok(message.length < 3_000, `a message of ${message.length} characters`);
  assert.doesNotMatch(`${message} ${JSON.stringify(error)}`, /a secret of|eyJ[\w-]{10}/, "it tells a secret");
}

/** What may go wrong with these calls. */
const KINDS = [
  ...["invalid_argument", "config", "invalid_request", "authentication", "permission", "not_found"],
  ...["response", "connection", "timeout", "token_provider", "task_failed"],
];

/** Bad input is not sent; what is sent is a request that the API can read. */
function checkRequests(requests, error, name) {
  const isOne = !/Many|sync|users$/.test(name);
  if (isOne && error instanceof StreamError && ["invalid_argument", "config"].includes(error.kind)) {
    assert.deepEqual(
      requests.map(({ url }) => url),
      [],
      `sent all the same: ${error.message}`,
    );
    assert.ok(error.outcome === "not_sent" || error.outcome === undefined);
  }
  for (const { url, body, status, refusal } of requests) {
    assert.equal(new URL(url).origin === "null", false);
    if (body !== undefined) assert.doesNotThrow(() => JSON.parse(body), `no JSON: ${body}`);
    assert.ok([200, 201, 400, 403, 404, 413].includes(status), `${status} ${JSON.stringify(refusal)}: ${url} ${body}`);
  }
}

function words(error) {
  try {
    return error?.stack ?? String(error);
  } catch {
    return "what cannot be printed";
  }
}

async function ended(run) {
  let result;
  try {
    result = run();
  } catch (error) {
    return { isAtOnce: true, error };
  }
  if (!(Object(result) === result && Object.getPrototypeOf(result) === Promise.prototype)) {
    return { isAtOnce: true, value: result };
  }
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, HUNG, hung);
  });
  try {
    return { isAtOnce: false, value: await Promise.race([result, late]) };
  } catch (error) {
    return { isAtOnce: false, error };
  } finally {
    clearTimeout(timer);
  }
}
