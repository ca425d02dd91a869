// The specifiers that Deno has for npm, found in `node_modules`.
import * as client from "npm:getstream-users";
import * as bulk from "npm:getstream-users/bulk";
import * as emulator from "npm:getstream-users/emulator";
import * as paging from "npm:getstream-users/paging";
import * as webhooks from "npm:getstream-users/webhooks";
import { scenario } from "./shared/scenario.mjs";

const [basePath, apiKey, apiSecret] = Deno.args;
const entries = { client, bulk, emulator, paging, webhooks };
console.log(JSON.stringify(await scenario(() => entries, { basePath, apiKey, apiSecret })));
