// Where a page ends and the next one begins: values in, filters out. The API's own offset ends at 1000, and moves when users
// are added before it; a cursor asks for what comes after the last user instead.

/** Fields that every user has, and that can be asked for by being more or less. */
const EXACT = ["id", "role", "name"];
/** Times are told in milliseconds and kept in microseconds, so one that is told stands for a thousand that are kept. */
const TIMES = ["created_at", "updated_at", "last_active"];
/** Fields that a user may lack, who is then neither more nor less. */
const OPTIONAL = ["name", "last_active"];

const MOST_TERMS = 5;

/** The last offset that the API takes. */
export const LAST_OFFSET = 1000;

/**
 * How users are walked through, in one stretch or two.
 *
 * @typedef {{ field: string, direction: 1 | -1, isTime: boolean }} Key
 * @typedef {{ sort: object[], keys: Key[] | undefined, condition: object | undefined }} Stretch without keys, pages are
 *   found by offset
 * @param {{ field?: string, direction?: 1 | -1, type?: string }[]} sort
 * @returns {Stretch[]}
 */
export function stretchesOf(sort) {
  const [first, ...rest] = sort;
  if (!OPTIONAL.includes(first?.field)) return [stretchOf(sort)];
  const whole = stretchOf(sort);
  if (whole.keys === undefined) return [whole];
  // Users without the field come last: where the API has them depends on what no filter can ask for.
  return [
    { ...whole, condition: { [first.field]: { $exists: true } } },
    { ...stretchOf(rest), condition: { [first.field]: { $exists: false } } },
  ];
}

function stretchOf(sort) {
  const byOffset = { sort, keys: undefined, condition: undefined };
  const keys = [];
  for (const [index, { field, direction = 1 }] of sort.entries()) {
    const isTime = TIMES.includes(field);
    if (!isTime && !EXACT.includes(field)) return byOffset;
    if (index > 0 && OPTIONAL.includes(field)) return byOffset;
    keys.push({ field, direction, isTime });
    // Ids are unique, and within a time's millisecond users are told apart by their ids.
    if (isTime || field === "id") return { sort, keys, condition: undefined };
  }
  if (sort.length === MOST_TERMS) return byOffset;
  const id = { field: "id", direction: 1 };
  return { sort: [...sort, id], keys: [...keys, { ...id, isTime: false }], condition: undefined };
}

/**
 * The filter for those who come after a user. Of a time's millisecond all users are found again, the last one included,
 * unless that millisecond is done.
 */
export function after(keys, user, isDone) {
  const ways = keys.map((key, index) => ({
    ...same(keys.slice(0, index), user),
    [key.field]: beyond(key, user, isDone),
  }));
  return ways.length === 1 ? ways[0] : { $or: ways };
}

function beyond({ field, direction, isTime }, user, isDone) {
  const value = keyOf(user, field, isTime);
  if (!isTime) return { [direction === 1 ? "$gt" : "$lt"]: value };
  const isLater = direction === 1 ? isDone : !isDone;
  return { [direction === 1 ? "$gte" : "$lt"]: iso(value + (isLater ? 1 : 0)) };
}

/** The filter for those who stand at the same place as a user, as far as keys tell. */
export function same(keys, user) {
  const one = ({ field, isTime }) => {
    const value = keyOf(user, field, isTime);
    return [field, isTime ? { $gte: iso(value), $lt: iso(value + 1) } : { $eq: value }];
  };
  return Object.fromEntries(keys.map(one));
}

/** Whether two users stand at the same place. */
export function isSame(keys, one, other) {
  return keys.every(({ field, isTime }) => keyOf(one, field, isTime) === keyOf(other, field, isTime));
}

/** Both filters at once. */
export function both(one, other) {
  const isEmpty = (filter) => filter === undefined || Object.keys(filter).length === 0;
  if (isEmpty(one)) return other ?? {};
  return isEmpty(other) ? one : { $and: [one, other] };
}

function keyOf(user, field, isTime) {
  return isTime ? user[field].getTime() : (user[field] ?? "");
}

function iso(milliseconds) {
  return new Date(milliseconds).toISOString();
}
