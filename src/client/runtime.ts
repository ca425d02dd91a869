// Detects the runtime. It only reads globals, so it is safe at start-up.

/** The globals that identify a runtime. */
interface RuntimeGlobals {
  readonly navigator?: { readonly userAgent?: string };
  readonly process?: { readonly versions?: { readonly node?: string } };
  readonly Deno?: unknown;
  readonly Bun?: unknown;
  readonly EdgeRuntime?: unknown;
  readonly fastly?: unknown;
  readonly WebSocketPair?: unknown;
  readonly WorkerGlobalScope?: unknown;
  readonly window?: { readonly document?: unknown };
}

/** The runtime's key in WinterTC's registry, or "browser", or "unknown". */
export function runtimeKey(): string {
  const globals = globalThis as RuntimeGlobals;
  // Workers, Deno and Bun imitate Node and browsers, so they are checked first.
  if (globals.navigator?.userAgent === "Cloudflare-Workers" || globals.WebSocketPair !== undefined) return "workerd";
  if (globals.Deno !== undefined) return "deno";
  if (globals.Bun !== undefined) return "bun";
  if (typeof globals.EdgeRuntime === "string") return "edge-light";
  if (typeof globals.fastly === "object") return "fastly";
  if (typeof globals.process?.versions?.node === "string") return "node";
  const inPage = typeof globals.window?.document === "object";
  const inWorker = typeof globals.WorkerGlobalScope === "function";
  return inPage || inWorker ? "browser" : "unknown";
}
