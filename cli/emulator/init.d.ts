/** Instantiates the emulator's module. */
export function initSync(module: WebAssembly.Module): void;
