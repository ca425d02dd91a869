// The Worker in a separate process, which can be killed: `node serve.mjs '{"bindings": …, "keep": …}'` prints its URL.
import { run } from "./deployed.mjs";

const { url } = await run(JSON.parse(process.argv[2]));
console.log(url);
