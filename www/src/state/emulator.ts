// The emulator in this page. Its module is the largest part of the page by far, so it comes after the first paint.

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
/** A name for what answers in the page; no request ever goes there. */
const ORIGIN = "https://emulator.invalid";

export const inPage = signal<Loading>({ status: "starting" });

let starting: Promise<Emulator> | undefined;

/** The emulator in this page, which the first call starts. A start that failed is tried again. */
export function emulatorInPage(): Promise<Emulator> {
  starting ??= start().catch((error: unknown) => {
    starting = undefined;
    inPage.value = { status: "failed", reason: reasonOf(error) };
    throw error;
  });
  return starting;
}

/** esbuild leaves the module out where it is never loaded: at an emulator's server. */
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

// Who calls does not matter for these: a change of the caller leaves the emulator what it is.
const where = computed(() => target.value.where);
const url = computed(() => target.value.url);

/** What carries calls to the target. */
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

/** Brings the target's emulator back to what the page begins with. */
export async function reset(): Promise<void> {
  const emulator = control.peek();
  if (emulator === undefined) return;
  await emulator.reset();
  // An emulator's own page begins with what the emulator began with: nothing that the page would know of.
  if (!AT_EMULATOR) await seed();
}
