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

/** The sections whose operations have every word of `search` in what is known of them. */
export function sectionsFor(search: string): Section[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return schema.resources
    .map((resource) => ({
      resource,
      operations: schema.operations.filter(
        (operation) => operation.resource === resource.name && matches(operation, resource, words),
      ),
    }))
    .filter(({ operations }) => operations.length > 0);
}

function matches(operation: Operation, resource: Resource, words: readonly string[]): boolean {
  const text = [operation.name, operation.summary, operation.path, resource.title].join(" ").toLowerCase();
  return words.every((word) => text.includes(word));
}
