import { json } from "@sveltejs/kit";
import * as entries from "../../../shared/entries.mjs";
import { scenario } from "../../../shared/scenario.mjs";

export async function GET({ url }) {
  return json(await scenario(() => entries, Object.fromEntries(url.searchParams)));
}
