// The page at an emulator's server, in Chromium: that of the native program or that of the npm command.

import { createRequire } from "node:module";
import path from "node:path";
import { startEmulator } from "../../support/emulator.mjs";
import { startPackagedEmulator } from "../../support/program.mjs";
import { withoutComplaint } from "./open.mjs";

const manifest = createRequire(import.meta.url).resolve("getstream-users/package.json");
/** The page's files, as the package has them. */
export const uiFolder = path.join(path.dirname(manifest), "dist/ui");

/** The servers that serve the page: their names and how to start them. */
export const SERVERS = {
  "the native server": (args = []) => startEmulator(["--ui", uiFolder, ...args]),
  "the npm command": (args = []) => startPackagedEmulator(args),
};

/** The browser's own console errors for calls that the server refuses, because of a fault or missing permissions. */
const REFUSED = /^Failed to load resource: the server responded with a status of (400|403|429|500|503)/;

/** Opens an emulator's page by the server's address, and asserts that there was no error in the console. */
export async function onEmulatorPage(browser, url, look, context = {}) {
  await withoutComplaint({ browser, url, ready: ".dock .users", refused: REFUSED }, look, context);
}
