// The module is compiled while it arrives; then the page goes on as any other.
import { initialize } from "getstream-users";

await initialize(fetch("/node_modules/getstream-users/dist/getstream_users_bg.wasm"));
await import("/shared/page.mjs");
