// The entry without the module takes it in every form it comes in, and has the types of the package.

import type { StreamClient as Client } from "getstream-users";
import { initialize, initializeSync, isStreamError, type ModuleSource, StreamClient } from "getstream-users/slim";
import module from "getstream-users/wasm";
import { expect, type Same } from "./expect.js";

initializeSync(module);
expect<Same<ReturnType<typeof initialize>, Promise<void>>>();
void initialize(module);
void initialize(fetch("/getstream_users_bg.wasm"));
void initialize(new Uint8Array(8));
void initialize(Promise.resolve(new ArrayBuffer(8)));

const source: ModuleSource = new Response();
void initialize(source);

// TypeScript's own type of a module is empty, so that it takes everything for one; nothing is not everything.
// @ts-expect-error the module has to come from somewhere
void initialize();
// @ts-expect-error
initializeSync(undefined);

const client: Client = new StreamClient("key", "secret");
const isOurs: boolean = isStreamError(client);
void isOurs;
