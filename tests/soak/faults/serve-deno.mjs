import { handle, onUnhandled } from "./target.mjs";

globalThis.addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  onUnhandled(event.reason, event.promise);
});
const server = Deno.serve(
  { hostname: "127.0.0.1", port: 0, onListen: ({ port }) => console.log(`listening ${port}`) },
  async (request) => {
    const answer = await handle(request);
    if (new URL(request.url).pathname === "/unhandled") setTimeout(() => server.shutdown(), 50);
    return answer;
  },
);
