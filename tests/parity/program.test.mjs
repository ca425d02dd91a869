// The facts, on the HTTP server that the package's own command runs.

import { startPackagedEmulator } from "../support/program.mjs";
import { show } from "./suite.mjs";

const FLAGS = { taskDuration: "--task-duration" };

show("program", (options) =>
  startPackagedEmulator(Object.entries(options).flatMap(([name, value]) => [FLAGS[name], String(value)])),
);
