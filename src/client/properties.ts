// Properties that are not listed, copied or printed with their object.

/** Defines a value that does not show when the object is listed, copied or printed, and can be replaced. */
export function define(object: object, name: PropertyKey, value: unknown): void {
  // A literal of its own: a descriptor that is copied takes seven times as long, for each of a client's 60 methods.
  Object.defineProperty(object, name, { value, writable: true, configurable: true, enumerable: false });
}

/** Defines a property whose value is made when it is first read. It can be replaced, as on the official SDK. */
export function lazily(object: object, name: string, make: () => unknown): void {
  const set = (value: unknown) => define(object, name, value);
  const get = () => {
    const value = make();
    set(value);
    return value;
  };
  Object.defineProperty(object, name, { get, set, configurable: true, enumerable: false });
}
