// A page's import map does not hold in its Workers, so the entries are named by their addresses.
import { scenario } from "/shared/scenario.mjs";

const NAMES = ["bulk", "emulator"];
const dist = "/node_modules/getstream-users/dist";
const settings = Object.fromEntries(new URLSearchParams(location.search));

async function load() {
  const others = NAMES.map(async (name) => [name, await import(`${dist}/${name}/index.js`)]);
  return { client: await import(`${dist}/index.js`), ...Object.fromEntries(await Promise.all(others)) };
}

postMessage(await scenario(load, settings).catch((error) => ({ failed: String(error?.stack ?? error) })));
