import * as entries from "./shared/entries.mjs";
import { scenario } from "./shared/scenario.mjs";
import { settings } from "./shared/settings.mjs";

scenario(() => entries, settings).then((outcome) => console.log(JSON.stringify(outcome)));
