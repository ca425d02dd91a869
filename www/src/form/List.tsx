// The items of a list, with buttons to add and to remove one.

import { meant } from "../definitions.ts";
import type { Path } from "../json/value.ts";
import type { JSONSchema } from "../schema.d.ts";
import { setValue } from "../state/input.ts";
import { Icon } from "../ui/Icon.tsx";
import { Field } from "./Field.tsx";
import { blank, kindOf } from "./kind.ts";

interface ListProps {
  schema: JSONSchema;
  path: Path;
  value: unknown;
}

/** The number of items with fields; use the JSON editor for more. */
const MOST_FIELDS = 20;

export function List({ schema, path, value }: ListProps) {
  const items = Array.isArray(value) ? value : [];
  const item = meant(schema.items ?? {});
  const simple = ["text", "number", "choice", "switch"].includes(kindOf(item));
  return (
    <div class={simple ? "list simple" : "list"}>
      {items.slice(0, MOST_FIELDS).map((value, place) => (
        <div class="item" key={place}>
          <Field
            name={itemName(schema.items, place)}
            schema={bare(item)}
            path={[...path, place]}
            value={value}
            required={true}
          />
          <button
            type="button"
            class="icon-button"
            aria-label={`Remove item ${place + 1}`}
            onClick={() => setValue([...path, place], undefined)}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
      {items.length > MOST_FIELDS && <p class="about">{items.length - MOST_FIELDS} more, in the JSON</p>}
      <button
        type="button"
        class="button quiet more"
        disabled={items.length >= (schema.maxItems ?? Number.POSITIVE_INFINITY)}
        onClick={() => setValue([...path, items.length], blank(item))}
      >
        <Icon name="plus" />
        Add
      </button>
    </div>
  );
}

/** `User 1` for a `UserRequest`; only the number when an item is a single value. */
function itemName(item: JSONSchema | undefined, place: number): string {
  const kind = item?.$ref
    ?.replace(/^.*\//, "")
    .replace(/(?:Request|Payload|Input)$/, "")
    .replace(/(?<=[a-z])(?=[A-Z])/g, " ");
  return kind === undefined ? `${place + 1}` : `${kind} ${place + 1}`;
}

/** The description of the items is shown once, for the list. */
function bare({ description: _, ...schema }: JSONSchema): JSONSchema {
  return schema;
}
