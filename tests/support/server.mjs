// Serves files of a folder to a browser.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml; charset=utf-8",
  ".wasm": "application/wasm",
};

/**
 * Serves `pages` (by path, texts or functions that answer) and, for every other path, the files below `folder`, all with
 * `headers`.
 *
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function serve(folder, pages = {}, headers = {}) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const page = pages[pathname];
    if (typeof page === "function") return page(request, response);
    const file = path.join(folder, path.normalize(pathname));
    const body = page ?? (await readFile(file).catch(() => undefined));
    const type = TYPES[path.extname(pathname)] ?? TYPES[".html"];
    response.writeHead(body === undefined ? 404 : 200, { ...headers, "content-type": type }).end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
