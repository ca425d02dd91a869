import { createServer } from "node:http";
import { handle, onUnhandled } from "./target.mjs";

process.on("unhandledRejection", onUnhandled);
const server = createServer(async (request, response) => {
  const answer = await handle({ url: `http://target${request.url}` });
  response.writeHead(answer.status, { "content-type": "application/json" }).end(await answer.text());
  // Nothing of the client's may keep the process: it has to end by itself once this server does.
  if (request.url === "/unhandled") server.close();
});
server.listen(0, "127.0.0.1", () => console.log(`listening ${server.address().port}`));
