//! Custom data, whose fields only the application knows.

use alloc::string::String;

/// An application's own fields of a user: any JSON object, stored as it was sent.
pub type CustomData = serde_json::Map<String, serde_json::Value>;

#[cfg(all(feature = "types", target_arch = "wasm32"))]
#[wasm_bindgen::prelude::wasm_bindgen(typescript_custom_section)]
const CUSTOM: &str = r#"
/**
 * The type of your users' `custom` data. It is empty: add your own fields once by declaration merging, and every request
 * and response has them in its type.
 *
 * ```ts
 * declare module "getstream-users" {
 *   interface CustomUserData {
 *     color?: string;
 *   }
 * }
 * ```
 */
export interface CustomUserData {}

/** {@link CustomUserData} if you have declared fields, otherwise an object with fields of unknown type. */
export type UserCustomData = keyof CustomUserData extends never ? Record<string, unknown> : CustomUserData;

/**
 * Fields to write in a partial update: fields of the API, your own fields, and dotted names for values inside one
 * (`"address.city"`). If you have declared no fields, any name is allowed.
 */
export type UserFieldUpdates<Custom = UserCustomData> = string extends keyof Custom
  ? Record<string, unknown>
  : Partial<Custom> &
      Partial<
        Pick<UserRequest, "name" | "image" | "role" | "language" | "invisible" | "teams" | "teams_role" | "privacy_settings">
      > & {
        /** Tokens issued before this time are rejected; `null` accepts them again. */
        revoke_tokens_issued_before?: Date | string | null;
        /** A value inside one of your fields. */
        [path: `${string}.${string}`]: unknown;
      };
"#;
