// Runs the code that the demo page shows, in its runtime.

import { execFileSync } from "node:child_process";
import { transform } from "esbuild";
import { StreamClient } from "getstream-users";

const AsyncFunction = (async () => {}).constructor;
const IMPORT = /^import \{ StreamClient \} from "getstream-users";\n/;

/** The class, whose clients all use `fetch`. */
function classWith(fetch) {
  const clients = (key, secret, options) => new StreamClient(key, secret, { ...options, fetch });
  // An arrow function cannot be called with `new`.
  return Object.assign(
    function Client(...given) {
      return clients(...given);
    },
    {
      withToken: (key, token, options) => StreamClient.withToken(key, token, { ...options, fetch }),
      anonymous: (key, options) => StreamClient.anonymous(key, { ...options, fetch }),
    },
  );
}

/** Runs a script, and returns what it prints. `fetch` carries what the client sends, `own` what the script does. */
export async function runScript(code, { env = {}, fetch, own }) {
  const printed = [];
  const names = {
    StreamClient: classWith(fetch),
    process: { env },
    console: { log: (...all) => printed.push(all) },
    fetch: own,
  };
  await new AsyncFunction(...Object.keys(names), code.replace(IMPORT, ""))(...Object.values(names));
  return printed;
}

/** Runs a Worker's code for one request, and returns its response. */
export async function runWorker(code, { env, fetch }) {
  const { code: plain } = await transform(code.replace(IMPORT, ""), { loader: "ts" });
  const handler = await new AsyncFunction("StreamClient", plain.replace(/^export default /m, "return "))(
    classWith(fetch),
  );
  return handler.fetch(new Request("https://worker.test/"), env);
}

/** The arguments that a shell passes to curl for a command. */
export function curlArguments(command, env) {
  const script = `curl() { printf '%s\\0' "$@"; }\n${command}`;
  const output = execFileSync("sh", ["-c", script], { env: { PATH: process.env.PATH, ...env }, encoding: "utf8" });
  return output.split("\0").slice(0, -1);
}

/** The request that curl sends for its arguments; only those that the page uses. */
export function curlRequest(given) {
  const headers = {};
  const query = [];
  let [method, url, body, isGet] = [undefined, undefined, undefined, false];
  for (let rest = [...given]; rest.length > 0; ) {
    const flag = rest.shift();
    if (flag === "-G") isGet = true;
    else if (flag === "-X") method = rest.shift();
    else if (flag === "-H") {
      const [name, value] = rest.shift().split(": ");
      headers[name] = value;
    } else if (flag === "--data") body = rest.shift();
    else if (flag === "--data-urlencode") query.push(rest.shift());
    else if (url === undefined && !flag.startsWith("-")) url = new URL(flag);
    else throw new Error(`the page has never used ${flag}`);
  }
  if (query.length > 0 && !isGet) throw new Error("data would be the body");
  for (const pair of query) {
    const [name] = pair.split("=", 1);
    url.searchParams.append(name, pair.slice(name.length + 1));
  }
  return { method: method ?? (body === undefined ? "GET" : "POST"), url, headers, body };
}
