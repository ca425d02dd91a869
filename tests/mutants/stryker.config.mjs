// What Stryker changes, and which tests have to notice. It copies both into a folder of its own.

const folder = process.env.MUTANTS_FOLDER ?? "target/mutants";
const part = process.env.MUTANTS_PART ?? "bulk";

/**
 * The parts. Tests of rules bundle the changed TypeScript as they bundle the usual one (`importSource`); tests of the rest
 * import the package, which `package.mjs` makes of it. The quickest tests come first: one that notices is enough.
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
    // A process that is stopped on its way has not said yet what it found.
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
