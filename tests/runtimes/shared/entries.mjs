// Every entry of the package, as the scenario takes them.
export * as client from "getstream-users";
export * as bulk from "getstream-users/bulk";
export * as emulator from "getstream-users/emulator";
export * as paging from "getstream-users/paging";
export * as webhooks from "getstream-users/webhooks";
