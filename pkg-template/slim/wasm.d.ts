/** The client's module, for runtimes and bundlers that compile imported modules. */
declare const module: WebAssembly.Module;
export default module;
