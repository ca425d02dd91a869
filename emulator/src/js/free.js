// Data as JSON, with nothing lost in silence.

const tag = (value) => Object.prototype.toString.call(value).slice(8, -1);

/** What JSON would change about a value without a word. `given` is what it was before its `toJSON`. */
function loss(value, given) {
  if (tag(value) === "Map" || tag(value) === "Set") return "a Map or a Set is no object: JSON would make it empty";
  if (tag(given) === "Date" && value === null) return "an invalid Date is no time: JSON would make it null";
  if (typeof value === "bigint") return "a BigInt is no number: JSON cannot carry it";
  if (typeof value === "number" && !Number.isFinite(value)) return `${value} is no number that JSON can carry`;
  if (typeof value === "function" || typeof value === "symbol")
    return `a ${typeof value} is nothing that JSON can carry`;
  return undefined;
}

/**
 * @returns {string} the JSON of a value
 * @throws {string} what JSON cannot carry, and in which property; in words
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
    // A circle, or a property that cannot be read.
    lost ??= "it cannot be written as JSON";
  }
  if (lost !== undefined) throw lost;
  if (text === undefined) throw "it is nothing that JSON can carry";
  return text;
}
