// How rows are timed.
//
// Candidates take turns in batches of some milliseconds, so that what else the machine does hits all of them, and the median
// of the batches counts. What is taken is the processor's time, not the clock's, so that a neighbour who keeps the processor
// for a while is in nobody's figure. Absolute times still depend on the machine: only ratios of one run mean something.

import { setImmediate as turn } from "node:timers/promises";

const BATCH_US = 8_000;

export const median = (list) => list.toSorted((one, other) => one - other)[Math.floor(list.length / 2)];
export const least = (list) => Math.min(...list);

/** Microseconds of processor time that a call takes, of a batch of so many. */
async function batch({ call, prepare, leavesTimers }, count) {
  await prepare?.(count);
  const before = process.cpuUsage();
  for (let index = 0; index < count; index++) await call();
  const taken = spent(before);
  if (leavesTimers !== undefined) await runOff(leavesTimers + 10);
  return taken / count;
}

/** Microseconds of all threads since then. Those that compile are among them, so that candidates have to be warm. */
function spent(before) {
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/** Lets the timers that a batch has left behind end outside of the next one. */
async function runOff(milliseconds) {
  const end = performance.now() + milliseconds;
  // By turning rather than sleeping: a processor that rests in between is slow for the first half of the next batch.
  while (performance.now() < end) await turn();
}

/**
 * Microseconds of each candidate.
 *
 * @param {Record<string, { call: () => unknown, prepare?: (count: number) => unknown, leavesTimers?: number }>} candidates
 *   `prepare` is told how many calls follow, outside the clock; `leavesTimers` says for how many milliseconds timers of a
 *   call go on
 */
export async function compare(candidates, { rounds, warmUpMs }) {
  const names = Object.keys(candidates);
  const counts = {};
  for (const name of names) {
    // Until the engine has compiled what it is going to compile; and to find out how many calls fill a batch.
    let each = BATCH_US;
    const fitting = () => Math.max(3, Math.min(5_000, Math.round(BATCH_US / Math.max(each, 0.1))));
    const before = process.cpuUsage();
    while (spent(before) < warmUpMs * 1e3) each = await batch(candidates[name], fitting());
    counts[name] = fitting();
  }
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    // There and back, so that nobody always clears away the garbage of the same neighbour.
    names.reverse();
    for (const name of names) times[name].push(await batch(candidates[name], counts[name]));
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
}

/** Adds a time to those of a candidate. */
export function add(times, name, time) {
  times[name] ??= [];
  times[name].push(time);
}

/** The least of several runs of each candidate, taken in turns: for what happens once in a process. */
export async function leastOf(candidates, rounds) {
  const times = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(candidates)) add(times, name, await run());
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, least(list)]));
}
