import * as entries from "../../shared/client.mjs";
import { scenario } from "../../shared/scenario.mjs";

export default defineEventHandler((event) => scenario(() => entries, getQuery(event)));
