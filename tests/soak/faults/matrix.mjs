// Every operation with every fault, in one runtime: the counts, and undocumented outcomes.

import { faults } from "./faults.mjs";
import { hostile } from "./hostile.mjs";
import { startHost } from "./hosts.mjs";
import { operations } from "./operations.mjs";
import { faultServer } from "./server.mjs";

/** How many calls are under way at once; large bodies one at a time. */
const LANES = 96;

/** What a call with a hostile `fetch` may end with. A response that only says it is one may pass for a success. */
const HOSTILE_ENDS = new Set([
  "ok",
  "connection",
  "timeout",
  "response",
  "server",
  "invalid_request",
  "rate_limit",
  "task_failed",
]);

/**
 * What a runtime's own `fetch` sends again when a connection breaks that it has kept from an earlier request, without a word to
 * whoever called it: Deno 2.9 any request, also a POST, and Bun 1.4 reads. Nothing that this package does keeps it from that.
 */
const RESENT = { deno: () => true, bun: (operation) => operations[operation].reads === true };

/**
 * @param {string} runtime
 * @param {{ megabytes: number, only?: string[], ways?: ("option" | "global")[] }} settings how large the large bodies are, which
 *   operations are called under faults, and as what hostile `fetch`es are given; all and both when left out
 */
export async function matrix(runtime, { megabytes, only = Object.keys(operations), ways = ["option", "global"] }) {
  const server = await faultServer(faults, { megabytes });
  const host = await startHost(runtime);
  const wrong = [];
  const counts = { calls: 0, hostile: 0, requests: 0, resent: 0 };
  try {
    const cases = faults.flatMap((fault) => only.map((operation) => ({ fault, operation })));
    const run = async ({ fault, operation }) => {
      const call = `${operation}.${fault.id}`;
      const query = { operation, basePath: server.baseOf(fault, call), alive: server.aliveAt(call) };
      const record = await host.ask("/fault", query);
      counts.calls++;
      const requests = server.requests.get(call) ?? 0;
      counts.requests += requests;
      const isResent = fault.kinds.join() === "connection" && RESENT[runtime]?.(operation) === true;
      const sent = isResent ? Math.min(requests, record.attempts ?? 1) : requests;
      counts.resent += requests - sent;
      for (const problem of judged(fault, operation, record, sent)) {
        wrong.push(`${runtime}, ${operation}, ${fault.name}: ${problem}`);
      }
    };
    await pool(
      cases.filter(({ fault }) => !fault.heavy),
      LANES,
      run,
    );
    await pool(
      cases.filter(({ fault }) => fault.heavy),
      1,
      run,
    );
    if (server.strayed() > 0) wrong.push(`${runtime}: ${server.strayed()} requests followed a redirect`);

    for (const as of ways) {
      // A global one is everybody's, so those are tried one after the other.
      await pool(Object.keys(hostile), as === "global" ? 1 : 8, async (name) => {
        for (const record of await host.ask("/hostile", { fetch: name, as })) {
          counts.hostile++;
          for (const problem of judgedHostile(record))
            wrong.push(`${runtime}, ${record.operation}, fetch that ${name}, as ${as}: ${problem}`);
        }
      });
    }
    const unhandled = await host.ask("/unhandled");
    for (const reason of unhandled) wrong.push(`${runtime}: a rejection that nobody handles: ${reason}`);
    const ending = await host.end();
    if (ending !== "by itself") wrong.push(`${runtime}: it ended ${ending}`);
  } finally {
    server.stop();
    await host.end().catch(() => {});
  }
  return { ...counts, wrong };
}

/** What is wrong with how a call ended. */
function judged(fault, operation, record, requests) {
  const { repeatable, several } = operations[operation];
  const problems = common(record);
  const kinds = new Set(fault.kinds);
  // A task that has not ended in time, and work that has gone on for its patience, end with `timeout` too.
  if (operation === "waitForTask") kinds.add("timeout");
  if (!kinds.has(record.kind)) problems.push(`${record.kind}, not ${fault.kinds.join(" or ")}: ${record.message}`);
  if (record.alive !== true) problems.push("the next call fails");
  if (several) return problems;
  const most = fault.again === "always" || (fault.again === "repeatable" && repeatable) ? 2 : 1;
  if (requests > most) problems.push(`sent ${requests} times, at most ${most} may be`);
  if (record.kind !== "ok" && (record.attempts ?? 1) > most) problems.push(`${record.attempts} attempts`);
  if (fault.prompt && fault.port === undefined && record.kind !== "ok" && requests < most)
    problems.push(`sent ${requests} times, not ${most}`);
  if (record.outcome === "not_sent" && requests > 0) problems.push("said to be not sent, and the server has it");
  return problems;
}

function judgedHostile(record) {
  const { repeatable, several } = operations[record.operation];
  const problems = common(record);
  if (!HOSTILE_ENDS.has(record.kind)) problems.push(`${record.kind}: ${record.message}`);
  if (!several && !repeatable && record.kind !== "rate_limit" && record.requests > 1)
    problems.push(`sent ${record.requests} times`);
  return problems;
}

function common({ kind, leaks, message }) {
  const problems = [];
  if (kind === "hung") problems.push("it does not end");
  if (leaks) problems.push(`it tells too much: ${message}`);
  return problems;
}

async function pool(items, lanes, work) {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}
