import { Hono } from "hono";
import * as entries from "./shared/entries.mjs";
import { scenario } from "./shared/scenario.mjs";

const app = new Hono();
app.get("/", async (context) => context.json(await scenario(() => entries, context.req.query())));

export default app;
