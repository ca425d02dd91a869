// @vitest-environment jsdom
import { test } from "vitest";
import { inProcess } from "./shared/in-process.mjs";

test("jsdom", async () => {
  console.log(JSON.stringify(await inProcess(() => import("getstream-users/emulator"))));
});
