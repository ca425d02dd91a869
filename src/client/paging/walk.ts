// One iteration over all users that match a filter, page by page.

import { createError, read, type StreamError } from "../errors.js";
import { MAX_QUERY_LIMIT, MAX_QUERY_OFFSET } from "../generated/limits.js";
import type { FullUserResponse, QueryUsersPayload } from "../generated/models.js";
import { isArray, refusal } from "../option-reader.js";
import type { StreamClient } from "../stream-client.js";
import { Circles } from "./circles.js";
import {
  after,
  both,
  type Filter,
  isSame,
  type Key,
  type Place,
  partsOf,
  placeOf,
  type SortTerm,
  same,
  type User,
} from "./cursor.js";
import type { ListSettings } from "./options.js";

type Users<Custom> = FullUserResponse<Custom>[];
type Pages<Custom> = AsyncGenerator<Users<Custom>, void, undefined>;

/** Users in consecutive full pages without a new user. Insertions between two requests hardly shift a list by that many. */
const MOST_STALE_USERS = 2 * MAX_QUERY_LIMIT;

export class Walk<Custom> {
  readonly #client: StreamClient;
  readonly #settings: ListSettings;
  /** Users per page. */
  readonly #size: number;

  constructor(client: StreamClient, settings: ListSettings, size: number) {
    this.#client = client;
    this.#settings = settings;
    this.#size = size;
  }

  async *pages(filter: Filter): Pages<Custom> {
    for (const part of partsOf(this.#settings.sort)) {
      const { keys, condition } = part;
      const conditions = both(filter, condition);
      yield* keys === undefined ? this.#byOffset(part.sort, conditions) : this.#byCursor(part.sort, keys, conditions);
    }
  }

  async *#byCursor(sort: readonly SortTerm[], keys: readonly Key[], filter: Filter): Pages<Custom> {
    const circles = new Circles();
    let next: Filter | undefined;
    // The users at the place where the last page ended. The next page repeats them.
    let seen = new Set<string>();
    for (;;) {
      const page = await this.#query(both(filter, next), sort);
      const end = page.length < this.#size ? undefined : endOf(keys, page);
      if (end !== undefined && circles.isClosedBy(end.mark)) throw endless();
      yield* unseen(page, seen);
      if (end === undefined) return;

      const { place, isOnePlace } = end;
      if (isOnePlace) yield* this.#restOf(keys, place, filter, new Set([...seen, ...idsOf(page)]));
      seen = new Set(idsOf(page));
      next = after(keys, place, isOnePlace);
    }
  }

  /** The unseen users at a place that has more users than a page. Only their ids distinguish them. */
  async *#restOf(keys: readonly Key[], place: Place, filter: Filter, seen: ReadonlySet<string>): Pages<Custom> {
    const atPlace = new Walk<Custom>(this.#client, { ...this.#settings, sort: [] }, this.#size);
    for await (const page of atPlace.pages(both(filter, same(keys, place)))) yield* unseen(page, seen);
  }

  async *#byOffset(sort: readonly SortTerm[], filter: Filter): Pages<Custom> {
    const seen = new Set<string>();
    let stale = 0;
    for (let offset = 0; offset <= MAX_QUERY_OFFSET; offset += this.#size) {
      const page = await this.#query(filter, sort, offset);
      const known = seen.size;
      yield* unseen(page, seen);
      for (const id of idsOf(page)) seen.add(id);
      if (page.length < this.#size) return;

      stale = seen.size > known ? 0 : stale + page.length;
      if (stale >= MOST_STALE_USERS) throw endless();
    }
    const way = "sort by id, role or created_at, by name or last_active alone, or narrow the filter";
    throw refusal("users", "sort", `sort goes no further than ${MAX_QUERY_OFFSET} users with these terms; ${way}`);
  }

  async #query(filter: Filter, sort: readonly SortTerm[], offset?: number): Promise<Users<Custom>> {
    const { include_deactivated_users, user_id, call } = this.#settings;
    const payload = { filter_conditions: filter, sort, limit: this.#size, offset, include_deactivated_users, user_id };
    const response = await this.#client.queryUsers({ payload: payload as QueryUsersPayload }, call);
    const users = read(response, "users");
    if (isArray(users) && users.every((user) => typeof read(user, "id") === "string")) return users as Users<Custom>;
    throw createError("response", "users: the response has no list of users with ids");
  }
}

function* unseen<Custom>(page: Users<Custom>, seen: ReadonlySet<string>): Generator<Users<Custom>, void, undefined> {
  const users = page.filter(({ id }) => !seen.has(id));
  if (users.length > 0) yield users;
}

function idsOf(users: readonly { readonly id: string }[]): string[] {
  return users.map(({ id }) => id);
}

/** The end of a full page. */
interface End {
  readonly place: Place;
  /** Whether all users of the page are at that place. */
  readonly isOnePlace: boolean;
  /** Identifies the page: no other page of a walk ends here. */
  readonly mark: string;
}

function endOf(keys: readonly Key[], page: readonly User[]): End | undefined {
  const [first, last] = [page[0], page.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const place = placeOf(keys, last);
  const isOnePlace = keys.at(-1)?.isTime === true && isSame(placeOf(keys, first), place);
  return { place, isOnePlace, mark: JSON.stringify(isOnePlace ? place : [...place, last.id]) };
}

function endless(): StreamError {
  return createError("response", "users: the server returns the same pages again, so the list would have no end");
}
