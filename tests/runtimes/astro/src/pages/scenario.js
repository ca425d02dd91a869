import * as entries from "../../shared/entries.mjs";
import { scenario } from "../../shared/scenario.mjs";

export const prerender = false;

export async function GET({ url }) {
  return Response.json(await scenario(() => entries, Object.fromEntries(url.searchParams)));
}
