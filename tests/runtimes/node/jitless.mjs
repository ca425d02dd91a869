// Node without its compilers, so without WebAssembly, on which its own `fetch` depends: this one is made of `node:http`.
import { request } from "node:http";
import * as users from "getstream-users/js";
import { inEngine } from "./shared/engine.mjs";
import { settings } from "./shared/settings.mjs";

function fetch(url, { method, headers, body, signal }) {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, signal }, async (response) => {
      const chunks = await response.toArray();
      const text = Buffer.concat(chunks).toString();
      resolve({
        ok: response.statusCode < 300,
        status: response.statusCode,
        headers: { get: (name) => response.headers[name.toLowerCase()] ?? null },
        json: async () => JSON.parse(text),
        text: async () => text,
      });
    });
    sent.once("error", reject).end(body);
  });
}

if (typeof WebAssembly !== "undefined") throw new Error("this is for `node --jitless`");
console.log(JSON.stringify(await inEngine(() => users, settings, fetch)));
