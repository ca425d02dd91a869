// The emulator in the process. The SDKs have none, so it is compared with another build of ours alone.

import { createHmac } from "node:crypto";
import { compare, leastOf } from "../measure.mjs";
import { builds } from "../names.mjs";
import { said } from "../process.mjs";

export const title = "The in-process emulator: CPU time";

const USERS = 1000;

/** From the start of the import to the first answer, in a process of its own. */
const firstAnswer = (specifier) => () =>
  said(`
    const before = process.cpuUsage();
    const { createEmulator } = await import("${specifier}/emulator");
    const emulator = createEmulator();
    await (await emulator.fetch("https://example.com/api/v2/app?api_key=" + emulator.apiKey)).text();
    const { user, system } = process.cpuUsage(before);
    console.log((user + system) / 1e3);
  `);

function serverToken(secret) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = `${part({ alg: "HS256", typ: "JWT" })}.${part({ server: true })}`;
  return `${claims}.${createHmac("sha256", secret).update(claims).digest("base64url")}`;
}

/** An emulator with users, and what sends it a request and reads the answer. */
async function filled(specifier) {
  const { createEmulator } = await import(`${specifier}/emulator`);
  const { fetch, apiKey, apiSecret } = createEmulator();
  const headers = {
    authorization: serverToken(apiSecret),
    "stream-auth-type": "jwt",
    "content-type": "application/json",
  };
  const send = async (method, query, body) => {
    const response = await fetch(`https://example.com/api/v2/users?api_key=${apiKey}${query}`, {
      method,
      headers,
      body,
    });
    if (!response.ok) throw new Error(await response.text());
    return response.json();
  };
  for (let first = 0; first < USERS; first += 100) {
    const users = Array.from({ length: 100 }, (_, index) => [`u${first + index}`, usual(first + index)]);
    await send("POST", "", JSON.stringify({ users: Object.fromEntries(users) }));
  }
  return send;
}

const usual = (index) => ({ id: `u${index}`, name: `User ${index}`, custom: { score: index, color: "blue" } });

export async function measure({ isQuick, isCompared, effort }) {
  const [starts, upserts, queries] = [{}, {}, {}];
  const one = JSON.stringify({ users: { u7: usual(7) } });
  const page = `&payload=${encodeURIComponent('{"filter_conditions":{},"limit":30}')}`;
  for (const [name, specifier] of Object.entries(builds(isCompared))) {
    const send = await filled(specifier);
    starts[name] = firstAnswer(specifier);
    upserts[name] = { call: () => send("POST", "", one) };
    queries[name] = { call: () => send("GET", page) };
  }
  return [
    { name: "import to the first answer", unit: "ms", values: await leastOf(starts, isQuick ? 5 : 15) },
    { name: "upsert of 1", unit: "µs", values: await compare(upserts, effort) },
    { name: `query of 30 among ${USERS}`, unit: "µs", values: await compare(queries, effort) },
  ];
}
