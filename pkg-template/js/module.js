// The shipped module as JavaScript: for engines without WebAssembly, and for policies that refuse it.
import { asmFunc } from "./wasm2js.js";

/** Runs the module on its imports, and returns its exports. */
export function instantiate(imports) {
  // Replaces the table of references of the wasm module.
  const references = new Array(__REFERENCES__).fill(undefined);
  const get = (index) => references[index];
  const set = (index, value) => {
    references[index] = value;
  };
  // The values that a function with several results has returned, which a JavaScript function cannot return.
  let results;
  const take = (...values) => {
    results = values;
  };

  const exports = asmFunc({
    ...imports,
    references: {
      get,
      set,
      grow(value, count) {
        const size = references.length;
        for (let added = 0; added < count; added++) references.push(value);
        return size;
      },
      fill(index, value, count) {
        references.fill(value, index, index + count);
      },
    },
    results: new Array(__RESULTS__).fill(take),
  });

  for (const name of __SEVERAL__) {
    const several = exports[name];
    exports[name] = (...given) => {
      several(...given);
      return results;
    };
  }
  exports.__TABLE__ = {
    get,
    set,
    grow: (count) => references.push(...new Array(count).fill(undefined)) - count,
  };
  return exports;
}
