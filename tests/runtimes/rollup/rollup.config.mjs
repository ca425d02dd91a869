import { nodeResolve } from "@rollup/plugin-node-resolve";

export default {
  input: "shared/page.mjs",
  output: { dir: "dist", format: "es" },
  plugins: [nodeResolve({ browser: true })],
};
