export * from "__MAIN__";

/**
 * Brings the compiled module, once; what is called before throws a `ConfigError`. A second call does nothing.
 *
 * @param source - the module of `getstream-users/wasm`: compiled, its bytes, or the `Response` of a request for it, which is
 *   compiled while it arrives
 * @throws `ConfigError` when the answer is no success, or the module that of another version; what the engine throws for
 *   bytes that are no module
 */
export function initialize(source: ModuleSource | PromiseLike<ModuleSource>): Promise<void>;

/** What `initialize` can make the module of. */
export type ModuleSource = WebAssembly.Module | Response | ArrayBuffer | ArrayBufferView;

/**
 * Brings the compiled module, at once. A second call does nothing.
 *
 * @throws `ConfigError` when it is no module, or that of another version
 */
export function initializeSync(module: WebAssembly.Module): void;
