// Every runtime and bundler in which the package is tested. To add one, add a folder next to this file with a typical project
// (a `package.json` with its lock file, the tool's default configuration, and nothing for this package), and an entry here.
//
// `folder`    the project; it is copied, with `shared/` beside its files, and the package is installed into the copy
// `where`     what it is called in the table of docs/runtimes.md
// `version`   the package whose version is told; without one, it is the machine's own
// `how`       the way it gets the package
// `build`     the command that has to come first
// `program`   the command that prints the scenario's outcome
// `server`    the command that serves it at `path`, on the port $PORT
// `page`      the page that a browser opens for it: from the command `serve`, or from the project's files
// `browser`   which one; Chromium, if none is said
// `extension` the folder of an extension for the machine's Chromium, whose worker has a function `run`
// `needs`     what is missing where the row is skipped, if not the browser
// `check`     the command that has to be content, where there is nothing to run
// `programs`  the folder of its programs in `node_modules`, if they are not in `.bin`
// `policy`    the page has a content security policy that allows scripts of its own and what this adds

/** The package's command in a runtime: `emulator`, a socket of it, `import`, `query`. */
const command = "the command";

const nodes = ["20", "22", "24"].flatMap((release) => {
  const node = { folder: "node", where: `Node ${release}`, version: `node-${release}` };
  const run = `node_modules/node-${release}/bin/node`;
  return [
    { ...node, how: "`import`", program: `${run} import.mjs` },
    { ...node, how: "`require`", program: `${run} require.cjs` },
    { ...node, how: "both in one process, one class", program: `${run} both.mjs` },
    { ...node, how: command, check: `sh shared/command.sh ${run}` },
  ];
});

const nodeEngine = { folder: "node", where: "Node 24", version: "node-24" };
const nodeEngineRun = "node_modules/node-24/bin/node";
const nodes24 = [
  { ...nodeEngine, how: "`--jitless`, `/js`", program: `${nodeEngineRun} --jitless jitless.mjs` },
  {
    ...nodeEngine,
    how: "snapshot of V8, `/js`",
    build:
      "esbuild snapshot.mjs --bundle --platform=node --format=cjs --outfile=dist/snapshot.cjs && " +
      `${nodeEngineRun} --snapshot-blob=dist/snapshot.blob --build-snapshot dist/snapshot.cjs`,
    program: `${nodeEngineRun} --snapshot-blob=dist/snapshot.blob`,
  },
];

const deno = { folder: "deno", where: "Deno", version: "deno" };
const denoRun = (file) => `deno run --allow-net ${file} "$STREAM_BASE_URL" "$STREAM_API_KEY" "$STREAM_API_SECRET"`;

const bun = {
  folder: "bun",
  where: "Bun",
  version: "@oven/bun-linux-x64-baseline",
  programs: "@oven/bun-linux-x64-baseline/bin",
};

const workerd = {
  folder: "workerd",
  where: "workerd",
  version: "workerd",
  build:
    "esbuild worker.mjs slim.mjs --bundle --format=esm --conditions=workerd,worker,browser --loader:.wasm=copy " +
    "--asset-names=[name] --outdir=out",
};
const workerdServe = (config) => `workerd serve config.capnp ${config} --socket-addr=http=127.0.0.1:$PORT`;

const wrangler = { folder: "wrangler", where: "Wrangler", version: "wrangler" };
const vitestWorkers = { folder: "vitest-workers", where: "vitest in workerd", version: "@cloudflare/vitest-plugin" };

const browsers = [
  { where: "Chromium", browser: "chromium" },
  { where: "Firefox", browser: "firefox" },
  { where: "WebKitGTK", browser: "webkit" },
].flatMap((browser) =>
  [
    { how: '`<script type="module">`, import map, strict CSP', page: "/index.html" },
    { how: "module Worker, strict CSP", page: "/worker.html" },
    { how: "SharedWorker, strict CSP", page: "/shared-worker.html" },
    { how: "service worker, strict CSP", page: "/service-worker.html" },
    { how: "`/slim`, compiled while it arrives, strict CSP", page: "/slim.html" },
    { how: "`/js`, a CSP that refuses WebAssembly", page: "/js.html", policy: "" },
    { how: "abort, redirect, cut and compressed bodies", page: "/faults.html" },
  ].map((row) => ({ folder: "browser", policy: "'wasm-unsafe-eval'", ...browser, ...row })),
);
const extension = {
  folder: "extension",
  where: "Chromium's extensions",
  browser: "chromium",
  needs: "Chromium that takes extensions",
};
const extensionBuild = (name) => `esbuild ${name}.mjs --bundle --format=esm --outfile=${name}/background.js`;
const quickjs = { folder: "quickjs", where: "QuickJS", version: "quickjs-emscripten" };
const vite = { folder: "vite", where: "Vite", version: "vite" };
const viteServe = "--host 127.0.0.1 --port $PORT --strictPort";
const webpack = { folder: "webpack", where: "webpack", version: "webpack" };
const esbuild = { folder: "esbuild", where: "esbuild", version: "esbuild" };
const rollup = { folder: "rollup", where: "Rollup", version: "rollup" };
const jest = { folder: "jest", where: "jest", version: "jest" };
const vitest = { folder: "vitest", where: "vitest", version: "vitest" };
const jestEnvironments = { ...jest, folder: "jest-environments" };
const vitestEnvironments = { ...vitest, folder: "vitest-environments" };
const lambda = { folder: "lambda", where: "AWS Lambda, as a bundle", version: "esbuild" };
const next = { folder: "next", where: "Next", version: "next", build: "next build" };
const nextStart = "next start --hostname 127.0.0.1 --port $PORT";

export const runtimes = [
  ...nodes,
  ...nodes24,
  { ...deno, how: "bare specifiers, `--allow-net` only", program: denoRun("main.mjs") },
  { ...deno, how: "`npm:` specifiers, `--allow-net` only", program: denoRun("npm.mjs") },
  { ...deno, how: command, check: "sh shared/command.sh deno run --allow-all" },
  { ...bun, how: "`import`", program: "bun main.mjs" },
  { ...bun, how: "`require`", program: "bun main.cjs" },
  { ...bun, how: "`bun build --compile`", build: "bun build --compile main.mjs --outfile=single", program: "./single" },
  { ...bun, how: "`bun build`", build: "bun build main.mjs --target=bun --outdir=dist", program: "bun dist/main.js" },
  { ...bun, how: command, check: "sh shared/command.sh bun" },
  { ...workerd, how: "compatibility date 2023-05-18, no flag", server: workerdServe("old") },
  { ...workerd, how: "compatibility date 2026-11-01, no flag", server: workerdServe("new") },
  { ...workerd, how: "`/slim` with the module of `/wasm`", server: workerdServe("slim") },
  { ...wrangler, how: "`wrangler dev`", server: "wrangler dev --ip 127.0.0.1 --port $PORT" },
  { ...wrangler, how: "`wrangler deploy --dry-run`", check: "wrangler deploy --dry-run --outdir=dist" },
  { ...vitestWorkers, how: "`@cloudflare/vitest-plugin`", program: "vitest run" },
  ...browsers,
  {
    ...extension,
    how: "MV3 worker, `'wasm-unsafe-eval'` in the manifest",
    build: extensionBuild("wasm"),
    extension: "wasm",
  },
  { ...extension, how: "MV3 worker, `/js`", build: extensionBuild("plain"), extension: "plain" },
  { ...vite, how: "`vite`, in Chromium", page: "/", serve: `vite ${viteServe}` },
  { ...vite, how: "`vite build`, in Chromium", build: "vite build", page: "/", serve: `vite preview ${viteServe}` },
  {
    ...vite,
    folder: "vite-slim",
    how: "`vite build`, `/slim` and `/wasm?url`, in Chromium",
    build: "vite build",
    page: "/",
    serve: `vite preview ${viteServe}`,
  },
  { ...webpack, how: "no configuration, in Chromium", build: "webpack --mode=production", page: "/index.html" },
  {
    ...esbuild,
    how: "`--bundle`, in Chromium",
    build: "esbuild shared/page.mjs --bundle --outdir=dist",
    page: "/index.html",
  },
  {
    ...esbuild,
    how: "`--bundle --platform=node`, ES module in Node",
    build: "esbuild main.mjs --bundle --platform=node --format=esm --outdir=dist --out-extension:.js=.mjs",
    program: "node dist/main.mjs",
  },
  { ...rollup, how: "`@rollup/plugin-node-resolve`, in Chromium", build: "rollup --config", page: "/index.html" },
  {
    ...quickjs,
    how: "`/js`, bundled by esbuild",
    build: "esbuild quickjs.mjs --bundle --format=iife --outdir=dist",
    program: "node run-quickjs.mjs",
  },
  { ...jest, how: "in its realm, no configuration", program: "jest" },
  { ...vitest, how: "no configuration", program: "vitest run" },
  { ...jestEnvironments, how: "emulator under fake timers", program: "jest fake-timers" },
  { ...jestEnvironments, how: "emulator in happy-dom", program: "jest happy-dom" },
  { ...jestEnvironments, how: "emulator in jsdom: says what is missing", check: "jest jsdom" },
  {
    ...jestEnvironments,
    where: "sinon",
    version: "sinon",
    how: "emulator under fake timers",
    program: "node sinon.mjs",
  },
  { ...vitestEnvironments, how: "emulator under fake timers", program: "vitest run fake-timers" },
  { ...vitestEnvironments, how: "emulator in happy-dom", program: "vitest run happy-dom" },
  { ...vitestEnvironments, how: "emulator in jsdom", program: "vitest run jsdom" },
  {
    ...lambda,
    how: "one CommonJS file, alone in a folder",
    build: "esbuild handler.mjs --bundle --platform=node --format=cjs --outdir=dist",
    program: "node invoke.mjs",
  },
  { ...next, how: "route, `nodejs`", server: nextStart, path: "/node" },
  { ...next, how: "route, `edge`", server: nextStart, path: "/edge" },
  { ...next, how: "page, in Chromium", page: "/", serve: nextStart },
];
