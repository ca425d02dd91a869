// The machine's WebKitGTK, by its own driver, of which four requests are needed (https://www.w3.org/TR/webdriver2/). It has no
// headless mode: the display is one of Xvfb's.

import { freePort } from "./ports.mjs";
import { firstLine, start, stop } from "./process.mjs";
import { findProgram } from "./program-path.mjs";
import { until } from "./until.mjs";

const MINI_BROWSERS = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/libexec"].flatMap(
  (folder) => ["webkit2gtk-4.1", "webkitgtk-6.0"].map((version) => `${folder}/${version}/MiniBrowser`),
);

/** Starts a WebKit; undefined where there is none, or no display for it. */
export async function launchWebKit() {
  const [driver, screen] = [findProgram(["WebKitWebDriver"]), findProgram(["Xvfb"])];
  const binary = findProgram([], MINI_BROWSERS);
  if (driver === undefined || screen === undefined || binary === undefined) return undefined;

  const display = start(screen, ["-displayfd", "1", "-nolisten", "tcp"], { stdio: ["ignore", "pipe", "ignore"] });
  const number = await firstLine(display, display.stdout, (line) => line.trim());
  const environment = { ...process.env, DISPLAY: `:${number}` };
  const open = (url) => tab({ driver, binary, environment }, url);
  const { version, close } = await session({ driver, binary, environment });
  await close();
  return { version, open, close: () => stop(display) };
}

async function tab(programs, url) {
  const { ask, close } = await session(programs);
  await ask("POST", "/url", { url });
  const look = (expression) => ask("POST", "/execute/sync", { script: `return (${expression})`, args: [] });
  // This driver does not tell what the console shows.
  return { complaints: [], value: (expression, milliseconds) => until(milliseconds, () => look(expression)), close };
}

/** A driver has one session at a time, so each has its own. */
async function session({ driver, binary, environment }) {
  const port = await freePort();
  const child = start(driver, [`--port=${port}`, "--host=127.0.0.1"], { stdio: "ignore", env: environment });
  const request = async (method, path, body) => {
    const answer = await fetch(`http://127.0.0.1:${port}/session${path}`, { method, body: JSON.stringify(body) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`WebKit's driver: ${value?.error}: ${value?.message}`);
    return value;
  };
  const options = { binary, args: ["--automation"] };
  const wanted = { capabilities: { alwaysMatch: { "webkitgtk:browserOptions": options } } };
  const ready = await until(10_000, () => fetch(`http://127.0.0.1:${port}/status`).then(Boolean, () => undefined));
  if (ready === undefined) throw new Error("WebKit's driver does not listen");
  const { sessionId, capabilities } = await request("POST", "", wanted);
  return {
    version: capabilities.browserVersion,
    ask: (method, path, body) => request(method, `/${sessionId}${path}`, body),
    async close() {
      await request("DELETE", `/${sessionId}`);
      await stop(child);
    },
  };
}
