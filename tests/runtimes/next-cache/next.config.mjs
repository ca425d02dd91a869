export default { output: "standalone", cacheComponents: true, outputFileTracingRoot: import.meta.dirname };
