import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

const { STREAM_BASE_URL, STREAM_API_KEY, STREAM_API_SECRET } = process.env;

export default defineConfig({
  plugins: [
    cloudflareTest({
      wrangler: { configPath: "./wrangler.jsonc" },
      miniflare: { bindings: { STREAM_BASE_URL, STREAM_API_KEY, STREAM_API_SECRET } },
    }),
  ],
});
