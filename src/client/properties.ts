// Properties that do not show when an object is listed, copied or printed.

/** Defines a property that does not show when the object is listed, copied or printed. */
export function define(object: object, name: PropertyKey, property: PropertyDescriptor): void {
  Object.defineProperty(object, name, { ...property, configurable: true, enumerable: false });
}

/** Defines a property whose value is made when it is first read. It can be replaced, as on the official SDK. */
export function lazily(object: object, name: string, make: () => unknown): void {
  const set = (value: unknown) => define(object, name, { value, writable: true });
  const get = () => {
    const value = make();
    set(value);
    return value;
  };
  define(object, name, { get, set });
}
