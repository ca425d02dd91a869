// The operations of the package, by name and by resource.

import schemaJson from "../generated/operations.json";
import type { Operation, Resource, Schema } from "../schema.d.ts";

export const schema = schemaJson as unknown as Schema;

const byName = new Map(schema.operations.map((operation) => [operation.name, operation]));

export function operationOf(name: string): Operation | undefined {
  return byName.get(name);
}

export interface Section {
  resource: Resource;
  operations: Operation[];
}

/** All operations, by resource. */
export const sections: readonly Section[] = schema.resources.map((resource) => ({
  resource,
  operations: schema.operations.filter((operation) => operation.resource === resource.name),
}));
