/** Whether an emulator's server serves this page. esbuild inserts the value. */
declare const AT_EMULATOR: boolean;
/** The package's version, from Cargo.toml. */
declare const PACKAGE_VERSION: string;
