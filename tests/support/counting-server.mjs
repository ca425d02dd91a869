// An HTTP server that answers as a test says and counts what it takes to ask it.
import { createServer } from "node:http";

/**
 * @param {(index: number) => { status?: number, headers?: object, body?: string } | Promise<object>} answer what the
 *   request of this number gets
 * @returns {Promise<{ url: string, counts: object, stop: () => Promise<void> }>} where it is, and its counts: `requests`
 *   and `connections` so far, answers `underWay` and the `most` of them at once
 */
export async function countingServer(answer) {
  const counts = { requests: 0, connections: 0, underWay: 0, most: 0 };
  const server = createServer(async (request, response) => {
    const index = counts.requests++;
    counts.underWay += 1;
    counts.most = Math.max(counts.most, counts.underWay);
    response.once("close", () => {
      counts.underWay -= 1;
    });
    for await (const _ of request);
    const { status = 200, headers = {}, body = "{}" } = await answer(index);
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
  });
  server.on("connection", () => {
    counts.connections += 1;
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    counts,
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
