// The emulator's state in a file. The file always has a complete state: a new one is written next to it and renamed.

import { closeSync, fsyncSync, openSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { Failure } from "../exit.js";
import { tell } from "../terminal.js";
import type { ServedEmulator } from "./core.js";

export interface DataFile {
  /** Whether the file had a state. */
  readonly isRestored: boolean;
  /** Saves the last changes, and releases the file. */
  close(): void;
}

/** Locks the file for this process and restores its state. */
export function openDataFile(path: string, emulator: ServedEmulator, saveEvery: number): DataFile {
  const file = resolved(path);
  const unlock = lock(file);
  let saved: string;
  let isRestored: boolean;
  try {
    isRestored = restore(file, emulator);
    saved = isRestored ? emulator.revision() : "";
  } catch (error) {
    unlock();
    throw error;
  }
  let lastError = "";
  const save = () => {
    const revision = emulator.revision();
    if (revision === saved) return;
    replace(file, emulator);
    saved = revision;
  };
  const timer = setInterval(() => {
    try {
      save();
      lastError = "";
    } catch (error) {
      const message = (error as Error).message;
      // A full disk stays full for a while; one message is enough.
      if (message !== lastError) tell(`error: ${message}`);
      lastError = message;
    }
  }, saveEvery);
  return {
    isRestored,
    close() {
      clearInterval(timer);
      try {
        save();
      } finally {
        unlock();
      }
    },
  };
}

function resolved(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function restore(file: string, emulator: ServedEmulator): boolean {
  let state: string;
  try {
    state = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw new Failure(`--data: ${(error as Error).message}`);
  }
  const [status, body] = emulator.control("PUT", "/state", state);
  if (status === 200) return true;
  throw new Failure(`--data: ${file} holds no state: ${messageOf(body)}`);
}

function replace(file: string, emulator: ServedEmulator): void {
  const [status, state] = emulator.control("GET", "/state", "");
  if (status !== 200) throw new Failure(`--data: ${messageOf(state)}`);
  const fresh = `${file}.tmp`;
  try {
    const handle = openSync(fresh, "w");
    try {
      writeFileSync(handle, state);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(fresh, file);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw new Failure(`--data: ${(error as Error).message}`);
  }
}

/** The message in an error response. */
export function messageOf(body: string): string {
  return String((JSON.parse(body) as { message?: unknown }).message);
}

/**
 * Locks out other emulators of this kind. The lock file has the process id, so that nobody has to remove the lock of a killed
 * process. Node cannot lock files; the native server uses a different lock.
 */
function lock(file: string): () => void {
  const path = `${file}.lock.pid`;
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      writeFileSync(path, String(process.pid), { flag: "wx" });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw new Failure(`--data: ${(error as Error).message}`);
    }
    if (isRunning(Number(readFileSync(path, "utf8")))) break;
    rmSync(path, { force: true });
  }
  throw new Failure(`--data: another emulator uses ${file}`);
}

function isRunning(id: number): boolean {
  try {
    return id > 0 && process.kill(id, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
