// A call of an operation as code to copy. It contains placeholders for keys, secrets and tokens.

import { isTooDeep } from "../json/value.ts";
import type { Operation } from "../schema.d.ts";
import { browser } from "./browser.ts";
import type { Place } from "./call.ts";
import { curl } from "./curl.ts";
import { node } from "./node.ts";
import { test } from "./test.ts";
import { worker } from "./worker.ts";

export type { Place } from "./call.ts";

export type Runtime = "worker" | "node" | "test" | "browser" | "curl";

/** The runtimes, in the order of their tabs. */
export const RUNTIMES: readonly { runtime: Runtime; title: string; language: "ts" | "js" | "sh" }[] = [
  { runtime: "worker", title: "Worker", language: "ts" },
  { runtime: "node", title: "Node", language: "js" },
  { runtime: "test", title: "Test", language: "js" },
  { runtime: "browser", title: "Browser", language: "js" },
  { runtime: "curl", title: "curl", language: "sh" },
];

const PRINTERS = { worker, node, test, browser, curl };

/** The code that calls an operation with these arguments. */
export function snippet(runtime: Runtime, operation: Operation, input: readonly unknown[], place: Place = {}): string {
  if (isTooDeep(input)) return `${runtime === "curl" ? "#" : "//"} The client refuses data that is nested this deep.\n`;
  return PRINTERS[runtime](operation, input, place);
}
