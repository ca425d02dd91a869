// Which files Stryker mutates, and which tests have to detect it. Stryker copies both into a separate folder.

const folder = process.env.MUTANTS_FOLDER ?? "target/mutants";
const part = process.env.MUTANTS_PART ?? "bulk";

/**
 * The parts. Tests of rules bundle the mutated TypeScript with `importSource`; the other tests import the package that
 * `package.mjs` builds from it. The fastest tests come first, because one failing test is enough.
 */
const parts = {
  bulk: {
    mutate: [
      "rules",
      "blame",
      "chunks",
      "chunk-runner",
      "difference",
      "pace",
      "results",
      "retries",
      "source",
      "turns",
    ].map((name) => `src/client/bulk/${name}.ts`),
    tests: [
      "bulk-rules",
      "bulk-blame",
      "bulk-difference",
      "bulk-results",
      "bulk-source",
      "bulk-chunks",
      "bulk-retries",
      "bulk-chunk-runner",
    ],
  },
  "bulk-options": {
    mutate: ["src/client/bulk/options.ts", "src/client/bulk/operations.ts"],
    tests: ["bulk-operations", "bulk-options", "bulk-safe", "bulk-hostile"],
    package: true,
  },
  paging: {
    mutate: ["src/client/paging/*.ts"],
    tests: ["paging-cursor", "paging-options", "paging-responses"],
    package: true,
  },
  webhooks: {
    mutate: ["src/client/webhooks/*.ts"],
    tests: ["webhooks", "webhook-headers", "webhook-signature", "webhook-gzip", "webhook-bodies"],
    package: true,
  },
};

const { mutate, tests, package: needsPackage = false } = parts[part];

export default {
  mutate,
  ignorePatterns: [
    "**",
    "!src/**/*.ts",
    "!tests/js/*.mjs",
    "!tests/support/*.mjs",
    "!tests/mutants/*.mjs",
    "!package.json",
  ],
  ...(needsPackage && { buildCommand: "node tests/mutants/package.mjs" }),
  testRunner: "tap",
  plugins: ["@stryker-mutator/tap-runner", "./tests/mutants/messages.mjs"],
  ignorers: ["messages"],
  tap: {
    // A process that is stopped early has not reported its result yet.
    forceBail: false,
    testFiles: tests.map((name) => `tests/js/${name}.test.mjs`),
    nodeArgs: ["--require", "{{hookFile}}", "--test-reporter=tap", "{{testFile}}"],
  },
  coverageAnalysis: "perTest",
  concurrency: 1,
  timeoutMS: 15_000,
  reporters: ["progress-append-only", "json"],
  jsonReporter: { fileName: `${folder}/${part}.json` },
  tempDirName: `${folder}/stryker-${part}`,
};
