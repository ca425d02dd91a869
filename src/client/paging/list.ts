// `client.users()`: the users that match a filter, as an async iterable.

import type { FullUserResponse, UserCustomData, UserFilter } from "../generated/models.js";
import type { StreamClient } from "../stream-client.js";
import type { Filter } from "./cursor.js";
import { filterOf, type ListSettings, limitOf, settingsOf, type UserListOptions } from "./options.js";
import { Walk } from "./walk.js";

export type { UserListOptions } from "./options.js";

/**
 * All users that match a filter. Iterating sends the requests; each iteration starts from the beginning.
 *
 * Users who are added during an iteration neither repeat nor hide others. A user whose position changes (in a list sorted by
 * `updated_at`, one that is updated) may be returned twice, or not at all.
 */
export interface UserList<Custom = UserCustomData> extends AsyncIterable<FullUserResponse<Custom>> {
  /** The users page by page; no page is empty. */
  pages(): AsyncGenerator<FullUserResponse<Custom>[], void, undefined>;
  /** An array of all users, or of the first `limit`. */
  toArray(options?: { limit?: number | undefined }): Promise<FullUserResponse<Custom>[]>;
}

/** The implementation of {@link UserList}. */
export class ListedUsers<Custom = UserCustomData> implements UserList<Custom> {
  readonly #client: StreamClient;
  readonly #filter: Filter;
  readonly #settings: ListSettings;

  constructor(
    client: StreamClient,
    filter: UserFilter<Custom> | null | undefined,
    options: UserListOptions<Custom> | null | undefined,
  ) {
    this.#client = client;
    this.#filter = filterOf(filter);
    this.#settings = settingsOf(options);
  }

  /** The users one by one. */
  async *[Symbol.asyncIterator](): AsyncGenerator<FullUserResponse<Custom>, void, undefined> {
    for await (const page of this.pages()) yield* page;
  }

  pages(): AsyncGenerator<FullUserResponse<Custom>[], void, undefined> {
    return this.#pages(this.#settings.pageSize);
  }

  async toArray(options?: { limit?: number | undefined }): Promise<FullUserResponse<Custom>[]> {
    const limit = limitOf(options);
    const users: FullUserResponse<Custom>[] = [];
    for await (const page of this.#pages(Math.min(this.#settings.pageSize, limit))) {
      users.push(...page.slice(0, limit - users.length));
      if (users.length === limit) break;
    }
    return users;
  }

  #pages(size: number): AsyncGenerator<FullUserResponse<Custom>[], void, undefined> {
    return new Walk<Custom>(this.#client, this.#settings, size).pages(this.#filter);
  }
}
