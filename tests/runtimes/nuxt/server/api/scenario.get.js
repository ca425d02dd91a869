import * as entries from "../../shared/entries.mjs";
import { scenario } from "../../shared/scenario.mjs";

export default defineEventHandler((event) => scenario(() => entries, getQuery(event)));
