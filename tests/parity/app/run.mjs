// `cargo xtask parity --app`: checks the emulator's guesses against your app.
//
//   STREAM_API_KEY=… STREAM_API_SECRET=… node parity/app/run.mjs [--yes] [--only WORDS]

import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { StreamClient } from "@stream-io/node-sdk";
import { target } from "../../support/paths.mjs";
import { resources } from "../facts/index.mjs";
import { nameOf, read, written } from "../observed.mjs";
import { ask } from "./ask.mjs";

const STREAM = "https://chat.stream-io-api.com";
const { values: flags } = parseArgs({ options: { yes: { type: "boolean" }, only: { type: "string", default: "" } } });
const { STREAM_API_KEY: apiKey, STREAM_API_SECRET: apiSecret, STREAM_BASE_URL: url = STREAM } = process.env;

if (!apiKey || !apiSecret) fail("set STREAM_API_KEY and STREAM_API_SECRET to those of an app of yours");
const guesses = resources.flatMap(({ facts }) => facts).filter((fact) => fact.isGuess);
const facts = guesses.filter((fact) => nameOf(fact).includes(flags.only));
if (facts.length === 0) fail(`no guess has "${flags.only}" in its name`);

const { name } = await appName();
console.log(`${facts.length} guesses, to be shown on the app ${JSON.stringify(name)} at ${url}.

It makes some hundred users and a few groups, whose ids all have a prefix of this run, and deletes them at the end, also when
you stop it with Ctrl-C. It writes about nobody else and changes no setting. The app's webhooks, if it has any, are told of
these users as of all others. It asks no faster than the rate limits let it and leaves a fifth of them to others: a few
minutes. Take an app for development. This has been tried on the emulator alone, not yet on Stream.
`);
if (!flags.yes) fail("nothing was sent but the question for the app's name; say --yes to begin");

const stop = new AbortController();
process.once("SIGINT", () => {
  console.log("stopping after this fact, and cleaning up; Ctrl-C again ends at once");
  stop.abort();
});

const onAnswer = ({ fact, outcome, said }) =>
  console.log(`${outcome.padEnd(10)} ${nameOf(fact)}${said === undefined ? "" : `\n           ${said}`}`);
const { prefix, answers, removed } = await ask({ url, apiKey, apiSecret }, facts, {
  sleep,
  onAnswer,
  signal: stop.signal,
});

const on = new Date().toISOString().slice(0, 10);
const settled = answers.filter(({ outcome }) => outcome === "held" || outcome === "not held");
const observations = settled.map(({ fact: { operation, text }, outcome, said }) => {
  return { operation, text, held: outcome === "held", on, ...(said === undefined ? {} : { said }) };
});
const file = path.join(target, "parity-app", "observed.jsonl");
await mkdir(path.dirname(file), { recursive: true });
await writeFile(file, written(read(), observations));

const count = (wanted) => answers.filter(({ outcome }) => outcome === wanted).length;
console.log(`
${count("held")} held, ${count("not held")} did not, ${count("not asked")} could not be asked, ${count("no answer")} got no answer.
${removed.users} users and ${removed.groups} groups with "${prefix}" in their ids were deleted.
${file}
Read it, for it quotes answers; then copy it over tests/parity/observed.jsonl. What held counts as known from then on. What did
not hold fails the stage parity until the emulator does as the app does, and the fact says so.`);
if (removed.left.length > 0) fail(`these could not be deleted: ${removed.left.join(", ")}`);

/** Shows that key and secret are an app's, so that no fact fails for them. */
async function appName() {
  try {
    return (await new StreamClient(apiKey, apiSecret, { basePath: url }).getApp()).app;
  } catch (error) {
    return fail(`${url} does not take STREAM_API_KEY and STREAM_API_SECRET for an app's: ${error.message}`);
  }
}

function fail(reason) {
  console.error(`parity --app: ${reason}`);
  process.exit(1);
}
