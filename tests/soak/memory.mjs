// What is kept of many calls, clients and sockets: measured in steps, in Node and in workerd.
//
//   node --expose-gc tests/soak/memory.mjs [--calls N] [--worker-calls N] [--clients N] [--sockets N]

import { parseArgs } from "node:util";
import { callsInNode, callsInWorkerd, clientsInNode, socketsInNode } from "./memory/measure.mjs";

const { values } = parseArgs({
  options: {
    calls: { type: "string", default: "1000000" },
    "worker-calls": { type: "string", default: "100000" },
    clients: { type: "string", default: "1000000" },
    sockets: { type: "string", default: "100000" },
  },
});
for (const [name, measure, count] of [
  ["calls in Node", callsInNode, values.calls],
  ["clients in Node", clientsInNode, values.clients],
  ["sockets in Node", socketsInNode, values.sockets],
  ["calls in workerd", callsInWorkerd, values["worker-calls"]],
]) {
  if (Number(count) === 0) continue;
  const begun = performance.now();
  const steps = await measure(Number(count));
  const seconds = Math.round((performance.now() - begun) / 1_000);
  // The first fifth is when the engine compiles and pools fill.
  const [early, last] = [steps[Math.floor(steps.length / 5)], steps.at(-1)];
  const flat = last.wasm === early.wasm && last.heap - early.heap < 3;
  console.log(JSON.stringify({ what: name, count: Number(count), seconds, early, last, flat }));
  if (!flat) process.exitCode = 1;
}
