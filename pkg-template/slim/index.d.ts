export * from "__MAIN__";

/**
 * Loads the compiled module. Calls before that throw a `ConfigError`. A second call of `initialize` does nothing.
 *
 * @param source - the module of `getstream-users/wasm`: compiled, its bytes, or the `Response` of a request for it, which is
 *   compiled while it downloads
 * @throws `ConfigError` when the response is not a success, or the module has another version; the engine's error for bytes
 *   that are not a module
 */
export function initialize(source: ModuleSource | PromiseLike<ModuleSource>): Promise<void>;

/** The sources that `initialize` accepts. */
export type ModuleSource = WebAssembly.Module | Response | ArrayBuffer | ArrayBufferView;

/**
 * Loads the compiled module synchronously. A second call does nothing.
 *
 * @throws `ConfigError` when it is not a module, or has another version
 */
export function initializeSync(module: WebAssembly.Module): void;
