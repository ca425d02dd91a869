import { defineHandler } from "nitro/h3";
import * as entries from "../shared/entries.mjs";
import { scenario } from "../shared/scenario.mjs";

export default defineHandler((event) => scenario(() => entries, Object.fromEntries(event.url.searchParams)));
