// Webhooks of different sizes, as text and as the bytes that a server reads.

import { createHmac } from "node:crypto";
import { candidatesOf, clients, SECRET } from "../candidates.mjs";
import { compare } from "../measure.mjs";

export const title = "verifyWebhook: CPU time of one";
/** It is measured in these, too. */
export const runtimes = ["Node 22", "Node 24", "Deno", "Bun"];

const SIZES = [500, 2000, 20_000, 100_000];

export async function measure({ isQuick, isCompared, effort }) {
  const all = await clients(isCompared);
  const rows = [];
  for (const size of SIZES) {
    const text = JSON.stringify({ type: "message.new", user: { id: "ann" }, text: "x".repeat(size - 54) });
    const signature = createHmac("sha256", SECRET).update(text).digest("hex");
    for (const [form, body] of Object.entries({ bytes: Buffer.from(text), ...(isQuick ? {} : { text }) })) {
      const call = (client) => client.verifyWebhook(body, signature);
      const limit = () => createHmac("sha256", SECRET).update(body).digest("hex") === signature;
      const candidates = candidatesOf(all, { call, chat: call, limit });
      for (const [name, candidate] of Object.entries(candidates)) {
        if (!candidate.call()) throw new Error(`${name} does not take the signature`);
        candidate.leavesTimers = undefined;
      }
      rows.push({ name: `${size} bytes, ${form}`, unit: "µs", values: await compare(candidates, effort) });
    }
  }
  return rows;
}
