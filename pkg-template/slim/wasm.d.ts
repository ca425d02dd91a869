/** The client's module, as runtimes and bundlers import it that compile modules. */
declare const module: WebAssembly.Module;
export default module;
