// The facts, on the emulator as an HTTP server.

import { startEmulator } from "../support/emulator.mjs";
import { show } from "./suite.mjs";

const FLAGS = { taskDuration: "--task-duration" };

show("server", (options) =>
  startEmulator(Object.entries(options).flatMap(([name, value]) => [FLAGS[name], String(value)])),
);
