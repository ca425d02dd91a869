// What is compared, by the names that tables give it.

export const OURS = "getstream-users";
export const BASELINE = "the other build";
export const NODE_SDK = "@stream-io/node-sdk";
export const STREAM_CHAT = "stream-chat";
export const LIMIT = "the bare limit";

/** Where another build is linked to, so that its entries are found as those of any package. */
export const OTHER = "getstream-users-baseline";

/** Builds of ours, by what they are imported as. */
export const builds = (isCompared) => ({ [OURS]: "getstream-users", ...(isCompared && { [BASELINE]: OTHER }) });
