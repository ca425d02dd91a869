/** Brings the emulator's module to life. */
export function initSync(module: WebAssembly.Module): void;
