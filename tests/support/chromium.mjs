// A Chromium for the tests: the system's, or a headless one that comes as an npm package (Linux on x64 only).
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { target } from "./paths.mjs";
import { findProgram } from "./program-path.mjs";

const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];
const ADVICE = "install Chromium (on Debian: apt-get install chromium) or set CHROME_PATH to one";

/** Only root, as in containers, has to do without the sandbox. */
const ARGS = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts a headless Chromium; close the browser when done. */
export async function launchChromium() {
  const installed = installedChromium();
  if (installed !== undefined) return chromium.launch({ executablePath: installed, args: ARGS });
  if (process.platform !== "linux" || process.arch !== "x64") throw new Error(`no Chromium was found: ${ADVICE}`);

  const { executablePath, libraries } = await unpackChromium();
  try {
    return await chromium.launch({ executablePath, args: ARGS });
  } catch {
    // A bare system lacks libraries (nss) that the package brings too; where it has them, its own fit better.
    const env = { ...process.env, LD_LIBRARY_PATH: libraries };
    return await chromium.launch({ executablePath, args: ARGS, env }).catch((cause) => {
      throw new Error(`the Chromium from npm does not start on this system: ${ADVICE}`, { cause });
    });
  }
}

/** Whether the machine's Chromium takes extensions, which npm's does not. */
export function takesExtensions() {
  return installedChromium() !== undefined;
}

/**
 * Starts a Chromium with an extension, and gives back the extension's worker.
 *
 * @returns {Promise<{ worker: import("playwright-core").Worker, close: () => Promise<void> }>}
 */
export async function launchExtension(folder) {
  const load = [`--disable-extensions-except=${folder}`, `--load-extension=${folder}`];
  // Playwright's own headless mode is the one without extensions.
  const options = { executablePath: installedChromium(), headless: false, args: [...ARGS, ...load, "--headless=new"] };
  const context = await chromium.launchPersistentContext("", options);
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
  return { worker, close: () => context.close() };
}

function installedChromium() {
  return process.env.CHROME_PATH || findProgram(NAMES, PLACES);
}

/** The package unpacks itself into the system's temporary folder, and its libraries only where it takes itself to be
 * in a cloud function; in a process of its own it can be made to believe both. Files of tests run at once, and none may
 * start what another still writes: each unpacks for itself, and the first to end gives it the name that all look for. */
async function unpackChromium() {
  const folder = path.join(target, "chromium", manifest.devDependencies["@sparticuz/chromium"]);
  if (!existsSync(folder)) {
    await mkdir(path.dirname(folder), { recursive: true });
    const own = await mkdtemp(`${folder}-`);
    const script = `import("@sparticuz/chromium").then((it) => it.default.executablePath())`;
    const env = { ...process.env, TMPDIR: own, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x" };
    const cwd = fileURLToPath(new URL(".", import.meta.url));
    execFileSync(process.execPath, ["--eval", script], { cwd, env });
    await rename(own, folder).catch(async (error) => {
      await rm(own, { recursive: true });
      if (!existsSync(folder)) throw error;
    });
  }
  return { executablePath: path.join(folder, "chromium"), libraries: path.join(folder, "al2023", "lib") };
}
