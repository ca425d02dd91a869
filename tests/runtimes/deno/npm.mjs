// The specifiers that Deno has for npm, found in `node_modules`.
import * as client from "npm:getstream-users";
import * as bulk from "npm:getstream-users/bulk";
import * as emulator from "npm:getstream-users/emulator";
import { scenario } from "./shared/scenario.mjs";

const [basePath, apiKey, apiSecret] = Deno.args;
const entries = { client, bulk, emulator };
console.log(JSON.stringify(await scenario(() => entries, { basePath, apiKey, apiSecret })));
