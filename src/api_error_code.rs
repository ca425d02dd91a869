//! Stream's error codes by name. `cargo xtask codegen` writes them as TypeScript.

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $constant:ident = $name:literal $code:literal;)*) => {
        $($(#[doc = $doc])* pub const $constant: i32 = $code;)*

        /// All codes, with their names.
        pub const ALL: &[(&str, i32)] = &[$(($name, $constant)),*];
    };
}

codes! {
    /// The server failed.
    INTERNAL_ERROR = "InternalError" -1;
    /// The API key is missing or wrong.
    API_KEY = "ApiKey" 2;
    /// Authentication failed.
    AUTHENTICATION_FAILED = "AuthenticationFailed" 3;
    /// The request is invalid.
    INPUT = "Input" 4;
    /// The token is missing or wrong.
    AUTHENTICATION = "Authentication" 5;
    /// The name is taken.
    DUPLICATE_USERNAME = "DuplicateUsername" 6;
    /// Too many requests.
    RATE_LIMITED = "RateLimited" 9;
    /// The object does not exist.
    DOES_NOT_EXIST = "DoesNotExist" 16;
    /// The caller may not do this.
    NOT_ALLOWED = "NotAllowed" 17;
    /// The event is not supported.
    EVENT_NOT_SUPPORTED = "EventNotSupported" 18;
    /// The channel type has this feature turned off.
    CHANNEL_FEATURE_NOT_SUPPORTED = "ChannelFeatureNotSupported" 19;
    /// The message is too long.
    MESSAGE_TOO_LONG = "MessageTooLong" 20;
    /// Replies to replies are not possible.
    MULTIPLE_NESTING_LEVEL = "MultipleNestingLevel" 21;
    /// The request is too large.
    PAYLOAD_TOO_BIG = "PayloadTooBig" 22;
    /// The request took too long.
    REQUEST_TIMEOUT = "RequestTimeout" 23;
    /// A header is too large.
    HEADER_TOO_LARGE = "HeaderTooLarge" 24;
    /// The token has expired, or was revoked.
    TOKEN_EXPIRED = "TokenExpired" 40;
    /// The token is not valid yet (`nbf`).
    TOKEN_NOT_VALID_YET = "TokenNotValidYet" 41;
    /// The token was issued in the future (`iat`).
    TOKEN_USED_BEFORE_ISSUE = "TokenUsedBeforeIssue" 42;
    /// Another secret signed the token.
    TOKEN_SIGNATURE = "TokenSignature" 43;
    /// A custom command has no endpoint.
    CUSTOM_COMMAND_ENDPOINT_MISSING = "CustomCommandEndpointMissing" 44;
    /// The endpoint of a custom command failed.
    CUSTOM_COMMAND_ENDPOINT_FAILED = "CustomCommandEndpointFailed" 45;
    /// There is no such connection.
    CONNECTION_ID_NOT_FOUND = "ConnectionIdNotFound" 46;
    /// The user has to wait before the next message.
    COOL_DOWN = "CoolDown" 60;
    /// The app is in another region.
    WRONG_REGION = "WrongRegion" 69;
    /// The user may not see the channels.
    NO_ACCESS_TO_CHANNELS = "NoAccessToChannels" 70;
    /// The app has too many connections.
    TOO_MANY_CONNECTIONS = "TooManyConnections" 71;
    /// Push version 1 cannot do this.
    NOT_SUPPORTED_IN_PUSH_V1 = "NotSupportedInPushV1" 72;
    /// Moderation refused the content.
    MODERATION_REJECTED = "ModerationRejected" 73;
    /// The app is suspended.
    APP_SUSPENDED = "AppSuspended" 99;
}
