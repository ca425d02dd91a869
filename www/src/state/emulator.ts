// The emulator in this page. Its module is by far the largest part of the page, so it is loaded after the first paint.

import { computed, signal } from "@preact/signals";
import type { Emulator } from "getstream-users/emulator";
import { connect } from "../client/connect.ts";
import { type Control, controlOf } from "../client/control.ts";
import type { PageFetch } from "../client/fetch.ts";
import { asServer, EMULATOR_IN_PAGE, EMULATOR_KEY, EMULATOR_SECRET } from "../client/target.ts";
import { fill } from "../fill.ts";
import { reasonOf } from "../ui/reason.ts";
import { target } from "./target.ts";

type Loading = { status: "starting" } | { status: "ready"; emulator: Emulator } | { status: "failed"; reason: string };

/** Long enough to see a task pending, running and completed. */
const TASK_DURATION = 2400;
/** The address of the emulator in the page; no request is sent there. */
const ORIGIN = "https://emulator.invalid";

export const inPage = signal<Loading>({ status: "starting" });

let starting: Promise<Emulator> | undefined;

/** The emulator in this page, which the first call starts. A failed start is retried. */
export function emulatorInPage(): Promise<Emulator> {
  starting ??= start().catch((error: unknown) => {
    starting = undefined;
    inPage.value = { status: "failed", reason: reasonOf(error) };
    throw error;
  });
  return starting;
}

/** esbuild leaves the module out of the page that an emulator serves, which never loads it. */
const module = AT_EMULATOR
  ? () => Promise.reject(new Error("this page has no emulator in it"))
  : () => import("getstream-users/emulator");

async function start(): Promise<Emulator> {
  inPage.value = { status: "starting" };
  const { createEmulator } = await module();
  const emulator = createEmulator({
    apiKey: EMULATOR_KEY,
    apiSecret: EMULATOR_SECRET,
    taskDuration: TASK_DURATION,
    rateLimits: "stream",
  });
  await fill(connect(EMULATOR_IN_PAGE, emulator.fetch), emulator.seed);
  inPage.value = { status: "ready", emulator };
  return emulator;
}

// These do not depend on the caller, so a change of the caller keeps them.
const where = computed(() => target.value.where);
const url = computed(() => target.value.url);

/** The `fetch` for the target. */
export const targetFetch = computed<PageFetch>(() =>
  where.value === "page"
    ? async (url, init) => (await emulatorInPage()).fetch(url, init)
    : (url, init) => globalThis.fetch(url, init),
);

/** The controls of the target's emulator; Stream has none. */
export const control = computed<Control | undefined>(() => {
  if (where.value === "stream") return undefined;
  return controlOf(targetFetch.value, where.value === "page" ? ORIGIN : url.value);
});

/** Adds the page's users to the target's emulator. */
export async function seed(): Promise<void> {
  const emulator = control.peek();
  if (emulator !== undefined) await fill(connect(asServer(target.peek()), targetFetch.peek()), emulator.seed);
}

/** Resets the target's emulator to the page's initial state. */
export async function reset(): Promise<void> {
  const emulator = control.peek();
  if (emulator === undefined) return;
  await emulator.reset();
  // The page that an emulator serves does not know the emulator's initial state.
  if (!AT_EMULATOR) await seed();
}
