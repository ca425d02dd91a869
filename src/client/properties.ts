// Non-enumerable properties.

/** Defines a writable property that is left out when the object is listed, copied or printed. */
export function define(object: object, name: PropertyKey, value: unknown): void {
  // A literal, because copying a shared descriptor takes seven times as long, for each of a client's 60 methods.
  Object.defineProperty(object, name, { value, writable: true, configurable: true, enumerable: false });
}

/** Defines a property whose value is created on first read. It can be replaced, as on the official SDK. */
export function lazily(object: object, name: string, make: () => unknown): void {
  const set = (value: unknown) => define(object, name, value);
  const get = () => {
    const value = make();
    set(value);
    return value;
  };
  Object.defineProperty(object, name, { get, set, configurable: true, enumerable: false });
}
