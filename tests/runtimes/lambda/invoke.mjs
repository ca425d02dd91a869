// Runs the function as the cloud does: one file in a folder where nothing else is.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { settings } from "./shared/settings.mjs";

const folder = mkdtempSync(path.join(tmpdir(), "function-"));
try {
  copyFileSync("dist/handler.js", path.join(folder, "handler.js"));
  const call = `require("./handler.js").handler(${JSON.stringify(settings)}).then(({ body }) => console.log(body))`;
  console.log(execFileSync(process.execPath, ["--eval", call], { cwd: folder, encoding: "utf8" }));
} finally {
  rmSync(folder, { recursive: true });
}
