// @vitest-environment happy-dom
import { test } from "vitest";
import { inProcess } from "./shared/in-process.mjs";

test("happy-dom", async () => {
  console.log(JSON.stringify(await inProcess(() => import("getstream-users/emulator"))));
});
