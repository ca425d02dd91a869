// The names of candidates in tables.

export const OURS = "getstream-users";
export const BASELINE = "the other build";
export const NODE_SDK = "@stream-io/node-sdk";
export const STREAM_CHAT = "stream-chat";
export const LIMIT = "the bare limit";

/** The package name under which another build is linked, so that its entries resolve like those of any package. */
export const OTHER = "getstream-users-baseline";

/** The builds of this package, by import specifier. */
export const builds = (isCompared) => ({ [OURS]: "getstream-users", ...(isCompared && { [BASELINE]: OTHER }) });
