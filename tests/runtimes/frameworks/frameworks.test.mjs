// The scenario in every framework of `frameworks.mjs`. `cargo xtask test --only frameworks` runs this; it is too slow, and
// takes too much to download, for every run of the tests. FRAMEWORKS=nuxt,parcel picks folders.

import { suite } from "../matrix/suite.mjs";
import { frameworks } from "./frameworks.mjs";

const picked = process.env.FRAMEWORKS?.split(",");
const rows = frameworks.filter(({ folder }) => picked === undefined || picked.includes(folder));
suite(rows, { results: "frameworks.json", limit: 600_000 });
