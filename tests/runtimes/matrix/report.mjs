// What the matrix has shown: a row per runtime for those who watch, and for the table of docs/runtimes.md.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repository, target } from "../../support/paths.mjs";

export class Report {
  #runtimes;
  #file;
  #rows = new Map();

  /**
   * @param {object[]} runtimes the rows in the table's order
   * @param {string} file the name of the file for `cargo xtask`
   */
  constructor(runtimes, file) {
    this.#runtimes = runtimes;
    this.#file = file;
  }

  passed(row, version, { assertions, coldStart }) {
    this.#rows.set(row, { result: "passed", version, assertions, coldStart });
  }

  failed(row, version) {
    this.#rows.set(row, { result: "failed", version });
  }

  /** A row that cannot run on this machine. */
  leftOut(row) {
    this.#rows.set(row, { result: "left out" });
  }

  /** Prints the rows and leaves them to `cargo xtask`. */
  finish() {
    const day = new Date().toISOString().slice(0, 10);
    const rows = this.#runtimes.map((row) => ({
      where: row.where,
      how: row.how,
      pinned: pinned(row),
      result: "not run",
      day,
      ...this.#rows.get(row),
    }));
    mkdirSync(path.join(target, "runtimes"), { recursive: true });
    writeFileSync(path.join(target, "runtimes", this.#file), `${JSON.stringify(rows, undefined, 2)}\n`);
    const line = (...cells) =>
      `${[26, 58, 18, 10].map((width, at) => cells[at].padEnd(width)).join("")}${cells[4].padStart(12)}`;
    const lines = rows.map(({ where, how, version = "", result, coldStart }) =>
      line(where, how, version, result, coldStart === undefined ? "" : `${coldStart.toFixed(0)} ms`),
    );
    console.log(["", line("runtime", "way", "version", "result", "cold start"), ...lines, ""].join("\n"));
  }
}

/** The version that a row's project asks for. */
function pinned({ folder, version }) {
  const manifest = JSON.parse(readFileSync(path.join(repository, "tests/runtimes", folder, "package.json"), "utf8"));
  const wanted = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }[version];
  return wanted?.split("@").at(-1);
}
