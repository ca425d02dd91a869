//! The filters for users, as TypeScript. In the request, a filter is any JSON object; only the compiler checks which
//! operators a field has, so a filter for a new field needs no new version of this package.

#[cfg(all(feature = "types", target_arch = "wasm32"))]
#[wasm_bindgen::prelude::wasm_bindgen(typescript_custom_section)]
const FILTER: &str = r#"
/** Operators on a field whose values are `T`. */
export interface FilterOperators<T> {
  /** Equal. */
  $eq?: T;
  /** Not equal. */
  $ne?: T;
  /** Equal to one of these. */
  $in?: readonly T[];
  /** Equal to none of these. */
  $nin?: readonly T[];
  /** Greater, or later. */
  $gt?: T;
  /** Greater or equal, or not earlier. */
  $gte?: T;
  /** Less, or earlier. */
  $lt?: T;
  /** Less or equal, or not later. */
  $lte?: T;
  /** Whether the user has the field. */
  $exists?: boolean;
  /** The beginning of a word in the field. */
  $autocomplete?: string;
}

/** A condition on one field: its value, or some of its operators, all of which must match. */
export type FieldFilter<T, Operators extends keyof FilterOperators<T>> = T | Pick<FilterOperators<T>, Operators>;

/** Operators of fields whose values have an order. */
export type RangeOperator = "$eq" | "$exists" | "$gt" | "$gte" | "$in" | "$lt" | "$lte";

/** Conditions on the fields that every user has. */
export interface UserFieldFilters {
  /** The user's id. */
  id?: FieldFilter<string, RangeOperator | "$autocomplete" | "$ne" | "$nin">;
  /** Display name. */
  name?: FieldFilter<string, RangeOperator | "$autocomplete">;
  /** The custom field `username`. */
  username?: FieldFilter<string, "$autocomplete" | "$eq">;
  /** The custom field `email`. */
  email?: FieldFilter<string, "$eq" | "$in">;
  /** The user's role. */
  role?: FieldFilter<string, RangeOperator>;
  /** Preferred language. */
  language?: FieldFilter<string, "$eq">;
  /** Whether the user is banned from the whole app. */
  banned?: FieldFilter<boolean, "$eq" | "$ne">;
  /** Whether the user is shadow banned. */
  shadow_banned?: FieldFilter<boolean, "$eq" | "$ne">;
  /** Whether the user's content bypasses moderation. */
  bypass_moderation?: FieldFilter<boolean, "$eq" | "$ne">;
  /** When the user was created. */
  created_at?: FieldFilter<Date | string, RangeOperator>;
  /** When the user was last changed. */
  updated_at?: FieldFilter<Date | string, RangeOperator>;
  /** When the user was last seen; missing if it never connected. */
  last_active?: FieldFilter<Date | string, RangeOperator>;
  /** Teams the user belongs to; `null` for users without one. */
  teams?: string | null | TeamsFilter;
}

/** A condition on teams. */
export interface TeamsFilter {
  /** A team the user belongs to. */
  $contains?: string;
  /** The user's team; `null` for users without one. */
  $eq?: string | null;
  /** Teams; the user belongs to at least one of them. */
  $in?: readonly (string | null)[];
}

/** A condition on a field of your own. */
export type CustomFieldFilter<T> =
  | T
  | (Pick<FilterOperators<T>, RangeOperator> & {
      /** An item of the array. */
      $contains?: T extends readonly (infer Item)[] ? Item : T;
    });

/** Conditions on your own fields, by name or by path below `custom`: `{ "custom.address.city": "Rome" }`. */
export type CustomFilters<Custom> = {
  [Field in Exclude<keyof Custom & string, keyof UserFieldFilters>]?: CustomFieldFilter<Exclude<Custom[Field], undefined>>;
} & {
  [Field in keyof Custom & string as `custom.${Field}`]?: CustomFieldFilter<Exclude<Custom[Field], undefined>>;
} & { [path: `custom.${string}`]: unknown };

/** Conditions of `queryUsers`, all of which must match; `{}` finds every user. */
export type UserFilter<Custom = UserCustomData> = UserFieldFilters &
  CustomFilters<Custom> & {
    /** All of these match. */
    $and?: readonly UserFilter<Custom>[];
    /** At least one of these matches. */
    $or?: readonly UserFilter<Custom>[];
    /** None of these matches. */
    $nor?: readonly UserFilter<Custom>[];
  };

/** One term of the sort order of users: a field of every user, or one of your own by its bare name. */
export type UserSort<Custom = UserCustomData> = SortParamRequest & {
  /** The field to sort by. */
  field?: "id" | "name" | "role" | "created_at" | "updated_at" | "last_active" | (keyof Custom & string) | (string & {});
};
"#;
