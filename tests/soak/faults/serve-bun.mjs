import { handle, onUnhandled } from "./target.mjs";

process.on("unhandledRejection", onUnhandled);
const server = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  idleTimeout: 120,
  async fetch(request) {
    const answer = await handle(request);
    if (new URL(request.url).pathname === "/unhandled") setTimeout(() => server.stop(), 50);
    return answer;
  },
});
console.log(`listening ${server.port}`);
