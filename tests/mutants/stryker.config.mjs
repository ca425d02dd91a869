// What Stryker changes, and which tests have to notice. It copies both into a folder of its own, where the tests bundle the
// changed TypeScript as they bundle the usual one (`importSource`).

const folder = process.env.MUTANTS_FOLDER ?? "target/mutants";

export default {
  // The rules: values in, decision out. What stands around them is tried over requests, which takes seconds a change.
  mutate: ["src/client/bulk/rules.ts", "src/client/bulk/blame.ts"],
  ignorePatterns: ["**", "!src/**/*.ts", "!tests/js/bulk-*.mjs", "!tests/support/*.mjs", "!package.json"],
  testRunner: "tap",
  plugins: ["@stryker-mutator/tap-runner"],
  tap: {
    testFiles: ["tests/js/bulk-rules.test.mjs", "tests/js/bulk-blame.test.mjs"],
    nodeArgs: ["--require", "{{hookFile}}", "--test-reporter=tap", "{{testFile}}"],
  },
  coverageAnalysis: "perTest",
  concurrency: 1,
  timeoutMS: 120_000,
  reporters: ["clear-text", "json"],
  clearTextReporter: { allowColor: false, reportTests: false },
  jsonReporter: { fileName: `${folder}/stryker.json` },
  tempDirName: `${folder}/stryker`,
};
