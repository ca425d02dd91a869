// What a run has created on an app, and how it is removed again.

const BATCH = 100;
const LOOKS = 120;

/** Keeps what a run makes, by what is sent and answered. */
export function trace(prefix) {
  const users = new Set();
  const groups = new Set();
  const banned = new Set();
  const isOwn = (id) => id.includes(prefix) || groups.has(id);

  /** To be called with every request that was answered: every user named in it may exist now. */
  function saw({ method, path, caller, body, answer }) {
    if (caller?.includes(prefix)) users.add(caller);
    if (method === "GET") return;
    const texts = `${body ?? ""} ${path} ${answer}`.match(/[^\s"\\/?&=,]+/g) ?? [];
    for (const text of texts) if (text.includes(prefix)) users.add(text);
    if (path.endsWith("/moderation/ban")) banned.add(parsed(body)?.target_user_id);
    if (method !== "POST" || !path.endsWith("/usergroups")) return;
    const { user_group } = parsed(answer) ?? {};
    if (user_group?.id) groups.add(user_group.id);
  }

  return { isOwn, saw, users, groups, banned };
}

/**
 * Deletes the users and groups of a run.
 *
 * @returns {Promise<{ users: number, groups: number, left: string[] }>} how many there were, and what could not be deleted
 */
export async function remove({ users, groups, banned }, { sdk, sleep }) {
  const left = [];
  let deletedGroups = 0;
  for (const id of groups) {
    // Some are deleted by the fact that made them.
    const deleted = await sdk.deleteUserGroup({ id }).then(
      () => 1,
      () => 0,
    );
    deletedGroups += deleted;
    if (!deleted && (await answers(sdk.getUserGroup({ id })))) left.push(`group ${id}`);
  }
  // A ban may outlive its user.
  for (const target_user_id of banned) await sdk.moderation.unban({ target_user_id }).catch(() => {});
  const present = await existing(sdk, [...users]);
  for (const batch of batches(present)) await erase(sdk, batch, sleep);
  // A softly deleted user is found by no query. An unknown id among them may have the API refuse the others.
  const unseen = [...users].filter((id) => !present.includes(id));
  for (const batch of batches(unseen)) await erase(sdk, batch, sleep).catch(() => {});
  left.push(...(await existing(sdk, [...users])).map((id) => `user ${id}`));
  return { users: present.length, groups: deletedGroups, left };
}

async function existing(sdk, ids) {
  const found = [];
  for (const batch of batches(ids)) {
    const filter_conditions = { id: { $in: batch } };
    const payload = { filter_conditions, include_deactivated_users: true, limit: BATCH };
    found.push(...(await sdk.queryUsers({ payload })).users.map((user) => user.id));
  }
  return found;
}

async function erase(sdk, user_ids, sleep) {
  const { task_id } = await sdk.deleteUsers({ user_ids, user: "hard", messages: "hard", conversations: "hard" });
  for (let look = 0; look < LOOKS; look++) {
    const { status } = await sdk.getTask({ id: task_id });
    if (status === "completed" || status === "failed") return;
    await sleep(500);
  }
}

const answers = (call) =>
  call.then(
    () => true,
    () => false,
  );

function batches(ids) {
  return Array.from({ length: Math.ceil(ids.length / BATCH) }, (_, index) =>
    ids.slice(index * BATCH, (index + 1) * BATCH),
  );
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
