// The scenario in every framework of `frameworks.mjs`. `cargo xtask test --only frameworks` runs this; it is too slow, and
// takes too much to download, for every run of the tests.

import { suite } from "../matrix/suite.mjs";
import { frameworks } from "./frameworks.mjs";

suite(frameworks, { results: "frameworks.json", limit: 600_000 });
