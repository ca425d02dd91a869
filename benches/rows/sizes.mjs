// What the package weighs in a bundle, as `cargo xtask size` weighs it.

import { readFileSync } from "node:fs";
import { NODE_SDK, OURS } from "../names.mjs";

export const title = "Weight, gzip";

export async function measure() {
  const weights = JSON.parse(readFileSync(process.env.WEIGHTS, "utf8"));
  const kilobytes = (name) => weights[name][1] / 1e3;
  const worker = (name) => kilobytes(`Worker with one upsert, ${name}`);
  return [
    { name: "a Worker with one upsert", unit: "kB", values: { [OURS]: worker(OURS), [NODE_SDK]: worker(NODE_SDK) } },
    { name: "a page with one upsert", unit: "kB", values: { [OURS]: kilobytes(`page with one upsert, ${OURS}`) } },
  ];
}
