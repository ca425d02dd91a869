// All users that a filter finds, page by page, through the client that is asked for them.

import { newError } from "../errors.js";
import { after, both, isSame, LAST_OFFSET, same, stretchesOf } from "./cursor.js";

const MOST_USERS = 100;
const BY_ID = [{ field: "id", direction: 1 }];

export class UserList {
  #client;
  #filter;
  #options;
  #size;

  constructor(client, filter = {}, options = {}) {
    if (typeof filter !== "object" || filter === null || Array.isArray(filter)) refuse("filter", "must be an object");
    if (typeof options !== "object" || options === null) refuse("options", "must be an object");
    const { sort = [], pageSize = MOST_USERS } = options;
    if (!Array.isArray(sort)) refuse("sort", "must be an array of sort terms");
    this.#client = client;
    this.#filter = filter;
    this.#options = { ...options, sort };
    this.#size = sizeOf("pageSize", pageSize, MOST_USERS);
  }

  async *[Symbol.asyncIterator]() {
    for await (const page of this.pages()) yield* page;
  }

  pages() {
    return this.#pages(this.#size);
  }

  async toArray({ limit = Number.POSITIVE_INFINITY } = {}) {
    if (limit !== Number.POSITIVE_INFINITY) sizeOf("limit", limit, Number.MAX_SAFE_INTEGER);
    const all = [];
    for await (const page of this.#pages(Math.min(this.#size, limit))) {
      for (const user of page) if (all.push(user) === limit) return all;
    }
    return all;
  }

  async *#pages(size) {
    const { sort } = this.#options;
    for (const { condition, ...stretch } of stretchesOf(sort.length === 0 ? BY_ID : sort)) {
      const filter = both(this.#filter, condition);
      yield* stretch.keys === undefined ? this.#byOffset(stretch, filter, size) : this.#byCursor(stretch, filter, size);
    }
  }

  async *#byCursor({ sort, keys }, filter, size) {
    const isUnique = !keys.at(-1).isTime;
    let last;
    let next;
    // Who was seen of the place where the last page ended: the next page has them again.
    let seen = new Set();
    for (;;) {
      const page = await this.#query(both(filter, next), sort, size);
      const fresh = page.filter(({ id }) => !seen.has(id));
      if (fresh.length > 0) yield fresh;
      if (page.length < size) return;
      const isOnePlace = !isUnique && isSame(keys, page[0], page.at(-1));
      if (page.at(-1).id === last?.id && !isOnePlace) {
        throw newError("response", "users: this page ends where the one before it did, so there would be no end");
      }
      last = page.at(-1);
      if (isOnePlace) {
        // More users than a page holds, all of one millisecond: only their ids tell them apart.
        for (const { id } of page) seen.add(id);
        yield* this.#place(keys, last, filter, size, seen);
      }
      next = after(keys, last, isOnePlace);
      seen = new Set(isUnique || isOnePlace ? [] : page.filter((user) => isSame(keys, user, last)).map(({ id }) => id));
    }
  }

  /** Everybody at a user's place but those who were seen. */
  async *#place(keys, user, filter, size, seen) {
    const [stretch] = stretchesOf(BY_ID);
    for await (const page of this.#byCursor(stretch, both(filter, same(keys, user)), size)) {
      const fresh = page.filter(({ id }) => !seen.has(id));
      if (fresh.length > 0) yield fresh;
    }
  }

  async *#byOffset({ sort }, filter, size) {
    const seen = new Set();
    for (let offset = 0; ; offset += size) {
      if (offset > LAST_OFFSET) {
        const way = "sort by id, role or created_at, by name or last_active alone, or narrow the filter";
        refuse("sort", `goes no further than ${LAST_OFFSET} users with these terms; ${way}`);
      }
      const page = await this.#query(filter, sort, size, offset);
      const fresh = page.filter(({ id }) => !seen.has(id));
      for (const { id } of fresh) seen.add(id);
      if (fresh.length > 0) yield fresh;
      if (page.length < size) return;
    }
  }

  async #query(filter_conditions, sort, limit, offset) {
    const { sort: _, pageSize: __, include_deactivated_users, user_id, ...call } = this.#options;
    const payload = { filter_conditions, sort, limit, offset, include_deactivated_users, user_id };
    return (await this.#client.queryUsers({ payload }, call)).users;
  }
}

function sizeOf(field, value, most) {
  if (!(Number.isInteger(value) && value >= 1 && value <= most)) {
    refuse(field, `must be a whole number from 1 to ${most}`);
  }
  return value;
}

function refuse(field, problem) {
  throw newError("invalid_argument", `users: ${field} ${problem}`, field);
}
