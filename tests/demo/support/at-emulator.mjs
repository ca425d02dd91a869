// The page at an emulator's server, in Chromium: that of the native program or that of the npm command.

import { createRequire } from "node:module";
import path from "node:path";
import { startEmulator } from "../../support/emulator.mjs";
import { startPackagedEmulator } from "../../support/program.mjs";
import { withoutComplaint } from "./open.mjs";

const manifest = createRequire(import.meta.url).resolve("getstream-users/package.json");
/** The page's files, as the package has them. */
export const uiFolder = path.join(path.dirname(manifest), "dist/ui");

/** The servers that have the page, each by its name and how it is started. */
export const SERVERS = {
  "the native server": (args = []) => startEmulator(["--ui", uiFolder, ...args]),
  "the npm command": (args = []) => startPackagedEmulator(args),
};

/** What the browser itself writes when a server refuses a call, as it was told to or because the caller may not. */
const REFUSED = /^Failed to load resource: the server responded with a status of (400|403|429|500|503)/;

/** Opens the page of an emulator, as somebody does who types the server's address, and holds that nothing was complained about. */
export async function onEmulatorPage(browser, url, look, context = {}) {
  await withoutComplaint({ browser, url, ready: ".dock .users", refused: REFUSED }, look, context);
}
