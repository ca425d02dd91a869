// Import and construct in a fresh process: what a function's cold start pays.

import { leastOf } from "../measure.mjs";
import { builds, NODE_SDK, STREAM_CHAT } from "../names.mjs";
import { said } from "../process.mjs";

export const title = "Import and construct in a fresh process: least CPU time of many runs";
/** It is measured in these, too. */
export const runtimes = ["Node 22", "Node 24"];

const constructed = (specifier, name) => () =>
  said(`
    const before = process.cpuUsage();
    const { ${name} } = await import(${JSON.stringify(specifier)});
    new ${name}("key", "secret");
    const { user, system } = process.cpuUsage(before);
    console.log((user + system) / 1e3);
  `);

export async function measure({ isQuick, isCompared }) {
  const candidates = {
    [NODE_SDK]: constructed(NODE_SDK, "StreamClient"),
    [STREAM_CHAT]: constructed(STREAM_CHAT, "StreamChat"),
  };
  for (const [name, specifier] of Object.entries(builds(isCompared))) {
    candidates[name] = constructed(specifier, "StreamClient");
  }
  return [{ name: "import and construct", unit: "ms", values: await leastOf(candidates, isQuick ? 8 : 25) }];
}
