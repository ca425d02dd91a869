// Starts the page's shortcuts and the emulator, after the first paint.

import { effect } from "@preact/signals";
import { control, emulatorInPage, inPage } from "../state/emulator.ts";
import { followEmulator, readAll } from "../state/follow.ts";
import { target } from "../state/target.ts";
import { targetOpen } from "../state/view.ts";
import { world } from "../state/world.ts";
import { onKeyDown } from "./shortcuts.ts";

export function begin(): void {
  addEventListener("keydown", onKeyDown);
  requestAnimationFrame(() =>
    setTimeout(() => {
      followTarget();
      followEmulator();
      if (AT_EMULATOR) void introduce();
    }),
  );
}

/** Shows the state of the target's emulator, whenever the emulator changes. */
function followTarget(): void {
  effect(() => {
    void control.value;
    const { where } = target.peek();
    world.value = { status: "loading" };
    if (where === "page" && inPage.peek().status !== "ready") {
      emulatorInPage().then(readAll, ({ message }: Error) => {
        world.value = { status: "unknown", reason: message };
      });
    } else {
      readAll();
    }
  });
}

/** Reads the key of the emulator that serves this page; a secret other than the default has to be typed. */
async function introduce(): Promise<void> {
  const source = control.peek();
  const index = await source?.index().catch(() => undefined);
  if (index === undefined || source !== control.peek()) return;
  const { api_key: apiKey, has_default_secret: isKnown } = index;
  if (apiKey !== target.peek().apiKey) target.value = { ...target.peek(), apiKey };
  if (!isKnown) targetOpen.value = true;
}
