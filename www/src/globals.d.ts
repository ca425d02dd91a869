/** Whether an emulator's server serves this page, which is that emulator's page then. esbuild writes it in. */
declare const AT_EMULATOR: boolean;
/** The package's version, from Cargo.toml. */
declare const PACKAGE_VERSION: string;
