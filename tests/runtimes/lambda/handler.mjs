import * as entries from "./shared/entries.mjs";
import { scenario } from "./shared/scenario.mjs";

export async function handler(event) {
  return { statusCode: 200, body: JSON.stringify(await scenario(() => entries, event)) };
}
