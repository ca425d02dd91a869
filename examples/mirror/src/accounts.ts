// The table as a list of users.
import type { UserRequest } from "getstream-users";

interface Account {
  id: string;
  name: string;
  avatar: string | null;
  plan: string;
}

/** What the list says of each user; other fields of Stream's users are left alone. */
interface Custom {
  plan: string;
}

/** A page is a query, of which a Worker has 1,000 in each invocation. */
const PAGE = 1000;

/**
 * Every account as a user, in the order of their ids, page by page: a Worker has 128 MB, and a table any number of rows. A page
 * begins after the last id and not at an offset, so that rows that come and go meanwhile do not shift the others.
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
