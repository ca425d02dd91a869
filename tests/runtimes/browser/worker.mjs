import { load, settings } from "/entries-by-address.mjs";
import { failure, scenario } from "/shared/scenario.mjs";

postMessage(await scenario(load, settings).catch(failure));
