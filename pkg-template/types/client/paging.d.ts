/** How users are listed. */
export interface UserListOptions extends RequestOptions {
  /**
   * The order, at most 5 terms; by id when left out. By `id`, `role`, `created_at` and `updated_at`, and by `name` or
   * `last_active` as the first term, there is no end to how many users are found; users without such a `name` or
   * `last_active` come last. With any other term it is 1000, and an error says when there are more.
   */
  sort?: SortParamRequest[];
  /** Users in a page, 1 to 100; 100 when left out. */
  pageSize?: number;
  /** Whether deactivated users are found too. */
  include_deactivated_users?: boolean;
  /** The user on whose behalf a server asks. */
  user_id?: string;
}

/**
 * All users that a filter finds. Nothing is sent before somebody asks for the first of them, and every walk begins anew.
 *
 * Users who are added meanwhile neither repeat nor hide others. One whose place in the order changes (sorted by
 * `updated_at`, and updated) may come again, or not at all.
 */
export interface UserList<Custom = UserCustomData> extends AsyncIterable<FullUserResponse<Custom>> {
  /** The users page by page. No page is empty. */
  pages(): AsyncGenerator<FullUserResponse<Custom>[], void, undefined>;
  /** All users, or as many as `limit`, in an array. */
  toArray(options?: { limit?: number }): Promise<FullUserResponse<Custom>[]>;
}

/** How a client lists users. */
export interface StreamClient {
  /**
   * Lists all users that a filter finds, however many there are.
   *
   * ```ts
   * for await (const user of client.users({ role: "admin" })) console.log(user.id);
   * ```
   *
   * @param filter - conditions as `queryUsers` takes them; everybody when left out
   * @throws StreamError of kind `invalid_argument`
   */
  users<Custom = UserCustomData>(
    filter?: QueryUsersPayload["filter_conditions"],
    options?: UserListOptions,
  ): UserList<Custom>;
}
