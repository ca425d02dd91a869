// The Worker in a process of its own, which can be killed: `node serve.mjs '{"bindings": …, "keep": …}'` prints its URL.
import { run } from "./deployed.mjs";

const { url } = await run(JSON.parse(process.argv[2]));
console.log(url);
