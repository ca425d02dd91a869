// The package stays in node_modules, and Next's tracer has to find the file that Node takes of it.
export default {
  output: "standalone",
  serverExternalPackages: ["getstream-users"],
  outputFileTracingRoot: import.meta.dirname,
};
