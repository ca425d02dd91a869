// Which runtime this is. Asked when a client is made, never at start-up.

/** The runtime's key as WinterTC's registry has it, or "browser", or "unknown". */
export function runtimeKey() {
  const { navigator, process, Deno, Bun, EdgeRuntime } = globalThis;
  // Workers, Deno and Bun imitate Node and browsers, so they are told apart first.
  if (navigator?.userAgent === "Cloudflare-Workers" || "WebSocketPair" in globalThis) return "workerd";
  if (Deno !== undefined) return "deno";
  if (Bun !== undefined) return "bun";
  if (typeof EdgeRuntime === "string") return "edge-light";
  if (typeof process?.versions?.node === "string") return "node";
  const inPage = typeof globalThis.window?.document === "object";
  const inWorker = typeof globalThis.WorkerGlobalScope === "function";
  return inPage || inWorker ? "browser" : "unknown";
}
