// Bundles declarations. An entry refers to the types of the main entry by its file rather than having a copy of them: a class
// of two declarations would be two classes.
import { dts } from "rollup-plugin-dts";

export default {
  external: (id, importer) => importer !== undefined && id === "../index.js",
  plugins: [dts()],
  output: { format: "es" },
};
