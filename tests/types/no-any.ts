// No `any` anywhere a caller can get to: wherever it spread, the compiler would stop to check.

import type * as users from "getstream-users";
import type * as emulators from "getstream-users/emulator";
import { expect, type Same } from "./expect.js";

type IsAny<T> = 0 extends 1 & T ? true : false;

/** What the platform declares is not looked into. */
type Foreign = Date | Headers | AbortSignal | Request | Response | URL | Error | typeof WebSocket;

/** Names of the places within `T`, at most `Depth` steps down, where `any` stands. */
type AnyWithin<T, Path extends string, Depth extends unknown[] = [1, 1, 1, 1, 1]> =
  IsAny<T> extends true
    ? Path
    : Depth extends [unknown, ...infer Less]
      ? T extends (...args: infer Arguments) => infer Result
        ? AnyWithin<Arguments[number], `${Path}(…)`, Less> | AnyWithin<Awaited<Result>, `${Path} =>`, Less>
        : T extends readonly (infer Item)[]
          ? AnyWithin<Item, `${Path}[]`, Less>
          : T extends Foreign | string
            ? never
            : T extends object
              ? { [Key in keyof T & string]-?: AnyWithin<T[Key], `${Path}.${Key}`, Less> }[keyof T & string]
              : never
      : never;

// The check itself finds what it has to.
interface Leaky {
  fine: string;
  method(argument: { inner?: unknown[] }): Promise<{ list: string[]; when: Date }>;
}
type Leak = Omit<Leaky, "method"> & { method(argument: { inner?: Planted[] }): Promise<string> };
// biome-ignore lint/suspicious/noExplicitAny: planted, to be found
type Planted = any;
expect<Same<AnyWithin<Leaky, "it">, never>>();
expect<Same<AnyWithin<Leak, "it">, "it.method(…).inner[]">>();

expect<Same<AnyWithin<users.StreamClient, "StreamClient">, never>>();
expect<Same<AnyWithin<typeof users.StreamClient.guest, "guest">, never>>();
expect<Same<AnyWithin<typeof users.StreamClient.withToken, "withToken">, never>>();
expect<Same<AnyWithin<typeof users.StreamClient.anonymous, "anonymous">, never>>();
expect<Same<ConstructorParameters<typeof users.StreamClient>[2], users.StreamClientOptions | undefined>>();
expect<Same<AnyWithin<Omit<users.StreamClientOptions, "fetch">, "options">, never>>();
expect<Same<users.FetchFunction, (url: string, init: users.FetchInit) => Promise<users.FetchResponse>>>();
expect<Same<AnyWithin<Omit<users.StreamError, keyof Error>, "StreamError">, never>>();
expect<Same<IsAny<users.StreamError["cause"]>, false>>();
expect<Same<AnyWithin<users.APIError, "APIError">, never>>();
expect<Same<AnyWithin<typeof emulators.createEmulator, "createEmulator">, never>>();
expect<Same<AnyWithin<users.UserEvent, "UserEvent">, never>>();
