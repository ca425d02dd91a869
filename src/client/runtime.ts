// Which runtime this is. It reads globals and calls nothing, so it is safe at start-up.

/** What runtimes are told apart by. */
interface Signs {
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

/** The runtime's key as WinterTC's registry has it, or "browser", or "unknown". */
export function runtimeKey(): string {
  const signs = globalThis as Signs;
  // Workers, Deno and Bun imitate Node and browsers, so they are told apart first.
  if (signs.navigator?.userAgent === "Cloudflare-Workers" || signs.WebSocketPair !== undefined) return "workerd";
  if (signs.Deno !== undefined) return "deno";
  if (signs.Bun !== undefined) return "bun";
  if (typeof signs.EdgeRuntime === "string") return "edge-light";
  if (typeof signs.fastly === "object") return "fastly";
  if (typeof signs.process?.versions?.node === "string") return "node";
  const inPage = typeof signs.window?.document === "object";
  const inWorker = typeof signs.WorkerGlobalScope === "function";
  return inPage || inWorker ? "browser" : "unknown";
}
