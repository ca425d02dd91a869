// Where a build of ours lies.

import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

/** The unpacked package in a checkout that was packed, or the place itself if it is one. */
export function packageIn(place) {
  const packed = join(resolve(place), "target/pkg/package");
  return existsSync(packed) ? packed : resolve(place);
}
