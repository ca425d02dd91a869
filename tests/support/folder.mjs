// A folder of a test's own, gone when the test has ended.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** Makes a folder with these files; `t` is the test's context. */
export async function folderWith(t, files = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), "getstream-users-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) await writeFile(path.join(folder, name), content);
  return folder;
}
