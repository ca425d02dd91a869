// The ways a runtime shows what the scenario came to there.

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { apiKey, apiSecret, basePath } from "../../support/api.mjs";
import { launchExtension } from "../../support/chromium.mjs";
import { startEmulator } from "../../support/emulator.mjs";
import { serve as serveFiles } from "../../support/server.mjs";
import { run, serve } from "./command.mjs";
import { faults } from "./faults.mjs";

const OUTCOME = /\{"assertions":\d+,"coldStart":[\d.]+\}/;
const builds = new Map();

/**
 * Runs the scenario the way a row of `runtimes.mjs` says.
 *
 * @param {object} row
 * @param {{ folder: string }} project
 * @param {{ browser: Awaited<ReturnType<typeof import("../../support/browsers.mjs").launch>>, signal: AbortSignal }} means
 * @returns {Promise<{ assertions?: number, coldStart?: number }>}
 */
export async function outcomeOf(row, { folder }, { browser, signal }) {
  const context = { folder, row, signal };
  if (row.build !== undefined) await built(row.build, context);
  if (row.check !== undefined) return checked(row, context);
  if (row.program !== undefined) return printed(row, context);
  if (row.extension !== undefined) return ofExtension(row, context);
  if (row.page !== undefined) return seen(row, context, browser);
  return answered(row, context);
}

/** Rows of one project share what it has built. */
function built(command, context) {
  const key = `${context.folder} ${command}`;
  if (!builds.has(key)) builds.set(key, run(command, context));
  return builds.get(key);
}

async function checked({ check }, context) {
  await run(check, context);
  return {};
}

async function printed({ program }, context) {
  const text = await run(program, context);
  const outcome = text.match(OUTCOME)?.[0];
  if (outcome === undefined) throw new Error(`\`${program}\` printed no outcome:\n${text}`);
  return JSON.parse(outcome);
}

/** Measured from outside: there are runtimes whose clock stands still while they work. */
async function answered({ server: command, path = "/" }, context) {
  const server = await serve(command, context);
  const ask = async (more) => {
    const response = await fetch(`${server.url}${path}?${query(more)}`);
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status}: ${text}\n${server.printed()}`);
    return JSON.parse(text);
  };
  try {
    const started = performance.now();
    await ask({ step: "first" });
    const coldStart = performance.now() - started;
    return { ...(await ask()), coldStart };
  } finally {
    await server.stop();
  }
}

async function seen(row, context, browser) {
  const server = await (row.serve === undefined ? serveProject(row, context.folder) : serve(row.serve, context));
  let tab;
  try {
    tab = await browser.open(`${server.url}${row.page}?${query()}`);
    const outcome = (await tab.value("globalThis.outcome", 90_000)) ?? { failed: "no outcome" };
    if (outcome.failed !== undefined) throw new Error([outcome.failed, ...tab.complaints].join("\n"));
    return outcome;
  } finally {
    await tab?.close();
    await server.stop();
  }
}

/** With a server of its own: none takes the secret that everybody knows from an origin that is not this machine's. */
async function ofExtension({ extension }, { folder }) {
  const apiSecret = "a secret of the extension's";
  const { url, apiKey, stop } = await startEmulator(["--api-secret", apiSecret]);
  const { worker, close } = await launchExtension(path.join(folder, extension));
  try {
    const outcome = await worker.evaluate((settings) => globalThis.run(settings), { basePath: url, apiKey, apiSecret });
    if (outcome.failed !== undefined) throw new Error(outcome.failed);
    return outcome;
  } finally {
    await close();
    await stop();
  }
}

function query(more = {}) {
  return new URLSearchParams({ basePath, apiKey, apiSecret, ...more });
}

async function serveProject({ page, policy }, folder) {
  const html = await readFile(path.join(folder, page), "utf8");
  return serveFiles(folder, faults, policy === undefined ? {} : { "content-security-policy": policyOf(policy, html) });
}

/** No `eval`, no inline script but the page's own import map, no other origin but the API's, and what the row adds. */
function policyOf(more, html) {
  const inline = [...html.matchAll(/<script type="importmap">(.*?)<\/script>/gs)].map(
    ([, text]) => `'${sha256(text)}'`,
  );
  const scripts = ["script-src 'self'", more, ...inline].join(" ");
  return ["default-src 'none'", scripts, "worker-src 'self'", `connect-src 'self' ${basePath}`].join("; ");
}

function sha256(text) {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
