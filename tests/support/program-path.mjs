// Programs that a machine may have.

import { accessSync, constants } from "node:fs";
import path from "node:path";

/** The first of the names that is a program on PATH, or else the first of the places; undefined where there is none. */
export function findProgram(names, places = []) {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const onPath = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [...onPath, ...places].find(isProgram);
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
