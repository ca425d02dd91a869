// Where the repository keeps what the tests start. Cargo's own variable moves it, as it moves everything cargo builds.

import path from "node:path";
import { fileURLToPath } from "node:url";

export const repository = fileURLToPath(new URL("../../", import.meta.url));
export const target = path.resolve(repository, process.env.CARGO_TARGET_DIR ?? "target");
