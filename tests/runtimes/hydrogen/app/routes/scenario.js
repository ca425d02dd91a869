import * as entries from "../../shared/client.mjs";
import { scenario } from "../../shared/scenario.mjs";

export async function loader({ request }) {
  return Response.json(await scenario(() => entries, Object.fromEntries(new URL(request.url).searchParams)));
}
