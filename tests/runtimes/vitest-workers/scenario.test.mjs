import { env } from "cloudflare:workers";
import { test } from "vitest";
import { scenario } from "./shared/scenario.mjs";

const settings = { basePath: env.STREAM_BASE_URL, apiKey: env.STREAM_API_KEY, apiSecret: env.STREAM_API_SECRET };

test("users, from within a Worker", { timeout: 60_000 }, async () => {
  console.log(JSON.stringify(await scenario(() => import("./shared/entries.mjs"), settings)));
});
