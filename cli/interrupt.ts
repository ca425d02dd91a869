// Ctrl-C and SIGTERM: the first stops the work, a second ends the process immediately.

import { EXIT } from "./exit.js";

/** The reason of a signal that was aborted by Ctrl-C or SIGTERM. */
export class Interrupted extends Error {
  constructor() {
    super("interrupted");
  }
}

/** A signal that is aborted by the first Ctrl-C or SIGTERM. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    controller.abort(new Interrupted());
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return controller.signal;
}
