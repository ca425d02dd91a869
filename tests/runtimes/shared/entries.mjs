// Every entry of the package, as the scenario takes them.
export * as client from "getstream-users";
export * as bulk from "getstream-users/bulk";
export * as emulator from "getstream-users/emulator";
