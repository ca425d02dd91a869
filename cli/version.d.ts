/** The package's version, which the packing puts in. */
declare const PACKAGE_VERSION: string;
