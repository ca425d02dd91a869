// The options of `client.users()`, read once when the list is created.

import { MAX_QUERY_LIMIT } from "../generated/limits.js";
import type { UserCustomData, UserSort } from "../generated/models.js";
import { isArray, isObject, OptionReader, readable, wrongType } from "../option-reader.js";
import { CALL_OPTIONS } from "../options.js";
import type { RequestOptions } from "../types.js";
import { encodedText } from "../values.js";
import type { Filter, SortTerm } from "./cursor.js";

/** Options of `client.users()`. The options of a call apply to the request for each page. */
export interface UserListOptions<Custom = UserCustomData> extends RequestOptions {
  /**
   * The sort order, at most 5 terms; by id when left out. Sorted by `id`, `role`, `created_at` or `updated_at`, or by `name`
   * or `last_active` as the first term, the list has no limit; users who lack that `name` or `last_active` come last. With
   * any other term the limit is 1000 users, and the list ends with an error if there are more.
   */
  sort?: readonly UserSort<Custom>[] | undefined;
  /** Users per page, 1 to 100. Default: 100. */
  pageSize?: number | undefined;
  /** Whether to include deactivated users. */
  include_deactivated_users?: boolean | undefined;
  /** The user on whose behalf a server queries. */
  user_id?: string | undefined;
}

/** The options of a list, resolved. */
export interface ListSettings {
  readonly sort: readonly SortTerm[];
  readonly pageSize: number;
  readonly include_deactivated_users: boolean | undefined;
  readonly user_id: string | undefined;
  /** The options of each request. */
  readonly call: RequestOptions;
}

const OWN_OPTIONS = ["sort", "pageSize", "include_deactivated_users", "user_id"];

/** @throws StreamError of kind `invalid_argument` */
export function settingsOf(given: unknown): ListSettings {
  const options = new OptionReader("users", given, [...OWN_OPTIONS, ...CALL_OPTIONS]);
  return {
    sort: sortOf(options),
    pageSize: options.count("pageSize", MAX_QUERY_LIMIT) ?? MAX_QUERY_LIMIT,
    include_deactivated_users: options.flag("include_deactivated_users"),
    user_id: idOf(options, "user_id"),
    call: options.pick(CALL_OPTIONS),
  };
}

/** A copy of the filter, so that changes to the original during a walk have no effect. */
export function filterOf(filter: unknown): Filter {
  const given = filter ?? {};
  if (!isObject(given)) throw wrongType("users", "filter", "an object", filter);
  return readable("users", "filter", () => ({ ...given }));
}

/** A copy of the terms. The direction is checked here, because the cursor uses it; `queryUsers` checks the rest. */
function sortOf(options: OptionReader): SortTerm[] {
  const sort = options.get("sort") ?? [];
  if (!isArray(sort)) options.refuse("sort", "an array of sort terms");
  return readable("users", "sort", () => [...sort]).map((given, index) => {
    const field = `sort[${index}]`;
    if (!isObject(given)) throw wrongType("users", field, "an object with `field` and `direction`", given);
    const term: SortTerm = readable("users", field, () => ({ ...given }));
    if (![1, -1].includes(term.direction ?? 1)) {
      throw wrongType("users", `${field}.direction`, "1 or -1", term.direction);
    }
    return term;
  });
}

/** A string, or an object that JSON writes as a string, such as a database's id. */
function idOf(options: OptionReader, name: string): string | undefined {
  const value = options.get(name);
  if (value === undefined || typeof value === "string") return value;
  return encodedText(value) ?? options.refuse(name, "a string");
}

/** The maximum number of users to return. */
export function limitOf(given: unknown): number {
  const options = new OptionReader("users", given, ["limit"]);
  if (options.get("limit") === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  return options.count("limit", Number.MAX_SAFE_INTEGER) ?? Number.POSITIVE_INFINITY;
}
