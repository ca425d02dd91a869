// A page's import map does not hold in its Workers, so the entries are named by their addresses.
const NAMES = ["bulk", "emulator"];
const dist = "/node_modules/getstream-users/dist";

export const settings = Object.fromEntries(new URLSearchParams(location.search));

export async function load() {
  const others = NAMES.map(async (name) => [name, await import(`${dist}/${name}/index.js`)]);
  return { client: await import(`${dist}/index.js`), ...Object.fromEntries(await Promise.all(others)) };
}
