// The routes, the queue's consumers, and the imports.
import type { Chunk } from "./chunk";
import { bury, consume } from "./consumer";
import type { Env } from "./env";
import { route } from "./routes";

export { Import } from "./import";

export default {
  fetch: route,
  queue: (batch, env) => (batch.queue.endsWith("-dead") ? bury(batch, env) : consume(batch, env)),
} satisfies ExportedHandler<Env, Chunk>;
