import { scenario } from "./shared/scenario.mjs";
import { settings } from "./shared/settings.mjs";

console.log(JSON.stringify(await scenario(() => import("./shared/entries.mjs"), settings)));
