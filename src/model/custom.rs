//! Custom data, whose fields only the application knows.

use alloc::string::String;

/// An application's own fields of a user: any JSON object, stored as it was sent.
pub type CustomData = serde_json::Map<String, serde_json::Value>;

#[cfg(all(feature = "types", target_arch = "wasm32"))]
#[wasm_bindgen::prelude::wasm_bindgen(typescript_custom_section)]
const CUSTOM: &str = r#"
/**
 * The shape of your users' `custom` data. Empty as shipped: merge your own fields in once, and every request and
 * response is typed with them.
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

/** {@link CustomUserData} once you declared it, otherwise an object with fields of unknown type. */
export type UserCustomData = keyof CustomUserData extends never ? Record<string, unknown> : CustomUserData;

/**
 * Fields to write in a partial update: the API's own, your own fields, and dotted names that reach into one
 * (`"address.city"`). Any name, as long as you declared no fields of your own.
 */
export type UserFieldUpdates<Custom = UserCustomData> = string extends keyof Custom
  ? Record<string, unknown>
  : Partial<Custom> &
      Partial<
        Pick<UserRequest, "name" | "image" | "role" | "language" | "invisible" | "teams" | "teams_role" | "privacy_settings">
      > & {
        /** Tokens issued before this time are refused; `null` accepts them again. */
        revoke_tokens_issued_before?: Date | string | null;
        /** A field within one of yours. */
        [path: `${string}.${string}`]: unknown;
      };
"#;
