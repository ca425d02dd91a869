import { defineNitroConfig } from "nitropack/config";

// Built both ways: the flag is for the wasm of a project's own.
export default defineNitroConfig({
  compatibilityDate: "2026-07-01",
  experimental: { wasm: process.env.WASM === "yes" },
});
