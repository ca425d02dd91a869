import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "e2e",
  webServer: {
    command: "getstream-users emulator --strict --port 8738 --seed seed.json",
    url: "http://127.0.0.1:8738/health",
    // Ctrl-C's signal: the emulator ends at once, and writes its state where it has been given --data.
    gracefulShutdown: { signal: "SIGTERM", timeout: 1000 },
  },
});
