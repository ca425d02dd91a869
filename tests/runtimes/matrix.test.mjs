// The scenario in every runtime of `runtimes.mjs`. `cargo xtask test --only runtimes` runs this.

import { suite } from "./matrix/suite.mjs";
import { runtimes } from "./runtimes.mjs";

suite(runtimes, { results: "results.json", limit: 180_000 });
