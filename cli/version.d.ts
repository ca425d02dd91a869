/** The package's version, inserted when the package is built. */
declare const PACKAGE_VERSION: string;
