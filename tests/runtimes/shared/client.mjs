// The entries of the package that a deployed program has: without the emulator, whose module is no JavaScript.
export * as client from "getstream-users";
export * as bulk from "getstream-users/bulk";
