// Writes data as JSON, and refuses what JSON would silently lose.

const tag = (value) => Object.prototype.toString.call(value).slice(8, -1);

/** Why JSON would lose a value, if it would. `given` is the value before its `toJSON`. */
function loss(value, given) {
  if (tag(value) === "Map" || tag(value) === "Set") return "JSON would make a Map or a Set an empty object";
  if (tag(given) === "Date" && value === null) return "JSON would make an invalid Date null";
  if (typeof value === "bigint") return "JSON cannot carry a BigInt";
  if (typeof value === "number" && !Number.isFinite(value)) return `JSON cannot carry ${value}`;
  if (typeof value === "function" || typeof value === "symbol") return `JSON cannot carry a ${typeof value}`;
  return undefined;
}

/**
 * @returns {string} the JSON of a value
 * @throws {string} the problem, with the property that has it
 */
export function json(value) {
  let lost;
  const replace = function (name, item) {
    const reason = loss(item, this[name]);
    if (reason !== undefined) lost ??= name === "" ? reason : `${name}: ${reason}`;
    return item;
  };
  let text;
  try {
    text = JSON.stringify(value, replace);
  } catch {
    // A circular reference, or a property that cannot be read.
    lost ??= "it cannot be written as JSON";
  }
  if (lost !== undefined) throw lost;
  if (text === undefined) throw "JSON cannot carry it";
  return text;
}
