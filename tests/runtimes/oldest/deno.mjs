// Gets its settings as arguments, because it has no permission to read the environment.
import { scenario } from "./shared/scenario.mjs";

const [basePath, apiKey, apiSecret] = Deno.args;
console.log(JSON.stringify(await scenario(() => import("./shared/entries.mjs"), { basePath, apiKey, apiSecret })));
