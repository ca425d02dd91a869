// Every framework that the package is shown to work in, beside the runtimes and bundlers of `runtimes.mjs`, which says what
// an entry has. These take minutes each: to install, to build, to start.

const worker = "wrangler dev --ip 127.0.0.1 --port $PORT";
const parcel = { folder: "parcel", where: "Parcel", version: "parcel" };

/** What Nitro's own hint at the end of a build says, with the port. */
const nitroWorker = `${worker} .output/server/index.mjs --assets .output/public --compatibility-date 2026-07-01`;
const nitroNode = "HOST=127.0.0.1 node .output/server/index.mjs";
const nitro2 = { folder: "nitro-2", where: "Nitro 2", version: "nitropack" };
const nitro3 = { folder: "nitro-3", where: "Nitro 3", version: "nitro" };
const nuxt = { folder: "nuxt", where: "Nuxt", version: "nuxt" };

const standalone = {
  version: "next",
  how: '`output: "standalone"`, the package external',
  build: "next build",
  server: "HOSTNAME=127.0.0.1 node .next/standalone/server.js",
};
const nextCache = { ...standalone, folder: "next-cache", where: "Next 16" };
const openNext = { folder: "opennext", where: "OpenNext for Cloudflare", version: "@opennextjs/cloudflare" };
const hono = { folder: "hono", where: "Hono", version: "hono" };
const cloudflareVite = {
  folder: "cloudflare-vite",
  where: "Cloudflare's Vite plugin",
  version: "@cloudflare/vite-plugin",
};
const vitePort = "--host 127.0.0.1 --port $PORT --strictPort";
const sveltekit = {
  folder: "sveltekit",
  where: "SvelteKit",
  version: "@sveltejs/kit",
  how: "`@sveltejs/adapter-cloudflare`",
};
const astro = { folder: "astro", where: "Astro", version: "astro" };
const reactRouter = { folder: "react-router", where: "React Router", version: "react-router" };
const hydrogen = { folder: "hydrogen", where: "Shopify Hydrogen", version: "@shopify/hydrogen", path: "/scenario" };
const rspack = { folder: "rsbuild", where: "Rspack", version: "@rspack/core" };
const rsbuild = { folder: "rsbuild", where: "Rsbuild", version: "@rsbuild/core" };
const mocks = { folder: "mocks", how: "answers the client's requests" };

/** The oldest release of each that the package is for, and that a machine of today still starts. */
const oldest = { folder: "oldest" };
const oldestDeno =
  // Its package makes it a program when it is installed, by a script.
  'oldest=node_modules/deno-oldest/deno; chmod +x $oldest && $oldest run --allow-net deno.mjs "$STREAM_BASE_URL" ' +
  '"$STREAM_API_KEY" "$STREAM_API_SECRET"';

export const frameworks = [
  {
    ...parcel,
    how: "`parcel build`, no configuration, in Chromium",
    build: "parcel build index.html --public-url .",
    page: "/dist/index.html",
  },
  { ...rspack, how: "no configuration, in Chromium", build: "rspack build --mode=production", page: "/index.html" },
  {
    ...rsbuild,
    how: "no configuration, in Chromium",
    build: "rsbuild build",
    page: "/",
    serve: "rsbuild preview --host 127.0.0.1 --port $PORT",
  },
  // Its Rollup takes no `.wasm`, and a route is loaded in the request, where workerd compiles nothing.
  {
    ...nitro2,
    how: "`cloudflare_module`, without the emulator",
    build: "nitropack build --preset cloudflare_module",
    server: nitroWorker,
    path: "/client",
  },
  {
    ...nitro2,
    how: "`cloudflare_module`, `experimental.wasm`",
    build: "WASM=yes nitropack build --preset cloudflare_module",
    server: nitroWorker,
  },
  { ...nitro3, how: "`cloudflare_module`", build: "nitro build --preset cloudflare_module", server: worker },
  { ...nuxt, how: "`node-server`", build: "nuxt build", server: nitroNode, path: "/api/scenario" },
  {
    ...nuxt,
    how: "`cloudflare_module`, without the emulator",
    build: "nuxt build --preset cloudflare_module",
    server: nitroWorker,
    path: "/api/client",
  },
  { ...standalone, folder: "next-14", where: "Next 14", path: "/scenario" },
  { ...standalone, folder: "next-15", where: "Next 15", path: "/scenario" },
  { ...nextCache, how: "`cacheComponents`, a page that asks under `<Suspense>`", path: "/scenario" },
  // Next's build takes the entry for Node, whose fallback runs in workerd; the emulator has none.
  {
    ...openNext,
    how: "route, without the emulator",
    build: "opennextjs-cloudflare build",
    server: "opennextjs-cloudflare preview --ip 127.0.0.1 --port $PORT",
    path: "/scenario",
  },
  { ...hono, how: "`wrangler dev`", server: worker },
  { ...hono, how: "`@hono/node-server`", server: "node node.mjs" },
  { ...cloudflareVite, how: "`vite`", server: `vite ${vitePort}` },
  { ...cloudflareVite, how: "`vite build`, `vite preview`", build: "vite build", server: `vite preview ${vitePort}` },
  { ...sveltekit, build: "vite build", server: worker, path: "/scenario" },
  {
    ...astro,
    how: "`@astrojs/cloudflare`",
    build: "astro build",
    server: "astro preview --host 127.0.0.1 --port $PORT",
    path: "/scenario",
  },
  {
    ...reactRouter,
    how: "Cloudflare's Vite plugin",
    build: "react-router build",
    server: `vite preview ${vitePort}`,
    path: "/scenario",
  },
  // Mini Oxygen takes no `.wasm`, and the manifest's field `browser`, which only it reads beside the condition `workerd`,
  // leads to the entry with the fallback. The emulator has none.
  { ...hydrogen, how: "`vite`, without the emulator", server: `vite ${vitePort}` },
  {
    ...hydrogen,
    how: "`react-router build`, `vite preview`, without the emulator",
    build: "react-router build",
    server: `vite preview ${vitePort}`,
  },
  {
    folder: "hermes",
    where: "Hermes",
    version: "hermes-engine-cli",
    programs: "hermes-engine-cli/linux64-bin",
    how: "Metro's bundle, with React Native's configuration; answers are played back",
    build: "node record.mjs && mkdir -p dist && metro build main.js --out dist/main.js --config metro.config.cjs",
    program: "hermes -w dist/main.js",
  },
  {
    folder: "fastly",
    where: "Fastly Compute",
    version: "@fastly/js-compute",
    how: "`js-compute-runtime`, whose engine mints and verifies while it builds",
    check: "js-compute-runtime main.mjs main.wasm",
  },
  {
    folder: "node-sea",
    where: "Node, single executable",
    version: "node-24",
    how: "bundled by esbuild, injected by postject",
    build: [
      "esbuild main.mjs --bundle --platform=node --format=cjs --outdir=dist --out-extension:.js=.cjs",
      "node --experimental-sea-config sea-config.json",
      "cp node_modules/node-24/bin/node dist/single",
      "postject dist/single NODE_SEA_BLOB dist/main.blob --sentinel-fuse NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2",
    ].join(" && "),
    program: "dist/single",
  },
  {
    ...oldest,
    where: "Node, the oldest",
    version: "node-oldest",
    how: "`import`",
    program: "node_modules/node-oldest/bin/node main.mjs",
  },
  { ...oldest, where: "Deno, the oldest", version: "deno-oldest", how: "bare specifiers", program: oldestDeno },
  {
    ...oldest,
    where: "Bun, the oldest",
    version: "bun-oldest",
    how: "`import`",
    program: "node_modules/bun-oldest/bin/bun main.mjs",
  },
  {
    ...oldest,
    where: "workerd, the oldest",
    version: "workerd-oldest",
    how: "compatibility date 2023-05-18",
    build:
      "esbuild worker.mjs --bundle --format=esm --conditions=workerd,worker,browser --loader:.wasm=copy " +
      "--asset-names=[name] --outdir=out",
    server: "node_modules/workerd-oldest/bin/workerd serve config.capnp config --socket-addr=http=127.0.0.1:$PORT",
  },
  { ...mocks, where: "msw", version: "msw", check: "node --test msw.test.mjs" },
  { ...mocks, where: "undici's MockAgent", version: "undici", check: "node --test mock-agent.test.mjs" },
];
