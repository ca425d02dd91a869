// What it knows it is told as arguments: it may not look at the environment.
import { scenario } from "./shared/scenario.mjs";

const [basePath, apiKey, apiSecret] = Deno.args;
console.log(JSON.stringify(await scenario(() => import("./shared/entries.mjs"), { basePath, apiKey, apiSecret })));
