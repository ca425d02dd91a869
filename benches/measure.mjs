// Measures times.
//
// Candidates take turns in batches of some milliseconds, so that other work on the machine affects all of them, and the median
// of the batches counts. CPU time is measured, not wall-clock time, so that other processes do not count. Absolute times still
// depend on the machine: only ratios within one run are meaningful.

import { setImmediate as turn } from "node:timers/promises";

const BATCH_US = 8_000;

export const median = (list) => list.toSorted((one, other) => one - other)[Math.floor(list.length / 2)];
export const least = (list) => Math.min(...list);

/** The CPU time of a call in microseconds, measured over a batch. */
async function batch({ call, prepare, leavesTimers }, count) {
  await prepare?.(count);
  const before = process.cpuUsage();
  for (let index = 0; index < count; index++) await call();
  const taken = spent(before);
  if (leavesTimers !== undefined) await runOff(leavesTimers + 10);
  return taken / count;
}

/** The CPU time of all threads since then, in microseconds. It includes compiler threads, so candidates have to be warm. */
function spent(before) {
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/** Lets leftover timers of a batch expire before the next one. */
async function runOff(milliseconds) {
  const end = performance.now() + milliseconds;
  // Spins instead of sleeping: an idle processor is slow for the first half of the next batch.
  while (performance.now() < end) await turn();
}

/**
 * Microseconds of each candidate.
 *
 * @param {Record<string, { call: () => unknown, prepare?: (count: number) => unknown, leavesTimers?: number }>} candidates
 *   `prepare` gets the number of calls and is not measured; `leavesTimers` is how long a call's timers keep running, in
 *   milliseconds
 */
export async function compare(candidates, { rounds, warmUpMs }) {
  const names = Object.keys(candidates);
  const counts = {};
  for (const name of names) {
    // Lets the engine compile hot code, and determines how many calls fill a batch.
    let each = BATCH_US;
    const fitting = () => Math.max(3, Math.min(5_000, Math.round(BATCH_US / Math.max(each, 0.1))));
    const before = process.cpuUsage();
    while (spent(before) < warmUpMs * 1e3) each = await batch(candidates[name], fitting());
    counts[name] = fitting();
  }
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    // In alternating order, so that no candidate always collects the garbage of the same predecessor.
    names.reverse();
    for (const name of names) times[name].push(await batch(candidates[name], counts[name]));
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
}

/** Adds a time to a candidate's times. */
export function add(times, name, time) {
  times[name] ??= [];
  times[name].push(time);
}

/** The minimum of several runs of each candidate, in turns: for work that happens once in a process. */
export async function leastOf(candidates, rounds) {
  const times = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(candidates)) add(times, name, await run());
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, least(list)]));
}
