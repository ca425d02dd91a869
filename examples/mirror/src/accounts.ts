// The table as a list of users.
import type { UserRequest } from "getstream-users";

interface Account {
  id: string;
  name: string;
  avatar: string | null;
  plan: string;
}

/** The fields of each user in the list; other fields of Stream's users are not changed. */
interface Custom {
  plan: string;
}

/** A page is one query, and a Worker may make 1,000 in each invocation. */
const PAGE = 1000;

/**
 * All accounts as users, ordered by id, read page by page: a Worker has 128 MB, and a table may have any number of rows. A page
 * begins after the last id and not at an offset, so that inserted and deleted rows do not shift the others.
 */
export async function* usersOf(db: D1Database): AsyncGenerator<UserRequest<Custom>> {
  const query = db.prepare("SELECT id, name, avatar, plan FROM accounts WHERE id > ? ORDER BY id LIMIT ?");
  let last = "";
  for (;;) {
    const { results } = await query.bind(last, PAGE).all<Account>();
    for (const account of results) {
      yield userOf(account);
      last = account.id;
    }
    if (results.length < PAGE) return;
  }
}

function userOf({ id, name, avatar, plan }: Account): UserRequest<Custom> {
  return { id, name, image: avatar ?? undefined, custom: { plan } };
}
