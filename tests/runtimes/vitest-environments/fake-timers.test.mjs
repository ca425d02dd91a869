import { test, vi } from "vitest";
import { inProcess } from "./shared/in-process.mjs";

test("vitest's fake timers", async () => {
  vi.useFakeTimers();
  const advance = (milliseconds) => vi.advanceTimersByTimeAsync(milliseconds);
  const { assertions } = await inProcess(() => import("getstream-users/emulator"), advance);
  vi.useRealTimers();
  console.log(JSON.stringify({ assertions, coldStart: 0 }));
});
